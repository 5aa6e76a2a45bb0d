"""What other parts of the framework give a deck: pictures of the map, and what changed since the Councils last met."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cadre.framework.facts import World
from cadre.framework.slides import Picture, Slide, Told, Tongue


def pictures(world: World, tongue: Tongue) -> tuple[tuple[Told, Picture], ...]:
    """Pictures of the map, each with its title. None while nothing draws them."""
    return ()


def maps(found: Sequence[tuple[Told, Picture]], tongue: Tongue) -> Iterator[Slide]:
    """A slide for each picture of the map."""
    section = tongue.say(lambda reader: reader.gettext("The map"))
    for title, picture in found:
        yield Slide(title, (picture,), section=section)
