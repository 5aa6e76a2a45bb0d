"""What whoever arranges a meeting in person has to see to, for all who come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from bot.blocks import Block, header, listed
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.meetings import wording
from cadre.meetings.views import InviteeFacts

_MOST: Final = 60
"""Of a crowd, so many are named in a line; the others are counted."""


def summary(found: Sequence[InviteeFacts], reader: Reader) -> Iterator[Block]:
    """Who comes, who comes in whose place, and what they need, each under its label."""
    yield header(reader.gettext("Registration"))
    yield from listed((*_coming(found, reader), *_needed(found, reader)))


def _coming(found: Sequence[InviteeFacts], reader: Reader) -> Iterator[Words]:
    _ = reader.gettext
    accepted, tentative, silent = ([each for each in found if each.answer == answer] for answer in ("accepted", "tentative", ""))
    instead = [
        _("{other} for {name}", other=Words.verbatim(each.stands_in.name), name=reader.name(each.person.name))
        for each in found
        if each.stands_in
    ]
    yield _("Attending ({n}): {names}", n=len(accepted), names=_names(accepted, reader))
    yield _("Tentative ({n}): {names}", n=len(tentative), names=_names(tentative, reader))
    yield _("Alternates ({n}): {names}", n=len(instead), names=_listed(instead, reader))
    yield _("No answer yet ({n}): {names}", n=len(silent), names=_names(silent, reader))


def _needed(found: Iterable[InviteeFacts], reader: Reader) -> Iterator[Words]:
    _ = reader.gettext
    coming = [each for each in found if each.answer != "declined"]  # who is asked again after a move still needs it
    diets = [(each, each.diet) for each in coming if each.diet]
    access = [(each, each.access) for each in coming if each.access]
    hearing = [each for each in coming if each.interpretation]
    yield _("Dietary needs ({n}): {needs}", n=len(diets), needs=_needs(diets, reader))
    yield _("Accessibility needs ({n}): {needs}", n=len(access), needs=_needs(access, reader))
    yield _("Interpretation ({n}): {names}", n=len(hearing), names=_names(hearing, reader))


def _needs(some: Iterable[tuple[InviteeFacts, str]], reader: Reader) -> Words:
    """What somebody wrote may have commas in it."""
    _ = reader.gettext
    told = [_("{need} ({name})", need=Words.verbatim(need), name=Words.verbatim(each.person.name)) for each, need in some]
    return Words.joined("; ", told) if told else _("nothing to see to")


def _names(some: Iterable[InviteeFacts], reader: Reader) -> Words:
    return _listed([Words.verbatim(each.person.name) for each in some], reader)


def _listed(names: Sequence[Words], reader: Reader) -> Words:
    return wording.crowd(names, reader, _MOST) if names else reader.gettext("nobody")
