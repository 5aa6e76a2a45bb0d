"""How people choose what they are told, and how the secretariat sees and steers it."""
