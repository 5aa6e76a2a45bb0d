"""The secretariat puts a question, confirms what came of it, corrects it; and the register, in Slack."""

from __future__ import annotations

from sqlalchemy import select

from bot.blocks import Message, actions, button, section
from cadre.core.dates import PartialDate
from cadre.core.words import Words
from cadre.decisions import confirming, documents, putting_times, questions, register
from cadre.decisions import service as decided
from cadre.decisions.confirming import DecisionDetails
from cadre.decisions.documents import VersionForm
from cadre.decisions.models import Decision, Question
from cadre.decisions.service import DecisionForm
from cadre.meetings.models import Meeting
from tests.notices.scenarios import JORDAN, does, printed
from tests.slack import put
from tests.slack.calls import casey, maxime, soon, told, use
from tests.slack.put import AVERY, CASEY, CLOSES, REMI, opened, outcome_of, stands, supported, takes, window_of
from tests.workspace import Member, Workspace

workspace = put.workspace


def officer(workspace: Workspace) -> Member:
    return workspace.user("jordan-wrenwood")


async def test_a_question_is_drafted_in_windows_looked_over_and_opened(workspace: Workspace) -> None:
    jordan = officer(workspace)
    await jordan.commands("questions")
    await jordan.clicks("New question", await jordan.window())
    await jordan.submits(
        council="demo-council",
        kind="position",
        title_en="Kayaks",
        title_fr="",
        wording_en="Count the kayaks",
        wording_fr="Compter les kayaks",
    )
    window = await jordan.window()
    assert "The draft is stored." in window.text
    assert "Title, in French: Still to be written in French" in window.text
    assert "Bellorme, demonstration" in window.text
    assert "Casey Larkfield (alternate)" in window.text
    await jordan.clicks("Texts", window)
    await jordan.submits(title_fr="Kayaks", background_en="There are many.", background_fr="Il y en a beaucoup.")
    await jordan.clicks("Rule and times", await jordan.window())
    refused = await jordan.submits(closes_at=int(CLOSES.timestamp()) - 40 * 86400)
    assert refused["errors"] == {"closes_at": "This moment is past."}
    await jordan.submits(rule="majority", quorum="two_thirds", sees="council", closes_at=int(CLOSES.timestamp()))
    await jordan.clicks("Add a paper", await jordan.window())
    await jordan.submits(title_en="Paper", title_fr="Document", address_en="https://a.example", address_fr="https://b.example")
    await jordan.clicks("Open now", await jordan.window())
    assert "It opens at once, and 6 people are written to." in (await jordan.window()).text
    await jordan.submits()
    assert "The question is open." in (await jordan.window()).text
    (row,) = workspace.database.read(lambda session: session.scalars(select(Question.id)).all())
    found = workspace.database.read(questions.question, row, JORDAN).question
    assert (found.state, found.rule, found.quorum, found.sees) == ("open", "majority", "two_thirds", "council")
    assert "Quorum: 3 of 4 seats must take a position." in (await casey(workspace).last_dm()).text


async def test_a_slide_of_the_deck_stands_ready(workspace: Workspace) -> None:
    jordan = officer(workspace)
    await jordan.commands("questions")
    await jordan.clicks("New question", await jordan.window())
    await jordan.submits(council="demo-council", source="slide:transition_cop")
    window = await jordan.window()
    assert "Transition to a community of practice" in window.text
    assert "Is there agreement that the following groups should transition to a community of practice?" in window.text


async def test_the_outcome_is_the_secretariats_only_until_it_is_confirmed(workspace: Workspace) -> None:
    question = await supported(workspace)
    assert "Outcome" not in (await window_of(casey(workspace), question)).buttons
    assert "agreed" not in (await window_of(casey(workspace), question)).text.replace("agreed where", "")
    shown = await outcome_of(officer(workspace), question)
    assert "Proposed, to be confirmed: agreed." in shown.text
    assert "3 support · 1 silent" in shown.text
    await officer(workspace).clicks("Confirm", shown)
    await officer(workspace).submits(
        review="2029",
        changed_en="No more blue",
        changed_fr="Plus de bleu",
        follow_up_en="Buy paint!",
        follow_up_fr="Acheter de la peinture",
        paper_en="Tab 3",
        paper_fr="Onglet 3",
    )
    assert "It is decision 2027-01 now." in (await officer(workspace).window()).text
    await officer(workspace).clicks("See the decision", await officer(workspace).window())
    paragraphs = (await officer(workspace).window()).text
    assert "To be reviewed by: 2029. What changes: No more blue. Follow-up: Buy paint! Paper: Tab 3." in paragraphs
    assert "Ce qui change\u00a0: Plus de bleu. Suivi\u00a0: Acheter de la peinture. Document\u00a0: Onglet 3." in paragraphs
    await soon(workspace)
    assert "Decision 2027-01 (Demonstration Council, January 11, 2027): Paint the canoes red" in (await casey(workspace).last_dm()).headline
    french = (await maxime(workspace).last_dm()).text
    assert printed("Décision 2027-01 (Conseil de démonstration, 11 janvier 2027) : Peindre les canots en rouge") in french
    assert "Accord par consensus." in french


async def test_a_slide_is_confirmed_as_a_whole(workspace: Workspace) -> None:
    question = await supported(workspace, items=2)
    jordan = officer(workspace)
    await jordan.clicks("Confirm all as they came to", await outcome_of(jordan, question))
    assert "Sink the toboggans – agreed" in (await jordan.window()).text
    await jordan.submits()
    assert "2 decisions are confirmed." in (await jordan.window()).text
    assert stands(workspace, question).question.state == "settled"


async def test_what_all_have_in_common_goes_with_those_that_are_agreed(workspace: Workspace) -> None:
    question, jordan = await opened(workspace, items=2), officer(workspace)
    for actor, place in ((CASEY, "demo-bellorme"), (AVERY, "demo-pommeraie"), (REMI, "demo-windmills")):
        takes(workspace, actor, question, place, ("supports", ""), ("objects", "They float"))
    does(workspace, JORDAN, putting_times.close_now, question.id)
    await jordan.clicks("Confirm all as they came to", await outcome_of(jordan, question))
    window = await jordan.window()
    assert "Sink the toboggans – not agreed" in window.text
    assert "What you write below goes with those that are agreed; the paper goes with all." in window.text
    given = {"effective": "2027-02", "review": "2029", "follow_up_en": "Buy paint", "follow_up_fr": "Acheter de la peinture"}
    await jordan.submits(None, **given, paper_en="Tab 3", paper_fr="Onglet 3")
    agreed, refused = sorted(workspace.database.read(register.register, JORDAN), key=lambda view: view.facts.label)[-2:]
    assert agreed.facts.follow_up
    assert agreed.facts.review
    assert refused.facts.outcome == "not_agreed"
    assert (refused.facts.follow_up, refused.facts.review, refused.facts.changed) == (None, None, None)
    assert refused.facts.paper
    assert refused.facts.paper.en == "Tab 3"


async def test_it_is_amended_with_a_reason_or_set_aside(workspace: Workspace) -> None:
    question = await supported(workspace, items=2)
    jordan = officer(workspace)
    await jordan.clicks("Amend", await outcome_of(jordan, question))
    await jordan.submits(outcome="not_agreed", amended_en="Red is gone", amended_fr="Il n'y a plus de rouge")
    window = await jordan.window()
    assert "It is decision 2027-01 now." in window.text
    await jordan.clicks("Set aside", window)
    await jordan.submits(reason_en="Winter", reason_fr="L'hiver")
    assert "Set aside: nothing is decided." in (await jordan.window()).text
    assert stands(workspace, question).question.state == "settled"
    await soon(workspace)
    assert (
        "Canoes: Jordan Wrenwood set point 2 aside. Nothing is decided on it. Reason: Winter" in (await casey(workspace).last_dm()).headline
    )
    french = (await maxime(workspace).last_dm()).text
    assert printed("Canots : Jordan Wrenwood a écarté le point 2. Rien n'est décidé à ce sujet. Motif : L'hiver") in french
    assert "Couler les toboggans" in french
    assert "Set aside: nothing is decided. Reason: Winter" in (await window_of(casey(workspace), question)).text


async def test_the_register_gives_a_paragraph_in_each_language_and_a_correction_reaches_all(workspace: Workspace) -> None:
    question = await supported(workspace)
    made = does(workspace, JORDAN, confirming.confirm, question.items[0].id, DecisionDetails(review="2029"))
    await soon(workspace)
    before = await casey(workspace).last_dm()
    jordan = officer(workspace)
    await jordan.commands("decisions")
    register = await jordan.window()
    assert "Decision 2027-01 (Demonstration Council, January 11, 2027)" in register.text
    details = next(each for each in register.elements if each.get("value") == made.id)
    await use(jordan, register, details)
    window = await jordan.window()
    assert (
        "Decision 2027-01 (Demonstration Council, January 11, 2027): Paint the canoes red. Source: the question “Canoes”. "
        "Agreed by consensus. In effect from: January 11, 2027. To be reviewed by: 2029."
    ) in window.text
    assert printed("Peindre les canots en rouge. Source : la question «\u00a0Canots\u00a0». Accord par consensus.") in window.text
    await jordan.clicks("Correct", window)
    anew = {"wording_en": "Paint the canoes crimson", "wording_fr": "Peindre les canots en cramoisi"}
    await jordan.submits(None, **anew, reason_en="Typo", reason_fr="Coquille")
    assert "Corrected. All who got the text get the new one." in (await jordan.window()).text
    await soon(workspace)
    assert "Decision 2027-01 was corrected. It reads now: Paint the canoes crimson" in (await casey(workspace).last_dm()).headline
    assert "Paint the canoes crimson" in (await casey(workspace).again(before)).text, "what was sent is true too"
    await casey(workspace).commands("décisions")
    assert "Décision 2027-01" in (await maxime_register(workspace))


async def maxime_register(workspace: Workspace) -> str:
    await maxime(workspace).commands("décisions")
    return (await maxime(workspace).window()).text


async def test_whoever_asks_is_told_by_which_decision_a_recommendation_was_declined(workspace: Workspace) -> None:
    question = await supported(workspace, objection="Not ours", category="procurement_conditional", wording_en="", wording_fr="")
    does(workspace, JORDAN, confirming.confirm_all, question.id, DecisionDetails())
    for asked in ("What was decided about the IT procurement working group?", "What is recommended for the IT procurement working group?"):
        answer = await casey(workspace).asks(asked)
        assert "Decision 2027-01, not agreed" in answer.text, asked
    french = await maxime(workspace).asks("Qu'est-ce qui est recommandé pour le groupe de travail sur les acquisitions en TI?")
    assert "Décision 2027-01, sans accord (Conseil de démonstration, 11\u00a0janvier 2027)" in french.text


async def test_what_a_meeting_decided_is_confirmed_the_same_way(workspace: Workspace) -> None:
    held = PartialDate.parse("2027-01-08")
    does(workspace, JORDAN, lambda session: session.add(Meeting(id="m1", kind="in_person", group="demo-council", held=held)))
    form = DecisionForm("demo-council", "m1", "Paddle on", "Pagayer encore", taken=held)
    recorded = does(workspace, JORDAN, decided.record_decision, form)
    await casey(workspace).commands("decisions")
    assert "Paddle on" not in (await casey(workspace).window()).text
    jordan = officer(workspace)
    await jordan.commands("decisions")
    register = await jordan.window()
    assert "Proposed decision" in register.text
    await use(jordan, register, next(each for each in register.elements if each.get("value") == recorded.id))
    await jordan.clicks("Confirm", await jordan.window())
    await jordan.submits()
    window = await jordan.window()
    assert "It is decision 2027-01 now." in window.text
    assert "Paddle on. Source: the meeting “Demonstration Council” of January 8, 2027. In effect from" in window.text
    row = workspace.database.read(lambda session: session.get_one(Decision, recorded.id).state)
    assert row == "confirmed"
    await jordan.clicks("The meeting", window)
    assert "Demonstration Council" in (await jordan.window()).text
    assert (await jordan.window())["title"]["text"] == "Meeting"
    await soon(workspace)
    assert any("Paddle on" in each for each in await told(casey(workspace)))


async def test_a_document_is_written_and_approved_by_a_decision(workspace: Workspace) -> None:
    question = await supported(workspace)
    does(workspace, JORDAN, confirming.confirm, question.items[0].id, DecisionDetails())
    jordan = officer(workspace)
    await jordan.commands("decisions")
    await jordan.clicks("Documents", await jordan.window())
    await jordan.clicks("New document", await jordan.window())
    await jordan.submits(kind="guidelines", group="demo-council", title_en="Paddling", title_fr="Pagayer")
    await jordan.clicks("Details", await jordan.window())
    await jordan.clicks("Write the next version", await jordan.window())
    await jordan.submits(text_en="Hold it well.", text_fr="Tenez-la bien.")
    window = await jordan.window()
    assert "Version 1, proposed" in window.text
    await casey(workspace).commands("decisions")
    await casey(workspace).clicks("Documents", await casey(workspace).window())
    assert "There is no document yet." in (await casey(workspace).window()).text
    await jordan.clicks("Approved by a decision", window)
    options = next(each["options"] for each in (await jordan.window()).elements if "options" in each)
    await jordan.submits(decision=options[0]["value"])
    assert "Version 1, in effect from January 11, 2027" in (await jordan.window()).text
    for named in ("Decisions", "Documents", "Details"):
        await casey(workspace).clicks(named, await casey(workspace).window())
    assert "Hold it well." in (await casey(workspace).window()).text


async def test_of_two_who_write_a_document_at_once_the_second_reads_what_the_first_wrote(workspace: Workspace) -> None:
    question = await supported(workspace)
    decision = does(workspace, JORDAN, confirming.confirm, question.items[0].id, DecisionDetails())
    made = does(workspace, JORDAN, documents.begin, "guidelines", "demo-council", "Canoes", "Canots")
    jordan = officer(workspace)
    await jordan.commands("decisions")
    await jordan.clicks("Documents", await jordan.window())
    await jordan.clicks("Details", await jordan.window())
    await jordan.clicks("Write the next version", await jordan.window())
    does(workspace, JORDAN, documents.save_draft, made.id, VersionForm("Paddle", "Pagayer"))
    refused = await jordan.submits(text_en="Swim")
    assert list(refused["errors"]) == ["text_en"]
    assert "Paddle" in refused["errors"]["text_en"]
    await jordan.closes()
    await jordan.clicks("Write the next version", await jordan.window())
    await jordan.submits(text_en="Paddle on", text_fr="Pagayer encore")
    assert "Paddle on" in (await jordan.window()).text
    does(workspace, JORDAN, documents.save_draft, made.id, VersionForm("Paddle back", "Pagayer en arrière"))
    await jordan.clicks("Approved by a decision", await jordan.window())
    await jordan.submits(None, decision=decision.id)
    assert "Somebody else changed this since" in (await jordan.window()).text
    assert workspace.database.read(documents.document, made.id).draft


async def test_decisions_that_are_told_together_wait_for_nobody(workspace: Workspace) -> None:
    question = await supported(workspace, items=2)
    does(workspace, JORDAN, confirming.confirm_all, question.id, DecisionDetails())
    await soon(workspace)
    said = await casey(workspace).last_dm()
    assert "2 things for your information. The first: Decision 2027-01" in said.headline
    assert "wait for you" not in said.text
    assert said.buttons == ["See the decision", "See the decision"]
    french = await maxime(workspace).last_dm()
    assert "2\u00a0éléments pour votre information. Le premier\u00a0: Décision 2027-01" in french.headline


async def test_what_is_forged_opens_nothing(workspace: Workspace) -> None:
    """A button with a value that Cadre gave nobody."""
    question, avery, jordan = await opened(workspace), workspace.user("avery-plumridge"), officer(workspace)
    record, strange = f"{question.id}:{question.seats[0].id}", ("01a305ebdd663334", "9" * 30, "x:y")
    forged = [(avery, "decisions.record", record), *((jordan, "decisions.confirm", each) for each in strange)]
    forged += [(avery, "decisions.answer", each) for each in strange]
    for who, action, value in forged:
        label = Words.verbatim("Forged")
        message = Message(label, (section(label), *actions(button(label, action, value))))
        await workspace.sandbox.slack.post(who.dm, message)
        await who.clicks("Forged", await who.last_dm())
        assert await who.windows() == [], (action, value)
        assert "Something went wrong" not in (await who.last_dm()).text, (action, value)
