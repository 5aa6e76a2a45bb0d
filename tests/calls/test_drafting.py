"""Writing a call until it may be published."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from cadre.calls import service as calls
from cadre.calls.models import Call, CallChair
from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.errors import Invalid, NotFound
from cadre.core.reader import OPERATOR
from cadre.groups.models import Group
from cadre.priorities.models import Priority
from tests.calls.world import SAM, World
from tests.worlds import at_once, both, fields


def count(world: World) -> int:
    return world.read(lambda session: session.scalar(select(func.count()).select_from(Call))) or 0


def test_of_a_priority_its_working_group_is_proposed_co_chaired_by_its_leads(world: World) -> None:
    found = world.read(calls.proposal, priority="identity")
    assert (found.group, found.priority, found.description) == (None, "identity", both("One identity"))
    assert found.name == Bilingual("Digital identity Working Group", "Groupe de travail – Digital identity (fr)")
    assert [chair.id for chair in found.chairs] == ["lea", "leo"]


def test_of_a_group_that_is_there_its_own_name_is_proposed(world: World) -> None:
    found = world.read(calls.proposal, group="bees")
    assert (found.group, found.name, found.chairs) == ("bees", both("Bees"), ())
    with pytest.raises(NotFound):
        world.read(calls.proposal, priority="nothing")


def test_a_draft_says_again_all_that_was_written(world: World) -> None:
    made = world.draft(seats=12, seats_each=2, confirms=True, public=True)
    assert (made.state, made.number, made.group, made.priority, made.group_kind, made.owner) == (
        "draft", None, None, "identity", "working_group", "council",
    )  # fmt: skip
    assert made.name == Bilingual("The name", "Le texte : name")
    assert (made.seats, made.seats_each, made.capped, made.confirms, made.public) == (12, 2, False, True, True)
    assert (made.roles, made.first_meeting) == (("member", "alternate", "observer"), PartialDate.parse("2097-03"))
    assert ([chair.name for chair in made.chairs], made.channels) == (["Lea", "Leo"], ("C0GENERAL",))
    assert [place.id for place in made.jurisdictions] == ["CA", "ON", "QC", "YT", "MISA"]
    assert [council for council, _ in made.councils] == ["council", "second"]
    assert world.call(made.id) == made


def test_the_same_window_submitted_twice_makes_one_call(world: World) -> None:
    first, second = world.draft(view_id="V1"), world.draft(view_id="V1")
    assert first == second
    made = at_once(*[lambda: world.draft(view_id="V2")] * 2)
    assert {getattr(each, "id", each) for each in made} == {first.id + 1}
    assert count(world) == 2


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({"name_en": "", "name_fr": " "}, {"name_en"}),
        ({"name_fr": "n" * 201, "asked_en": "a" * 3001}, {"name_fr", "asked_en"}),
        ({"seats": 0, "seats_each": 501}, {"seats", "seats_each"}),
        ({"roles": ("chief",)}, {"roles"}),
        ({"first_meeting": "in spring"}, {"first_meeting"}),
        ({"first_meeting": "2020"}, {"first_meeting"}),
        ({"group": "gone", "priority": "gone", "chairs": ("gone",)}, {"group", "priority", "chairs"}),
        ({"councils": ("gone",), "jurisdictions": ("ON", "gone")}, {"councils", "jurisdictions"}),
        ({"channels": tuple(f"C{n}" for n in range(21))}, {"channels"}),
    ],
)
def test_what_cannot_be_taken_is_named_by_its_field_and_nothing_is_saved(world: World, said: dict[str, Any], where: set[str]) -> None:
    with pytest.raises(Invalid) as problem:
        world.draft(**said)
    assert fields(problem) == where
    assert count(world) == 0


def test_a_call_closes_after_it_opens_and_within_a_year(world: World) -> None:
    now = world.now()
    for opens, closes in ((2, 1), (2, 2), (None, -1), (None, 400)):
        with pytest.raises(Invalid) as problem:
            world.draft(opens_at=now + timedelta(days=opens) if opens else None, closes_at=now + timedelta(days=closes))
        assert fields(problem) == {"closes_at"}


def test_a_call_may_be_written_in_one_language_and_is_not_published_before_the_other_is(world: World) -> None:
    made = world.draft(asked_fr="", commitment_en="")
    with pytest.raises(Invalid) as problem:
        world.do(SAM, calls.schedule, made.id)
    assert fields(problem) == {"asked_fr", "commitment_en"}
    with pytest.raises(Invalid) as problem:
        world.do(SAM, calls.open_now, made.id)
    assert fields(problem) == {"asked_fr", "commitment_en"}
    assert world.call(made.id).state == "draft"
    world.draft(id=made.id)
    assert world.do(SAM, calls.schedule, made.id).state == "scheduled"


def test_a_language_that_was_not_looked_at_again_is_missing_too(world: World) -> None:
    made = world.draft()
    changed = world.draft(id=made.id, asked_en="Something else")
    assert changed.asked
    assert changed.asked.stale == "fr"
    with pytest.raises(Invalid) as problem:
        world.do(SAM, calls.schedule, made.id)
    assert fields(problem) == {"asked_fr"}
    world.draft(id=made.id, asked_en="Something else", asked_fr="Autre chose")
    assert world.do(SAM, calls.schedule, made.id).state == "scheduled"


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({"jurisdictions": ()}, {"jurisdictions"}),
        ({"chairs": ()}, {"chairs"}),
        ({"capped": True}, {"seats"}),
        ({"opens_at": None}, {"opens_at"}),
        ({"closes_at": None}, {"closes_at"}),
        ({"criteria_en": "", "criteria_fr": ""}, {"criteria_en", "criteria_fr"}),
    ],
)
def test_a_call_without_something_is_not_published(world: World, said: dict[str, Any], where: set[str]) -> None:
    made = world.draft(**said)
    with pytest.raises(Invalid) as problem:
        world.do(SAM, calls.schedule, made.id)
    assert fields(problem) == where


def test_a_capped_call_chooses_by_order_and_needs_no_criteria(world: World) -> None:
    made = world.draft(capped=True, seats=20, criteria_en="", criteria_fr="")
    assert world.do(SAM, calls.schedule, made.id).state == "scheduled"


def test_a_scheduled_call_that_loses_a_language_is_a_draft_again(world: World) -> None:
    made = world.do(SAM, calls.schedule, world.draft().id)
    assert world.draft(id=made.id, seats=3).state == "scheduled"
    assert world.draft(id=made.id, asked_en="Something else").state == "draft"
    again = world.draft(id=made.id, asked_en="Something", asked_fr="Quelque chose")
    assert world.do(SAM, calls.schedule, again.id).state == "scheduled"
    assert world.do(SAM, calls.back_to_draft, again.id).state == "draft"


def test_a_call_for_a_group_that_is_there_has_its_name_and_what_is_written_of_it(world: World) -> None:
    made = world.draft(group="bees", priority=None, name_en="", name_fr="", description_en="", description_fr="")
    assert (made.name, made.description, made.group_kind, made.owner) == (both("Bees"), both("On its own"), "working_group", "council")
    said = world.draft(id=made.id, group="bees", priority=None, description_en="This year", description_fr="Cette année")
    assert said.description == Bilingual("This year", "Cette année")

    def lose(session: Any) -> None:
        session.get(Group, "bees").name = Bilingual("Bees", None)

    world.do(OPERATOR, lose)
    with pytest.raises(Invalid) as problem:
        world.do(SAM, calls.schedule, made.id)
    assert fields(problem) == {"name_fr"}


def test_a_draft_may_change_its_co_chairs_and_be_thrown_away(world: World) -> None:
    made = world.draft()
    assert [chair.id for chair in world.draft(id=made.id, chairs=("leo", "ona")).chairs] == ["leo", "ona"]
    world.do(SAM, calls.remove_draft, made.id)
    with pytest.raises(NotFound):
        world.call(made.id)
    assert world.read(lambda session: session.scalars(select(CallChair)).all()) == []


def test_more_for_each_than_in_all_is_refused(world: World) -> None:
    with pytest.raises(Invalid) as problem:
        world.draft(seats=3, seats_each=5)
    assert fields(problem) == {"seats_each"}
    assert world.draft(seats=3, seats_each=3).seats_each == 3


def test_what_is_left_empty_is_emptied_and_what_is_left_out_stays(world: World) -> None:
    made = world.draft()
    again = world.draft(id=made.id, asked_en="", asked_fr=None, commitment_en=None, commitment_fr=None)
    assert (again.asked, again.commitment) == (Bilingual(None, "Le texte : asked"), made.commitment)
    with pytest.raises(Invalid) as problem:
        world.draft(id=made.id, name_en="", name_fr="")
    assert fields(problem) == {"name_en"}
    assert world.draft(id=made.id, name_en=None, name_fr=None).name == made.name


def test_a_text_that_is_proposed_and_was_not_looked_at_again_is_missing_still(world: World) -> None:
    stale = Bilingual("One identity for all", "Une identité", "fr")

    def leave_behind(session: Any) -> None:
        session.get(Priority, "identity").description = stale
        session.get(Group, "bees").name = Bilingual("Bees and wasps", "Les abeilles", "fr")

    world.do(OPERATOR, leave_behind)
    made = world.do(SAM, calls.begin, group=None, priority="identity", view_id="V1")
    assert made.description == stale
    world.draft(id=made.id, description_en="One identity for everybody", description_fr="Une identité pour tous")
    again = world.do(SAM, calls.begin, group=None, priority="identity", view_id="V1")
    assert again.description == Bilingual("One identity for everybody", "Une identité pour tous"), "the same window, sent twice"
    assert world.do(SAM, calls.begin, group="bees", priority=None).name == Bilingual("Bees and wasps", "Les abeilles", "fr")
