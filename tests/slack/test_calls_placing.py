"""Somebody whose government is only their own word, and what the secretariat makes of it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from cadre.core.reader import Actor
from cadre.people.models import Person
from tests.notices.scenarios import JORDAN, does
from tests.slack import calls as world
from tests.slack.calls import grid_of, of, offers, opened, report_of, soon
from tests.workspace import Workspace

workspace = world.workspace


def from_nowhere(session: Session, person: str) -> None:
    """Nobody knows of which government somebody is."""
    session.get_one(Person, person).jurisdiction = None


async def test_a_government_that_somebody_only_stated_is_confirmed_or_corrected_by_the_secretariat(workspace: Workspace) -> None:
    call, officer = await opened(workspace), workspace.secretariat()
    does(workspace, JORDAN, from_nowhere, "sacha-rivenord")
    offers(workspace, Actor("Sacha Rivenord (U0SACHA)", "sacha-rivenord"), call, jurisdiction="demo-tamarane")
    await soon(workspace)
    asked = next(each for each in await officer.sees() if "and says that they act for Tamarane" in each.text)
    assert {"Confirm", "Correct"} <= set(asked.buttons)
    await officer.clicks("Correct the government of Sacha Rivenord", await grid_of(officer, call))
    await officer.submits(jurisdiction="demo-pommeraie")
    assert "Sacha Rivenord takes part for City of Pommeraie" in (await officer.window()).text
    made = of(workspace, call, "sacha-rivenord")
    assert (made.stated, made.jurisdiction and made.jurisdiction.id) == (False, "demo-pommeraie")
    await soon(workspace)
    again = next(each for each in await officer.sees() if "Sacha Rivenord offered to take part, for City of Pommeraie" in each.text)
    assert "Confirm" not in again.buttons


async def test_one_click_confirms_the_government_that_somebody_stated_and_all_of_a_kind_leaves_it_out(workspace: Workspace) -> None:
    call, officer = await opened(workspace), workspace.secretariat()
    does(workspace, JORDAN, from_nowhere, "sacha-rivenord")
    offers(workspace, Actor("Sacha Rivenord (U0SACHA)", "sacha-rivenord"), call, jurisdiction="demo-tamarane")
    await officer.clicks("Accept or decline", await report_of(officer, call))
    form = await officer.window()
    assert "Everybody without an answer" not in form.text
    refused = await officer.submits(form, people=[str(of(workspace, call, "sacha-rivenord").id)], accepted="yes")
    assert "of which government they are: Sacha Rivenord." in refused["errors"]["people"]
    await officer.closes()
    await officer.clicks("Confirm Sacha Rivenord: Tamarane", await grid_of(officer, call))
    assert "Sacha Rivenord takes part for Tamarane" in (await officer.window()).text
    assert not of(workspace, call, "sacha-rivenord").stated
