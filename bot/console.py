"""The terminal as a face: in whose language it speaks, where its words go, how its commands take what was typed."""

from __future__ import annotations

import argparse
import io
import os
import sys
from functools import partial
from typing import Any

from cadre.core.errors import CadreError, Message
from cadre.core.i18n import LOCALES, language_of
from cadre.core.reader import Reader
from cadre.core.words import Words


class Unusable(CadreError):
    """What the terminal was given cannot be used: why, and what to do about it."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.msgid)
        self.message = message


def reader(language: str | None = None) -> Reader:
    """Whoever sits at the terminal: in the language given, else in that of their environment.

    They have no roles: what the terminal shows may be piped anywhere, so it shows what everybody may see.
    """
    around = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return Reader(locale=LOCALES[language_of(language or next(filter(None, around), None))])


class Parser(argparse.ArgumentParser):
    """How a command takes what was typed after its name. (Libraries for this take 0.2 s to load, longer than an answer.)

    Its help is in the language of whoever reads it, headings included; argparse's own translations follow the process.
    """

    def __init__(self, prog: str, summary: Message, own: Reader) -> None:
        _ = own.gettext
        self._usage_heading = _("Usage:") + " "
        formatter = partial(_Help, usage=self._usage_heading)
        super().__init__(prog, description=summary.for_(own), formatter_class=formatter, allow_abbrev=False, add_help=False)
        self._positionals.title, self._optionals.title = (title.removesuffix(":") for title in (_("What to give:"), _("Options:")))
        self.add_argument("-h", "--help", action="help", help=_("show this, and do nothing"))

    def settle_usage(self) -> None:
        """Before ``parse_intermixed_args``, which otherwise cuts an English heading off."""
        self.usage = self.format_usage().removeprefix(self._usage_heading)


class _Help(argparse.HelpFormatter):
    def __init__(self, prog: str, usage: str) -> None:
        super().__init__(prog)
        self._usage_heading = usage

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, self._usage_heading if prefix is None else prefix)


def parser(name: str, summary: Message, own: Reader) -> Parser:
    """For one command."""
    return Parser(f"cadre {name}", summary, own)


def say(words: Words) -> None:
    """Say something on standard output."""
    sys.stdout.write(f"{words}\n")


def tell(words: Words) -> None:
    """Say something beside the output: on standard error."""
    sys.stderr.write(f"{words}\n")


def speak_utf8() -> None:
    """Both languages, whatever the environment says of encodings; what comes in and is no UTF-8 stops nothing."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
