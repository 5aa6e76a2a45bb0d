"""Notices: what is owed, planned and sent."""
