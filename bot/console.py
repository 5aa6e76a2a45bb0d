"""The terminal as a face: in whose language it speaks, where its words go, how its commands take what was typed."""

from __future__ import annotations

import argparse
import io
import os
import sys

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


def parser(name: str, summary: str | None) -> argparse.ArgumentParser:
    """How a command takes what was typed after its name. (Libraries for this take 0.2 s to load, longer than an answer.)"""
    return argparse.ArgumentParser(prog=f"cadre {name}", description=summary, allow_abbrev=False)


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
