"""Web pages of meetings."""

from __future__ import annotations


def path(id_: str) -> str:
    """Where the page of a meeting is."""
    return f"/meetings/{id_}"
