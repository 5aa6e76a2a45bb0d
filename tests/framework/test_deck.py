"""The deck: what stands on its slides, for whom, and how sure it says that it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from pptx.enum.shapes import MSO_SHAPE_TYPE
from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.core.database import Database
from cadre.core.dates import PartialDate
from cadre.core.errors import Invalid
from cadre.core.i18n import LOCALES
from cadre.core.models import Change, Excerpt, Source
from cadre.core.reader import OPERATOR, Reader
from cadre.decisions.models import Decision, Recommendation
from cadre.framework import deck, deck_beside, deck_facts, deck_map, deck_pages, parts
from cadre.framework.drawing import DrawingFailed
from cadre.framework.graph import Tongue as DeckLanguage
from cadre.framework.slides import Picture, Tongue
from cadre.groups import wording
from cadre.groups.models import Group
from cadre.meetings import agenda
from cadre.meetings.item_forms import ItemForm
from cadre.meetings.models import Meeting
from cadre.workplans.models import Workplan
from tests.framework.decks import all_of, opened, titled
from tests.framework.moving import aged
from tests.workplans.world import CORA, FAY, NOBODY, SAM, World

one_database = pytest.mark.parametrize("world", ["sqlite"], indirect=True)
PICTURE: Final = MSO_SHAPE_TYPE.PICTURE
LEAST: Final = 8
"""The size of the smallest letters of a picture, in points."""
MAPS: Final = (
    "The whole framework",
    "Digital Strategy",
    "Digital Identity",
    "Client-Centric Services",
    "IT procurement",
    "Groups that serve no priority",
)
LANGUAGE: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}rPr"


@pytest.fixture(scope="module")
def seed(filled_sqlite: Path) -> Iterator[Database]:
    """The real registry, only looked at."""
    with closing(Database(f"sqlite:///{filled_sqlite}")) as database:
        yield database


@pytest.fixture(scope="module")
def english(seed: Database) -> Any:
    return opened(seed.read(deck.deck, "en"))


def drawn(database: Database, language: DeckLanguage = "en", *given: Any, **how: Any) -> Any:
    """A deck without its pictures, which take a while."""
    return opened(deck.drawn(database.read(deck_facts.read, *given, **how), Tongue.of(language), ()))


def made(world: World, *given: Any, **how: Any) -> Any:
    return drawn(world.database, *given, **how)


def titles(found: Any) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in found.slides]


def test_the_slides_come_in_the_order_of_the_first_deck(english: Any) -> None:
    wanted = (
        "The framework of the Joint Councils",
        "Expected results",
        "Context – How did we get here?",
        "Joint Councils – Logic model",
        "Current state of the working groups",
        "Summarized recommendations of the gap analysis for approval",
        "Continue",
        "Officially sunset",
        "Priority recommendations of the Joint Councils",
        "Group structures and governance",
        "Priority: Digital Strategy",
        "Priority: IT procurement",
        "Decisions",
        "Next steps for the Framework Working Group",
        "Annex",
        "Framework Working Group – Scope",
        "Framework Working Group – Objectives, state",
        "Members of the Framework Working Group",
    )
    found = titles(english)
    places = [next(at for at, title in enumerate(found) if title.startswith(each)) for each in wanted]
    assert places == sorted(places)


def test_what_nobody_entered_is_said_to_be_lost_or_unknown(english: Any) -> None:
    lost = all_of(titled(english, "Joint Councils – Logic model"))
    assert "nothing is entered yet" in lost
    assert "its contents are lost" in lost
    assert all_of(titled(english, "Framework Working Group – Objectives")).count("not in the registry") == 7
    assert "not stated" in all_of(titled(english, "Priority: IT procurement"))


def test_until_the_councils_agree_it_says_proposed(filled_sqlite: Path, tmp_path: Path) -> None:
    copy = tmp_path / "registry.sqlite"
    copy.write_bytes(filled_sqlite.read_bytes())
    with closing(Database(f"sqlite:///{copy}")) as database:
        before = all_of(titled(drawn(database), "Officially sunset"))
        assert "Proposed" in before

        def agree(session: Session) -> None:
            for id_ in ("channel-shift", "service-mapping"):
                session.get_one(Recommendation, id_).status = "approved"

        database.write(OPERATOR, agree)
        after = all_of(titled(drawn(database), "Officially sunset"))
    assert "Proposed" not in after
    assert after.count("approved by the Councils") == 2


def test_an_owner_read_otherwise_than_written_is_to_be_confirmed(english: Any) -> None:
    told = all_of(titled(english, "Officially sunset"))
    assert told.count("JC (to be confirmed)") == 2
    assert "To be confirmed: the source reads “JC” or “Justice Canada”." in told


def test_notes_say_where_what_stands_on_a_slide_comes_from(english: Any) -> None:
    notes = titled(english, "Continue").notes_slide.notes_text_frame.text
    assert "Framework Working Group deck, October 2017: “Groupe de travail du gouvernement ouvert du Canada (Justice Canada)”" in notes
    assert "Reports to – Framework Working Group deck, October 2017: “Justice Canada” To be confirmed." in notes


def test_notes_of_a_list_over_several_slides_are_of_what_stands_on_each(english: Any) -> None:
    shown = [slide for slide in english.slides if slide.shapes.title.text_frame.text.startswith("Current state")]
    assert len(shown) > 1
    notes = [set(slide.notes_slide.notes_text_frame.text.splitlines()) for slide in shown]
    assert all(notes)
    assert not notes[0] & notes[-1]


def test_notes_in_french_name_fields_in_french() -> None:
    reader = Reader(LOCALES["fr"])
    assert [name for name in deck_facts._TOLD if wording.field(name, reader) == name] == []


def test_everybody_s_deck_says_nothing_of_how_groups_stand(world: World) -> None:
    for seen_by in (None, NOBODY):
        found = made(world, seen_by=seen_by)
        assert "To complete" not in all_of(titled(found, "Current state"))
        assert "confirmed role" not in all_of(found.slides[0])
        assert not [title for title in titles(found) if title == "Council – Logic model"]


@one_database
def test_whoever_gets_workplans_in_a_deck_is_told_not_to_pass_it_on(world: World) -> None:
    found = world.database.read(deck_facts.read, None, CORA)
    assert replace(found, world=replace(found.world, health={}, parts={}), changes=None, people={}).reserved


@one_database
def test_somebody_with_a_role_sees_what_is_to_complete(world: World) -> None:
    found = made(world, seen_by=SAM)
    told = all_of(titled(found, "Current state"))
    assert "To complete" in told
    assert "▲" in told
    assert "do not pass it on further" in all_of(found.slides[0])


@one_database
def test_whom_a_priority_has_and_what_serves_it(world: World) -> None:
    told = all_of(titled(made(world), "Priority: Lights"))
    assert "Leads\nLou" in told
    assert "Supports it\nBees" in told
    assert "Is an example of it\nLarvae" in told


@one_database
def test_a_logic_model_stands_by_its_stages_for_those_who_have_a_role(world: World) -> None:
    told = all_of(titled(made(world, seen_by=CORA), "Council – Logic model"))
    everybody = all_of(titled(made(world), "Joint – Logic model"))
    assert "The logic model is shown to those who have a role" in everybody
    assert "o1" not in everybody
    assert told.index("Short-term outcomes\no1") < told.index("Short-term outcomes\no2") < told.index("Long-term outcomes\no3")


def test_for_a_meeting_it_has_its_agenda_for_those_only_who_may_see_it(world: World) -> None:
    world.database.write(SAM, agenda.save_item, ItemForm("coming", title_en="Honey", title_fr="Miel", kind="decision", tab="3"))
    assert "Honey\nfor decision\n3" in all_of(titled(made(world, "en", "Coming", SAM), "Agenda"))
    for seen_by in (None, FAY):
        assert "Agenda" not in titles(made(world, "en", "coming", seen_by))


@one_database
def test_for_a_meeting_it_has_the_decisions_of_that_meeting(world: World) -> None:
    def decide(session: Session) -> None:
        for meeting in ("past", "today"):
            text = f"Decided {meeting}"
            session.add(Decision(id=meeting, number=1, year=2026, meeting=meeting, state="confirmed", wording=Bilingual(text, text)))

    world.database.write(OPERATOR, decide)
    told = all_of(titled(made(world, "en", "past", CORA), "Decisions"))
    assert "Decided past" in told
    assert "Decided today" not in told


@one_database
def test_what_changed_since_the_last_meeting_in_person_stands_in_it(world: World) -> None:
    def long_ago(session: Session) -> None:
        """All that was recorded so far was recorded before that meeting."""
        for row in session.scalars(select(Change)):
            row.at -= timedelta(days=40)

    def change(session: Session) -> None:
        session.get_one(Group, "bees").state = "dormant"

    def told() -> str:
        return all_of(titled(made(world, "en", "today"), "Changes since the meeting in Past"))

    world.database.write(OPERATOR, long_ago)
    assert "Nothing that the framework shows has changed." in told()
    world.database.write(OPERATOR, change)
    assert "Changes of state\nBees: " in told()


@one_database
def test_what_changed_elsewhere_is_in_no_deck_but_what_moved_is_in_both(world: World) -> None:
    def told(meeting: str) -> str:
        return all_of(titled(made(world, "en", meeting, SAM), "Changes since the meeting in"))

    def change(session: Session) -> None:
        session.get_one(Group, "bees").owner = "elsewhere"
        session.get_one(Group, "sleepy").state = "sunset"
        session.get_one(Workplan, world.bees).state = "approved"
        text = Bilingual("Plant clover", "Planter du trèfle")
        taken = PartialDate.day(world.today)
        session.add(Decision(id="d", number=1, year=2026, council="council", state="confirmed", wording=text, taken=taken))
        session.add(Meeting(id="again", kind="in_person", group="elsewhere", held=PartialDate.day(world.day(9)), place=text))

    aged(world, 40)
    world.database.write(OPERATOR, change)
    here, there = told("today"), told("again")
    for each in ("Plant clover", "Sleepy: dissolved"):
        assert each in here
        assert each not in there
    for each in (here, there):
        assert "Bees: reports to the Elsewhere, until now to the Council" in each


@one_database
def test_it_is_of_the_council_that_meets_and_of_what_comes_to_it(world: World) -> None:
    joint, other = made(world), made(world, "en", "foreign")
    assert "The framework of the Joint" in all_of(joint.slides[0])
    assert "Priority: Lights" in titles(joint)
    assert "Bees" in all_of(titled(joint, "Current state"))
    assert "Orphans" in all_of(titled(joint, "Current state")), "what comes to no council"
    assert "The framework of the Elsewhere" in all_of(other.slides[0])
    assert not [title for title in titles(other) if title.startswith(("Priority", "Current state", "Council"))]
    assert "Elsewhere – Logic model" in titles(other)


@one_database
def test_what_the_sources_tell_of_the_councils_is_not_told_of_another(world: World) -> None:
    world.database.write(OPERATOR, _labelled)
    shown = {meeting: world.database.read(deck_facts.read, meeting) for meeting in (None, "foreign")}
    assert [bool(facts.labels) for facts in shown.values()] == [True, False]
    councils = {
        meeting: {node.id for _title, graph in deck_map.drawings(facts, Tongue.of("en"), deck_map.Room(888, 392)) for node in graph.nodes}
        for meeting, facts in shown.items()
    }
    assert "group:council" in councils[None]
    assert "group:council" not in councils["foreign"]


def _labelled(session: Session) -> None:
    session.add(Source(id="old", origin="ours", title=Bilingual("Old", "Vieux")))
    session.flush()
    session.add(Excerpt(id="label-1", source="old", kind="label", number=1, wording=Bilingual("Flow", "Flux")))


@one_database
def test_activities_of_other_councils_are_in_no_deck(world: World) -> None:
    world.add()
    whole = world.database.read(deck_facts.read, "foreign", SAM).world
    assert (whole.workplans, whole.activities) == ({}, {})
    assert "Elsewhere – Logic model" in titles(made(world, "en", "foreign", SAM))
    assert world.database.read(deck_facts.read, "coming", SAM).world.activities


def test_a_meeting_is_found_by_its_place_or_day_and_several_are_named(seed: Database) -> None:
    for said in ("2017-10", "Charlottetown", "octobre 2017", "October 2017"):
        assert seed.read(deck_facts.read, said).meeting == seed.read(deck_facts.read, "2017-10").meeting
    assert "Joint Councils, Charlottetown, October 2017" in all_of(drawn(seed, "en", "Charlottetown").slides[0])
    with pytest.raises(Invalid, match=r"No meeting in the registry is called"):
        seed.read(deck_facts.read, "Atlantis")
    with pytest.raises(Invalid, match=r"Several meetings"):
        seed.read(deck_facts.read, "2017")


@pytest.mark.parametrize(("language", "tags"), [("en", {"en-CA"}), ("fr", {"fr-CA"}), ("both", {"en-CA", "fr-CA"})])
def test_each_text_says_in_which_language_it_is(seed: Database, language: Any, tags: set[str]) -> None:
    found = drawn(seed, language)
    assert {run.get("lang") for slide in found.slides for run in slide.element.iter(LANGUAGE)} == tags
    assert found.core_properties.language == ", ".join(sorted(tags))


def test_in_both_languages_each_slide_says_the_same_twice(seed: Database) -> None:
    told = all_of(titled(drawn(seed, "both"), "Expected results"))
    assert "Expected results\nRésultats attendus" in told
    assert "Agree on next steps.\nEntente sur les prochaines étapes." in told


def test_whoever_cannot_see_it_is_told_all_the_same(english: Any) -> None:
    assert len(set(titles(english))) == len(english.slides), "titles tell slides apart"
    for number, slide in enumerate(english.slides, 1):
        assert slide.shapes[0] == slide.shapes.title, "the title is read first"
        for shape in slide.shapes:
            if shape.has_table or shape.shape_type == PICTURE:
                assert shape._element.xpath(".//p:cNvPr/@descr"), f"slide {number}: {shape.name}"
        if number > 1:
            assert all_of(slide).splitlines()[-1] == str(number), "and its number last"


def test_the_file_says_what_it_is(english: Any) -> None:
    about = english.core_properties
    assert (about.title, about.author, about.last_modified_by) == ("The framework of the Joint Councils", "Cadre", "Cadre")
    assert about.comments == ""


def test_the_map_stands_in_it_as_pictures_that_say_what_they_show(english: Any) -> None:
    shown = [slide for slide in english.slides if any(shape.shape_type == PICTURE for shape in slide.shapes)]
    titles = [slide.shapes.title.text_frame.text for slide in shown]
    assert [title.partition(" (")[0] for title in titles] == sorted((title.partition(" (")[0] for title in titles), key=MAPS.index)
    assert set(MAPS) == {title.partition(" (")[0] for title in titles}
    alts = [alt for slide in shown for alt in slide.element.xpath(".//p:pic//p:cNvPr/@descr")]
    assert len(alts) == len(shown)
    assert all(any(name in alt for alt in alts) for name in ("Joint Councils", "Privacy Sub-Committee", "Channel Shift Working Group"))


@pytest.mark.parametrize("language", ["en", "both"])
def test_all_that_stands_on_a_picture_of_the_map_can_be_read(seed: Database, language: Any) -> None:
    facts = seed.read(deck_facts.read)
    pictures = deck_beside.pictures(facts, Tongue.of(language), "png")
    pages = deck_pages.pages(deck_beside.maps(pictures, Tongue.of(language)), Tongue.of(language))
    for page in pages:
        (box,) = page.boxes
        assert isinstance(box.block, Picture)
        points = box.block.wide * 0.75, box.block.high * 0.75
        scale = min(deck_pages.PICTURE_WIDE / points[0], box.high / points[1])
        assert LEAST * scale >= 7.9, page.heading


@pytest.mark.parametrize("language", ["en", "both"])
def test_parts_of_the_map_hold_all_that_the_whole_holds(seed: Database, language: Any) -> None:
    facts = seed.read(deck_facts.read)
    whole = parts.parts(facts.world, language, always=True)
    found = [graph for _title, graph in deck_map.drawings(facts, Tongue.of(language), deck_map.Room(888, 392))]
    assert {node.id for graph in whole for node in graph.nodes} == {node.id for graph in found for node in graph.nodes}
    assert {edge for graph in whole for edge in graph.edges} == {edge for graph in found for edge in graph.edges}


@one_database
def test_a_picture_that_cannot_be_drawn_leaves_a_word_and_the_rest(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_given: object) -> bytes:
        raise DrawingFailed("no")

    monkeypatch.setattr(deck_beside, "draw", fail)
    found = opened(world.database.read(deck.deck, "en"))
    assert "could not be drawn" in all_of(titled(found, "The whole framework"))
    assert "Priority: Lights" in titles(found)
