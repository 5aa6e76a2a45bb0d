"""``cadre …``: finds the command and loads what it needs and nothing else: an answer does not wait for Slack."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.console import Unusable, reader, say, speak_utf8, tell
from cadre.core.errors import Message
from cadre.core.reader import Reader
from cadre.core.words import Words


@dataclass(frozen=True, slots=True)
class Command:
    """A command: the ``module:function`` that takes what was typed and gives an exit code, and what it is for."""

    target: str
    summary: Message


COMMANDS: Final = {
    "ask": Command("bot.ask.terminal:ask", Message("answer a question, or a file of them")),
    "chat": Command("bot.ask.terminal:chat", Message("hold a conversation: type questions, read answers")),
    "sandbox": Command("bot.sandbox.terminal:sandbox", Message("try Cadre in a Slack workspace on this computer")),
    "import": Command("bot.exchange.terminal:import_", Message("take a registry file in")),
    "export": Command("bot.exchange.terminal:export", Message("write the registry as a file")),
    "web": Command("bot.web.terminal:web", Message("serve Slack and the pages")),
    "worker": Command("bot.delivery.terminal:worker", Message("do what is due")),
    "notices": Command("bot.notices.terminal:notices", Message("see what is planned and sent, and look ahead")),
    "calls": Command("bot.calls.terminal:main", Message("see calls for participation, their grids and letters")),
    "health": Command("bot.oversight.terminal:health", Message("see how groups stand, and what is to complete")),
    "map": Command("bot.framework.terminal:map_", Message("draw the framework of the Councils, or tell it in words")),
    "changes": Command("bot.framework.terminal_changes:changes", Message("see what changed between two days or meetings")),
    "snapshots": Command("bot.framework.terminal_changes:snapshots", Message("see the snapshots of the framework, or take one")),
    "deck": Command("bot.framework.terminal_deck:deck", Message("make the deck of the framework")),
    "binder": Command("bot.framework.terminal_deck:binder", Message("make the binder of a meeting")),
    "manifest": Command("bot.web.terminal:manifest", Message("print what a Slack app is made from")),
    "db": Command("bot.upkeep:db", Message("bring the database up to date")),
    "doctor": Command("bot.upkeep:doctor", Message("see whether everything is as it should be")),
}


def main() -> None:
    """The console script."""
    speak_utf8()
    try:
        code = run(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read the output has had enough of it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Run a command, given what was typed after ``cadre``. Returns the exit code."""
    own = reader()
    name = arguments[0] if arguments else "--help"
    if name in ("--help", "-h", "help", "aide"):
        say(overview(own))
        return 0
    if name not in COMMANDS:
        tell(own.gettext("There is no command {name}.", name=Words.verbatim(name)))
        tell(overview(own))
        return 2
    try:
        return _loaded(COMMANDS[name])(arguments[1:])
    except Unusable as problem:
        tell(problem.message.for_(own))
        return 1


def overview(own: Reader) -> Words:
    """All commands and what they are for."""
    lines = [own.gettext("What Cadre can do here (cadre COMMAND --help says more):")]
    for name, command in COMMANDS.items():
        lines.append(Words.joined("  ", (Words.verbatim(f"  cadre {name:<8}"), command.summary.for_(own))))
    return Words.joined("\n", lines)


def _loaded(command: Command) -> Callable[[list[str]], int]:
    """Load a command. What is loaded stays, so the garbage collector need not look at it, now or at the end: 0.1 s."""
    gc.disable()
    module, _, function = command.target.partition(":")
    found: Callable[..., int] = getattr(importlib.import_module(module), function)
    gc.freeze()
    gc.enable()
    return found
