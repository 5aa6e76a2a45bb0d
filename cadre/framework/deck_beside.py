"""What other parts of the framework give a deck: pictures of the map."""

from __future__ import annotations

import logging
import struct
from collections.abc import Iterator
from typing import Final, Literal, TypeAlias

from cadre.framework.deck_facts import DeckFacts
from cadre.framework.deck_map import Room, drawings, svg_size
from cadre.framework.drawing import DrawingFailed, draw
from cadre.framework.graph import Graph, Told
from cadre.framework.slides import Picture, Prose, Slide, Tongue

log: Final = logging.getLogger("cadre.deck")
Form = Literal["png", "svg"]
Pictures: TypeAlias = tuple[tuple[Told, Picture | None], ...]
"""Pictures of the map, each with its title; None for one that could not be drawn."""
_PNG_SIZE: Final = slice(16, 24)
"""Where a PNG file says how broad and high it is: https://www.w3.org/TR/png/#11IHDR"""
_ROOMS: Final[dict[Form, Room]] = {"png": Room(888, 392), "svg": Room(888, 480)}
"""On a slide a letter is as large as in the picture, where the least are of 8 points; on a page a seventh smaller."""


def pictures(facts: DeckFacts, tongue: Tongue, form: Form) -> Pictures:
    """The map in parts that can be read on a slide (PNG) or on a page of a binder (SVG)."""
    return tuple((title, _picture(graph, form)) for title, graph in drawings(facts, tongue, _ROOMS[form]))


def _picture(graph: Graph, form: Form) -> Picture | None:
    try:
        content = draw(graph, form)
    except DrawingFailed as problem:
        log.warning("a picture of the map could not be drawn: %s", problem)
        return None
    return Picture(content, (graph.alt,), *_size(content, form))


def _size(content: bytes, form: Form) -> tuple[int, int]:
    if form == "png":
        wide, high = struct.unpack(">II", content[_PNG_SIZE])
        return int(wide), int(high)
    return svg_size(content)


def maps(found: Pictures, tongue: Tongue) -> Iterator[Slide]:
    """A slide for each picture of the map; a word of apology for one that could not be drawn."""
    section = tongue.say(lambda reader: reader.gettext("The map"))
    for title, picture in found:
        yield Slide(title, (picture or Prose((sorry(tongue),)),), section=section)


def sorry(tongue: Tongue) -> Told:
    """What stands in place of a picture that could not be drawn."""
    return tongue.say(lambda reader: reader.gettext("This picture could not be drawn. All that it shows stands elsewhere here, as text."))
