"""Which time suits best, on plain data: first those without whom the meeting cannot do, then as many of the others as possible."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from cadre.meetings.views import SlotAnswer, SlotFacts, VoiceFacts

_Order: TypeAlias = tuple[int, int, int, int, int, int, datetime, int]


@dataclass(frozen=True, slots=True)
class Standing:
    """One time, and who said what of it, those first without whom the meeting cannot do. ``open``: who said nothing of it."""

    slot: SlotFacts
    yes: tuple[VoiceFacts, ...]
    if_needed: tuple[VoiceFacts, ...]
    no: tuple[VoiceFacts, ...]
    open: tuple[VoiceFacts, ...]

    @property
    def lacking(self) -> tuple[VoiceFacts, ...]:
        """Those without whom the meeting cannot do, and who cannot."""
        return tuple(each for each in self.no if each.must)


def ranked(slots: Iterable[SlotFacts], voices: Sequence[VoiceFacts]) -> tuple[Standing, ...]:
    """The times, the best first.

    Where fewer of those who must be there cannot, then where fewer of them have said nothing, then where fewer of them come only if need
    be; after that where more of all can, where more can well, where fewer cannot; of equals the earlier.
    """
    by_weight = sorted(voices, key=lambda voice: (not voice.must, voice.person.name, voice.id))
    return tuple(sorted((_standing(slot, by_weight) for slot in slots), key=_order))


def _standing(slot: SlotFacts, voices: Iterable[VoiceFacts]) -> Standing:
    said: dict[SlotAnswer | None, list[VoiceFacts]] = {"yes": [], "if_needed": [], "no": [], None: []}
    for voice in voices:
        said[voice.answers.get(slot.id)].append(voice)
    return Standing(slot, tuple(said["yes"]), tuple(said["if_needed"]), tuple(said["no"]), tuple(said[None]))


def _order(standing: Standing) -> _Order:
    return (
        _musts(standing.no),
        _musts(standing.open),
        _musts(standing.if_needed),
        -len(standing.yes) - len(standing.if_needed),
        -len(standing.yes),
        len(standing.no),
        standing.slot.instant,
        standing.slot.id,
    )


def _musts(voices: Iterable[VoiceFacts]) -> int:
    return sum(voice.must for voice in voices)
