"""The workplans of the Demonstration Council; on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta

import pytest

from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.database import Database
from cadre.core.reader import OPERATOR, Actor
from cadre.exchange.seed import demonstration
from cadre.exchange.service import import_file
from cadre.workplans import service as workplans
from cadre.workplans.demonstration import COUNCIL, populate
from cadre.workplans.facts import Seen
from cadre.workplans.notices import ACTIVITIES, WORKPLANS
from cadre.workplans.rules import before, half_of, opens

CLOSED = date(2027, 4, 10)
"""A day on which no cycle opens by itself: the next is due in September."""
MORGAN, DOMINIQUE, ROBIN, CAMILLE = "morgan-fernhill", "dominique-beaumarais", "robin-ashgrove", "camille-clairval"
JORDAN = Actor("Jordan Wrenwood", "jordan-wrenwood")


@pytest.fixture
def database(registry_url: str) -> Iterator[Database]:
    with closing(Database(registry_url)) as database:
        database.write(OPERATOR, import_file, demonstration(clock.real().date()))
        yield database


def now(database: Database, person: str) -> list[Seen]:
    """What somebody sees of the half that is open."""
    today = database.read(clock.today)
    return [seen for seen in database.read(workplans.mine, person, today) if seen.plan.state != "approved"]


def test_each_lead_finds_a_workplan_of_theirs_half_done(database: Database) -> None:
    database.write(OPERATOR, populate, clock.real().date())
    for person, targets in (
        (MORGAN, {"demo-orchards", "demo-beehives"}),
        (DOMINIQUE, {"demo-orchards", "demo-quilts"}),
        (ROBIN, {"demo-lanterns"}),
        (CAMILLE, {"demo-canoes"}),
    ):
        plans = {seen.plan.target: seen for seen in now(database, person) if seen.may_edit}
        assert set(plans) == targets
    for target in ("demo-orchards", "demo-beehives", "demo-lanterns", "demo-canoes"):
        (plan,) = (plan for plan in database.read(workplans.all_open, JORDAN) if plan.target == target)
        assert 4 <= len(plan.activities) <= 6
        assert {"done", "at_risk", "not_started"} <= {each.state for each in plan.activities}
        assert all(each.owners for each in plan.activities)
        assert all(each.note for each in plan.activities if each.state == "at_risk")


def test_all_is_written_in_both_languages_but_one_title(database: Database) -> None:
    database.write(OPERATOR, populate, clock.real().date())
    owed = [
        (seen.plan.target, *what) for person in (MORGAN, DOMINIQUE, ROBIN, CAMILLE) for seen in now(database, person) for what in seen.owed
    ]
    assert [(target, field.partition(":")[0], language) for target, field, language in owed] == [("demo-lanterns", "title", "fr")]
    outcomes = database.read(workplans.outcomes, now(database, MORGAN)[0].plan.id, JORDAN)
    assert [each.term for each in outcomes] == [*["output"] * 3, *["short"] * 3, *["medium"] * 2, *["long"] * 3]
    texts: list[Bilingual] = [each.wording for each in outcomes]
    for plan in (each.plan for each in database.read(workplans.standings, JORDAN)):
        texts += [each.title for each in plan.activities] + [each.note for each in plan.activities if each.note]
    for text in texts:
        assert "!" not in (text.fr or "")
        assert (text.fr or "").count(":") == (text.fr or "").count("\u00a0:")


def test_the_last_workplan_was_approved_and_something_of_it_can_be_copied(database: Database) -> None:
    database.write(OPERATOR, populate, clock.real().date())
    (seen,) = now(database, CAMILLE)
    last = f"demo-canoes.{before(seen.plan.half)}"
    assert seen.copied_from == last
    camille = Actor("Camille Clairval", CAMILLE)
    text, submitted = database.read(workplans.texts, last, camille)
    assert (text.event, submitted.event) == ("approved", "submitted")
    meetings = database.read(workplans.in_person_meetings, COUNCIL, submitted.at)
    meeting = next(each for each in meetings if each.name == text.meeting_name)
    assert meeting.refused is None, "one that Cadre itself would take"
    assert meeting.held
    assert meeting.held.first > opens(before(seen.plan.half))
    for language in ("en", "fr"):
        assert {line.change for line in database.read(workplans.compared, seen.plan.id, camille, language) or ()} >= {"added", "removed"}
    assert database.write(camille, workplans.copy_last, seen.plan.id).activities == 1


@pytest.mark.parametrize("day", [date(2026, 11, 1), date(2026, 11, 2), date(2027, 1, 11)])
def test_the_council_meets_again_on_a_wednesday_six_weeks_later_or_seven(registry_url: str, day: date) -> None:
    with closing(Database(registry_url)) as database:
        database.write(OPERATOR, import_file, demonstration(day))
        coming = database.read(workplans.in_person_meetings, COUNCIL)[0]
    assert coming.held
    assert coming.held.first.strftime("%A") == "Wednesday"
    assert timedelta(days=45) <= coming.held.first - day < timedelta(days=52)


@pytest.mark.parametrize("day", [CLOSED, date(2027, 3, 1), date(2027, 3, 2), date(2028, 2, 29)])
def test_it_can_be_made_on_any_day_and_nothing_is_late_at_first(database: Database, day: date) -> None:
    database.write(OPERATOR, populate, day)
    halves = {each.plan.half for each in database.read(workplans.standings, JORDAN) if each.plan.council == COUNCIL}
    assert halves == {half_of(day), before(half_of(day))}
    for kind in (WORKPLANS, ACTIVITIES):
        for dated in database.read(kind.batch, "", 500):
            assert dated.settled or (dated.due and day <= dated.due), dated
    coming = [dated.due for dated in database.read(ACTIVITIES.batch, "", 500) if not dated.settled and dated.due]
    assert max(coming) > day + timedelta(days=60)
