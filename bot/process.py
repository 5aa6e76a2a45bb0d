"""Starting a process from the terminal: its settings are checked before what it needs is loaded."""

from __future__ import annotations

from collections.abc import Callable

from bot.console import parser, reader, tell
from bot.settings import Settings, Unready, load
from cadre.core.errors import Message


def start(name: str, summary: Message, arguments: list[str], run: Callable[[Settings], None], *, slack: bool) -> int:
    """Run a process until it is told to stop; what keeps it from starting is told. ``slack``: whether it speaks to Slack."""
    own = reader()
    parser(name, summary, own).parse_args(arguments)
    try:
        settings = load(slack=slack)
        from bot.logs import to_stderr  # noqa: PLC0415  # a wrong setting is told without loading anything

        to_stderr(settings.log_level)
        run(settings)
    except Unready as problem:
        tell(problem.told(own))
        return 1
    return 0
