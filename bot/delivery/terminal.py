"""``cadre worker``."""

from __future__ import annotations

from bot.console import parser, reader, tell
from bot.settings import Unready, load


def worker(arguments: list[str]) -> int:
    """Do what is due, until told to stop."""
    parser("worker", worker.__doc__).parse_args(arguments)
    try:
        settings = load(slack=False)
        from bot.delivery import worker as delivery  # noqa: PLC0415  # a wrong setting is told without loading it
        from bot.logs import to_stderr  # noqa: PLC0415

        to_stderr(settings.log_level)
        delivery.run(settings)
    except Unready as problem:
        tell(problem.told(reader()))
        return 1
    return 0
