"""How editions of the gap analysis are looked at and edited in Slack."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.blocks import LABEL, OPTIONS, Block, Modal, Option, actions, button, context, cut, field, header, link, menu, section, text_input
from bot.markup import bold
from bot.modals import Frame
from bot.oversight import actions as of
from bot.oversight.views import EDITIONS, ROWS, back, turns
from cadre.core.bilingual import Bilingual
from cadre.core.marks import marks
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.oversight import wording
from cadre.oversight.editions import STRENGTHS, Edition, EditionFacts, values
from cadre.oversight.facts import GroupNow, Tie

EDITION: Final = "edition"
ENTRIES: Final = "entries"
SAVED: Final = "oversight.entry_saved"
FINISHED: Final = "oversight.finished"
DISCARDED: Final = "oversight.discarded"
NOTHING: Final = "-"
"""The option of a menu that stands for nothing: Slack takes no empty one, and has no way to unchoose."""
_FIELD: Final = "oversight.field"


@dataclass(frozen=True, slots=True)
class Writing(Frame):
    """What the window of an entry keeps of itself: also marks of what its fields showed when it was opened."""

    shown: Mapping[str, str] = dataclasses.field(default_factory=dict)


def listing(found: Sequence[EditionFacts], edits: bool, reader: Reader, frame: Frame, note: Words | None = None) -> Modal:
    """All editions, the newest first."""
    _ = reader.gettext
    blocks: list[Block] = [*(context(note) if note else ())]
    for each in found[frame.start : frame.start + ROWS]:
        name = wording.edition(each, reader)
        spoken = _("Details: {name}", name=name)
        details = button(_("Details"), of.GAPS, Frame(f"{EDITION}:{each.id}").packed(), spoken=spoken)
        blocks.append(section(Words.joined("\n", (bold(name), _made(each, reader))), details))
    if not found:
        blocks.append(section(_("There is no edition yet.")))
    blocks += turns(of.GAPS, frame, len(found), reader)
    drafting = any(each.draft for each in found)
    begin = (button(_("New edition"), of.BEGIN),) if edits and not drafting else ()
    return Modal(_("Editions"), (*blocks, *actions(*begin, back(reader))), close=_("Close"), metadata=frame.packed())


def _made(found: EditionFacts, reader: Reader) -> Words:
    _ = reader.gettext
    if found.settled_at and found.settled_by:
        return _("Made final by {who}, {moment}", who=Words.verbatim(found.settled_by), moment=reader.moment(found.settled_at))
    return _("Begun by {who}", who=Words.verbatim(found.made_by))


def edition(found: Edition, reader: Reader, frame: Frame, *, edits: bool, web: str | None, note: Words | None = None) -> Modal:
    """An edition: its groups, each with how many priorities something is stated of."""
    _, ngettext, about = reader.gettext, reader.ngettext, str(found.facts.id)
    blocks: list[Block] = [*(context(note) if note else ()), header(wording.edition(found.facts, reader))]
    blocks += context(_made(found.facts, reader))
    groups = list(found.groups.values())
    for group in groups[frame.start : frame.start + ROWS]:
        n, name = len(found.of_group(group.id)), group.name.for_(reader)
        told = ngettext("{n} priority stated", "{n} priorities stated", n)
        value = Frame(f"{ENTRIES}:{about}:{group.id}").packed()
        details = button(_("Details"), of.GAPS, value, spoken=_("Details: {name}", name=name))
        blocks.append(section(Words.joined("\n", (bold(name), told)), details))
    blocks += turns(of.GAPS, frame, len(groups), reader)
    ways = [button(_("All editions"), f"{of.GAPS}:all", Frame(EDITIONS).packed())]
    if web:
        ways.append(link(_("Web page"), of.PAGE, web))
    if edits and found.facts.draft:
        ways += [button(_("Make it final"), of.FINISH, about), button(_("Discard the draft"), of.DISCARD, about)]
    return Modal(_("Edition"), (*blocks, *actions(*ways)), close=_("Close"), metadata=frame.packed())


def entries(found: Edition, group: GroupNow, reader: Reader, frame: Frame, *, edits: bool, note: Words | None = None) -> Modal:
    """What an edition says of one group, priority by priority."""
    _, ties, id_ = reader.gettext, found.of_group(group.id), found.facts.id
    blocks: list[Block] = [
        *(context(note) if note else ()),
        header(group.name.for_(reader)),
        *context(wording.edition(found.facts, reader)),
    ]
    priorities = found.priorities
    for each in priorities[frame.start : frame.start + ROWS]:
        name, tie = each.name.for_(reader), ties.get(each.id)
        edit = button(_("Edit"), of.ENTRY, f"{id_}:{group.id}:{each.id}", spoken=_("Edit: {name}", name=name))
        told = Words.joined("\n", (bold(name), *_entry(tie, reader)))
        blocks.append(section(told, edit if edits and found.facts.draft else None))
    blocks += turns(of.GAPS, frame, len(priorities), reader)
    blocks += actions(button(_("All groups"), of.GAPS, Frame(f"{EDITION}:{id_}").packed()))
    return Modal(_("Edition"), tuple(blocks), close=_("Close"), metadata=frame.packed())


def _entry(tie: Tie | None, reader: Reader) -> Iterator[Words]:
    yield wording.strength(tie, reader)
    if tie and tie.rationale:
        yield tie.rationale.marked(reader)
    if tie and (told := wording.source(tie, reader)):
        yield told


def entry(found: Edition, pair: tuple[GroupNow, str], sources: Sequence[tuple[str, Bilingual]], reader: Reader, under: Frame) -> Modal:
    """The window in which it is said what a group has to do with a priority, why, and who stated it."""
    group, priority = pair
    _, held = reader.gettext, values(found.entries.get((group.id, priority)))
    named = next(each for each in found.priorities if each.id == priority)
    strengths = [Option(wording.STRENGTHS[each].for_(reader), each) for each in STRENGTHS]
    origins = [Option(Words.verbatim(cut(title.for_(reader), LABEL)), id_) for id_, title in sources[: OPTIONS - 1]]
    blocks: list[Block] = [section(Words.joined("\n", (bold(group.name.for_(reader)), named.name.for_(reader))))]
    offered = [Option(_("Not stated"), NOTHING), *strengths]
    blocks.append(field("strength", _("What it has to do with the priority"), menu(_FIELD, offered, held["strength"] or NOTHING)))
    labels = {"en": _("Why, in English"), "fr": _("Why, in French")}
    for language in reader.languages:
        text = text_input(_FIELD, held[f"rationale_{language}"], tall=True)
        blocks.append(field(f"rationale_{language}", labels[language], text, optional=True))
    choice = menu(_FIELD, [Option(_("No source"), NOTHING), *origins], held["source"] or NOTHING)
    blocks.append(field("source", _("Source"), choice, optional=True))
    blocks.append(field("stated_by", _("Stated by"), text_input(_FIELD, held["stated_by"]), optional=True))
    about = f"{found.facts.id}:{group.id}:{priority}"
    frame = Writing(about, under=under.packed(), shown=marks(held))
    return Modal(_("Entry"), tuple(blocks), _("Cancel"), _("Save"), SAVED, frame.packed())


def finish(id_: str, reader: Reader) -> Modal:
    """Whether an edition is to be frozen."""
    _ = reader.gettext
    told = _("A final edition cannot be changed any more, and everybody with a role may read it. It changes nothing in the registry.")
    return Modal(_("Make it final"), (section(told),), _("Back"), _("Make it final"), FINISHED, Frame(id_).packed())


def discard(id_: str, reader: Reader) -> Modal:
    """Whether a draft is to go."""
    _ = reader.gettext
    told = _("The draft goes, with all that was written in it.")
    return Modal(_("Discard the draft"), (section(told),), _("Back"), _("Discard"), DISCARDED, Frame(id_).packed())
