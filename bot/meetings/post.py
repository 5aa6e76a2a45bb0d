"""The post of an agenda in the group's channel: in both languages at once, without papers and without what is to be done by whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy.orm import Session

from bot.blocks import Block, Message, context, divider, header, section
from bot.face import Post
from bot.meetings.agenda_windows import line, named, time
from cadre.core.errors import NotFound
from cadre.core.i18n import LANGUAGES, LOCALES
from cadre.core.reader import DEFAULT_ZONE, Reader
from cadre.core.words import Words
from cadre.meetings import agenda, wording
from cadre.meetings.agenda import AgendaView
from cadre.meetings.views import AGENDA


def load(session: Session, subject: str) -> AgendaView | None:
    """The agenda that a post tells of; None for a meeting that is gone."""
    try:
        return agenda.public(session, subject.partition(":")[2])
    except NotFound:
        return None


def message(view: AgendaView) -> Message:
    """The whole post: English, then French. Its time is that of the meeting's own zone, with those from coast to coast below."""
    readers = [Reader(LOCALES[language], view.meeting.facts.zone or DEFAULT_ZONE) for language in LANGUAGES]
    blocks: list[Block] = []
    for reader in readers:
        blocks += [*_in_language(view, reader), divider()]
    return Message(Words.joined(" / ", (_title(view, reader) for reader in readers)), tuple(blocks[:-1]))


def _in_language(view: AgendaView, reader: Reader) -> Iterator[Block]:
    _ = reader.gettext
    yield header(_("Agenda"))
    yield section(named(view.meeting, reader))
    if view.meeting.facts.state == "cancelled":
        yield section(_("This meeting is cancelled."))
        return
    if view.meeting.facts.starts_at:
        times = wording.coast_to_coast(view.meeting.facts.starts_at, reader)
        yield from context(Words.joined("\n", (reader.gettext("{cities}: {moment}", cities=where, moment=when) for where, when in times)))
    lines = [line(item, reader) for item in view.items]
    for start in range(0, len(lines), _TOGETHER):
        yield section(Words.joined("\n", lines[start : start + _TOGETHER]))
    if not lines:
        yield section(_("There is nothing on the agenda yet."))
    yield from context(*time(view, reader))


def _title(view: AgendaView, reader: Reader) -> Words:
    """What the notification says."""
    if view.meeting.facts.state == "cancelled":
        return reader.gettext("Agenda: {meeting} (cancelled)", meeting=named(view.meeting, reader))
    return reader.gettext("Agenda: {meeting}", meeting=named(view.meeting, reader))


_TOGETHER: Final = 10
"""Items that stand in one section."""
POST: Final = Post(AGENDA, load, message)
