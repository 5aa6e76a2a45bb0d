"""The faces of Cadre: Slack, web pages, the terminal."""
