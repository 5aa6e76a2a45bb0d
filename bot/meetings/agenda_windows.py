"""The agenda of a meeting in a window, and the windows in which its items are written: pure functions of what is shown and the reader."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.blocks import (
    Block,
    Modal,
    Option,
    actions,
    button,
    checkboxes,
    context,
    conversation_picker,
    divider,
    field,
    folded,
    header,
    menu,
    number_input,
    search,
    section,
    text_input,
)
from bot.meetings import prep_actions
from bot.modals import Frame
from cadre.core.bilingual import Bilingual
from cadre.core.i18n import Language
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.decisions.facts import DecisionFacts
from cadre.decisions.service import ActionView
from cadre.meetings import drafting, wording
from cadre.meetings.agenda import KINDS, AgendaView, Missing, missing
from cadre.meetings.reading import title
from cadre.meetings.views import ItemFacts, MeetingView

ITEM_FORM: Final = "meetings.item_form"
PAPER_FORM: Final = "meetings.paper_form"
CHANNEL_FORM: Final = "meetings.channel_form"
NEEDS: Final = "needs_paper"
_FIELD: Final = "typed"
_MOST: Final = 20
"""Actions that are shown: a list of more is asked for in words."""


def agenda(view: AgendaView, reader: Reader, frame: Frame, note: Words | None = None) -> Modal:
    """The whole agenda, with what the reader may do about it."""
    _ = reader.gettext
    arranges = view.meeting.may_arrange and view.meeting.facts.state != "cancelled"
    blocks: list[Block] = [*context(*((note,) if note else ())), section(named(view.meeting, reader))]
    if view.meeting.facts.state == "cancelled":
        blocks.append(section(_("This meeting is cancelled.")))
    for item in view.items:
        blocks += _item(view, item, reader, arranges=arranges)
    if not view.items:
        blocks.append(section(_("There is nothing on the agenda yet.")))
    if arranges:
        blocks += _proposed(view, reader)
    blocks += context(*time(view, reader))
    others = [each for each in view.decisions if each.item not in {item.id for item in view.items}]
    blocks += [_decided(view, each, reader, arranges=arranges) for each in others]
    blocks += _actions(_("Actions agreed on"), view.actions, reader)
    blocks += _actions(_("Actions of earlier meetings that are still open"), view.carried, reader)
    blocks += _controls(view, reader, arranges=arranges)
    return Modal(_("Agenda"), tuple(blocks), _("Close"), metadata=frame.packed())


def named(meeting: MeetingView, reader: Reader) -> Words:
    """What a meeting is called, and when it is."""
    name = title(meeting).marked(reader)
    if meeting.facts.starts_at:
        return reader.gettext(
            "{meeting}, {moment}", meeting=name, moment=reader.moment(meeting.facts.starts_at, wording.there(meeting.facts))
        )
    return reader.gettext("{meeting}, {moment}", meeting=name, moment=reader.date(meeting.facts.held)) if meeting.facts.held else name


def line(item: ItemFacts, reader: Reader) -> Words:
    """An item on one line: what, for what, under which tab, whose, how long."""
    _ = reader.gettext
    what = _("{n}. {title} ({kind})", n=item.number, title=item.title.marked(reader), kind=drafting.kind(item.kind, reader))
    parts = (
        what,
        _("tab {tab}", tab=Words.verbatim(item.tab)) if item.tab else None,
        Words.verbatim(item.owner.name) if item.owner else None,
        reader.ngettext("{n} minute", "{n} minutes", item.minutes) if item.minutes else None,
    )
    return Words.joined(" · ", (part for part in parts if part))


def wanting(item: ItemFacts, reader: Reader) -> Words | None:
    """What is missing of an item, in which language."""
    found = missing(item)
    if not found:
        return None
    return reader.gettext("Missing: {what}.", what=reader.listed(lacking(each, reader) for each in found))


def lacking(each: Missing, reader: Reader) -> Words:
    """One thing that is missing."""
    _ = reader.gettext
    names: dict[tuple[str, Language], Words] = {
        ("title", "en"): _("the title in English"),
        ("title", "fr"): _("the title in French"),
        ("paper", "en"): _("the paper in English"),
        ("paper", "fr"): _("the paper in French"),
    }
    return names[each.what, each.language]


def time(view: AgendaView, reader: Reader) -> Iterator[Words]:
    """How long all items take, against the length of the meeting."""
    if not view.total:
        return
    if view.length is None:
        yield reader.ngettext("All items together: {n} minute.", "All items together: {n} minutes.", view.total)
        return
    yield reader.gettext("All items together: {n} of {length} minutes.", n=view.total, length=view.length)
    if view.total > view.length:
        over = view.total - view.length
        yield reader.ngettext("That is {n} minute more than the meeting has.", "That is {n} minutes more than the meeting has.", over)


def action_controls(each: ActionView, reader: Reader) -> tuple[Block, ...]:
    """What the reader may do about an action."""
    _ = reader.gettext
    if not each.open or not (each.mine or each.chairs):
        return ()
    drop = (button(_("Drop"), prep_actions.DROP, each.id),) if each.chairs else ()
    return (
        button(_("Done"), prep_actions.DONE, each.id, style="primary"),
        button(_("More time"), prep_actions.MORE_TIME, each.id),
        *drop,
    )


def _item(view: AgendaView, item: ItemFacts, reader: Reader, *, arranges: bool) -> Iterator[Block]:
    _ = reader.gettext
    lines = [line(item, reader), *_papers(item, reader)]
    if wants := wanting(item, reader):
        lines.append(wants)
        if item.asked_on and item.owner:
            lines.append(_("Asked on {date}: {name}.", date=reader.date(item.asked_on), name=Words.verbatim(item.owner.name)))
    if view.approving.get(item.approves or "") == "approved":
        lines.append(_("These minutes are approved."))
    accessory = None
    if arranges:
        accessory = folded(prep_actions.ITEM, tuple(_choices(view, item, reader)))
    elif item.id in view.mine and wants and view.meeting.facts.state != "cancelled":
        accessory = button(_("Give what is missing"), prep_actions.GIVE, str(item.id))
    yield section(Words.joined("\n", lines), accessory)
    yield from (_decided(view, each, reader, arranges=arranges) for each in view.decisions if each.item == item.id)


def _proposed(view: AgendaView, reader: Reader) -> Iterator[Block]:
    """Earlier minutes that wait to be approved, as items that one click puts on the agenda."""
    _ = reader.gettext
    for facts in view.proposed:
        day = wording.day(facts, reader)
        told = _("Proposed, for decision: approve the minutes of {day}, which were circulated and are not approved yet.", day=day)
        yield section(told, button(_("Put on the agenda"), prep_actions.PROPOSE, f"{view.meeting.id}:{facts.id}"))


def _papers(item: ItemFacts, reader: Reader) -> Iterator[Words]:
    _ = reader.gettext
    if item.paper and item.paper.en:
        yield _("Paper in English: {address}", address=Words.verbatim(item.paper.en))
    if item.paper and item.paper.fr:
        yield _("Paper in French: {address}", address=Words.verbatim(item.paper.fr))


def _choices(view: AgendaView, item: ItemFacts, reader: Reader) -> Iterator[Block]:
    """Five at most fit behind a ⋯: before the meeting it is prepared, from its beginning on it is recorded."""
    _, value = reader.gettext, str(item.id)
    yield button(_("Change"), prep_actions.EDIT, value)
    if view.begun:
        if view.approving.get(item.approves or "") == "circulated":
            yield button(_("Approve these minutes"), prep_actions.APPROVE, f"{item.approves}:{item.meeting}")
        yield button(_("Record a decision"), prep_actions.DECIDE, f"{item.meeting}:{item.id}")
        yield button(_("Record an action"), prep_actions.AGREE, f"{item.meeting}:{item.id}")
        return
    yield button(_("Move up"), prep_actions.UP, value)
    yield button(_("Move down"), prep_actions.DOWN, value)
    if item.owner and missing(item):
        yield button(_("Ask the owner"), prep_actions.ASK, value)
    yield button(_("Take off the agenda"), prep_actions.REMOVE, value)


def _decided(view: AgendaView, each: DecisionFacts, reader: Reader, *, arranges: bool) -> Block:
    _ = reader.gettext
    lines = [_("Decision (provisional): {text}", text=each.wording.marked(reader))]
    names: dict[Language, Words] = {"en": _("Still owed in English."), "fr": _("Still owed in French.")}
    lines += [names[language] for language in each.wording.owed()]
    controls = folded(prep_actions.ITEM, decision_controls(view.meeting.id, each, reader)) if arranges else None
    return section(Words.joined("\n", lines), controls)


def decision_controls(meeting: str, each: DecisionFacts, reader: Reader) -> tuple[Block, ...]:
    """What whoever chairs may do about a decision that is provisional."""
    _, value = reader.gettext, f"{meeting}:{each.item or ''}:{each.id}"
    return (button(_("Word it anew"), prep_actions.DECIDE, value), button(_("Take the decision back"), prep_actions.TAKE_BACK, value))


def _actions(heading: Words, found: tuple[ActionView, ...], reader: Reader) -> Iterator[Block]:
    if not found:
        return
    yield header(heading)
    for each in found[:_MOST]:
        controls = action_controls(each, reader)
        yield section(stands(each, reader), folded(prep_actions.ITEM, controls) if controls else None)
    rest = len(found) - _MOST
    if rest > 0:
        yield from context(reader.ngettext("and {n} more", "and {n} more", rest))


def stands(each: ActionView, reader: Reader) -> Words:
    """An action on one line, and what became of it."""
    _, what = reader.gettext, drafting.action(each, reader)
    if each.open or each.settled_at is None:
        return what
    values = {"what": what, "who": Words.verbatim(each.settled_by or ""), "date": reader.date(reader.local(each.settled_at).date())}
    return _("{what} – done: {who}, {date}", **values) if each.facts.state == "done" else _("{what} – dropped: {who}, {date}", **values)


def _controls(view: AgendaView, reader: Reader, *, arranges: bool) -> Iterator[Block]:
    _, value = reader.gettext, view.meeting.id
    row: list[Block] = []
    if arranges:
        row.append(button(_("Add an item"), prep_actions.ADD, value, style="primary"))
        if view.items and view.meeting.channel and not view.posted:
            row.append(button(_("Post in the channel"), prep_actions.PUBLISH, value))
        if view.items and not view.meeting.channel:
            row.append(button(_("Choose its channel"), prep_actions.CHANNEL, value))
    if arranges and view.begun:
        row += prep_actions.recording(value, reader)
    if view.begun and (arranges or view.meeting.minutes_state in ("circulated", "approved")):
        row.append(button(_("Minutes"), prep_actions.MINUTES, value))
    if row:
        yield divider()
    yield from actions(*row)
    if arranges and view.items and not view.meeting.channel:
        yield from context(
            _("This agenda cannot be posted yet: I know of no channel of this group. Choose its channel, or ask the secretariat to.")
        )


def channel(view: AgendaView, reader: Reader, frame: Frame) -> Modal:
    """Where the group talks, of which nobody has told Cadre yet: the agenda is posted there."""
    _ = reader.gettext
    told = _("The agenda is posted there at once, and those of later meetings can be.")
    hint = _("I can post in any public channel. Into a private one invite me first: /invite @Cadre")
    where = field("channel", _("Where the group talks"), conversation_picker(_FIELD), hint)
    blocks = (section(named(view.meeting, reader)), where, *context(told))
    return Modal(_("Channel"), blocks, _("Back"), _("Post the agenda"), CHANNEL_FORM, frame.packed())


def item(known: ItemFacts | None, reader: Reader, frame: Frame) -> Modal:
    """The window in which an item is written."""
    _ = reader.gettext
    kinds = [Option(drafting.kind(each, reader).sentence, each) for each in KINDS]
    owner = Option(Words.verbatim(known.owner.name), known.owner.id) if known and known.owner else None
    paper = known.paper if known else None
    blocks = (
        *pair("title", known.title if known else None, reader),
        field("kind", _("What for"), menu(_FIELD, kinds, known.kind if known else "discussion")),
        field("owner", _("Owner"), person(reader, owner), optional=True),
        field("minutes", _("Minutes that it takes"), number_input(_FIELD, known.minutes if known else None), optional=True),
        field("tab", _("Tab"), text_input(_FIELD, (known.tab if known else None) or ""), optional=True),
        field(
            NEEDS,
            _("Papers"),
            checkboxes(_FIELD, [Option(_("It needs a paper in both languages"), NEEDS)], known is not None and known.needs_paper),
            optional=True,
        ),
        *pair("paper", paper, reader),
    )
    return Modal(_("Agenda item"), blocks, _("Back"), _("Save"), ITEM_FORM, frame.packed())


def papers(known: ItemFacts, reader: Reader, frame: Frame) -> Modal:
    """The window in which an owner gives what is missing."""
    _ = reader.gettext
    blocks = (section(line(known, reader)), *pair("title", known.title, reader), *pair("paper", known.paper, reader))
    return Modal(_("What is missing"), blocks, _("Back"), _("Save"), PAPER_FORM, frame.packed())


def person(reader: Reader, chosen: Option | None) -> Block:
    """A menu in which one person is looked up."""
    made = search(prep_actions.PEOPLE, reader.gettext("Type a name"))
    return made | ({"initial_option": chosen.payload()} if chosen else {})


def pair(name: str, held: Bilingual | None, reader: Reader, *, tall: bool = False) -> Iterator[Block]:
    """One text in both languages, the reader's own first."""
    _ = reader.gettext
    labels: dict[tuple[str, Language], Words] = {
        ("title", "en"): _("Title, in English"),
        ("title", "fr"): _("Title, in French"),
        ("paper", "en"): _("Address of the paper, in English"),
        ("paper", "fr"): _("Address of the paper, in French"),
        ("wording", "en"): _("Wording, in English"),
        ("wording", "fr"): _("Wording, in French"),
    }
    for language in reader.languages:
        text = (held.in_(language) if held else None) or ""
        yield field(f"{name}_{language}", labels[name, language], text_input(_FIELD, text, tall=tall), optional=True)
