"""A reminder of an activity that goes on in the next workplan since: what is said in it counts there, and everybody sees it."""

from __future__ import annotations

from cadre.core.reader import OPERATOR
from cadre.workplans import service as workplans
from cadre.workplans.cycles import open_half
from tests.notices.scenarios import (
    AUTHORS,
    LANTERNS,
    MONDAY,
    THURSDAY,
    about_the_pier,
    does,
    found,
    maxime,
    on,
    printed,
    robin,
    ten_days_before,
)
from tests.workspace import Workspace

NEXT = "demo-lanterns.2027-2"


async def test_done_in_a_reminder_of_the_last_plan_is_done_in_the_new_one_and_nobody_is_reminded_again(busy: Workspace) -> None:
    await busy.start_over(ten_days_before)
    busy.database.write(OPERATOR, open_half, "2027-2", ["demo-council"])
    does(busy, AUTHORS[LANTERNS], workplans.copy_last, NEXT)
    await busy.until(f"{MONDAY}T10:05", "America/Whitehorse")
    drawn = await on(robin(busy), MONDAY)
    goes_on = found(busy, plan=NEXT)
    assert drawn.element("workplans.done")["value"] == f"{NEXT}:{goes_on.id}"
    await robin(busy).clicks("Done", drawn)
    assert found(busy, plan=NEXT).state == "done"
    said = printed("Éclairer le quai (Lanternes de démonstration). Terminée, selon Robin Ashgrove, le 18 janvier 2027.")
    theirs = await on(maxime(busy), MONDAY)
    assert theirs.headline == said
    assert not theirs.buttons
    await busy.until("2027-01-29")
    for member in (robin(busy), maxime(busy)):
        assert [await about_the_pier(member, day) for day in ("2027-01-25", THURSDAY)] == [[], []]
