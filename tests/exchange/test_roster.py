"""A roster as a workbook: what it would do, what is wrong with it, and what it does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date
from io import BytesIO
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from sqlalchemy.orm import Session

from cadre.core.database import Database
from cadre.core.errors import Forbidden
from cadre.core.i18n import LOCALES
from cadre.core.reader import OPERATOR, Actor, Reader
from cadre.core.sheets import ROWS, Unreadable, rows
from cadre.exchange import roster, roster_sheet
from cadre.groups import service as groups
from cadre.groups.models import Group
from cadre.groups.roles import RoleEntry
from tests.conftest import one_registry

JORDAN: Final = Actor("Jordan Wrenwood (U0JORDAN)", "jordan-wrenwood")
MORGAN: Final = Actor("Morgan Fernhill (U0MORGAN)", "morgan-fernhill")
ENGLISH, FRENCH = Reader(LOCALES["en"]), Reader(LOCALES["fr"])
HEAD: Final = ("Group", "Name", "E-mail address", "Role", "Jurisdiction", "On behalf of", "From", "Until")
pytestmark = one_registry


@pytest.fixture
def database(sandbox_url: str) -> Iterator[Database]:
    with closing(Database(sandbox_url)) as made:
        yield made


def book(*lines: Sequence[Any], head: Sequence[str] = HEAD) -> bytes:
    """A workbook with these rows."""
    made, kept = openpyxl.Workbook(), BytesIO()
    assert made.active
    for line in (head, *lines):
        made.active.append(list(line))
    made.save(kept)
    return kept.getvalue()


def plan(database: Database, content: bytes) -> roster.Plan:
    def look(session: Any) -> roster.Plan:
        session.info["actor"] = JORDAN
        return roster.plan(session, roster_sheet.read(content))

    return database.read(look)


def taken(database: Database, content: bytes) -> roster.Plan:
    return database.write(JORDAN, roster.take, roster_sheet.read(content), plan(database, content).mark)


def held(database: Database, group: str, name: str) -> list[RoleEntry]:
    return [each for each in database.read(groups.card, group, JORDAN).roles if each.name == name]


def wrong(found: roster.Plan, reader: Reader = ENGLISH) -> dict[int, str]:
    """What is wrong, by row."""
    return {each.row: " ".join(told.for_(reader) for told in each.problems) for each in found.wrong}


def test_somebody_new_and_somebody_known_get_roles(database: Database) -> None:
    content = book(
        ("Quilts", "Quinn Applewood", "quinn@demonstration.example", "Member", "Bellorme", "", "2026-10", None),
        (
            "Communauté de pratique sur les courtepointes",
            "Robin Ashgrove",
            None,
            "Coprésidente",
            None,
            "Demo council",
            date(2026, 10, 5),
            None,
        ),
    )
    found = plan(database, content)
    assert [each.does for each in found.entries] == ["add", "add"]
    assert found.new_people == ("Quinn Applewood",)
    assert held(database, "demo-quilts", "Quinn Applewood") == [], "a preview changes nothing"
    taken(database, content)
    (quinn,) = held(database, "demo-quilts", "Quinn Applewood")
    assert (quinn.role, quinn.since and quinn.since.text, quinn.confirmed, quinn.jurisdiction_name and quinn.jurisdiction_name.en) == (
        "member", "2026-10", True, "Bellorme, demonstration",
    )  # fmt: skip
    (robin,) = held(database, "demo-quilts", "Robin Ashgrove")
    assert (robin.role, robin.on_behalf_of, robin.since and robin.since.text) == ("co_chair", "demo-council", "2026-10-05")


def test_taken_in_again_it_changes_nothing(database: Database) -> None:
    content = book(("Quilts", "Quinn Applewood", "", "Member", "Bellorme", "", "2026-10", ""))
    taken(database, content)
    found = plan(database, content)
    assert [each.does for each in found.entries] == ["keep"]
    before = database.read(lambda session: session.info["revision"])
    taken(database, content)
    assert database.read(lambda session: session.info["revision"]) == before


def test_a_role_that_is_there_is_changed_and_what_is_left_empty_stays(database: Database) -> None:
    content = book(("Quilts", "Maxime Grandchêne", "", "member", "", "", "", "2026-09"))
    (entry,) = plan(database, content).entries
    assert (entry.does, entry.changes) == ("change", ("until",))
    taken(database, content)
    (maxime,) = held(database, "demo-quilts", "Maxime Grandchêne")
    assert maxime.over


def test_a_role_that_nobody_confirmed_is_confirmed_by_it(database: Database) -> None:
    (lois,) = held(database, "demo-quilts", "Loïs Valdombre")
    assert not lois.confirmed, "in the demonstration nobody confirmed it"
    taken(database, book(("Quilts", "Lois Valdombre", "", "member", "", "", "", "")))
    assert held(database, "demo-quilts", "Loïs Valdombre")[0].confirmed


def test_each_row_says_what_is_wrong_with_it_and_the_others_are_taken(database: Database) -> None:
    content = book(
        ("Nowhere", "Quinn Applewood", "", "Member", "", "", "", ""),
        ("Quilts", "", "", "Member", "", "", "", ""),
        ("Quilts", "Quinn Applewood", "quinn", "King", "Nowhere", "", "soon", ""),
        ("Quilts", "Quinn Applewood", "", "Member", "", "", "2026-10", "2026-09"),
        ("Quilts", "Robin Ashgrove", "other@example.org", "Member", "", "", "", ""),
        ("Quilts", "Robin Ashgrove", "", "Observer", "", "", "", ""),
        ("Quilts", "Robin Ashgrove", "", "Observer", "", "", "", ""),
    )
    found = plan(database, content)
    told = wrong(found)
    assert "“Nowhere”" in told[2]
    assert told[3] == "The column Name is empty."
    assert wrong(found, FRENCH)[3] == "La colonne Nom est vide."
    assert all(text in told[4] for text in ("“quinn”", "“King”", "“Nowhere”", "“soon”"))
    assert told[5] == "It ends before it begins."
    assert "robin.ashgrove@demonstration.example" in told[6]
    assert told[8] == "Row 7 says the same."
    assert [each.row for each in found.entries] == [7]
    taken(database, content)
    assert [each.role for each in held(database, "demo-quilts", "Robin Ashgrove")] == ["observer"]


def test_the_rows_with_problems_come_back_as_a_roster_to_correct(database: Database) -> None:
    found = plan(database, book(("Quilts", "+Quinn", "", "King", "", "", "", "")))
    again = rows(roster.rejected(found, FRENCH))
    assert again[0].cells[:4] == ("Groupe", "Nom", "Adresse de courriel", "Rôle")
    assert again[1].cells[1] == "+Quinn"
    assert "King" in again[1].cells[-1]
    assert [each.row for each in plan(database, roster.rejected(found, FRENCH)).wrong] == [2]


@pytest.mark.parametrize("reader", [ENGLISH, FRENCH])
def test_the_roster_that_is_given_out_is_taken_in_without_a_change(database: Database, reader: Reader) -> None:
    def look(session: Any) -> bytes:
        session.info["actor"] = JORDAN
        return roster.current(session, "demo-orchards", reader)

    found = plan(database, database.read(look))
    assert not found.wrong
    assert {each.does for each in found.entries} <= {"keep", "change"}
    assert all(set(each.changes) <= {"confirmed"} for each in found.entries)


@pytest.mark.parametrize("sandbox", [False, True])
def test_the_roster_of_all_holds_what_was_invented_in_a_sandbox_only(database: Database, sandbox: bool) -> None:
    def look(session: Any) -> bytes:
        session.info["actor"], session.info["sandbox"] = JORDAN, sandbox
        return roster.current(session, None, ENGLISH)

    content = database.read(look)
    assert "Framework Working Group" in {row.cells[0] for row in rows(content)}
    assert any("Demonstration" in row.cells[0] for row in rows(content)) is sandbox
    assert plan(database, content).wrong == ()


def test_what_changed_since_the_preview_is_shown_first(database: Database) -> None:
    content = book(("Quilts", "Robin Ashgrove", "", "Observer", "", "", "", ""))
    mark = plan(database, content).mark
    taken(database, content)
    with pytest.raises(roster.Changed) as problem:
        database.write(JORDAN, roster.take, roster_sheet.read(content), mark)
    assert [each.does for each in problem.value.plan.entries] == ["keep"]


def test_two_new_rows_of_one_person_make_one_record(database: Database) -> None:
    line = ("Quinn Applewood", "quinn@demonstration.example")
    taken(database, book(("Quilts", *line, "Member"), ("Orchards", *line, "Observer")))
    assert len({each.person for group in ("demo-quilts", "demo-orchards") for each in held(database, group, "Quinn Applewood")}) == 1


def test_only_the_secretariat(database: Database) -> None:
    for act in (lambda session: roster.plan(session, roster_sheet.read(book())), lambda session: roster.current(session, None, ENGLISH)):
        with pytest.raises(Forbidden):
            database.write(MORGAN, act)
    with pytest.raises(Forbidden):
        database.write(MORGAN, roster.take, roster_sheet.read(book()), "")


def bomb() -> bytes:
    kept = BytesIO()
    with ZipFile(kept, "w", ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"\0" * 61_000_000)
    return kept.getvalue()


SHEET: Final = b"xl/worksheets/sheet1.xml"


def altered(place: int, value: int) -> bytes:
    """A workbook whose sheet is packed otherwise than it was. ``place``: in its header, after the signature and version."""
    content = bytearray(book(("Quilts", "Quinn Applewood", "", "Member")))
    for start in (content.index(SHEET) - 30 + 6, content.rindex(SHEET) - 46 + 8):
        content[start + place] = value
    return bytes(content)


def spoiled() -> bytes:
    """A workbook of which a sheet was spoiled on its way."""
    content = bytearray(book(("Quilts", "Quinn Applewood", "", "Member")))
    at = content.index(SHEET) + len(SHEET)
    content[at : at + 40] = b"\xff" * 40
    return bytes(content)


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"not a workbook", book(head=("Who", "What")), bomb(), book(*[("a",)] * (ROWS + 1))),
        *(spoiled(), altered(2, 99), altered(0, 1), book(("Quilts", "Quinn", "", "Member"))[:-30]),
    ],
    ids=["empty", "text", "other", "bomb", "long", "spoiled", "packed in an unknown way", "locked by a password", "cut off"],
)
def test_what_is_no_roster_is_refused_with_a_word(database: Database, content: bytes) -> None:
    with pytest.raises(Unreadable) as problem:
        roster_sheet.read(content)
    assert problem.value.what.for_(FRENCH)


def test_days_and_numbers_are_read_as_written(database: Database) -> None:
    content = book((date(2027, 3, 15), 2027, 2027.0, " x "), head=("a",))
    assert rows(content)[1].cells[:4] == ("2027-03-15", "2027", "2027", "x")


@pytest.mark.parametrize(
    "head",
    [
        ("Groupe", "Nom", "Rôle", "Courriel", "Du", "Au"),
        ("Group", "Name", "Role", "Email", "From", "To"),
        ("Groupe", "Personne", "Fonction", "Adresse courriel", "Depuis", "Jusqu'à"),
    ],
)
def test_columns_are_known_by_what_people_call_them(database: Database, head: Sequence[str]) -> None:
    found = plan(database, book(("Quilts", "Quinn Applewood", "Membre", "quinn@demonstration.example", "2026-10", "2027"), head=head))
    assert found.unknown == ()
    (entry,) = found.entries
    assert (entry.email, entry.since and entry.since.text, entry.until and entry.until.text) == (
        "quinn@demonstration.example", "2026-10", "2027",
    )  # fmt: skip


@pytest.mark.parametrize("role", ["Co-présidence", "coprésidence", "Co-Chair", "Co-présidente"])
def test_roles_are_known_by_what_people_call_them(database: Database, role: str) -> None:
    (entry,) = plan(database, book(("Quilts", "Quinn Applewood", "", role))).entries
    assert entry.role == "co_chair"


def test_columns_that_are_not_known_are_named(database: Database) -> None:
    content = book(("Quilts", "Quinn Applewood", "Member", "2026-10", "x", "2027"), head=("Group", "Name", "Role", "In office", "", "Role"))
    found = plan(database, content)
    assert found.unknown == ("In office", "Role")
    assert found.entries[0].role == "member"
    assert plan(database, roster.rejected(plan(database, book(("Nowhere", "Quinn", "", "Member"))), FRENCH)).unknown == ()


# -- what would be taken otherwise than it reads


def test_a_dissolved_group_takes_nobody_in(database: Database) -> None:
    def over(session: Session) -> None:
        session.get_one(Group, "demo-quilts").state = "sunset"

    database.write(OPERATOR, over)
    found = plan(database, book(("Quilts", "Quinn Applewood", "", "Member"), ("Orchards", "Quinn Applewood", "", "Member")))
    assert "This group was dissolved" in wrong(found)[2]
    assert [each.row for each in found.entries] == [3]
    taken(database, book(("Quilts", "Robin Ashgrove", "", "Observer")))
    assert held(database, "demo-quilts", "Robin Ashgrove") == []


def test_an_address_of_somebody_of_another_name_is_told(database: Database) -> None:
    address = "robin.ashgrove@demonstration.example"
    found = plan(database, book(("Quilts", "Zed New", address, "Observer"), ("Quilts", "robin ashgrove", address, "Member")))
    assert wrong(found) == {2: f"“{address}” is the address of Robin Ashgrove in the registry: write that name, or another address."}
    assert [each.row for each in found.entries] == [3], "capitals do not tell people apart"
    new = "quinn@demonstration.example"
    found = plan(database, book(("Quilts", "Quinn Applewood", new, "Observer"), ("Orchards", "Zed New", new, "Member")))
    assert "Quinn Applewood" in wrong(found)[3]


def test_somebody_new_with_and_without_the_address_is_one(database: Database) -> None:
    lines = [("Orchards", "Quinn Applewood", "", "Observer"), ("Quilts", "Quinn Applewood", "quinn@demonstration.example", "Member")]
    for content in (book(*lines), book(*reversed(lines))):
        assert {each.email for each in plan(database, content).entries} == {"quinn@demonstration.example"}
    taken(database, book(*lines))
    assert len({each.person for group in ("demo-quilts", "demo-orchards") for each in held(database, group, "Quinn Applewood")}) == 1
    other = ("Beehives", "Quinn Oakes", "oakes@demonstration.example", "Member")
    both = book(other, (*other[:2], "quinn.oakes@demonstration.example", "Observer"), ("Quilts", "Quinn Oakes", "", "Member"))
    assert "Several people are called Quinn Oakes" in wrong(plan(database, both))[4]


def test_a_date_that_is_known_more_finely_is_no_second_role(database: Database) -> None:
    taken(database, book(("Quilts", "Quinn Applewood", "", "Member", "", "", "2017", "")))
    (entry,) = plan(database, book(("Quilts", "Quinn Applewood", "", "Member", "", "", "2017-10", ""))).entries
    assert (entry.does, entry.changes) == ("change", ("since",))
    taken(database, book(("Quilts", "Quinn Applewood", "", "Member", "", "", "2017-10", "")))
    (quinn,) = held(database, "demo-quilts", "Quinn Applewood")
    assert quinn.since
    assert quinn.since.text == "2017-10"
    (earlier,) = plan(database, book(("Quilts", "Quinn Applewood", "", "Member", "", "", "2012", "2014"))).entries
    assert earlier.does == "add", "what was over before it began is another role"


def test_whoever_left_comes_back_where_the_row_names_no_dates(database: Database) -> None:
    taken(database, book(("Quilts", "Quinn Applewood", "", "Member", "", "", "2017", "2018")))
    (again,) = plan(database, book(("Quilts", "Quinn Applewood", "", "Member", "", "", "2017", "2018"))).entries
    assert again.does == "keep"
    (back,) = plan(database, book(("Quilts", "Quinn Applewood", "", "Member"))).entries
    assert back.does == "add"


def test_what_is_too_long_is_told_of_its_row(database: Database) -> None:
    found = plan(database, book(("Quilts", "Q" * 201, f"{'q' * 200}@demonstration.example", "Member")))
    assert wrong(found)[2].count("200 characters at most") == 2
