"""Meetings in Slack, by e-mail and on the web: arranged, answered, found a time for, prepared, and what came of them."""
