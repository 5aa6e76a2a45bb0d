"""How much of a slide fits on one: sizes of letters, and long lists parted over several. Measured, so that no text ever runs over.

All lengths are in points; a slide is 960 by 540 of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, TypeAlias, TypeVar

from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.framework.graph import Told
from cadre.framework.measuring import LEADING, lines, parted
from cadre.framework.slides import Block, Bullets, Picture, Prose, Slide, Table, Tiles, Timeline, Tongue

WIDE: Final = 960.0
HIGH: Final = 540.0
LEFT: Final = 48.0
ACROSS: Final = WIDE - 2 * LEFT
BOTTOM: Final = 492.0
TITLE: Final = (42.0, 74.0)
"""Where a title begins, and how high it may be."""
_BELOW_TITLE: Final = 20.0
TOP: Final = TITLE[0] + TITLE[1] + _BELOW_TITLE
"""Where the text of a slide begins at the latest."""
BADGE: Final = 132.0
"""How broad the badge beside it is."""
SPACE: Final = 14.0
"""Between blocks."""
CELL: Final = (7.0, 4.5)
"""Around the text of a cell: at its sides, above and below."""
PICTURE_WIDE: Final = ACROSS + 24
"""How broad a picture may be, whose edges nothing stands on."""
TILE_GAP: Final = 6.0
"""Between two rows of tiles."""
INDENT: Final = 22.0
FOOTNOTE: Final = 11.0
PER_ROW: Final = {Timeline: 6, Tiles: 3}
_TITLES: Final = (28.0, 26.0, 24.0, 22.0, 20.0, 18.0, 16.0, 14.0, 12.0)
_MOST_FOOTNOTES: Final = 84.0
_LEAST_PICTURE: Final = 240.0


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes of letters: of texts and lists, and of tables."""

    text: float
    table: float

    def of(self, block: Block) -> float:
        """That of a block."""
        if isinstance(block, Prose) and block.weight != "plain":
            return self.text + 4 if block.weight == "large" else max(FOOTNOTE + 1, self.text - 6)
        return self.table if isinstance(block, Table | Tiles | Timeline) else self.text


SIZES: Final = (Sizes(24, 18), Sizes(24, 16), Sizes(22, 15), Sizes(20, 14), Sizes(18, 14), Sizes(18, 13), Sizes(16, 12), Sizes(14, 11))
"""The largest with which all fits on one slide is taken."""
PARTED: Final = Sizes(16, 12)
"""With which it is parted where none does."""


@dataclass(frozen=True, slots=True)
class Box:
    """A block, or as much of it as stands on one page: where, and in which size."""

    block: Block
    top: float
    high: float
    size: float


@dataclass(frozen=True, slots=True)
class Page:
    """A slide of the deck as it is drawn. ``title_size``: in points; ``heading``: the title with which of how many it is."""

    slide: Slide
    heading: Told
    title_size: float
    boxes: tuple[Box, ...]
    footnotes: tuple[Told, ...]
    number: int

    @property
    def notes(self) -> tuple[Told, ...]:
        """What the speaker is told of it: of the slide, and of the rows that stand on this page."""
        tables = [box.block for box in self.boxes if isinstance(box.block, Table)]
        return tuple(dict.fromkeys((*self.slide.notes, *(each for table in tables for some in table.notes for each in some))))


def pages(slides: Iterable[Slide], tongue: Tongue) -> Iterator[Page]:
    """All pages of a deck, numbered from 1 on."""
    number = 0
    for slide in slides:
        for page in _of(slide, tongue):
            number += 1
            yield replace(page, number=number)


def _of(slide: Slide, tongue: Tongue) -> Iterator[Page]:
    if slide.style != "plain":
        yield Page(slide, slide.title, 0, tuple(Box(block, 0, 0, 0) for block in slide.blocks), slide.footnotes, 0)
        return
    notes, blocks = slide.footnotes, slide.blocks
    below = footnotes_high(notes)
    if below > _MOST_FOOTNOTES:
        notes, blocks, below = (), (*blocks, Prose(notes, "quiet")), 0.0
    top = _top(tongue.say(partial(_part, slide.title, tongue, _MANY, _MANY)), badge=bool(slide.badge))
    bottom = BOTTOM - (below + SPACE if notes else 0)
    if blocks and all(isinstance(block, Picture) for block in blocks):
        top, bottom = top - _CLOSER, bottom + _CLOSER
    found = _fitted(blocks, top, bottom - top)
    for n, boxes in enumerate(found, 1):
        heading = slide.title if len(found) == 1 else tongue.say(partial(_part, slide.title, tongue, n, len(found)))
        yield Page(slide, heading, title_size(heading, badge=bool(slide.badge)), tuple(boxes), notes, 0)


def _part(title: Told, tongue: Tongue, n: int, all_: int, reader: Reader) -> Words:
    return reader.gettext("{title} ({at} of {all})", title=tongue.in_(title, reader), at=n, all=all_)


_MANY: Final = 9
_CLOSER: Final = 12.0
"""So much nearer to title and foot a picture stands, which has edges of its own."""


def _top(title: Told, *, badge: bool) -> float:
    """Where the text below a title begins."""
    size = title_size(title, badge=badge)
    return TITLE[0] + _title_lines(title, size, badge=badge) * size * LEADING + _BELOW_TITLE


def title_size(title: Told, *, badge: bool) -> float:
    """The largest size in which a title keeps within its place."""
    return next((size for size in _TITLES if _title_lines(title, size, badge=badge) * size * LEADING <= TITLE[1]), _TITLES[-1])


def _title_lines(title: Told, size: float, *, badge: bool) -> int:
    within = ACROSS - (BADGE + SPACE if badge else 0)
    return sum(lines(each, size, within, bold=True) for each in title)


def footnotes_high(notes: Sequence[Told]) -> float:
    """How high footnotes are."""
    return sum(_high(each, FOOTNOTE, ACROSS) for each in notes) + 2 * len(notes)


def _fitted(blocks: Sequence[Block], top: float, room: float) -> list[list[Box]]:
    for sizes in SIZES:
        found = _parted(blocks, sizes, top, room)
        if len(found) == 1:
            return found
    found = _parted(blocks, PARTED, top, room)
    for share in (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95):  # all pages about equally full
        even = _parted(blocks, PARTED, top, room, full=room * share)
        if len(even) == len(found):
            return even
    return found


def _parted(blocks: Sequence[Block], sizes: Sizes, top: float, room: float, full: float | None = None) -> list[list[Box]]:
    """The pages that blocks take: each goes on where the one before ends, and on the next page where there is no more room.

    ``full``: how much of the room of a page is taken before it counts as full.
    """
    found: list[list[Box]] = [[]]
    used = 0.0
    for at, whole in enumerate(blocks):
        size = sizes.of(whole)
        block = _in_pieces(whole, size, room)
        pieces, start = _pieces(block, size, room), 0
        follower = _least(blocks[at + 1], sizes, room) if at + 1 < len(blocks) and isinstance(block, Prose) else 0.0
        while start < len(pieces):
            space = SPACE if found[-1] else 0.0
            left = (full or room) - used - space - _head(block, size)
            end = _so_many(pieces, start, left)
            last = end == len(pieces)
            if found[-1] and (end == start or (last and follower and sum(pieces[start:end]) + follower > left)):
                found.append([])
                used = 0.0
                continue
            end = max(end, start + 1)
            high = _head(block, size) + sum(pieces[start:end])
            found[-1].append(Box(_cut(block, start, end), top + used + space, high, size))
            used += space + high
            start = end
    return found


def _so_many(pieces: Sequence[float], start: int, left: float) -> int:
    end = start
    while end < len(pieces) and pieces[end] <= left:
        left -= pieces[end]
        end += 1
    return end


def _least(block: Block, sizes: Sizes, room: float) -> float:
    """What must stand on the page on which the text before it does."""
    size = sizes.of(block)
    return SPACE + _head(block, size) + next(iter(_pieces(_in_pieces(block, size, room), size, room)), 0.0)


def _head(block: Block, size: float) -> float:
    if not isinstance(block, Table) or not any(column.heading for column in block.columns):
        return 0.0
    return row_high(tuple(column.heading for column in block.columns), block, size, bold=True)


def _pieces(block: Block, size: float, room: float) -> list[float]:
    """The heights of what a block can be parted into."""
    match block:
        case Prose(paragraphs):
            return [_high(each, size, ACROSS) + size * 0.5 for each in paragraphs]
        case Bullets(items):
            return [_high(each, size, ACROSS - INDENT) + size * 0.5 for each in items]
        case Table(rows=rows):
            return [row_high(row, block, size) for row in rows]
        case Tiles(items=items):
            return _alike([_tile_high(row, size) + TILE_GAP for row in in_rows(items, Tiles)])
        case Timeline(points=points):
            return _alike([_point_high(row, size) for row in in_rows(points, Timeline)])
        case Picture():
            return [min(room, max(_LEAST_PICTURE, PICTURE_WIDE * block.high / block.wide))]


def _alike(heights: Sequence[float]) -> list[float]:
    """Rows that are all as high as the highest of them."""
    return [max(heights)] * len(heights) if heights else []


def _cut(block: Block, start: int, end: int) -> Block:
    match block:
        case Prose(paragraphs):
            return replace(block, paragraphs=paragraphs[start:end])
        case Bullets(items):
            return replace(block, items=items[start:end], numbers=block.signs[start:end])
        case Table(rows=rows):
            return replace(block, rows=rows[start:end], notes=block.notes[start:end])
        case Tiles(items=items):
            n = PER_ROW[Tiles]
            return replace(block, items=items[start * n : end * n])
        case Timeline(points=points):
            n = PER_ROW[Timeline]
            return replace(block, points=points[start * n : end * n])
        case Picture():
            return block


def _in_pieces(block: Block, size: float, room: float) -> Block:
    """A block none of whose pieces is higher than a page: longer texts are parted where their lines are."""
    most = int((room - _head(block, size)) / (size * LEADING)) - 2
    match block:
        case Prose(paragraphs):
            return replace(block, paragraphs=tuple(_short(paragraphs, size, ACROSS, most)))
        case Bullets(items):
            pieces = [(number, list(_short([told], size, ACROSS - INDENT, most))) for number, told in zip(block.signs, items, strict=True)]
            numbers = tuple(None if n else number for number, parts in pieces for n in range(len(parts)))
            return replace(block, items=tuple(each for _number, parts in pieces for each in parts), numbers=numbers)
        case Table(rows=rows):
            made = [list(_short_rows(row, block, size, most)) for row in rows]
            notes = tuple(() if n else own for own, parts in zip(block.notes, made, strict=False) for n in range(len(parts)))
            return replace(block, rows=tuple(each for parts in made for each in parts), notes=notes)
        case _:
            return block


def _short(texts: Iterable[Told], size: float, within: float, most: int, *, bold: bool = False) -> Iterator[Told]:
    for told in texts:
        if sum(lines(each, size, within, bold=bold) for each in told) <= most:
            yield told
        else:
            parts = [parted(each, size, within, max(1, most // len(told)), bold=bold) for each in told]
            nothing = Words.verbatim("")  # keeps the place, and so the language, of what is left of the longer one
            yield from (tuple(part[n] if n < len(part) else nothing for part in parts) for n in range(max(map(len, parts))))


Row: TypeAlias = tuple[Told, ...]


def _short_rows(row: Row, table: Table, size: float, most: int) -> Iterator[Row]:
    """A row, or as many of them as it takes."""
    places = enumerate(zip(row, inner_widths(table), strict=True))
    cells = [list(_short([told], size, wide, most, bold=n == 0 and table.row_heads)) for n, (told, wide) in places]
    yield from (tuple(cell[n] if n < len(cell) else () for cell in cells) for n in range(max(map(len, cells))))


T = TypeVar("T")


def in_rows(items: Sequence[T], kind: type) -> list[tuple[T, ...]]:
    """Tiles, or points of a timeline, as they stand in rows."""
    n = PER_ROW[kind]
    return [tuple(items[at : at + n]) for at in range(0, len(items), n)]


def tile_wide(kind: type) -> float:
    """How broad one of them is, with the space at its sides."""
    return ACROSS / PER_ROW[kind]


def _tile_high(row: Sequence[Told], size: float) -> float:
    return max(_high(each, size, tile_wide(Tiles) - 36) for each in row) + 12


def _point_high(row: Sequence[tuple[Told, Told]], size: float) -> float:
    within = tile_wide(Timeline) - 10
    return 26 + max(_high(place, size + 2, within, bold=True) + _high(when, size, within) for place, when in row) + 8


def widths(table: Table) -> list[float]:
    """How broad the columns of a table are."""
    whole = sum(column.share for column in table.columns)
    return [ACROSS * column.share / whole for column in table.columns]


def inner_widths(table: Table) -> list[float]:
    """How broad the texts in them may be."""
    return [each - 2 * CELL[0] for each in widths(table)]


def row_high(row: Row, table: Table, size: float, *, bold: bool = False) -> float:
    """How high a row is; a first cell that says what the row is of is bold."""
    cells = zip(row, inner_widths(table), strict=True)
    return max(_high(told, size, wide, bold=bold or (n == 0 and table.row_heads)) for n, (told, wide) in enumerate(cells)) + 2 * CELL[1]


def _high(told: Told, size: float, within: float, *, bold: bool = False) -> float:
    return max(1, sum(lines(each, size, within, bold=bold) for each in told)) * size * LEADING
