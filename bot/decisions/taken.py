"""What a seat took as its position, thing by thing, and who took it, how and when: told once where that is the same of all."""

from __future__ import annotations

from collections.abc import Iterator

from bot.blocks import cut
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.decisions import wording
from cadre.decisions.question_facts import SeatFacts, Standing


def positions(
    view: Standing, seat: SeatFacts, reader: Reader, *, knows: bool, longest: int | None = None
) -> tuple[dict[int, Words], Words | None]:
    """By item, what a seat took, and what is the same of all of it.

    ``knows``: whether it is told who took it; ``longest``: how many characters of a comment are shown.
    """
    held = [each for item in view.question.items if (each := view.position(item.id, seat.id))]
    how = {each.item: wording.by(each, reader) for each in held} if knows else {}
    same = next(iter(how.values())) if len(how) > 1 and len(set(how.values())) == 1 else None
    told: dict[int, Words] = {}
    for each in held:
        comment = cut(each.comment, longest) if each.comment and longest else each.comment
        what = wording.position(each.stance, comment, reader)
        told[each.item] = what if same or each.item not in how else wording.taken(what, how[each.item], reader)
    return told, same


def by_item(view: Standing, seat: SeatFacts, reader: Reader, silent: Words, *, knows: bool, longest: int | None = None) -> Iterator[Words]:
    """The same line by line. ``silent``: what is said of what it took no position on."""
    told, same = positions(view, seat, reader, knows=knows, longest=longest)
    alone = len(view.question.items) == 1
    for item in view.question.items:
        what = told.get(item.id, silent)
        yield what.sentence if alone else reader.gettext("{n}. {what}", n=item.number, what=what)
    if same:
        yield same
