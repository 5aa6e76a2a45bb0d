"""The framework in Slack and on the web: its map, its changes, its reviews, and the logic model."""
