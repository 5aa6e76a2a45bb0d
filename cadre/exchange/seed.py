"""The real registry, as Cadre brings it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

PATH: Final = Path(__file__).parents[1] / "data" / "joint-councils.yaml"


def real_registry() -> str:
    """The registry file of the Joint Councils, from the seed deck and public pages."""
    return PATH.read_text(encoding="utf-8")
