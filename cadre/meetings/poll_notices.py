"""Of polls, what reminders need to know: who has said nothing yet, until when; and whether a time is to be chosen now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.calendar import FEDERAL, working_day_after
from cadre.core.errors import Message
from cadre.core.rows import by_id, chunks
from cadre.groups.models import Group
from cadre.meetings.models import Poll, PollVoice
from cadre.meetings.polling import arrangers
from cadre.meetings.views import POLL, VOICE
from cadre.notices.rules import Dated, Kind

ASKED: Final = "asked"
_SOON: Final = timedelta(days=6)
"""Where a poll closes within so many days, its first reminder may fall on the day on which people are asked."""
ARRANGER: Final = "arranger"
_ROWS: Final = select(PollVoice, Poll).join(Poll, Poll.id == PollVoice.poll)


def numbers(subjects: Iterable[str]) -> list[int]:
    """The numbers that subjects such as ``voice:12`` name."""
    return sorted({int(id_) for subject in subjects if (id_ := subject.partition(":")[2]).isdecimal()})


def _voices(session: Session, after: str, limit: int) -> Sequence[Dated]:
    """Voices of open polls, after one, in order of their number."""
    first = int(after.partition(":")[2] or 0)
    rows = session.execute(_ROWS.where(PollVoice.id > first, Poll.state == "open").order_by(PollVoice.id).limit(limit)).all()
    return [_silent(session, *row) for row in rows]


def _some_voices(session: Session, subjects: Collection[str]) -> Mapping[str, Dated]:
    return {(each := _silent(session, *row)).subject: each for row in _found(session, subjects)}


def _found(session: Session, subjects: Collection[str]) -> list[Any]:
    return [row for some in chunks(numbers(subjects)) for row in session.execute(_ROWS.where(PollVoice.id.in_(some)))]


def _silent(session: Session, voice: PollVoice, row: Poll) -> Dated:
    """Nobody is reminded who answered, nor on the day on which they were asked."""
    settled = row.state if row.state != "open" else "answered" if voice.answered_at else None
    if settled is None and row.opened_on >= clock.today(session) and row.closes_on - row.opened_on <= _SOON:
        settled = "new"
    return Dated(VOICE, f"{VOICE}:{voice.id}", row.closes_on, settled, {ASKED: (voice.person,)})


def _polls(session: Session, after: str, limit: int) -> Sequence[Dated]:
    first = int(after.partition(":")[2] or 0)
    rows = session.scalars(select(Poll).where(Poll.id > first, Poll.state == "open").order_by(Poll.id).limit(limit)).all()
    return [_unchosen(session, row) for row in rows]


def _some_polls(session: Session, subjects: Collection[str]) -> Mapping[str, Dated]:
    return {f"{POLL}:{row.id}": _unchosen(session, row) for row in by_id(session, Poll, numbers(subjects)).values()}


def _unchosen(session: Session, row: Poll) -> Dated:
    """A time is to be chosen on the working day after the last on which people answer."""
    settled = None if row.state == "open" else row.state
    due = working_day_after(row.closes_on + timedelta(days=1), FEDERAL)
    return Dated(POLL, f"{POLL}:{row.id}", due, settled, {ARRANGER: arrangers(session, row)})


def _names_of_voices(session: Session, subjects: Collection[str]) -> Mapping[str, Bilingual]:
    rows = _found(session, subjects)
    called = _called(session, {row.id: row for _, row in rows}.values())
    return {f"{VOICE}:{voice.id}": called[row.id] for voice, row in rows}


def _names_of_polls(session: Session, subjects: Collection[str]) -> Mapping[str, Bilingual]:
    called = _called(session, by_id(session, Poll, numbers(subjects)).values())
    return {f"{POLL}:{id_}": name for id_, name in called.items()}


def _called(session: Session, rows: Iterable[Poll]) -> dict[int, Bilingual]:
    all_ = list(rows)
    groups = by_id(session, Group, {row.group for row in all_})
    return {row.id: row.title or groups[row.group].name for row in all_}


VOICES: Final = Kind(VOICE, Message("Polls that wait for my answer"), _voices, _some_voices, _names_of_voices)
POLLS: Final = Kind(POLL, Message("Polls of mine in which a time is to be chosen"), _polls, _some_polls, _names_of_polls)
KINDS: Final = (VOICES, POLLS)
