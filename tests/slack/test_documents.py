"""Documents and decisions in Slack, however long and however many they are; and who is told who did what."""

from __future__ import annotations

from typing import Final

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.core.reader import OPERATOR
from cadre.decisions import documents
from cadre.decisions.documents import VersionForm
from cadre.decisions.models import Document
from cadre.groups import service as groups
from cadre.groups.models import Group
from cadre.oversight.carrying import carry_out
from cadre.oversight.drafts import CarryForm
from tests.notices.scenarios import JORDAN, does
from tests.slack import put
from tests.slack.test_carrying_out import decided, officer, window_of
from tests.slack.test_groups import opens
from tests.workspace import Member, Workspace

workspace = put.workspace
LONG: Final = " ".join(f"word{n}" for n in range(360))


def avery(workspace: Workspace) -> Member:
    return workspace.user("avery-plumridge")


async def test_a_paragraph_to_be_copied_is_whole(workspace: Workspace) -> None:
    decision = decided(workspace, LONG, "Long", follow_up=(LONG, "Suite"))
    window = await window_of(avery(workspace), decision)
    parts = [block["text"]["text"] for block in window.blocks if block["type"] == "section" and block["text"]["type"] == "plain_text"]
    whole = "".join(parts)
    assert len(parts) == 3, "two for the English, one for the French"
    assert whole.count("word359") == 2
    assert "…" not in whole


async def test_a_version_is_shown_whole(workspace: Workspace) -> None:
    jordan, text = officer(workspace), LONG
    made = does(workspace, JORDAN, documents.begin, "guidelines", "demo-council", "Paddling", "Pagayer")
    does(workspace, JORDAN, documents.save_draft, made.id, VersionForm(text, text))
    await jordan.commands("decisions")
    await jordan.clicks("Documents", await jordan.window())
    await jordan.clicks("Details", await jordan.window())
    assert text in (await jordan.window()).text.replace("\n", "")


async def test_documents_beyond_the_first_page_are_reached(workspace: Workspace) -> None:
    def many(session: Session) -> None:
        session.add_all(
            Document(id=f"d{n:03}", kind="other", group="demo-council", title=Bilingual(f"Paper {n}", f"Papier {n}")) for n in range(45)
        )

    workspace.database.write(OPERATOR, many)
    jordan = officer(workspace)
    await jordan.commands("decisions")
    await jordan.clicks("Documents", await jordan.window())
    window = await jordan.window()
    assert "*Paper 44*" not in window.text
    await jordan.clicks("Those that follow", window)
    window = await jordan.window()
    assert "*Paper 44*" in window.text
    assert "*Paper 0*" not in window.text
    await jordan.clicks("Those before", window)
    assert "*Paper 0*" in (await jordan.window()).text


async def test_a_document_of_any_group_is_begun(workspace: Workspace) -> None:
    def many(session: Session) -> None:
        session.add_all(Group(id=f"a{n:03}", name=Bilingual(f"Alpha {n}", f"Alpha {n}")) for n in range(101))

    workspace.database.write(OPERATOR, many)
    jordan = officer(workspace)
    await jordan.commands("decisions")
    await jordan.clicks("Documents", await jordan.window())
    await jordan.clicks("New document", await jordan.window())
    window = await jordan.window()
    menu = next(each for each in window.elements if each["block_id"] == "group")
    offered = await jordan.looks_up(menu["action_id"], "beeh", window)
    assert [option["value"] for option in offered] == ["demo-beehives"]
    await jordan.submits(kind="roadmap", group="demo-beehives", title_en="Hives", title_fr="Ruches")
    assert workspace.database.read(lambda session: session.scalars(select(Document.group)).all()) == ["demo-beehives"]


@pytest.mark.parametrize(("who", "named"), [("avery-plumridge", False), ("jordan-wrenwood", True)])
async def test_who_carried_a_decision_out_is_told_to_the_secretariat(workspace: Workspace, who: str, named: bool) -> None:
    decision = decided(workspace)
    form = CarryForm("transition", groups=("demo-beehives",), kind="committee")
    does(workspace, JORDAN, carry_out, decision.id, form)
    told = (await window_of(workspace.user(who), decision)).text
    assert "Demonstration Beehives Working Group becomes a committee" in told
    assert ("Jordan Wrenwood" in told) is named


@pytest.mark.parametrize(("who", "named"), [("avery-plumridge", False), ("jordan-wrenwood", True), ("morgan-fernhill", True)])
async def test_who_changed_a_group_last_is_told_to_those_who_keep_it(workspace: Workspace, who: str, named: bool) -> None:
    does(workspace, JORDAN, groups.save_names, "demo-orchards", {"aliases_en": "Apples"}, {})
    assert ("Jordan Wrenwood" in (await opens(workspace.user(who))).text) is named
