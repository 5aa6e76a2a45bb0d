"""``cadre web`` and ``cadre manifest``."""

from __future__ import annotations

import json
from typing import Final

from bot import console, process
from bot.settings import Mode, Settings
from cadre.core.errors import Message
from cadre.core.words import Words

_SECURE: Final = "https://"


def web(arguments: list[str]) -> int:
    """Serve Slack and the pages, until told to stop."""
    return process.start("web", Message("Serve Slack and the pages, until told to stop."), arguments, _run, slack=True)


def _run(settings: Settings) -> None:
    from bot.web import server  # noqa: PLC0415  # Slack's libraries take 0.3 s; a wrong setting is told without them

    server.run(settings)


def manifest(arguments: list[str]) -> int:
    """Print the manifest that a Slack app is made from."""
    own = console.reader()
    _ = own.gettext
    options = console.parser("manifest", Message("Print the manifest that a Slack app is made from."), own)
    ways = _("how Slack reaches Cadre: socket needs no public address")
    options.add_argument("--mode", type=Mode, choices=list(Mode), default=Mode.SOCKET, help=ways)
    options.add_argument("--address", default="", help=_("where the web server is reached, for http: https://…"))
    given = options.parse_args(arguments)
    if given.address and not given.address.startswith(_SECURE):
        values = {"address": Words.verbatim(given.address), "start": Words.verbatim(_SECURE)}
        console.tell(_("{address} is no address that Slack can reach. It begins with {start}", **values))
        return 2
    if given.mode is Mode.HTTP and not given.address:
        console.tell(_("The address in it is an example: name your own with {option}.", option=Words.verbatim("--address")))
    from bot.app import front_door  # noqa: PLC0415  # as above
    from bot.manifest import ADDRESS  # noqa: PLC0415  # as above
    from bot.manifest import manifest as made  # noqa: PLC0415  # as above

    print(json.dumps(made(front_door(), given.mode, given.address or ADDRESS), ensure_ascii=False, indent=2))
    return 0
