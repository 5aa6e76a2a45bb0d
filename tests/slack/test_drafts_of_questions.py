"""What the secretariat sees of a question before it opens: its times, its seats, what is missing, what is asked elsewhere."""

from __future__ import annotations

from datetime import timedelta

from cadre.decisions import putting, putting_times
from cadre.decisions.putting import HowForm, StartForm, TextForm
from tests.notices.scenarios import JORDAN, does
from tests.slack import put
from tests.slack.calls import casey, maxime, soon
from tests.slack.put import CLOSES, COUNCIL, drafted, opened, window_of
from tests.slack.test_carrying_out import officer
from tests.workspace import Workspace

workspace = put.workspace
OPENS = CLOSES - timedelta(days=20)


async def test_a_draft_shows_when_it_opens_and_closes(workspace: Workspace) -> None:
    draft, jordan = drafted(workspace), officer(workspace)
    shown = (await window_of(jordan, draft)).text
    assert "Opens Tuesday, January 12, 2027" in shown
    assert "closes Monday, February 1, 2027" in shown
    await workspace.until(timedelta(days=2))
    assert "The opening that was set is past: Tuesday, January 12, 2027" in (await window_of(jordan, draft)).text


async def test_what_opens_now_is_shown_with_its_closing_and_its_seats(workspace: Workspace) -> None:
    draft, jordan = drafted(workspace), officer(workspace)
    await jordan.clicks("Open now", await window_of(jordan, draft))
    shown = (await jordan.window()).text
    assert "It closes Monday, February 1, 2027" in shown
    assert "Bellorme, demonstration: Maxime Grandchêne and Casey Larkfield (alternate)" in shown
    await jordan.submits()
    await soon(workspace)
    assert "Bellorme, demonstration: Maxime Grandchêne and Casey Larkfield (alternate)" in (await casey(workspace).last_dm()).text
    assert "Bellorme, démonstration\u00a0: Maxime Grandchêne et Casey Larkfield (suppléance)" in (await maxime(workspace).last_dm()).text


async def test_what_is_missing_is_named_and_nothing_is_scheduled_before(workspace: Workspace) -> None:
    draft, jordan = drafted(workspace), officer(workspace)
    complete = await window_of(jordan, draft)
    does(workspace, JORDAN, putting.save_texts, draft.id, TextForm("Canoes", "", "", ""))
    await jordan.clicks("Schedule", complete)
    told = [each.text for each in await jordan.windows()]
    assert any("Title, in French: Still to be written in French" in each for each in told)
    assert "Schedule" not in (await window_of(jordan, draft)).buttons
    does(workspace, JORDAN, putting.save_texts, draft.id, TextForm("Canoes", "Canots", "", ""))
    does(workspace, JORDAN, putting.save_how, draft.id, HowForm("consensus", "majority", "seats", None, CLOSES))
    await jordan.clicks("Schedule", await window_of(jordan, draft))
    assert any("Opens: Say when the question opens." in each.text for each in await jordan.windows())


async def test_a_recommendation_that_is_put_twice_says_so(workspace: Workspace) -> None:
    jordan = officer(workspace)
    await opened(workspace, recommendations=("death-notification",), title_en="Notices", title_fr="Avis", wording_en="", wording_fr="")
    form = StartForm(COUNCIL, recommendations=("death-notification",), title_en="Again", title_fr="Encore")
    draft = does(workspace, JORDAN, putting.begin, form)
    does(workspace, JORDAN, putting.save_how, draft.id, HowForm("consensus", "majority", "seats", OPENS, CLOSES))
    window = await window_of(jordan, draft)
    assert "This is asked elsewhere too: “Notices” (open)." in window.text
    await jordan.clicks("Open now", window)
    assert "This is asked elsewhere too: “Notices” (open)." in (await jordan.window()).text
    does(workspace, JORDAN, putting_times.open_now, draft.id)
    assert "asked elsewhere" not in (await window_of(casey(workspace), draft)).text


async def test_of_a_consultation_neither_rule_nor_quorum_is_asked(workspace: Workspace) -> None:
    jordan = officer(workspace)
    draft = drafted(workspace, kind="consultation", wording_en="", wording_fr="")
    window = await window_of(jordan, draft)
    assert "Rule and times" not in window.buttons
    await jordan.clicks("Times", window)
    window = await jordan.window()
    assert {"rule", "quorum"}.isdisjoint({each["block_id"] for each in window.elements})
    await jordan.submits(sees="council")
    assert "everybody of the council" in (await jordan.window()).text


async def test_a_consultation_that_is_closed_waits_for_no_decision(workspace: Workspace) -> None:
    question = await opened(workspace, kind="consultation", wording_en="", wording_fr="")
    does(workspace, JORDAN, putting_times.close_now, question.id)
    await soon(workspace)
    jordan = officer(workspace)
    await jordan.commands("questions")
    assert "not yet decided" not in (await jordan.window()).text
    assert "not yet decided" not in (await window_of(casey(workspace), question)).text
    assert "pas encore tranchée" not in (await window_of(maxime(workspace), question)).text
    for said in await maxime(workspace).sees():
        assert "pas encore tranchée" not in said.text
