"""Councils and groups: what they are, whose they are, and how they are tied together."""
