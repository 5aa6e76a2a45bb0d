"""Groups, their kinds, links and objectives as facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cadre.core.bilingual import Bilingual
from cadre.core.french import Article

COUNCILS: Final = frozenset({"council", "joint_council"})


@dataclass(frozen=True, slots=True)
class GroupKindFacts:
    """A kind of group, and what each group of that kind must have."""

    id: str
    name: Bilingual
    plural: Bilingual
    needs_workplan: bool
    proposed: bool


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """A council or group."""

    id: str
    name: Bilingual
    kind: str | None
    target_kind: str | None
    state: str | None
    owner: str | None
    parent: str | None
    description: Bilingual | None
    mandate: Bilingual | None
    note: Bilingual | None
    article: Article | None

    @property
    def is_council(self) -> bool:
        """Whether it is a council that others report to."""
        return self.kind in COUNCILS


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """One group oversees, becomes or depends on another."""

    id: str
    source_group: str
    kind: str
    target_group: str
    capacity: Bilingual | None
    purpose: Bilingual | None


@dataclass(frozen=True, slots=True)
class ObjectiveFacts:
    """One objective of a group."""

    id: str
    group: str
    number: int
    wording: Bilingual
