"""Activities that go on in a later workplan: what is said of one where it was counts where it is now."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.rows import chunks
from cadre.notices.service import touch
from cadre.workplans.facts import ACTIVITY
from cadre.workplans.models import Activity
from cadre.workplans.rights import activity_row

COPY: Final = "copy:"
"""What ``Activity.view_id`` begins with where an activity of the half before goes on: each is copied once at most."""


def carries_on(row: Activity) -> int | None:
    """The activity of an earlier workplan that one carries on, if any."""
    return int(row.view_id.removeprefix(COPY)) if row.view_id and row.view_id.startswith(COPY) else None


def carried(session: Session, activities: Iterable[int]) -> set[int]:
    """Those of some activities that go on in a later workplan."""
    return set(_copies(session, set(activities)))


def newest(session: Session, activities: Iterable[int]) -> dict[int, int]:
    """Where each of some activities goes on by now, through however many halves; itself where it goes on nowhere."""
    found = {id_: id_ for id_ in activities}
    while further := _copies(session, set(found.values())):
        found = {id_: further.get(last, last) for id_, last in found.items()}
    return found


def newest_row(session: Session, id_: int) -> Activity:
    """The same of one, locked: whoever copies it meanwhile waits, or was first. Raises NotFound."""
    row = activity_row(session, id_, lock=True)
    while further := _copies(session, {row.id}):
        row = activity_row(session, further[row.id], lock=True)
    return row


def touch_all(session: Session, row: Activity) -> None:
    """What notices say of an activity may be otherwise by now; also what those say that told of it in earlier workplans."""
    each: Activity | None = row
    while each:
        touch(session, ACTIVITY, f"{ACTIVITY}:{each.id}")
        before = carries_on(each)
        each = session.get(Activity, before) if before else None


def _copies(session: Session, activities: Collection[int]) -> dict[int, int]:
    """Activity -> the one of a later workplan that carries it on."""
    found: dict[int, int] = {}
    for some in chunks(activities):
        copies = select(Activity.view_id, Activity.id).where(Activity.view_id.in_([f"{COPY}{id_}" for id_ in some]))
        found |= {int(mark.removeprefix(COPY)): id_ for mark, id_ in session.execute(copies) if mark}
    return found
