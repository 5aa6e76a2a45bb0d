"""How a group looks in Slack: its card, its roles, what is still to be confirmed of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from bot.blocks import (
    PLACE,
    Block,
    Message,
    Modal,
    actions,
    button,
    context,
    divider,
    folded,
    header,
    listed,
    paragraphs,
    said,
    search,
    section,
)
from bot.groups import actions as of
from bot.groups.reading import Shown
from bot.modals import Frame, Page
from cadre.core.i18n import LANGUAGES
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.decisions import referral_wording
from cadre.decisions import wording as decisions
from cadre.decisions.referrals import TABLE
from cadre.groups import wording
from cadre.groups.card import GroupCard, GroupRef
from cadre.groups.doubts import Doubt
from cadre.groups.roles import RoleEntry
from cadre.oversight import carry_wording as carried
from cadre.oversight.closing import ClosingView

_ROLES: Final = 40
"""So many roles, each with its ⋯, stand in one window."""
_FACTS: Final = 30
_CARD: Final = 25
"""So many roles are named on the card itself."""


def picker(own: Iterable[GroupRef], reader: Reader, frame: Frame, *, secretariat: bool) -> Modal:
    """Where no group is named: those of the reader, and a menu of all."""
    _ = reader.gettext
    blocks: list[Block] = [section(_("Which group?")), *actions(search(of.FIND, _("Type a name")), block="groups.find")]
    blocks += _openings(own, reader)
    if secretariat:
        ways = (
            button(_("New group"), of.NEW),
            button(_("Which kind do we need?"), of.GUIDE),
            button(_("Facts to be confirmed"), of.ALL_FACTS),
        )
        blocks += [divider(), *actions(*ways)]
    return Modal(_("Groups"), tuple(blocks), close=_("Close"), metadata=frame.packed())


def several(called: Iterable[GroupRef], reader: Reader) -> Modal:
    """Where several groups are called so: each of them."""
    _ = reader.gettext
    blocks = (section(_("Several groups are called so. Which one?")), *_openings(called, reader))
    return Modal(_("Groups"), blocks, close=_("Close"), metadata=Frame().packed())


def which(own: Iterable[GroupRef], reader: Reader) -> Message:
    """The same, where no window can be opened."""
    _ = reader.gettext
    first = _("Which group? Write /cadre group and its name.")
    return Message(first, (section(first), *_openings(own, reader)))


def _openings(own: Iterable[GroupRef], reader: Reader) -> Iterator[Block]:
    for each in own:
        name = each.name.for_(reader)
        yield section(name, button(reader.gettext("Open"), of.CARD, each.id, spoken=name))


def message(card: GroupCard, reader: Reader) -> Message:
    """A group, where no window can be opened: a button opens it."""
    first = _first(card, reader)
    text = card.description.for_(reader) if card.description else None
    blocks = [section(first), *((paragraphs(text.paragraphs),) if text else ())]
    return Message(first, (*blocks, *actions(button(reader.gettext("Open"), of.CARD, card.id, style="primary"))))


def _first(card: GroupCard, reader: Reader) -> Words:
    """ "Bees Working Group: working group, active, of the Council."""
    _ = reader.gettext
    parts = [card.kind.name.for_(reader)] if card.kind else []
    parts.append(wording.state(card.state, reader))
    if card.owner:
        parts.append(_("of {council:the}", council=wording.name(card.owner, reader)))
    return _("{name}: {what}", name=wording.name(card, reader), what=Words.joined(", ", parts))


def card(found: Shown, reader: Reader, frame: Frame, note: Words | None = None) -> Modal:
    """All of a group, and what the reader can do about it."""
    _, held = reader.gettext, found.card
    blocks: list[Block] = [*([_closed(found.over, reader)] if found.over else []), *([section(note)] if note else [])]
    blocks += [header(held.name.for_(reader)), *_names(held, reader), *_facts_of(held, reader)]
    blocks += [*listed(referral_wording.mark(each, reader) for each in found.referred), *_buttons(held, reader)]
    for label, text in ((_("Description"), held.description), (_mandate(found, reader), held.mandate)):
        if text:
            first, *others = text.marked(reader).paragraphs
            blocks.append(paragraphs([_("{name}: {what}", name=label, what=first), *others]))
    if found.proposed:
        blocks += context(_("Version {n} of its mandate is proposed, and approved by no decision yet.", n=found.proposed))
    if contact := [Words.verbatim(each) for each in (held.email, held.phone) if each]:
        blocks.append(section(_("Contact: {how}", how=Words.joined(", ", contact))))
    if held.channel:
        blocks.append(said(_("Talks in {channel}", channel=PLACE), [held.channel], "#"))
    blocks += _roles_on_card(held, reader)
    blocks += _seats(held, reader)
    if held.advice:
        kind = wording.kind(held.advice.kind_name, reader)
        blocks.append(section(_("The guide recommends {kind:a}.", kind=kind), button(_("Why?"), of.ADVICE, held.id)))
    if held.changed:
        who, when = held.changed
        blocks += context(_("Last changed by {who}: {when}", who=wording.by(who, reader), when=reader.moment(when)))
    return Modal(_("Group"), tuple(blocks), close=_("Close"), metadata=frame.packed())


def _mandate(found: Shown, reader: Reader) -> Words:
    """What stands before the mandate: also that it ran out, which version it is, and by which decision."""
    _ = reader.gettext
    if found.mandate is None:
        return _("Mandate")
    return _("Mandate ({standing})", standing=decisions.mandate(found.mandate, found.day, reader))


def _closed(kept: ClosingView, reader: Reader) -> Block:
    """That a group is dissolved, since when, by which decision, and what is kept of it."""
    return paragraphs((carried.over(kept, reader), *carried.closing(kept, reader)))


def _names(held: GroupCard, reader: Reader) -> Iterator[Block]:
    """The name in the other language; what else it is called."""
    _ = reader.gettext
    other = held.name.fr if reader.language == "en" else held.name.en
    if other:
        label = (
            _("In French: {name}", name=Words.verbatim(other))
            if reader.language == "en"
            else _("In English: {name}", name=Words.verbatim(other))
        )
        yield from context(label)
    called = [Words.verbatim(text) for language in LANGUAGES for text in (*held.acronyms[language], *held.aliases[language])]
    if called:
        yield from context(_("Also called: {names}", names=Words.joined("; ", dict.fromkeys(called))))


def _facts_of(held: GroupCard, reader: Reader) -> Iterator[Block]:
    _ = reader.gettext
    lines = [
        _("Kind: {kind}", kind=held.kind.name.for_(reader) if held.kind else _("not stated")),
        _("State: {state}", state=wording.state(held.state, reader)),
    ]
    if held.owner:
        lines.append(_("Reports to: {council}", council=held.owner.name.for_(reader)))
    if held.parent:
        lines.append(_("Part of: {group}", group=held.parent.name.for_(reader)))
    if held.quorum:
        lines.append(_("Quorum: {quorum}", quorum=wording.quorum(held.quorum, reader)))
    yield from listed(lines)


def _roles_on_card(held: GroupCard, reader: Reader) -> Iterator[Block]:
    _ = reader.gettext
    now = [each for each in held.roles if not each.over]
    if not now:
        yield section(_("The registry has nobody in this group."))
        return
    yield from listed(wording.role(each, reader) for each in now[:_CARD])
    if len(now) > _CARD:
        yield from context(reader.ngettext("and {n} other role", "and {n} other roles", len(now) - _CARD))


def _seats(held: GroupCard, reader: Reader) -> Iterator[Block]:
    """Who is entitled to a position in a council, and who speaks for each."""
    if not held.is_council:
        return
    _ = reader.gettext
    yield section(reader.ngettext("{n} seat", "{n} seats", len(held.seats)))
    yield from listed(
        _("{jurisdiction}: {who}", jurisdiction=each.name.for_(reader).sentence, who=_speakers(each.speakers, reader))
        for each in held.seats
    )
    if not held.seats_kept:
        yield from context(_("These seats follow from the confirmed members and alternates: the secretariat keeps no list of its own."))


def _speakers(names: Iterable[str], reader: Reader) -> Words:
    return Words.joined(", ", map(Words.verbatim, names)) or reader.gettext("nobody")


def _buttons(held: GroupCard, reader: Reader) -> Iterator[Block]:
    _ = reader.gettext

    def edit(label: Words, part: str) -> Block:
        return button(label, f"{of.EDIT}:{part}", held.id)

    first = [button(_("Roles"), of.ROLES, held.id)]
    if _is_table(held):
        first.append(button(_("What is for it, or comes from it"), of.REFERRALS))
    if held.describes:
        first.append(edit(_("Description and contacts"), "description"))
    if held.edits:
        first += [edit(_("Kind and state"), "settings"), edit(_("Names"), "names"), button(_("Mandate"), of.MANDATE, held.id)]
        first += [edit(_("Council seats"), "seats")] if held.is_council else []
        if held.state == "proposed":
            first.append(button(_("Which kind do we need?"), of.GUIDE, held.id))
        if not _is_table(held):
            first.append(button(_("Deputy Ministers' Table"), of.REFER, f"group:{held.id}"))
    yield from actions(*first, block="groups.buttons")
    if held.doubts:
        n = len(held.doubts)
        told = reader.ngettext("{n} fact is still to be confirmed.", "{n} facts are still to be confirmed.", n)
        yield section(told, button(_("Look at them"), of.FACTS, held.id, style="primary"))


def _is_table(held: GroupCard) -> bool:
    return held.kind is not None and held.kind.id == TABLE


def roles(found: Shown, reader: Reader, frame: Frame, note: Words | None = None) -> Modal:
    """All roles of a group, those that are over too; the secretariat changes them."""
    _, held = reader.gettext, found.card
    blocks: list[Block] = [section(note)] if note else []
    blocks += [header(held.name.for_(reader)), *actions(*_around(held, reader), block="groups.around")]
    shown = held.roles[frame.start : frame.start + _ROLES]
    for each in shown:
        text = wording.role(each, reader)
        blocks.append(section(_("{role} (over)", role=text) if each.over else text, _menu(each, reader) if held.edits else None))
    if not held.roles:
        blocks.append(section(_("The registry has nobody in this group.")))
    blocks += Page(frame.start, _ROLES, len(held.roles)).turns(of.ROLES, f"{held.id}/", reader)
    return Modal(_("Roles"), tuple(blocks), close=_("Close"), metadata=frame.packed())


def _around(held: GroupCard, reader: Reader) -> Iterator[Block]:
    _ = reader.gettext
    yield button(_("Back to the group"), of.CARD, held.id)
    if held.edits:
        yield button(_("Add a role"), of.ADD_ROLE, held.id, style="primary")


def _menu(entry: RoleEntry, reader: Reader) -> Block:
    _ = reader.gettext
    offered = [button(_("Change"), of.EDIT_ROLE, entry.id)]
    if not entry.confirmed:
        offered.append(button(_("Confirm"), of.CONFIRM_ROLE, entry.id))
    offered.append(button(_("Take out of the registry"), of.REMOVE_ROLE, entry.id))
    return folded(of.ROLE, offered)


def facts(found: Shown, reader: Reader, frame: Frame, note: Words | None = None) -> Modal:
    """What is still to be confirmed, one by one."""
    _, held = reader.gettext, found.card
    blocks: list[Block] = [section(note)] if note else []
    blocks += [header(held.name.for_(reader)), *actions(button(_("Back to the group"), of.CARD, held.id), block="groups.around")]
    if not held.doubts:
        blocks.append(section(_("Nothing is left to be confirmed.")))
    for number, each in enumerate(held.doubts[:_FACTS]):
        told = doubt(each, reader)
        blocks.append(section(told, button(_("Confirm"), f"{of.CONFIRM}:{number}", each.key, spoken=told)))
        blocks += context(*whence(each, reader))
    if len(held.doubts) > _FACTS:
        blocks += context(reader.ngettext("and {n} other fact", "and {n} other facts", len(held.doubts) - _FACTS))
    return Modal(_("To be confirmed"), tuple(blocks), close=_("Close"), metadata=frame.packed())


def doubt(each: Doubt, reader: Reader) -> Words:
    """ "Name, in French: Groupe de travail sur les abeilles"."""
    return wording.fact(each.subject, each.field, each.says, each.role, reader)


def whence(each: Doubt, reader: Reader) -> Iterator[Words]:
    """Where it comes from, in which words, and why it is read so."""
    _ = reader.gettext
    if each.source:
        yield _("Source: {source}", source=each.source.for_(reader))
    if each.words:
        yield _("In its words: “{words}”", words=Words.verbatim(each.words))
    if each.note:
        yield each.note.for_(reader)
