"""Windows over windows: what each is about, where a click opens the next one, and how the one below is drawn anew."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from bot import errors
from bot.blocks import Modal
from bot.door import Listener
from bot.visit import Visit
from cadre.core.errors import CadreError


@dataclass(frozen=True, slots=True)
class Frame:
    """What a window shows, kept in its metadata. ``about``: the number of a call; empty for the list.

    ``start``: the first call shown of a list; ``under``: the metadata of the window that it lies over.
    """

    about: str = ""
    start: int = 0
    under: str = ""

    @property
    def call(self) -> int:
        """The number of the call."""
        return int(self.about)

    def packed(self) -> str:
        """As metadata of a window."""
        return json.dumps({name: value for name, value in asdict(self).items() if value}, separators=(",", ":"))

    @classmethod
    def unpacked(cls, text: str) -> Frame:
        """What ``packed`` gave."""
        return cls(**json.loads(text or "{}"))


def in_window(visit: Visit) -> bool:
    """Whether a click was in a window, over which there is room for another."""
    return (visit.body.get("view") or {}).get("type") == "modal"


def clicked(visit: Visit) -> Frame:
    """What the window is about that a click asks for, and which one it will lie over."""
    return Frame(visit.action.get("value") or "", under=visit.body["view"]["private_metadata"] if in_window(visit) else "")


def filled(visit: Visit) -> Frame:
    """What the window is about that was filled in."""
    return Frame.unpacked(visit.body["view"]["private_metadata"])


async def lay(visit: Visit, view: Modal) -> None:
    """Over the window in which the click was, else by itself."""
    trigger = visit.body["trigger_id"]
    if in_window(visit):
        await visit.slack.push_view(trigger, view)
    else:
        await visit.slack.open_view(trigger, view)


def told_over(listener: Listener, action: str) -> Listener:
    """What cannot be done is told where the click was: over a window, for below it nobody would see it."""

    async def told(visit: Visit) -> None:
        try:
            await listener(visit)
        except CadreError as problem:
            if not in_window(visit):
                raise
            view = errors.window(problem, visit.caller.reader, f"{action} by {visit.caller.user}")
            await visit.slack.push_view(visit.body["trigger_id"], view)

    return told
