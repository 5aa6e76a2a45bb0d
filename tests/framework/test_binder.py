"""The binder: what it holds and in which order, for whom, and what it says is missing."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final, cast

import pypdf
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.core.errors import Forbidden, Invalid
from cadre.core.i18n import Language
from cadre.core.reader import OPERATOR
from cadre.framework import binder
from cadre.groups.models import Group
from cadre.meetings import agenda
from cadre.meetings.item_forms import ItemForm
from cadre.meetings.models import Invitee
from cadre.workplans.models import Activity
from tests.framework.decks import plain
from tests.workplans.world import CORA, FAY, NOBODY, SAM, World

PAPER: Final = "https://papers.example.org/honey"
pytestmark = pytest.mark.parametrize("world", ["sqlite"], indirect=True)
FRENCH: Final = "https://papers.example.org/miel"


def put(world: World, english: str, french: str, **typed: Any) -> None:
    world.database.write(SAM, agenda.save_item, ItemForm("coming", title_en=english, title_fr=french, **typed))


def made(world: World, language: Language = "en", seen_by: Any = SAM) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(world.database.read(binder.binder, "coming", language, seen_by)))


def text(found: pypdf.PdfReader) -> str:
    return plain("\n".join(page.extract_text() for page in found.pages))


def marks(outline: Any) -> Iterator[str]:
    """The bookmarks of the first order."""
    yield from (plain(each.title) for each in outline if not isinstance(each, list))


@pytest.fixture
def papers(world: World) -> World:
    """A meeting with an agenda, whose tabs are not in its order."""
    put(world, "Smoke", "Fumée", tab="10", paper_en=PAPER, paper_fr=FRENCH, kind="decision")
    put(world, "Honey", "Miel", tab="2", paper_en=PAPER, owner="ola")
    put(world, "Wax", "", needs_paper=True)
    put(world, "Talk", "Échange")
    return world


def test_its_parts_are_bookmarks_and_papers_come_by_their_tabs(papers: World) -> None:
    assert list(marks(made(papers).outline)) == [
        "agenda",
        "tab 2: honey",
        "tab 10: smoke",
        "papers without a tab",
        "the framework: content of the deck",
        "the map",
        "decisions pending",
        "what is missing",
    ]
    assert "onglet 2 : miel" in list(marks(made(papers, "fr").outline))


def test_a_paper_that_is_a_link_is_a_page_that_says_so(papers: World) -> None:
    english, french = made(papers), made(papers, "fr")
    assert "the paper is not in this binder" in text(english)
    addresses = {
        note.get_object()["/A"]["/URI"]
        for page in french.pages
        for note in page.get("/Annots", ())
        if "/URI" in note.get_object().get("/A", {})
    }
    assert addresses == {PAPER, FRENCH}
    assert plain(f"{PAPER} (en anglais seulement)") in text(french), "what is there in the other language only"


def test_what_is_missing_is_listed_for_its_language(papers: World) -> None:
    english, french = text(made(papers)), text(made(papers, "fr"))
    assert "the paper of “wax” is missing" in english
    assert "no title in this language" not in english
    assert "«wax» n'a pas de titre dans cette langue" in french
    assert "le document de «miel» manque (responsable : ola)" in french


def test_an_empty_agenda_and_what_nobody_entered_are_missing(world: World) -> None:
    told = text(made(world))
    missing = told[told.rindex("what is missing") :]
    assert "the agenda: there is nothing on it yet" in missing
    assert "expected results of the meeting" in missing
    assert "nothing is missing" not in missing


def test_a_tab_that_a_group_speaks_of_and_that_is_not_there_is_missing(papers: World) -> None:
    papers.database.write(SAM, _noted, Bilingual("See tab 3 and tab 2", "Voir onglet 3"))
    told = text(made(papers))
    assert "bees: tab 3, which is spoken of" in told
    assert "bees: tab 2, which is spoken of" not in told


def _noted(session: Session, note: Bilingual) -> None:
    session.get_one(Group, "bees").note = note


def test_what_is_to_be_decided_is_pending(papers: World) -> None:
    told = text(made(papers))
    pending = told[told.rindex("decisions pending") :]
    assert "smoke" in pending
    assert "talk" not in pending


def test_a_word_of_any_length_stays_on_the_page(papers: World) -> None:
    put(papers, "W" * 200, "W" * 200)
    told = "\n".join(page.extract_text() for page in made(papers).pages)
    assert "W" * 20 in told
    assert "W" * 60 not in told, "it is parted into lines"


def test_it_shows_what_the_deck_shows(papers: World) -> None:
    told = text(made(papers))
    for each in ("current state of the working groups", "priority: lights", "leads lou"):
        assert each in told


def test_it_is_for_those_who_are_invited_and_the_secretariat(papers: World) -> None:
    for stranger in (FAY, CORA, NOBODY):
        with pytest.raises(Forbidden):
            made(papers, seen_by=stranger)
    papers.database.write(SAM, lambda session: session.add(Invitee(meeting="coming", person="cora")))
    assert "honey" in text(made(papers, seen_by=CORA))


def test_whoever_makes_it_what_only_some_may_know_is_not_in_it(papers: World) -> None:
    def late(session: Session) -> None:
        for row in session.scalars(select(Activity)):
            row.due = papers.day(-3)

    papers.add(due=papers.day(10))
    papers.database.write(OPERATOR, late)
    found = papers.database.read(binder.read, "coming", SAM).deck
    assert (found.world.whole, found.reserved, found.people) == (False, False, {})
    told = text(made(papers))
    assert "honey" in told
    assert "to complete:" not in told
    assert "bees, cycle of" not in told


def test_without_a_name_it_is_of_the_next_meeting_in_person(papers: World) -> None:
    assert papers.database.read(binder.read, None, SAM).agenda.meeting.id == "coming"
    with pytest.raises(Invalid, match="No meeting in the registry is called"):
        papers.database.read(binder.read, "Atlantis", SAM)


@pytest.mark.parametrize(
    ("language", "tag", "title"), [("en", "en-CA", "Meeting binder – Joint"), ("fr", "fr-CA", "Cahier de réunion – Joint")]
)
def test_the_file_can_be_read_by_everybody(papers: World, language: Any, tag: str, title: str) -> None:
    found = made(papers, language)
    root: Any = found.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == (tag, True), "its language, and tags for screen readers"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert found.metadata
    assert str(found.metadata.title).startswith(title)
    fonts: list[Any] = [font.get_object() for page in found.pages for font in cast("Any", page)["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        described = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(described), "each face comes with it"
    assert f"2 / {len(found.pages)}" in found.pages[1].extract_text()


def test_signs_that_no_face_has_and_code_are_set_as_they_are(papers: World) -> None:
    put(papers, '#import "x": * 🎉 <b>$x$</b> _[]_ שלום', "Idem", tab="<3>")
    told = text(made(papers))
    assert '#import "x": *' in told
    assert "<b>$x$</b>" in told
