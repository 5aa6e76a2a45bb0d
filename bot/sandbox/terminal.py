"""``cadre sandbox``: Cadre in a Slack workspace on this computer, in the browser."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import webbrowser
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from bot import console, process
from bot.console import Unusable, say, tell
from bot.settings import Mode, Unready
from cadre.core.errors import Message
from cadre.core.reader import Reader
from cadre.core.words import Words

if TYPE_CHECKING:
    from cadre.core.database import Database

LOOPBACK: Final = "127.0.0.1"


class Asked(Namespace):
    """What was typed."""

    port: int
    host: str
    database: str
    seed: Path | None
    socket: bool
    no_open: bool


def sandbox(arguments: list[str]) -> int:
    """Open a workspace with Cadre in it, until told to stop."""
    own = console.reader()
    _ = own.gettext
    summary = Message("Try Cadre in a Slack workspace on this computer, in the browser.")
    options = console.parser("sandbox", summary, own)
    options.add_argument("--port", type=int, default=0, help=_("the port; else a free one"))
    options.add_argument("--host", default=LOOPBACK, help=_("where to listen; else this computer alone can reach it"))
    options.add_argument("--database", default="", help=_("a registry that a sandbox made, or a new one; else one that is gone afterwards"))
    options.add_argument("--seed", type=Path, help=_("a registry file to begin with; else the real registry"))
    options.add_argument("--socket", action="store_true", help=_("deliver by Socket Mode, not by HTTP"))
    options.add_argument("--no-open", action="store_true", help=_("do not open the browser"))
    given = options.parse_args(arguments, Asked())
    try:
        return _run(given, own)
    except Unready as problem:
        tell(problem.told(own))
        return 1


def _run(given: Asked, own: Reader) -> int:
    from bot.logs import to_stderr  # noqa: PLC0415  # --help needs none of this
    from bot.sandbox.server import listen  # noqa: PLC0415  # loaded where a sandbox is wanted

    to_stderr(os.environ.get("CADRE_LOG_LEVEL", "WARNING"))
    try:
        listening = listen(given.host, given.port)
    except (OSError, OverflowError) as problem:
        reason = os.strerror(problem.errno) if isinstance(problem, OSError) and problem.errno and problem.errno > 0 else str(problem)
        values = {"place": Words.verbatim(f"{given.host}:{given.port}"), "reason": Words.verbatim(reason)}
        raise Unusable(Message("{place} cannot be had ({reason}). Name another place with --port or --host.", values)) from problem
    with listening, _registry(given.database, given.seed) as database:
        if given.host != LOOPBACK:
            tell(own.gettext("Careful: whoever can reach this computer can act as anyone in the sandbox."))
        process.forever(_serve(given, own, database, listening))
    return 0


@contextmanager
def _registry(address: str, seed: Path | None) -> Iterator[Database]:
    """The registry to work on; a temporary one is gone afterwards."""
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415  # as above

    from bot.sandbox.registry import prepared  # noqa: PLC0415  # as above
    from cadre.exchange.reading import InvalidFile  # noqa: PLC0415  # as above

    with TemporaryDirectory(prefix="cadre-sandbox-") as folder:
        try:
            database = prepared(address or f"sqlite:///{folder}/registry.sqlite", _text(seed), new=seed is not None)
        except DBAPIError as problem:
            told = {"address": address, "reason": str(problem.orig).strip().partition("\n")[0], "setting": "--database"}
            values = {name: Words.verbatim(text) for name, text in told.items()}
            raise Unusable(
                Message("The database {address} cannot be reached ({reason}). Start it, or correct {setting}.", values)
            ) from problem
        except ValueError as problem:
            raise Unusable(Message("{address} is no database address.", {"address": Words.verbatim(address)})) from problem
        except InvalidFile as invalid:
            for each in invalid.problems:
                tell(each.for_(console.reader()))
            raise Unusable(Message("Nothing was begun: the registry file is broken.")) from invalid
        try:
            yield database
        finally:
            database.close()


def _text(seed: Path | None) -> str | bytes:
    from cadre.exchange.seed import real_registry  # noqa: PLC0415  # as above

    try:
        return seed.read_bytes() if seed else real_registry()
    except OSError as problem:
        values = {"file": Words.verbatim(str(seed)), "reason": Words.verbatim(problem.strerror or "")}
        raise Unusable(Message("{file} cannot be read ({reason}).", values)) from problem


async def _serve(given: Asked, own: Reader, database: Database, listening: socket.socket) -> None:
    from bot.sandbox.sandbox import Sandbox  # noqa: PLC0415  # as above
    from bot.sandbox.server import serving  # noqa: PLC0415  # loaded where a sandbox is wanted

    named = LOOPBACK if given.host in ("0.0.0.0", "::") else given.host  # noqa: S104  # names of "everywhere"
    here = f"http://{named}:{listening.getsockname()[1]}"
    made = Sandbox(database, here, None, Mode.SOCKET if given.socket else Mode.HTTP)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    async with serving(made, listening, _hosts(given.host)):
        for sign in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(sign, stop.set)
        say(own.gettext("Cadre's sandbox is open: {address}", address=Words.verbatim(here)))
        say(own.gettext("Act as anyone you find there. Ctrl-C ends it."))
        sys.stdout.flush()
        if not given.no_open and _has_screen():
            await asyncio.to_thread(webbrowser.open, here)
        await stop.wait()
    made.registry.close()


def _hosts(host: str) -> Sequence[str]:
    """The names under which the page may be called: another site's name that leads here must not be."""
    return (LOOPBACK, "localhost") if host == LOOPBACK else ("*",)


def _has_screen() -> bool:
    return sys.platform in ("darwin", "win32") or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
