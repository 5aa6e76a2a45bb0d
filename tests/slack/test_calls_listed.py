"""Where calls for participation are found: in the list, in App Home, and where no window can be opened."""

from __future__ import annotations

from tests.slack import test_calls_drafting as drafting
from tests.slack.drafts import TEXTS, moment, officer, opened
from tests.workspace import DM, Workspace

workspace = drafting.workspace


async def test_the_list_says_to_each_what_waits_for_them(workspace: Workspace) -> None:
    jordan, maxime, robin = officer(workspace), workspace.user("maxime-grandchene"), workspace.user("robin-ashgrove")
    await opened(jordan)
    await jordan.closes()
    shown = await jordan.commands("calls")
    assert "0 of 5 jurisdictions have answered" in shown.text
    theirs = await maxime.commands("appels")
    assert "Nouvel appel" not in theirs.buttons
    assert "En attente de votre réponse" in theirs.text
    assert "Bellorme" in theirs.text
    others = await robin.commands("calls")
    assert "Waits for your answer" not in others.text
    assert "Answer" in others.buttons
    assert "New call" not in others.buttons
    await robin.clicks("Details", await robin.window())
    details = await robin.window()
    assert "Light one lamp a week." in details.text
    assert {"Extend", "Close now", "Who answered"}.isdisjoint(details.buttons)
    assert "Silent" not in details.text


async def test_app_home_shows_what_waits_and_nothing_where_there_is_nothing(workspace: Workspace) -> None:
    jordan, maxime = officer(workspace), workspace.user("maxime-grandchene")
    assert "Appels à la participation" not in (await maxime.home()).text
    await opened(jordan)
    assert "En attente de votre réponse" in (await maxime.home()).text
    assert "0 of 5 jurisdictions have answered" in (await jordan.home()).text


async def test_where_no_window_can_be_opened_a_button_opens_it(workspace: Workspace) -> None:
    jordan = officer(workspace)
    await opened(jordan)
    await jordan.closes()
    assert (await jordan.asks("calls")).headline == "1 call for participation is open."
    await jordan.clicks("Details", await jordan.last(DM))
    assert "Light one lamp a week." in (await jordan.window()).text


async def test_a_call_begun_from_app_home_ends_in_its_own_window(workspace: Workspace) -> None:
    jordan = officer(workspace)
    await jordan.clicks("New call", await jordan.home())
    await jordan.submits(await jordan.window(), source="priority:demo-lanterns")
    await jordan.submits(**TEXTS)
    await jordan.submits(opens_at=moment(1), closes_at=moment(30))
    (window,) = await jordan.windows()
    assert "Saved." in window.text
    assert "Schedule" in window.buttons
