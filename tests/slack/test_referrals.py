"""What is for a table of deputy ministers, or comes from it, in Slack: listed for everybody, marked by the secretariat."""

from __future__ import annotations

from cadre.decisions import referrals
from tests.conftest import one_database
from tests.slack.workplans import JORDAN
from tests.workspace import Member, Shown, Workspace

pytestmark = one_database


def marked(workspace: Workspace) -> list[tuple[str, str, str]]:
    found = workspace.database.read(referrals.referrals, JORDAN)
    return [(each.table.id, each.direction, each.thing.about) for each in found]


async def opens(member: Member, text: str) -> Shown:
    await member.commands(text)
    return await member.window()


async def test_everybody_sees_what_is_marked_and_only_the_secretariat_a_button_to_change_it(workspace: Workspace) -> None:
    lead = workspace.lead()
    window = await opens(lead, "deputy ministers")
    assert "2 things are marked as for a table of deputy ministers, or as coming from one." in window.text
    assert "Priority: Demonstration Lanterns" in window.text
    assert "From the Demonstration Deputy Ministers' Table: The table wants the hives farther from its picnic." in window.text
    assert window.buttons == []
    french = await opens(workspace.user("camille-clairval"), "sous-ministres")
    assert "À l'intention de la Table de démonstration des sous-ministres, depuis le" in french.text
    told = await lead.asks("referrals")
    assert "Demonstration Beehives Working Group · From the Demonstration Deputy Ministers' Table" in told.text
    await lead.clicks("Open", told)
    assert "Demonstration Lanterns" in (await lead.window()).text


async def test_the_secretariat_marks_something_found_by_its_name_and_takes_the_mark_away(workspace: Workspace) -> None:
    jordan = workspace.secretariat()
    await jordan.clicks("Mark something", await opens(jordan, "deputy ministers"))
    form = await jordan.window()
    (canoes,) = await jordan.looks_up("decisions.things", "canoes", form)
    await jordan.submits(form, about=canoes["value"], table="demo-table", direction="from", note_en="They like canoes")
    window = await jordan.window()
    assert "Marked: From the Demonstration Deputy Ministers' Table" in window.text
    assert "They like canoes" in window.text
    assert ("demo-table", "from", "priority:demo-canoes") in marked(workspace)
    await jordan.clicks("Take the mark away", window)
    assert "The mark is taken away." in (await jordan.window()).text
    assert len(marked(workspace)) == 2


async def test_what_is_missing_is_told_beside_its_field(workspace: Workspace) -> None:
    jordan = workspace.secretariat()
    await jordan.clicks("Mark something", await opens(jordan, "deputy ministers"))
    form = await jordan.window()
    assert form.element("decisions.things")
    refused = await jordan.submits(form, about="group:demo-table", table="demo-table", direction="for")
    assert refused["errors"] == {"about": "A table is not referred to itself."}


async def test_a_group_is_marked_from_its_card_which_shows_it_then(workspace: Workspace) -> None:
    jordan = workspace.secretariat()
    await jordan.clicks("Deputy Ministers' Table", await opens(jordan, "group quilts"))
    await jordan.submits(table="demo-table", direction="for", note_fr="Pour l'hiver")
    await jordan.clicks("Back to the group", await jordan.window())
    card = await jordan.window()
    assert "For the Demonstration Deputy Ministers' Table" in card.text
    assert "Pour l'hiver (in French only)" in card.text
    dominique = workspace.user("dominique-beaumarais")
    theirs = await opens(dominique, "groupe courtepointes")
    assert "À l'intention de la Table de démonstration des sous-ministres" in theirs.text
    assert "Table des sous-ministres" not in theirs.buttons


async def test_a_decision_is_marked_from_its_window(workspace: Workspace) -> None:
    jordan = workspace.secretariat()
    await jordan.clicks("Details", await opens(jordan, "decisions"))
    await jordan.clicks("For the Deputy Ministers' Table", await jordan.window())
    await jordan.submits(table="fpt-dm-table", direction="for")
    assert [about for table, _, about in marked(workspace) if table == "fpt-dm-table"] == ["decision:decision-1"]
    await jordan.clicks("Back to the decision", await jordan.window())
    assert "For the FPT Deputy Ministers' Table for Service Delivery Collaboration" in (await jordan.window()).text


async def test_the_card_of_a_table_leads_to_what_is_for_it(workspace: Workspace) -> None:
    lead = workspace.lead()
    await lead.clicks("What is for it, or comes from it", await opens(lead, "group demo-table"))
    assert "2 things are marked" in (await lead.window()).text
