"""The workbook in which a roster comes and goes: its columns, what people call them, and what stands in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cadre.core.errors import Message
from cadre.core.i18n import LOCALES
from cadre.core.reader import Reader
from cadre.core.sheets import Column, Row, Unreadable, rows
from cadre.core.text import fold
from cadre.core.words import Words
from cadre.people.wording import ROLES
from cadre.people.wording import role as role_name

COLUMNS: Final = ("group", "name", "email", "role", "jurisdiction", "on_behalf_of", "since", "until")
"""The columns of a roster; those of a file may stand in any order and language, and only the first, second and fourth must be there."""
REQUIRED: Final = ("group", "name", "role")
_WIDTHS: Final = (44, 28, 34, 16, 34, 34, 14, 14)
_SPOKEN: Final = {
    "cochair": "co_chair", "co chair": "co_chair", "co présidence": "co_chair", "co président": "co_chair",
    "co présidente": "co_chair", "coprésident": "co_chair", "coprésidente": "co_chair", "chair": "co_chair",
    "membre": "member", "suppléant": "alternate", "suppléante": "alternate", "delegate": "alternate", "observateur": "observer",
    "observatrice": "observer", "lead": "lead", "secrétaire": "secretariat",
}  # fmt: skip
"""What people write for roles besides the names that Cadre shows."""
_HEADED: Final = {
    "group": ("working group", "groupe de travail"),
    "name": ("person", "full name", "personne", "nom complet"),
    "role": ("function", "fonction"),
    "email": ("email", "e-mail", "mail", "email address", "courriel", "adresse courriel", "adresse électronique"),
    "jurisdiction": ("government", "gouvernement", "province"),
    "since": ("since", "start", "start date", "depuis", "du", "de", "date de début"),
    "until": ("to", "end", "end date", "au", "jusqu'à", "fin", "date de fin"),
}
"""What people write over columns besides the names that Cadre shows."""


@dataclass(frozen=True, slots=True)
class Read:
    """A roster as it was written: the number of each row, and what stands in each column. ``unknown``: the headings that are not read."""

    rows: tuple[tuple[int, dict[str, str]], ...]
    unknown: tuple[str, ...] = ()


def read(content: bytes) -> Read:
    """A roster as it was written. It takes a while, in which nobody waits: no session is needed for it. Raises Unreadable for a file that
    is none.
    """
    found = rows(content)
    names = headings()
    head = next((row for row in found if {names.get(key(cell)) for cell in row.cells} >= set(REQUIRED)), None)
    if head is None:
        wanted = Words.joined(", ", (heading(name, Reader(LOCALES["en"])) for name in REQUIRED))
        en_francais = Words.joined(", ", (heading(name, Reader(LOCALES["fr"])) for name in REQUIRED))
        values = {"columns": wanted, "other": en_francais}
        raise Unreadable(Message("I find no row with the headings {columns} (in French: {other}).", values))
    places: dict[int, str] = {}
    unknown: list[str] = []
    for place, cell in enumerate(head.cells):
        column = names.get(key(cell))
        if column and column not in places.values():
            places[place] = column
        elif cell and key(cell) not in _problems():
            unknown.append(cell)
    below = ((row.number, _cells(row, places)) for row in found if row.number > head.number)
    return Read(tuple((number, cells) for number, cells in below if any(cells.values())), tuple(unknown))


def _problems() -> set[str]:
    """What the column is called that ``rejected`` adds: it comes back with a file that was corrected."""
    return {key(Reader(locale).gettext("What is wrong")) for locale in LOCALES.values()}


def _cells(row: Row, places: Mapping[int, str]) -> dict[str, str]:
    return {name: row.cells[place] if place < len(row.cells) else "" for place, name in places.items()}


def key(text: str) -> str:
    """A heading or a role as it is compared."""
    return fold(text).strip(" *:")


def heading(column: str, reader: Reader) -> Words:
    """What a column is called."""
    _ = reader.gettext
    return {
        "group": _("Group"),
        "name": _("Name"),
        "email": _("E-mail address"),
        "role": _("Role"),
        "jurisdiction": _("Jurisdiction"),
        "on_behalf_of": _("On behalf of"),
        "since": _("From"),
        "until": _("Until"),
    }[column]


def headings() -> dict[str, str]:
    """Each heading, in either language, and the column that it is of."""
    readers = [Reader(locale) for locale in LOCALES.values()]
    shown = {key(heading(column, reader)): column for column in COLUMNS for reader in readers}
    return {key(text): column for column, texts in _HEADED.items() for text in texts} | {column: column for column in COLUMNS} | shown


def roles_by_name() -> dict[str, str]:
    """Each name of a role, in either language, and the role."""
    readers = [Reader(locale) for locale in LOCALES.values()]
    shown = {key(role_name(role, reader)).replace("-", " "): role for role in ROLES for reader in readers}
    return {key(text): role for text, role in _SPOKEN.items()} | shown


def columns(reader: Reader) -> tuple[Column, ...]:
    """The columns of a roster that is given out."""
    return tuple(Column(heading(name, reader), width) for name, width in zip(COLUMNS, _WIDTHS, strict=True))
