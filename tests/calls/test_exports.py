"""The answers to a call as files: nothing is lost, nothing is a formula, and Excel reads the French."""

from __future__ import annotations

import csv
from contextlib import closing
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any, Literal

import openpyxl
import pytest
from sqlalchemy.orm import Session

from cadre.calls import exports, summary
from cadre.calls import service as calls
from cadre.calls.facts import Report
from cadre.calls.forms import SignUpForm
from cadre.calls.reach import Reach, reach
from cadre.core import sheets
from cadre.core.database import Database
from cadre.core.i18n import LOCALES
from cadre.core.reader import OPERATOR, Actor, Reader
from cadre.people.models import Person
from tests.calls.answered import FORMULA, JORDAN, REFUSAL, answered
from tests.conftest import one_registry

ENGLISH = Reader(LOCALES["en"])
FRENCH = Reader(LOCALES["fr"])


@pytest.fixture
def found(sandbox_url: str) -> tuple[Report, Reach]:
    """What the secretariat sees of a call with answers of every kind."""
    with closing(Database(sandbox_url)) as database:
        id_ = answered(database)
        database.write(OPERATOR, _stranger)
        database.write(Actor("Kim Farwell", "kim-farwell"), calls.sign_up, SignUpForm(id_, "observer", "en", jurisdiction="ON"))
        return database.read(_read, id_)


def _stranger(session: Session) -> None:
    session.add(Person(id="kim-farwell", name="Kim Farwell"))


def _read(session: Session, id_: int) -> tuple[Report, Reach]:
    report = calls.report(session, id_, JORDAN)
    return report, reach(session, report.grid)


def lines(found: tuple[Report, Reach], reader: Reader) -> list[dict[str, str]]:
    """The CSV file, read back."""
    report, ways = found
    content = exports.csv(report.grid, ways, reader)
    assert content.startswith(b"\xef\xbb\xbf"), "without it, Excel misreads the accents"
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter="," if reader is ENGLISH else ";"))


def book(found: tuple[Report, Reach], reader: Reader) -> Any:
    """The workbook, opened again."""
    return openpyxl.load_workbook(BytesIO(exports.xlsx(*found, reader)))


@one_registry
def test_every_jurisdiction_and_every_person_has_a_line(found: tuple[Report, Reach]) -> None:
    told = [(line["Jurisdiction"], line["Their answer"], line["Name"], line["Standing"]) for line in lines(found, ENGLISH)]
    assert told == [
        ("Borealia, demonstration", "Silent", "", ""),
        ("Bellorme, demonstration", "Takes part", "Maxime Grandchêne", "Has a seat"),
        ("City of Pommeraie, demonstration", "Takes part", "Avery Plumridge", "Has a seat"),
        ("City of Pommeraie, demonstration", "Takes part", "Sacha Rivenord", "Offered"),
        ("Tamarane, demonstration", "On the waiting list", "Loïs Valdombre", "Number 1 on the waiting list"),
        ("Department of Windmills, demonstration", "Declined", "", ""),
        ("Ontario", "Not invited", "Kim Farwell", "Offered"),
    ]


@one_registry
def test_how_an_answer_came_and_how_people_are_reached(found: tuple[Report, Reach]) -> None:
    by_place = {line["Jurisdiction"].split(",")[0]: line for line in lines(found, ENGLISH)}
    assert by_place["Bellorme"]["Representatives"] == "Casey Larkfield (by e-mail); Maxime Grandchêne (in Slack)"
    assert by_place["Department of Windmills"]["Reason"] == REFUSAL
    recorded = by_place["Tamarane"]
    how = ("Answered by", "How the answer came", "Recorded by")
    assert [recorded[heading] for heading in how] == ["'@Pat Pinewater", "by phone", "Jordan Wrenwood"]
    own = ("Offered or put forward by", "How the offer came", "Offer recorded by")
    assert [recorded[heading] for heading in own] == ["'@Pat Pinewater", "by phone", "Jordan Wrenwood"]
    assert [by_place["Bellorme"][heading] for heading in how] == ["Maxime Grandchêne", "in Slack", ""]
    assert recorded["Place on the waiting list"] == "1"
    assert by_place["Ontario"]["Remarks"] == "Jurisdiction to be confirmed"


@pytest.mark.parametrize(
    ("reader", "place"), [(ENGLISH, "Department of Windmills, demonstration"), (FRENCH, "Ministère des Moulins, démonstration")]
)
@one_registry
def test_a_file_is_in_one_language(found: tuple[Report, Reach], reader: Reader, place: str) -> None:
    first = next(iter(lines(found, reader)[0]))
    assert first == reader.gettext("Jurisdiction")
    assert place in [line[first] for line in lines(found, reader)]
    assert place in [cell.value for cell in book(found, reader).worksheets[0]["A"]]


@one_registry
def test_nothing_that_somebody_wrote_is_a_formula(found: tuple[Report, Reach]) -> None:
    written = [value for line in lines(found, ENGLISH) for value in line.values()]
    assert f"'{FORMULA}" in written
    assert "'-40 °C in a canoe" in written
    assert "'@Pat Pinewater" in written
    assert not [value for value in written if value.startswith(("=", "+", "-", "@"))]
    cells = [cell for sheet in book(found, ENGLISH) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    kept = next(cell for cell in cells if cell.value == FORMULA)
    assert kept.quotePrefix, "it stays a text where somebody edits it"


@pytest.mark.parametrize(
    ("text", "harmless"),
    [("+1 613", "'+1 613"), (" =1+1", "' =1+1"), ("\t=1", "'\t=1"), ("\n@cmd", "'\n@cmd"), ("a = b", "a = b"), ("", "")],
)
def test_what_a_spreadsheet_would_compute(text: str, harmless: str) -> None:
    assert sheets.defused(text) == harmless


@one_registry
def test_the_workbook_is_ready_to_be_worked_with(found: tuple[Report, Reach]) -> None:
    made = book(found, ENGLISH)
    assert made.sheetnames == ["Answers", "People", "Report"]
    for sheet in made:
        assert all(cell.font.bold for cell in sheet[1])
        assert sheet.freeze_panes == "B2"
        assert all(sheet.column_dimensions[cell.column_letter].width > 8 for cell in sheet[1])
        assert sheet.auto_filter.ref == sheet.dimensions
    assert made["Answers"].max_row == 1 + 5
    assert made["People"].max_row == 1 + 5


@one_registry
def test_moments_are_moments(found: tuple[Report, Reach]) -> None:
    headings = [cell.value for cell in book(found, ENGLISH)["Answers"][1]]
    rows = {row[0].value: row for row in book(found, ENGLISH)["Answers"].iter_rows(min_row=2)}
    contact = rows["Tamarane, demonstration"][headings.index("Last contact (Toronto time)")]
    assert isinstance(contact.value, datetime)
    assert contact.is_date
    told = next(each for each in found[0].grid.invitations if each.jurisdiction.id == "demo-tamarane").last_contact
    assert told is not None
    assert contact.value == ENGLISH.local(told).replace(tzinfo=None, second=0, microsecond=0)
    assert rows["Bellorme, demonstration"][headings.index("Last contact (Toronto time)")].value is None, "nothing was sent yet"
    answered = headings.index("Answered on (Toronto time)")
    assert (rows["Tamarane, demonstration"][answered].number_format, rows["Bellorme, demonstration"][answered].number_format) == (
        "yyyy-mm-dd",
        "yyyy-mm-dd hh:mm",
    )


@one_registry
def test_the_report_says_what_is_missing(found: tuple[Report, Reach]) -> None:
    told = {str(line.label): line for line in summary.lines(found[0], ENGLISH)}
    assert told["Balance"].text == "Federal: 0 · Provincial: 1 · Territorial: 0 · Municipal: 1 · not counted, on the waiting list: 1"
    assert told["Languages of work"].text == "English: 0 · French: 1 · Both languages: 1"
    assert not told["Asked of each"].wanting, "two seats are not one for each of five jurisdictions"
    assert not told["Seats"].wanting
    assert told["Co-chairs"].wanting
    assert "Rule G2 is not met" in told["Co-chairs"].text


@pytest.mark.parametrize(("language", "name"), [("en", "answers.csv"), ("fr", "reponses.csv")])
@one_registry
def test_files_have_names_that_say_what_they_are(found: tuple[Report, Reach], language: Literal["en", "fr"], name: str) -> None:
    call = found[0].grid.call
    assert call.number
    assert summary.file_name(call, Reader(LOCALES[language]), "csv").endswith(f"-{call.number}-{name}")


@one_registry
def test_an_answer_that_was_handed_on_has_no_day(sandbox_url: str) -> None:
    with closing(Database(sandbox_url)) as database:
        id_ = answered(database)
        database.write(OPERATOR, lambda session: session.add(Person(id="kim", name="Kim Farwell", jurisdiction="demo-borealia")))
        database.write(Actor("Ellis Marshgrove", "ellis-marshgrove"), calls.delegate, id_, "demo-borealia", "kim")
        (line,) = (each for each in lines(database.read(_read, id_), ENGLISH) if each["Jurisdiction"].startswith("Borealia"))
    assert line["Their answer"] == "Handed on, no answer yet"
    assert line["Answered on (Toronto time)"] == ""
