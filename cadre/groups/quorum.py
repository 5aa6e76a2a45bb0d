"""How many of those entitled must take part for a group to decide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SHARES: Final[Mapping[str, tuple[int, int]]] = {"half": (1, 2), "majority": (1, 2), "two_thirds": (2, 3), "all": (1, 1)}
"""Rules of a quorum: the share of those entitled who must be there. A majority is more than its share."""


def needed(rule: str | None, entitled: int) -> int | None:
    """How many of those entitled must be there, by a rule; None where there is none, or nobody is entitled."""
    if rule is None or rule not in SHARES or not entitled:
        return None
    part, whole = SHARES[rule]
    return entitled * part // whole + 1 if rule == "majority" else -(-entitled * part // whole)
