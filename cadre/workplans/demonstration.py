"""Workplans of the Demonstration Council, relative to the day on which they are made: all of it is invented, to show Cadre with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.core.calendar import moment
from cadre.core.dates import PartialDate
from cadre.core.reader import DEFAULT_ZONE
from cadre.meetings.models import Meeting
from cadre.notices.service import touch
from cadre.people.models import Person
from cadre.workplans.carrying import COPY
from cadre.workplans.cycles import of_target, open_half
from cadre.workplans.facts import ACTIVITY, WORKPLAN
from cadre.workplans.models import Activity, ActivityOwner, Cycle, Workplan, WorkplanText
from cadre.workplans.moving import IN_PERSON
from cadre.workplans.reading import Target, load_one
from cadre.workplans.rules import before, calendar_due, half_of
from cadre.workplans.settling import frozen

COUNCIL: Final = "demo-council"
_TEXTS: Final = Path(__file__).with_suffix(".yaml")
_MEETING: Final = "demo-approved"
_BEFORE: Final = timedelta(days=22)
"""Workplans were handed in so long before the meeting that approved them: a day before they were due for it."""
_SECRETARIAT: Final = "jordan-wrenwood"

Written = Mapping[str, Any]
"""What the file says of one thing."""


def populate(session: Session, day: date) -> None:
    """Give the Demonstration Council two halves of workplans: the last one approved, this one open and half done.

    To be called once, after its registry file was imported. The cycle is open even where its due date is further than others open.
    """
    written: Written = yaml.load(_TEXTS.read_text(encoding="utf-8"), yaml.CSafeLoader)
    half = half_of(day)
    held = _held(day)
    place = Bilingual("Cedar Landing, demonstration", "Pointe-aux-Cèdres, démonstration")
    session.add(Meeting(id=_MEETING, kind=IN_PERSON, group=COUNCIL, held=PartialDate.day(held), place=place))
    session.flush()
    earlier = Cycle(id=f"{COUNCIL}.{before(half)}", council=COUNCIL, half=before(half), meeting=_MEETING)
    session.add(earlier)
    open_half(session, half, {COUNCIL})
    for each in written["plans"]:
        target: Target = ("group", each["group"]) if "group" in each else ("priority", each["priority"])
        old = _approved(session, target, each["before"], earlier, day)
        plan = next(plan for of, plan in of_target(session, target) if of == half)
        plan.aim = _both(each["now"]["aim"])
        _fill(session, plan, each["now"]["activities"], day, old)


def _held(day: date) -> date:
    """The day of the meeting that approved the last workplans."""
    return min(calendar_due(before(half_of(day))) + timedelta(days=30), day - timedelta(days=1))


def _approved(session: Session, target: Target, written: Written, cycle: Cycle, day: date) -> list[Activity]:
    """The workplan of the half before, frozen as it was when nothing of it was begun; what became of it since. Gives its activities."""
    held = _held(day)
    at, by = _at(held), _name(session, _SECRETARIAT)
    plan = Workplan(id=f"{target[1]}.{cycle.half}", cycle=cycle.id, state="approved", aim=_both(written["aim"]), **{target[0]: target[1]})
    plan.settled_at, plan.settled_by, plan.approved_at = at, by, _MEETING
    session.add(plan)
    session.flush()
    rows = _fill(session, plan, [{**each, "state": "not_started"} for each in written["activities"]], day)
    text = frozen(load_one(session, plan))
    lead = _name(session, written["activities"][0]["owners"][0])
    session.add(WorkplanText(workplan=plan.id, version=1, event="submitted", at=_at(held - _BEFORE), by=lead, text=text))
    session.add(WorkplanText(workplan=plan.id, version=2, event="approved", at=at, by=by, meeting=_MEETING, text=text))
    for row, each in zip(rows, written["activities"], strict=True):
        _say(session, row, each, day)
    session.flush()
    return rows


def _fill(session: Session, plan: Workplan, activities: Sequence[Written], day: date, old: Sequence[Activity] = ()) -> list[Activity]:
    rows: list[Activity] = []
    for number, each in enumerate(activities, 1):
        row = Activity(workplan=plan.id, number=number, title=_both(each["title"]), due=day + timedelta(days=each["days"]))
        row.note = _both(each["note"]) if "note" in each else None
        row.outcome = f"{COUNCIL}.{each['outcome']}" if "outcome" in each else None
        row.view_id = f"{COPY}{old[each['goes_on']].id}" if "goes_on" in each else None
        _say(session, row, each, day)
        session.add(row)
        session.flush()
        session.add_all(ActivityOwner(activity=row.id, person=person) for person in each["owners"])
        touch(session, ACTIVITY, f"{ACTIVITY}:{row.id}")
        rows.append(row)
    touch(session, WORKPLAN, f"{WORKPLAN}:{plan.id}")
    return rows


def _say(session: Session, row: Activity, written: Written, day: date) -> None:
    """How an activity stands, as its first owner said a few days ago."""
    row.state = written.get("state", "not_started")
    if row.state != "not_started":
        row.told_at, row.told_by = _at(day - timedelta(days=3)), _name(session, written["owners"][0])


def _both(written: Mapping[str, str]) -> Bilingual:
    return Bilingual(written.get("en"), written.get("fr"))


def _name(session: Session, person: str) -> str:
    return session.scalars(select(Person.name).where(Person.id == person)).one()


def _at(day: date) -> datetime:
    return moment(day, time(10), DEFAULT_ZONE)
