"""Whether a database is one to work on: asked by the terminal at each use, and by the processes at start."""

from __future__ import annotations

from cadre.core.database import Database
from cadre.core.errors import Message
from cadre.core.sandbox import sandboxed
from cadre.core.schema import newest


def behind(found: str | None) -> Message | None:
    """What to do about a database of some revision, or of none; None for one that fits."""
    if found == newest():
        return None
    if found and found > newest():
        return Message("The registry was made by a newer Cadre than this one. Update Cadre.")
    return Message("The registry is not up to date with this Cadre. Run: cadre db upgrade")


def refuse_sandbox(database: Database, *, allowed: bool) -> Message | None:
    """What to do about a registry that a sandbox made, and may wipe at any time; None for another, or where it is meant."""
    if allowed or not database.read(sandboxed):
        return None
    return Message("The registry is a sandbox's. Name another one in CADRE_DATABASE_URL, or set CADRE_SANDBOX=1.")
