"""Officers who write calls, for the tests of that."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from cadre.calls import service as calls
from cadre.calls.facts import CallFacts
from tests.notices.scenarios import is_now
from tests.slack.workplans import JORDAN
from tests.workspace import GENERAL, Member, Shown, Workspace

NOW: Final = datetime(2027, 2, 10, 15, 0)  # noqa: DTZ001  # in UTC, as the workspace wants it: a Wednesday on which people are written to
TEXTS: Final[dict[str, Any]] = {
    "asked_en": "Light one lamp a week.",
    "asked_fr": "Allumer une lampe par semaine.",
    "commitment_en": "An hour a month.",
    "commitment_fr": "Une heure par mois.",
    "criteria_en": "Those who own matches.",
    "criteria_fr": "Les personnes qui ont des allumettes.",
}


async def before(workspace: Workspace) -> None:
    """It is that moment, before any call."""
    is_now(workspace, NOW.isoformat())


def officer(workspace: Workspace) -> Member:
    return workspace.secretariat()


def stands(workspace: Workspace) -> list[CallFacts]:
    """All calls as the registry has them."""
    return list(workspace.database.read(calls.calls, JORDAN))


def only(workspace: Workspace) -> CallFacts:
    """The one call there is."""
    (found,) = stands(workspace)
    return found


def moment(days: int) -> int:
    """A moment to come, as Slack gives it."""
    return int((NOW.replace(tzinfo=UTC) + timedelta(days=days)).timestamp())


async def begins(member: Member, **typed: Any) -> Shown:
    """Begin a call; gives the window in which it says what it says."""
    french = member.locale.startswith("fr")
    await member.commands("appel" if french else "call")
    await member.clicks("Nouvel appel" if french else "New call", await member.window())
    await member.submits(await member.window(), **typed or {"source": "priority:demo-lanterns"})
    return await member.window()


async def writes(member: Member, texts: dict[str, Any] = TEXTS, **more: Any) -> Shown:
    """Write a whole call about the lanterns; gives its window."""
    await begins(member)
    await member.submits(**texts)
    await member.submits(**dict[str, Any](opens_at=moment(1), closes_at=moment(30), channels=[GENERAL]) | more)
    return await member.window()


async def opened(member: Member) -> Shown:
    """A call that is open; gives its window."""
    await member.clicks("Open now", await writes(member))
    await member.submits()
    (window,) = await member.windows()
    return window
