"""What is for a table of deputy ministers, or comes from one: priorities, groups, decisions and next steps, marked by the secretariat.

Source: objective 6 of the Framework Working Group, seed deck: the framework has links between the work of the FPT Deputy Ministers' Table
and the Councils.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import changes, clock
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Invalid, Message, NotFound
from cadre.core.ids import free_id
from cadre.core.reader import OPERATOR, Actor
from cadre.core.rows import by_id
from cadre.core.typed import replaced, tidy, too_long
from cadre.decisions.models import Action, Decision, Referral
from cadre.decisions.rules import shown
from cadre.decisions.service import PROVISIONAL
from cadre.groups.finding import refs
from cadre.groups.models import Group
from cadre.groups.rights import OVER, group_row, invented_source, source_for
from cadre.people import service as people
from cadre.people.rules import matches
from cadre.people.service import require_secretariat
from cadre.people.standing import forget, state_record
from cadre.priorities.models import Priority

Direction = Literal["for", "from"]
Of = Literal["priority", "group", "decision", "action"]
TABLE: Final = "deputy_ministers_table"
"""The kind of group that a table is."""
DIRECTIONS: Final[tuple[Direction, ...]] = ("for", "from")
MODELS: Final[dict[Of, Any]] = {"priority": Priority, "group": Group, "decision": Decision, "action": Action}
"""What can be referred, in the order in which it is listed."""
REFERRAL: Final = Referral.__tablename__
_GONE: Final = Message("This is not in the registry any more.")


@dataclass(frozen=True, slots=True)
class Thing:
    """What is, or can be, referred: what it is called, or how it reads; of a decision its number, where it has one."""

    kind: Of
    id: str
    name: Bilingual
    number: str = ""

    @property
    def about(self) -> str:
        """As it is named elsewhere: "group:bees"."""
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, slots=True)
class TableRef:
    """A table of deputy ministers."""

    id: str
    name: Bilingual


@dataclass(frozen=True, slots=True)
class ReferralFacts:
    """That something is for a table, or comes from it. ``since``: the day from which it is so, where that is known."""

    id: str
    table: TableRef
    direction: Direction
    thing: Thing
    note: Bilingual | None
    since: date | None


@dataclass(frozen=True, slots=True)
class ReferralForm:
    """A referral as it is filled in. ``about``: of what, "priority:lights"; the note may be in one language, or none."""

    about: str
    table: str
    direction: str
    note_en: str = ""
    note_fr: str = ""


def tables(session: Session) -> tuple[TableRef, ...]:
    """The tables of deputy ministers, by their English name; those that were dissolved are left out."""
    over = set(session.scalars(select(Group.id).where(Group.kind == TABLE, Group.state == OVER)))
    return tuple(TableRef(each.id, each.name) for each in refs(session, TABLE) if each.id not in over)


def mark(session: Session, form: ReferralForm) -> ReferralFacts:
    """Mark something as for a table, or from it. What is marked so already stays so, once; a note that is written then replaces its own.

    Raises Forbidden for anyone but the secretariat, NotFound for what it is about, Invalid.
    """
    _require(session)
    kind, id_ = _named(form.about)
    notes = {name: tidy(getattr(form, name)) for name in ("note_en", "note_fr")}
    wrong = too_long(notes)
    if form.direction not in DIRECTIONS:
        wrong["direction"] = Message("Choose one of those offered.")
    if form.table not in {each.id for each in tables(session)}:
        wrong["table"] = _GONE
    if wrong:
        raise Invalid(**wrong)
    if (kind, id_) == ("group", form.table):
        raise Invalid(about=Message("A table is not referred to itself."))
    group_row(session, form.table, lock=True)  # of two who mark the same at once, the second finds it marked
    target = session.get(MODELS[kind], id_)
    if target is None:
        raise NotFound(id_)
    of = (Referral.table == form.table, Referral.direction == form.direction, getattr(Referral, kind) == id_)
    row = session.scalar(select(Referral).where(*of))
    if row is None:
        spelt = free_id(session, Referral, f"{id_}.{form.direction}.{form.table}")
        row = Referral(id=spelt, table=form.table, direction=form.direction, since=clock.today(session), **{kind: id_})
        row.note = None
        session.add(row)
        session.flush()
        state_record(session, REFERRAL, row.id, _source(session, form.table, kind, target), confirmed=True)
    if any(notes.values()):
        row.note = replaced(row.note, notes["note_en"], notes["note_fr"])
        session.flush()
    return next(_facts(session, [row], officer=True))


def unmark(session: Session, id_: str) -> ReferralFacts:
    """Take a mark away. Gives what it was. Raises Forbidden for anyone but the secretariat, NotFound where somebody did already."""
    _require(session)
    row = session.scalar(select(Referral).where(Referral.id == id_).with_for_update().execution_options(populate_existing=True))
    if row is None:
        raise NotFound(id_)
    found = next(_facts(session, [row], officer=True))
    forget(session, REFERRAL, id_)
    session.delete(row)
    session.flush()
    return found


def referrals(session: Session, seen_by: Actor, *, table: str | None = None) -> tuple[ReferralFacts, ...]:
    """All that is marked, or that of one table: by table and direction, then priorities, groups, decisions, next steps. Everybody may know
    of it; of a decision that nobody has confirmed, only the secretariat.
    """
    query = select(Referral) if table is None else select(Referral).where(Referral.table == table)
    return _sorted(_facts(session, session.scalars(query).all(), officer=_officer(session, seen_by)))


def of(session: Session, about: str, seen_by: Actor) -> tuple[ReferralFacts, ...]:
    """The marks of one thing, "group:bees"; the same. Raises NotFound for a kind of thing that is never referred."""
    kind, id_ = _named(about)
    rows = session.scalars(select(Referral).where(getattr(Referral, kind) == id_)).all()
    return _sorted(_facts(session, rows, officer=_officer(session, seen_by)))


def thing(session: Session, about: str) -> Thing:
    """Something that is to be referred. Raises NotFound."""
    kind, id_ = _named(about)
    row = session.get(MODELS[kind], id_)
    if row is None:
        raise NotFound(id_)
    return _thing(kind, row)


def things(session: Session, typed: str, limit: int = 99) -> tuple[Thing, ...]:
    """What can be referred, of which a name holds every word typed. Raises Forbidden for anyone but the secretariat."""
    _require(session)
    found = (each for kind in MODELS for each in _all(session, kind))
    fitting = [each for each in found if matches(typed, [each.id, each.number, each.name.en or "", each.name.fr or ""])]
    return tuple(fitting[:limit])


def _all(session: Session, kind: Of) -> Iterator[Thing]:
    """All of a kind by their ids, without the long texts that records hold besides: this is read at each letter that is typed."""
    model: Any = MODELS[kind]
    name = model.name if kind in ("priority", "group") else model.wording
    number = (model.year, model.number) if kind == "decision" else ()
    for id_, called, *numbered in session.execute(select(model.id, name, *number).order_by(model.id)):
        yield Thing(kind, id_, called, shown(*numbered) if numbered else "")


def _source(session: Session, table: str, kind: Of, row: Any) -> str:
    """Where a mark comes from: where either end of it was invented to show Cadre, so is the mark."""
    group = {"decision": "council", "action": "group"}.get(kind)
    found = invented_source(session, row.id, kind) or (invented_source(session, getattr(row, group) or "") if group else None)
    return found or source_for(session, table)


def _require(session: Session) -> None:
    if changes.actor(session) != OPERATOR:
        require_secretariat(session)


def _officer(session: Session, actor: Actor) -> bool:
    return actor == OPERATOR or people.is_secretariat(session, actor)


def _named(about: str) -> tuple[Of, str]:
    kind, _, id_ = about.partition(":")
    if kind not in MODELS:
        raise NotFound(about)
    return kind, id_


def _thing(kind: Of, row: Any) -> Thing:
    number = shown(row.year, row.number) if kind == "decision" else ""
    return Thing(kind, row.id, row.name if kind in ("priority", "group") else row.wording, number)


def _facts(session: Session, rows: Iterable[Referral], *, officer: bool) -> Iterator[ReferralFacts]:
    """From rows to facts. ``officer``: whether decisions that nobody has confirmed are among them."""
    rows = list(rows)
    groups = by_id(session, Group, {row.table for row in rows})
    found = {kind: by_id(session, model, {getattr(row, kind) for row in rows} - {None}) for kind, model in MODELS.items()}
    for row in rows:
        kind = next(kind for kind in MODELS if getattr(row, kind))
        target = found[kind][getattr(row, kind)]
        if kind == "decision" and target.state == PROVISIONAL and not officer:
            continue
        table = TableRef(row.table, groups[row.table].name)
        yield ReferralFacts(row.id, table, cast("Direction", row.direction), _thing(kind, target), row.note, row.since)


def _sorted(found: Iterable[ReferralFacts]) -> tuple[ReferralFacts, ...]:
    order = {kind: place for place, kind in enumerate(MODELS)}
    return tuple(
        sorted(found, key=lambda each: (each.table.id, DIRECTIONS.index(each.direction), order[each.thing.kind], each.thing.id, each.id))
    )
