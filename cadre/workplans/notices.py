"""Of workplans and activities, what notices need to know: due when, settled or not, whose. A few queries for however many there are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Message
from cadre.core.i18n import LANGUAGES, LOCALES, Language
from cadre.core.reader import Reader
from cadre.core.rows import chunks
from cadre.core.words import Words
from cadre.groups.models import Group
from cadre.meetings.models import Meeting
from cadre.notices.rules import Dated, Kind
from cadre.notices.service import told_last
from cadre.workplans.carrying import carried
from cadre.workplans.cycles import Later, later
from cadre.workplans.facts import ACTIVITY, WORKPLAN, WorkplanFacts
from cadre.workplans.models import Activity, ActivityOwner, Cycle, Workplan
from cadre.workplans.owners import gone
from cadre.workplans.reading import ACTIVE, ALTERNATE, CO_CHAIR, LEAD, Target, day_of, held_in, load, load_activities, load_one, target_of
from cadre.workplans.rules import FINAL, STATES, before, due, half_of

OWNER: Final = "owner"
_SAY_WHEN: Final = ("workplan_opened", "workplan_moved", "activity_moved", "extension_settled")
"""Announcements that say by when something is due."""
_HALVES: Final = 4
"""Halves back for which workplans are looked at each day: what is older was replaced long ago."""

_PLANS: Final = (
    select(Workplan, Cycle.half, Cycle.offset, Cycle.moved_to, Meeting, Group.state)
    .join(Cycle, Cycle.id == Workplan.cycle)
    .outerjoin(Meeting, Meeting.id == Cycle.meeting)
    .outerjoin(Group, Group.id == Workplan.group)
)
_ACTIVITIES: Final = (
    select(Activity.id, Activity.due, Activity.state, Workplan, Cycle.half, Group.state)
    .join(Workplan, Workplan.id == Activity.workplan)
    .join(Cycle, Cycle.id == Workplan.cycle)
    .outerjoin(Group, Group.id == Workplan.group)
)


def _workplans(session: Session, after: str, limit: int) -> Sequence[Dated]:
    """The workplans after one, in order of their id."""
    counted = _PLANS.where(Workplan.id > after.partition(":")[2], Cycle.half >= _oldest(session))
    return _dated_plans(session, session.execute(counted.order_by(Workplan.id).limit(limit)).all())


def _some_workplans(session: Session, subjects: Collection[str]) -> Mapping[str, Dated]:
    ids = sorted({subject.partition(":")[2] for subject in subjects})
    rows = [row for some in chunks(ids) for row in session.execute(_PLANS.where(Workplan.id.in_(some)))]
    return {each.subject: each for each in _dated_plans(session, rows)}


def _dated_plans(session: Session, rows: Sequence[Any]) -> list[Dated]:
    targets = {target_of(row[0]) for row in rows}
    people, following = _people(session, targets), later(session, targets)
    dated: list[Dated] = []
    for plan, half, offset, moved_to, meeting, group_state in rows:
        day, _ = due(half, day_of(meeting), offset, moved_to, plan.moved_to)
        settled = _plan_settled(plan, group_state, following[target_of(plan), half])
        dated.append(Dated(WORKPLAN, f"{WORKPLAN}:{plan.id}", day, settled, people[target_of(plan)]))
    return _spared(session, dated)


def _spared(session: Session, dated: Sequence[Dated]) -> list[Dated]:
    """The same, without reminders to those who are just told when something is due; the due day is told all the same."""
    told = told_last(session, _SAY_WHEN, [each.subject for each in dated])

    def heard(each: Dated) -> dict[str, datetime]:
        return {who: at for who, at in told[each.subject].items() if each.due and at.date() + timedelta(days=1) < each.due}

    return [replace(each, heard=heard(each)) if each.subject in told else each for each in dated]


def _plan_settled(plan: Workplan, group_state: str | None, following: Later) -> str | None:
    """Why nobody need hand a workplan in any more."""
    if plan.state not in ("draft", "returned"):
        return plan.state
    return _asleep(plan, group_state) or ("replaced" if following.replaces_plan else None)


def _activities(session: Session, after: str, limit: int) -> Sequence[Dated]:
    """The activities after one, in order of their number."""
    first = int(after.partition(":")[2] or 0)
    counted = _ACTIVITIES.where(Activity.id > first, Cycle.half >= _oldest(session))
    return _dated_activities(session, session.execute(counted.order_by(Activity.id).limit(limit)).all())


def _some_activities(session: Session, subjects: Collection[str]) -> Mapping[str, Dated]:
    ids = sorted({int(id_) for subject in subjects if (id_ := subject.partition(":")[2]).isdecimal()})
    rows = [row for some in chunks(ids) for row in session.execute(_ACTIVITIES.where(Activity.id.in_(some)))]
    return {each.subject: each for each in _dated_activities(session, rows)}


def _dated_activities(session: Session, rows: Sequence[Any]) -> list[Dated]:
    targets = {target_of(row[3]) for row in rows}
    people, following = _people(session, targets), later(session, targets)
    ids = [row[0] for row in rows]
    owners = _owners(session, {row[0]: row[3] for row in rows})
    going_on = carried(session, ids)
    dated: list[Dated] = []
    for id_, day, state, plan, half, group_state in rows:
        those = people[target_of(plan)]
        replaced = "replaced" if id_ in going_on or following[target_of(plan), half].replaces_activities else None
        settled = state if state in FINAL else _asleep(plan, group_state) or replaced
        dated.append(Dated(ACTIVITY, f"{ACTIVITY}:{id_}", day, settled, {**those, OWNER: owners.get(id_) or those[LEAD]}))
    return _spared(session, dated)


def _asleep(plan: Workplan, group_state: str | None) -> str | None:
    """The state of a group that meets no more, or not at present: nobody is reminded of its work."""
    return None if plan.group is None or group_state == ACTIVE else group_state or "sunset"


def _people(session: Session, targets: Collection[Target]) -> dict[Target, dict[str, tuple[str, ...]]]:
    """Role -> who holds it. Where there is no lead, the co-chairs lead: a group has only these."""
    held = held_in(session, targets)
    found: dict[Target, dict[str, tuple[str, ...]]] = {}
    for target in targets:
        by_role = {
            role: tuple(dict.fromkeys(each.person.id for each in held.get(target, ()) if each.role == role))
            for role in (LEAD, CO_CHAIR, ALTERNATE)
        }
        found[target] = {**by_role, LEAD: by_role[LEAD] or by_role[CO_CHAIR]}
    return found


def _owners(session: Session, activities: Mapping[int, Workplan]) -> dict[int, tuple[str, ...]]:
    """Who carries out each activity of a workplan, and has not left."""
    owning: list[tuple[int, str]] = []
    for some in chunks(activities):
        of_these = select(ActivityOwner.activity, ActivityOwner.person).where(ActivityOwner.activity.in_(some))
        owning += [(row.activity, row.person) for row in session.execute(of_these.order_by(ActivityOwner.activity, ActivityOwner.person))]
    left = gone(session, [(id_, person, activities[id_]) for id_, person in owning])
    found: dict[int, tuple[str, ...]] = {}
    for id_, person in owning:
        if (id_, person) not in left:
            found[id_] = (*found.get(id_, ()), person)
    return found


def _oldest(session: Session) -> str:
    half = half_of(clock.today(session))
    for _ in range(_HALVES):
        half = before(half)
    return half


def _plan_names(session: Session, subjects: Collection[str]) -> Mapping[str, Bilingual]:
    """A workplan is called after whose it is, and not as that itself."""
    ids = sorted({subject.partition(":")[2] for subject in subjects})
    rows = [row for some in chunks(ids) for row in session.scalars(select(Workplan).where(Workplan.id.in_(some)))]
    return {plan.subject: Bilingual(*(_plan_name(plan, language) for language in LANGUAGES)) for plan in load(session, rows)}


def _plan_name(plan: WorkplanFacts, language: Language) -> Words:
    reader = Reader(LOCALES[language])
    return reader.gettext("Workplan of {target}", target=plan.target_name.marked(reader))


def _activity_names(session: Session, subjects: Collection[str]) -> Mapping[str, Bilingual]:
    ids = sorted({int(id_) for subject in subjects if (id_ := subject.partition(":")[2]).isdecimal()})
    rows = [row for some in chunks(ids) for row in session.execute(select(Activity).where(Activity.id.in_(some))).scalars()]
    return {f"{ACTIVITY}:{row.id}": row.title for row in rows}


def _plan_letter(session: Session, subject: str, reader: Reader) -> Words | None:
    plan = session.get(Workplan, subject.partition(":")[2])
    if plan is None:
        return None
    _, facts = reader.gettext, load_one(session, plan)
    values = {"target": facts.target_name.for_(reader), "day": reader.date(facts.due)}
    late = _("Hello. The workplan of {target} was due on {day}, and has not been submitted yet.", **values)
    asks = _("By when can you submit it? If something stands in the way, write to us. Thank you.")
    return Words.joined(" ", (late, _asked(facts.asked_until, reader) or asks))


def _activity_letter(session: Session, subject: str, reader: Reader) -> Words | None:
    """It asks for nothing that was said already."""
    row = session.get(Activity, int(subject.partition(":")[2]))
    if row is None or row.due is None:
        return None
    _, (facts,) = reader.gettext, load_activities(session, [row])
    values = {"name": facts.title.for_(reader), "target": facts.target.for_(reader), "day": reader.date(row.due)}
    late = _("Hello. The activity “{name}” of the workplan of {target} was due on {day}.", **values)
    state = STATES[facts.state].for_(reader)
    said = None if facts.state == "not_started" else _("You told us how it goes: {state}.", state=state)
    asks = _("By when will it be done? If something stands in the way, write to us. Thank you.")
    how = _("How does it go?") if said is None else None
    told = (late, said, _asked(facts.asked_until, reader)) if facts.asked_until else (late, said, how, asks)
    return Words.joined(" ", (each for each in told if each))


def _asked(until: date | None, reader: Reader) -> Words | None:
    return reader.gettext("You asked for time until {date}; we will answer you soon.", date=reader.date(until)) if until else None


WORKPLANS: Final = Kind(WORKPLAN, Message("Workplans"), _workplans, _some_workplans, _plan_names, _plan_letter)
ACTIVITIES: Final = Kind(ACTIVITY, Message("Activities of workplans"), _activities, _some_activities, _activity_names, _activity_letter)
