"""More time: two weeks by right, more from the secretariat; everybody who had the message sees what was asked, and what became of it."""

from __future__ import annotations

from datetime import date

import pytest
import pytest_asyncio
from sqlalchemy import select

from cadre.workplans.models import Extension
from tests.conftest import both_databases
from tests.notices.scenarios import (
    MONDAY,
    THURSDAY,
    announced,
    days,
    found,
    got,
    maxime,
    on,
    opened,
    planned,
    printed,
    robin,
    takes_two_weeks,
    ten_days_before,
)
from tests.workspace import Workspace


@pytest_asyncio.fixture
async def workspace(busy: Workspace) -> Workspace:
    """Ten days before the pier is due."""
    await busy.start_over(ten_days_before)
    return busy


async def test_two_weeks_more_are_theirs_by_right_and_all_reminders_follow(workspace: Workspace) -> None:
    await takes_two_weeks(workspace)
    assert "You have time until February 11, 2027" in (await robin(workspace).window()).text
    assert "due February 11, 2027, in 24 days" in (await on(robin(workspace), MONDAY)).headline
    theirs = (await on(maxime(workspace), MONDAY)).headline
    assert printed("échéance le 11 février 2027, dans 24 jours") in theirs
    assert printed("Robin Ashgrove a pris un délai le 18 janvier 2027; l'échéance était le 28 janvier 2027.") in theirs
    assert not [each for each in await got(workspace.user("jordan-wrenwood")) if "Light the pier" in each.text], "nobody was asked"
    await robin(workspace).closes()
    await robin(workspace).clicks("More time", await on(robin(workspace), MONDAY))
    assert "given at once" not in (await robin(workspace).window()).text, "all two weeks are taken"
    await workspace.until("2027-02-12")
    told = [each for each in await got(maxime(workspace)) if each.day >= "2027-01-25" and "Éclairer le quai" in each.text]
    assert [each.day for each in told] == ["2027-01-25", "2027-02-01", "2027-02-08", "2027-02-11"], "each of the new date, once"
    assert not [each for each in told if "28" in each.said.headline], "and none of the old"
    moved = printed("Robin Ashgrove a déplacé l'échéance du 28 janvier 2027 au 11 février 2027.")
    assert [each.day for each in await announced(maxime(workspace)) if moved in each.text] == [MONDAY], "he was told that it moved"


async def test_whoever_takes_more_time_until_tomorrow_is_not_reminded_in_the_same_moment_and_hears_on_the_due_day(
    workspace: Workspace,
) -> None:
    await workspace.until("2027-02-02T12:00", "America/Whitehorse")
    days_ = await days(robin(workspace))
    await robin(workspace).clicks("More time", await on(robin(workspace), days_[-1]))
    await robin(workspace).submits(until="2027-02-03", reason="Ice")
    assert "You have time until February 3, 2027" in (await robin(workspace).window()).text
    await workspace.until("2027-02-02T16:00", "America/Whitehorse")
    assert "2027-02-02" not in await days(robin(workspace))
    assert "2027-02-02" in [each.day for each in await got(maxime(workspace))], "who carries it out with them is told"
    await workspace.until("2027-02-03T10:00", "America/Whitehorse")
    assert (await days(robin(workspace)))[-1] == "2027-02-03", "the due day is told all the same"


async def test_whoever_took_more_time_hears_of_it_again_in_the_next_digest_and_not_the_morning_after(workspace: Workspace) -> None:
    await takes_two_weeks(workspace)
    await workspace.until("2027-01-26")
    assert [day for day in await days(robin(workspace)) if day > MONDAY] == ["2027-01-25"]


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"until": "2027-01-20", "reason": "Glace"}, {"until": "Choisissez une date après l'échéance actuelle."}),
        ({"until": "2027-02-04", "reason": "  "}, {"reason": "Dites pourquoi, en quelques mots."}),
    ],
)
async def test_more_time_for_a_day_that_is_no_later_or_without_a_reason_is_refused_in_french(
    workspace: Workspace, typed: dict[str, str], errors: dict[str, str]
) -> None:
    await maxime(workspace).clicks("Plus de temps", await on(maxime(workspace), MONDAY))
    refused = await maxime(workspace).submits(until=typed["until"], reason=typed["reason"])
    assert refused["errors"] == errors
    assert found(workspace).due == date(2027, 1, 28)


async def asks_for_march(workspace: Workspace) -> None:
    await robin(workspace).clicks("More time", await on(robin(workspace), MONDAY))
    await robin(workspace).submits(until="2027-03-11", reason="Ice")
    assert "The secretariat is asked for time until March 11, 2027" in (await robin(workspace).window()).text


@both_databases
async def test_more_than_two_weeks_are_asked_of_the_secretariat_which_is_told_at_once_and_gives_them(workspace: Workspace) -> None:
    jordan, alix = workspace.secretariat(), workspace.secretariat("fr-CA")
    await asks_for_march(workspace)
    assert found(workspace).due == date(2027, 1, 28)
    (asked,) = [each.said for each in await announced(jordan)]
    assert asked.headline == (
        "Light the pier (Demonstration Lanterns): Robin Ashgrove asks for time until March 11, 2027 "
        "instead of January 28, 2027. Reason: “Ice”."
    )
    french = printed("Robin Ashgrove demande un délai jusqu'au 11 mars 2027 au lieu du 28 janvier 2027.")
    assert french in (await announced(alix))[-1].said.headline
    await jordan.clicks("Grant more time", asked)
    assert found(workspace).due == date(2027, 3, 11)
    assert (await announced(jordan))[-1].said.headline == (
        "Light the pier (Demonstration Lanterns): Robin Ashgrove asked on January 18, 2027 for time until March 11, 2027 "
        "instead of January 28, 2027. Reason: “Ice”. Given by Jordan Wrenwood."
    )
    assert (await announced(alix))[-1].said.headline.endswith("Accordé par Jordan Wrenwood.")
    assert (await announced(alix))[-1].said.buttons == ["Ouvrir"]
    (answer,) = [each.said for each in await announced(robin(workspace))]
    assert answer.headline == "Light the pier (Demonstration Lanterns): Jordan Wrenwood gave you time until March 11, 2027."
    assert answer.buttons == ["Open"]
    reminder = (await on(robin(workspace), MONDAY)).headline
    assert "due March 11, 2027" in reminder
    assert "More time given by Jordan Wrenwood, January 18, 2027; it was due January 28, 2027." in reminder


async def test_the_secretariat_does_not_give_the_time_and_the_date_stays(workspace: Workspace) -> None:
    alix = workspace.secretariat("fr-CA")
    await asks_for_march(workspace)
    await alix.clicks("Ne pas l'accorder", (await announced(alix))[-1].said)
    await alix.submits(reason="Les bateaux partent en février")
    assert found(workspace).due == date(2027, 1, 28)
    (answer,) = [each.said for each in await announced(robin(workspace))]
    said = "Light the pier (Demonstration Lanterns): Alix Belétang did not grant more time (until March 11, 2027). The due date stays."
    assert answer.headline == f"{said} Reason: Les bateaux partent en février (in French only)"
    await workspace.until("2027-01-29")
    assert THURSDAY in await days(robin(workspace))


async def test_the_second_of_two_officers_hears_who_answered(workspace: Workspace) -> None:
    jordan, alix = workspace.secretariat(), workspace.secretariat("fr-CA")
    await asks_for_march(workspace)
    before = (await announced(alix))[-1].said
    await jordan.clicks("Grant more time", (await announced(jordan))[-1].said)
    value = workspace.database.read(lambda session: session.scalars(select(Extension.state)).one())
    assert value == "approved"
    assert "Accorder le délai" in before.buttons
    assert (await announced(alix))[-1].said.buttons == ["Ouvrir"]


async def test_the_message_shows_that_more_time_was_asked_for_and_its_window_says_so_before_it_is_filled_in(busy: Workspace) -> None:
    await busy.start_over(opened)
    planned(busy, THURSDAY, "robin-ashgrove", "morgan-fernhill")
    await busy.until(f"{MONDAY}T10:00", "America/Whitehorse")
    first, second = busy.user("robin-ashgrove"), busy.user("morgan-fernhill")
    await first.clicks("More time", await on(first, MONDAY))
    assert "has not answered" not in (await first.window()).text
    await first.submits(until="2027-03-11", reason="Ice")
    await first.closes()
    for member in (first, second):
        assert "More time asked until March 11, 2027." in (await on(member, MONDAY)).text
    await second.clicks("More time", await on(second, MONDAY))
    assert "was asked for time until March 11, 2027 already, and has not answered yet" in (await second.window()).text
    jordan = busy.secretariat()
    await jordan.clicks("Grant more time", (await announced(jordan))[-1].said)
    assert "More time asked" not in (await on(first, MONDAY)).text
