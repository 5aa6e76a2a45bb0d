"""Texts owed in one language: listed, given out as a workbook, taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.core.database import Database
from cadre.core.errors import Forbidden, Invalid, NotFound
from cadre.core.i18n import LOCALES, Language
from cadre.core.models import Source
from cadre.core.reader import OPERATOR, Reader
from cadre.core.sheets import Unreadable, rows
from cadre.exchange import owed
from cadre.groups.models import Group
from tests.conftest import one_registry
from tests.exchange.test_roster import JORDAN, MORGAN

pytestmark = one_registry
ENGLISH = Reader(LOCALES["en"])


@pytest.fixture
def database(sandbox_url: str) -> Iterator[Database]:
    """Two groups owe a French text; one, of which the English changed since, the other way round."""
    with closing(Database(sandbox_url)) as made:
        made.write(OPERATOR, _owe)
        yield made


def _owe(session: Session) -> None:
    session.get_one(Group, "demo-orchards").description = Bilingual("Apples.", None)
    session.get_one(Group, "demo-quilts").description = Bilingual("Apples.", None)
    session.get_one(Group, "demo-beehives").description = Bilingual("Bees.", "Guêpes.", "fr")


def seen(database: Database, fn: Callable[..., Any], *args: Any) -> Any:
    def look(session: Session) -> Any:
        session.info["actor"] = JORDAN
        return fn(session, *args)

    return database.read(look)


def of(database: Database, id_: str, language: Language = "fr") -> owed.OwedText:
    found: tuple[owed.OwedText, ...] = seen(database, owed.owed, language)
    return next(each for each in found if (each.id, each.field) == (id_, "description"))


def text(database: Database, id_: str) -> Bilingual | None:
    found: Bilingual | None = database.read(lambda session: session.get_one(Group, id_).description)
    return found


def filled(content: bytes, texts: dict[str, str], *, hidden: bool = True) -> bytes:
    """The workbook with French written beside some English texts; without the hidden column, where somebody copied the two others."""
    book, kept = openpyxl.load_workbook(BytesIO(content)), BytesIO()
    sheet = book.worksheets[0]
    assert sheet.column_dimensions["C"].hidden
    for row in sheet.iter_rows(min_row=2):
        if row[0].value in texts:
            row[1].value = texts[str(row[0].value)]
        if not hidden:
            row[2].value = None
    book.save(kept)
    return kept.getvalue()


def test_the_list_says_what_is_owed_and_where(database: Database) -> None:
    held = of(database, "demo-orchards")
    assert (held.subject, held.record.en, held.other, held.text) == ("group", "Demonstration Orchards Working Group", "Apples.", None)
    assert of(database, "demo-beehives").stale
    counted = seen(database, owed.counts)
    assert counted["fr"] == len(seen(database, owed.owed, "fr"))


def test_the_workbook_comes_back_with_the_french(database: Database) -> None:
    content = filled(seen(database, owed.given_out, "fr", ENGLISH), {"Apples.": "Des pommes.", "Bees.": "Des abeilles."})
    found = seen(database, owed.plan, owed.read(content), "fr")
    assert ({each.owed.id for each in found.translations}, found.wrong) == ({"demo-orchards", "demo-quilts", "demo-beehives"}, ())
    database.write(JORDAN, owed.take, owed.read(content), "fr", found.mark)
    for id_, french in (("demo-orchards", "Des pommes."), ("demo-beehives", "Des abeilles.")):
        held = text(database, id_)
        assert held
        assert (held.fr, held.owed()) == (french, ())
    assert seen(database, owed.plan, owed.read(content), "fr").translations == (), "taken in again it does nothing"


def test_without_the_hidden_column_a_text_is_found_by_its_english(database: Database) -> None:
    content = filled(seen(database, owed.given_out, "fr", ENGLISH), {"Apples.": "Des pommes."}, hidden=False)
    assert {each.owed.id for each in seen(database, owed.plan, owed.read(content), "fr").translations} == {"demo-orchards", "demo-quilts"}


def test_a_translation_of_what_is_said_no_more_is_not_taken(database: Database) -> None:
    content = filled(seen(database, owed.given_out, "fr", ENGLISH), {"Apples.": "Des pommes."})

    def pears(session: Session) -> None:
        session.get_one(Group, "demo-orchards").description = Bilingual("Pears.", None)

    database.write(OPERATOR, pears)
    found = seen(database, owed.plan, owed.read(content), "fr")
    assert [each.owed.id for each in found.translations] == ["demo-quilts"]
    assert "changed since this file was made" in found.wrong[0].problem.for_(ENGLISH)
    with pytest.raises(owed.Changed):
        database.write(JORDAN, owed.take, owed.read(content), "fr", "00000000")


def test_what_was_written_meanwhile_is_not_owed_any_more(database: Database) -> None:
    content = filled(seen(database, owed.given_out, "fr", ENGLISH), {"Apples.": "Des pommes."})
    database.write(JORDAN, owed.write, of(database, "demo-orchards").key, "fr", "Pommes.")
    found = seen(database, owed.plan, owed.read(content), "fr")
    assert [each.owed.id for each in found.translations] == ["demo-quilts"]
    assert len(found.wrong) == 1


def test_one_by_one(database: Database) -> None:
    key = of(database, "demo-orchards").key
    with pytest.raises(Invalid):
        database.write(JORDAN, owed.write, key, "fr", " ")
    database.write(JORDAN, owed.write, key, "fr", "Des pommes.")
    assert text(database, "demo-orchards") == Bilingual("Apples.", "Des pommes.")
    with pytest.raises(NotFound):
        database.write(JORDAN, owed.write, key, "fr", "Encore.")


def test_a_text_that_is_still_right_is_owed_no_more(database: Database) -> None:
    database.write(JORDAN, owed.still_right, of(database, "demo-beehives").key, "fr")
    assert text(database, "demo-beehives") == Bilingual("Bees.", "Guêpes.")


def test_nothing_is_written_over_a_text_that_changed(database: Database) -> None:
    key = of(database, "demo-orchards").key

    def pears(session: Session) -> None:
        session.get_one(Group, "demo-orchards").description = Bilingual("Pears.", None)

    database.write(OPERATOR, pears)
    with pytest.raises(Invalid):
        database.write(JORDAN, owed.write, key, "fr", "Des pommes.")


def test_only_the_secretariat(database: Database) -> None:
    key = of(database, "demo-orchards").key
    acts = ((owed.owed, ("fr",)), (owed.write, (key, "fr", "x")), (owed.still_right, (key, "fr")), (owed.given_out, ("fr", ENGLISH)))
    for act, args in acts:
        with pytest.raises(Forbidden):
            database.write(MORGAN, act, *args)


@pytest.mark.parametrize("key", ["", "group|demo-orchards|state|0", "change|1|field|0", "group|nothing|name|0"])
def test_what_is_no_text_is_not_found(database: Database, key: str) -> None:
    with pytest.raises(NotFound):
        database.write(JORDAN, owed.write, key, "fr", "x")


def test_another_workbook_is_refused(database: Database) -> None:
    book, kept = openpyxl.Workbook(), BytesIO()
    book.save(kept)
    with pytest.raises(Unreadable):
        owed.read(kept.getvalue())


def test_a_heading_in_either_language_is_understood(database: Database) -> None:
    content = seen(database, owed.given_out, "fr", Reader(LOCALES["fr"]))
    assert rows(content)[0].cells[:2] == ("Anglais", "Français")
    assert seen(database, owed.plan, owed.read(content), "fr").wrong == ()


def test_the_real_sources_too(database: Database) -> None:
    """Titles of public pages stand in one language in the seed."""
    assert {each.subject for each in seen(database, owed.owed, "fr")} >= {"group"}
    assert database.read(lambda session: session.get(Source, "demonstration")) is not None
