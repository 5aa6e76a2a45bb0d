"""A deck as a PowerPoint file: its pages drawn with real titles, texts and tables, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final

from cadre.core.i18n import Language
from cadre.core.text import printable
from cadre.core.words import Words
from cadre.framework import deck_look as look
from cadre.framework import deck_xml as xml
from cadre.framework.deck_look import INK, LINE, NAVY, PANEL, PAPER, SOFT, TEAL, TINT, WARM, WARN
from cadre.framework.deck_pages import (
    ACROSS,
    BADGE,
    BOTTOM,
    CELL,
    FOOTNOTE,
    INDENT,
    LEFT,
    PICTURE_WIDE,
    SPACE,
    TILE_GAP,
    TITLE,
    WIDE,
    Box,
    Page,
    footnotes_high,
    in_rows,
    pages,
    row_high,
    tile_wide,
    widths,
)
from cadre.framework.deck_xml import PLAIN, Cell, Look, Place
from cadre.framework.graph import Told
from cadre.framework.slides import Bullets, Picture, Prose, Slide, Table, Tiles, Timeline, Tongue

TAGS: Final[dict[Language, str]] = {"en": "en-CA", "fr": "fr-CA"}
_PROPERTY: Final = 255
"""Characters that a property of a document holds."""
BADGE_SIZE: Final = 13.0
_BETWEEN: Final = "  ·  "


def written(slides: Sequence[Slide], tongue: Tongue, footer: Told, made_at: datetime) -> bytes:
    """The file (PPTX). ``footer``: what stands at the foot of each slide. The first slide's title is the file's."""
    from pptx import Presentation  # noqa: PLC0415  # 0.2 s, which whoever makes no deck does without

    deck = Presentation(BytesIO(look.template()))
    for page in pages(slides, tongue):
        _Drawn(deck, page, tongue, footer).draw()
    _described(deck, slides, tongue, made_at)
    kept = BytesIO()
    deck.save(kept)
    return kept.getvalue()


def _described(deck: Any, slides: Sequence[Slide], tongue: Tongue, made_at: datetime) -> None:
    """What the file says of itself; the library's template says other things."""
    properties = deck.core_properties
    properties.title = printable(" / ".join(slides[0].title))[:_PROPERTY] if slides else ""
    properties.author = properties.last_modified_by = "Cadre"
    properties.subject = properties.keywords = properties.comments = properties.category = ""
    properties.language = ", ".join(TAGS[each] for each in tongue.languages)
    properties.created = properties.modified = made_at.astimezone(UTC).replace(tzinfo=None)
    properties.revision = 1


class _Drawn:
    """One page while it is drawn. What is added is read in the order in which it is added."""

    def __init__(self, deck: Any, page: Page, tongue: Tongue, footer: Told) -> None:
        self._page, self._footer = page, footer
        self._tags = [TAGS[each] for each in tongue.languages]
        layouts = dict(zip(look.LAYOUTS, deck.slide_layouts, strict=True))
        self._slide = deck.slides.add_slide(layouts[page.slide.style])
        self._tree = self._slide.shapes._spTree  # noqa: SLF001  # see deck_xml
        for child in list(self._tree)[2:]:
            self._tree.remove(child)
        self._last = 1
        self._body_taken = False

    def draw(self) -> None:
        """All of it."""
        slide = self._page.slide
        if slide.style == "plain":
            self._heading()
            for box in self._page.boxes:
                self._box(box)
            self._footnotes()
        else:
            self._add(xml.placeholder(self._id(), "Title", "title", self._paragraphs([slide.title])))
            for box in self._page.boxes:
                if isinstance(box.block, Prose):
                    self._add(xml.placeholder(self._id(), "Text", "body", self._paragraphs(box.block.paragraphs, after=6), index=1))
        if slide.style != "cover":
            self._foot()
        if notes := self._page.notes:
            self._notes(notes)

    def _heading(self) -> None:
        slide, page = self._page.slide, self._page
        wide = ACROSS - (BADGE + SPACE if slide.badge else 0)
        title = self._paragraphs([page.heading], Look(page.title_size), second=SOFT)
        self._add(xml.placeholder(self._id(), "Title", "title", title, at=(LEFT, TITLE[0], wide, TITLE[1])))
        if slide.section:
            self._add(xml.placeholder(self._id(), "Section", "body", self._one_line(slide.section), index=look.SECTION))
        if slide.badge:
            text = self._paragraphs(
                [slide.badge], Look(BADGE_SIZE if len(slide.badge) == 1 else BADGE_SIZE - 2, WARN, bold=True), align="ctr"
            )
            at = (WIDE - LEFT - BADGE, TITLE[0] + 2, BADGE, 28.0 if len(slide.badge) == 1 else 34.0)
            self._add(xml.text_box(self._id(), "Badge", at, text, anchor="ctr", ground=WARM, edge=WARN, roundness=50_000))

    def _box(self, box: Box) -> None:
        match box.block:
            case Prose() as prose:
                colour = SOFT if prose.weight == "quiet" else INK
                self._text(box, self._paragraphs(prose.paragraphs, Look(box.size, colour), after=box.size * 0.5, second=SOFT))
            case Bullets() as bullets:
                self._text(box, self._listed(bullets, box.size))
            case Table() as table:
                self._table(table, box)
            case Timeline() as timeline:
                self._timeline(timeline, box)
            case Tiles() as tiles:
                self._tiles(tiles, box)
            case Picture() as picture:
                self._picture(picture, box)

    def _text(self, box: Box, text: str) -> None:
        """The first text of a slide stands in its place for texts, so that outlines show it."""
        at = (LEFT, box.top, ACROSS, box.high)
        if self._body_taken:
            self._add(xml.text_box(self._id(), "Text", at, text))
        else:
            self._add(xml.placeholder(self._id(), "Text", "body", text, index=1, at=at))
            self._body_taken = True

    def _footnotes(self) -> None:
        notes = self._page.footnotes
        if notes:
            high = footnotes_high(notes)
            text = self._paragraphs(notes, Look(FOOTNOTE, SOFT), after=2)
            self._add(xml.text_box(self._id(), "Footnotes", (LEFT, BOTTOM - high, ACROSS, high), text, anchor="b"))

    def _foot(self) -> None:
        small = Look(look.FOOT, SOFT)
        self._add(xml.placeholder(self._id(), "Footer", "ftr", self._one_line(self._footer, small), index=look.FOOTER))
        number = xml.slide_number(self._tags[0], self._page.number, small)
        self._add(xml.placeholder(self._id(), "Slide number", "sldNum", number, index=look.NUMBER))

    def _notes(self, notes: Sequence[Told]) -> None:
        """What the speaker sees: where what stands on the slide comes from."""
        body = self._slide.notes_slide.notes_text_frame._txBody  # noqa: SLF001  # as above
        for paragraph in list(body.p_lst):
            body.remove(paragraph)
        for told in notes:
            for text, language in zip(told, self._tags, strict=False):
                body.append(xml.parsed("a:p", None, xml.runs(text, language)))

    def _paragraphs(
        self, texts: Iterable[Told], look_: Look = PLAIN, *, after: float = 0, second: str | None = None, align: str = "l"
    ) -> str:
        """Paragraphs, a second language below the first. ``second``: its colour."""
        made = []
        for told in texts:
            for n, text in _there(told) or [(0, Words.verbatim(""))]:
                space = after if n == len(told) - 1 else 0
                looks = Look(look_.size, second, look_.bold) if n and second else look_
                made.append(xml.paragraph(xml.runs(text, self._tags[n], looks), after=space, align=align))
        return "".join(made)

    def _listed(self, bullets: Bullets, size: float) -> str:
        """A list; a second language hangs below its first without a sign of its own."""
        made = []
        for number, told in zip(bullets.signs, bullets.items, strict=True):
            sign = xml.bullet(TEAL, number if bullets.numbered else None)
            for n, text in _there(told):
                inside = xml.runs(text, self._tags[n], Look(size, SOFT if n else INK))
                space = size * 0.5 if n == len(told) - 1 else 0
                hangs = n > 0 or number is None
                indent = (INDENT, 0) if hangs else (INDENT, -INDENT)
                made.append(xml.paragraph(inside, after=space, sign=None if hangs else sign, indent=indent))
        return "".join(made)

    def _one_line(self, told: Told, look_: Look = PLAIN) -> str:
        """Both languages on one line, each marked as what it is."""
        held = [xml.runs(text, self._tags[n], look_) for n, text in enumerate(told)]
        return xml.el("a:p", None, xml.el("a:pPr", {"algn": "l"}), xml.runs(_BETWEEN, self._tags[0], look_).join(held))

    def _add(self, shape: tuple[str, None, str, str, str]) -> None:
        self._tree.append(xml.parsed(*shape))

    def _id(self) -> int:
        self._last += 1
        return self._last

    def _timeline(self, timeline: Timeline, box: Box) -> None:
        """A dot for each, on a line; where in bold, when below it."""
        rows = in_rows(timeline.points, Timeline)
        high = box.high / len(rows)
        for down, row in enumerate(rows):
            across = ACROSS / len(row) if len(rows) == 1 else tile_wide(Timeline)
            top = box.top + down * high
            self._add(xml.surface(self._id(), (LEFT + across / 2, top + 7, across * (len(row) - 1), 2), LINE))
            for n, (place, when) in enumerate(row):
                left = LEFT + n * across
                self._add(xml.surface(self._id(), (left + across / 2 - 8, top, 16, 16), NAVY, "ellipse"))
                text = self._paragraphs([place], Look(box.size + 2, NAVY, bold=True), align="ctr")
                text += self._paragraphs([when], Look(box.size, INK), second=SOFT, align="ctr")
                self._add(xml.text_box(self._id(), place[0] if place else "", (left + 5, top + 24, across - 10, high - 28), text))

    def _tiles(self, tiles: Tiles, box: Box) -> None:
        across, rows = tile_wide(Tiles), in_rows(tiles.items, Tiles)
        high = box.high / len(rows)
        for down, row in enumerate(rows):
            for n, told in enumerate(row):
                at: Place = (LEFT + n * across, box.top + down * high, across - (12 if n < len(row) - 1 else 0), high - TILE_GAP)
                text = self._paragraphs([told], Look(box.size, INK), second=SOFT)
                self._add(xml.text_box(self._id(), told[0] if told else "", at, text, anchor="ctr", ground=PANEL, edge=LINE, inset=12))

    def _picture(self, picture: Picture, box: Box) -> None:
        """As large as there is room for, in the middle."""
        scale = min(PICTURE_WIDE / picture.wide, box.high / picture.high)
        wide, high = picture.wide * scale, picture.high * scale
        _part, link = self._slide.part.get_or_add_image_part(BytesIO(picture.content))
        self._add(xml.picture(self._id(), ((WIDE - wide) / 2, box.top, wide, high), link, "\n".join(picture.about)))

    def _table(self, table: Table, box: Box) -> None:
        heading = tuple(column.heading for column in table.columns)
        headed = any(heading)
        rows = [(row_high(row, table, box.size), self._cells(row, box.size, table, TINT if not headed else None)) for row in table.rows]
        if headed:
            rows.insert(0, (row_high(heading, table, box.size, bold=True), self._head(heading, box.size)))
        at = (LEFT, box.top, ACROSS, box.high)
        self._add(
            xml.table(
                self._id(),
                at,
                "\n".join(table.about),
                widths(table),
                rows,
                headed=headed,
                row_heads=table.row_heads,
                margins=CELL,
                rule=LINE,
            )
        )

    def _head(self, heading: Sequence[Told], size: float) -> list[Cell]:
        return [Cell(self._paragraphs([told], Look(size, PAPER, bold=True)), NAVY) for told in heading]

    def _cells(self, row: Sequence[Told], size: float, table: Table, first: str | None) -> list[Cell]:
        head = Look(size, NAVY, bold=True) if table.row_heads else Look(size, INK)
        looks = (head, *(Look(size, INK) for _ in row[1:]))
        return [
            Cell(self._paragraphs([told], look_, second=SOFT), None if n else first)
            for n, (told, look_) in enumerate(zip(row, looks, strict=True))
        ]


def _there(told: Told) -> list[tuple[int, Words]]:
    """What is said, each with which language it is: of a text that was parted, one may have come to its end before."""
    return [(n, text) for n, text in enumerate(told) if text or not any(told)]
