"""People of the registry in a menu, by the letters typed: whatever the window is about."""

from __future__ import annotations

from bot.blocks import Option
from bot.visit import Visit
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.people import service as people
from cadre.people.rules import PersonChoice


async def search(visit: Visit, typed: str) -> list[Option]:
    """All whose name or alias holds what was typed."""
    found = await visit.registry.read(people.search_people, typed)
    return [option(choice, visit.caller.reader) for choice in found]


def option(choice: PersonChoice, reader: Reader) -> Option:
    """Somebody, and where they are from."""
    where = choice.jurisdiction.for_(reader) if choice.jurisdiction else None
    return Option(Words.verbatim(choice.name), choice.id, where)
