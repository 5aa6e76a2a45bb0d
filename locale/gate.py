"""The French gate: `make check` fails where the French of Cadre is missing, doubtful, stale or badly set.

Babel's own `update --check` never looks at untranslated messages and always fails on those with a context
(https://github.com/python-babel/babel/issues/1307); its checker does not know ``{name}``.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Final

import catalogue
import typography
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError
from dennis.linter import Linter

_DENNIS_RULES: Final = ["E102", "E103", "E201", "W202", "W301"]
"""Unbalanced braces, unknown and missing fields, blank translations. Not W303: it takes Slack's <…> for HTML."""
_FORMAT: Final = re.compile(r"\{(\w[\w.]*):[^{}]*\}")
_LOOSE: Final = re.compile(r"\{n\} [^\W\d_]")
"""A number and its noun, which stay on one line: « 6 places ». https://www.btb.termiumplus.gc.ca/tpv2guides/guides/clefsfp/index-fra.html"""
_MARKS: Final = frozenset({"_", "gettext", "ngettext"})
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_UNCHANGED: Final = 3
"""From so many words on, a translation that is its original is none: « Question » is, "Ask me a question" is not."""


def faults(root: Path = catalogue.ROOT) -> Iterator[str]:
    """One line for each fault of the catalogues under ``root``: where, what, and the message."""
    source = catalogue.extracted(root)
    try:
        template, french = catalogue.read(root / catalogue.TEMPLATE), catalogue.read(root / catalogue.FRENCH)
    except PoFileError as problem:
        yield f"a catalogue is broken: {problem}: {problem.line!r}"
        return
    yield from unread(root, source)
    yield from differences(source, template, catalogue.TEMPLATE)
    yield from differences(source, french, catalogue.FRENCH)
    translated = catalogue.messages(french)
    rarer = typography.rarer_apostrophe(text for message in translated for text in catalogue.strings(message))
    for message in translated:
        for what in of_message(french, message, rarer):
            yield f"{catalogue.FRENCH}:{message.lineno}: {what}: {shown(message)}"
    yield from linted(root / catalogue.FRENCH)
    for package in ("locale", *catalogue.PACKAGES):
        for path in sorted((root / package).rglob("*.mo")):
            yield f"{path.relative_to(root)}: a compiled catalogue; Cadre compiles in memory"


def unread(root: Path, source: Catalog) -> Iterator[str]:
    """Texts that are marked where the catalogue does not see it: within another marked call, or by another name for it."""
    known = {text for message in catalogue.messages(source) for text in catalogue.originals(message)}
    for path in (path for package in catalogue.PACKAGES for path in sorted((root / package).rglob("*.py"))):
        tree = ast.parse(path.read_text("utf-8"))
        imported = (each for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for each in node.names if each.name == "Message")
        marks = _MARKS | {each.asname or each.name for each in imported}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args and getattr(node.func, "id", getattr(node.func, "attr", None)) in marks:
                text = getattr(node.args[0], "value", None)
                if isinstance(text, str) and text not in known:
                    yield f"{path.relative_to(root)}:{node.lineno}: not read into the catalogues: give it a line of its own: {text!r:.80}"


def differences(source: Catalog, catalog: Catalog, path: Path) -> Iterator[str]:
    """What the source holds and a catalogue does not, and the other way round."""
    marked = {(message.id, message.context): message for message in catalogue.messages(source)}
    listed = {(message.id, message.context): message for message in catalogue.messages(catalog)}
    for key in marked.keys() - listed.keys():
        name, line = marked[key].locations[0]
        yield f"{name}:{line}: not in {path.name} (make catalogue): {shown(marked[key])}"
    gone = [message for key, message in listed.items() if key not in marked]
    for message in [*gone, *catalog.obsolete.values()]:
        yield f"{path}:{message.lineno}: no longer in the source (make catalogue): {shown(message)}"


def of_message(catalog: Catalog, message: Message, rarer: str | None = None) -> Iterator[str]:
    """What is wrong with one translation. ``rarer``: the apostrophe that the catalogue as a whole does not use."""
    if message.fuzzy:
        yield "fuzzy"
    translated = catalogue.strings(message)
    if not any(translated):
        yield "untranslated"
        return
    if not all(translated):
        yield "plural form missing"
    yield from map(str, message.check(catalog))
    for text in filter(None, translated):
        if text in catalogue.originals(message) and len(_WORD.findall(_FORMAT.sub("", text))) >= _UNCHANGED:
            yield "still in English"
        yield from misplaced(message, text)
        yield from typography.faults(text)
        if _LOOSE.search(text):
            yield "no-break space wanted between {n} and its noun"
        if rarer in typography.apostrophes(text):
            yield f"apostrophe {rarer}, where the other messages use another"


def misplaced(message: Message, text: str) -> Iterator[str]:
    """Fields that a translation lacks or that do not exist.

    By name only: ``{group:of}`` translates ``{group}``. Each French form needs all of a plural's fields, even those
    that the English singular can do without, because it also stands for 0.
    """
    try:
        wanted = set().union(*map(fields, catalogue.originals(message)))
        found = fields(text)
    except ValueError as problem:
        yield f"braces: {problem}"
        return
    if wanted - found:
        yield f"field missing: {', '.join(sorted(wanted - found))}"
    if found - wanted:
        yield f"unknown field: {', '.join(sorted(found - wanted))}"


def fields(text: str) -> set[str]:
    """The names of the fields in a format string. Raises ValueError for unbalanced braces."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def linted(path: Path) -> Iterator[str]:
    """What dennis finds, a second opinion; it compares whole fields, so it is shown them without their formats."""
    if path.exists():
        for found in Linter(["python-brace-format"], _DENNIS_RULES).verify_file(_FORMAT.sub(r"{\1}", path.read_text("utf-8"))):
            yield f"{catalogue.FRENCH}:{found.line}: dennis {found.code}: {found.msg}: {found.poentry.msgid!r:.80}"


def shown(message: Message) -> str:
    """A message as a fault shows it: its beginning, with its context."""
    return f"{catalogue.originals(message)[0]!r:.80}" + (f" ({message.context})" if message.context else "")


def main() -> int:
    """Print all faults. Returns 1 if there are any."""
    found = sorted(faults())
    sys.stdout.writelines(f"{line}\n" for line in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
