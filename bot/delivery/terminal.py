"""``cadre worker``."""

from __future__ import annotations

from bot import process
from bot.settings import Settings
from cadre.core.errors import Message


def worker(arguments: list[str]) -> int:
    """Do what is due, until told to stop."""
    return process.start("worker", Message("Do what is due, until told to stop."), arguments, _run, slack=False)


def _run(settings: Settings) -> None:
    from bot.app import duties  # noqa: PLC0415  # a wrong setting is told without loading it
    from bot.delivery import worker as delivery  # noqa: PLC0415  # as above

    delivery.run(settings, duties())
