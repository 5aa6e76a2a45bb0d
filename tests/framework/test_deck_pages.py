"""What fits on a slide: nothing runs over its foot, nothing is lost where a list is parted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.util import Pt

from cadre.core import clock
from cadre.core.words import Words
from cadre.framework.deck_beside import maps
from cadre.framework.deck_pages import BOTTOM, LEFT, TITLE, Page, footnotes_high, pages, title_size
from cadre.framework.deck_writing import written
from cadre.framework.graph import Told
from cadre.framework.measuring import breadth, lines
from cadre.framework.slides import Block, Bullets, Column, Picture, Prose, Slide, Table, Tiles, Timeline, Tongue
from tests.framework.decks import all_of, opened

ENGLISH, BOTH = Tongue.of("en"), Tongue.of("both")
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]) | st.just(" "), min_size=1, max_size=400)
LONG = "Groupe de travail sur la collaboration des réseaux de services " * 40


def told(text: str) -> Told:
    return (Words.verbatim(text),)


def table(rows: Sequence[Sequence[str]]) -> Table:
    columns = tuple(Column(told(f"Column {n}"), 1) for n in range(len(rows[0])))
    return Table(told("table"), columns, tuple(tuple(map(told, row)) for row in rows))


def texts_of(block: Block) -> Iterator[Told]:
    match block:
        case Prose(paragraphs):
            yield from paragraphs
        case Bullets(items):
            yield from items
        case Table(rows=rows):
            yield from (cell for row in rows for cell in row)
        case Tiles(items=items):
            yield from items
        case Timeline(points=points):
            yield from (part for point in points for part in point)


def said(blocks: Sequence[Block]) -> list[str]:
    """All words, in any order: where rows are parted, cells are read otherwise."""
    return sorted("".join(part for block in blocks for text in texts_of(block) for part in text).replace(" ", ""))


def drawn(slide: Slide, tongue: Tongue = ENGLISH) -> list[Page]:
    found = list(pages([slide], tongue))
    for page in found:
        below = footnotes_high(page.footnotes) if page.footnotes else 0
        edge = TITLE[0]
        for box in page.boxes:
            assert box.top >= edge, "nothing stands on something else"
            edge = box.top + box.high
        assert edge <= BOTTOM - below + 0.01, "nothing runs over the foot"
    return found


@settings(max_examples=25)
@given(st.lists(TEXTS, min_size=1, max_size=12), st.lists(st.tuples(TEXTS, TEXTS), max_size=12))
def test_nothing_is_lost_and_nothing_runs_over(items: list[str], rows: list[tuple[str, str]]) -> None:
    blocks: tuple[Block, ...] = (Prose((told(items[0]),)), Bullets(tuple(map(told, items))), *((table(rows),) if rows else ()))
    found = drawn(Slide(told("Title"), blocks, footnotes=(told("Footnote"),)))
    assert said([box.block for page in found for box in page.boxes]) == said(blocks)


@pytest.mark.parametrize("block", [Prose((told(LONG),)), Bullets((told(LONG),)), table([(LONG, LONG)])], ids=["prose", "list", "table"])
def test_a_text_longer_than_a_slide_goes_on_on_the_next(block: Block) -> None:
    found = drawn(Slide(told("Title"), (block, block)))
    assert len(found) > 1
    assert [page.heading[0] for page in found][:2] == [f"Title (1 of {len(found)})", f"Title (2 of {len(found)})"]
    assert said([box.block for page in found for box in page.boxes]) == said((block, block))


def test_a_long_list_is_parted_over_slides_about_equally_long() -> None:
    found = drawn(Slide(told("Groups"), (table([(f"Group {n}", "Council") for n in range(40)]),)))
    rows = [len(box.block.rows) for page in found for box in page.boxes if isinstance(box.block, Table)]
    assert sum(rows) == 40
    assert max(rows) - min(rows) <= 3


def test_a_numbered_list_goes_on_counting() -> None:
    found = drawn(Slide(told("Questions"), (Bullets(tuple(told(LONG[:900]) for _ in range(6)), numbered=True),)))
    lists = [box.block for page in found for box in page.boxes if isinstance(box.block, Bullets)]
    assert [each.signs[0] for each in lists] == [1 + sum(len(before.items) for before in lists[:n]) for n in range(len(lists))]
    assert len(lists) > 1


def test_an_item_that_goes_on_on_another_slide_keeps_its_number_and_its_language() -> None:
    items = (told("Short"), told(LONG * 3), told("Last"))
    found = drawn(Slide(told("T"), (Bullets(items, numbered=True),)))
    signs = [sign for page in found for box in page.boxes if isinstance(box.block, Bullets) for sign in box.block.signs]
    assert [sign for sign in signs if sign] == [1, 2, 3]
    assert None in signs, "it goes on without a sign"
    both = Slide((*told("T"), *told("T")), (Prose(((Words.verbatim("Short"), Words.verbatim(LONG * 3)),)),))
    file = opened(written((both,), BOTH, (*told("Cadre"), *told("Cadre")), clock.real()))
    languages = {
        run._r.rPr.get("lang")
        for slide in file.slides
        for shape in slide.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
        if "Groupe" in run.text
    }
    assert languages == {"fr-CA"}


def test_what_is_little_is_written_large() -> None:
    (page,) = drawn(Slide(told("Results"), (Bullets((told("Agree."),)),)))
    assert page.boxes[0].size == 24


def test_footnotes_of_more_than_a_few_lines_come_after_the_rest() -> None:
    found = drawn(Slide(told("Groups"), (table([("Group", "Council")]),), footnotes=(told(LONG),)))
    assert not found[0].footnotes
    assert (
        said([box.block for page in found for box in page.boxes])[-20:] == said([table([("Group", "Council")]), Prose((told(LONG),))])[-20:]
    )


def test_a_title_of_any_length_keeps_within_its_place() -> None:
    for title in ((Words("Short"),), (Words("A" * 300), Words("É" * 300)), (Words(LONG[:300]),)):
        assert title_size(title, badge=True) >= 12
    assert title_size((Words("Short"),), badge=False) == 28


def test_a_text_is_as_broad_as_its_signs() -> None:
    assert breadth("MM") == pytest.approx(2 * breadth("M"))
    assert breadth("🎉") > 1, "what the face lacks is taken to be broad"
    assert lines("W" * 200, 20, 200) > 15, "a word that is broader than a line is broken"
    assert lines("one\ntwo", 20, 500) == 2


def test_in_both_languages_the_second_needs_its_room_too() -> None:
    both = (Words.verbatim(LONG[:700]), Words.verbatim(LONG[:700]))
    assert len(drawn(Slide(told("T"), (Prose((both, both, both)),)), BOTH)) > len(drawn(Slide(told("T"), (Prose((both[:1],) * 3),))))


def png(wide: int, high: int) -> Picture:
    made = BytesIO()
    Image.new("RGB", (wide, high), "#1f4e79").save(made, "PNG")
    return Picture(made.getvalue(), told("A map of 3 councils"), wide, high)


@pytest.mark.parametrize(("wide", "high"), [(1406, 1611), (1595, 300), (40, 40)])
def test_a_picture_is_as_large_as_its_slide_lets_it_be_and_says_what_it_shows(wide: int, high: int) -> None:
    slides = maps(((told("The whole"), png(wide, high)), (told("Identity"), None)), ENGLISH)
    shown, failed = opened(written(tuple(slides), ENGLISH, told("Cadre"), clock.real())).slides
    (picture,) = (shape for shape in shown.shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE)
    assert picture._element.xpath(".//p:cNvPr/@descr") == ["A map of 3 councils"]
    assert picture.width / picture.height == pytest.approx(wide / high, rel=0.01)
    assert picture.top + picture.height <= Pt(BOTTOM + 12) + 1
    assert picture.left >= Pt(LEFT - 12) - 1
    assert "could not be drawn" in all_of(failed)
