"""Gaps, health and load: pure rules, and what is kept and edited."""
