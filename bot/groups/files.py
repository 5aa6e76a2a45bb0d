"""Files that come in a window: read once to show what they would do, and once more to do it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from bot.blocks import attached
from bot.slack import FileRefused, SlackError, refusal
from bot.visit import Visit
from cadre.core.errors import Invalid, Message
from cadre.core.sheets import Unreadable

T = TypeVar("T")
_NOT_GIVEN: Final = frozenset({"file_deleted", "file_not_found", "missing_scope"})
FILE: Final = "file"
"""The block of the field in which the file is."""


def chosen(visit: Visit) -> str:
    """The id of the file in the window that was sent. Raises Invalid for none."""
    found = attached(visit.state, FILE)
    if not found:
        raise Invalid(file=Message("Choose a file."))
    return found


async def content(visit: Visit, id_: str) -> bytes:
    """What is in a file. Raises Invalid where Slack does not give it out."""
    try:
        return (await visit.slack.file(id_)).content
    except (FileRefused, SlackError) as problem:
        if isinstance(problem, SlackError) and refusal(problem) not in _NOT_GIVEN:
            raise
        told = Message("Slack does not give me this file. If that goes on, I must be installed anew, so that I may read files.")
        raise Invalid(file=told) from problem


async def parsed(visit: Visit, id_: str, parse: Callable[[bytes], T]) -> T:
    """What a file holds, read where nobody who stores something waits for it. Raises Invalid where Slack
    does not give it out, or it is another file as a whole: that is said beside its field.
    """
    held = await content(visit, id_)
    try:
        return await visit.registry.read(lambda _session: parse(held))
    except Unreadable as problem:
        raise Invalid(file=problem.what) from problem
