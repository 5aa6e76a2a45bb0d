"""What people are told of participation calls, in Slack and by e-mail: reminders, more time, questions, how it ends."""

from __future__ import annotations

from datetime import timedelta

from cadre.calls import service as calls
from tests.notices.scenarios import JORDAN, does
from tests.sandbox.conftest import shared
from tests.slack import calls as world
from tests.slack.calls import CLOSES, answers, casey, maxime, of, opened, posted, soon, stands, takes_part, told
from tests.workspace import Workspace

pytestmark = shared
lasting, workspace = world.lasting, world.workspace


async def test_who_is_silent_is_reminded_and_who_answered_is_not(workspace: Workspace) -> None:
    await opened(workspace)
    await casey(workspace).clicks("Decline for Bellorme", await answers(casey(workspace)))
    await casey(workspace).submits(reason="No canoes here")
    await workspace.until("2027-01-26")
    reminded = "has not answered. It closes in 7 days: Monday, February 1, 2027"
    avery, sacha = workspace.user("avery-plumridge"), workspace.user("sacha-rivenord")
    assert any(f"City of Pommeraie, demonstration {reminded}" in said for said in await told(avery))
    assert any("Clôture dans 7 jours, le lundi" in said for said in await told(sacha))
    assert not any(reminded in said for said in await told(casey(workspace)))


async def test_more_time_is_told_to_the_silent_and_in_the_post(workspace: Workspace) -> None:
    call = await opened(workspace)
    await takes_part(casey(workspace), language="en")
    does(workspace, JORDAN, calls.extend, call, CLOSES + timedelta(days=7), "The ice is late", "La glace tarde")
    await soon(workspace)
    avery = await workspace.user("avery-plumridge").last_dm()
    assert "gave more time to answer, until Monday, February 8, 2027" in avery.headline
    assert "Reason: The ice is late" in avery.headline
    assert avery.buttons == ["Answer the call"]
    assert not any("gave more time" in said for said in await told(casey(workspace)))
    shown = await posted(casey(workspace))
    assert "Answers until Monday, February 8, 2027" in shown.text
    assert "More time was given. Reason: The ice is late" in shown.text


async def test_a_question_goes_to_the_secretariat_and_the_answer_comes_back(workspace: Workspace) -> None:
    call = await opened(workspace)
    await maxime(workspace).clicks("Poser une question", await answers(maxime(workspace)))
    await maxime(workspace).submits(text="Faut-il savoir nager?")
    assert "Votre question est au secrétariat." in (await maxime(workspace).window()).text
    (question,) = stands(workspace, call).questions
    await soon(workspace)
    jordan = workspace.user("jordan-wrenwood")
    asked = await jordan.last_dm()
    assert "Maxime Grandchêne asks about the call for participation in Canoes Working Group: “Faut-il savoir nager?”" in asked.headline
    assert asked.buttons == ["Reply"]
    does(workspace, JORDAN, calls.answer, question.id, "Oui.")
    await soon(workspace)
    assert (await jordan.again(asked)).buttons == []
    said = (await told(maxime(workspace)))[-1]
    assert "Jordan Wrenwood répond à votre question" in said
    assert "«\u00a0Oui.\u00a0»" in said


async def test_a_representative_who_is_not_in_slack_gets_a_letter_that_is_complete(workspace: Workspace) -> None:
    await opened(workspace)
    (kept,) = workspace.sandbox.mailbox.of("ellis.marshgrove@demonstration.example")
    text = " ".join(kept.letter.text.split())
    for said in (
        "Borealia, demonstration is asked to answer until Monday, February 1, 2027",
        "Paddle twice a month.",
        "Two hours a month.",
        "Those who can swim come first.",
        "Camille Clairval",
        "The secretariat also takes an answer by phone or e-mail",
    ):
        assert said in text
    assert kept.reply_to == "secretariat@demonstration.example"


async def test_the_end_is_told_to_those_who_offered_and_the_group_welcomes_them(workspace: Workspace) -> None:
    call = await opened(workspace)
    await takes_part(casey(workspace), language="en")
    mine = of(workspace, call, "casey-larkfield")
    does(workspace, JORDAN, calls.close_now, call)
    does(workspace, JORDAN, calls.settle, call, [mine.id], accepted=True, message="Bring a paddle.")
    await soon(workspace)
    said = (await told(casey(workspace)))[-1]
    assert "you are accepted. Member; Bellorme, demonstration" in said
    assert "Jordan Wrenwood writes: “Bring a paddle.”" in said
    does(workspace, JORDAN, calls.confirm_chairs, call, ["camille-clairval"])
    does(workspace, JORDAN, calls.conclude, call, "C0ORCHARDS")
    await soon(workspace)
    welcome = await casey(workspace).last_dm()
    assert "Welcome to Canoes Working Group" in welcome.headline
    for text in ("Your role: Member.", "Co-chairs: Camille Clairval", "Members: Casey Larkfield", "Next meeting: March 2027"):
        assert text in welcome.text
    assert welcome.element("Go to the channel")["url"].endswith("channel=C0ORCHARDS")
    assert "vous en assurez la coprésidence" in "".join(await told(workspace.user("camille-clairval")))
