"""Who speaks for a seat changes while a question is open: the secretariat learns that nobody does, and those who come and go are told."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from cadre.core.dates import PartialDate
from cadre.core.models import Provenance
from cadre.decisions.question_facts import QuestionFacts
from cadre.people.models import Role
from tests.notices.scenarios import JORDAN, does
from tests.slack import put
from tests.slack.calls import casey, soon, told
from tests.slack.put import opened, window_of
from tests.slack.test_carrying_out import officer
from tests.workspace import Member, Shown, Workspace

workspace = put.workspace


async def who_speaks(officer: Member, question: QuestionFacts, place: str) -> Shown:
    """The window in which the secretariat says who speaks for a seat."""
    window = await window_of(officer, question)
    seat = next(each.id for each in question.seats if each.place.id == place)
    menus = (each for each in window.elements if each["type"] == "overflow")
    menu = next(each for each in menus if any(f":{seat}" in option["value"] for option in each["options"]))
    chosen = next(option["value"] for option in menu["options"] if option["text"]["text"] == "Who speaks")
    spot = {"action_id": menu["action_id"], "block_id": menu["block_id"], "view_id": window.id}
    await officer.workspace.post("click", user=officer.id, value=chosen, **spot)
    await officer.workspace.quiet()
    return await officer.window()


def held(window: Shown, block: str) -> list[str]:
    """Whom a field of the window names."""
    (found,) = (each for each in window.elements if each["block_id"] == block)
    return [option["value"] for option in found.get("initial_options", ())]


def leaves(workspace: Workspace, person: str) -> None:
    ended = PartialDate.parse("2027-01-12")
    does(workspace, JORDAN, lambda session: setattr(session.get_one(Role, f"demo-council.{person}"), "until", ended))


def joins(workspace: Workspace, person: str, place: str) -> None:
    """Somebody is a member of the Council from now on, for a government, confirmed."""

    def give(session: Session) -> None:
        id_ = f"demo-council.{person}"
        session.add(Role(id=id_, person=person, role="member", group="demo-council", jurisdiction=place))
        session.add(Provenance(subject="role", subject_id=id_, field="record", source="demonstration", standing="confirmed"))

    does(workspace, JORDAN, give)


async def test_a_seat_whose_only_speaker_left_is_told_to_the_secretariat_which_is_offered_who_came(workspace: Workspace) -> None:
    await opened(workspace)
    jordan = officer(workspace)
    leaves(workspace, "ellis-marshgrove")
    joins(workspace, "morgan-fernhill", "demo-borealia")
    await workspace.until("2027-01-14T18:00")
    (heard,) = [each for each in await jordan.sees() if "nobody speaks for Borealia, demonstration any more" in each.text]
    await workspace.until("2027-01-15T18:00")
    assert len([each for each in await told(jordan) if "nobody speaks for Borealia" in each]) == 1, "once"
    await jordan.clicks("Who speaks", heard)
    window = await jordan.window()
    assert "No longer of the council: Ellis Marshgrove" in window.text
    assert held(window, "members") == ["morgan-fernhill"]
    await jordan.submits()
    await soon(workspace)
    assert any("Borealia, demonstration is asked for its position" in each for each in await told(workspace.user("morgan-fernhill")))
    again = await jordan.again(heard)
    assert "Morgan Fernhill" in again.text
    assert "Who speaks" not in again.buttons


async def test_whoever_is_taken_off_a_seat_is_told(workspace: Workspace) -> None:
    question, jordan = await opened(workspace), officer(workspace)
    await who_speaks(jordan, question, "demo-bellorme")
    await jordan.submits(alternates=[])
    await soon(workspace)
    heard = await casey(workspace).last_dm()
    assert "Canoes: Jordan Wrenwood noted that you no longer speak for Bellorme, demonstration." in heard.headline


async def test_who_left_is_not_kept_where_nobody_says_so(workspace: Workspace) -> None:
    question, jordan = await opened(workspace), officer(workspace)
    leaves(workspace, "casey-larkfield")
    await workspace.until(timedelta(days=3))
    window = await who_speaks(jordan, question, "demo-bellorme")
    assert (held(window, "members"), held(window, "alternates")) == (["maxime-grandchene"], [])
    await jordan.submits()
    await soon(workspace)
    assert not any("no longer speak" in each for each in await told(casey(workspace)))
    names = [each.person.id for seat in put.stands(workspace, question).question.seats for each in seat.speakers]
    assert "casey-larkfield" not in names
