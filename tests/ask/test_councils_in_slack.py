"""The same questions in Slack: the secretariat and those who speak for a seat hear more alone, and a channel never."""

from __future__ import annotations

import pytest

from cadre.groups import editing
from tests.notices.scenarios import JORDAN, does
from tests.slack import put
from tests.slack.calls import casey, maxime
from tests.slack.put import opened
from tests.workspace import GENERAL, Workspace

workspace = put.workspace


async def test_an_open_question_is_told_alone_and_never_in_a_channel(workspace: Workspace) -> None:
    await opened(workspace)
    question = "which questions are open?"
    for member in (casey(workspace), workspace.secretariat()):
        alone = await member.asks(question)
        assert "Canoes" in alone.text
        assert "0 of 4 seats" in alone.text
        aloud = await member.asks(question, GENERAL)
        assert "Canoes" not in aloud.text
        assert "conversation of our own" in aloud.text
    assert "Canoes" not in (await workspace.newcomer().asks(question)).text


async def test_silent_seats_and_ones_own_position(workspace: Workspace) -> None:
    await opened(workspace)
    await casey(workspace).clicks("Support", await casey(workspace).last_dm())
    silent = await workspace.secretariat().asks("which seats are silent?")
    assert silent.headline.startswith("3 seats are silent.")
    assert "Bellorme" not in silent.text
    assert "Ellis Marshgrove" in silent.text
    assert "Ellis Marshgrove" not in (await casey(workspace).asks("which seats are silent?")).text
    own = await maxime(workspace).asks("quelle est notre position sur les canots?")
    assert own.headline.replace("\u00a0", " ").startswith("Bellorme, démonstration appuie (« Peindre les canots en rouge »).")
    assert "appuie" not in (await maxime(workspace).asks("quelle est notre position sur les canots?", GENERAL)).text


@pytest.mark.parametrize(
    "question", ["are the demonstration beehives in good standing?", "what do the demonstration beehives still have to complete?"]
)
async def test_what_is_still_to_complete(workspace: Workspace, question: str) -> None:
    alone = await workspace.secretariat().asks(question)
    assert "still has this to complete" in alone.headline
    aloud = await workspace.secretariat().asks(question, GENERAL)
    assert "to complete" not in aloud.text


async def test_what_changed_names_who_did_it_only_alone(workspace: Workspace) -> None:
    does(workspace, JORDAN, editing.save_settings, "demo-orchards", {"state": "dormant"}, {})
    question = "what changed in the demonstration orchards since yesterday?"
    alone = await workspace.secretariat().asks(question)
    assert "1 change is recorded for the Demonstration Orchards Working Group since January 10, 2027." in alone.headline
    assert "State: dormant (before: active) (Jordan Wrenwood)" in alone.text
    aloud = await workspace.secretariat().asks(question, GENERAL)
    assert "State: dormant" in aloud.text
    assert "Jordan Wrenwood" not in aloud.text
