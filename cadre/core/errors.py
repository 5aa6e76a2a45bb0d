"""What can go wrong that a person can do something about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from cadre.core.bilingual import Bilingual
from cadre.core.reader import Reader
from cadre.core.words import Words


@dataclass(frozen=True, slots=True)
class Message:
    """A message that is worded later, when it is known who reads it: a marked msgid and its values, a name in both languages too."""

    msgid: str
    values: Mapping[str, Words | int | date | Bilingual] = field(default_factory=dict)

    def for_(self, reader: Reader) -> Words:
        """In the reader's language, and a moment in their time."""
        return reader.gettext(self.msgid, **{name: _told(value, reader) for name, value in self.values.items()})


def _told(value: Words | int | date | Bilingual, reader: Reader) -> Words | int:
    if isinstance(value, Bilingual):
        return value.for_(reader)
    if isinstance(value, datetime):
        return reader.moment(value)
    return reader.date(value) if isinstance(value, date) else value


class CadreError(Exception):
    """Something that was asked for cannot be done, and why. Each face words it and says what to do next."""


class NotFound(CadreError):
    """There is no such record. ``what`` names it as the person did."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class Forbidden(CadreError):
    """The actor may not do this; ``who`` may (a role of the registry, such as ``secretariat``)."""

    def __init__(self, who: str = "secretariat") -> None:
        super().__init__(f"only {who}")
        self.who = who


class Invalid(CadreError):
    """Fields that cannot be taken as they are: field -> what is wrong with it."""

    def __init__(self, **fields: Message) -> None:
        super().__init__(", ".join(f"{name}: {message.msgid}" for name, message in fields.items()))
        self.fields = fields


class Conflict(CadreError):
    """Somebody did it already: who, and when; ``what`` came of it, where that is not what was asked for. ``wrote``: they wrote meanwhile
    what was about to be written.
    """

    def __init__(self, who: str, when: datetime, what: Message | None = None, *, wrote: bool = False) -> None:
        super().__init__(f"{who} at {when.isoformat()}")
        self.who = who
        self.when = when
        self.what = what
        self.wrote = wrote


class CarriedOut(Conflict):
    """Somebody carried it out already: who, and when."""
