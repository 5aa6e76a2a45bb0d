"""More time that was asked for: the message in which it was asked says so, to everybody who had it, until the secretariat answers."""

from __future__ import annotations

from tests.notices.scenarios import announced, on, planned
from tests.workspace import Workspace

MONDAY = "2027-01-18"


async def test_the_message_shows_that_more_time_was_asked_for_and_its_window_says_so_before_it_is_filled_in(workspace: Workspace) -> None:
    planned(workspace, "2027-01-28", "robin-ashgrove", "morgan-fernhill")
    await workspace.until(f"{MONDAY}T10:00", "America/Whitehorse")
    robin, morgan = workspace.user("robin-ashgrove"), workspace.user("morgan-fernhill")
    await robin.clicks("More time", await on(robin, MONDAY))
    assert "has not answered" not in (await robin.window()).text
    await robin.submits(until="2027-03-11", reason="Ice")
    await robin.closes()
    for member in (robin, morgan):
        assert "More time asked until March 11, 2027." in (await on(member, MONDAY)).text
    await morgan.clicks("More time", await on(morgan, MONDAY))
    assert "was asked for time until March 11, 2027 already, and has not answered yet" in (await morgan.window()).text
    jordan = workspace.secretariat()
    await jordan.clicks("Give the time", (await announced(jordan))[-1].said)
    assert "More time asked" not in (await on(robin, MONDAY)).text
