"""A group as those see it who look after it: what it is, who holds which role, what is still to be confirmed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cadre.core import changes
from cadre.core.bilingual import Bilingual
from cadre.core.french import Article
from cadre.core.i18n import LANGUAGES
from cadre.core.models import NAMES, Alias, Change
from cadre.core.reader import Actor
from cadre.groups import doubts
from cadre.groups.doubts import Doubt
from cadre.groups.facts import COUNCILS
from cadre.groups.kinds import AdviceFacts, kept_advice
from cadre.groups.models import Group, GroupKind
from cadre.groups.rights import OVER, group_row, led_by
from cadre.groups.roles import RoleEntry, roles_of
from cadre.people import jurisdictions, seating
from cadre.people import service as people
from cadre.people.models import Role

GROUP: Final = "group"


@dataclass(frozen=True, slots=True)
class GroupRef:
    """A group by its record."""

    id: str
    name: Bilingual
    article: Article | None = None


@dataclass(frozen=True, slots=True)
class KindFacts:
    """A kind of group, and what each group of that kind must have."""

    id: str
    name: Bilingual
    needs_mandate: bool
    needs_workplan: bool
    needs_meetings: bool
    needs_council_co_chair: bool


@dataclass(frozen=True, slots=True)
class SeatFacts:
    """A seat of a council: the jurisdiction, and the people who speak for it."""

    id: str
    name: Bilingual
    speakers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupCard:
    """All that the card of a group shows, and what whoever looks may do: of one that is dissolved, nothing.

    ``aliases``, ``acronyms``: by language.
    ``seats``: of a council; ``seats_kept``: they are a list of the secretariat's own, and do not go by roles; ``changed``: who changed the
    group last, and when, for those who look after it.
    """

    id: str
    name: Bilingual
    article: Article | None
    kind: KindFacts | None
    state: str | None
    owner: GroupRef | None
    parent: GroupRef | None
    description: Bilingual | None
    mandate: Bilingual | None
    email: str | None
    phone: str | None
    channel: str | None
    quorum: str | None
    aliases: dict[str, tuple[str, ...]]
    acronyms: dict[str, tuple[str, ...]]
    roles: tuple[RoleEntry, ...]
    seats: tuple[SeatFacts, ...]
    seats_kept: bool
    doubts: tuple[Doubt, ...]
    advice: AdviceFacts | None
    changed: tuple[str, datetime] | None
    edits: bool
    describes: bool

    @property
    def is_council(self) -> bool:
        """Whether it has seats."""
        return self.kind is not None and self.kind.id in COUNCILS


def card(session: Session, id_: str, seen_by: Actor) -> GroupCard:
    """A group. Raises NotFound."""
    row = group_row(session, id_)
    secretariat, over = people.is_secretariat(session, seen_by), row.state == OVER
    keeps = secretariat or id_ in led_by(session, seen_by)
    council = row.kind in COUNCILS
    seats = seats_of(session, id_) if council else ()
    return GroupCard(
        id=row.id,
        name=row.name,
        article=row.article,  # type: ignore[arg-type]  # one of the five: the registry file is checked
        kind=kind(session, row.kind) if row.kind else None,
        state=row.state,
        owner=ref_of(session, row.owner),
        parent=ref_of(session, row.parent),
        description=row.description,
        mandate=row.mandate,
        email=row.email,
        phone=row.phone,
        channel=row.channel,
        quorum=row.quorum,
        aliases=names_of(session, id_, "aliases"),
        acronyms=names_of(session, id_, "acronyms"),
        roles=roles_of(session, id_),
        seats=seats,
        seats_kept=council and bool(seating.kept(session, id_)),
        doubts=doubts.of_group(session, id_) if secretariat else (),
        advice=kept_advice(session, id_),
        changed=_changed(session, id_) if keeps else None,
        edits=secretariat and not over,
        describes=keeps and not over,
    )


def written_by(session: Session, subject: str, id_: str, name: str) -> str | None:
    """Who wrote a field of a group or of one of its roles last, as Changes name them; of its other names, who changed it last."""
    column = f"{name}_text" if name in ("since", "until") else name
    found = changes.last(session, subject, id_, column) or (_changed(session, id_) if subject == GROUP else None)
    return found[0] if found else None


def _changed(session: Session, id_: str) -> tuple[str, datetime] | None:
    """Who changed a group last, and when: its record, its names or its roles, those that are gone too."""
    held = (Change.before == id_) | (Change.after == id_)
    asked = (
        (Change.subject == GROUP) & (Change.subject_id == id_),
        (Change.subject == "alias") & (Change.field == "subject_id") & held,
        (Change.subject == "role") & (Change.field == "group") & held,
        (Change.subject == "role") & Change.subject_id.in_(select(Role.id).where(Role.group == id_)),
    )
    last = [session.scalar(select(func.max(Change.id)).where(each)) for each in asked]
    row = session.get(Change, max((each for each in last if each), default=0))
    return (row.by, row.at) if row else None


def seats_of(session: Session, council: str) -> tuple[SeatFacts, ...]:
    """The seats of a council, by the English name of the jurisdiction."""
    named = jurisdictions.names(session)
    found = [
        SeatFacts(seat.jurisdiction, named[seat.jurisdiction], tuple(each.person.name for each in seat.speakers))
        for seat in seating.standing(session, council)
    ]
    return tuple(sorted(found, key=lambda each: each.name.en or ""))


def names_of(session: Session, id_: str, field: str) -> dict[str, tuple[str, ...]]:
    """The aliases or acronyms of a group, by language, as they were put down."""
    rows = session.scalars(
        select(Alias).where(Alias.subject == GROUP, Alias.subject_id == id_, Alias.kind == NAMES[field]).order_by(Alias.id)
    )
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        found[row.language].append(row.text)
    return {language: tuple(found[language]) for language in LANGUAGES}


def kind(session: Session, id_: str) -> KindFacts | None:
    """A kind of group; None for one that is not there."""
    row = session.get(GroupKind, id_)
    return _kind(row) if row else None


def kinds(session: Session) -> tuple[KindFacts, ...]:
    """All kinds of group, by their English name."""
    rows = session.scalars(select(GroupKind)).all()
    return tuple(sorted((_kind(row) for row in rows), key=lambda each: each.name.en or ""))


def _kind(row: GroupKind) -> KindFacts:
    return KindFacts(row.id, row.name, row.needs_mandate, row.needs_workplan, row.needs_meetings, row.needs_council_co_chair)


def ref_of(session: Session, id_: str | None) -> GroupRef | None:
    """A group by its id, in brief; None where none is named."""
    row = session.get(Group, id_) if id_ else None
    return GroupRef(row.id, row.name, row.article) if row else None  # type: ignore[arg-type]  # as above
