"""The answers to a call, as the secretariat looks at them, records them and ends the call."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from bot.calls import grid as views
from cadre.calls import service as calls
from cadre.core.reader import OPERATOR, Actor
from cadre.people.models import Person
from tests.notices.scenarios import JORDAN, does, is_now, printed
from tests.slack import calls as world
from tests.slack.calls import (
    CASEY,
    ROBIN,
    answer_of,
    casey,
    grid_of,
    invitation_of,
    letter_to,
    of,
    offers,
    opened,
    opens,
    posted,
    row_of,
    soon,
    stands,
    takes_part,
    told,
    use,
)
from tests.workspace import Workspace

workspace = world.workspace


async def test_the_grid_says_who_is_silent_who_answers_for_it_and_how_they_are_reached(workspace: Workspace) -> None:
    call = await opened(workspace)
    await takes_part(casey(workspace), language="en")
    window = await grid_of(workspace.secretariat(), call)
    assert "1 of 5 jurisdictions has answered." in window.text
    for text in ("Bellorme", "△ Put forward: Casey Larkfield", "○ Silent.", "Ellis Marshgrove: by e-mail", "Maxime Grandchêne: in Slack"):
        assert text in window.text
    assert "○ No answer yet: 4 · △ Put forward: 1" in window.text
    tamarane = window.text.index("Nobody answers for it yet: add a representative.")
    assert tamarane < window.text.index("Bellorme"), "whom nobody answers for comes first"


async def test_the_grid_in_french(workspace: Workspace) -> None:
    call = await opened(workspace)
    offers(workspace, CASEY, call)
    does(workspace, CASEY, calls.ask, call, "Are socks paid?", "V1")
    window = await grid_of(workspace.secretariat("fr-CA"), call)
    for text in (
        "△ Candidature proposée : Casey Larkfield",
        "Maxime Grandchêne : dans Slack",
        "Personne ne répond encore pour elle",
        "Canots",
    ):
        assert printed(text).casefold() in window.text.casefold()
    assert window.text.index("Are socks paid?") < window.text.index("Casey Larkfield."), "what waits stands above the rows"


async def test_a_filter_shows_only_those_who_are_silent(workspace: Workspace) -> None:
    call = await opened(workspace)
    await takes_part(casey(workspace), language="en")
    officer = workspace.secretariat()
    await officer.clicks("calls.grid:filter", await grid_of(officer, call), f"{call}:silent")
    window = await officer.window()
    assert "Borealia" in window.text
    assert "Bellorme" not in window.text


async def test_the_way_back_keeps_the_filter_and_the_page(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "ROWS", 1)
    call, officer = await opened(workspace), workspace.secretariat()
    await officer.clicks("calls.grid:filter", await grid_of(officer, call), f"{call}:silent")
    seen: list[str] = []
    for _ in range(5):
        window = await officer.window()
        (open_,) = (each for each in window.elements if each["action_id"] == "calls.invitation")
        seen.append(open_["value"])
        await use(officer, window, open_)
        await officer.clicks("All answers", await officer.window())
        back = await officer.window()
        assert [each["value"] for each in back.elements if each["action_id"] == "calls.invitation"] == [open_["value"]]
        if len(seen) < 5:
            await officer.clicks("Those that follow", back)
    assert seen[0] == str(invitation_of(workspace, call, "demo-tamarane")), "whom nobody answers for comes first"
    assert len(set(seen)) == 5
    assert len(await officer.windows()) == 1, "one window, in place"
    await officer.clicks("Back to the call", await officer.window())
    assert "Keeps canoes afloat." in (await officer.window()).text


async def test_offers_that_no_row_shows_stand_above_the_rows(workspace: Workspace) -> None:
    call = await opened(workspace, jurisdictions=("demo-bellorme",))
    offers(workspace, ROBIN, call)
    does(workspace, JORDAN, _from_nowhere, "sacha-rivenord")
    offers(workspace, Actor("Sacha Rivenord (U0SACHA)", "sacha-rivenord"), call, jurisdiction="demo-bellorme")
    window = await grid_of(workspace.secretariat(), call)
    assert "Robin Ashgrove*: Member; Borealia, demonstration; works in English" in window.text
    assert "Its jurisdiction was not invited" in window.text
    assert "Sacha Rivenord*: Member; Bellorme, demonstration (to be confirmed)" in window.text
    assert window.text.index("Offers to look at") < window.text.index("Last contact")


def _from_nowhere(session: Session, person: str) -> None:
    session.get_one(Person, person).jurisdiction = None


async def test_an_answer_that_came_by_phone_is_recorded_and_confirmed_to_the_person(workspace: Workspace) -> None:
    call = await opened(workspace)
    officer = workspace.secretariat()
    await officer.clicks("Record an answer", await row_of(officer, call, "demo-borealia"))
    form = await officer.window()
    refused = await officer.submits(form, said_by="Ellis Marshgrove", way="phone", answer="member")
    assert set(refused["errors"]) == {"person"}, "nobody was named, and nothing typed is lost"
    await officer.looks_up("calls.people", "Charlie", form)
    await officer.submits(form, said_by="Ellis Marshgrove", way="phone", answer="member", person="charlie-oakmere", language="en")
    charlie = of(workspace, call, "charlie-oakmere")
    assert (charlie.way, charlie.said_by, charlie.recorded_by) == ("phone", "Ellis Marshgrove", "Jordan Wrenwood (U0JORDAN)")
    assert answer_of(workspace, call, "demo-borealia") == "nominated"
    await officer.closes()
    assert "Recorded by Jordan Wrenwood" in (await officer.windows())[-1].text, "the window below shows it"


async def test_what_is_recorded_is_of_whoever_said_it_and_confirmed_to_them(workspace: Workspace) -> None:
    call, officer = await opened(workspace), workspace.secretariat()
    await officer.clicks("Record an answer", await row_of(officer, call, "demo-borealia"))
    form = await officer.window()
    typed: dict[str, Any] = {
        "way": "phone",
        "said_on": "2027-01-11",
        "answer": "declines",
        "reason": "No *lake* in _winter_: https://ice.example/_a_",
    }
    assert set((await officer.submits(form, **typed))["errors"]) == {"said_by"}
    await officer.looks_up("calls.teller", "Ellis", form)
    await officer.submits(form, teller="ellis-marshgrove", **typed)
    assert "Who gave the answer gets a confirmation: Ellis Marshgrove." in (await officer.window()).text
    await officer.closes()
    row = (await officer.window()).text
    assert "Answered by Ellis Marshgrove, by phone, January 11, 2027. Recorded by Jordan Wrenwood." in row
    assert "Answered by Jordan" not in row
    await soon(workspace)
    letter = " ".join(workspace.sandbox.mailbox.of("ellis.marshgrove@demonstration.example")[-1].letter.text.split())
    assert "Jordan Wrenwood recorded your answer for Borealia, demonstration. Declined." in letter
    assert "Reason: No *lake* in _winter_: https://ice.example/_a_" in letter, "an e-mail says what was typed"
    assert "<https://ice.example/_a_>" in row, "and in Slack the link is whole"


async def test_who_cannot_be_told_of_what_they_said_is_named(workspace: Workspace) -> None:
    call, officer = await opened(workspace), workspace.secretariat()
    await officer.clicks("Record an answer", await row_of(officer, call, "demo-borealia"))
    await officer.submits(said_by="A voice on the phone", way="phone", answer="declines", reason="No lake")
    assert "Those who answer for it get a confirmation: Ellis Marshgrove" in (await officer.window()).text
    letter = (await letter_to(workspace, "ellis.marshgrove")).text
    assert "Jordan Wrenwood recorded the answer of Borealia, demonstration. Declined." in letter
    assert "gave it" not in letter, "who gave it is told with the answer"


async def test_nobody_was_contacted_before_something_reached_them(workspace: Workspace) -> None:
    is_now(workspace, "2027-01-09T18:00")  # a Saturday: messages wait for Monday
    call, officer = await opens(workspace), workspace.secretariat()
    assert (
        "Last contact: none yet, for no message of this call has been delivered to them"
        in (await row_of(officer, call, "demo-borealia")).text
    )
    await workspace.until("2027-01-12")
    assert "Last contact: January 11, 2027" in (await row_of(officer, call, "demo-borealia")).text
    assert "Last contact: none yet, for nobody answers for it" in (await row_of(officer, call, "demo-tamarane")).text
    is_now(workspace, "2027-01-13T18:00")
    does(workspace, JORDAN, calls.extend, call, world.CLOSES + timedelta(days=7), "The ice is late", "La glace tarde")
    await soon(workspace)
    assert "Last contact: January 13, 2027" in (await row_of(officer, call, "demo-borealia")).text
    is_now(workspace, "2027-01-14T18:00")
    offers(workspace, JORDAN, call, person="ellis-marshgrove", said_by="Ellis", way="phone")
    await soon(workspace)
    is_now(workspace, "2027-01-15T18:00")
    assert "Last contact: January 14, 2027" in (await row_of(officer, call, "demo-borealia")).text, "a confirmation reached them too"


async def test_somebody_new_is_recorded_by_name_and_address_and_gets_a_letter(workspace: Workspace) -> None:
    call, officer = await opened(workspace), workspace.secretariat()
    await workspace.until("2027-01-12T18:00")
    await officer.clicks("Record an answer", await row_of(officer, call, "demo-borealia"))
    form = await officer.window()
    typed: dict[str, Any] = {
        "said_by": "Ellis Marshgrove",
        "way": "meeting",
        "answer": "alternate",
        "name": "Nova Fielding",
        "language": "fr",
    }
    assert set((await officer.submits(form, **typed))["errors"]) == {"email"}
    assert set((await officer.submits(form, **typed, said_on="2027-02-01", email="nova@demonstration.example"))["errors"]) == {"said_on"}
    await officer.submits(form, **typed, said_on="2027-01-11", email="nova@demonstration.example")
    nova = of(workspace, call, "nova-fielding")
    assert (nova.role, nova.way, str(nova.said_on)) == ("alternate", "meeting", "2027-01-11")
    await soon(workspace)
    (kept,) = workspace.sandbox.mailbox.of("nova@demonstration.example")
    assert "Groupe de travail sur les canots" in " ".join(kept.letter.text.split()), "in the language that Nova works in"


async def test_a_representative_who_is_new_is_written_to_in_the_language_that_the_secretariat_chose(workspace: Workspace) -> None:
    call, officer = await opened(workspace), workspace.secretariat()
    await officer.clicks("Add a representative", await row_of(officer, call, "demo-tamarane"))
    await officer.submits(name="Benoît Québécois", email="benoit@demonstration.example", language="fr")
    await soon(workspace)
    (kept,) = workspace.sandbox.mailbox.of("benoit@demonstration.example")
    assert "Pagayer deux fois par mois." in " ".join(kept.letter.text.split())
    assert kept.letter.subject == printed("Réponse attendue d'ici au 1er février 2027 : Groupe de travail sur les canots")


async def test_the_language_of_an_answer_that_is_recorded_is_never_missing(workspace: Workspace) -> None:
    call, officer = await opened(workspace), workspace.secretariat()
    await officer.clicks("Record an answer", await row_of(officer, call, "demo-borealia"))
    form = await officer.window()
    await officer.looks_up("calls.people", "Charlie", form)
    await officer.submits(form, said_by="Ellis Marshgrove", way="phone", answer="member", person="charlie-oakmere")
    assert of(workspace, call, "charlie-oakmere").language == "en"


async def test_somebody_is_either_of_the_registry_or_new(workspace: Workspace) -> None:
    call, officer = await opened(workspace), workspace.secretariat()
    await officer.clicks("Record an answer", await row_of(officer, call, "demo-borealia"))
    form = await officer.window()
    await officer.looks_up("calls.people", "Charlie", form)
    refused = await officer.submits(form, said_by="E", answer="member", person="charlie-oakmere", name="Nova", email="nova@example.org")
    assert set(refused["errors"]) == {"name"}


async def test_a_withdrawal_that_came_by_phone_makes_room_for_a_refusal(workspace: Workspace) -> None:
    call, officer = await opened(workspace), workspace.secretariat()
    offers(workspace, CASEY, call)
    row = await row_of(officer, call, "demo-bellorme")
    assert "Casey Larkfield*: Member; Bellorme" in row.text
    await officer.clicks("Record an answer", row)
    declines: dict[str, Any] = {"said_by": "Maxime", "answer": "declines", "reason": "No canoe"}
    assert set((await officer.submits(**declines))["errors"]) == {"reason"}, "somebody takes part for it"
    await officer.submits(said_by="Maxime", answer=f"withdraws:{of(workspace, call, 'casey-larkfield').id}", reason="")
    assert "Withdrawn: Casey Larkfield, who is told." in (await officer.window()).text
    await officer.closes()
    assert "○ Silent." in (await officer.window()).text
    await officer.clicks("Record an answer", await officer.window())
    await officer.submits(**declines)
    assert answer_of(workspace, call, "demo-bellorme") == "declined"


async def test_what_stands_in_no_field_is_told_over_the_form_and_what_was_typed_stays(workspace: Workspace) -> None:
    """Somebody else cancelled the call while the form stood open; no more than three windows lie over each other."""
    call, officer = await opened(workspace), workspace.secretariat()
    await officer.clicks("Record an answer", await row_of(officer, call, "demo-borealia"))
    does(workspace, JORDAN, calls.cancel, call, "No water", "Plus d'eau")
    await officer.submits(said_by="Ellis", answer="declines", reason="No lake")
    row, form, over = await officer.windows()
    assert "Borealia" in row.text
    assert "Who gave the answer?" in form.text
    assert "nothing can be changed any more" in over.text


async def test_a_refusal_is_recorded_with_its_reason(workspace: Workspace) -> None:
    call = await opened(workspace)
    alix = workspace.secretariat("fr-CA")
    await alix.clicks("calls.record", await row_of(alix, call, "demo-borealia"))
    form = await alix.window()
    assert set((await alix.submits(form, said_by="Ellis", way="email", answer="declines"))["errors"]) == {"reason"}
    await alix.submits(form, said_by="Ellis", way="email", answer="declines", reason="No lake in winter")
    assert answer_of(workspace, call, "demo-borealia") == "declined"
    assert "No lake" not in str([each.text for each in await casey(workspace).sees("C0GENERAL")]), "nobody else reads why"


async def test_a_representative_is_added_and_told_of_the_call(workspace: Workspace) -> None:
    call = await opened(workspace)
    officer, camille = workspace.secretariat(), workspace.user("camille-clairval")
    await officer.clicks("Add a representative", await row_of(officer, call, "demo-tamarane"))
    form = await officer.window()
    await officer.looks_up("calls.people", "Camille", form)
    await officer.submits(form, person="camille-clairval")
    await soon(workspace)
    assert "Groupe de travail sur les canots" in (await told(camille))[-1]
    assert "Camille Clairval" in (await grid_of(officer, call)).text
    await officer.clicks("Remove Camille Clairval", await row_of(officer, call, "demo-tamarane"))
    row = await officer.window()
    assert "Removed: they are told that they need not answer." in row.text
    assert "Camille Clairval" not in row.text.replace("Removed", "")
    await soon(workspace)
    assert "vous n'avez plus à répondre au nom de Tamarane, démonstration" in (await told(camille))[-1]


async def test_a_representative_whom_the_registry_does_not_have_is_added_by_name_and_address(workspace: Workspace) -> None:
    call, officer = await opened(workspace), workspace.secretariat()
    await officer.clicks("Add a representative", await row_of(officer, call, "demo-tamarane"))
    form = await officer.window()
    assert set((await officer.submits(form))["errors"]) == {"person"}
    assert set((await officer.submits(form, name="Nova Fielding", email="nowhere"))["errors"]) == {"email"}
    await officer.submits(form, name="Nova Fielding", email="nova@demonstration.example")
    await officer.closes()
    assert "Nova Fielding: by e-mail" in (await officer.window()).text
    await soon(workspace)
    (kept,) = workspace.sandbox.mailbox.of("nova@demonstration.example")
    assert "Tamarane" in kept.letter.text


async def test_no_receipt_says_that_somebody_is_told_whom_nothing_reaches(workspace: Workspace) -> None:
    call, officer = await opened(workspace), workspace.secretariat()
    does(workspace, OPERATOR, lambda session: session.add(Person(id="kim", name="Kim Farwell", jurisdiction="demo-tamarane")))
    await officer.clicks("Add a representative", await row_of(officer, call, "demo-tamarane"))
    await officer.looks_up("calls.people", "Kim", await officer.window())
    await officer.submits(person="kim")
    receipt = (await officer.window()).text
    assert "are told of the call" not in receipt
    assert "Nothing reaches Kim Farwell" in receipt
    await officer.closes()
    await officer.clicks("Record an answer", await officer.window())
    await officer.looks_up("calls.people", "Kim", await officer.window())
    await officer.submits(said_by="Kim Farwell", way="phone", answer="member", person="kim")
    receipt = (await officer.window()).text
    assert "gets a confirmation" not in receipt
    assert "Nothing reaches Kim Farwell" in receipt


async def test_spoken_to_today_is_one_click(workspace: Workspace) -> None:
    call = await opened(workspace)
    officer = workspace.secretariat()
    shown = await row_of(officer, call, "demo-tamarane")
    assert "Last contact: none yet" in shown.text
    await officer.clicks("Spoken to today", shown)
    assert "Last contact: January 11, 2027" in (await officer.window()).text


async def test_a_question_is_answered_where_it_stands(workspace: Workspace) -> None:
    call = await opened(workspace)
    asked = does(workspace, CASEY, calls.ask, call, "Are socks paid?", "V1")
    officer = workspace.secretariat()
    await officer.clicks("Reply", await grid_of(officer, call))
    await officer.submits(text="Two pairs.")
    assert next(each for each in stands(workspace, call).questions if each.id == asked.id).answer == "Two pairs."
    await soon(workspace)
    assert "Two pairs." in (await told(casey(workspace)))[-1]


async def test_what_came_late_stands_beside_the_answer_and_is_decided_at_the_jurisdiction(workspace: Workspace) -> None:
    call, officer = await opened(workspace), workspace.secretariat()
    does(workspace, CASEY, calls.decline, call, "demo-bellorme", "No lake")
    does(workspace, JORDAN, calls.close_now, call)
    offers(workspace, CASEY, call, person="maxime-grandchene")
    row = await row_of(officer, call, "demo-bellorme")
    assert "Declined. Answered by Casey Larkfield" in row.text
    assert "Maxime Grandchêne is put forward; to be decided." in row.text
    await soon(workspace)
    assert "1 of 5 jurisdictions" in (await posted(casey(workspace))).text
    await officer.clicks("Take up the late answer…", row)
    window = await officer.window()
    assert "Accepted for Bellorme, demonstration, and told at once: Maxime Grandchêne." in window.text
    assert answer_of(workspace, call, "demo-bellorme") == "declined", "nothing is done by one click"
    await officer.submits(message="Bring a paddle")
    row, receipt = await officer.windows()
    assert "The late answer is taken up." in receipt.text
    assert "Takes part: Maxime Grandchêne. Answered by Casey Larkfield" in row.text
    assert "Before, in time: declined, because “No lake” (Casey Larkfield, " in row.text
    assert "Maxime Grandchêne was put forward; taken up by Jordan Wrenwood on " in row.text
    assert "Take up the late answer…" not in row.buttons
    assert of(workspace, call, "maxime-grandchene").message == "Bring a paddle"
