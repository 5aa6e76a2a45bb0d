"""The windows of polls: those that are open, one with its ranking, where one answers, and where a time is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.blocks import (
    OPTIONS,
    Block,
    Message,
    Modal,
    Option,
    actions,
    button,
    context,
    divider,
    field,
    header,
    listed,
    menu,
    search,
    section,
    text_input,
)
from bot.markup import bold
from bot.meetings import actions as of
from bot.meetings import poll_wording
from bot.modals import Frame, Metadata
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.meetings import wording
from cadre.meetings.poll_reading import Place, Ranking
from cadre.meetings.polling import ANSWERS
from cadre.meetings.rules import Attendee
from cadre.meetings.views import Joining, PollFacts, SlotFacts

SAID: Final = "meetings.poll_said"
CHOSEN: Final = "meetings.poll_chosen"
CLOSED: Final = "meetings.poll_closed"
_FIELD: Final = "meetings.field"
SLOT: Final = "slot_"
"""What the block of a time begins with; its number follows."""
_ROWS: Final = 40
_FEW: Final = 20
"""In a message, which holds fifty blocks."""
_NAMED: Final = 20
"""Of a crowd, so many are named at each time; the others are counted."""


@dataclass(frozen=True, slots=True)
class Shape(Metadata):
    """What the window of a form keeps. ``slot``: the time that is to be chosen; ``record``: the answer is somebody else's."""

    poll: int = 0
    slot: int = 0
    record: bool = False
    under: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A time that is to be chosen: what it means for everybody, and how to join."""

    ranking: Ranking
    place: Place
    attendees: tuple[Attendee, ...]
    joining: Joining


def polls(found: tuple[PollFacts, ...], reader: Reader, frame: Frame, *, arranges: bool, note: Words | None = None) -> Modal:
    """All that are open and concern the reader."""
    _ = reader.gettext
    new = (button(_("Find a time"), of.FIND, style="primary"),) if arranges else ()
    blocks: list[Block] = [*(context(note) if note else ()), *actions(*new, block="polls.begin")]
    blocks += [block for poll in found[:_ROWS] for block in _row(poll, reader)]
    if not found:
        blocks.append(section(_("No poll is open.")))
    return Modal(_("Polls"), tuple(blocks), close=_("Close"), metadata=frame.packed())


def message(found: tuple[PollFacts, ...], reader: Reader, *, arranges: bool) -> Message:
    """The same where no window can be opened."""
    _ = reader.gettext
    told = reader.ngettext("{n} poll is open.", "{n} polls are open.", len(found)) if found else _("No poll is open.")
    new = (button(_("Find a time"), of.FIND),) if arranges else ()
    return Message(told, (section(told), *(block for poll in found[:_FEW] for block in _row(poll, reader)), *actions(*new)))


def home(found: tuple[PollFacts, ...], reader: Reader) -> Iterator[Block]:
    """A part of App Home: the polls that wait for the reader's answer, and those of which they are to choose the time."""
    waiting = [poll for poll in found if _waits(poll)]
    if waiting:
        yield section(reader.gettext("A time is to be found"))
        yield from (block for poll in waiting[:_NAMED] for block in _row(poll, reader))


def _waits(poll: PollFacts) -> bool:
    silent = poll.mine is not None and poll.mine.answered_at is None and poll.takes_answers
    return silent or (poll.may_arrange and not (poll.takes_answers and poll.silent))


def _row(poll: PollFacts, reader: Reader) -> Iterator[Block]:
    """A poll in a list. Whoever chooses its time gets to the ranking whether they have answered or not."""
    _, name = reader.gettext, poll_wording.name(poll, reader)
    mine = poll.mine is not None and poll.mine.answered_at is None and poll.takes_answers
    lines = Words.joined("\n", (name, poll_wording.answered(poll, reader), _("Until {day}", day=poll_wording.ends(poll, reader))))

    def to(label: Words, action: str) -> Block:
        return button(label, action, str(poll.id), spoken=_("{action}: {name}", action=label, name=name))

    say, look = to(_("Answer"), of.SAY), to(_("Choose a time") if poll.may_arrange else _("Open"), of.POLL)
    if mine and poll.may_arrange:
        yield section(lines)
        yield from actions(say, look, block=f"poll:{poll.id}")
    else:
        yield section(lines, say if mine else look)


def mine(poll: PollFacts, reader: Reader, frame: Frame, note: Words | None = None) -> Modal:
    """A poll as those see it who are asked: what they said of each time."""
    _ = reader.gettext
    blocks = [*_begin(poll, reader, note), *listed(poll_wording.said(poll, slot, reader) for slot in poll.slots)]
    blocks += actions(*_say(poll, reader), block="poll.say")
    return Modal(_("When can you?"), tuple(blocks), close=_("Close"), metadata=frame.packed())


def _begin(poll: PollFacts, reader: Reader, note: Words | None) -> Iterator[Block]:
    _ = reader.gettext
    yield from context(note) if note else ()
    yield header(poll_wording.name(poll, reader))
    if poll.state == "chosen" and poll.begins and poll.meeting:
        told = _("Chosen: {moment}", moment=reader.moment(poll.begins))
        yield section(told, button(_("Open the meeting"), of.OPEN, poll.meeting))
    elif poll.state != "open":
        yield section(_("Closed, and no time was chosen."))
    else:
        day = poll_wording.ends(poll, reader)
        until = _("The last day to answer is {day}.", day=day) if poll.takes_answers else _("The last day to answer was {day}.", day=day)
        yield section(Words.joined(" ", (_("Asked by {who}.", who=poll_wording.who_made(poll, reader)), until)))


def _say(poll: PollFacts, reader: Reader) -> Iterator[Block]:
    if poll.mine and poll.takes_answers:
        label = reader.gettext("Change my answer") if poll.mine.answered_at else reader.gettext("Answer")
        yield button(label, of.SAY, str(poll.id), None if poll.mine.answered_at else "primary")


def answer(poll: PollFacts, reader: Reader, shape: Shape) -> Modal:
    """Where one answers for all times at once. ``record``: for somebody else, as the secretariat was told."""
    _ = reader.gettext
    options = [Option(label, code) for code, label in zip(ANSWERS, (_("Yes"), _("If need be"), _("No")), strict=True)]
    blocks: list[Block] = [section(poll_wording.name(poll, reader))]
    if shape.record:
        people = [Option(Words.verbatim(each.person.name), each.person.id) for each in poll.voices]
        whose = menu(_FIELD, people) if len(people) <= OPTIONS else search(of.PEOPLE, _("Type a name"))
        blocks.append(field("person", _("Whose answer"), whose, _("They get a confirmation.")))
    own = poll.mine.answers if poll.mine and not shape.record else {}
    for slot in poll.slots:
        chosen = menu(_FIELD, options, own.get(slot.id), _("Does it suit?"))
        blocks.append(field(f"{SLOT}{slot.id}", reader.moment(slot.instant).sentence, chosen, optional=True))
    blocks += context(poll_wording.counts(reader))
    return Modal(_("When can you?"), tuple(blocks), _("Back"), _("Save"), SAID, shape.packed())


def ranking(found: Ranking, reader: Reader, frame: Frame, *, secretariat: bool, note: Words | None = None) -> Modal:
    """A poll as whoever chooses sees it: its times, the best first, with who can and what speaks against each."""
    _, poll = reader.gettext, found.poll
    blocks = [*_begin(poll, reader, note), section(poll_wording.answered(poll, reader)), *_silent(poll, reader)]
    buttons = [*_say(poll, reader)]
    if secretariat and poll.takes_answers:
        buttons.append(button(_("Record an answer"), of.POLL_RECORD, str(poll.id)))
    if poll.state == "open":
        buttons.append(button(_("Close without a time"), of.POLL_CLOSE, str(poll.id)))
    blocks += [*actions(*buttons, block="poll.do"), divider()]
    for number, place in enumerate(found.places, 1):
        blocks += _place(number, place, poll, reader)
    return Modal(_("Choose a time"), tuple(blocks), close=_("Close"), metadata=frame.packed())


def _silent(poll: PollFacts, reader: Reader) -> Iterator[Block]:
    silent = [each for each in sorted(poll.voices, key=lambda voice: not voice.must) if each.answered_at is None]
    if silent and poll.answered:
        yield from context(reader.gettext("Nothing said yet: {names}", names=poll_wording.voices(silent, reader, _NAMED)))


def _place(number: int, place: Place, poll: PollFacts, reader: Reader) -> Iterator[Block]:
    _, slot = reader.gettext, place.standing.slot
    when = reader.moment(slot.instant)
    first = _("{number}. {moment}", number=number, moment=when.sentence)
    choose = button(_("Choose this time"), of.CHOOSE, str(slot.id), spoken=_("Choose this time: {moment}", moment=when))
    yield section(Words.joined("\n", (bold(first), *_who(place, reader))), choose if poll.state == "open" else None)
    yield from context(*_against(place, reader))


def _who(place: Place, reader: Reader) -> Iterator[Words]:
    """Who can, who cannot, those first without whom the meeting cannot do."""
    _, standing = reader.gettext, place.standing
    if standing.yes:
        yield _("Can: {names}", names=poll_wording.voices(standing.yes, reader, _NAMED))
    if standing.if_needed:
        yield _("If need be: {names}", names=poll_wording.voices(standing.if_needed, reader, _NAMED))
    if standing.no:
        yield _("Cannot: {names}", names=poll_wording.voices(standing.no, reader, _NAMED))
    if standing.open:
        yield reader.ngettext("{n} has not said", "{n} have not said", len(standing.open))


def _against(place: Place, reader: Reader) -> Iterator[Words]:
    if lacking := place.standing.lacking:
        names = reader.listed(Words.verbatim(each.person.name) for each in lacking)
        yield reader.ngettext(
            "Please note: {names} is needed, and cannot come.",
            "Please note: {names} are needed, and cannot come.",
            len(lacking),
            names=names,
        )
    for each in place.cautions:
        yield reader.gettext("Please note: {caution}", caution=wording.caution(each, reader))


def choose(choice: Choice, reader: Reader, shape: Shape) -> Modal:
    """What choosing a time does: what it is for everybody, who cannot, and how to join."""
    _, slot, poll = reader.gettext, choice.place.standing.slot, choice.ranking.poll
    when = reader.moment(slot.instant)
    told = _("{title}, {when}.", title=poll_wording.name(poll, reader), when=when)
    sure = _("All who were asked are invited. Yes to this time counts as accepted, if need be as accepted tentatively.")
    blocks = [section(Words.joined(" ", (told, sure))), *listed(wording.everywhere(slot.instant, choice.attendees, reader))]
    blocks += [*(section(line) for line in _who(choice.place, reader)), *context(*_against(choice.place, reader)), divider()]
    blocks += joining(choice.joining, reader)
    return Modal(_("Choose this time"), tuple(blocks), _("Back"), _("Invite"), CHOSEN, shape.packed())


def joining(known: Joining, reader: Reader) -> Iterator[Block]:
    """How to join what the poll becomes."""
    _ = reader.gettext
    yield field("link", _("Link to join"), text_input(_FIELD, known.link or ""), _("Only those who are invited see it."), optional=True)
    text = text_input(_FIELD, known.text or "", tall=True)
    yield field("joining", _("Telephone numbers and codes"), text, optional=True)


def close(poll: PollFacts, reader: Reader, shape: Shape) -> Modal:
    """What closing a poll does."""
    _ = reader.gettext
    told = _("{title}: no time is chosen.", title=poll_wording.name(poll, reader))
    others = poll.asked - (poll.mine is not None)  # whoever closes it knows
    who = reader.ngettext("{n} person who was asked is told.", "{n} people who were asked are told.", others)
    return Modal(_("Close the poll"), (section(Words.joined(" ", (told, who))),), _("Back"), _("Close it"), CLOSED, shape.packed())


def means(slots: Iterable[SlotFacts], attendees: Sequence[Attendee], against: Iterable[Iterable[Words]], reader: Reader) -> Iterator[Block]:
    """Times that are to be asked about, where the reader is and where each of those is who are asked, and what speaks against each."""
    for slot, cautions in zip(slots, against, strict=True):
        lines = (f"• {line}" for line in wording.everywhere(slot.instant, attendees, reader, most=_NAMED))
        yield section(Words.joined("\n", (bold(reader.moment(slot.instant).sentence), *map(Words.verbatim, lines))))
        yield from context(*cautions)
