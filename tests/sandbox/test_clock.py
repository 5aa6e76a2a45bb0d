"""The workspace's clock: it can be moved, what is due on the way is done on the way, and people read it where they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery.worker import Duty
from bot.registry import Registry
from cadre.core import clock
from tests.conftest import one_registry
from tests.workspace import DM, GENERAL, Workspace, running

QUESTION = "who leads digital identity"
WINTER = "2027-01-15T17:00:00+00:00"
"""Noon in Toronto."""


@dataclass
class Reminders:
    """A duty of the test's own: due at several moments, each of them once. ``done``: what was due when it was done, and when that was."""

    due: list[datetime]
    done: list[tuple[datetime, datetime]] = field(default_factory=list)

    async def run(self, registry: Registry) -> None:
        now = await registry.read(clock.now)
        for moment in [each for each in self.due if each <= now]:
            self.due.remove(moment)
            self.done.append((moment, now))

    async def next_due(self, registry: Registry) -> datetime | None:
        return min(self.due, default=None)

    def stop(self) -> None: ...


@dataclass
class Restless:
    """A duty that is due again and again: ``then`` tells when, after now."""

    then: Callable[[datetime], datetime]
    runs: int = 0

    async def run(self, registry: Registry) -> None:
        self.runs += 1

    async def next_due(self, registry: Registry) -> datetime | None:
        return self.then(await registry.read(clock.now))

    def stop(self) -> None: ...


def at(day: int, hour: int = 12) -> datetime:
    return datetime(2030, 3, day, hour, tzinfo=UTC)


async def now(workspace: Workspace) -> datetime:
    return datetime.fromisoformat((await workspace.get("state"))["now"])


def close(one: datetime, other: datetime) -> bool:
    return abs(one - other) < timedelta(seconds=5)


async def test_the_clock_stops_at_each_moment_at_which_something_is_due(sandbox_url: str) -> None:
    reminders = Reminders([at(9), at(3), at(3, 18), at(20)])
    async with running(sandbox_url, duties=(reminders,)) as workspace:
        assert (await workspace.get("state"))["next_due"] == at(3).isoformat()
        await workspace.until(at(10))
        assert [due for due, _ in reminders.done] == [at(3), at(3, 18), at(9)]
        assert all(close(due, when) for due, when in reminders.done), "each was done at its moment"
        assert close(await now(workspace), at(10))
        assert (await workspace.get("state"))["next_due"] == at(20).isoformat()
        moved = await workspace.post("clock", next=True)
        assert close(datetime.fromisoformat(moved["now"]), at(20))
        assert reminders.done[-1][0] == at(20)
        assert (await workspace.get("state"))["next_due"] is None


@one_registry
async def test_what_two_duties_are_due_is_done_in_the_order_of_time(sandbox_url: str) -> None:
    first, second = Reminders([at(3), at(9)]), Reminders([at(5)])
    second.done = first.done
    duties: tuple[Duty, ...] = (second, first)
    async with running(sandbox_url, duties=duties) as workspace:
        await workspace.until(at(10))
    assert [due for due, _ in first.done] == [at(3), at(5), at(9)]


@one_registry
async def test_what_comes_of_what_is_done_on_the_way_is_done_too(sandbox_url: str) -> None:
    """A reminder that plans the next one."""

    class Chained(Reminders):
        async def run(self, registry: Registry) -> None:
            before = len(self.done)
            await super().run(registry)
            self.due += [due + timedelta(days=2) for due, _ in self.done[before:]]

    chained = Chained([at(3)])
    async with running(sandbox_url, duties=(chained,)) as workspace:
        await workspace.until(at(10))
        assert [due for due, _ in chained.done] == [at(3), at(5), at(7), at(9)]
        assert (await workspace.get("state"))["next_due"] == at(11).isoformat()


@one_registry
async def test_what_is_overdue_is_done_first(sandbox_url: str) -> None:
    reminders = Reminders([])
    async with running(sandbox_url, duties=(reminders,)) as workspace:
        await workspace.until(at(10))
        reminders.due += [at(5), at(12)]
        await workspace.until(at(20))
    assert [due for due, _ in reminders.done] == [at(5), at(12)]
    assert close(reminders.done[0][1], at(10))


@one_registry
async def test_a_duty_that_fails_stops_neither_the_clock_nor_others(sandbox_url: str, caplog: pytest.LogCaptureFixture) -> None:
    class Broken(Reminders):
        async def run(self, registry: Registry) -> None:
            raise ZeroDivisionError("broken duty")

    reminders = Reminders([at(9)])
    async with running(sandbox_url, duties=(Broken([at(3)]), reminders)) as workspace:
        await workspace.until(at(10))
        assert close(await now(workspace), at(10))
        assert "Bev Dicks" in (await workspace.member().asks(QUESTION)).headline
    assert "broken duty" in caplog.text


@one_registry
@pytest.mark.parametrize(
    "then",
    [lambda moment: moment + timedelta(seconds=1), lambda moment: moment - timedelta(days=1)],
    ids=["each second", "always overdue"],
)
async def test_a_duty_that_is_due_again_and_again_does_not_hold_the_clock(
    sandbox_url: str, monkeypatch: pytest.MonkeyPatch, then: Callable[[datetime], datetime]
) -> None:
    monkeypatch.setattr("bot.sandbox.clock._PATIENT", 20)
    restless = Restless(then)
    async with running(sandbox_url, duties=(restless,)) as workspace:
        await workspace.until(at(10))
        assert close(await now(workspace), at(10))
        assert restless.runs >= 2
        assert "Bev Dicks" in (await workspace.member().asks(QUESTION)).headline


async def test_time_goes_back_at_once_and_everything_goes_on(plain_workspace: Workspace) -> None:
    member = plain_workspace.member()
    later = await member.asks(QUESTION)
    await plain_workspace.post("clock", advance="-P400D")
    assert close(await now(plain_workspace), datetime.now(UTC) - timedelta(days=400))
    assert "Bev Dicks" in (await member.asks(QUESTION, GENERAL)).headline
    said = await member.sees(GENERAL)
    assert [float(each.ts) < float(later.ts) for each in said] == [True, True]
    await plain_workspace.until(timedelta(days=400))
    assert "Bev Dicks" in (await member.asks(QUESTION)).headline


async def test_the_clock_is_moved_by_a_while(plain_workspace: Workspace) -> None:
    ahead = timedelta(0)
    for advance, by in [
        ("P7D", timedelta(days=7)),
        ("P2W", timedelta(days=14)),
        ("PT1H30M", timedelta(minutes=90)),
        ("P1DT12H", timedelta(hours=36)),
        ("-P1D", timedelta(days=-1)),
    ]:
        ahead += by
        moved = await plain_workspace.post("clock", advance=advance)
        assert close(datetime.fromisoformat(moved["now"]), datetime.now(UTC) + ahead), advance
        assert abs((await plain_workspace.get("state"))["offset_seconds"] - ahead.total_seconds()) < 5, advance


async def test_the_clock_is_set_to_a_moment_where_people_are(plain_workspace: Workspace) -> None:
    for given in ({"set": "2027-03-01T09:00:00-03:30"}, {"set": "2027-03-01T09:00", "zone": "America/St_Johns"}):
        moved = await plain_workspace.post("clock", **given)
        assert close(datetime.fromisoformat(moved["now"]), datetime(2027, 3, 1, 12, 30, tzinfo=UTC)), given


async def test_the_moment_is_read_where_people_are(plain_workspace: Workspace) -> None:
    """Winnipeg and Whitehorse changed their clocks for the last time before that winter."""
    zones = {
        "America/St_Johns": ("1:30 p.m.", "St. John's, UTC−3:30", "13 h 30", "St. John's, UTC−3 h 30"),
        "America/Winnipeg": ("12:00 p.m.", "Winnipeg, UTC−5", "12 h", "Winnipeg, UTC−5"),
        "America/Whitehorse": ("10:00 a.m.", "Whitehorse, UTC−7", "10 h", "Whitehorse, UTC−7"),
        "America/Toronto": ("12:00 p.m.", "Toronto, UTC−5", "12 h", "Toronto, UTC−5"),
    }
    people = {
        (zone, locale): await plain_workspace.joins(f"{zone} {locale}", tz=zone, locale=locale)
        for zone in zones
        for locale in ("en-US", "fr-CA")
    }
    await plain_workspace.until(WINTER)
    state = {user["id"]: user for user in (await plain_workspace.get("state"))["users"]}
    await plain_workspace.lead().says("Hello", GENERAL)
    for (zone, locale), who in people.items():
        clock_time, city, french_time, french_city = zones[zone]
        moment = state[who.id]["time"].replace("\xa0", " ").replace("’", "'")
        said = await who.last(GENERAL)
        time, day = said["time"].replace("\xa0", " "), said["day"].replace("\xa0", " ")
        if locale == "en-US":
            assert moment == f"Friday, January 15, 2027, {clock_time} ({city})"
            assert (time, day) == (clock_time, "Friday, January 15, 2027")
        else:
            assert moment == f"le vendredi 15 janvier 2027 à {french_time} ({french_city})"
            assert time == french_time
            assert day.removeprefix("le ") == "vendredi 15 janvier 2027"


async def test_a_confirmed_role_is_told_as_of_its_day_once_it_is_more_than_a_year_old(workspace: Workspace) -> None:
    english, french = workspace.member(locale="en-US"), workspace.member(locale="fr-CA")
    asked, demande = "who leads Lanterns, demonstration?", "qui dirige les lanternes, démonstration?"
    told, dit = await english.asks(asked), await french.asks(demande)
    assert "Robin Ashgrove" in told.headline
    assert "Robin Ashgrove" in dit.headline
    assert "As of" not in told.headline
    assert "date d" not in dit.headline
    await workspace.until(timedelta(days=363))
    assert "As of" not in (await english.asks(asked)).headline
    await workspace.until(timedelta(days=5))
    told, dit = await english.asks(asked), await french.asks(demande)
    assert told.headline.startswith("As of")
    assert dit.headline.replace("’", "'").startswith("En date d")
    assert "Robin Ashgrove" in told.headline
    assert len(await english.sees(DM)) == 6
