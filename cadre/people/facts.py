"""People, jurisdictions and roles as facts."""

from __future__ import annotations

from dataclasses import dataclass

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.french import Article


@dataclass(frozen=True, slots=True)
class PersonRef:
    """A person by their record."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class JurisdictionFacts:
    """A government, department, municipality or association."""

    id: str
    kind: str
    name: Bilingual
    short: Bilingual | None
    article: Article | None
    locative: Bilingual | None
    parent: str | None
    association: str | None
    section: Bilingual | None


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """Somebody the registry knows."""

    id: str
    name: str
    jurisdiction: str | None
    email: str | None
    phone: str | None
    visibility: str


@dataclass(frozen=True, slots=True)
class RoleFacts:
    """A person in a group or on a priority, for a time."""

    id: str
    person: str
    role: str
    group: str | None
    priority: str | None
    jurisdiction: str | None
    on_behalf_of: str | None
    since: PartialDate | None
    until: PartialDate | None
    number: int | None

    @property
    def target(self) -> str:
        """What the role is in: "group:framework-wg" or "priority:digital-identity"."""
        return f"group:{self.group}" if self.group else f"priority:{self.priority}"
