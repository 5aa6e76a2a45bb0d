"""Drafts: from three weeks late on, the secretariat writes or not; no machine tells one government of another's lateness."""

from __future__ import annotations

import re

from tests.conftest import both_databases
from tests.notices.scenarios import NBSP, about_the_pier, announced, got, on, opened, planned, printed
from tests.workspace import Member, Workspace

LATE = "2027-02-08"
"""A Monday, on which the pier, due on 18 January, is three weeks late."""


async def three_weeks_late(workspace: Workspace) -> tuple[Member, Member]:
    """Begin on that Monday, 11:10 in Toronto: the officers, with their digest before them."""
    await workspace.start_over(late)
    return workspace.secretariat(), workspace.secretariat("fr-CA")


async def late(workspace: Workspace) -> None:
    """Three weeks have gone by since the pier was due."""
    await opened(workspace)
    planned(workspace, "2027-01-18", "robin-ashgrove", "maxime-grandchene")
    await workspace.until(f"{LATE}T11:10", "America/Toronto")


@both_databases
async def test_from_three_weeks_late_the_secretariat_gets_a_draft_and_nobody_else_hears_of_it(workspace: Workspace) -> None:
    jordan, alix = await three_weeks_late(workspace)
    assert not await about_the_pier(jordan, "2027-02-01"), "two weeks late is no matter of theirs"
    mine, theirs = await on(jordan, LATE), await on(alix, LATE)
    assert re.search(r"due January 18, 2027, 21 days late\..* I wrote a draft, which you may send or not\.", mine.text)
    assert re.search(printed(r"échéance le 18 janvier 2027, en retard de 21 jours\..* J'ai préparé un brouillon"), theirs.text)
    assert {"Lire le brouillon", "Ne pas écrire"} <= set(theirs.buttons)
    told = {each.person for each in workspace.members.values() if await about_the_pier(each, LATE)}
    assert told == {"robin-ashgrove", "maxime-grandchene", "jordan-wrenwood", "alix-beletang"}, "those whose it is, and the secretariat"
    assert "draft" not in (await on(workspace.user("robin-ashgrove"), LATE)).text
    everybody = [text for member in workspace.members.values() for text in [each.text for each in await got(member)]]
    assert not [text for text in everybody if "Could you tell us by when" in text or "Pourriez-vous nous indiquer" in text]


@both_databases
async def test_an_officer_rewords_the_draft_and_sends_it_to_each_in_their_language(workspace: Workspace) -> None:
    jordan, alix = await three_weeks_late(workspace)
    await jordan.clicks("Read the draft", await on(jordan, LATE))
    form = await jordan.window()
    assert "21 days late. Nothing is sent unless you send it." in form.text
    (text,) = [each["element"]["initial_value"] for each in form.blocks if each["block_id"] == "text_en"]
    assert text.startswith("Hello. The activity “Light the pier” of the workplan of Demonstration Lanterns was due on January 18, 2027.")
    assert {"Robin Ashgrove", "Maxime Grandchêne"} <= set(form.text.split("\n"))
    await jordan.submits(form, text_en="Dear Robin, how is the pier?", text_fr="Bonjour Maxime, où en est le quai?")
    assert "Sent: each person gets it in their language" in (await jordan.window()).text
    assert (await on(alix, LATE)).text.count("Jordan Wrenwood a envoyé le brouillon.") >= 1
    assert "Lire le brouillon" not in (await on(alix, LATE)).buttons
    await workspace.until("2027-02-09")
    (word,) = [each.said.headline for each in await announced(workspace.user("robin-ashgrove"))]
    assert word == "The secretariat (Jordan Wrenwood) writes: Dear Robin, how is the pier?"
    (letter,) = [each.said for each in await announced(workspace.user("robin-ashgrove"))]
    assert "Light the pier (Demonstration Lanterns): due January 18, 2027" in letter.text, "what it is about"
    assert {"Done", "On track", "At risk"} <= set(letter.buttons), "and what can be done about it"
    (word,) = [each.said.headline for each in await announced(workspace.user("maxime-grandchene")) if each.day > "2027-01-31"]
    assert word == printed("Le secrétariat (Jordan Wrenwood) écrit : Bonjour Maxime, où en est le quai?")


async def test_the_drafts_that_wait_are_a_list_which_is_found_from_the_workplans_and_from_home(workspace: Workspace) -> None:
    jordan, _alix = await three_weeks_late(workspace)
    assert "Drafts waiting: 1" in (await jordan.home()).buttons
    await jordan.commands("workplan")
    await jordan.clicks("Drafts waiting: 1", await jordan.window())
    assert "Light the pier: due January 18, 2027, 21 days late" in (await jordan.window()).text
    await jordan.clicks("Read the draft", await jordan.window())
    await jordan.submits()
    await jordan.closes()
    assert "No draft waits." in (await jordan.window()).text
    assert not [label for label in (await jordan.home()).buttons if "Drafts" in label]


async def test_whoever_asks_in_the_list_for_a_draft_that_is_settled_by_now_is_told_over_the_list(workspace: Workspace) -> None:
    jordan, _alix = await three_weeks_late(workspace)
    await jordan.clicks("Drafts waiting: 1", await jordan.home())
    listed, robin = await jordan.window(), workspace.user("robin-ashgrove")
    await robin.clicks("Done", await on(robin, LATE))
    await jordan.clicks("Read the draft", listed)
    assert "This is settled by now" in (await jordan.window()).text


async def test_a_draft_is_sent_only_to_those_who_were_left_ticked(workspace: Workspace) -> None:
    jordan, _alix = await three_weeks_late(workspace)
    await jordan.clicks("Read the draft", await on(jordan, LATE))
    await jordan.submits(persons=["robin-ashgrove"])
    await workspace.until("2027-02-09")
    assert len(await announced(workspace.user("robin-ashgrove"))) == 1
    assert not [each for each in await announced(workspace.user("maxime-grandchene")) if each.day > "2027-01-31"]


async def test_a_draft_without_its_french_is_not_sent_and_says_so_beside_the_field(workspace: Workspace) -> None:
    jordan, alix = await three_weeks_late(workspace)
    await alix.clicks("Lire le brouillon", await on(alix, LATE))
    refused = await alix.submits(text_en="   ", text_fr="   ")
    assert set(refused["errors"]) == {"text_en", "text_fr"}
    assert not await announced(workspace.user("robin-ashgrove"))
    assert "Read the draft" in (await on(jordan, LATE)).buttons


async def test_of_two_officers_who_send_the_draft_the_second_hears_who_was_first(workspace: Workspace) -> None:
    jordan, alix = await three_weeks_late(workspace)
    await alix.clicks("Lire le brouillon", await on(alix, LATE))
    await jordan.clicks("Read the draft", await on(jordan, LATE))
    await jordan.submits()
    await alix.submits()
    assert "Jordan Wrenwood" in (await alix.window()).text
    await workspace.until("2027-02-09")
    assert len(await announced(workspace.user("robin-ashgrove"))) == 1


async def test_an_officer_does_not_write_and_the_other_sees_who_decided_so(workspace: Workspace) -> None:
    jordan, alix = await three_weeks_late(workspace)
    await alix.clicks("Ne pas écrire", await on(alix, LATE))
    assert "Alix Belétang decided not to write." in (await on(jordan, LATE)).text
    assert "Read the draft" not in (await on(jordan, LATE)).buttons
    await workspace.until("2027-02-14")
    assert not await announced(workspace.user("robin-ashgrove"))


async def test_a_draft_that_is_dropped_comes_again_unless_an_officer_wants_no_more(workspace: Workspace) -> None:
    jordan, alix = await three_weeks_late(workspace)
    await jordan.clicks("Do not write", await on(jordan, LATE))
    await workspace.until("2027-02-22T11:10", "America/Toronto")
    again = await on(jordan, "2027-02-22")
    assert "Read the draft" in again.buttons, "two weeks later it is still late"
    await jordan.clicks("Do not write, and ask no more", again)
    assert "Jordan Wrenwood a décidé de ne pas écrire." in (await on(alix, "2027-02-22")).text
    await workspace.until("2027-03-31")
    for officer in (jordan, alix):
        later = [each.text for each in await got(officer) if each.day > "2027-02-22"]
        assert not [text for text in later if re.search("Light the pier|Éclairer le quai", text)]


async def test_the_next_draft_says_what_was_written_before(workspace: Workspace) -> None:
    jordan, alix = await three_weeks_late(workspace)
    await alix.clicks("notices.preferences", await alix.home())
    await alix.submits(way="both")
    await jordan.clicks("Read the draft", await on(jordan, LATE))
    assert "The last letter" not in (await jordan.window()).text, "nobody wrote yet"
    await jordan.submits(text_en="Dear Robin, how is the pier?", text_fr="Bonjour Maxime, où en est le quai?")
    await workspace.until("2027-02-22T12:10", "America/Toronto")
    assert "A letter about it was sent on February 8, 2027 by Jordan Wrenwood." in (await on(jordan, "2027-02-22")).text
    await jordan.clicks("Read the draft", await on(jordan, "2027-02-22"))
    told = "The last letter about it: February 8, 2027, Jordan Wrenwood. “Dear Robin, how is the pier?”"
    assert told in (await jordan.window()).text
    await jordan.submits(text_en="Dear Robin, again")
    asked = (await jordan.window()).text
    assert "A letter about this was sent already. Send again to write once more." in asked
    assert told in asked
    await alix.clicks("Lire le brouillon", await on(alix, "2027-02-22"))
    assert "Bonjour Maxime, où en est le quai?" in (await alix.window()).text
    letter = " ".join(workspace.sandbox.mailbox.of("alix.beletang@demonstration.example")[-1].letter.text.split("\n"))
    assert printed("Une lettre à ce sujet a été envoyée le 8 février 2027 par Jordan Wrenwood.") in letter
    assert "Hello. The activity “Light the pier”" in letter, "the draft itself, in both languages"
    assert f"Bonjour. L'activité «{NBSP}Éclairer le quai{NBSP}»" in letter
    await jordan.submits()
    assert "Sent: each person gets it in their language" in (await jordan.window()).text
    await workspace.until("2027-02-23")
    first, second = [each.said.headline for each in await announced(workspace.user("robin-ashgrove"))]
    assert ("again" in first, "Dear Robin, again" in second) == (False, True), "what was typed stays"


async def test_what_is_late_for_weeks_keeps_all_that_can_be_done_and_stands_first(workspace: Workspace) -> None:
    await three_weeks_late(workspace)
    planned(workspace, "2027-02-11", english="Oil the lamps", french="Huiler les lampes")
    await workspace.until("2027-02-15T10:00", "America/Whitehorse")
    robin = workspace.user("robin-ashgrove")
    digest = next(each.said for each in reversed(await got(robin)) if "Oil the lamps" in each.text and "Light the pier" in each.text)
    about = [each["block_id"] for each in digest.blocks if each["type"] == "actions"]
    first = [each for each in digest.elements if each["block_id"] == about[0]]
    assert [each["text"]["text"] for each in first if each["type"] == "button"] == ["Done", "On track", "At risk"]
    folded = [option["text"]["text"] for each in first for option in each.get("options", ())]
    assert folded == [
        *("Tomorrow", "In 3 days", "Next Monday", "On another day…"),
        *("More time", "Reassign", "Why did I get this?"),
    ], "the pier, which is late for weeks, stands first"


async def test_once_it_is_done_there_is_nothing_to_write_about(workspace: Workspace) -> None:
    jordan, _alix = await three_weeks_late(workspace)
    robin = workspace.user("robin-ashgrove")
    await robin.clicks("Done", await on(robin, LATE))
    shown = await on(jordan, LATE)
    assert "Done: said by Robin Ashgrove" in shown.text
    assert "draft" not in shown.text
    assert "Read the draft" not in shown.buttons
