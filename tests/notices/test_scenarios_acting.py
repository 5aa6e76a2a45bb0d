"""What people do in the messages that they are sent, and what everybody who had them sees after."""

from __future__ import annotations

from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy.orm import Session

from cadre.core.reader import OPERATOR
from cadre.workplans import service as workplans
from cadre.workplans.models import Outcome
from tests.conftest import both_databases
from tests.notices.scenarios import (
    AUTHORS,
    CANOES,
    JORDAN,
    LANTERNS,
    MONDAY,
    NBSP,
    THURSDAY,
    announced,
    answered,
    days,
    does,
    found,
    got,
    maxime,
    on,
    planned,
    printed,
    puts_off,
    robin,
    stands,
    takes_two_weeks,
    ten_days_before,
)
from tests.slack.workplans import met
from tests.workspace import Workspace


@pytest_asyncio.fixture
async def workspace(busy: Workspace) -> Workspace:
    """Monday morning: Robin and Maxime, who light the pier together, have the digest before them."""
    await busy.start_over(ten_days_before)
    return busy


@both_databases
async def test_done_is_said_where_it_stands_and_whoever_had_the_message_sees_who_did_it(workspace: Workspace) -> None:
    await robin(workspace).clicks("Done", await on(robin(workspace), MONDAY))
    assert found(workspace).state == "done"
    mine, theirs = await on(robin(workspace), MONDAY), await on(maxime(workspace), MONDAY)
    assert mine.headline == "Light the pier (Demonstration Lanterns). Done: said by Robin Ashgrove, January 18, 2027."
    said = printed("Éclairer le quai (Lanternes de démonstration). Terminée, selon Robin Ashgrove, le 18 janvier 2027.")
    assert theirs.headline == said
    assert not mine.buttons
    assert not theirs.buttons
    assert "Done: said by Robin Ashgrove" in (await on(robin(workspace), "2027-01-11")).text, "and in what was sent the week before"
    await workspace.until("2027-01-31")
    assert (await days(robin(workspace)))[-1] != THURSDAY
    assert THURSDAY not in await days(maxime(workspace)), "what is done is not asked for any more"


async def test_on_track_is_one_click_and_shown_to_everybody(workspace: Workspace) -> None:
    await maxime(workspace).clicks("En bonne voie", await on(maxime(workspace), MONDAY))
    assert found(workspace).state == "on_track"
    assert "in 10 days. On track: said by Maxime Grandchêne, January 18, 2027." in (await on(robin(workspace), MONDAY)).headline
    assert "Done" in (await on(robin(workspace), MONDAY)).buttons, "it still waits"
    older = await on(robin(workspace), "2027-01-11")
    assert "On track: said by Maxime Grandchêne" in older.text, "what came the week before can be read"
    assert not older.elements, "without menus: the later message has them"
    assert "A later message tells you of this again, and has the buttons." in older.text


async def test_at_risk_asks_what_stands_in_the_way(workspace: Workspace) -> None:
    await maxime(workspace).clicks("À risque", await on(maxime(workspace), MONDAY))
    form = await maxime(workspace).window()
    assert "Qu'est-ce qui fait obstacle?" in form.text
    await maxime(workspace).submits(form, note_fr="Le brouillard")
    activity = found(workspace)
    assert activity.state == "at_risk"
    assert activity.note
    assert activity.note.fr == "Le brouillard"
    assert "At risk: said by Maxime Grandchêne" in (await on(robin(workspace), MONDAY)).headline


async def test_whoever_plans_an_activity_is_not_reminded_of_it_the_same_minute(workspace: Workspace) -> None:
    await workspace.until("2027-01-19T10:00", "America/Whitehorse")
    await robin(workspace).commands("workplan")
    await robin(workspace).clicks("Add an activity", await robin(workspace).window())
    await robin(workspace).submits(title_en="Buy wicks", due="2027-02-05")
    await workspace.until("2027-01-19T16:00", "America/Whitehorse")
    assert "2027-01-19" not in await days(robin(workspace)), "it is neither Monday nor the due day"


async def test_an_activity_is_given_to_somebody_else_who_is_told_at_once_and_reminded_from_then_on(workspace: Workspace) -> None:
    await robin(workspace).clicks("Reassign", await on(robin(workspace), MONDAY))
    form = await robin(workspace).window()
    await robin(workspace).looks_up("workplans.candidates", "Avery", form)
    await robin(workspace).submits(form, owners=["avery-plumridge"])
    avery = workspace.user("avery-plumridge")
    assert (await announced(avery))[-1].said.headline.startswith("Robin Ashgrove gave you this to carry out. Light the pier")
    await workspace.until("2027-01-29")
    assert {"2027-01-25", THURSDAY} <= set(await days(avery))
    assert not [day for day in await days(maxime(workspace)) if day > MONDAY], "it is not theirs any more"
    assert not [each for each in await got(robin(workspace)) if each.day > MONDAY and "Light the pier" in each.text], (
        "whoever leads hears once it is late"
    )


async def test_in_a_message_about_two_things_one_is_given_to_somebody_else_and_the_other_still_tells_how_it_stands(
    workspace: Workspace,
) -> None:
    planned(workspace, THURSDAY, "maxime-grandchene", english="Buy wicks", french="Acheter des mèches")
    await workspace.until("2027-01-25T10:00", "America/Toronto")
    await robin(workspace).clicks("Reassign", await on(robin(workspace), MONDAY))
    await robin(workspace).submits(owners=["robin-ashgrove"])
    does(workspace, AUTHORS[LANTERNS], workplans.say_state, found(workspace, "Buy wicks").id, "done", None, "en")
    await workspace.until("2027-01-25T10:30", "America/Toronto")
    drawn = await on(maxime(workspace), "2027-01-25")
    assert "Robin Ashgrove" in drawn.text.partition("Acheter des mèches")[2], "who did it"
    assert printed("Éclairer le quai, échéance le 28 janvier 2027 : ce n'est plus de votre ressort.") in drawn.text
    assert not [label for label in drawn.buttons if label in ("Fait", "En bonne voie")]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("Tomorrow", ["2027-01-19", "2027-01-25", THURSDAY]),
        ("In 3 days", ["2027-01-21", "2027-01-25", THURSDAY]),
        ("Next Monday", ["2027-01-25", THURSDAY]),
        ("On another day", ["2027-01-22", "2027-01-25", THURSDAY]),
    ],
)
async def test_put_off_it_comes_again_on_the_day_that_was_chosen(workspace: Workspace, choice: str, expected: list[str]) -> None:
    await puts_off(robin(workspace), await on(robin(workspace), MONDAY), choice)
    if choice == "On another day":
        await robin(workspace).submits(until="2027-01-22")
        said = "“Light the pier” is put off. I will tell you again: Friday, January 22, 2027."
        assert said in (await robin(workspace).window()).text
    else:
        assert "I will tell you again: " in await answered(robin(workspace))
    assert "I will tell you again: " in (await on(robin(workspace), MONDAY)).text
    await workspace.until("2027-01-29")
    assert [day for day in await days(robin(workspace)) if day > MONDAY] == expected
    assert [day for day in await days(maxime(workspace)) if day > MONDAY] == ["2027-01-25", THURSDAY], "for nobody else"


async def test_what_is_put_off_past_its_due_day_comes_on_that_day_and_then_and_nothing_else_is_put_off(workspace: Workspace) -> None:
    planned(workspace, "2027-02-02", english="Buy oil", french="Acheter de l'huile")
    await puts_off(robin(workspace), await on(robin(workspace), MONDAY), "On another day")
    await robin(workspace).submits(until="2027-02-03")
    both = "I will tell you again on the due day, Thursday, January 28, 2027, and then: Wednesday, February 3, 2027."
    assert both in (await robin(workspace).window()).text
    await workspace.until("2027-02-04")
    pier = [each.day for each in await got(robin(workspace)) if each.day > MONDAY and "Light the pier" in each.text]
    oil = [each.day for each in await got(robin(workspace)) if "Buy oil" in each.text]
    assert pier == ["2027-01-28", "2027-02-03"], "the due day is told whatever was put off before it"
    assert {"2027-01-25", "2027-02-01", "2027-02-02"} <= set(oil)


async def test_put_off_to_a_saturday_it_comes_on_the_monday_and_says_so_at_once(workspace: Workspace) -> None:
    await puts_off(robin(workspace), await on(robin(workspace), MONDAY), "On another day")
    await robin(workspace).submits(until="2027-01-23")
    assert "I will tell you again: Monday, January 25, 2027." in (await robin(workspace).window()).text
    await workspace.until("2027-01-26")
    assert [day for day in await days(robin(workspace)) if day > MONDAY] == ["2027-01-25"]


async def test_a_day_that_is_past_is_no_day_to_be_told_again(workspace: Workspace) -> None:
    await puts_off(maxime(workspace), await on(maxime(workspace), MONDAY), "Un autre jour")
    refused = await maxime(workspace).submits(until="2027-01-04")
    assert refused["errors"] == {"until": "Choisissez un jour après aujourd'hui, d'ici un an."}


async def test_why_did_i_get_this_says_which_reminder_for_which_role_and_how_to_have_it_otherwise(workspace: Workspace) -> None:
    await robin(workspace).clicks("Why did I get this?", await on(robin(workspace), MONDAY))
    told = await answered(robin(workspace))
    assert "“Light the pier”: 7 days before; due January 28, 2027." in told
    assert "Its day is January 21, 2027; it came on January 18, 2027 already" in told, "and not as though the day had come"
    assert "activity:" not in told, "no key that says nothing to people"
    assert "It goes to: those who carry it out." in told
    assert "in my Home tab" in told
    await maxime(workspace).clicks("Pourquoi", await on(maxime(workspace), MONDAY))
    assert printed("7 jours avant; échéance le 28 janvier 2027.") in await answered(maxime(workspace))
    await takes_two_weeks(workspace)
    await robin(workspace).closes()
    await robin(workspace).clicks("Why did I get this?", await on(robin(workspace), MONDAY))
    assert "By now it is due February 11, 2027." in await answered(robin(workspace))


async def test_whoever_has_the_message_and_not_the_right_changes_nothing(workspace: Workspace) -> None:
    """The activity went to somebody else while the old owner still had the message before them."""
    does(workspace, AUTHORS[LANTERNS], workplans.reassign, found(workspace).id, ("avery-plumridge",))
    await maxime(workspace).clicks("Terminée", await on(maxime(workspace), MONDAY))
    assert found(workspace).state == "not_started"
    assert "Seules les personnes" in await answered(maxime(workspace))


@both_databases
async def test_handed_in_returned_accepted_and_approved_each_is_told_at_once_to_those_whom_it_concerns(workspace: Workspace) -> None:
    jordan, alix = workspace.secretariat(), workspace.secretariat("fr-CA")
    await workspace.until("2027-01-25T09:30", "America/Whitehorse")
    await robin(workspace).clicks("Submit", await on(robin(workspace), "2027-01-25"))
    await robin(workspace).submits()
    told = (await announced(jordan))[-1].said
    assert told.headline == "Demonstration Lanterns: the workplan was submitted by Robin Ashgrove."
    assert "a été remis par Robin Ashgrove" in (await announced(alix))[-1].said.headline
    assert "Workplan of Demonstration Lanterns. Submitted by Robin Ashgrove" in (await on(robin(workspace), "2027-01-25")).text
    does(workspace, JORDAN, workplans.return_, LANTERNS, "Who pays for the oil?")
    await workspace.until("2027-01-25T10:00", "America/Whitehorse")
    back = (await announced(robin(workspace)))[-1].said
    assert back.headline.startswith("Demonstration Lanterns: Jordan Wrenwood returned the workplan. Reason: ")
    assert "Who pays for the oil?" in back.headline
    await robin(workspace).clicks("Submit", back)
    await robin(workspace).submits()
    does(workspace, JORDAN, workplans.accept, LANTERNS)
    await workspace.until("2027-01-25T10:30", "America/Whitehorse")
    assert (await announced(robin(workspace)))[-1].said.headline.startswith(
        "Demonstration Lanterns: Jordan Wrenwood accepted the workplan."
    )
    first, second = [each.text for each in await announced(jordan) if "the workplan was submitted" in each.text]
    assert ("Returned by Jordan Wrenwood" in first, "Accepted" in first) == (True, False), "each tells how its own time ended"
    assert ("Returned" in second, "Accepted by Jordan Wrenwood" in second) == (False, True)
    does(workspace, JORDAN, workplans.approve, LANTERNS, does(workspace, JORDAN, met))
    await workspace.until("2027-01-25T11:00", "America/Whitehorse")
    assert (await announced(robin(workspace)))[-1].said.headline.startswith(
        "Demonstration Lanterns: the Council approved the workplan at the meeting Brook (January 25, 2027)."
    )
    assert [each.day for each in await announced(robin(workspace))] == ["2027-01-25"] * 3, "announcements are not capped"
    await workspace.until("2027-03-10")
    later = [each.text for each in await got(robin(workspace)) if each.day > "2027-01-25"]
    assert not [text for text in later if "the workplan is due" in text or "the workplan was due" in text]


async def test_an_announcement_waits_for_the_morning_of_whoever_sleeps(workspace: Workspace) -> None:
    jordan, alix = workspace.secretariat(), workspace.secretariat("fr-CA")
    await workspace.until("2027-01-19T09:30", "America/Toronto")
    does(workspace, AUTHORS[LANTERNS], workplans.submit, LANTERNS)
    await workspace.until("2027-01-19T12:00", "America/Toronto")
    assert [each.hour for each in await announced(jordan)] == ["09:30"]
    assert [each.hour for each in await announced(alix)] == ["09:00"], "in Whitehorse, two and a half hours later"


@pytest.mark.parametrize(
    ("typed", "field", "told"),
    [
        ({"due": "2027-01-04"}, "due", "Cette date est passée. Choisissez aujourd'hui ou une date ultérieure."),
        ({"outcome": "gone"}, "outcome", "Ce résultat ne figure plus dans le modèle logique. Choisissez parmi ceux qui sont proposés."),
        ({"title_fr": ""}, "title_fr", "Rédigez un titre, dans une langue au moins."),
        ({"title_fr": "é" * 3001}, "title_fr", f"Écrivez au plus 3{NBSP}000{NBSP}caractères."),
    ],
    ids=["a day that is past", "an outcome that is gone", "no title", "a title too long"],
)
async def test_what_cannot_be_taken_is_told_beside_its_field_in_french_and_nothing_typed_is_lost(
    workspace: Workspace, typed: dict[str, Any], field: str, told: str
) -> None:
    does(workspace, OPERATOR, draws_an_outcome)
    camille = workspace.user("camille-clairval")
    await camille.commands("plan")
    await camille.clicks("Ajouter une activité", await camille.window())
    form = await camille.window()
    given = {"title_fr": "Vernir les pagaies", "note_fr": "Près du lac", "due": "2027-02-11"} | typed
    if field == "outcome":
        given["outcome"] = "demo-council.short-9"
        does(workspace, OPERATOR, loses_an_outcome)
    refused = await camille.submits(form, **given)
    assert refused["errors"][field] == told
    held = (await camille.window())["state"]["values"]
    assert held["note_fr"]["workplans.field"]["value"] == "Près du lac"
    assert not stands(workspace, CANOES).activities


def draws_an_outcome(session: Session) -> None:
    session.add(Outcome(id="demo-council.short-9", council="demo-council", term="short", number=9, wording=_both("Light")))


def loses_an_outcome(session: Session) -> None:
    session.delete(session.get_one(Outcome, "demo-council.short-9"))


def _both(text: str) -> Any:
    from cadre.core.bilingual import Bilingual

    return Bilingual(text, text)
