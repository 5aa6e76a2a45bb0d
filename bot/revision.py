"""Whether a database fits this Cadre: asked by the terminal at each use, and by the processes at start."""

from __future__ import annotations

from cadre.core.errors import Message
from cadre.core.schema import newest


def behind(found: str | None) -> Message | None:
    """What to do about a database of some revision, or of none; None for one that fits."""
    if found == newest():
        return None
    if found and found > newest():
        return Message("The registry was made by a newer Cadre than this one. Update Cadre.")
    return Message("The registry is not up to date with this Cadre. Run: cadre db upgrade")
