"""How groups stand, now and when the Councils last met in person.

How they stood then is kept on that day, and not computed afterwards. To compute it would be wrong: of what health goes by, only roles and
meetings carry their dates. That a mandate was written, a kind of group needs a workplan, an approval was taken back or a fact is doubtful
has none, and a role that is entered in March with "since January" would change what the Councils were told in February. The Changes could
undo what this registry did since, but would have to be read back from text, for a dozen tables, and a registry file that is taken in
brings many years as if they were of one day. What is kept is what was so, as it was known, when they met.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, cast

from sqlalchemy import Select, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.dates import PartialDate
from cadre.core.errors import NotFound
from cadre.core.reader import Actor
from cadre.groups.facts import COUNCILS
from cadre.groups.models import Group
from cadre.meetings.models import Meeting
from cadre.oversight import rules
from cadre.oversight.facts import REQUIREMENTS, RULES, Picture, Requirement, State
from cadre.oversight.models import HealthKept
from cadre.oversight.reading import picture
from cadre.oversight.rights import sight
from cadre.oversight.rules import Health

IN_PERSON: Final = "in_person"
GRACE: Final = timedelta(days=7)
"""For so long after a meeting it is still kept how groups stood, where Cadre did not run on its day."""
_PLANNED: Final = "planned"
_M: Final = Meeting.__table__.c


@dataclass(frozen=True, slots=True)
class Since:
    """How a group stood when its Council last met in person: ``held``; ``day``: when that was kept."""

    held: PartialDate
    day: date
    states: Mapping[Requirement, State]

    def moved(self, now: Health) -> tuple[tuple[Requirement, State, State], ...]:
        """In what it stands otherwise now: before and now."""
        return tuple(
            (each.requirement, before, each.state)
            for each in now.findings
            if (before := self.states.get(each.requirement, each.state)) != each.state
        )


@dataclass(frozen=True, slots=True)
class Report:
    """How groups stand, as one person sees it: their own, then the others, each by id.

    ``agreed``: whether the Councils have approved all rules that it goes by; until then they are proposed. ``since``: by group.
    """

    day: date
    own: tuple[Health, ...]
    others: tuple[Health, ...]
    agreed: bool
    edits: bool
    since: Mapping[str, Since] = field(default_factory=dict)

    @property
    def all(self) -> tuple[Health, ...]:
        """Their own, then the others."""
        return self.own + self.others

    def of(self, group: str) -> Health:
        """One of them. Raises NotFound."""
        for each in self.all:
            if each.group.id == group:
                return each
        raise NotFound(group)


def report(session: Session, seen_by: Actor) -> Report:
    """How all groups stand that somebody may see. Raises Forbidden for whoever holds no confirmed role."""
    seen = sight(session, seen_by)
    now = picture(session, clock.today(session))
    found = [rules.health(now, group) for group in now.groups.values() if seen.sees(group)]
    return Report(
        day=now.day,
        own=tuple(each for each in found if each.group.id in seen.own),
        others=tuple(each for each in found if each.group.id not in seen.own),
        agreed=now.agreed >= RULES,
        edits=seen.everything,
        since=_since(session, now.day),
    )


def _since(session: Session, day: date) -> dict[str, Since]:
    """The last that was kept of each group before a day."""
    rows = session.execute(
        select(HealthKept.group, HealthKept.day, HealthKept.states, _M.held_text)
        .join(Meeting, Meeting.id == HealthKept.meeting)
        .where(HealthKept.day < day, _M.state == _PLANNED, _M.held_text.is_not(None))
        .order_by(HealthKept.day, HealthKept.id)
    )
    return {row.group: Since(PartialDate.parse(row.held_text), row.day, _unpacked(row.states)) for row in rows}


def keep(session: Session, day: date) -> int:
    """Keep how the groups of a Council stand on the day on which it meets in person, once for each meeting. Gives how many were kept.

    Idempotent, and harmless when two do it at once.
    """
    due = _to_keep(session, day)
    if not due:
        return 0
    now = picture(session, day)
    rows = [row for meeting, council in due for row in kept(now, meeting, council)]
    if not rows:
        return 0
    try:
        with session.begin_nested():
            session.execute(insert(HealthKept), rows)
    except IntegrityError:  # another process kept it at the same moment
        return 0
    return len(rows)


def _to_keep(session: Session, day: date) -> list[tuple[str, str]]:
    """The meetings in person of councils that are or were just held, and of which nothing is kept yet: with the council."""
    there = select(HealthKept.id).where(HealthKept.meeting == _M.id).exists()
    return [(row.id, row.group) for row in session.execute(just_met(day).where(~there))]


def just_met(day: date) -> Select[tuple[str, str, date]]:
    """The meetings in person of councils that are held on a day, or were so lately that what belongs to them is still kept: with the
    council and their day.
    """
    return (
        select(_M.id, _M.group, _M.held_last)
        .join(Group, Group.id == _M.group)
        .where(Group.kind.in_(sorted(COUNCILS)), _M.kind == IN_PERSON, _M.state == _PLANNED, _M.held_first == _M.held_last)
        .where(_M.held_last <= day, _M.held_last >= day - GRACE)
        .order_by(_M.held_last, _M.id)
    )


def kept(now: Picture, meeting: str, council: str) -> Iterator[dict[str, object]]:
    """The rows to keep of the groups that come to a council."""
    for group in now.groups.values():
        if council in group.above:
            states = " ".join(f"{each.requirement}:{each.state}" for each in rules.health(now, group).findings)
            yield {"meeting": meeting, "group": group.id, "day": now.day, "states": states}


def _unpacked(states: str) -> dict[Requirement, State]:
    """What ``keep`` kept; of what is no requirement any more, nothing."""
    found = dict(each.split(":", 1) for each in states.split())
    return {name: cast("State", found[name]) for name in REQUIREMENTS if name in found}
