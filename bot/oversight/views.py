"""How the gap analysis reads in Slack: the worst covered priorities first, each folded behind a button."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from bot.blocks import Block, Message, Modal, actions, button, context, divider, field, header, link, listed, section, text_input
from bot.markup import bold
from bot.modals import Frame
from bot.oversight import actions as of
from cadre.core.bilingual import Bilingual
from cadre.core.i18n import Language
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.oversight import wording
from cadre.oversight.gaps import Gaps
from cadre.oversight.matrix import Cover, Covered, Row

IDLE: Final = "idle"
OVERLAPS: Final = "overlaps"
LOAD: Final = "load"
EDITIONS: Final = "editions"
PRIORITY: Final = "priority"
GROUP: Final = "group"
RECOMMENDED: Final = "oversight.recommended"
ROWS: Final = 30
"""Rows on one screen."""
_FEW: Final = 5
"""In a message."""
_FIELD: Final = "oversight.field"


def window(found: Gaps, web: str | None, reader: Reader, frame: Frame, note: Words | None = None) -> Modal:
    """All priorities, the worst covered first; what else there is to see lies behind buttons."""
    _, matrix = reader.gettext, found.matrix
    blocks: list[Block] = [*(context(note) if note else ()), section(summary(found, reader))]
    blocks += (row(each, reader) for each in matrix.priorities[frame.start : frame.start + ROWS])
    blocks += turns(of.GAPS, frame, len(matrix.priorities), reader)
    blocks += [divider(), *actions(*_ways(found, web, reader))]
    return Modal(_("Gap analysis"), tuple(blocks), close=_("Close"), metadata=frame.packed())


def message(found: Gaps, reader: Reader) -> Message:
    """The same where no window can be opened: the first few, and the button that opens it."""
    _, told = reader.gettext, summary(found, reader)
    lines = [
        _("{priority}: {cover}", priority=each.priority.name.for_(reader), cover=wording.cover(each, reader))
        for each in found.matrix.priorities[:_FEW]
    ]
    return Message(told, (section(told), *listed(lines), *actions(_open(_("Gap analysis"), ""))))


def summary(found: Gaps, reader: Reader) -> Words:
    """How many priorities nobody works on, and how many only groups that cannot carry them."""
    _, ngettext, all_ = reader.gettext, reader.ngettext, len(found.matrix.priorities)
    none, weak = (sum(each.cover == cover for each in found.matrix.priorities) for cover in ("none", "weak"))
    told = []
    if none:
        told.append(ngettext("{n} of {all} priorities has no group", "{n} of {all} priorities have no group", none, all=all_))
    if none and weak:
        told.append(ngettext("{n} has only groups that cannot carry it now", "{n} have only groups that cannot carry them now", weak))
    elif weak:
        told.append(
            ngettext(
                "{n} of {all} priorities has only groups that cannot carry it now",
                "{n} of {all} priorities have only groups that cannot carry them now",
                weak,
                all=all_,
            )
        )
    return _("{told}.", told=Words.joined("; ", told)) if told else _("A group in order works on every priority.")


def row(found: Covered, reader: Reader) -> Block:
    """A priority, folded."""
    name = found.priority.name.for_(reader)
    spoken = reader.gettext("Details: {name}", name=name)
    details = button(reader.gettext("Details"), of.GAPS, Frame(f"{PRIORITY}:{found.priority.id}").packed(), spoken=spoken)
    return section(Words.joined("\n", (bold(name), wording.cover(found, reader))), details)


def _ways(found: Gaps, web: str | None, reader: Reader) -> Iterator[Block]:
    _, ngettext, matrix = reader.gettext, reader.ngettext, found.matrix
    if matrix.idle:
        n = len(matrix.idle)
        yield _open(ngettext("{n} group without a priority", "{n} groups without a priority", n), IDLE)
    if matrix.overlaps:
        yield _open(ngettext("{n} overlap", "{n} overlaps", len(matrix.overlaps)), OVERLAPS)
    yield _open(_("Load"), LOAD)
    yield _open(_("Editions"), EDITIONS)
    if web:
        yield link(_("Web page"), of.PAGE, web)


def _open(label: Words, about: str) -> Block:
    return button(label, f"{of.GAPS}:{about or 'all'}", Frame(about).packed())


def back(reader: Reader) -> Block:
    """The way back to all of it."""
    return _open(reader.gettext("All priorities"), "")


def turns(action: str, frame: Frame, all_: int, reader: Reader) -> Iterator[Block]:
    """The rows before and after those that are shown."""
    _ = reader.gettext
    ways = []
    if frame.start:
        ways.append(button(_("Earlier"), f"{action}:before", Frame(frame.about, max(0, frame.start - ROWS)).packed()))
    if frame.start + ROWS < all_:
        ways.append(button(_("More"), f"{action}:after", Frame(frame.about, frame.start + ROWS).packed()))
    return actions(*ways)


def priority(found: Covered, edits: bool, reader: Reader, frame: Frame, note: Words | None = None) -> Modal:
    """A priority: who works on it, and what is weak about that; for the secretariat, what can be done about it."""
    _ = reader.gettext
    blocks: list[Block] = [
        *(context(note) if note else ()),
        header(found.priority.name.for_(reader)),
        section(wording.cover(found, reader)),
    ]
    blocks += listed(wording.covered(found, reader))
    for each in found.serving[:ROWS]:
        told = [text for text in (each.tie.rationale and each.tie.rationale.marked(reader), wording.source(each.tie, reader)) if text]
        if told:
            blocks += context(Words.joined(" ", (bold(each.group.name.for_(reader)), *told)))
    if edits:
        about = f"{PRIORITY}:{found.priority.id}"
        call = button(_("Draft a call"), of.CALL, found.priority.id)
        blocks += actions(call, button(_("Draft a recommendation"), of.RECOMMEND, about))
    blocks += actions(back(reader))
    return Modal(_("Priority"), tuple(blocks), close=_("Close"), metadata=frame.packed())


def idle(found: Sequence[Row], edits: bool, reader: Reader, frame: Frame, note: Words | None = None) -> Modal:
    """The groups that work on no priority; for the secretariat, what can be recommended about each."""
    _ = reader.gettext
    blocks: list[Block] = [*(context(note) if note else ()), section(_("Groups that work on no priority"))]
    for each in found[frame.start : frame.start + ROWS]:
        name, about = each.group.name.for_(reader), f"{GROUP}:{each.group.id}"
        spoken = _("Draft a recommendation: {name}", name=name)
        propose = button(_("Draft a recommendation"), of.RECOMMEND, about, spoken=spoken) if edits else None
        blocks.append(section(Words.joined("\n", (bold(name), *_remarks(each, reader))), propose))
    blocks += turns(of.GAPS, frame, len(found), reader)
    blocks += actions(back(reader))
    return Modal(_("Groups"), tuple(blocks), close=_("Close"), metadata=frame.packed())


def _remarks(found: Row, reader: Reader) -> Iterator[Words]:
    _ = reader.gettext
    if found.weak:
        yield wording.weak(found.weak, reader).sentence
    for text in found.proposals:
        yield _("Recommended, not decided yet: {text}", text=text.for_(reader))


def overlaps(found: Gaps, reader: Reader, frame: Frame) -> Modal:
    """The groups that may do the same twice."""
    _, told = reader.gettext, found.matrix.overlaps
    blocks: list[Block] = [section(_("Two groups overlap where they share two people or more, and a priority."))]
    blocks += listed(wording.overlap(each, reader) for each in told[frame.start : frame.start + ROWS])
    blocks += [*turns(of.GAPS, frame, len(told), reader), *actions(back(reader))]
    return Modal(_("Overlaps"), tuple(blocks), close=_("Close"), metadata=frame.packed())


def load(found: Gaps, reader: Reader, frame: Frame) -> Modal:
    """What each government carries, by name: nobody is ranked."""
    _, loads = reader.gettext, wording.by_name(found.load, reader)
    blocks: list[Block] = [section(_("Groups and leads of each government, by name"))]
    blocks += listed(
        _("{name}: {load}", name=wording.jurisdiction(each, reader), load=wording.load(each, reader))
        for each in loads[frame.start : frame.start + ROWS]
    )
    blocks += [*turns(of.GAPS, frame, len(loads), reader), *actions(back(reader))]
    return Modal(_("Load"), tuple(blocks), close=_("Close"), metadata=frame.packed())


def recommend(about: Bilingual, cover: Cover | None, reader: Reader, frame: Frame) -> Modal:
    """The window in which a recommendation is drafted, with a wording proposed in both languages. ``cover``: None for a group."""
    _ = reader.gettext
    blocks: list[Block] = [section(about.for_(reader))]
    for language in reader.languages:
        told = wording.recommended(about, cover, reader.in_language(language))
        blocks.append(field(f"wording_{language}", _labels(reader)["wording", language], text_input(_FIELD, told, tall=True)))
    for language in reader.languages:
        label = _labels(reader)["consequence", language]
        blocks.append(field(f"consequence_{language}", label, text_input(_FIELD, tall=True), optional=True))
    blocks += context(_("It stands in the registry as proposed until the Councils decide."))
    return Modal(_("Recommendation"), tuple(blocks), _("Cancel"), _("Save"), RECOMMENDED, frame.packed())


def _labels(reader: Reader) -> dict[tuple[str, Language], Words]:
    _ = reader.gettext
    return {
        ("wording", "en"): _("What the Councils are asked to agree on, in English"),
        ("wording", "fr"): _("What the Councils are asked to agree on, in French"),
        ("consequence", "en"): _("What follows from it, in English"),
        ("consequence", "fr"): _("What follows from it, in French"),
    }
