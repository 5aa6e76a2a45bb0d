"""Windows over windows, as Slack stacks them: what each is about, where a click opens the next one, how the one below is drawn anew."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from typing import Final, Self, TypeAlias

from bot import errors
from bot.blocks import Block, Modal, actions, button, unfolded
from bot.door import Door, Listener, Submission
from bot.slack import SlackError, refusal
from bot.visit import Visit
from cadre.core.errors import CadreError, Invalid, Message, NotFound
from cadre.core.reader import Reader
from cadre.core.words import Words

Build: TypeAlias = Callable[[], Awaitable[Modal]]
Lines: TypeAlias = Callable[[Mapping[str, Message], Reader], Iterable[Words]]
"""How it is told what is wrong that stands in no field of a window."""

_DIGITS: Final = 9
"""Of the number of a row: more do not fit into its column on PostgreSQL."""
_CLOSED: Final = "not_found"
"""https://docs.slack.dev/reference/methods/views.update: what Slack says of a window that is not open any more."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a window keeps of itself, and Slack gives back with each click: its ``private_metadata``."""

    def packed(self) -> str:
        """As metadata of a window, or value of a button."""
        return json.dumps({name: value for name, value in asdict(self).items() if value}, separators=(",", ":"))

    @classmethod
    def unpacked(cls, text: str) -> Self:
        """What ``packed`` gave."""
        return cls(**json.loads(text or "{}"))

    @classmethod
    def of(cls, visit: Visit) -> Self:
        """That of the window that was filled in, or clicked in."""
        return cls.unpacked(visit.body["view"]["private_metadata"])


@dataclass(frozen=True, slots=True)
class Frame(Metadata):
    """What a window shows. ``about``: what it is about, as its capability names it; empty for the list.

    ``start``: the first row shown; ``under``: the metadata of the window that it lies over.
    """

    about: str = ""
    start: int = 0
    under: str = ""

    @property
    def number(self) -> int:
        """What it is about, where that has a number."""
        return int(self.about)


@dataclass(frozen=True, slots=True)
class Page:
    """So many rows of a list, from one on, of all that there are."""

    start: int
    rows: int
    all_: int

    def turns(self, action: str, about: str, reader: Reader) -> Iterator[Block]:
        """The ways to those before and after, where not all find room. The value of each: ``about``, and its first row."""
        _, ways = reader.gettext, []
        if self.start:
            ways.append(button(_("Those before"), f"{action}:before", f"{about}{max(0, self.start - self.rows)}"))
        if self.start + self.rows < self.all_:
            ways.append(button(_("Those that follow"), f"{action}:after", f"{about}{self.start + self.rows}"))
        return actions(*ways, block=f"{action}.turns")


def plain(wrong: Mapping[str, Message], reader: Reader) -> Iterable[Words]:
    """What is wrong, each by itself."""
    return (told.for_(reader) for told in wrong.values())


def register_clicks(door: Door, clicks: Mapping[str, Listener], lines: Lines = plain) -> None:
    """Clicks, in windows or elsewhere, at the door."""
    door.actions |= {action: _told_over(listener, action, lines) for action, listener in clicks.items()}


def register_folded(door: Door, action: str) -> None:
    """What is chosen behind a ⋯, as if its button had been clicked."""

    async def folded(visit: Visit) -> None:
        chosen, value = unfolded(visit.action["selected_option"]["value"])
        visit.body["actions"] = [{"action_id": chosen, "value": value}]
        await door.actions[chosen](visit)

    register_clicks(door, {action: folded})


def register_forms(door: Door, forms: Mapping[str, Submission], lines: Lines = plain) -> None:
    """Windows that are filled in, at the door."""
    door.submissions |= {callback: _told_over_form(submission, lines) for callback, submission in forms.items()}


def in_window(visit: Visit) -> bool:
    """Whether a click was in a window, over which there is room for another."""
    return (visit.body.get("view") or {}).get("type") == "modal"


def under(visit: Visit) -> str:
    """The metadata of the window in which a click was; empty elsewhere."""
    return str(visit.body["view"]["private_metadata"]) if in_window(visit) else ""


def numbers(visit: Visit) -> list[int]:
    """The numbers that the value of a button names, "12:7". Raises NotFound for what Cadre gave no button."""
    text = str(visit.action.get("value") or "")
    parts = text.split(":")
    if not all(part.isdecimal() and len(part) <= _DIGITS for part in parts):
        raise NotFound(text)
    return [int(part) for part in parts]


def clicked(visit: Visit) -> Frame:
    """What the window is about that a click asks for, and which one it will lie over."""
    return Frame(visit.action.get("value") or "", under=under(visit))


def frame_of(visit: Visit) -> Frame:
    """What the window is about that was filled in, or clicked in."""
    return Frame.of(visit)


async def push(visit: Visit, view: Modal) -> None:
    """Over the window in which the click was, in its place where it is the last that Slack takes, else by itself."""
    trigger = visit.body["trigger_id"]
    if in_window(visit) and errors.is_last(visit.body["view"]):
        await visit.slack.update_view(visit.body["view"]["id"], view)
    elif in_window(visit):
        await visit.slack.push_view(trigger, view)
    else:
        await visit.slack.open_view(trigger, view)


async def show(visit: Visit, build: Build) -> None:
    """In place of the window in which the click was, else in a new one."""
    if in_window(visit):
        await redraw(visit, build)
    else:
        await visit.open_modal(build)


async def redraw(visit: Visit, build: Build) -> None:
    """The window in which the click was, if any, as the registry has it now. App Home and messages are drawn anew by others."""
    if in_window(visit):
        await _draw(visit, visit.body["view"]["id"], build)


async def _draw(visit: Visit, window: str, build: Build) -> None:
    """An open window anew. Where it was closed meanwhile, nobody looks at it."""
    try:
        await visit.slack.update_view(window, await build())
    except SlackError as problem:
        if refusal(problem) != _CLOSED:
            raise


def redraw_below(visit: Visit, build: Build) -> None:
    """The window below the one that was filled in, if any: before that closes, so that nobody sees what is so no more."""
    below = visit.body["view"].get("previous_view_id")

    if below:
        visit.below = partial(_draw, visit, below, build)


def _told_over(listener: Listener, action: str, lines: Lines) -> Listener:
    """What cannot be done is told where the click was: over a window, for below it nobody would see it."""

    async def told(visit: Visit) -> None:
        try:
            await listener(visit)
        except CadreError as problem:
            if not in_window(visit):
                raise
            reader, where, window = visit.caller.reader, f"{action} by {visit.caller.user}", visit.body["view"]
            if isinstance(problem, Invalid):
                problem = _helpless(problem, lines, reader)  # the same, with the names of its fields
            view = errors.window(problem, reader, where)
            if errors.is_last(window):
                await visit.slack.update_view(window["id"], errors.within(window, view.blocks))
            else:
                await visit.slack.push_view(visit.body["trigger_id"], view)

    return told


def _helpless(problem: Invalid, lines: Lines, reader: Reader) -> CadreError:
    return errors.Helpless(Message("{what}", {"what": Words.joined("\n", lines(problem.fields, reader))}))


def _told_over_form(submission: Submission, lines: Lines) -> Submission:
    """Slack shows an error beside its field only: what is wrong with something that stands in no field of the window is laid over it, so
    that nothing typed is lost.
    """

    async def told(visit: Visit) -> Modal | None:
        try:
            return await submission(visit)
        except Invalid as problem:
            blocks, reader = {block["block_id"] for block in visit.body["view"]["blocks"]}, visit.caller.reader
            fields = {_beside(name, blocks, reader): wrong for name, wrong in problem.fields.items()}
            if fields.keys() <= blocks:
                raise Invalid(**fields) from problem
            raise _helpless(problem, lines, reader) from problem

    return told


def _beside(name: str, blocks: Collection[str], reader: Reader) -> str:
    """The field beside which an error is told: what is wrong with a text in both languages, beside the first of its two."""
    first = f"{name}_{reader.languages[0]}"
    return first if name not in blocks and first in blocks else name
