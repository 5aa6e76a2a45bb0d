"""The framework in Slack, on the web and in the terminal: its map, its changes, its reviews, and the logic model."""
