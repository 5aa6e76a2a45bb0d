"""What is for a table of deputy ministers, or comes from it: marked by the secretariat, known to everybody; on both databases."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.changes import seen_by
from cadre.core.errors import Forbidden, Invalid, NotFound
from cadre.core.models import Change, Provenance
from cadre.core.reader import Actor, Reader
from cadre.decisions import referral_wording as wording
from cadre.decisions import referrals, service
from cadre.decisions.models import Action, Referral
from cadre.decisions.referrals import TABLE, ReferralFacts, ReferralForm
from cadre.decisions.service import DecisionForm
from cadre.groups.models import Group, GroupKind
from cadre.meetings.models import Meeting
from cadre.priorities.models import Priority
from tests.decisions.world import BEA, ONA, SAM, World
from tests.worlds import at_once, both, fields

NOBODY = Actor("Nobody")
FORM = ReferralForm("group:bees", "table", "for")


@pytest.fixture(autouse=True)
def _tables(world: World) -> None:
    def fill(session: Session) -> None:
        session.add(GroupKind(id=TABLE, name=both("table"), plural=both("tables")))
        session.flush()
        session.add(Group(id="table", name=both("Table of ministers"), kind=TABLE))
        session.add(Group(id="old-table", name=both("Old table"), kind=TABLE, state="sunset"))
        session.add(Priority(id="lights", name=both("Lights"), owner="council"))
        session.add(Action(id="map", wording=both("Send the map")))
        session.add(Meeting(id="m", kind="in_person", group="council"))

    world.do(SAM, fill)


def mark(world: World, by: Actor = SAM, **said: str) -> ReferralFacts:
    return world.do(by, referrals.mark, replace(FORM, **said))


def listed(world: World, by: Actor = NOBODY) -> list[tuple[str, str]]:
    return [(each.direction, each.thing.about) for each in world.read(referrals.referrals, by)]


def test_all_that_the_councils_work_on_can_be_marked_and_everybody_may_know(world: World) -> None:
    for about, direction in (("action:map", "from"), ("group:bees", "for"), ("priority:lights", "for"), ("group:wasps", "from")):
        mark(world, about=about, direction=direction)
    assert listed(world) == [("for", "priority:lights"), ("for", "group:bees"), ("from", "group:wasps"), ("from", "action:map")]
    assert [each.thing.name.en for each in world.read(referrals.of, "priority:lights", NOBODY)] == ["Lights"]


@pytest.mark.parametrize("by", [BEA, ONA, NOBODY])
def test_only_the_secretariat_marks(world: World, by: Actor) -> None:
    made = mark(world)
    with pytest.raises(Forbidden):
        mark(world, by, about="priority:lights")
    with pytest.raises(Forbidden):
        world.do(by, referrals.unmark, made.id)
    with pytest.raises(Forbidden):
        world.read(seen_by(by, referrals.things), "bees")
    assert listed(world) == [("for", "group:bees")]


def test_a_mark_is_recorded_with_its_note_its_day_and_where_it_comes_from(world: World) -> None:
    made = mark(world, note_fr="On nous le demande")
    assert made.note
    assert made.note.owed() == ("en",)
    assert made.since == world.now().date()

    def recorded(session: Session) -> tuple[set[str], str]:
        changed = select(Change.field).where(Change.subject == "referral", Change.subject_id == made.id)
        source = select(Provenance.source).where(Provenance.subject == "referral", Provenance.subject_id == made.id)
        return set(session.scalars(changed)), session.scalars(source).one()

    told, source = world.read(recorded)
    assert {"table", "direction", "group", "note_fr", "since"} <= told
    assert source == "secretariat"


def test_marked_twice_it_stands_once_and_the_other_way_is_another_mark(world: World) -> None:
    first = mark(world, note_en="Asked for")
    assert mark(world, note_en="").note == first.note
    assert mark(world, note_en="Asked for twice").note != first.note
    assert len({each.id for each in at_once(*[lambda: mark(world)] * 6)}) == 1  # type: ignore[attr-defined]  # an exception has none, and fails
    mark(world, direction="from")
    assert listed(world) == [("for", "group:bees"), ("from", "group:bees")]


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"table": "council"}, {"table"}),
        ({"table": "old-table"}, {"table"}),
        ({"direction": "at"}, {"direction"}),
        ({"note_en": "x" * 3001}, {"note_en"}),
        ({"about": "group:table"}, {"about"}),
    ],
)
def test_what_cannot_be_taken_is_told_by_field(world: World, said: dict[str, Any], wrong: set[str]) -> None:
    with pytest.raises(Invalid) as problem:
        mark(world, **said)
    assert fields(problem) == wrong


@pytest.mark.parametrize("about", ["group:nobody", "person:sam", ""])
def test_what_is_not_there_is_not_marked(world: World, about: str) -> None:
    with pytest.raises(NotFound):
        mark(world, about=about)


def test_a_mark_is_taken_away_once(world: World) -> None:
    made = mark(world)
    world.do(SAM, referrals.unmark, made.id)
    with pytest.raises(NotFound):
        world.do(SAM, referrals.unmark, made.id)
    assert listed(world) == []
    assert world.read(lambda session: session.scalars(select(Provenance.id).where(Provenance.subject == "referral")).all()) == []


def test_a_decision_that_nobody_has_confirmed_is_told_to_the_secretariat_only_and_can_be_withdrawn(world: World) -> None:
    made = world.do(SAM, service.record_decision, DecisionForm("council", "m", "Warn by phone", "Prévenir par téléphone"))
    mark(world, about=f"decision:{made.id}")
    assert listed(world, ONA) == []
    (told,) = world.read(referrals.referrals, SAM)
    assert wording.thing(told.thing, Reader()) == "Proposed decision: Warn by phone"
    world.do(SAM, service.withdraw_decision, made.id, "m", "council", "A mistake")
    assert world.read(lambda session: session.scalars(select(Referral.id)).all()) == []


def test_things_are_found_by_the_letters_typed(world: World) -> None:
    found = world.read(seen_by(SAM, referrals.things), "ma")
    assert [each.about for each in found] == ["action:map"]
    assert [each.about for each in world.read(seen_by(SAM, referrals.things), "light")] == ["priority:lights"]


def test_it_is_worded_in_both_languages(world: World) -> None:
    told = mark(world, direction="from", note_en="Asked for", note_fr="On le demande")
    day = world.now().date()
    english, french = Reader("en_CA"), Reader("fr_CA")
    assert wording.mark(told, english) == f"From the Table of ministers, since {english.date(day)}: Asked for"
    assert wording.mark(told, french) == f"Provient de la Table of ministers (fr), depuis le {french.date(day)}\u00a0: On le demande"
