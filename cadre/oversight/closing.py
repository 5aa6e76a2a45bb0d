"""Dissolving a group: what ends with it, and what is kept of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.calls.models import Call
from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.errors import Invalid, Message, NotFound
from cadre.core.rows import by_id
from cadre.decisions.models import Action, Closing, Decision
from cadre.decisions.rules import shown
from cadre.decisions.service import DROPPED, OPEN
from cadre.groups.models import Group, Link
from cadre.groups.rights import OVER
from cadre.meetings import ending
from cadre.oversight.actions import Edit
from cadre.people.models import Person, Role
from cadre.people.rules import ended

BECOMES: Final = "becomes"
UNSETTLED: Final = ("draft", "scheduled", "open", "closed")
"""The states of a call that is not over."""


def edits(session: Session, row: Group, day: PartialDate, successors: Collection[str]) -> Iterator[Edit]:
    """All that ends with a group on a day, and what it becomes. Raises Invalid for a successor that is gone, over, or the group itself."""
    for role, name in _held(session, row.id):
        if not ended(role.until, day.first):
            yield Edit("ends", role.id, Bilingual(name, name), role.until.text if role.until else "", day.text, row.name, day)
    series: set[int] = set()
    for meeting in ending.ahead(session, row.id):
        if meeting.series is None:
            yield Edit("cancels", meeting.id, meeting.title or row.name, "planned", "cancelled", day=meeting.held)
        elif meeting.series not in series:
            series.add(meeting.series)
            yield Edit("ends_series", str(meeting.series), meeting.title or row.name, "going", "ended", day=meeting.held)
    for poll in ending.polls(session, row.id):
        yield Edit("closes_poll", str(poll.id), poll.title or row.name, "open", "closed")
    for call in session.scalars(select(Call).where(Call.group == row.id, Call.state.in_(UNSETTLED)).order_by(Call.id)):
        yield Edit("closes_call", str(call.id), call.name or row.name, call.state, "cancelled")
    for action in session.scalars(select(Action).where(Action.group == row.id, Action.state == OPEN).order_by(Action.id)):
        yield Edit("drops", action.id, action.wording, OPEN, DROPPED)
    yield from _becomes(session, row, successors)
    yield Edit("closing", row.id, row.name, day=day)
    if row.channel:
        yield Edit("tells", row.id, row.name, "", row.channel)


def _held(session: Session, group: str) -> list[tuple[Role, str]]:
    query = select(Role, Person.name).join(Person, Person.id == Role.person).where(Role.group == group)
    return [(role, name) for role, name in session.execute(query.order_by(Role.number, Role.id))]


def _becomes(session: Session, row: Group, successors: Collection[str]) -> Iterator[Edit]:
    found = by_id(session, Group, successors)
    linked = Link.source_group == row.id, Link.kind == BECOMES
    there = set(session.scalars(select(Link.target_group).where(*linked)))
    for id_ in dict.fromkeys(successors):
        after = found.get(id_)
        if after is None or after.state == OVER or id_ == row.id:
            raise Invalid(successors=Message("Only a group that goes on can take over from another."))
        if id_ not in there:
            yield Edit("becomes", row.id, row.name, "", id_, after.name)


@dataclass(frozen=True, slots=True)
class ClosingView:
    """What is kept of a group that was dissolved. ``decision``, ``reopened``: the numbers of the decisions; ``successors``: their names."""

    id: int
    group: str
    group_name: Bilingual
    day: PartialDate | None
    decision: str
    note: Bilingual | None
    outcomes: Bilingual | None
    unfinished: Bilingual | None
    successors: tuple[Bilingual, ...]
    reopened: str | None


def kept(session: Session, id_: int) -> ClosingView:
    """One of them. Raises NotFound."""
    row = session.get(Closing, id_)
    if row is None:
        raise NotFound(str(id_))
    group = session.get_one(Group, row.group)
    links = select(Link.target_group).where(Link.source_group == row.group, Link.kind == BECOMES).order_by(Link.id)
    after = by_id(session, Group, session.scalars(links).all())
    decisions = by_id(session, Decision, [each for each in (row.decision, row.reopened) if each])
    numbers = {each.id: shown(each.year, each.number) for each in decisions.values()}
    return ClosingView(
        id=row.id,
        group=row.group,
        group_name=group.name,
        day=row.day,
        decision=numbers.get(row.decision, ""),
        note=row.note,
        outcomes=row.outcomes,
        unfinished=row.unfinished,
        successors=tuple(each.name for each in after.values()),
        reopened=numbers.get(row.reopened or ""),
    )


def last(session: Session, group: str) -> Closing | None:
    """What is kept of a group that is dissolved now; None of one that goes on."""
    query = select(Closing).where(Closing.group == group, Closing.reopened.is_(None)).order_by(Closing.id.desc()).limit(1)
    found: Closing | None = session.scalar(query)
    return found
