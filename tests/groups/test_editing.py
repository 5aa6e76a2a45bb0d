"""What the secretariat and those who lead write of a group, also two of them at once."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.core.database import Database
from cadre.core.errors import Forbidden, Invalid, NotFound
from cadre.core.marks import marks
from cadre.core.models import Alias, Change, Provenance
from cadre.core.reader import Actor
from cadre.groups import editing
from cadre.groups import service as groups
from cadre.groups.card import GroupCard
from cadre.groups.models import Group
from cadre.people.seating import standing
from tests.groups.conftest import Does
from tests.workplans.world import ALEX, ANN, MEL, NOBODY, PAUL, SAM, UMA
from tests.worlds import fields

NAMES = {
    "name_en": "Bees Working Group",
    "name_fr": "Groupe de travail sur les abeilles",
    "aliases_en": "Bees\n Apiary ",
    "acronyms_fr": "GTA",
}


def card(database: Database, id_: str = "bees", by: Actor = SAM) -> GroupCard:
    return database.read(groups.card, id_, by)


def changed(database: Database, subject: str, id_: str) -> list[tuple[str, str, str | None]]:
    """Who changed which field to what, in order."""

    def read(session: Session) -> list[Any]:
        of = (Change.subject == subject, Change.subject_id == id_)
        return [tuple(row) for row in session.execute(select(Change.by, Change.field, Change.after).where(*of).order_by(Change.id))]

    return database.read(read)


def test_names_and_aliases_are_found_under_at_once(database: Database, does: Does) -> None:
    held = does(SAM, groups.save_names, "bees", NAMES, marks(editing.of_names(card(database))))
    assert (held.name.en, held.name.fr) == ("Bees Working Group", "Groupe de travail sur les abeilles")
    assert held.aliases["en"] == ("Bees", "Apiary")
    assert held.acronyms["fr"] == ("GTA",)
    for typed in ("gta", "le Groupe de travail sur les abeilles", "the apiary", "bees working group", "abeilles"):
        assert database.read(groups.named, typed) == ("bees",), typed
    assert ("Sam Okafor (U0SAM)", "name_en", "Bees Working Group") in changed(database, "group", "bees")


def test_what_the_secretariat_writes_is_confirmed_and_no_longer_what_the_deck_says(database: Database, does: Does) -> None:
    does(SAM, groups.save_names, "bees", NAMES, {})

    def provenance(session: Session) -> dict[str, tuple[str, str, str | None]]:
        rows = session.scalars(select(Provenance).where(Provenance.subject == "group", Provenance.subject_id == "bees"))
        return {row.field: (row.source, row.standing, row.words) for row in rows}

    assert database.read(provenance)["name"] == ("secretariat", "confirmed", None)
    assert "name.fr" not in database.read(provenance)


def test_two_groups_do_not_share_a_name(does: Does) -> None:
    with pytest.raises(Invalid) as problem:
        does(SAM, groups.save_names, "bees", {"name_en": "the LARVAE", "name_fr": ""}, {})
    assert fields(problem) == {"name_en"}


def test_a_group_keeps_a_name(does: Does) -> None:
    with pytest.raises(Invalid) as problem:
        does(SAM, groups.save_names, "bees", {"name_en": " ", "name_fr": ""}, {})
    assert fields(problem) == {"name_en"}


@pytest.mark.parametrize("who", [ANN, SAM])
def test_those_who_lead_write_the_description_and_how_the_group_is_reached(does: Does, who: Actor) -> None:
    typed = {"description_en": "Counts bees.", "description_fr": "", "email": "bees@example.org", "phone": "613-555-0101"}
    held = does(who, groups.save_description, "bees", typed, {})
    assert held.description.en == "Counts bees."
    assert held.description.owed() == ("fr",)
    assert (held.email, held.phone) == ("bees@example.org", "613-555-0101")


@pytest.mark.parametrize("who", [ALEX, MEL, PAUL, UMA, NOBODY])
def test_no_one_else_does(does: Does, who: Actor) -> None:
    """Neither their alternate, a member, whose role is over, whom nobody confirmed, nor anybody unknown."""
    with pytest.raises(Forbidden):
        does(who, groups.save_description, "bees", {"description_en": "Mine."}, {})


def test_those_who_lead_write_nothing_else_and_nothing_of_other_groups(does: Does) -> None:
    for act in (groups.save_names, groups.save_settings):
        with pytest.raises(Forbidden):
            does(ANN, act, "bees", {}, {})
    with pytest.raises(Forbidden):
        does(ANN, groups.save_description, "larvae", {"description_en": "Mine."}, {})


def test_an_address_is_one(does: Does) -> None:
    with pytest.raises(Invalid) as problem:
        does(ANN, groups.save_description, "bees", {"email": "bees at example"}, {})
    assert fields(problem) == {"email"}


def test_of_two_who_write_at_once_neither_erases_what_the_other_wrote(database: Database, does: Does) -> None:
    shown = marks(editing.of_description(card(database)))
    does(ANN, groups.save_description, "bees", {"description_en": "Counts bees.", "description_fr": "", "email": "", "phone": ""}, shown)
    held = does(
        SAM, groups.save_description, "bees", {"description_en": "", "description_fr": "", "email": "bees@x.org", "phone": ""}, shown
    )
    assert (held.description.en, held.email) == ("Counts bees.", "bees@x.org")


def test_where_both_wrote_in_one_field_the_second_reads_what_the_first_wrote(database: Database, does: Does) -> None:
    shown = marks(editing.of_description(card(database)))
    does(ANN, groups.save_description, "bees", {"description_en": "Counts bees."}, shown)
    with pytest.raises(Invalid) as problem:
        does(SAM, groups.save_description, "bees", {"description_en": "Paints bees."}, shown)
    (told,) = problem.value.fields.values()
    assert told.values["text"] == "Counts bees."
    assert card(database).description.en == "Counts bees."  # type: ignore[union-attr]  # the first stands


def test_settings(database: Database, does: Does) -> None:
    typed = {"kind": "table", "state": "dormant", "owner": "elsewhere", "parent": "watch", "quorum": "majority", "channel": "C0BEES"}
    held = does(SAM, groups.save_settings, "bees", typed, marks(editing.of_settings(card(database))))
    assert editing.of_settings(held) == typed
    with pytest.raises(Invalid) as problem:
        does(SAM, groups.save_settings, "bees", typed | {"kind": "band", "owner": "nowhere", "state": "odd"}, {})
    assert fields(problem) == {"kind", "owner", "state"}


def test_a_group_is_dissolved_by_a_decision_only(does: Does) -> None:
    with pytest.raises(Invalid) as problem:
        does(SAM, groups.save_settings, "bees", {"state": "sunset"}, {})
    assert fields(problem) == {"state"}


def test_no_group_stands_below_itself(does: Does) -> None:
    with pytest.raises(Invalid) as problem:
        does(SAM, groups.save_settings, "bees", {"owner": "larvae"}, {})
    assert fields(problem) == {"owner"}


def test_a_description_in_one_language_leaves_the_other_to_be_looked_at(database: Database, does: Does) -> None:
    does(SAM, groups.save_description, "bees", {"description_en": "Count them.", "description_fr": "Les compter."}, {})
    shown = marks(editing.of_description(card(database)))
    held = does(SAM, groups.save_description, "bees", {"description_en": "Count them all.", "description_fr": "Les compter."}, shown)
    assert held.description.stale == "fr"


def test_a_text_that_came_with_a_file_may_be_longer_than_what_is_typed(database: Database, does: Does) -> None:
    long = "Count them. " * 300

    def came(session: Session) -> None:
        session.get_one(Group, "bees").description = Bilingual(long.strip(), None)

    does(SAM, came)
    held = does(SAM, groups.save_description, "bees", {"description_fr": "Les compter."}, {})
    assert (held.description.en, held.description.fr) == (long.strip(), "Les compter.")
    with pytest.raises(Invalid) as problem:
        does(SAM, groups.save_description, "bees", {"description_fr": long}, {})
    assert fields(problem) == {"description_fr"}


def test_a_draft_of_a_group(database: Database, does: Does) -> None:
    made = does(SAM, groups.add_group, "Wasps", "Guêpes", "council")
    held = card(database, made)
    assert (made, held.state, held.owner and held.owner.id) == ("wasps", "proposed", "council")
    with pytest.raises(Forbidden):
        does(ANN, groups.add_group, "Flies", "", None)
    with pytest.raises(NotFound):
        card(database, "flies")


def test_seats_go_by_roles_until_the_secretariat_keeps_a_list(database: Database, does: Does) -> None:
    assert [(each.jurisdiction, [who.person.id for who in each.speakers]) for each in database.read(standing, "council")] == [
        ("north", ["cora"])
    ]
    held = does(SAM, groups.save_seats, "council", ("north", "south"), marks(editing.of_seats(card(database, "council"))))
    assert [(each.id, each.speakers) for each in held.seats] == [("north", ("Cora",)), ("south", ())]
    assert held.seats_kept
    assert ("Sam Okafor (U0SAM)", "seats", "North; South") in changed(database, "group", "council")
    held = does(SAM, groups.save_seats, "council", (), {})
    assert not held.seats_kept
    assert [each.id for each in held.seats] == ["north"]


def test_only_councils_have_seats_and_only_the_secretariat_keeps_them(does: Does) -> None:
    with pytest.raises(Invalid):
        does(SAM, groups.save_seats, "bees", ("north",), {})
    with pytest.raises(Invalid):
        does(SAM, groups.save_seats, "council", ("nowhere",), {})
    with pytest.raises(Forbidden):
        does(ANN, groups.save_seats, "council", ("north",), {})


def test_of_two_lists_of_seats_at_once_the_second_is_told(database: Database, does: Does) -> None:
    shown = marks(editing.of_seats(card(database, "council")))
    does(SAM, groups.save_seats, "council", ("north", "south"), shown)
    with pytest.raises(Invalid) as problem:
        does(SAM, groups.save_seats, "council", ("north", "west"), shown)
    assert fields(problem) == {"seats"}


def test_facts_are_confirmed_one_by_one(database: Database, does: Does) -> None:
    doubts = {each.key: each for each in card(database).doubts}
    assert set(doubts) == {"group/bees/name.fr", "role/bees.uma.co_chair/record"}
    assert (doubts["group/bees/name.fr"].words, doubts["group/bees/name.fr"].says.fr) == ("abeilles", "Bees (fr)")
    assert does(SAM, groups.confirm, "bees", "group/bees/name.fr") is True
    assert does(SAM, groups.confirm, "bees", "group/bees/name.fr") is False, "a second click does no harm"
    assert [each.key for each in card(database).doubts] == ["role/bees.uma.co_chair/record"]
    does(SAM, groups.confirm, "bees", "role/bees.uma.co_chair/record")
    does(UMA, groups.save_description, "bees", {"description_en": "Hers now."}, {})


def test_only_the_secretariat_sees_and_confirms_what_is_in_doubt(database: Database, does: Does) -> None:
    assert card(database, by=ANN).doubts == ()
    with pytest.raises(Forbidden):
        does(ANN, groups.confirm, "bees", "group/bees/name.fr")
    with pytest.raises(NotFound):
        does(SAM, groups.confirm, "bees", "person/ann/record")


def test_an_alias_that_was_taken_away_is_gone(database: Database, does: Does) -> None:
    does(SAM, groups.save_names, "bees", NAMES, {})
    does(SAM, groups.save_names, "bees", NAMES | {"aliases_en": "Apiary"}, {})

    def aliases(session: Session) -> list[str]:
        return list(session.scalars(select(Alias.text).where(Alias.subject_id == "bees", Alias.kind == "alias")))

    assert database.read(aliases) == ["Apiary"]
