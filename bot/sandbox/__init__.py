"""A Slack workspace on this computer: to try Cadre, and to test it."""
