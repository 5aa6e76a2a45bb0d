"""What stands on a card of a picture, as a label of Graphviz. Every text of people is escaped here, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Final

from cadre.framework import look
from cadre.framework.graph import Graph, Key, Mark, Node, Told
from cadre.framework.look import Hue

WIDE: Final = 204
"""How wide what stands on a card is at least, in points: cards of one column are as wide as each other."""
SLIM: Final = 0.74
"""So much of it a card of a narrow picture has."""
COUNCILS: Final = frozenset({"council", "joint_council", "deputy_ministers_table"})
LISTS: Final = frozenset({"people", "mandate", "meetings", "decisions", "workplan", "recommendations", "referrals"})
"""Cards that have a heading and what stands under it."""
HEADS: Final = frozenset({"quarter", "lane"})
"""What a row or column of a table is of."""
_PROPOSED: Final = "proposed"
_WHITE: Final = look.PAPER
_BREAK: Final = '<BR ALIGN="LEFT"/>'
_INDENT: Final = "\u00a0\u00a0\u00a0"


@dataclass(frozen=True, slots=True)
class Card:
    """How a node is drawn: its label, and the attributes of its outline."""

    label: str
    fill: str
    line: str
    width: float = 1.0
    dashed: bool = False


def card(node: Node, hue: Hue, wide: float = WIDE, slim: float = 1.0) -> Card:
    """A node as it is drawn. ``wide``: what stands on it, in points; ``slim``: how much of its usual breadth a line of text has."""
    dashed = node.state == _PROPOSED
    if node.kind in COUNCILS:
        return Card(_council(node, wide, slim), hue.deep, hue.deep, dashed=dashed)
    if node.kind == "priority":
        return Card(_priority(node, hue, wide, slim), hue.tint, hue.deep, 1.5, dashed=dashed)
    if node.kind in HEADS:
        return Card(_head(node, wide, slim), "none", "none")
    if node.kind in LISTS:
        return Card(_list(node, hue, wide, slim), look.PANEL, look.FAINT)
    quiet = node.state in ("dormant", "sunset")
    return Card(
        _group(node, hue, wide, slim),
        look.PANEL if quiet else look.PAPER,
        look.SOFT if dashed else look.LINE,
        1.2 if dashed else 1.0,
        dashed,
    )


# ---------------------------------------------------------------- pieces


def escaped(text: str) -> str:
    """For a label: no sign is left that HTML or Graphviz takes for anything but itself, a backslash included."""
    return escape(text).replace("\\", "&#92;&#92;")


def text(lines: Iterable[str], size: float, color: str, *, bold: bool = False) -> str:
    """Lines of text."""
    broken = "".join(f"{escaped(line)}{_BREAK}" for line in lines)
    return f'<FONT POINT-SIZE="{size:g}" COLOR="{color}">{f"<B>{broken}</B>" if bold else broken}</FONT>'


def cell(content: str, extra: str = "") -> str:
    """A cell whose text begins at the left."""
    return f'<TD ALIGN="LEFT" BALIGN="LEFT" {extra}>{content}</TD>'


def row(*cells: str) -> str:
    """Cells side by side."""
    return f"<TR>{''.join(cells)}</TR>"


def table(rows: Iterable[str], extra: str = "") -> str:
    """Rows, without lines or gaps."""
    return f'<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0" {extra}>{"".join(rows)}</TABLE>'


def told(words: Told, ems: float, size: float, color: str, *, bold: bool = False, second: str | None = None) -> Iterator[str]:
    """Rows: a text in each language, the second in a quieter colour."""
    for number, one in enumerate(words or ("",)):
        quiet = number > 0
        yield row(cell(text(look.wrapped(one, ems), size, second if quiet and second else color, bold=bold and not quiet)))


def _width(points: float) -> str:
    return f'WIDTH="{int(points)}"'


def _gap(points: int) -> str:
    return f'<TD WIDTH="{points}"></TD>'


def _space(points: int) -> str:
    return f'<TR><TD HEIGHT="{points}"></TD></TR>'


def _marks(marks: Iterable[Mark], ems: float, color: str | None = None) -> Iterator[str]:
    """A sign, and words beside it."""
    for mark in marks:
        tint = color or look.TINTS.get(mark.kind, look.SOFT)
        for number, words in enumerate(mark.text):
            first, *others = look.wrapped(words, ems - 2)
            sign = mark.shape if not number else _INDENT
            yield row(cell(text([f"{sign}\u00a0{first}", *(f"{_INDENT}\u00a0{line}" for line in others)], 8.5, tint)))


# ---------------------------------------------------------------- cards

_NAME: Final = 17.0
"""How broad the name on a card may be, in ems of its size."""
_MORE: Final = 21.0
"""The same of what is smaller."""


def _group(node: Node, hue: Hue, wide: float, slim: float) -> str:
    """A bar in the hue of its council; its name; in that hue the council, with its kind; what is told and to be seen of it."""
    rows = [*told(node.name, _NAME * slim, 11, look.INK, bold=True, second=look.SOFT), _space(3)]
    for number, line in enumerate(node.lines):
        badge = node.badge if not number else ()
        rows += _with_badge(line, badge, hue, slim)
    rows += _marks(node.marks, _MORE * slim)
    bar = f'<TD WIDTH="5" BGCOLOR="{hue.deep}"></TD>'
    return table([row(bar, _gap(8), cell(table(rows), _width(wide - 13)))])


def _with_badge(line: Told, badge: Told, hue: Hue, slim: float) -> Iterator[str]:
    """A line, and before it the council that a group comes to, in its hue."""
    for number, words in enumerate(line):
        council = look.clean(badge[min(number, len(badge) - 1)]) if badge else ""
        before = text([council], 8.5, hue.deep, bold=True).replace(_BREAK, "\u00a0\u00a0") if council else ""
        broad = look.breadth(council) + 1 if council else 0.0
        if council and broad + look.breadth(words) > _MORE * slim:  # each on its own line
            yield row(cell(text(look.wrapped(council, _MORE * slim), 8.5, hue.deep, bold=True)))
            before, broad = "", 0.0
        yield row(cell(before + text(look.wrapped(words, _MORE * slim - broad), 8.5, look.SOFT)))


def _council(node: Node, wide: float, slim: float) -> str:
    rows: list[str] = []
    if node.badge:
        rows += told(node.badge, _NAME * slim, 17, _WHITE, bold=True)
        rows.append(_space(2))
    rows += told(node.name, _NAME * slim, 10.5, _WHITE, bold=not node.badge)
    for line in node.lines:
        rows += [_space(2), *told(line, _MORE * slim, 8.5, _WHITE)]
    rows += _marks(node.marks, _MORE * slim, _WHITE)
    return table(rows, _width(wide))


def _priority(node: Node, hue: Hue, wide: float, slim: float) -> str:
    rows = [*told(node.name, (_NAME - 3) * slim, 13, look.INK, bold=True, second=look.SOFT)]
    for line in node.lines:
        rows += [_space(2), *told(line, (_MORE - 3) * slim, 9, look.INK, second=look.SOFT)]
    rows += _marks(node.marks, (_MORE - 3) * slim)
    cells = [] if node.number is None else [cell(_disc(str(node.number), hue), 'VALIGN="TOP"'), _gap(9)]
    return table([row(*cells, cell(table(rows), _width(wide - 37 if cells else wide)))])


def _disc(number: str, hue: Hue) -> str:
    size = 'FIXEDSIZE="TRUE" WIDTH="28" HEIGHT="28"'
    inner = row(f"<TD {size}>{text([number], 14, _WHITE, bold=True).replace(_BREAK, '')}</TD>")
    return table([inner], f'STYLE="ROUNDED" BGCOLOR="{hue.deep}" VALIGN="TOP" {size}')


def _list(node: Node, hue: Hue, wide: float, slim: float) -> str:
    rows = [*told(node.name, _NAME * slim, 9, hue.deep, bold=True, second=hue.deep), _space(2)]
    for line in node.lines:
        rows += told(line, _MORE * slim, 9, look.INK, second=look.SOFT)
    rows += _marks(node.marks, _MORE * slim)
    return table(rows, _width(wide))


def _head(node: Node, wide: float, slim: float) -> str:
    return table(told(node.name, _NAME * slim, 11, look.INK, bold=True, second=look.SOFT), _width(wide))


# ---------------------------------------------------------------- around the picture


def title(graph: Graph) -> str:
    """What the picture is, of which day, and what is proposed of it; nothing for one whose title stands around it."""
    if not graph.title:
        return table([_space(1)])
    broad = (17.0, 38.0) if graph.narrow else (60.0, 110.0)
    rows = [*told(graph.title, broad[0], 22, look.INK, bold=True, second=look.SOFT), _space(2)]
    for line in graph.subtitle:
        rows += told(line, broad[1], 10.5, look.SOFT)
    return table([*rows, _space(14)])


def heading(words: Told, *, narrow: bool = False) -> str:
    """What a frame holds."""
    if not words:
        return table([_space(1)])
    return table([*told(words, 28 if narrow else 80, 12, look.INK, bold=True, second=look.SOFT), _space(6)])


def label(words: Told) -> str:
    """What is said beside a line."""
    return table(told(words, 20, 8, look.SOFT))


def legend(graph: Graph) -> str:
    """What each line means, then what each shape, outline and sign means."""
    if graph.narrow:
        return _listed_legend(graph.legend)
    lines = [key for key in graph.legend if key.of == "edge"]
    signs = [keys for of in (("kind",), ("state", "mark")) if (keys := [key for key in graph.legend if key.of in of])]
    rows = [row(cell(_signs(keys))) for keys in signs]
    if lines:
        broad = max((_broad(keys, _SIGN) for keys in signs), default=0.0) - _broad(lines, _LINE)
        pieces = [piece for key in lines for piece in (cell(_stroke(key)), _gap(6), cell(_words(key)), _gap(20))]
        rows.insert(0, row(cell(table([row(*pieces, _gap(max(1, round(broad))))]))))  # what is narrower is drawn apart
    return table([_space(14), *(piece for each in rows for piece in (each, _space(3)))])


def _listed_legend(keys: Iterable[Key]) -> str:
    """The same, one below the other."""
    given = tuple(keys)
    broad = max((_broad([key], _LINE) for key in given), default=0.0)
    rows = []
    for key in given:
        if key.of == "edge":  # what is narrower than its table is drawn apart
            rest = _gap(max(1, round(broad - _broad([key], _LINE))))
            rows.append(row(cell(table([row(cell(_stroke(key)), _gap(6), cell(_words(key)), rest)]))))
        else:
            rows.append(row(cell(_signs([key]))))
    return table([_space(8), *(piece for each in rows for piece in (each, _space(3)))])


_SIGN, _LINE = 32.0, 66.0
"""How broad a sign or line of the legend is, with what parts it from the next, in points."""


def _broad(keys: Iterable[Key], each: float) -> float:
    """About how broad these are side by side, in points."""
    return sum(each + 9 * look.breadth(" / ".join(key.text)) for key in keys)


def _words(key: Key) -> str:
    return text([" / ".join(look.clean(words) for words in key.text)], 9, look.SOFT)


def _signs(keys: Iterable[Key]) -> str:
    """Signs and what they mean, on one line."""
    told_ = (f"{text([key.shape], 10, look.TINTS.get(key.kind, look.SOFT), bold=True)}&#160;&#160;{_words(key)}" for key in keys)
    return "&#160;&#160;&#160;&#160;&#160;".join(told_).replace(_BREAK, "") + _BREAK


def _stroke(key: Key) -> str:
    stroke = look.STROKES.get(key.kind, look.PLAIN)
    end = cell(text([look.ENDS[stroke.end]], 9, look.SOFT)) if stroke.end else ""
    sides, high = ("TB", 3) if stroke.double else ("B", 1)
    drawn = f'BORDER="{max(1, round(stroke.width))}" SIDES="{sides}" STYLE="{stroke.style.upper()}" COLOR="{stroke.color or look.INK}"'
    return table([row(f'<TD {drawn} WIDTH="36" HEIGHT="{high}"></TD>', end), _space(4)])
