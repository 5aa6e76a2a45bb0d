"""Workplans: cycles, rights, writing, settling, more time."""
