"""Participation calls, on both databases."""
