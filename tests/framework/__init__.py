"""The framework: its ground, its map and text, what changed, the deck."""
