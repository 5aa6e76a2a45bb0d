"""A reminder halfway between the opening and the closing: how the secretariat sees and steers it, and how it is worded."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from bot.notices import views, windows
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Invalid
from cadre.core.reader import Reader
from cadre.notices import planner, steering
from cadre.notices.models import Rung
from cadre.notices.preview import Foreseen
from cadre.notices.rules import Owed, Recipient
from cadre.notices.steering import NoticeFacts, RungForm
from tests.notices.scenarios import JORDAN, does
from tests.notices.test_scenarios_secretariat import steers
from tests.workspace import Workspace

READER = Reader("en_CA", "America/Toronto", "robin-ashgrove")
DUE = date(2027, 3, 1)


def halfway(session: Session) -> int:
    row = Rung(kind="activity", days=0, recipients="owner representative", manner="digest", halfway=True)
    session.add(row)
    session.flush()
    return row.id


async def test_the_secretariat_sees_it_changes_who_is_told_and_takes_it_away(workspace: Workspace) -> None:
    rung = f"notices.rung:{does(workspace, JORDAN, halfway)}"
    jordan = workspace.secretariat()
    shown = await steers(jordan, "When people are told")
    assert "Halfway: those who carry it out and the representatives of each jurisdiction" in shown.text
    await jordan.clicks(rung, shown)
    window = await jordan.window()
    assert "Halfway between the opening and the closing." in window.text
    await jordan.submits(manner="alone")
    await jordan.submits()
    kept = "Halfway, in a message of its own: those who carry it out and the representatives of each jurisdiction"
    assert kept in (await jordan.window()).text
    await jordan.clicks(rung, await jordan.window())
    await jordan.submits(recipients=["lead", "secretariat"], manner="digest")
    assert "Save again to set it." in (await jordan.window()).text
    await jordan.submits()
    assert "Halfway: leads and the secretariat" in (await jordan.window()).text
    (step,) = [each for each in workspace.database.read(planner.steps) if each.kind == "activity" and each.halfway]
    assert (step.recipients, step.manner) == (("lead", "secretariat"), "digest")
    await jordan.clicks(rung, await jordan.window())
    await jordan.clicks("Remove", await jordan.window())
    assert "Click once more to remove it." in (await jordan.window()).text
    await jordan.clicks("Remove", await jordan.window())
    assert "Halfway: leads and the secretariat" not in (await jordan.window()).text
    assert not any(each.halfway for each in workspace.database.read(steering.rungs) if each.kind == "activity")


async def test_it_stands_beside_a_reminder_on_the_due_day_and_is_never_a_draft(workspace: Workspace) -> None:
    id_ = does(workspace, JORDAN, halfway)
    on_the_day: dict[str, Any] = {"kind": "activity", "days": 0, "every": None, "recipients": ("owner",)}
    known = workspace.database.read(steering.rungs)
    due = next(each.id for each in known if (each.kind, each.days, each.halfway) == ("activity", 0, False))
    does(workspace, JORDAN, steering.set_rung, RungForm(due, **on_the_day, manner="digest"))
    with pytest.raises(Invalid):
        does(workspace, JORDAN, steering.set_rung, RungForm(id_, **on_the_day, manner="draft"))
    ladder = [each for each in workspace.database.read(steering.rungs) if each.kind == "activity" and each.manner == "digest"]
    assert [(each.halfway, each.recipients) for each in ladder if each.days == 0] == [
        (True, ("owner", "representative")),
        (False, ("owner",)),
    ]


def test_why_and_the_look_ahead_say_so() -> None:
    notice = NoticeFacts(
        *(1, "call:12:2027-03-01:halfway:robin", "call", "call:12", DUE, "halfway", "robin", "Robin", "digest", date(2027, 2, 15)),
        *(datetime(2027, 2, 15, 14, tzinfo=UTC), "sent", None, None),
    )
    own = steering.RungFacts(1, "call", 0, None, ("co_chair",), "digest", halfway=True)
    due = replace(own, id=2, recipients=("lead",), halfway=False)
    told = views.why(notice, None, None, [due, own], READER).text
    assert told.startswith("Halfway, for what is due on March 1, 2027. It goes to: co-chairs.")
    owed = Owed("call", "call:12", DUE, "halfway", "robin", "digest", date(2027, 2, 15))
    ahead = Foreseen(Recipient("robin", "Robin"), date(2027, 2, 15), (owed,))
    assert windows.message(ahead, {"call:12": Bilingual("Bees", "Abeilles")}, READER) == "Robin: Bees (halfway)"
