"""Editions of the gap analysis: a copy of what stands, edited by the secretariat, then frozen; on both databases."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.errors import Conflict, Forbidden, Invalid, NotFound
from cadre.core.marks import marks
from cadre.core.models import Change, Provenance
from cadre.core.reader import OPERATOR, Actor
from cadre.groups.models import Group
from cadre.oversight import editions, gaps
from cadre.oversight.editions import Edition, EntryForm
from cadre.oversight.models import GapEdition
from cadre.priorities.models import Priority
from tests.workplans.world import ANN, NOBODY, SAM, World
from tests.worlds import at_once, both, fields

ELENA = Actor("Elena (U0ELENA)", "elena", "sam@iccs.example.org")
"""Another of the secretariat."""


def begun(world: World) -> Edition:
    made = world.database.write(SAM, editions.begin)
    return world.database.read(editions.edition, made.id, SAM)


def form(found: Edition, group: str = "bees", priority: str = "lights", **typed: Any) -> EntryForm:
    """The window of an entry as it opens, with what is typed into it."""
    shown = editions.values(found.entries.get((group, priority)))
    return EntryForm(found.facts.id, group, priority, **{**shown, **typed}, shown=marks(shown))


def test_an_edition_begins_as_a_copy_of_what_stands(world: World) -> None:
    found = begun(world)
    assert {key: tie.strength for key, tie in found.entries.items()} == {
        ("bees", "lights"): "supports",
        ("larvae", "lights"): "example",
        ("sleepy", "shadows"): "supports",
    }
    copied = found.entries["bees", "lights"]
    assert copied.rationale is not None
    assert (copied.rationale.fr, copied.source) == ("Why bees (fr)", "deck")
    assert found.facts.draft
    assert found.facts.day == world.today


def test_who_carries_a_priority_stands_in_it_and_can_be_stated(world: World) -> None:
    """As the live matrix has it: also of a group of which no alignment says anything."""

    def carried(session: Session) -> None:
        session.get_one(Priority, "shadows").group = "larvae"
        session.add(Provenance(subject="priority", subject_id="shadows", field="group", source="deck", standing="inferred"))

    world.database.write(OPERATOR, carried)
    found = begun(world)
    assert (found.entries["larvae", "shadows"].strength, found.entries["larvae", "shadows"].source) == ("carries", "deck")
    after = world.database.write(SAM, editions.save_entry, form(found, strength="carries", stated_by="Lou, by telephone"))
    assert after.entries["bees", "lights"].strength == "carries"


def test_there_is_one_draft_at_a_time(world: World) -> None:
    first = begun(world)
    assert world.database.write(ELENA, editions.begin).id == first.facts.id
    world.database.write(SAM, editions.finish, first.facts.id)
    made = at_once(*[lambda: world.database.write(SAM, editions.begin).id] * 4)
    assert len(set(made)) == 1
    assert len(world.database.read(lambda session: session.scalars(select(GapEdition.id)).all())) == 2


def test_what_is_stated_says_who_stated_it_and_leaves_a_trace(world: World) -> None:
    found = begun(world)
    with pytest.raises(Invalid) as problem:
        world.database.write(SAM, editions.save_entry, form(found, "bees", "shadows", strength="supports"))
    assert fields(problem) == {"stated_by"}
    typed = form(found, "bees", "shadows", strength="supports", rationale_en="They dance", stated_by="Lou, by telephone")
    after = world.database.write(SAM, editions.save_entry, typed)
    assert after.entries["bees", "shadows"].stated_by == "Lou, by telephone"
    assert world.database.read(gaps.gaps, SAM).matrix.rows[0].serves == ("lights",), "what stands is as it was"
    of = (Change.subject == "gap_entry", Change.subject_id == f"{found.facts.id}/bees/shadows")
    changes = world.database.read(lambda session: session.scalars(select(Change).where(*of)).all())
    assert {(each.field, each.after, each.by) for each in changes} == {
        ("strength", "supports", SAM.label),
        ("rationale_en", "They dance", SAM.label),
        ("stated_by", "Lou, by telephone", SAM.label),
    }
    gone = world.database.write(SAM, editions.save_entry, form(after, "bees", "shadows", strength=""))
    assert ("bees", "shadows") not in gone.entries


def test_of_two_editors_the_second_sees_what_the_first_wrote(world: World) -> None:
    found = begun(world)
    both_opened = form(found)
    world.database.write(ELENA, editions.save_entry, replace(both_opened, rationale_en="Bees see light"))
    with pytest.raises(Invalid) as problem:
        world.database.write(SAM, editions.save_entry, replace(both_opened, rationale_en="Bees like light"))
    assert "Bees see light" in str(problem.value.fields["rationale_en"].values)
    after = world.database.write(SAM, editions.save_entry, replace(both_opened, strength="example"))
    saved = after.entries["bees", "lights"]
    assert saved.rationale is not None
    assert (saved.strength, saved.rationale.en) == ("example", "Bees see light"), "what each changed stands"


def test_a_final_edition_is_frozen(world: World) -> None:
    found = begun(world)
    done = world.database.write(SAM, editions.finish, found.facts.id)
    assert (done.draft, done.settled_by) == (False, "Sam Okafor")
    for act in (
        lambda: world.database.write(ELENA, editions.save_entry, form(found, strength="none")),
        lambda: world.database.write(ELENA, editions.finish, found.facts.id),
        lambda: world.database.write(ELENA, editions.discard, found.facts.id),
    ):
        with pytest.raises(Conflict) as problem:
            act()
        assert problem.value.who == "Sam Okafor"
    assert world.database.read(editions.edition, found.facts.id, ANN).entries.keys() == found.entries.keys()


def test_a_final_edition_keeps_what_there_was(world: World) -> None:
    """A group that ended since stands in it, one that came since does not; a draft goes with the registry."""
    found = begun(world)
    world.database.write(SAM, editions.finish, found.facts.id)

    def later(session: Session) -> None:
        bees = session.get(Group, "bees")
        assert bees
        bees.state = "sunset"
        session.add(Group(id="hornets", name=both("Hornets"), kind="working_group", state="active", owner="council"))
        session.add(Priority(id="smoke", name=both("Smoke"), owner="council"))

    world.database.write(OPERATOR, later)
    final = world.database.read(editions.edition, found.facts.id, ANN)
    assert final.groups.keys() == found.groups.keys()
    assert "bees" in final.groups
    assert final.priorities == found.priorities
    draft = begun(world)
    assert "hornets" in draft.groups
    assert "bees" not in draft.groups
    assert "smoke" in {each.id for each in draft.priorities}


def test_drafts_are_for_the_secretariat(world: World) -> None:
    found = begun(world)
    assert world.database.read(editions.editions, ANN) == ()
    with pytest.raises(NotFound):
        world.database.read(editions.edition, found.facts.id, ANN)
    with pytest.raises(Forbidden):
        world.database.read(editions.editions, NOBODY)
    for act in (editions.begin, lambda session: editions.save_entry(session, form(found)), lambda s: editions.finish(s, found.facts.id)):
        with pytest.raises(Forbidden):
            world.database.write(ANN, act)
    world.database.write(SAM, editions.discard, found.facts.id)
    assert world.database.read(editions.editions, SAM) == ()
