"""Groups as the secretariat keeps them."""
