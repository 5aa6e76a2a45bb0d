"""The calendar files that go with what people are told of a meeting: iTIP, RFC 5546."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.errors import NotFound
from cadre.core.reader import Reader
from cadre.meetings import calendars, feeds
from cadre.meetings.calendars import Entry, Method, Shelf, Style

ASKED: Final = frozenset({"meeting_invited", "meeting_changed", "meeting_shifted", "meeting_standing_in"})
CALLED_OFF: Final = frozenset({"meeting_cancelled", "meeting_left", "meeting_standing_down"})


@dataclass(frozen=True, slots=True)
class File:
    """A calendar file, and what a calendar program is to do with it."""

    name: str
    method: Method
    content: bytes


def files(session: Session, kind: str, id_: str, *, person: str, detail: Mapping[str, Any], reader: Reader) -> tuple[File, ...]:
    """What goes with word of one kind, in the recipient's language. Nothing for a meeting whose day is not known, or that is gone.

    Of a series, an invitation holds all; afterwards one meeting alone, unless all that come were changed: then the series ends, and
    another goes on, so that there are two files.
    """
    if kind not in ASKED | CALLED_OFF:
        return ()
    try:
        entry, shelf, guest = feeds.of_meeting(session, id_, person)
    except NotFound:
        return ()
    guest = guest or (feeds.guest(session, person) if kind in CALLED_OFF else None)
    if guest is None:
        return ()
    whole, style = shelf.series[0] if shelf.series else None, Style(reader, guest=guest, made=clock.now(session))
    if whole and kind == "meeting_left" and detail.get("onwards"):
        of = (feeds.former_series(session, id_), whole.id)
        return tuple(_all(feeds.of_series(session, each, person), style) for each in of if each)
    if whole and (detail.get("onwards") or detail.get("series")):
        former = feeds.former_series(session, id_) if kind == "meeting_changed" else None
        left = (feeds.of_series(session, former, person), shelf) if former else (shelf,)
        return tuple(_all(each, style) for each in left)
    method: Method = "CANCEL" if kind in CALLED_OFF else "REQUEST"
    return (File(f"{id_}.ics", method, calendars.instance(entry, whole, replace(style, method=method))),)


def standing(session: Session, id_: str, *, person: str, reader: Reader, base: str = "") -> File:
    """How a meeting stands for somebody by now, with all of its series: called off where it is cancelled, or where they need not come.

    ``base``: where the web pages are. Raises NotFound, also for a meeting whose day is not known, and for whoever is not in the registry.
    """
    entry, shelf, guest = feeds.of_meeting(session, id_, person)
    comes, whole = guest is not None and entry.state != "cancelled", shelf.series[0] if shelf.series else None
    style = _style(session, person, reader, base)
    if comes:
        return _all(shelf, style) if whole else File(f"{id_}.ics", style.method, calendars.instance(entry, None, style))
    style = replace(style, method="CANCEL", made=clock.now(session))
    left = feeds.of_series(session, whole.id, person) if whole else None
    if left and _none_after(left, entry):
        return _all(left, style)
    return File(f"{id_}.ics", "CANCEL", calendars.instance(entry, whole, style))


def former(session: Session, id_: str, *, person: str, reader: Reader, base: str = "") -> File:
    """What is left for somebody of the series that a meeting was of before all from it on became another one. Raises NotFound."""
    of = feeds.former_series(session, id_)
    if of is None:
        raise NotFound(id_)
    return _all(feeds.of_series(session, of, person), _style(session, person, reader, base))


def _style(session: Session, person: str, reader: Reader, base: str) -> Style:
    guest = feeds.guest(session, person)
    if guest is None:
        raise NotFound(person)
    return Style(reader, "REQUEST", guest, base)


def _none_after(left: Shelf, entry: Entry) -> bool:
    """Whether somebody's series ends before a meeting that it had."""
    (whole,) = left.series
    return not left.entries or bool(whole.rule.until and entry.occurrence and whole.rule.until < entry.occurrence)


def _all(shelf: Shelf, style: Style) -> File:
    """A series as it is now; called off where nothing of it is left for them."""
    (whole,) = shelf.series
    method: Method = "CANCEL" if calendars.ended_before(whole) or not shelf.entries else "REQUEST"
    return File(f"series-{whole.id}.ics", method, calendars.calendar(shelf, replace(style, method=method)))
