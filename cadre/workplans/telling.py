"""Those whose due date moved hear from which day to which, and by whom."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from cadre.core import changes
from cadre.core.reader import named
from cadre.notices.service import announce_last
from cadre.people.facts import PersonRef
from cadre.workplans.facts import ACTIVITY, WORKPLAN
from cadre.workplans.models import Activity, Workplan
from cadre.workplans.reading import load_activities, load_one


def tell_moved(session: Session, row: Workplan | Activity, before: date | None, to: date | None, but: Collection[str] = ()) -> None:
    """Announce it to those who lead a workplan, or carry out an activity; not to whoever did it, nor to those who hear otherwise (``but``).

    A due date that is new, or taken away, has not moved.
    """
    if before is None or to is None or before == to:
        return
    actor = changes.actor(session)
    whose: tuple[PersonRef, ...]
    if isinstance(row, Workplan):
        plan = load_one(session, row)
        kind, subject, whose = WORKPLAN, plan.subject, (*plan.leads, *plan.co_chairs)
    else:
        (activity,) = load_activities(session, [row])
        kind, subject, whose = ACTIVITY, activity.subject, activity.remaining if activity.open else ()
    persons = [person.id for person in whose if person.id != actor.person and person.id not in but]
    detail = {"by": named(actor.label), "from": before.isoformat(), "to": to.isoformat()}
    announce_last(session, f"{kind}_moved", subject, persons, detail)
