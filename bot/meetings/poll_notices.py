"""How notices about polls read: to those who are asked, with each time in their own zone and its buttons; and to whoever chooses."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import letters
from bot.blocks import Block, button, context, cut
from bot.face import Face, Told
from bot.meetings import actions, poll_wording
from cadre.core.reader import Actor, Reader, named
from cadre.core.rows import by_id
from cadre.core.words import Words
from cadre.meetings.models import Poll, PollVoice
from cadre.meetings.poll_notices import numbers
from cadre.meetings.poll_reading import load
from cadre.meetings.views import POLL, VOICE, PollFacts

_Headline = Callable[[PollFacts, Told, Reader], Words]


def _of_voices(session: Session, subjects: Collection[str], person: str) -> Mapping[str, PollFacts]:
    """The polls in which somebody is asked, by their own voice in it."""
    voices = select(PollVoice.id, PollVoice.poll).where(PollVoice.id.in_(numbers(subjects)), PollVoice.person == person)
    polls = {row.id: row.poll for row in session.execute(voices)}
    found = _polls(session, polls.values(), person)
    return {f"{VOICE}:{voice}": found[poll] for voice, poll in polls.items()}


def _of_polls(session: Session, subjects: Collection[str], person: str) -> Mapping[str, PollFacts]:
    return {f"{POLL}:{id_}": poll for id_, poll in _polls(session, numbers(subjects), person).items()}


def _polls(session: Session, ids: Collection[int], person: str) -> dict[int, PollFacts]:
    rows = list(by_id(session, Poll, ids).values())
    return {each.id: each for each in load(session, rows, Actor("", person))}


def _values(poll: PollFacts, told: Told, reader: Reader) -> dict[str, Words]:
    who = told.detail.get("by")
    return {
        "title": poll_wording.name(poll, reader),
        "day": poll_wording.ends(poll, reader),
        "who": Words.verbatim(named(str(who))) if who else reader.gettext("the secretariat"),
    }


def _over(poll: PollFacts, told: Told, reader: Reader) -> Words | None:
    """What came of it, once something did: whatever was told before, that is what matters now."""
    if poll.state == "chosen" and poll.begins:
        return reader.gettext("A time was found: {title}, {when}.", when=reader.moment(poll.begins), **_values(poll, told, reader))
    if poll.state != "open":
        return reader.gettext("Closed, and no time was chosen: {title}.", **_values(poll, told, reader))
    return None


def _headline(worded: _Headline) -> _Headline:
    def headline(poll: PollFacts, told: Told, reader: Reader) -> Words:
        return _over(poll, told, reader) or worded(poll, told, reader)

    return headline


def _opened(poll: PollFacts, told: Told, reader: Reader) -> Words:
    return reader.ngettext(
        "{who} asks when you can meet: {title}. Say by {day} which of {n} time suits you.",
        "{who} asks when you can meet: {title}. Say by {day} which of {n} times suit you.",
        len(poll.slots),
        **_values(poll, told, reader),
    )


def _reminder(poll: PollFacts, told: Told, reader: Reader) -> Words:
    """How long one can still answer."""
    values, days = _values(poll, told, reader), (poll.closes_on - told.day).days
    if poll.mine and poll.mine.answered_at:
        return reader.gettext("You said when you can meet: {title}. You can change it until {day}.", **values)
    if days < 0:
        return reader.gettext("The last day to say when you can meet is past: {title}, {day}.", **values)
    if days == 0:
        return reader.gettext("Today is the last day to say when you can meet: {title}.", **values)
    return reader.ngettext(
        "You have not said yet when you can meet: {title}. You can for {n} more day, until {day}.",
        "You have not said yet when you can meet: {title}. You can for {n} more days, until {day}.",
        days,
        **values,
    )


def _closed(poll: PollFacts, told: Told, reader: Reader) -> Words:
    return reader.gettext("{who} closed the poll without choosing a time: {title}.", **_values(poll, told, reader))


def _recorded(poll: PollFacts, told: Told, reader: Reader) -> Words:
    return reader.gettext("{who} recorded when you can meet: {title}. You can change it until {day}.", **_values(poll, told, reader))


def _chosen(poll: PollFacts, told: Told, reader: Reader) -> Words:
    values = _values(poll, told, reader)
    if not poll.begins:
        return reader.gettext("{who} chose a time in your poll: {title}.", **values)
    return reader.gettext("{who} chose a time in your poll: {title}, {when}.", when=reader.moment(poll.begins), **values)


def _to_meeting(poll: PollFacts, told: Told, reader: Reader) -> tuple[Block, ...]:
    return (button(reader.gettext("Open the meeting"), actions.OPEN, poll.meeting),) if poll.meeting else ()


def _complete(poll: PollFacts, told: Told, reader: Reader) -> Words:
    return reader.gettext("Everybody has answered: {title}. Choose a time.", **_values(poll, told, reader))


def _unchosen(poll: PollFacts, told: Told, reader: Reader) -> Words:
    values = _values(poll, told, reader)
    return reader.ngettext(
        "{n} of {asked} has answered, and the last day to do so is past: {title}. Choose a time.",
        "{n} of {asked} have answered, and the last day to do so is past: {title}. Choose a time.",
        poll.answered,
        asked=poll.asked,
        title=values["title"],
    )


def _asks(poll: PollFacts, told: Told) -> bool:
    return poll.state == "open" and not told.is_past(poll.closes_on)


def _details(poll: PollFacts, told: Told, reader: Reader) -> tuple[Words, ...]:
    if not _asks(poll, told):
        return ()
    return Words.joined("\n", (poll_wording.said(poll, slot, reader) for slot in poll.slots)), poll_wording.counts(reader)


def _rows(poll: PollFacts, told: Told, reader: Reader) -> tuple[Block, ...]:
    if not _asks(poll, told) or len(poll.slots) > poll_wording.IN_MESSAGE:
        return ()
    return (*poll_wording.rows(poll, reader), *context(poll_wording.counts(reader)))


def _controls(poll: PollFacts, told: Told, reader: Reader) -> tuple[Block, ...]:
    """Nothing once a time was chosen, and in a reminder once it is answered; for whoever chooses, the way to do so."""
    if not _asks(poll, told) or (told.kind == VOICE and poll.mine and poll.mine.answered_at):
        return ()
    _, value = reader.gettext, str(poll.id)
    say = button(_("Answer for all times"), actions.SAY, value)
    return (say, button(_("See who can when"), actions.POLL, value)) if poll.may_arrange else (say,)


def _choosing(poll: PollFacts, told: Told, reader: Reader) -> tuple[Block, ...]:
    if poll.state != "open":
        return ()
    return (button(reader.gettext("Choose a time"), actions.POLL, str(poll.id), "primary"),)


def _counted(poll: PollFacts, told: Told, reader: Reader) -> tuple[Words, ...]:
    return (poll_wording.answered(poll, reader),) if poll.state == "open" else ()


def _no_controls(poll: PollFacts, told: Told, reader: Reader) -> tuple[Block, ...]:
    return ()


def _gone(poll: PollFacts, told: Told) -> bool:
    """A question that was not sent yet, of a poll that is over: what came of it is told, nothing else."""
    return poll.state != "open"


def _no_page(poll: PollFacts, told: Told) -> str | None:
    return None


def _title(poll: PollFacts, told: Told, reader: Reader) -> Words:
    """The subject of a letter: short, so that nothing is cut from it."""
    title = Words.verbatim(cut((poll.title or poll.group_name).for_(reader), letters.TITLE))
    if told.kind in _ASKED and poll.state == "open":
        return reader.gettext("When you can meet: {title}", title=title)
    return reader.gettext("Poll: {title}", title=title)


_ASKED: Final = frozenset({VOICE, "poll_opened", "poll_recorded"})
FACES: Final = (
    Face("poll_opened", _of_voices, _headline(_opened), _controls, _no_page, moot=_gone, details=_details, title=_title, rows=_rows),
    Face(VOICE, _of_voices, _headline(_reminder), _controls, _no_page, details=_details, title=_title, rows=_rows, passes=True),
    Face("poll_recorded", _of_voices, _headline(_recorded), _controls, _no_page, details=_details, title=_title, rows=_rows),
    Face("poll_closed", _of_voices, _closed, _no_controls, _no_page, title=_title),
    Face("poll_chosen", _of_polls, _chosen, _to_meeting, _no_page, title=_title),
    Face("poll_complete", _of_polls, _headline(_complete), _choosing, _no_page, moot=_gone, title=_title),
    Face(POLL, _of_polls, _headline(_unchosen), _choosing, _no_page, details=_counted, title=_title),
)
