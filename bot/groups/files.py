"""Files that come in a window: read once to show what they would do, and once more to do it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from bot.blocks import attached
from bot.slack import FileRefused, SlackError, refusal
from bot.visit import Visit
from cadre.core.errors import Invalid, Message
from cadre.core.sheets import Unreadable

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


@contextmanager
def readable() -> Iterator[None]:
    """What is wrong with a file as a whole is said beside its field."""
    try:
        yield
    except Unreadable as problem:
        raise Invalid(file=problem.what) from problem
