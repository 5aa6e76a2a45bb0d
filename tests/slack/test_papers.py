"""Guidelines and roadmaps in Slack: their title, what is missing before a decision approves them, and what members see of a draft."""

from __future__ import annotations

from cadre.decisions import confirming, documents, papers, putting_times
from cadre.decisions.confirming import DecisionDetails
from cadre.decisions.documents import DocumentFacts, VersionForm
from tests.notices.scenarios import JORDAN, does
from tests.slack import put
from tests.slack.calls import casey, maxime, soon
from tests.slack.put import AVERY, CASEY, REMI, drafted, takes, window_of
from tests.slack.test_carrying_out import decided, officer
from tests.slack.test_carrying_out import window_of as decision_of
from tests.workspace import Member, Shown, Workspace

workspace = put.workspace


def roadmap(workspace: Workspace, french: str = "Feuille de route", text_fr: str = "Ramer vers le nord.") -> DocumentFacts:
    """A roadmap of the Council, whose first version is proposed."""
    made = does(workspace, JORDAN, documents.begin, "roadmap", "demo-council", "Roadmap", french)
    return does(workspace, JORDAN, documents.save_draft, made.id, VersionForm("Paddle north.", text_fr))


async def document_of(member: Member) -> Shown:
    """The only document, by way of the register."""
    await member.commands("decisions")
    for button in ("Documents", "Details"):
        await member.clicks(button, await member.window())
    return await member.window()


async def test_what_a_document_lacks_is_named_and_its_title_can_be_written(workspace: Workspace) -> None:
    roadmap(workspace, french="", text_fr="")
    decided(workspace)
    jordan = officer(workspace)
    window = await document_of(jordan)
    assert "Title, in French: Write it in both languages." in window.text
    assert "Text, in French: Write it in both languages." in window.text
    assert "Approved by a decision" not in window.buttons
    await jordan.clicks("Title", window)
    await jordan.submits(title_fr="Feuille de route")
    window = await jordan.window()
    assert "Title, in French" not in window.text
    await jordan.clicks("Change the draft", window)
    await jordan.submits(text_fr="Ramer vers le nord.")
    await jordan.clicks("Approved by a decision", await jordan.window())
    options = next(each["options"] for each in (await jordan.window()).elements if "options" in each)
    await jordan.submits(decision=options[0]["value"])
    assert "The version is approved." in (await jordan.window()).text


async def test_a_decision_names_the_document_that_it_approved_and_leads_there(workspace: Workspace) -> None:
    found, decision = roadmap(workspace), decided(workspace)
    assert found.draft
    does(workspace, JORDAN, documents.approve, found.draft.id, decision.id)
    window = await decision_of(casey(workspace), decision)
    assert "Approves: “Roadmap”, version 1." in window.text
    await casey(workspace).clicks("The document", window)
    assert "Paddle north." in (await casey(workspace).window()).text
    french = await decision_of(maxime(workspace), decision, "décisions")
    assert "Approuve\u00a0: «\u00a0Feuille de route\u00a0», version 1." in french.text


async def test_those_who_are_asked_read_the_draft_which_stays_as_it_is_while_they_are(workspace: Workspace) -> None:
    found, draft, jordan = roadmap(workspace), drafted(workspace), officer(workspace)
    assert found.draft
    await jordan.clicks("Add a paper", await window_of(jordan, draft))
    await jordan.submits(version=str(found.draft.id))
    assert "Roadmap (version 1, proposed)" in (await jordan.window()).text
    question = does(workspace, JORDAN, putting_times.open_now, draft.id)
    await soon(workspace)
    assert "Roadmap (version 1, proposed)" in (await casey(workspace).last_dm()).text
    await casey(workspace).clicks("Read", await window_of(casey(workspace), question))
    assert "Paddle north." in (await casey(workspace).window()).text
    await jordan.clicks("Change the draft", await document_of(jordan))
    await jordan.submits(text_en="Paddle south.")
    told = "This version is put to a council: it stays as it is until that question is settled."
    assert any(told in each.text for each in await jordan.windows())
    for actor, place in ((CASEY, "demo-bellorme"), (AVERY, "demo-pommeraie"), (REMI, "demo-windmills")):
        takes(workspace, actor, question, place)
    does(workspace, JORDAN, putting_times.close_now, question.id)
    made = does(workspace, JORDAN, confirming.confirm, question.items[0].id, DecisionDetails())
    does(workspace, JORDAN, documents.approve, found.draft.id, made.id)


async def test_nobody_else_reads_a_draft(workspace: Workspace) -> None:
    found, draft = roadmap(workspace), drafted(workspace)
    assert found.draft
    does(workspace, JORDAN, papers.add_version, draft.id, found.draft.id)
    await casey(workspace).commands("decisions")
    await casey(workspace).clicks("Documents", await casey(workspace).window())
    assert "There is no document yet." in (await casey(workspace).window()).text
