"""Participation calls: who was asked, who answered what, and who is silent."""
