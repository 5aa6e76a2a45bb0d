"""What the calls at ``/_sandbox/`` take. What does not fit is refused with the field that is wrong."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, model_validator

from bot.sandbox.slack.faults import ANY, EMAIL, SOCKET, FaultKind
from bot.sandbox.slack.methods import METHODS

_DURATION = re.compile(r"(-?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def _duration(text: str) -> str:
    duration(text)
    return text


def duration(text: str) -> timedelta:
    """An ISO 8601 duration in weeks, days, hours, minutes and seconds, forwards or (with a minus before it) back."""
    found = _DURATION.fullmatch(text)
    if found is None or not any(found.groups()[1:]):
        raise ValueError("is no duration such as P7D or PT1H30M")
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    try:
        length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError as problem:
        raise ValueError("is too long") from problem
    return -length if found[1] else length


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("is no time zone such as America/St_Johns")
    return ZoneInfo(name).key


def _method(name: str) -> str:
    if name not in (ANY, EMAIL, SOCKET, "respond") and name not in METHODS:
        raise ValueError(f"is no method; {ANY} stands for all")
    return name


def _moment(when: datetime, info: ValidationInfo) -> datetime:
    """In the zone that stands before it, where it names no offset."""
    if when.tzinfo is None:
        if not info.data.get("zone"):
            raise ValueError("needs an offset, such as -05:00, or a zone beside it")
        when = when.replace(tzinfo=ZoneInfo(info.data["zone"]))
    if not EARLIEST <= when <= LATEST:
        raise ValueError("lies outside this century")
    return when


class Body(BaseModel):
    """A body that holds what it is to hold, and nothing else."""

    model_config = ConfigDict(extra="forbid", strict=True)


class ByUser(Body):
    """What somebody does."""

    user: str


class SaidBody(ByUser):
    """A message; ``channel`` may be "dm"."""

    channel: str
    text: str = Field(max_length=40_000)
    thread_ts: str | None = None


class CommandBody(ByUser):
    """A command, such as /cadre."""

    channel: str
    command: str
    text: str = Field(default="", max_length=40_000)


class ElementBody(ByUser):
    """Which element: in a view ("home" for App Home), in a message, or in the newest message of a conversation that has it."""

    action_id: str
    block_id: str | None = None
    channel: str | None = None
    message_ts: str | None = None
    view_id: str | None = None


class ClickBody(ElementBody):
    """An element that is used: a button pressed, something chosen or written."""

    value: Any = None


class SubmitBody(ByUser):
    """A window that is sent: block -> what stands in it."""

    view_id: str
    values: dict[str, Any] = Field(default_factory=dict)


class CloseBody(ByUser):
    """A window that is closed; ``all``: with all below it."""

    view_id: str
    all: bool = False


class OptionsBody(ElementBody):
    """Letters typed into a menu that looks things up."""

    value: str = ""


class ShortcutBody(ByUser):
    """A shortcut; with a message, one on it."""

    callback_id: str
    channel: str | None = None
    message_ts: str | None = None


class UserBody(Body):
    """Somebody new, who needs a name, a language and a time zone; or, with an id, what changes of somebody."""

    id: str | None = Field(default=None, pattern=r"^U[A-RT-Z0-9][A-Z0-9]{1,19}$")
    name: str | None = Field(default=None, max_length=80, pattern=r"^[^\x00-\x1f]*[^\x00-\x1f\s][^\x00-\x1f]*$")
    email: str | None = Field(default=None, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
    locale: str | None = Field(default=None, pattern=r"^[a-z]{2}-[A-Z]{2}$")
    tz: Annotated[str, AfterValidator(_zone)] | None = None


class ClockBody(Body):
    """One of three: by how much, to when, or to the next thing that is due. ``zone``: where the time is, that names no offset."""

    model_config = ConfigDict(extra="forbid")
    advance: Annotated[str, AfterValidator(_duration)] | None = None
    zone: Annotated[str, AfterValidator(_zone)] | None = None
    set: Annotated[datetime, AfterValidator(_moment)] | None = None
    next: bool = False

    @model_validator(mode="after")
    def _one(self) -> ClockBody:
        if [self.advance is not None, self.set is not None, self.next].count(True) != 1:
            raise ValueError("say one of advance, set and next")
        return self


class FaultBody(Body):
    """``done``: what was asked for is done, only the answer is lost. ``every``: only each so-manieth call."""

    model_config = ConfigDict(extra="forbid")
    method: Annotated[str, AfterValidator(_method)]
    kind: FaultKind
    times: int = Field(default=1, ge=0, le=1_000_000)
    error: str | None = Field(default=None, pattern=r"^[a-z_]{1,60}$")
    retry_after: int = Field(default=1, ge=0, le=3600)
    done: bool = False
    every: int = Field(default=1, ge=1, le=1000)


class RedeliverBody(Body):
    """So many of the last events."""

    last: int = Field(ge=1, le=200)


class EmptyBody(Body):
    """Nothing."""
