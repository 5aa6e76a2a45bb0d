"""Gaps, health and load: in Slack, on web pages, in the terminal."""
