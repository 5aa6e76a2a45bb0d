"""``cadre web`` and ``cadre manifest``."""

from __future__ import annotations

import json

from bot.console import parser, reader, tell
from bot.settings import Mode, Unready, load


def web(arguments: list[str]) -> int:
    """Serve Slack and the pages, until told to stop."""
    parser("web", web.__doc__).parse_args(arguments)
    try:
        settings = load(slack=True)
        from bot.logs import to_stderr  # noqa: PLC0415  # Slack's libraries take 0.3 s; a wrong setting is told without them
        from bot.web import server  # noqa: PLC0415

        to_stderr(settings.log_level)
        server.run(settings)
    except Unready as problem:
        tell(problem.told(reader()))
        return 1
    return 0


def manifest(arguments: list[str]) -> int:
    """Print the manifest that a Slack app is made from."""
    options = parser("manifest", manifest.__doc__)
    options.add_argument(
        "--mode", type=Mode, choices=list(Mode), default=Mode.SOCKET, help="how Slack reaches Cadre: socket needs no public address"
    )
    options.add_argument("--address", default="", help="where the web server is reached, for http: https://…")
    given = options.parse_args(arguments)
    from bot.app import front_door  # noqa: PLC0415  # as above
    from bot.manifest import ADDRESS  # noqa: PLC0415
    from bot.manifest import manifest as made  # noqa: PLC0415

    print(json.dumps(made(front_door(), given.mode, given.address or ADDRESS), ensure_ascii=False, indent=2))
    return 0
