"""Starting a process from the terminal: its settings are checked before what it needs is loaded."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

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


def forever(work: Coroutine[Any, Any, None]) -> None:
    """Run a server on the loop that uvicorn would choose: uvloop where it is installed, which sends twice as much a second."""
    from uvicorn import Config  # noqa: PLC0415  # as above

    with asyncio.Runner(loop_factory=Config("", log_config=None).get_loop_factory()) as runner:
        runner.run(work)
