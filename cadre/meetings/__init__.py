"""Meetings of the Councils and of their groups."""
