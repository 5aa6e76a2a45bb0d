"""A question after its closing: who spoke stays told, what came late is kept, what was decided is found from it."""

from __future__ import annotations

from cadre.core.dates import PartialDate
from cadre.decisions import putting_times
from cadre.people.models import Role
from tests.notices.scenarios import JORDAN, does
from tests.slack import put
from tests.slack.put import REMI, opened, takes, window_of
from tests.workspace import Workspace

workspace = put.workspace


def leaves(workspace: Workspace, role: str, until: str = "2027-02") -> None:
    """A role in the council ends."""
    does(workspace, JORDAN, lambda session: setattr(session.get_one(Role, role), "until", PartialDate.parse(until)))


async def test_who_spoke_is_told_as_it_was_at_the_closing_when_they_leave_later(workspace: Workspace) -> None:
    question, jordan, sacha = await opened(workspace), workspace.user("jordan-wrenwood"), workspace.user("sacha-rivenord")
    takes(workspace, REMI, question, "demo-windmills")
    does(workspace, JORDAN, putting_times.close_now, question.id)
    leaves(workspace, "demo-council.remi-tourbillon")
    leaves(workspace, "demo-council.sacha-rivenord")
    await workspace.until("2027-03-15T18:00")
    shown = (await window_of(jordan, question)).text
    assert "Department of Windmills, demonstration*: Rémi Tourbillon" in shown
    assert "nobody speaks for it" not in shown
    assert "No longer of the council" not in shown
    seen = await window_of(sacha, question)
    assert "Vous parliez au nom" in seen.text
    assert "S'exprimer en retard" not in seen.buttons


async def test_of_a_consultation_too(workspace: Workspace) -> None:
    question, jordan = await opened(workspace, kind="consultation", wording_en="", wording_fr=""), workspace.user("jordan-wrenwood")
    does(workspace, JORDAN, putting_times.close_now, question.id)
    leaves(workspace, "demo-council.sacha-rivenord")
    await workspace.until("2027-03-15T18:00")
    shown = (await window_of(jordan, question)).text
    assert "Sacha Rivenord" in shown
    assert "No longer of the council" not in shown
