"""People in Slack: what Cadre knows of them, and how it comes to know who they are."""
