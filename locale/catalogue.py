"""The messages of the program and their French: read from the source, read from and written to the catalogues.

``python locale/catalogue.py`` brings cadre.pot and cadre.po up to date with the source (``make catalogue``).
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import generate_po, read_po

ROOT: Final = Path(__file__).resolve().parents[1]
PACKAGES: Final = ("cadre", "bot")
LOCALE: Final = "fr_CA"
TEMPLATE: Final = Path("locale/cadre.pot")
FRENCH: Final = Path("locale/fr_CA/LC_MESSAGES/cadre.po")

_KEYWORDS: Final = {**DEFAULT_KEYWORDS, "Message": (1,)}
_COMMENTS: Final = ("Translators:",)
_HEADER: Final = """\
# {title}. Kept up to date by `make catalogue`.
msgid ""
msgstr ""
{language}"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
_LANGUAGE: Final = '"Language: fr_CA\\n"\n"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n'


def messages(catalog: Catalog) -> list[Message]:
    """A catalogue's messages, without its header.

    Cadre writes ``{name}``, never ``%(name)s``: a percent sign is a percent sign, whatever Babel takes it for.
    """
    found = [message for message in catalog if message.id]
    for message in found:
        message.flags.discard("python-format")
    return found


def originals(message: Message) -> tuple[str, ...]:
    """The English of a message, plural included."""
    return (message.id,) if isinstance(message.id, str) else tuple(map(str, message.id))


def strings(message: Message) -> tuple[str, ...]:
    """The French of a message, all forms; empty where owed."""
    if message.string is None or isinstance(message.string, str):
        return (message.string or "",)
    return tuple(str(form or "") for form in message.string)


def extracted(root: Path = ROOT) -> Catalog:
    """The messages that the source marks, where they stand. Its files: ``[tool.babel]`` in pyproject.toml."""
    settings = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["babel"]["mappings"]
    methods = [(mapping["pattern"], mapping["method"]) for mapping in settings]
    catalog = Catalog()
    for package in PACKAGES:
        for name, line, message, comments, context in extract_from_dir(
            root / package, methods, keywords=_KEYWORDS, comment_tags=_COMMENTS, strip_comment_tags=True
        ):
            catalog.add(message, None, [(f"{package}/{name}", line)], auto_comments=comments, context=context)
    return catalog


def read(path: Path) -> Catalog:
    """A catalogue; an empty one where there is no file yet. Raises PoFileError for a broken one."""
    if not path.exists():
        return Catalog(LOCALE)
    with path.open("rb") as source:
        return read_po(source, locale=LOCALE, abort_invalid=True)


def write(path: Path, title: str, language: str, found: Iterable[Message]) -> None:
    """A catalogue that changes only where its messages do: by file, then by text; no dates, lines or leftovers."""
    catalog = Catalog(LOCALE)
    for message in sorted(found):
        places = sorted({name for name, _ in message.locations})
        message.locations = [(name, 0) for name in places]
        catalog[message.id] = message
    lines = generate_po(catalog, ignore_obsolete=True, omit_header=True, sort_by="location", width=120)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = _HEADER.format(title=title, language=language) + "".join(lines)
    path.write_text(text.rstrip("\n") + "\n", encoding="utf-8")


def update(root: Path = ROOT) -> int:
    """Bring both catalogues up to date; a new message has no French yet. Returns how many are owed."""
    source = extracted(root)
    french = read(root / FRENCH)
    french.update(source, no_fuzzy_matching=True)
    found = messages(french)
    owed = sum(not all(strings(message)) for message in found)
    write(root / FRENCH, "The French of Cadre", _LANGUAGE, found)
    write(root / TEMPLATE, "The messages of Cadre", "", messages(source))
    return owed


if __name__ == "__main__":
    sys.stdout.write(f"{FRENCH}: {update()} messages without French\n")
