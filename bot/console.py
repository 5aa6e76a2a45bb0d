"""The terminal as a face: in whose language it speaks, where its words go, how its commands take what was typed."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

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


_FIELDS: Final = {
    "prog": "%(prog)s",
    "argument": "%(argument_name)s",
    "problem": "%(message)s",
    "line": "%(message)s\n",
    "what": "%s",
    "given": "%r",
    "value": "%(value)r",
    "choices": "%(choices)s",
}
"""Where argparse puts its values in, by the names that they have in Cadre's own sentences."""
_SENTENCES: Final[Mapping[str, Message]] = {
    "%(prog)s: error: %(message)s\n": Message("{prog}: error: {line}"),
    "argument %(argument_name)s: %(message)s": Message("argument {argument}: {problem}"),
    "the following arguments are required: %s": Message("these must be given: {what}"),
    "one of the arguments %s is required": Message("one of these must be given: {what}"),
    "not allowed with argument %s": Message("not together with {what}"),
    "unrecognized arguments: %s": Message("unknown arguments: {what}"),
    "invalid choice: %(value)r (choose from %(choices)s)": Message("invalid choice: {value} (choose from {choices})"),
    "invalid %(type)s value: %(value)r": Message("invalid value: {value}"),
    "ignored explicit argument %r": Message("it takes no value, and was given {given}"),
    "expected one argument": Message("a value must follow"),
    "expected at least one argument": Message("one value at least must follow"),
    "expected at most one argument": Message("one value at most may follow"),
}
"""What argparse says of what it cannot take."""


def _translating(own: Reader) -> Callable[[str], str]:
    values = {name: Words.verbatim(field) for name, field in _FIELDS.items()}

    def translated(msgid: str) -> str:
        return own.gettext(_SENTENCES[msgid].msgid, **values) if msgid in _SENTENCES else msgid

    return translated


class Parser(argparse.ArgumentParser):
    """How a command takes what was typed after its name. (Libraries for this take 0.2 s to load, longer than an answer.)

    Its help is in the language of whoever reads it, headings and errors included: argparse looks for its translations in its own module,
    which is given Cadre's.
    """

    def __init__(self, prog: str, summary: Message, own: Reader) -> None:
        _ = own.gettext
        argparse._ = _translating(own)  # type: ignore[attr-defined]  # its only way to another catalogue
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


def written(file: Path, content: bytes, own: Reader) -> Words:
    """Write a file, and say so. Raises Unusable where it cannot be written."""
    try:
        file.write_bytes(content)
    except OSError as problem:
        known = _UNWRITABLE.get(type(problem))
        reason = known.for_(own) if known else Words.verbatim(problem.strerror or "")
        values = {"file": Words.verbatim(str(file)), "reason": reason}
        raise Unusable(Message("{file} cannot be written ({reason}).", values)) from problem
    return own.gettext("Written: {file}", file=Words.verbatim(str(file)))


_UNWRITABLE: Final[dict[type[OSError], Message]] = {
    FileNotFoundError: Message("its folder does not exist"),
    PermissionError: Message("you may not write there"),
    IsADirectoryError: Message("it is a folder"),
}


def speak_utf8() -> None:
    """Both languages, whatever the environment says of encodings; what comes in and is no UTF-8 stops nothing."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
