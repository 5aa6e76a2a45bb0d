"""A roster and texts owed, as workbooks that come in a window and go out in the conversation with Cadre."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any, Final

import openpyxl
import pytest
import pytest_asyncio
from sqlalchemy.orm import Session

from bot.groups import owed
from cadre.core.bilingual import Bilingual
from cadre.core.i18n import LOCALES
from cadre.core.reader import OPERATOR, Reader
from cadre.core.sheets import rows
from cadre.groups import service as groups
from cadre.groups.models import Group
from tests.conftest import one_database
from tests.exchange.test_roster import book
from tests.slack.workplans import JORDAN
from tests.workspace import Member, Workspace

pytestmark = one_database
NEW: Final = ("Quilts", "Quinn Applewood", "quinn@demonstration.example", "Member", "", "", "2026-10", "")
WRONG: Final = ("Nowhere", "Robin Ashgrove", "", "Observer", "", "", "", "")


@pytest_asyncio.fixture
async def workspace(still: Workspace) -> Workspace:
    await still.start_over()
    return still


@pytest.fixture
def jordan(workspace: Workspace) -> Member:
    """Of the secretariat, in English."""
    return workspace.user("jordan-wrenwood")


@pytest.fixture
def alix(workspace: Workspace) -> Member:
    """Of the secretariat, in French."""
    return workspace.user("alix-beletang")


def names(workspace: Workspace, group: str = "demo-quilts") -> set[str]:
    return {each.name for each in workspace.database.read(groups.card, group, JORDAN).roles}


async def looks(member: Member, *lines: Any, typed: str = "roster") -> dict[str, Any]:
    """Bring a roster, and look at what it would do."""
    await member.commands(typed)
    return await member.submits(file=await member.attaches("roster.xlsx", book(*lines)))


async def test_a_roster_is_looked_at_before_it_is_taken_in(workspace: Workspace, jordan: Member) -> None:
    await looks(jordan, NEW)
    window = await jordan.window()
    assert "1 role is added, 0 are changed or confirmed, 0 stay as they are and 0 rows are left out." in window.text
    assert "New in the registry: Quinn Applewood." in window.text
    assert "Row 2: Quinn Applewood, Member, Demonstration Quilts Community of Practice" in window.text
    assert "Quinn Applewood" not in names(workspace)
    await jordan.submits()
    assert "Imported" in (await jordan.window())["title"]["text"]
    assert "Quinn Applewood" in names(workspace)


async def test_before_it_is_imported_one_reads_who_since_when_and_which_columns_are_not_known(jordan: Member, alix: Member) -> None:
    line = ("Quilts", "Quinn Applewood", "Coprésidente", "Bellorme", "Demo council", "2026-10", "x", "y")
    head = ("Groupe", "Nom", "Rôle", "Administration", "Au nom de", "Du", "Mandat", "Langue")
    for member, typed in ((jordan, "roster"), (alix, "liste des membres")):
        await member.commands(typed)
        await member.submits(file=await member.attaches("roster.xlsx", book(line, head=head)))
    told = (await jordan.window()).text
    assert "I do not know the columns Mandat and Langue: nothing of them is imported." in told
    assert (
        "Row 2: Quinn Applewood (Bellorme, demonstration), Co-chair, Demonstration Quilts Community of Practice, on behalf of the" in told
    )
    assert "since October 2026" in told
    assert "Je ne connais pas les colonnes Mandat et Langue" in (await alix.window()).text


async def test_a_change_is_told_as_it_will_be(alix: Member) -> None:
    await looks(alix, ("Quilts", "Maxime Grandchêne", "", "membre", "", "", "", "2026-11-15"), typed="liste des membres")
    line = next(line for line in (await alix.window()).text.splitlines() if "Maxime" in line)
    assert line.endswith("fin\u00a0: 15\u00a0novembre 2026")


async def test_rows_with_problems_come_back_as_a_file_in_the_readers_language(workspace: Workspace, alix: Member) -> None:
    await looks(alix, NEW, WRONG, typed="liste des membres")
    window = await alix.window()
    assert "Ligne 3\u00a0: Rien dans le registre ne s'appelle «\u00a0Nowhere\u00a0»." in window.text
    await alix.submits()
    assert "Quinn Applewood" in names(workspace)
    back = rows(await alix.file("Lignes avec problèmes.xlsx"))
    assert back[0].cells[:2] == ("Groupe", "Nom")
    assert back[1].cells[1] == "Robin Ashgrove"
    assert "Nowhere" in back[1].cells[-1]


async def test_a_file_that_is_no_roster_is_refused_beside_its_field(jordan: Member) -> None:
    await jordan.commands("roster")
    answered = await jordan.submits(file=await jordan.attaches("roster.xlsx", b"no workbook"))
    assert "save it as XLSX" in answered["errors"]["file"]


async def test_where_nothing_would_change_nothing_can_be_imported(jordan: Member) -> None:
    await looks(jordan, WRONG)
    window = await jordan.window()
    assert window.get("submit") is None
    assert "“Nowhere”" in window.text


async def test_two_who_import_at_once_the_second_sees_what_is_left_to_do(workspace: Workspace, jordan: Member, alix: Member) -> None:
    await looks(jordan, NEW)
    await looks(alix, NEW, ("Quilts", "Robin Ashgrove", "", "Observer", "", "", "", ""))
    await jordan.submits()
    await alix.submits()
    window = await alix.window()
    assert "Le registre a été modifié entre-temps." in window.text
    assert "1\u00a0rôle est ajouté" in window.text
    await alix.submits()
    assert {"Quinn Applewood", "Robin Ashgrove"} <= names(workspace)


async def test_the_roster_as_it_stands_comes_as_a_file(jordan: Member) -> None:
    await jordan.commands("roster")
    await jordan.clicks("Send me the roster", await jordan.window())
    assert "Natasha Clarke" in {row.cells[1] for row in rows(await jordan.file("Roster.xlsx"))}


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
async def test_where_slack_does_not_take_a_file_that_is_said(workspace: Workspace, jordan: Member, method: str) -> None:
    await jordan.commands("roster")
    await workspace.fault(method, "error", error="missing_scope")
    await jordan.clicks("Send me the roster", await jordan.window())
    assert "on its way" in (await jordan.window()).text
    assert "Slack did not take the file Roster.xlsx." in (await jordan.last_dm()).text


@pytest.mark.parametrize("error", ["missing_scope", "file_deleted"])
async def test_where_slack_does_not_give_the_file_it_is_said_what_to_do(workspace: Workspace, jordan: Member, error: str) -> None:
    await workspace.fault("files.info", "error", error=error)
    answered = await looks(jordan, NEW)
    assert "I must be installed anew" in answered["errors"]["file"]
    await looks(jordan, NEW)
    await workspace.fault("files.info", "error", error=error)
    await jordan.submits()
    assert "I must be installed anew" in (await jordan.window()).text
    assert "Quinn Applewood" not in names(workspace)


@pytest.mark.parametrize("typed", ["roster", "owed"])
async def test_only_the_secretariat(workspace: Workspace, typed: str) -> None:
    assert "secretariat" in (await workspace.user("morgan-fernhill").commands(typed)).text


@pytest.mark.parametrize("typed", ["roster", "owed"])
async def test_in_a_direct_message_a_button_opens_it(jordan: Member, typed: str) -> None:
    told = await jordan.asks(typed)
    await jordan.clicks(told.buttons[0], told)
    assert await jordan.windows()


def owe(workspace: Workspace) -> None:
    """Of one group the French is owed; of another it was left behind."""

    def lose(session: Session) -> None:
        session.get_one(Group, "demo-orchards").description = Bilingual("Apples.", None)
        session.get_one(Group, "demo-beehives").description = Bilingual("Bees.", "Guêpes.", "fr")

    workspace.database.write(OPERATOR, lose)


def described(workspace: Workspace, id_: str) -> Bilingual | None:
    return workspace.database.read(groups.card, id_, JORDAN).description


async def test_how_many_are_owed_is_told_as_people_say_it(workspace: Workspace, jordan: Member, alix: Member) -> None:
    told = (await alix.asks("textes à traduire")).text
    assert "0\u00a0" not in told
    assert told.splitlines()[0].startswith("Aucun texte à traduire en anglais; ")
    assert (await jordan.asks("owed")).text.startswith("No text is owed in English; ")
    found = owed.Listing("fr", (), {"en": 0, "fr": 0})
    assert owed.counted(found, Reader(LOCALES["fr"])) == "Aucun texte à traduire."
    assert owed.counted(replace(found, counts={"en": 2, "fr": 0}), Reader()) == "2 texts are owed in English; none in French."


async def test_texts_owed_are_written_one_by_one(workspace: Workspace, jordan: Member) -> None:
    owe(workspace)
    await jordan.commands("owed")
    window = await find(jordan, "Demonstration Orchards Working Group: Description")
    button = next(each for each in window.elements if "demo-orchards|description" in each.get("value", ""))
    await jordan.clicks(button["action_id"], window)
    assert "Apples." in (await jordan.window()).text
    await jordan.submits(text="Des pommes.")
    assert described(workspace, "demo-orchards") == Bilingual("Apples.", "Des pommes.")
    assert "Demonstration Orchards" not in (await jordan.window()).text


async def find(member: Member, text: str) -> Any:
    """The page of the list whose first text is this one; else the first page that holds it."""
    window = await member.window()
    while text not in window.text:
        await member.clicks("Those that follow", window)
        window = await member.window()
    return window


async def test_a_text_that_still_fits_is_owed_no_more(workspace: Workspace, jordan: Member) -> None:
    owe(workspace)
    await jordan.commands("owed")
    await jordan.clicks("Still right", await find(jordan, "Beehives"))
    assert described(workspace, "demo-beehives") == Bilingual("Bees.", "Guêpes.")


async def test_the_workbook_goes_out_and_comes_back(workspace: Workspace, alix: Member) -> None:
    owe(workspace)
    await alix.commands("textes à traduire")
    await alix.clicks("M'envoyer le classeur", await alix.window())
    book_ = openpyxl.load_workbook(BytesIO(await alix.file("Textes à traduire.xlsx")))
    for row in book_.worksheets[0].iter_rows(min_row=2):
        if row[0].value == "Apples.":
            row[1].value = "Des pommes."
    kept = BytesIO()
    book_.save(kept)
    await alix.clicks("Téléverser le classeur", await alix.window())
    await alix.submits(file=await alix.attaches("textes.xlsx", kept.getvalue()))
    window = await alix.window()
    assert "1\u00a0texte est écrit." in window.text
    assert "sur les vergers\u00a0: Description\u00a0: «\u00a0Des pommes.\u00a0»" in window.text, "one reads what would be written"
    await alix.submits()
    (window,) = await alix.windows()
    assert "1\u00a0texte est écrit." in window.text
    assert described(workspace, "demo-orchards") == Bilingual("Apples.", "Des pommes.")
