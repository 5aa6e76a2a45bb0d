"""Tables as sheets of a workbook that spreadsheets open, where what people wrote is never a formula; and workbooks from outside, read."""

from __future__ import annotations

import csv as _csv
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from itertools import islice
from typing import Any, Final, TypeAlias
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from cadre.core.errors import CadreError, Message
from cadre.core.reader import Reader
from cadre.core.text import printable
from cadre.core.typed import tidy
from cadre.core.words import Words

Value: TypeAlias = Words | int | date | datetime | None
"""A moment is told where the reader is, and without a zone, for a spreadsheet knows none: the heading names the place."""
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula: https://owasp.org/www-community/attacks/CSV_Injection."""
_BOM: Final = "\ufeff"
"""Without it, Excel reads accents as something else."""
_SEPARATORS: Final = {"en": ",", "fr": ";"}
"""What Excel expects between the cells of a CSV file: a comma is a decimal sign in French."""
_MOMENT: Final = "yyyy-mm-dd hh:mm"
_DAY: Final = "yyyy-mm-dd"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. ``width``: in characters, on a sheet. ``hidden``: for Cadre alone, that people need not see."""

    heading: Words
    width: int
    hidden: bool = False


Table: TypeAlias = tuple[tuple[Column, ...], Sequence[tuple[Value, ...]]]


def computed(text: str) -> bool:
    """Whether a spreadsheet would take a text for a formula."""
    return text.lstrip(" \n").startswith(_FORMULA)


def csv(table: Table, reader: Reader) -> bytes:
    """A table as CSV in UTF-8, as Excel reads it in the reader's language."""
    columns, lines = table
    written = StringIO()
    writer = _csv.writer(written, delimiter=_SEPARATORS[reader.language])
    writer.writerow([column.heading for column in columns])
    writer.writerows([_in_csv(value) for value in line] for line in lines)
    return (_BOM + written.getvalue()).encode()


def _in_csv(value: Value) -> str | int:
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return defused(printable(value))
    return "" if value is None else value


def defused(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe before it says so."""
    return f"'{text}" if computed(text) else text


def workbook(title: Words, sheets: Iterable[tuple[Words, Table]], reader: Reader) -> bytes:
    """A workbook: each sheet with its name and its table. Dates are dates."""
    from openpyxl import Workbook  # noqa: PLC0415  # 0.2 s, which nobody else waits for

    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = str(title)
    book.properties.creator, book.properties.language = "Cadre", reader.locale.replace("_", "-")
    for name, table in sheets:
        _sheet(book, name, table)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _sheet(book: Any, name: Words, table: Table) -> None:
    """Its header stays in sight, can be filtered by, and stands on each printed page."""
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415  # as above
    from openpyxl.utils import get_column_letter  # noqa: PLC0415  # as above

    columns, lines = table
    sheet = book.create_sheet(name)
    for number, column in enumerate(columns, 1):
        cell = sheet.cell(1, number, str(column.heading))
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E8EEF3")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width, dimension.hidden = column.width, column.hidden
    for row, line in enumerate(lines, 2):
        for number, value in enumerate(line, 1):
            _put(sheet.cell(row, number), value, Alignment(wrap_text=True, vertical="top"))
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _put(cell: Any, value: Value, alignment: Any) -> None:
    """A text stays a text, whatever it begins with, even where somebody edits the cell later."""
    cell.alignment = alignment
    if isinstance(value, str):
        cell.value = printable(value)
        cell.data_type = "s"
        cell.quotePrefix = computed(value)
    elif value is not None:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = _MOMENT if isinstance(value, datetime) else _DAY


ROWS: Final = 2_000
"""Rows of a sheet that are read at most: so many are stored in some seconds, in which nobody else can store anything."""
_COLUMNS: Final = 50
_UNPACKED: Final = 60_000_000
"""Bytes of a workbook, unpacked: a small file may hold a very large one."""


_BROKEN: Final = (
    *(BadZipFile, KeyError, ValueError, OSError, IndexError, ParseError, TypeError),
    *(zlib.error, EOFError, NotImplementedError, RuntimeError),  # spoiled, cut off, packed in another way, locked by a password
)
"""What reading a file that is no workbook, or a broken one, raises."""


class Unreadable(CadreError):
    """A file that is no workbook, or one that is too large; ``what`` says so."""

    def __init__(self, what: Message) -> None:
        super().__init__(what.msgid)
        self.what = what


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sheet, as spreadsheets number it from 1 on. ``cells``: texts, tidied; a day as "2027-03-15"."""

    number: int
    cells: tuple[str, ...]


def rows(content: bytes) -> tuple[Row, ...]:
    """The rows of the first sheet of a workbook that hold anything; of formulas, what they gave last. Raises Unreadable."""
    from openpyxl import load_workbook  # noqa: PLC0415  # 0.2 s, which nobody else waits for

    try:
        with ZipFile(BytesIO(content)) as packed:
            if sum(each.file_size for each in packed.infolist()) > _UNPACKED:
                raise Unreadable(Message("This workbook is too large."))
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        with closing(book):
            read = [Row(number, tuple(map(_cell, row[:_COLUMNS]))) for number, row in enumerate(_values(book), 1)]
    except _BROKEN as problem:
        raise Unreadable(Message("This is not a workbook that I can read: save it as XLSX, and try again.")) from problem
    if len(read) > ROWS:
        raise Unreadable(Message("There are more than {n} rows: part it in several files.", {"n": ROWS}))
    return tuple(row for row in read if any(row.cells))


def _values(book: Any) -> Iterator[tuple[object, ...]]:
    """Of the first sheet; what its file says of its size is not believed."""
    sheet = book.worksheets[0]
    sheet.reset_dimensions()
    yield from islice(sheet.iter_rows(values_only=True), ROWS + 1)


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return tidy("" if value is None else str(value))
