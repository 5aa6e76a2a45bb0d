"""The parts of a slide as PresentationML: the library that writes the file has no way to a text's language, nor to a cell's borders.

Lengths are in points. Source: ECMA-376, part 1, chapters 19 to 21.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias
from xml.sax.saxutils import escape, quoteattr

from cadre.core.text import printable

EMU: Final = 12_700
"""In a point."""
Place: TypeAlias = tuple[float, float, float, float]
"""Left, top, breadth and height."""
_SPACES: Final = {
    "xmlns:a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "xmlns:r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "xmlns:p": "http://schemas.openxmlformats.org/presentationml/2006/main",
}
_DECORATIVE: Final = "http://schemas.microsoft.com/office/drawing/2017/decorative"
_TABLE: Final = "http://schemas.openxmlformats.org/drawingml/2006/table"
_SLIDE_NUMBER: Final = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"


def el(tag: str, attributes: dict[str, object] | None = None, *inside: str) -> str:
    """An element. An attribute of None is left out."""
    given = "".join(f" {name}={quoteattr(printable(str(value)))}" for name, value in (attributes or {}).items() if value is not None)
    return f"<{tag}{given}>{''.join(inside)}</{tag}>" if inside else f"<{tag}{given}/>"


def parsed(tag: str, attributes: dict[str, object] | None = None, *inside: str) -> Any:
    """The same, ready to be put into a slide."""
    from pptx.oxml import parse_xml  # noqa: PLC0415  # 0.2 s, which whoever makes no deck does without

    return parse_xml(el(tag, {**_SPACES, **(attributes or {})}, *inside))


def fill(colour: str | None) -> str:
    """One colour all over, as "1F4E79"; None: nothing."""
    return el("a:solidFill", None, el("a:srgbClr", {"val": colour})) if colour else el("a:noFill")


def line(colour: str | None, wide: float = 0.75) -> str:
    """An edge."""
    return el("a:ln", {"w": round(wide * EMU)} if colour else None, fill(colour))


def frame(at: Place, tag: str = "a:xfrm") -> str:
    """Where something stands."""
    left, top, wide, high = (round(each * EMU) for each in at)
    return el(tag, None, el("a:off", {"x": left, "y": top}), el("a:ext", {"cx": wide, "cy": high}))


def form(name: str = "rect", *, roundness: int | None = None) -> str:
    """A shape by its name. ``roundness``: of its corners, in hundred-thousandths of its height."""
    guide = (el("a:gd", {"name": "adj", "fmla": f"val {roundness}"}),) if roundness is not None else ()
    return el("a:prstGeom", {"prst": name}, el("a:avLst", None, *guide))


@dataclass(frozen=True, slots=True)
class Look:
    """How a text looks, where it is not as its place says: ``size`` in points, ``colour`` as "1F4E79"."""

    size: float | None = None
    colour: str | None = None
    bold: bool | None = None

    @property
    def attributes(self) -> dict[str, object]:
        """Of a run."""
        return {"sz": round(self.size * 100) if self.size else None, "b": int(self.bold) if self.bold is not None else None}


PLAIN: Final = Look()


def run_properties(language: str, look: Look = PLAIN, tag: str = "a:rPr") -> str:
    """The language of a text, and what it looks like."""
    inside = (fill(look.colour), el("a:latin", {"typeface": "+mn-lt"})) if look.colour else ()
    return el(tag, {"lang": language, **look.attributes}, *inside)


def runs(text: str, language: str, look: Look = PLAIN) -> str:
    """A text of one or several lines, marked with its language: a screen reader changes its voice by that."""
    properties = run_properties(language, look)
    held = [el("a:r", None, properties, el("a:t", None, escape(printable(each)))) for each in text.split("\n") if each]
    return el("a:br", None, properties).join(held) or run_properties(language, look, "a:endParaRPr")


def paragraph(inside: str, *, after: float = 0, sign: str | None = None, indent: tuple[float, float] = (0, 0), align: str = "l") -> str:
    """A paragraph. ``after``: space below it; ``sign``: of a list, None for none; ``indent``: of the paragraph, and of its first line."""
    left, first = (round(each * EMU) for each in indent)
    spaces = [el(tag, None, el("a:spcPts", {"val": round(space * 100)})) for tag, space in (("a:spcBef", 0), ("a:spcAft", after))]
    properties = el("a:pPr", {"marL": left, "indent": first, "algn": align}, *spaces, sign or el("a:buNone"))
    return el("a:p", None, properties, inside)


def bullet(colour: str, number: int | None = None) -> str:
    """The sign before an item of a list, or its number."""
    sign = el("a:buChar", {"char": "•"}) if number is None else el("a:buAutoNum", {"type": "arabicPeriod", "startAt": number})
    return "".join((el("a:buClr", None, el("a:srgbClr", {"val": colour})), el("a:buFont", {"typeface": "Arial"}), sign))


def slide_number(language: str, number: int | str = "‹#›", look: Look = PLAIN) -> str:
    """The number of the slide, kept right by the program that shows it."""
    properties = run_properties(language, look)
    field = el("a:fld", {"id": _SLIDE_NUMBER, "type": "slidenum"}, properties, el("a:t", None, str(number)))
    return el("a:p", None, el("a:pPr", {"algn": "r"}), field)


def _named(id_: int, name: str, inside: str = "", *, description: str | None = None) -> str:
    return el("p:cNvPr", {"id": id_, "name": name, "descr": description}, *([inside] if inside else []))


def placeholder(
    id_: int, name: str, kind: str, text: str, *, index: int | None = None, at: Place | None = None, shape: str = "", body: str = ""
) -> tuple[str, None, str, str, str]:
    """A text in a place that the layout has for it, or, on a layout, that place. ``body``: what its texts look like, on a layout."""
    about = el(
        "p:nvSpPr",
        None,
        _named(id_, name),
        el("p:cNvSpPr", None, el("a:spLocks", {"noGrp": 1})),
        el("p:nvPr", None, el("p:ph", {"type": kind, "idx": index})),
    )
    where = frame(at) + ("" if shape else form()) if at else ""
    return "p:sp", None, about, el("p:spPr", None, where, shape), el("p:txBody", None, body or _autofit(), text)


def _autofit() -> str:
    return el("a:bodyPr", None, el("a:normAutofit")) + el("a:lstStyle")


def text_box(
    id_: int,
    name: str,
    at: Place,
    text: str,
    *,
    anchor: str = "t",
    ground: str | None = None,
    edge: str | None = None,
    inset: float = 0,
    roundness: int = 12_000,
) -> tuple[str, None, str, str, str]:
    """A text of its own; on a ground with round corners where it has one."""
    about = el("p:nvSpPr", None, _named(id_, name), el("p:cNvSpPr", {"txBox": 1}), el("p:nvPr"))
    outline = form("roundRect", roundness=roundness) if ground else form()
    inside = round(inset * EMU)
    properties = el(
        "a:bodyPr", {"wrap": "square", "lIns": inside, "tIns": 0, "rIns": inside, "bIns": 0, "anchor": anchor}, el("a:noAutofit")
    )
    return (
        "p:sp",
        None,
        about,
        el("p:spPr", None, frame(at), outline, fill(ground), line(edge)),
        el("p:txBody", None, properties, el("a:lstStyle"), text),
    )


def surface(id_: int, at: Place, colour: str, outline: str = "rect") -> tuple[str, None, str, str, str]:
    """A surface of one colour that says nothing: screen readers pass it by."""
    mark = el("adec:decorative", {"xmlns:adec": _DECORATIVE, "val": 1})
    decorative = el("a:extLst", None, el("a:ext", {"uri": "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"}, mark))
    about = el("p:nvSpPr", None, _named(id_, "Surface", decorative), el("p:cNvSpPr"), el("p:nvPr"))
    nothing = el("p:txBody", None, el("a:bodyPr"), el("a:lstStyle"), el("a:p", None, el("a:endParaRPr", {"lang": "en-CA"})))
    return "p:sp", None, about, el("p:spPr", None, frame(at), form(outline), fill(colour), line(None)), nothing


def picture(id_: int, at: Place, link: str, description: str) -> tuple[str, None, str, str, str]:
    """A picture, by its relation to the slide, with all that it shows in words."""
    about = el(
        "p:nvPicPr",
        None,
        _named(id_, "Picture", description=description),
        el("p:cNvPicPr", None, el("a:picLocks", {"noChangeAspect": 1})),
        el("p:nvPr"),
    )
    content = el("p:blipFill", None, el("a:blip", {"r:embed": link}), el("a:stretch", None, el("a:fillRect")))
    return "p:pic", None, about, content, el("p:spPr", None, frame(at), form())


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its paragraphs, and its ground."""

    text: str
    ground: str | None = None


def table(
    id_: int,
    at: Place,
    description: str,
    widths: Sequence[float],
    rows: Sequence[tuple[float, Sequence[Cell]]],
    *,
    headed: bool,
    row_heads: bool,
    margins: tuple[float, float],
    rule: str,
) -> tuple[str, None, str, str, str]:
    """A table, its rows with their heights. ``margins``: at the sides of a cell's text, and above and below; ``rule``: below each row."""
    about = el(
        "p:nvGraphicFramePr",
        None,
        _named(id_, "Table", description=description),
        el("p:cNvGraphicFramePr", None, el("a:graphicFrameLocks", {"noGrp": 1})),
        el("p:nvPr"),
    )
    sides, above = (round(each * EMU) for each in margins)
    edges = "".join(el(f"a:ln{side}", {"w": 0}, fill(None)) for side in "LRT") + el("a:lnB", {"w": round(0.75 * EMU)}, fill(rule))

    def cell(each: Cell) -> str:
        properties = el("a:tcPr", {"marL": sides, "marR": sides, "marT": above, "marB": above, "anchor": "t"}, edges, fill(each.ground))
        return el("a:tc", None, el("a:txBody", None, el("a:bodyPr"), el("a:lstStyle"), each.text), properties)

    held = [el("a:tr", {"h": round(high * EMU)}, *map(cell, cells)) for high, cells in rows]
    grid = el("a:tblGrid", None, *(el("a:gridCol", {"w": round(each * EMU)}) for each in widths))
    made = el("a:tbl", None, el("a:tblPr", {"firstRow": int(headed), "firstCol": int(row_heads)}), grid, *held)
    return "p:graphicFrame", None, about, frame(at, "p:xfrm"), el("a:graphic", None, el("a:graphicData", {"uri": _TABLE}, made))
