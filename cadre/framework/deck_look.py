"""How a deck looks: its colours, its type face, and layouts with real places for title, text and slide number."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from typing import Any, Final, TypeAlias

from cadre.framework import look
from cadre.framework.deck_pages import ACROSS, BOTTOM, HIGH, LEFT, TITLE, TOP, WIDE
from cadre.framework.deck_xml import EMU, Place, bullet, el, fill, parsed, placeholder, slide_number, surface

FACE: Final = "Arial"


def _hex(colour: str) -> str:
    """As a slide writes a colour: "1F4E79"."""
    return colour.removeprefix("#").upper()


NAVY: Final = _hex(look.HUES[0].deep)
TINT: Final = _hex(look.HUES[0].tint)
TEAL: Final = _hex(look.HUES[2].deep)
INK: Final = _hex(look.INK)
SOFT: Final = _hex(look.SOFT)
LINE: Final = _hex(look.LINE)
PANEL: Final = _hex(look.PANEL)
WARN: Final = _hex(look.WARN)
PAPER: Final = _hex(look.PAPER)
WARM: Final = "FBF3E6"
_PALE: Final = "DCE8F3"
_SKY: Final = "7FB2DD"
SECTION: Final = 13
FOOT: Final = 10.0
"""Size of what stands at the foot."""
FOOTER: Final = 11
NUMBER: Final = 12
"""The places of a layout by their numbers: the text itself is 1."""
_SCHEME: Final = {
    "dk1": INK, "lt1": PAPER, "dk2": NAVY, "lt2": TINT, "accent1": NAVY, "accent2": TEAL, "accent3": WARN,
    "accent4": _hex(look.HUES[1].deep), "accent5": _hex(look.HUES[4].deep), "accent6": _hex(look.HUES[6].deep),
    "hlink": "0B5394", "folHlink": _hex(look.HUES[1].deep),
}  # fmt: skip
_TITLE: Final[Place] = (LEFT, TITLE[0], ACROSS, TITLE[1])
_BODY: Final[Place] = (LEFT, TOP, ACROSS, BOTTOM - TOP)
_EMPTY: Final = el("a:p", None, el("a:endParaRPr", {"lang": "en-CA"}))
_KINDS: Final = {"cover": "title", "divider": "secHead", "plain": "obj"}
"""What PowerPoint calls such layouts."""
_Shape: TypeAlias = tuple[str, None, str, str, str]


@cache
def template() -> bytes:
    """An empty presentation on these layouts, in the order of ``LAYOUTS``."""
    from pptx import Presentation  # noqa: PLC0415  # 0.2 s, which whoever makes no deck does without
    from pptx.util import Emu  # noqa: PLC0415  # as above

    deck = Presentation()
    deck.slide_width, deck.slide_height = Emu(round(WIDE * EMU)), Emu(round(HIGH * EMU))
    master = deck.slide_master
    for layout in list(master.slide_layouts)[len(LAYOUTS) :]:
        master.slide_layouts.remove(layout)
    _theme(master)
    _styles(master)
    _put(master, "Cadre", _on_master())
    for layout, (name, shapes) in zip(master.slide_layouts, LAYOUTS.items(), strict=True):
        _put(layout, name, shapes)
        layout._element.set("type", _KINDS[name])  # noqa: SLF001  # as below
    kept = BytesIO()
    deck.save(kept)
    return kept.getvalue()


def _theme(master: Any) -> None:
    """The colours and the face, by which whoever edits the deck goes on."""
    from pptx.opc.constants import RELATIONSHIP_TYPE  # noqa: PLC0415  # as above

    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    colours = (el(f"a:{name}", None, el("a:srgbClr", {"val": value})) for name, value in _SCHEME.items())
    scheme = el("a:clrScheme", {"name": "Cadre"}, *colours)
    text = re.sub(r"<a:clrScheme .*?</a:clrScheme>", scheme, part.blob.decode(), flags=re.DOTALL)
    text = re.sub(r'(<a:(?:major|minor)Font>\s*<a:latin typeface=")[^"]*', rf"\g<1>{FACE}", text)
    part._blob = text.encode()  # noqa: SLF001  # the library has no other way to a theme


def _styles(master: Any) -> None:
    """What texts look like that whoever edits the deck adds."""
    held = master._element.find("{*}txStyles")  # noqa: SLF001  # as above
    title = el(
        "a:lvl1pPr", {"algn": "l"}, el("a:lnSpc", None, el("a:spcPct", {"val": 95_000})), _letters(28, NAVY, bold=True, face="+mj-lt")
    )
    body = [
        el(
            f"a:lvl{n}pPr",
            {"marL": 22 * n * EMU, "indent": -22 * EMU},
            el("a:spcBef", None, el("a:spcPts", {"val": 600})),
            bullet(TEAL),
            _letters(max(14, 22 - 2 * n), INK, face="+mn-lt"),
        )
        for n in range(1, 6)
    ]
    styles = el("p:titleStyle", None, title), el("p:bodyStyle", None, *body), el("p:otherStyle")
    held.getparent().replace(held, parsed("p:txStyles", None, *styles))


def _letters(size: float, colour: str, *, bold: bool = False, face: str | None = None) -> str:
    named = (el("a:latin", {"typeface": face}),) if face else ()
    return el("a:defRPr", {"sz": round(size * 100), "b": int(bold)}, fill(colour), *named)


def _put(holder: Any, name: str, shapes: tuple[_Shape, ...]) -> None:
    """What stands on the master or on a layout, in place of what the library's template has there."""
    element, tree = holder._element, holder.shapes._spTree  # noqa: SLF001  # as above
    for child in list(tree)[2:]:
        tree.remove(child)
    for shape in shapes:
        tree.append(parsed(*shape))
    element.cSld.set("name", name)
    for background in element.cSld.findall("{*}bg"):
        element.cSld.remove(background)


def _place(
    id_: int, name: str, kind: str, at: Place, *, index: int | None = None, anchor: str = "t", style: str | None = None, text: str = _EMPTY
) -> _Shape:
    """A place for a text. ``style``: what it looks like unless a slide says otherwise."""
    inset: dict[str, object] = dict.fromkeys(("lIns", "tIns", "rIns", "bIns"), 0)
    body = el("a:bodyPr", inset | {"anchor": anchor}, el("a:normAutofit")) + el("a:lstStyle", None, *([style] if style else []))
    return placeholder(id_, name, kind, text, index=index, at=at, body=body)


def _style(size: float, colour: str, *, bold: bool = False, align: str = "l") -> str:
    return el("a:lvl1pPr", {"marL": 0, "indent": 0, "algn": align}, el("a:buNone"), _letters(size, colour, bold=bold))


_FOOT: Final = (
    _place(20, "Footer", "ftr", (LEFT, 508, 640, 18), index=FOOTER, anchor="ctr", style=_style(10, SOFT)),
    _place(
        21,
        "Slide number",
        "sldNum",
        (WIDE - LEFT - 120, 508, 120, 18),
        index=NUMBER,
        anchor="ctr",
        style=_style(10, SOFT, align="r"),
        text=slide_number("en-CA"),
    ),
)


def _on_master() -> tuple[_Shape, ...]:
    return (surface(2, (0, 0, 14, HIGH), NAVY), _place(3, "Title", "title", _TITLE), _place(4, "Text", "body", _BODY, index=1), *_FOOT)


_ASIDE: Final = LEFT + 16
LAYOUTS: Final[dict[str, tuple[_Shape, ...]]] = {
    "cover": (
        surface(2, (0, 0, WIDE, HIGH), NAVY),
        surface(3, (_ASIDE, 292, 96, 5), _SKY),
        _place(4, "Title", "title", (_ASIDE, 110, ACROSS - 60, 166), anchor="b", style=_style(44, PAPER, bold=True)),
        _place(5, "Text", "body", (_ASIDE, 316, ACROSS - 60, 170), index=1, style=_style(18, _PALE)),
    ),
    "divider": (
        surface(2, (0, 0, WIDE, HIGH), TINT),
        surface(3, (0, 0, 14, HIGH), NAVY),
        surface(4, (_ASIDE, 300, 96, 5), TEAL),
        _place(5, "Title", "title", (_ASIDE, 150, ACROSS - 60, 136), anchor="b", style=_style(44, NAVY, bold=True)),
        *_FOOT,
    ),
    "plain": (
        _place(2, "Title", "title", _TITLE),
        _place(3, "Section", "body", (LEFT, 22, ACROSS, 18), index=SECTION, anchor="ctr", style=_style(13, TEAL, bold=True)),
        _place(5, "Text", "body", _BODY, index=1),
        *_FOOT,
    ),
}
"""By the style of a slide that is made on it."""
