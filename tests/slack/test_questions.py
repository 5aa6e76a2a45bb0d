"""Questions, as people put them to Cadre in Slack."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import aiohttp
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.sandbox.slack.workspace import BOT, TEAM
from cadre.core.reader import OPERATOR
from cadre.people.models import Identity
from tests.conftest import SECRETARIAT, one_database
from tests.slack.raw import event, knocks
from tests.workspace import DM, ELSEWHERE, GENERAL, Member, Shown, Workspace

QUESTION = "who leads digital identity"


@one_database
async def test_member_asks_in_french_and_is_answered_in_the_thread(workspace: Workspace) -> None:
    member = workspace.member()
    answer = await member.asks("qui dirige l'identité numérique?", GENERAL)
    asked, posted = await member.sees(GENERAL)
    assert (answer.ts, answer["thread_ts"]) == (posted.ts, asked.ts)
    assert "Bev Dicks (C.-B.)" in answer.headline
    assert "Annette Vermaeten (EDSC/Service Canada)" in answer.headline
    first, way, second = answer.blocks[:3]
    assert first["text"]["text"] == answer.headline, "the first line is the answer"
    assert (way["type"], second["type"]) == ("actions", "context")
    assert "octobre 2017" in Shown(second).text
    assert await workspace.secretariat().last(GENERAL), "all see it"


@one_database
async def test_a_question_in_a_thread_is_answered_in_that_thread(workspace: Workspace) -> None:
    thread = await workspace.lead().says("Has anybody heard of digital identity?", GENERAL)
    answer = await workspace.member().asks(QUESTION, GENERAL, thread)
    assert answer["thread_ts"] == thread


@one_database
async def test_direct_message_is_answered_in_the_conversation(workspace: Workspace) -> None:
    answer = await workspace.member().asks(QUESTION)
    assert "thread_ts" not in answer.raw
    assert "Bev Dicks (B.C.)" in answer.headline


@one_database
async def test_a_direct_message_that_comes_as_a_mention_too_is_answered_once(workspace: Workspace) -> None:
    member = workspace.member()
    ts = await member.says(f"@Cadre {QUESTION}")
    again = event(workspace, type="app_mention", user=member.id, text=f"<@{BOT}> {QUESTION}", channel=member.dm, ts=ts)
    assert (await knocks(workspace, again)).status_code == 200
    assert len(await workspace.sent("chat.postMessage")) == 1


@one_database
async def test_command_is_answered_aside_and_stands_in_the_conversation_too(workspace: Workspace) -> None:
    member = workspace.member()
    aside = await member.commands(QUESTION)
    assert aside["ephemeral"]
    assert "Bev Dicks" in aside.headline
    assert "Share in channel" in aside.buttons
    (acknowledged,) = await workspace.log("/cadre")
    assert (acknowledged["status"], acknowledged["answer"]) == (200, "")
    (kept,) = await member.sees(DM)
    assert f"Question: {QUESTION}" in kept.text
    assert "Share in channel" not in kept.buttons
    assert not await workspace.lead().sees(GENERAL), "nobody else sees it"


@one_database
async def test_command_in_the_conversation_with_cadre_is_answered_there_only(workspace: Workspace) -> None:
    """It takes three seconds: so long Slack's side waits for an answer aside."""
    member = workspace.member()
    await workspace.post("command", user=member.id, channel=DM, command="/cadre", text=QUESTION)
    (answer,) = await member.sees(DM)
    assert "Bev Dicks" in answer.headline
    assert not answer["ephemeral"]
    assert await workspace.log("respond") == []


@one_database
async def test_an_answer_is_shared_once_and_says_by_whom(workspace: Workspace) -> None:
    member = workspace.member(locale="fr-CA")
    aside = await member.commands(QUESTION)
    await member.clicks("Share in channel", aside)
    shared = await workspace.lead().last(GENERAL)
    assert f"Shared by <@{member.id}>" in shared.text, "in the question's language"
    drawn = await member.again(aside)
    assert "Bev Dicks" in drawn.headline
    assert "Share in channel" not in drawn.buttons
    (click,) = await workspace.log("block_actions")
    await knocks(workspace, click["sent"])  # the same click once more, from where the button was still to be seen
    assert (await workspace.lead().last(GENERAL)).ts == shared.ts
    assert "Already shared" in (await member.again(aside)).text


async def test_sharing_that_slack_refuses_can_be_tried_again(workspace: Workspace) -> None:
    member = workspace.member()
    aside = await member.commands(QUESTION)
    await workspace.fault("chat.postMessage", "error", error="restricted_action")
    await member.clicks("Share in channel", aside)
    assert "I may not post in this channel yet" in (await member.last(GENERAL)).headline
    await shared_after_all(workspace, member, aside)


@one_database
@pytest.mark.parametrize("problem", [aiohttp.ClientConnectionError("closed"), RuntimeError("a view broke")])
async def test_sharing_that_never_left_can_be_tried_again(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    member = workspace.member()
    aside = await member.commands(QUESTION)
    with monkeypatch.context() as patched:
        patched.setattr("bot.slack.Slack.post", failing(problem))
        await member.clicks("Share in channel", aside)
    assert "reference" in (await member.last(GENERAL)).headline
    await shared_after_all(workspace, member, aside)


async def shared_after_all(workspace: Workspace, member: Member, aside: Shown) -> None:
    """The button is there still, and works now."""
    assert not await workspace.lead().sees(GENERAL)
    await member.clicks("Share in channel", await member.again(aside))
    (shared,) = await workspace.lead().sees(GENERAL)
    assert "Bev Dicks" in shared.headline
    assert "Shared in the channel" in (await member.again(aside)).text


@one_database
@pytest.mark.parametrize("kind", ["error", "down"])
async def test_sharing_that_may_have_arrived_is_said_to_be_unsure(workspace: Workspace, kind: str) -> None:
    """It did arrive, but Slack's answer was a failure."""
    member = workspace.member()
    aside = await member.commands(QUESTION)
    await workspace.fault("chat.postMessage", kind, done=True)
    await member.clicks("Share in channel", aside)
    assert await said_to_be_unsure(member, aside)
    assert len(await workspace.lead().sees(GENERAL)) == 1, "it is not posted twice"


@pytest.fixture
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """No call of the Web API takes longer than a moment."""
    monkeypatch.setattr("bot.slack.PATIENCE", 0.5)


@one_database
@pytest.mark.usefixtures("hurry")
async def test_sharing_that_hangs_is_said_to_be_unsure(workspace: Workspace) -> None:
    member = workspace.member()
    aside = await member.commands(QUESTION)
    await workspace.fault("chat.postMessage", "timeout", done=True)
    await member.clicks("Share in channel", aside)
    assert await said_to_be_unsure(member, aside)
    assert len(await workspace.lead().sees(GENERAL)) == 1, "it is not posted twice"


@one_database
async def test_sharing_that_was_cut_off_is_said_to_be_unsure(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    member = workspace.member()
    aside = await member.commands(QUESTION)
    with monkeypatch.context() as patched:
        patched.setattr("bot.slack.Slack.post", failing(aiohttp.ServerDisconnectedError()))
        await member.clicks("Share in channel", aside)
    assert await said_to_be_unsure(member, aside)


async def said_to_be_unsure(member: Member, aside: Shown) -> bool:
    """Whether the member is told to look, and cannot share it again."""
    drawn = await member.again(aside)
    told = "Slack did not say whether this stands in the channel" in drawn.text
    return told and "Bev Dicks" in drawn.headline and "Share in channel" not in drawn.buttons


def failing(problem: Exception) -> Callable[..., Awaitable[str]]:
    async def post(*_: object, **__: object) -> str:
        raise problem

    return post


@one_database
async def test_sharing_where_cadre_may_not_write_says_what_to_do_and_can_be_tried_again(workspace: Workspace) -> None:
    """In a public channel it may, without being in it."""
    member = workspace.member()
    aside = await member.commands(QUESTION, ELSEWHERE)
    await workspace.fault("chat.postMessage", "error", error="not_in_channel")
    await member.clicks("Share in channel", aside)
    assert "/invite @Cadre" in (await member.last(ELSEWHERE)).headline
    await member.clicks("Share in channel", await member.again(aside))
    assert "Bev Dicks" in (await workspace.lead().last(ELSEWHERE)).headline


@one_database
async def test_an_ambiguous_name_offers_candidates_and_the_chosen_one_is_answered(workspace: Workspace) -> None:
    member = workspace.member()
    asked = await member.asks("what is SCGI", GENERAL)
    await member.clicks("Identity Management", asked)
    answered = await member.last(GENERAL)
    assert answered.ts != asked.ts
    assert answered["thread_ts"] == asked["thread_ts"]
    assert "Identity Management Sub-Committee" in answered.headline
    assert "Information Management" not in answered.headline


@one_database
async def test_a_follow_up_is_asked_by_a_click(workspace: Workspace) -> None:
    member = workspace.member()
    first = await member.asks(QUESTION)
    question = next(each for each in first.buttons if each.endswith("?"))
    await member.clicks(question, first)
    second = await member.last_dm()
    assert second.ts != first.ts
    assert f"Question: {question}" in second.text


@one_database
async def test_nobody_is_notified_by_what_a_question_quotes(workspace: Workspace) -> None:
    member, quoted = workspace.member(), workspace.secretariat()
    await member.commands(f"who leads &lt;!channel&gt; &amp; <@{quoted.id}|sam> zzyzx")
    kept = await member.last_dm()
    assert "<!channel>" not in kept.text
    assert f"<@{quoted.id}" not in kept.text
    assert f"&lt;!channel&gt; &amp; {quoted.name}" in kept.text


@one_database
async def test_who_is_spoken_of_is_known_by_name(workspace: Workspace) -> None:
    """As the registry has them, where it is known who they are; else as Slack shows them. Nothing is written of them."""
    member, bev = workspace.member(), await workspace.joins("bevvy")
    sam = await workspace.joins("Sam Okafor", email=SECRETARIAT)
    workspace.database.write(OPERATOR, link, bev.id, "bev-dicks")
    before = workspace.database.read(users)
    assert "Digital Identity" in (await member.asks("what does @bevvy lead?")).text
    await member.commands(f"who is <@{sam.id}> zzyzx and <@U0NOBODY>")
    assert "who is Sam Okafor zzyzx and" in (await member.last_dm()).text
    assert workspace.database.read(users) == before


def link(session: Session, user: str, person: str) -> None:
    session.add(Identity(team=TEAM, user=user, person=person))


def users(session: Session) -> set[str]:
    return set(session.scalars(select(Identity.user)))


@one_database
async def test_what_bots_say_edits_and_deletions_are_no_questions(workspace: Workspace) -> None:
    member = workspace.member()
    mention = {"type": "app_mention", "user": member.id, "text": f"<@{BOT}> {QUESTION}", "channel": GENERAL}
    direct = {"type": "message", "channel_type": "im", "user": member.id, "text": QUESTION, "channel": member.dm}
    for said in (
        mention | {"bot_id": "B0OTHER"},
        mention | {"edited": {"user": member.id, "ts": "1"}},
        direct | {"subtype": "message_changed", "hidden": True},
        direct | {"channel_type": "channel", "channel": GENERAL},
    ):
        assert (await knocks(workspace, event(workspace, **said))).status_code == 200
    assert await workspace.log() == []


@one_database
async def test_a_question_of_ten_thousand_characters_is_answered(workspace: Workspace) -> None:
    assert (await workspace.member().commands("x<&>" * 4000)).headline


@one_database
async def test_help_in_both_languages(workspace: Workspace) -> None:
    english, french = workspace.member(), workspace.member(locale="fr-CA")
    assert "/cadre me:" in (await french.commands("help")).text
    assert "/cadre moi" in (await english.commands("Aide!")).text, "in the language of the verb"
    assert "/cadre me:" in (await english.commands(" ? ")).text
    whispered = await french.asks("", GENERAL)
    assert whispered["ephemeral"]
    assert "/cadre moi" in whispered.text
    assert "/cadre" not in (await english.last(GENERAL)).headline, "nobody else sees it"


@one_database
async def test_a_whisper_goes_to_a_thread_only_where_there_is_one(workspace: Workspace) -> None:
    member = workspace.member()
    alone = await member.asks("help", GENERAL)
    assert not alone.get("thread_ts"), "Slack shows it in no thread that nobody opened"
    thread = await workspace.lead().says("Who knows?", GENERAL)
    within = await member.asks("help", GENERAL, thread)
    assert (within["ephemeral"], within["thread_ts"]) == (True, thread)


@one_database
async def test_help_names_each_verb_once(workspace: Workspace) -> None:
    assert (await workspace.member().commands("")).text.count("/cadre help") == 1
