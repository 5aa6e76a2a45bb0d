"""The lines of calendar files, RFC 5545: https://www.rfc-editor.org/rfc/rfc5545#section-3.1.

Lines and texts are put together here: icalendar's own components take a quarter of a second for a feed of 500 meetings. What has a
grammar of its own, rules of recurrence and time zones, icalendar writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Timezone, vRecur

from cadre.core.text import printable

_LONGEST: Final = 75
"""Octets of a line, without its break."""
_YEARS: Final = 30
"""For so many the changes of clocks are listed: who knows them for longer?"""


def line(name: str, value: str) -> str:
    """A content line, folded where it is too long."""
    whole = f"{name}:{value}"
    return whole if len(whole) <= _LONGEST and whole.isascii() else _folded(whole.encode())


def _folded(octets: bytes) -> str:
    """Cut between letters, never within one."""
    parts, room = [], _LONGEST
    while len(octets) > room:
        cut = room
        while octets[cut] & 0xC0 == 0x80:  # what follows the first octet of a letter in UTF-8
            cut -= 1
        parts.append(octets[:cut])
        octets, room = octets[cut:], _LONGEST - 1
    return b"\r\n ".join((*parts, octets)).decode()


def text(value: str) -> str:
    """A text as a value: 3.3.11."""
    value = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\r\n", "\n").replace("\n", "\\n")
    return printable(value)


def parameter(value: str) -> str:
    """A text as the value of a parameter: 3.2. It can hold no quotation mark, and no break."""
    return '"' + " ".join(printable(value.replace('"', "'")).split()) + '"'


def utc(moment: datetime) -> str:
    """An instant, which is in UTC."""
    return f"{_basic(moment.replace(tzinfo=None))}Z"


def local(name: str, wall: datetime, zone: str) -> str:
    """A line that says what the clock on the wall of a zone shows."""
    return f"{name};TZID={zone}:{_basic(wall)}"


def _basic(moment: datetime) -> str:
    """Without dashes and colons; strftime takes three times as long."""
    return moment.isoformat("T", "seconds").replace("-", "").replace(":", "")


def day(name: str, value: date) -> str:
    """A line that says a whole day."""
    return f"{name};VALUE=DATE:{value:%Y%m%d}"


def rule(parts: dict[str, object]) -> str:
    """A rule of recurrence as ``cadre.meetings.series.rule`` has it."""
    written: bytes = vRecur(parts).to_ical()  # type: ignore[no-untyped-call]  # icalendar types most, not this
    return line("RRULE", written.decode())


def timezones(zones: Iterable[str], first: date, last: date) -> Iterator[str]:
    """What the pinned zone data say of some zones, for whole years around some days."""
    for zone in sorted(zones):
        yield _timezone(ZoneInfo(zone), first.year, min(last.year, first.year + _YEARS))


@lru_cache(maxsize=64)
def _timezone(zone: ZoneInfo, first: int, last: int) -> str:
    """By the zone itself, not its name: other data make another object of it.

    icalendar tells when clocks go forward as they show it afterwards; the standard has it as they showed it before (3.6.5).
    """
    found = Timezone.from_tzinfo(zone, zone.key, date(first, 1, 1), date(last + 1, 1, 1))
    found.pop("COMMENT", None)
    for part in found.subcomponents:
        forward = part.TZOFFSETTO - part.TZOFFSETFROM
        if forward > timedelta():
            part.DTSTART -= forward
            again = [each[0] - forward for each in part.rdates]
            part.pop("RDATE", None)
            if again:
                part.add("RDATE", again)
    written: bytes = found.to_ical()
    return written.decode().removesuffix("\r\n")
