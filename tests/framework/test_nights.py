"""What the worker keeps of the framework by itself, as the days go by."""

from __future__ import annotations

from sqlalchemy.orm import Session

from cadre.framework import kept
from cadre.groups.models import Group
from tests.slack.workplans import JORDAN
from tests.workspace import Workspace


def taken(workspace: Workspace) -> list[tuple[str, str]]:
    return [(each.why, each.day.isoformat()) for each in workspace.database.read(kept.snapshots)]


async def test_the_night_after_a_change_and_no_other_and_at_the_meeting_in_person(busy: Workspace) -> None:
    await busy.start_over()
    await busy.until("2027-01-11T15:00")
    assert taken(busy) == [("nightly", "2027-01-10")], "what the registry began with"

    def change(session: Session) -> None:
        session.get_one(Group, "research").state = "dormant"

    busy.database.write(JORDAN, change)
    await busy.until("2027-01-11T18:00")
    assert len(taken(busy)) == 1, "it waits for the night"
    for day in (12, 13, 14):
        await busy.until(f"2027-01-{day}T15:00")
    assert taken(busy) == [("meeting", "2027-01-13"), ("nightly", "2027-01-12"), ("nightly", "2027-01-10")]
