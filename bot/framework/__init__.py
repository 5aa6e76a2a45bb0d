"""The framework in Slack, on the web and in the terminal."""
