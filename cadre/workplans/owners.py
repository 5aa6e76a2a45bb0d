"""Who carries out activities, and who of them left."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.models import Change
from cadre.core.rows import chunks
from cadre.people.holders import left
from cadre.workplans.facts import ACTIVITY
from cadre.workplans.models import Workplan

Owning = tuple[int, str]
"""An activity, and one who owns it."""


def gone(session: Session, owning: Iterable[tuple[int, str, Workplan]]) -> set[Owning]:
    """Those owners of activities (of which workplan) who left: they held a role in its group or on its priority that ended after the
    activity was given to them, and hold none there now. Whoever was named without a role stays, and so does who was named after it ended.
    """
    wanted = list(owning)
    ended = left(session, {person for _, person, _ in wanted})
    found = {(id_, person): day for id_, person, plan in wanted if (day := ended.get((person, plan.group, plan.priority)))}
    given = _given(session, found)
    return {each for each, day in found.items() if each not in given or given[each] <= day}


def _given(session: Session, owning: Iterable[Owning]) -> dict[Owning, date]:
    """When activities were given to people last, where a Change says so: by the days by which roles end, and not by UTC."""
    wanted, found = set(owning), dict[Owning, date]()
    for some in chunks(sorted({id_ for id_, _ in wanted})):
        of_owners = select(Change.subject_id, Change.before, Change.after, Change.at)
        of_owners = of_owners.where(Change.subject == ACTIVITY, Change.field == "owners", Change.subject_id.in_([str(id_) for id_ in some]))
        for id_, before, after, at in session.execute(of_owners.order_by(Change.id)):
            for person in set((after or "").split(",")) - set((before or "").split(",")):
                if (int(id_), person) in wanted:
                    found[int(id_), person] = clock.day(at)
    return found
