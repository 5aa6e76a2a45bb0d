"""Questions, as people put them to Cadre in Slack."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable

import pytest
from aiohttp import ClientConnectionError, ServerDisconnectedError
from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.database import Database
from cadre.core.reader import OPERATOR
from cadre.people.models import Identity
from tests.slack.standin import BOT, TEAM, StandIn
from tests.slack.workspace import GENERAL, Workspace, button, text_of


async def test_member_asks_in_french_and_is_answered_in_the_thread(workspace: Workspace, slack: StandIn) -> None:
    response = await workspace.mention("U0ANNE", "qui dirige l'identité numérique?", ts="1790000001.000100")
    assert response.status_code == 200
    (posted,) = slack.made("chat.postMessage")
    assert posted["channel"] == GENERAL
    assert posted["thread_ts"] == "1790000001.000100"
    assert "Bev Dicks (C.-B.)" in posted["text"]
    assert "Annette Vermaeten (EDSC/Service Canada)" in posted["text"]
    assert posted["blocks"][0]["text"]["text"] == posted["text"], "the first line is the answer"
    assert posted["blocks"][1]["type"] == "context"
    assert "octobre 2017" in text_of(posted["blocks"][1])


async def test_a_question_in_a_thread_is_answered_in_that_thread(workspace: Workspace, slack: StandIn) -> None:
    await workspace.mention("U0ANNE", "who leads digital identity", thread_ts="1780000000.000001")
    (posted,) = slack.made("chat.postMessage")
    assert posted["thread_ts"] == "1780000000.000001"


async def test_direct_message_is_answered_in_the_conversation(workspace: Workspace, slack: StandIn) -> None:
    await workspace.direct("U0ANNE", "who leads digital identity")
    (posted,) = slack.made("chat.postMessage")
    assert posted["channel"] == "D0ANNE"
    assert "thread_ts" not in posted
    assert "Bev Dicks (B.C.)" in posted["text"]


async def test_a_direct_message_that_comes_as_a_mention_too_is_answered_once(workspace: Workspace, slack: StandIn) -> None:
    text = f"<@{BOT}> who leads digital identity"
    await workspace.direct("U0ANNE", text, ts="1790000002.000001")
    await workspace.mention("U0ANNE", text, channel="D0ANNE", ts="1790000002.000001")
    assert len(slack.made("chat.postMessage")) == 1


async def test_command_is_answered_aside_and_stands_in_the_conversation_too(workspace: Workspace, slack: StandIn) -> None:
    response = await workspace.command("U0ANNE", "who leads digital identity")
    assert response.status_code == 200
    assert response.text == ""
    (aside,) = slack.made("respond")
    assert aside["response_type"] == "ephemeral"
    assert "Bev Dicks" in aside["text"]
    button(aside, "Share in channel")
    (kept,) = slack.made("chat.postMessage")
    assert kept["channel"] == "D0ANNE"
    assert "Question: who leads digital identity" in text_of(kept)
    assert "Share" not in json.dumps(kept)


async def test_command_in_the_conversation_with_cadre_is_answered_there_only(workspace: Workspace, slack: StandIn) -> None:
    await workspace.command("U0ANNE", "who leads digital identity", channel="D0ANNE")
    assert slack.made("respond") == []
    assert len(slack.made("chat.postMessage")) == 1


async def test_an_answer_is_shared_once_and_says_by_whom(workspace: Workspace, slack: StandIn) -> None:
    await workspace.command("U0MARIE", "who leads digital identity")
    (aside,) = slack.made("respond")
    await workspace.click("U0MARIE", aside, "Share in channel")
    shared = slack.made("chat.postMessage")[-1]
    assert shared["channel"] == GENERAL
    assert "Shared by <@U0MARIE>" in text_of(shared), "in the question's language"
    drawn = slack.made("respond")[-1]
    assert drawn["replace_original"] is True
    assert "Share in channel" not in json.dumps(drawn)
    await workspace.click("U0MARIE", aside, "Share in channel")
    assert slack.made("chat.postMessage")[-1] is shared
    assert "Already shared" in text_of(slack.made("respond")[-1])


@pytest.mark.parametrize("problem", [ClientConnectionError("closed"), RuntimeError("a view broke")])
async def test_sharing_that_never_left_can_be_tried_again(
    workspace: Workspace, slack: StandIn, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    await workspace.command("U0ANNE", "who leads digital identity")
    (aside,) = slack.made("respond")
    with monkeypatch.context() as patched:
        patched.setattr("bot.slack.Slack.post", failing(problem))
        await workspace.click("U0ANNE", aside, "Share in channel")
    assert "reference" in slack.made("respond")[-1]["text"]
    await workspace.click("U0ANNE", aside, "Share in channel")
    assert slack.made("chat.postMessage")[-1]["channel"] == GENERAL
    assert "Shared in the channel" in text_of(slack.made("respond")[-1])


@pytest.mark.parametrize("problem", [TimeoutError(), ServerDisconnectedError()])
async def test_sharing_that_may_have_arrived_is_said_to_be_unsure(
    workspace: Workspace, slack: StandIn, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    await workspace.command("U0ANNE", "who leads digital identity")
    (aside,) = slack.made("respond")
    with monkeypatch.context() as patched:
        patched.setattr("bot.slack.Slack.post", failing(problem))
        await workspace.click("U0ANNE", aside, "Share in channel")
    drawn = slack.made("respond")[-1]
    assert "Slack did not say whether this stands in the channel" in text_of(drawn)
    assert "Bev Dicks" in drawn["text"]
    assert "Share in channel" not in json.dumps(drawn), "it is not posted twice"


def failing(problem: Exception) -> Callable[..., Awaitable[str]]:
    async def post(*_: object, **__: object) -> str:
        raise problem

    return post


async def test_sharing_where_cadre_is_not_says_what_to_do_and_can_be_tried_again(workspace: Workspace, slack: StandIn) -> None:
    slack.members.clear()
    await workspace.command("U0ANNE", "who leads digital identity")
    (aside,) = slack.made("respond")
    await workspace.click("U0ANNE", aside, "Share in channel")
    assert "/invite @Cadre" in slack.made("respond")[-1]["text"]
    slack.members.add(GENERAL)
    await workspace.click("U0ANNE", aside, "Share in channel")
    assert slack.made("chat.postMessage")[-1]["channel"] == GENERAL


async def test_an_ambiguous_name_offers_candidates_and_the_chosen_one_is_answered(workspace: Workspace, slack: StandIn) -> None:
    await workspace.mention("U0ANNE", "what is SCGI", ts="1790000003.000001")
    (asked,) = slack.made("chat.postMessage")
    await workspace.click("U0ANNE", asked, "Identity Management")
    answered = slack.made("chat.postMessage")[-1]
    assert answered is not asked
    assert answered["thread_ts"] == "1790000003.000001"
    assert "Identity Management Sub-Committee" in answered["text"]
    assert "Information Management" not in answered["text"]


async def test_a_follow_up_is_asked_by_a_click(workspace: Workspace, slack: StandIn) -> None:
    await workspace.direct("U0ANNE", "who leads digital identity")
    (first,) = slack.made("chat.postMessage")
    row = next(block for block in first["blocks"] if block.get("block_id") == "ask.follow_up")
    question = json.loads(row["elements"][0]["value"])["question"]
    await workspace.act("U0ANNE", first, row["block_id"], row["elements"][0])
    second = slack.made("chat.postMessage")[-1]
    assert second["channel"] == "D0ANNE"
    assert f"Question: {question}" in text_of(second)


async def test_nobody_is_notified_by_what_a_question_quotes(workspace: Workspace, slack: StandIn) -> None:
    await workspace.command("U0ANNE", "who leads &lt;!channel&gt; &amp; <@U0SAM|sam> zzyzx")
    kept = json.dumps(slack.made("chat.postMessage")[-1])
    assert "<!channel>" not in kept
    assert "<@U0SAM" not in kept
    assert "&lt;!channel&gt; &amp; Sam Okafor" in kept


async def test_who_is_spoken_of_is_known_by_name(workspace: Workspace, slack: StandIn, database: Database) -> None:
    """As the registry has them, where it is known who they are; else as Slack shows them. Nothing is written of them."""
    database.write(OPERATOR, link, "U0BEV", "bev-dicks")
    workspace.join("U0BEV", "bevvy")
    await workspace.direct("U0ANNE", "what does <@U0BEV> lead?")
    assert "Digital Identity" in text_of(slack.made("chat.postMessage")[-1])
    await workspace.command("U0ANNE", "who is <@U0SAM> zzyzx and <@U0NOBODY>")
    kept = text_of(slack.made("chat.postMessage")[-1])
    assert "who is Sam Okafor zzyzx and" in kept
    users = database.read(lambda session: set(session.scalars(select(Identity.user))))
    assert users == {"U0ANNE", "U0BEV"}


def link(session: Session, user: str, person: str) -> None:
    session.add(Identity(team=TEAM, user=user, person=person))


async def test_what_bots_say_edits_and_deletions_are_no_questions(workspace: Workspace, slack: StandIn) -> None:
    await workspace.mention("U0ANNE", "who leads digital identity", bot_id="B0OTHER")
    await workspace.mention("U0ANNE", "who leads digital identity", edited={"user": "U0ANNE", "ts": "1"})
    await workspace.direct("U0ANNE", "who leads digital identity", subtype="message_changed", hidden=True)
    await workspace.direct("U0ANNE", "who leads digital identity", channel_type="channel", channel=GENERAL)
    assert slack.calls == []


async def test_a_question_of_ten_thousand_characters_is_answered(workspace: Workspace, slack: StandIn) -> None:
    await workspace.command("U0ANNE", "x<&>" * 4000)
    assert slack.made("respond")[-1]["text"]


async def test_help_in_both_languages(workspace: Workspace, slack: StandIn) -> None:
    await workspace.command("U0MARIE", "help")
    assert "/cadre me:" in text_of(slack.made("respond")[-1])
    await workspace.command("U0ANNE", "Aide!")
    assert "/cadre moi" in text_of(slack.made("respond")[-1]), "in the language of the verb"
    await workspace.command("U0ANNE", " ? ")
    assert "/cadre me:" in text_of(slack.made("respond")[-1])
    await workspace.mention("U0MARIE", "")
    (whispered,) = slack.made("chat.postEphemeral")
    assert whispered["user"] == "U0MARIE"
    assert "/cadre moi" in text_of(whispered)


async def test_a_whisper_goes_to_a_thread_only_where_there_is_one(workspace: Workspace, slack: StandIn) -> None:
    await workspace.mention("U0ANNE", "help")
    await workspace.mention("U0ANNE", "help", thread_ts="1790000000.000001")
    alone, within = slack.made("chat.postEphemeral")
    assert not alone.get("thread_ts"), "Slack shows it in no thread that nobody opened"
    assert within["thread_ts"] == "1790000000.000001"


async def test_help_names_each_verb_once(workspace: Workspace, slack: StandIn) -> None:
    await workspace.command("U0ANNE", "")
    shown = text_of(slack.made("respond")[-1])
    assert shown.count("/cadre help") == 1
