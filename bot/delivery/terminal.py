"""``cadre worker``."""

from __future__ import annotations

from bot import process
from bot.settings import Settings
from cadre.core.errors import Message


def worker(arguments: list[str]) -> int:
    """Do what is due, until told to stop."""
    return process.start("worker", Message("Do what is due, until told to stop."), arguments, _run, slack=True)


def _run(settings: Settings) -> None:
    from bot.app import duties, links_of, mailer_of  # noqa: PLC0415  # a wrong setting is told without loading it
    from bot.delivery import worker as delivery  # noqa: PLC0415  # as above
    from bot.slack import Slack  # noqa: PLC0415  # as above

    slack = Slack.with_token(settings.bot_token, settings.api_url)
    delivery.run(settings, slack, duties(slack, mailer_of(settings), links=links_of(settings)))
