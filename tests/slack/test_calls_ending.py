"""The report of a call, and how the secretariat ends it: people are accepted, co-chairs confirmed, the group made."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from cadre.calls import service as calls
from cadre.calls.forms import Newcomer
from cadre.core.reader import OPERATOR
from cadre.groups.models import Group
from tests.notices.scenarios import JORDAN, does, is_now
from tests.slack import calls as world
from tests.slack.calls import (
    CASEY,
    ROBIN,
    answers,
    casey,
    grid_of,
    of,
    offers,
    opened,
    report_of,
    soon,
    stands,
    takes_part,
    told,
)
from tests.workspace import Workspace

workspace = world.workspace


async def test_people_are_accepted_the_co_chairs_confirmed_and_the_group_made(workspace: Workspace) -> None:
    call = await opened(workspace)
    await takes_part(casey(workspace), language="en")
    does(workspace, JORDAN, calls.close_now, call)
    officer = workspace.secretariat()
    await officer.clicks("Report", await grid_of(officer, call))
    report = await officer.window()
    for text in ("Casey Larkfield", "Provincial: 1", "Rule G2 is not met", "5 seats are still to be filled."):
        assert text in report.text
    await officer.clicks("Make it a group", report)
    assert "Accept or decline everybody first. Still without an answer: 1." in (await officer.window()).text
    await officer.closes()
    await officer.clicks("Accept or decline", await officer.window())
    await officer.submits(people=[str(of(workspace, call, "casey-larkfield").id)], accepted="yes", message="Bring a paddle.")
    assert "1 person is accepted, and told." in (await officer.window()).text
    await officer.closes()
    await officer.clicks("Confirm the co-chairs", await officer.window())
    await officer.submits(chairs=["camille-clairval"])
    assert "Rule G2 is not met" in (await officer.window()).text, "said at once"
    await officer.closes()
    await officer.clicks("Make it a group", await officer.window())
    form = await officer.window()
    for text in ("1 person becomes a member from today on.", "Co-chairs: Camille Clairval. Rule G2 is not met"):
        assert text in form.text, "all that it does is said before"
    await officer.submits(channel="C0RANDOM")
    receipt = await officer.window()
    assert "is active, and its members are welcomed." in receipt.text
    assert "I could not join it" not in receipt.text
    assert stands(workspace, call).call.state == "concluded"
    assert channel_of(workspace, call) == "C0RANDOM"
    assert {"channel": "C0RANDOM"} in [{"channel": each["channel"]} for each in await workspace.sent("conversations.join")]
    (below,) = (await officer.windows())[:-1]
    assert "Make it a group" not in below.buttons, "the report below shows that it is over"


def channel_of(workspace: Workspace, call: int) -> str | None:
    """Where the group that came of a call talks."""

    def channel(session: Session) -> str | None:
        return session.get_one(Group, calls.call(session, call, JORDAN).group).channel

    return workspace.database.read(channel)


async def test_who_was_accepted_takes_it_back_with_one_click_before_the_group_is_made(workspace: Workspace) -> None:
    call = await opened(workspace)
    await takes_part(casey(workspace), language="en")
    does(workspace, JORDAN, calls.close_now, call)
    does(workspace, JORDAN, calls.settle, call, [of(workspace, call, "casey-larkfield").id], accepted=True)
    await casey(workspace).clicks("Withdraw my answer", await answers(casey(workspace)))
    assert of(workspace, call, "casey-larkfield").state == "withdrawn"


async def test_members_and_observers_are_counted_apart_and_questions_without_an_answer_are_named(workspace: Workspace) -> None:
    call, officer = await opened(workspace), workspace.secretariat()
    offers(workspace, CASEY, call)
    offers(workspace, ROBIN, call, role="observer")
    does(workspace, CASEY, calls.ask, call, "Is a raft a canoe?", "V0RAFT")
    does(workspace, JORDAN, calls.close_now, call)
    does(workspace, JORDAN, calls.settle, call, [each.id for each in stands(workspace, call).sign_ups], accepted=True)
    does(workspace, JORDAN, calls.confirm_chairs, call, ["camille-clairval"])
    await officer.clicks("Report", await grid_of(officer, call))
    await officer.clicks("Make it a group", await officer.window())
    told_so = (await officer.window()).text
    for text in ("1 person becomes a member", "1 person becomes an observer.", "1 question still waits for your answer."):
        assert text in told_so


async def test_a_channel_that_cadre_cannot_join_is_linked_and_that_is_said(workspace: Workspace) -> None:
    call, alix = await opened(workspace), workspace.secretariat("fr-CA")
    report = await report_of(alix, call)
    does(workspace, JORDAN, calls.confirm_chairs, call, ["camille-clairval"])
    await workspace.fault("conversations.join", "error", error="method_not_supported_for_channel_type")
    await alix.clicks("calls.conclude", report)
    await alix.submits(channel="C0RANDOM")
    assert "/invite @Cadre" in (await alix.window()).text
    assert channel_of(workspace, call) == "C0RANDOM"


async def test_slack_out_of_reach_does_not_undo_the_group(workspace: Workspace) -> None:
    call, officer = await opened(workspace), workspace.secretariat()
    report = await report_of(officer, call)
    does(workspace, JORDAN, calls.confirm_chairs, call, ["camille-clairval"])
    await workspace.fault("conversations.join", "down", times=3)
    await officer.clicks("Make it a group", report)
    await officer.submits(channel="C0RANDOM")
    await workspace.fault("conversations.join", "down", times=0)
    assert "is active, and its members are welcomed." in (await officer.window()).text
    assert stands(workspace, call).call.state == "concluded"


async def test_in_a_capped_call_everybody_with_a_seat_is_accepted_at_once_and_the_queue_declined(workspace: Workspace) -> None:
    call = await opened(workspace, capped=True, seats=2)
    for actor in (CASEY, ROBIN):
        offers(workspace, actor, call)
    for person in ("sacha-rivenord", "dominique-beaumarais"):
        offers(workspace, JORDAN, call, person=person, said_by="Sacha", way="letter")
    officer = workspace.secretariat()
    report = await report_of(officer, call)
    assert report.text.index("Waiting list") < report.text.index("Number 1 on the waiting list") < report.text.index("Number 2")
    await officer.clicks("Accept or decline", report)
    form = await officer.window()
    assert "Everybody who has a seat: 2" in form.text
    await officer.submits(form, whom="seated", accepted="yes")
    assert "2 people are accepted, and told." in (await officer.window()).text
    assert {each.person.id for each in stands(workspace, call).sign_ups if each.state == "accepted"} == {
        "casey-larkfield",
        "robin-ashgrove",
    }
    await officer.closes()
    await officer.clicks("Accept or decline", await officer.window())
    refused = await officer.submits(whom="waiting", accepted="yes")
    assert "people" in refused["errors"], "seats are never oversold"
    await officer.submits(whom="waiting", accepted="no", message="Next time.")
    assert "2 people are declined, and told." in (await officer.window()).text
    await soon(workspace)
    assert "Next time." in (await told(workspace.user("sacha-rivenord")))[-1]


async def test_whom_nobody_confirmed_is_accepted_only_where_that_is_said_and_whoever_was_put_forward_is_told_so(
    workspace: Workspace,
) -> None:
    call, officer = await opened(workspace, capped=True, seats=2, confirms=True), workspace.secretariat()
    offers(workspace, ROBIN, call)
    offers(workspace, CASEY, call, person="maxime-grandchene")
    await officer.clicks("Accept or decline", await report_of(officer, call))
    form = await officer.window()
    assert "Everybody who has a seat: 1" in form.text
    assert "Nobody confirmed: Robin Ashgrove." in form.text
    robin = str(of(workspace, call, "robin-ashgrove").id)
    refused = await officer.submits(form, people=[robin], accepted="yes")
    assert "Nobody confirmed: Robin Ashgrove." in refused["errors"]["unconfirmed"]
    await officer.submits(form, people=[robin], accepted="yes", unconfirmed=["yes"])
    assert "Accepted without being confirmed" in (await officer.windows())[0].text
    does(workspace, JORDAN, calls.settle, call, [of(workspace, call, "maxime-grandchene").id], accepted=False)
    await soon(workspace)
    assert "Casey Larkfield avait proposé votre participation" in (await told(workspace.user("maxime-grandchene")))[-1]


async def test_a_group_is_not_made_before_its_co_chairs_are_confirmed(workspace: Workspace) -> None:
    call, officer = await opened(workspace), workspace.secretariat()
    await officer.clicks("Make it a group", await report_of(officer, call))
    window = await officer.window()
    assert "Confirm the co-chairs first." in window.text, "before anything is promised"
    assert [block for block in window.blocks if block["type"] == "input"] == []
    assert stands(workspace, call).call.state == "closed"


async def test_nobody_is_accepted_where_nobody_is_chosen_and_the_field_says_so(workspace: Workspace) -> None:
    call, officer = await opened(workspace), workspace.secretariat()
    offers(workspace, CASEY, call)
    await officer.clicks("Accept or decline", await report_of(officer, call))
    assert set((await officer.submits(accepted="yes"))["errors"]) == {"people"}


async def test_a_report_of_many_fits_into_one_window(workspace: Workspace) -> None:
    call, officer = await opened(workspace), workspace.secretariat()
    long = "word & " * 300
    for n in range(120):
        newcomer = Newcomer(f"Nova Somebody {n}", f"nova{n}@demonstration.example")
        how: dict[str, Any] = {"newcomer": newcomer, "jurisdiction": "demo-bellorme", "said_by": "Casey", "way": "email"}
        offers(workspace, JORDAN, call, experience=long, **how)
    report = await report_of(officer, call)
    assert len(report.blocks) <= 100
    for text in ("Nova Somebody 0", "Nova Somebody 119", "To be copied:", "Provincial: 120"):
        assert text in report.text
    await officer.clicks("Accept or decline", report)
    form = await officer.window()
    ids = [each.id for each in stands(workspace, call).sign_ups]
    await officer.submits(form, people=[str(ids[-1])], accepted="no")
    assert "1 person is declined, and told." in (await officer.window()).text, "beyond the hundredth too"


async def test_what_cannot_be_done_yet_is_told_over_the_window(workspace: Workspace) -> None:
    """A report that was open while somebody else gave more time."""
    call, officer = await opened(workspace), workspace.secretariat()
    report = await report_of(officer, call)
    reason = ("More time", "Plus de temps")
    does(workspace, JORDAN, calls.extend, call, datetime(2027, 2, 20, 22, tzinfo=UTC), *reason)
    await officer.clicks("Accept or decline", report)
    assert "This call is open." in (await officer.window()).text


async def test_whom_no_welcome_reaches_is_named_to_the_secretariat(workspace: Workspace) -> None:
    call, officer = await opened(workspace, chairs=("camille-clairval", "annette-vermaeten")), workspace.secretariat()
    report = await report_of(officer, call)
    does(workspace, JORDAN, calls.confirm_chairs, call, ["annette-vermaeten"])
    await officer.clicks("Make it a group", report)
    await officer.submits()
    receipt = await officer.window()
    assert "Nothing reaches Annette Vermaeten" in receipt.text
    assert "Camille" not in receipt.text


async def test_those_in_whose_name_the_letter_goes_out_hear_of_it_and_of_the_end(workspace: Workspace) -> None:
    call, camille = await opened(workspace, chairs=("camille-clairval", "robin-ashgrove")), workspace.user("camille-clairval")
    assert any("est partie en votre nom" in said or "went out in your name" in said for said in await told(camille))
    report = await report_of(workspace.secretariat(), call)
    assert "Make it a group" in report.buttons
    does(workspace, JORDAN, calls.confirm_chairs, call, ["camille-clairval"])
    does(workspace, JORDAN, calls.conclude, call, None)
    await soon(workspace)
    assert "the group is formed, with other co-chairs" in (await told(workspace.user("robin-ashgrove")))[-1]


async def test_who_is_settled_twice_before_anybody_is_told_hears_the_last_only(workspace: Workspace) -> None:
    call, member = await opened(workspace), casey(workspace)
    offers(workspace, CASEY, call)
    does(workspace, JORDAN, calls.close_now, call)
    await soon(workspace)
    is_now(workspace, "2027-01-12T02:00")
    offer = of(workspace, call, "casey-larkfield").id
    for accepted in (True, False, True):
        does(workspace, JORDAN, calls.settle, call, [offer], accepted=accepted)
    await workspace.until("2027-01-12T18:00")
    settled = [each for each in await told(member) if "you are accepted" in each or "did not take up" in each]
    assert len(settled) == 1
    assert "you are accepted" in settled[0]


async def test_cadre_joins_the_channel_in_which_the_group_talks_already(workspace: Workspace) -> None:
    call, officer = await opened(workspace), workspace.secretariat()
    does(workspace, OPERATOR, _talks, call, "C0RANDOM")
    await officer.clicks("Confirm the co-chairs", await report_of(officer, call))
    await officer.submits(chairs=["camille-clairval"])
    await officer.closes()
    await officer.clicks("Make it a group", await officer.window())
    await officer.submits()
    assert channel_of(workspace, call) == "C0RANDOM"
    assert "C0RANDOM" in [each["channel"] for each in await workspace.sent("conversations.join")]


def _talks(session: Session, call: int, channel: str) -> None:
    session.get_one(Group, calls.call(session, call, JORDAN).group).channel = channel
