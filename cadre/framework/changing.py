"""What changed between two days, meetings or snapshots, as somebody may know it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.models import Alias, Change
from cadre.core.reader import Actor
from cadre.core.rows import by_id, chunks
from cadre.framework import kept, reading, rows
from cadre.framework.differences import Differences, Entry, differences
from cadre.framework.ends import Called, End, Known, Taken, ordered, resolved
from cadre.framework.facts import MeetingIn, World
from cadre.framework.models import Snapshot
from cadre.groups.facts import COUNCILS
from cadre.groups.models import Group
from cadre.meetings.models import Meeting
from cadre.meetings.views import IN_PERSON
from cadre.oversight.history import plain

Within: TypeAlias = Callable[[World, World], tuple[World, World]]
BEGINNING: Final = "beginning"
_PLANNED: Final = "planned"
_M: Final = Meeting.__table__.c


@dataclass(frozen=True, slots=True)
class Changed:
    """What changed from ``since`` to ``until``. ``begins``: the day on which the registry does, where that is later than ``since``.

    ``whole``: seen by somebody with a confirmed role; ``known``: the meetings and snapshots between which it could be asked.
    """

    since: End
    until: End
    differences: Differences
    begins: date | None
    whole: bool
    known: Known


def changed(
    session: Session,
    since: str = "",
    until: str = "",
    seen_by: Actor | None = None,
    *,
    within: Within = lambda before, after: (before, after),
    now: World | None = None,
) -> Changed:
    """What changed between two ends, as people name them (``ends.resolved``): by default since the last in-person meeting, until now.

    Where a snapshot was taken at a meeting, that says how it was. ``within``: what of both Worlds is compared; ``now``: how it is at this
    moment for them, where that was read already. Raises Invalid, with what could have been named instead.
    """
    there = known(session)
    default = f"meeting:{there.reviews[0].meeting.id}" if there.reviews else BEGINNING
    first, last = resolved(since.strip() or default, there, "since"), resolved(until, there, "until")
    ordered(first, last)
    before, after = within(*_worlds(session, first, last, seen_by, now))
    found = differences(before, after)
    found = _under_decisions(session, found, after, _moment(session, first))
    begins = there.began if there.began and first.day < there.began else None
    return Changed(first, last, found, begins, before.whole and after.whole, there)


def as_of(session: Session, text: str, seen_by: Actor | None = None) -> tuple[End, World]:
    """The framework at one end, as people name it: "October 2017", "Charlottetown". Where a snapshot was taken at a meeting, as that kept
    it. Raises Invalid, under ``as_of``.
    """
    end = resolved(text, known(session), "as_of")
    if end.snapshot is not None:
        return end, kept.world_of(session, end.snapshot, seen_by)
    return end, reading.world(session, end.day, seen_by)


def known(session: Session) -> Known:
    """What can be named: meetings in person, others that have a title or place, snapshots."""
    named = (_M.kind == IN_PERSON) | _M.title_en.is_not(None) | _M.title_fr.is_not(None)
    meetings = session.scalars(select(Meeting).where(Meeting.state == _PLANNED, named).order_by(Meeting.id)).all()
    taken = session.execute(select(Snapshot.number, Snapshot.day, Snapshot.meeting).order_by(Snapshot.number.desc()))
    groups = by_id(session, Group, (each.group for each in meetings))
    aliases = _aliases(session, groups)
    return Known(
        today=clock.today(session),
        meetings=tuple(_called(each, groups[each.group], aliases) for each in meetings),
        snapshots=tuple(Taken(*each) for each in taken),
        began=rows.began(session),
    )


def _aliases(session: Session, groups: Iterable[str]) -> Mapping[tuple[str, str], list[str]]:
    """Other names of all meetings, and of some groups."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    queries = [select(Alias).where(Alias.subject == "meeting")]
    queries += [select(Alias).where(Alias.subject == "group", Alias.subject_id.in_(some)) for some in chunks(groups)]
    for query in queries:
        for row in session.scalars(query):
            found[row.subject, row.subject_id].append(row.text)
    return found


def _called(row: Meeting, group: Group, aliases: Mapping[tuple[str, str], list[str]]) -> Called:
    own = [text for each in (row.title, row.place) if each for text in (each.en, each.fr) if text]
    names = [text for text in (group.name.en, group.name.fr) if text]
    return Called(
        meeting=MeetingIn(row.id, row.group, row.kind, row.held, row.title, row.place),
        own=(*own, *aliases.get(("meeting", row.id), ())),
        group=(*names, *aliases.get(("group", row.group), ())),
        council=group.kind in COUNCILS,
    )


def _worlds(session: Session, since: End, until: End, seen_by: Actor | None, now: World | None) -> tuple[World, World]:
    """How it was at both ends: as a snapshot kept it, else read once for both. How groups stand is compared only with what was kept."""
    found = {now.day: now} if now else {}
    days = [end.day for end in (since, until) if end.snapshot is None and end.day not in found]
    if days:
        found |= zip(days, reading.worlds(session, days, seen_by, with_health=since.snapshot is not None), strict=True)
    before, after = (found[end.day] if end.snapshot is None else kept.world_of(session, end.snapshot, seen_by) for end in (since, until))
    return before, after


def _moment(session: Session, since: End) -> datetime:
    """The moment from which on what was done counts."""
    return rows.moment_after(since.day) if since.snapshot is None else kept.snapshot(session, since.snapshot).until


def _under_decisions(session: Session, found: Differences, after: World, at: datetime) -> Differences:
    """With the decision under which each thing was done. Few are: only those that a decision speaks of are looked up."""
    spoken_of = {about for each in after.decisions.values() for about in each.about}
    looked_up = [each for each in found.entries if each.field and (each.about in spoken_of or each.what == "recommendation")]
    if not looked_up:
        return found
    made = _decisions(session, looked_up, at)

    def under(entry: Entry) -> Entry:
        decision = after.decisions.get(made.get((entry.about, entry.field or ""), ""))
        return replace(entry, decision=decision) if decision else entry

    return Differences({section: tuple(map(under, entries)) for section, entries in found.sections.items()})


def _decisions(session: Session, entries: Iterable[Entry], at: datetime) -> dict[tuple[str, str], str]:
    """The last decision under which a field of a record was changed, by record and field."""
    ids: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        subject, _, id_ = entry.about.partition(":")
        ids[subject].add(id_)
    found: dict[tuple[str, str], str] = {}
    for subject, wanted in ids.items():
        for some in chunks(sorted(wanted)):
            within = (Change.subject == subject, Change.subject_id.in_(some), Change.at >= at, Change.decision.is_not(None))
            for row in session.execute(select(Change.subject_id, Change.field, Change.decision).where(*within).order_by(Change.id)):
                found[f"{subject}:{row.subject_id}", plain(row.field)] = row.decision
    return found
