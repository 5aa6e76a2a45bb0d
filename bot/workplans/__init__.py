"""Workplans in Slack and on the web."""
