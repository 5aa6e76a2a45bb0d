"""How representatives hand the answer of their jurisdiction on, take it back, and decline, in Slack."""

from __future__ import annotations

from sqlalchemy.orm import Session

from cadre.calls import service as calls
from cadre.core.reader import OPERATOR
from cadre.people.models import Person
from tests.notices.scenarios import JORDAN, does
from tests.slack import calls as world
from tests.slack.calls import answer_of, answers, casey, maxime, opened, row_of, soon, takes_part, told
from tests.workspace import Workspace

workspace = world.workspace


def _moves(session: Session, person: str, jurisdiction: str | None) -> None:
    session.get_one(Person, person).jurisdiction = jurisdiction


async def test_a_representative_lets_somebody_else_answer(workspace: Workspace) -> None:
    call, avery, robin = await opened(workspace), workspace.user("avery-plumridge"), workspace.user("robin-ashgrove")
    does(workspace, OPERATOR, _moves, "robin-ashgrove", "demo-pommeraie")
    await avery.clicks("Let somebody else answer", await answers(avery))
    await avery.looks_up("calls.colleagues", "robin", await avery.window())
    await avery.submits(person="robin-ashgrove")
    assert "Robin Ashgrove can answer for City of Pommeraie" in (await avery.window()).text
    assert answer_of(workspace, call, "demo-pommeraie") == "delegated"
    await soon(workspace)
    assert "Avery Plumridge lets you answer for City of Pommeraie" in (await told(robin))[-1]
    assert "Waits for your answer: City of Pommeraie" in (await robin.home()).text
    assert "Waits for your answer" not in (await avery.home()).text, "it was handed on"
    await robin.clicks("Decline for City of Pommeraie")
    await robin.submits(reason="No lake")
    assert answer_of(workspace, call, "demo-pommeraie") == "declined"
    await soon(workspace)
    last = await robin.last_dm()
    assert "Declined. Answered by" in last.text
    assert last.buttons == ["Official letter 2027-01", "See or change the answer"], "it is settled where it stood"
    does(workspace, OPERATOR, _moves, "camille-clairval", "demo-pommeraie")
    await avery.clicks("Let somebody else answer", await answers(avery))
    assert "City of Pommeraie, demonstration has declined. That stands until" in (await avery.window()).text
    await avery.looks_up("calls.colleagues", "camille", await avery.window())
    await avery.submits(person="camille-clairval")
    assert answer_of(workspace, call, "demo-pommeraie") == "declined"


async def test_whoever_is_to_answer_is_told_also_where_somebody_answered_and_it_is_taken_back(workspace: Workspace) -> None:
    await opened(workspace)
    member, robin = casey(workspace), workspace.user("robin-ashgrove")
    does(workspace, OPERATOR, _moves, "robin-ashgrove", "demo-bellorme")
    await takes_part(member, language="en")
    await member.clicks("Let somebody else answer", await answers(member))
    await member.looks_up("calls.colleagues", "robin", await member.window())
    await member.submits(person="robin-ashgrove")
    await soon(workspace)
    asked = await robin.last_dm()
    assert "Casey Larkfield lets you answer for Bellorme" in asked.headline
    assert "Paddle twice a month." in asked.text, "all that the call says"
    assert asked.buttons == ["Official letter 2027-01", "See or change the answer"]
    window = await answers(member)
    assert "The answer was handed on to Robin Ashgrove." in window.text
    assert "Take it back" in window.element("Take it back")["accessibility_label"]
    await member.clicks("Take it back", window)
    assert "Robin Ashgrove" not in (await member.window()).text
    await soon(workspace)
    assert "you need not answer for Bellorme, demonstration any more. Casey Larkfield took it back." in (await told(robin))[-1]
    assert (await robin.again(asked)).buttons == []
    assert not any(label.startswith(("Nominate", "Decline", "Let")) for label in (await answers(robin)).buttons)


async def test_nobody_of_another_government_is_let_to_answer(workspace: Workspace) -> None:
    call = await opened(workspace)
    await casey(workspace).clicks("Let somebody else answer", await answers(casey(workspace)))
    window = await casey(workspace).window()
    assert "Everybody of this government whom I know answers for it already." in window.text
    assert [block["block_id"] for block in window.blocks if block["type"] == "input"] == ["name", "email"], "only somebody new"
    assert (await casey(workspace).submits(name="Bev Millpond"))["errors"].keys() == {"email"}
    taken = await casey(workspace).submits(name="Avery", email="avery.plumridge@demonstration.example")
    assert "another government" in taken["errors"]["email"]
    assert answer_of(workspace, call, "demo-bellorme") == "silent"
    await casey(workspace).submits(name="Bev Millpond", email="bev@bellorme.example")
    assert "Bev Millpond can answer for Bellorme, demonstration from now on" in (await casey(workspace).window()).text
    assert answer_of(workspace, call, "demo-bellorme") == "delegated"


async def test_who_takes_part_is_named_at_once_where_somebody_would_decline(workspace: Workspace) -> None:
    await opened(workspace)
    await takes_part(casey(workspace), language="en")
    await maxime(workspace).clicks("Décliner au nom de Bellorme, démonstration", await answers(maxime(workspace)))
    window = await maxime(workspace).window()
    assert "Casey Larkfield" in window.text
    assert [block for block in window.blocks if block["type"] == "input"] == [], "no reason is asked for that would be refused"
    await casey(workspace).closes()
    await casey(workspace).clicks("Withdraw my answer", await casey(workspace).window())
    await casey(workspace).clicks("Decline for Bellorme", await casey(workspace).window())
    await casey(workspace).submits(reason="No canoes here")
    assert "Bellorme, demonstration does not take part" in (await casey(workspace).window()).text


async def test_who_answers_although_a_colleague_declined_is_told_before_and_the_refusal_stands_again_after(workspace: Workspace) -> None:
    call = await opened(workspace)
    await casey(workspace).clicks("Decline for Bellorme", await answers(casey(workspace)))
    await casey(workspace).submits(reason="No canoes here")
    await maxime(workspace).clicks("Observer", await answers(maxime(workspace)))
    form = await maxime(workspace).window()
    assert "La participation de Bellorme, démonstration a été déclinée. Ce que vous envoyez ici remplace ce refus" in form.text
    assert "Casey Larkfield" in form.text
    await maxime(workspace).submits(language="fr")
    assert answer_of(workspace, call, "demo-bellorme") == "observer"
    await soon(workspace)
    assert "you declined for Bellorme, demonstration, and Maxime Grandchêne changed that answer." in (await told(casey(workspace)))[-1]
    window = await row_of(workspace.secretariat(), call, "demo-bellorme")
    assert "Before, in time: declined, because “No canoes here” (Casey Larkfield, " in window.text
    await maxime(workspace).closes()
    await maxime(workspace).clicks("Retirer ma réponse", await maxime(workspace).window())
    row = await row_of(workspace.secretariat(), call, "demo-bellorme")
    assert "Declined. Answered by Casey Larkfield" in row.text
    assert "Reason: No canoes here" in row.text


async def test_who_answers_for_another_government_than_theirs_takes_part_for_it_or_is_told_that_it_is_no_answer(
    workspace: Workspace,
) -> None:
    call, robin = await opened(workspace), workspace.user("robin-ashgrove")
    does(workspace, JORDAN, calls.add_representative, call, "demo-pommeraie", "robin-ashgrove")
    await robin.clicks("Take part myself", await answers(robin))
    form = (await robin.window()).text
    assert "what you send here is no answer of City of Pommeraie" in form
    await robin.closes()
    await robin.clicks("Take part for City of Pommeraie", await robin.window())
    assert "You answer for City of Pommeraie" in (await robin.window()).text
    await robin.submits(language="en")
    assert "Member; City of Pommeraie" in (await robin.window()).text
    assert answer_of(workspace, call, "demo-pommeraie") == "nominated"
    await robin.closes()
    await robin.clicks("Change my answer", await robin.window())
    await robin.submits(role="alternate")
    assert answer_of(workspace, call, "demo-pommeraie") == "nominated", "to change it moves nobody to another government"
