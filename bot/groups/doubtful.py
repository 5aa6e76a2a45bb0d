"""``/cadre facts``: all that is still to be confirmed in the registry, kind by kind, one fact after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from bot import modals
from bot.blocks import Block, Modal, Option, actions, button, context, cut, menu, section
from bot.blocks import Message as Post
from bot.door import Door
from bot.groups import actions as of
from bot.groups.views import doubt, whence
from bot.markup import bold
from bot.modals import Frame, Page
from bot.visit import Visit
from cadre.core import changes
from cadre.core.errors import Forbidden, Message
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.exchange import doubtful
from cadre.exchange.doubtful import Doubted

LIST: Final = of.ALL_FACTS
"""Value: the kind of record, and the first fact that is shown: ``meeting/15``."""
CONFIRM: Final = "facts.confirm"
"""Value: the fact."""
_PAGE: Final = 15
_NAME: Final = 150
"""Characters of what a record is called: some are called by a whole sentence."""
KINDS: Final[Mapping[str, Message]] = {
    "priority": Message("Priorities"),
    "role": Message("Roles"),
    "group": Message("Groups"),
    "alignment": Message("Groups and priorities"),
    "link": Message("Links between groups"),
    "objective": Message("Objectives"),
    "meeting": Message("Meetings"),
    "expected_result": Message("Expected results"),
    "recommendation": Message("Recommendations"),
    "category": Message("Questions put to the Councils"),
    "rule": Message("Rules"),
    "decision": Message("Decisions"),
    "action": Message("Actions"),
    "person": Message("People"),
    "jurisdiction": Message("Governments"),
    "group_kind": Message("Kinds of group"),
    "term": Message("Terms"),
    "excerpt": Message("Headings of the deck"),
    "source": Message("Sources"),
}
"""By the table that keeps them: in this order they are offered."""


def register(door: Door) -> None:
    """At the door."""
    modals.register_clicks(door, {LIST: list_, CONFIRM: confirm})


async def facts(visit: Visit) -> None:
    """The list; where a message was written, how many there are, and a button that leads there."""
    if not visit.caller.secretariat:
        raise Forbidden
    if "trigger_id" in visit.body:
        return await visit.open_modal(lambda: draw(visit, Frame()))
    reader = visit.reply_reader
    first = counted(await _all(visit), reader)
    return await visit.whisper(Post(first, (section(first), *actions(button(reader.gettext("Look at them"), LIST, style="primary")))))


async def _all(visit: Visit) -> tuple[Doubted, ...]:
    return await visit.registry.read(changes.seen_by(visit.caller.actor, doubtful.doubtful))


async def draw(visit: Visit, frame: Frame, note: Words | None = None) -> Modal:
    """The list as the registry has it now. ``frame``: about the kind of record, from a fact on."""
    return window(await _all(visit), visit.caller.reader, frame, note)


def counted(found: Sequence[Doubted], reader: Reader) -> Words:
    """How many there are."""
    n = len(found)
    return reader.ngettext("{n} fact is still to be confirmed.", "{n} facts are still to be confirmed.", n)


def window(found: Sequence[Doubted], reader: Reader, frame: Frame, note: Words | None = None) -> Modal:
    """A page of one kind of record, and a menu of the others."""
    _ = reader.gettext
    counts = Counter(each.doubt.subject for each in found)
    offered = [kind for kind in KINDS if counts[kind]]
    kind = frame.about if counts[frame.about] else next(iter(offered), "")
    shown = [each for each in found if each.doubt.subject == kind]
    start = frame.start if frame.start < len(shown) else 0
    blocks: list[Block] = [section(note)] if note else []
    if not shown:
        blocks.append(section(_("Nothing is left to be confirmed.")))
        return Modal(_("To be confirmed"), tuple(blocks), close=_("Close"), metadata=Frame().packed())
    options = [Option(_("{name} ({n})", name=KINDS[each].for_(reader), n=counts[each]), each) for each in offered]
    blocks.append(section(counted(found, reader), menu(LIST, options, kind)))
    for number, each in enumerate(shown[start : start + _PAGE]):
        blocks += _fact(each, number, reader)
    blocks += Page(start, _PAGE, len(shown)).turns(LIST, f"{kind}/", reader)
    return Modal(_("To be confirmed"), tuple(blocks), close=_("Close"), metadata=replace(frame, about=kind, start=start).packed())


def _fact(each: Doubted, number: int, reader: Reader) -> Iterator[Block]:
    name, told = Words.verbatim(cut(each.record.for_(reader), _NAME)), doubt(each.doubt, reader)
    lines = Words.joined("\n", (bold(name), told))
    yield section(lines, button(reader.gettext("Confirm"), f"{CONFIRM}:{number}", each.doubt.key, spoken=told))
    yield from context(*whence(each.doubt, reader))


async def list_(visit: Visit) -> None:
    """Another kind of record, or another page."""
    chosen = (visit.action.get("selected_option") or visit.action).get("value") or ""
    kind, _, start = chosen.partition("/")
    await modals.show(visit, lambda: draw(visit, Frame(kind, int(start or 0))))


async def confirm(visit: Visit) -> None:
    """One fact stands."""
    _, frame = visit.caller.reader.gettext, modals.frame_of(visit)
    done = await visit.write(doubtful.confirm, visit.action["value"])
    note = _("Confirmed.") if done else _("Somebody confirmed this before you.")
    await modals.redraw(visit, lambda: draw(visit, frame, note))
