"""Questions, as people put them to Cadre in Slack."""

from __future__ import annotations

import json

from tests.slack.standin import BOT, StandIn
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
    assert "&lt;!channel&gt; &amp; sam" in kept


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
