"""Questions put to the Councils and what is decided on them, on both databases."""
