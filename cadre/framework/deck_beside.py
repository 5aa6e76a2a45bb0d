"""What other parts of the framework give a deck: pictures of the map."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

from cadre.framework.facts import World
from cadre.framework.slides import Picture, Prose, Slide, Told, Tongue

Form = Literal["png", "svg"]
Pictures: TypeAlias = tuple[tuple[Told, Picture | None], ...]
"""Pictures of the map, each with its title; None for one that could not be drawn."""


def pictures(world: World, tongue: Tongue, form: Form) -> Pictures:
    """The whole map, then each priority with one step around it. None while nothing draws them."""
    return ()


def maps(found: Pictures, tongue: Tongue) -> Iterator[Slide]:
    """A slide for each picture of the map; a word of apology for one that could not be drawn."""
    section = tongue.say(lambda reader: reader.gettext("The map"))
    for title, picture in found:
        yield Slide(title, (picture or Prose((sorry(tongue),)),), section=section)


def sorry(tongue: Tongue) -> Told:
    """What stands in place of a picture that could not be drawn."""
    return tongue.say(lambda reader: reader.gettext("This picture could not be drawn. All that it shows stands elsewhere here, as text."))
