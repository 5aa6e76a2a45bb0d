"""Participation calls, as those who are asked answer them: in the channel, in their messages, by e-mail."""

from __future__ import annotations

from sqlalchemy.orm import Session

from cadre.calls import service as calls
from cadre.core.reader import OPERATOR
from cadre.people.models import Person
from tests.conftest import both_databases
from tests.notices.scenarios import JORDAN, does, is_now, printed
from tests.slack import calls as world
from tests.slack.calls import answer_of, answers, casey, maxime, of, opened, posted, soon, stands, takes_part, told
from tests.slack.raw import knocks
from tests.workspace import Workspace

workspace = world.workspace


async def test_the_post_says_all_in_both_languages_and_has_one_button(workspace: Workspace) -> None:
    await opened(workspace)
    shown = await posted(casey(workspace))
    for text in ("Keeps canoes afloat.", "Garde les canots à flot.", "Paddle twice a month.", "Pagayer deux fois par mois."):
        assert text in shown.text
    assert "Answers until Monday, February 1, 2027, 5:00" in shown.text
    assert "(Toronto, UTC−5)" in shown.text
    assert "None of the 5 jurisdictions has answered. 6 seats wanted." in shown.text
    assert shown.buttons == ["Answer / Répondre"]
    assert "Call for participation: Canoes Working Group" in shown.headline
    assert printed("Appel à la participation : Groupe de travail sur les canots") in shown.headline


async def test_texts_as_long_as_they_may_be_fit_into_the_post_the_message_and_the_window(workspace: Workspace) -> None:
    long = "word & " * 428
    texts = {f"{name}_{language}": long for name in ("description", "asked", "commitment", "criteria") for language in ("en", "fr")}
    name = "Working Group on the Long-Term Stewardship of Shared Canoes, Portages and Lighthouses"
    await opened(workspace, **texts, name_en=name)
    shown = await posted(casey(workspace))
    assert len(shown.blocks) <= 50
    assert "Coprésidence pressentie" in shown.text
    assert "Camille Clairval" in (await casey(workspace).last_dm()).text, "what comes last is not cut off"
    assert "Take part myself" in (await answers(casey(workspace))).buttons
    (kept,) = workspace.sandbox.mailbox.of("ellis.marshgrove@demonstration.example")
    assert kept.letter.text.count("word") > 4 * 428, "a letter says all"
    assert kept.letter.subject.partition(" / ")[0] == f"Please answer by February 1, 2027: {name}"


async def test_a_representative_takes_part_and_the_post_counts_it(workspace: Workspace) -> None:
    call = await opened(workspace)
    receipt = await takes_part(casey(workspace), role="alternate", experience="Two rivers", language="both")
    assert "your answer is stored. Alternate; Bellorme, demonstration; works in both languages." in receipt.text
    assert "The secretariat chooses once the call is closed" in receipt.text
    assert "You can change this until the call closes" in receipt.text
    assert of(workspace, call, "casey-larkfield").experience == "Two rivers"
    assert answer_of(workspace, call, "demo-bellorme") == "nominated"
    (below, _) = await casey(workspace).windows()
    assert "Put forward: Casey Larkfield." in below.text, "the window below is drawn anew"
    await soon(workspace)
    assert "1 of 5 jurisdictions has answered" in (await posted(casey(workspace))).text


async def test_in_french(workspace: Workspace) -> None:
    call = await opened(workspace)
    window = await answers(maxime(workspace))
    assert "Garde les canots à flot." in window.text
    assert "Vous n'avez pas répondu pour vous-même." in window.text
    await maxime(workspace).clicks("Participer moi-même", window)
    await maxime(workspace).submits(language="fr")
    receipt = await maxime(workspace).window()
    assert printed("Groupe de travail sur les canots : votre réponse est enregistrée.") in receipt.text
    assert "travaille en français" in receipt.text
    assert of(workspace, call, "maxime-grandchene").role == "member"


async def test_an_answer_is_changed_and_stays_one(workspace: Workspace) -> None:
    call = await opened(workspace)
    await takes_part(casey(workspace), language="en")
    form = await takes_part(casey(workspace), "Change my answer", role="alternate")
    assert "Alternate" in form.text
    assert [each.role for each in stands(workspace, call).sign_ups] == ["alternate"]


async def test_a_member_offers_themselves_and_withdraws_with_one_click(workspace: Workspace) -> None:
    call, robin = await opened(workspace), workspace.user("robin-ashgrove")
    window = await answers(robin)
    assert not any(label.startswith(("Nominate", "Decline", "Let")) for label in window.buttons), "these answer for nobody"
    await robin.clicks("Observe", window)
    await robin.submits(language="en")
    assert of(workspace, call, "robin-ashgrove").role == "observer"
    await robin.closes()
    await robin.clicks("Withdraw my answer", await robin.window())
    assert of(workspace, call, "robin-ashgrove").state == "withdrawn"
    after = await robin.window()
    assert "Withdrawn: Robin Ashgrove." in after.text
    assert "Take part myself" in after.buttons


async def test_a_representative_nominates_somebody_who_is_told(workspace: Workspace) -> None:
    call, member = await opened(workspace), casey(workspace)
    await member.clicks("Nominate somebody else", await answers(member))
    form = await member.window()
    (found,) = await member.looks_up("calls.people", "maxime", form)
    await member.submits(form, person=found["value"], role="member", language="fr")
    receipt = await member.window()
    assert "Maxime Grandchêne is put forward." in receipt.text
    assert of(workspace, call, "maxime-grandchene").nominated_by == "Casey Larkfield (U0CASEY)"
    await soon(workspace)
    said = (await told(maxime(workspace)))[-1]
    assert printed("Casey Larkfield a proposé votre participation") in said
    assert "Pagayer deux fois par mois." in said, "it is complete for somebody who never saw the call"
    await maxime(workspace).clicks("Retirer ma réponse")
    await soon(workspace)
    assert of(workspace, call, "maxime-grandchene").state == "withdrawn"
    assert "Réponse retirée." in (await told(maxime(workspace)))[-1]


async def test_somebody_of_another_government_is_not_theirs_to_nominate(workspace: Workspace) -> None:
    call, member = await opened(workspace), casey(workspace)
    await member.clicks("Nominate somebody else", await answers(member))
    form = await member.window()
    await member.looks_up("calls.people", "avery", form)
    answered = await member.submits(form, person="avery-plumridge", language="en")
    assert "another government" in answered["errors"]["person"]
    assert stands(workspace, call).sign_ups == ()


async def test_a_representative_nominates_a_newcomer_who_gets_a_letter(workspace: Workspace) -> None:
    call, member = await opened(workspace), casey(workspace)
    await member.clicks("Nominate somebody else", await answers(member))
    answered = await member.submits(language="en")
    assert "person" in answered["errors"]
    answered = await member.submits(name="Noa Brook", email="nowhere")
    assert "email" in answered["errors"]
    await member.submits(name="Noa Brook", email="noa.brook@demonstration.example")
    assert "Noa Brook is put forward." in (await member.window()).text
    offered = next(each for each in stands(workspace, call).sign_ups if each.person.name == "Noa Brook")
    assert offered.jurisdiction is not None
    assert offered.jurisdiction.id == "demo-bellorme"
    await soon(workspace)
    (letter,) = workspace.sandbox.mailbox.of("noa.brook@demonstration.example")
    assert "Casey Larkfield put you forward for Canoes Working Group" in " ".join(letter.letter.text.split())


async def test_a_representative_declines_and_only_the_secretariat_sees_it(workspace: Workspace) -> None:
    call, member = await opened(workspace), casey(workspace)
    await member.clicks("Decline for Bellorme", await answers(member))
    answered = await member.submits(reason=" ")
    assert "reason" in answered["errors"]
    await member.submits(reason="No canoes here")
    assert "Bellorme, demonstration does not take part" in (await member.window()).text
    row = next(each for each in stands(workspace, call).invitations if each.jurisdiction.id == "demo-bellorme")
    assert (row.state, row.reason) == ("declined", "No canoes here")
    await soon(workspace)
    shown = await posted(member)
    assert "1 of 5 jurisdictions has answered" in shown.text
    others = await answers(workspace.user("avery-plumridge"))
    for seen in (shown, others):
        assert "Bellorme" not in seen.text
        assert "No canoes" not in seen.text
    assert "No canoes here" in (await answers(maxime(workspace))).text, "who answers for the same jurisdiction may see it"


async def test_the_language_of_somebody_else_is_asked_for(workspace: Workspace) -> None:
    call, member = await opened(workspace), maxime(workspace)
    await member.clicks("Proposer quelqu'un d'autre", await answers(member))
    form = await member.window()
    await member.looks_up("calls.people", "casey", form)
    refused = await member.submits(form, person="casey-larkfield")
    assert set(refused["errors"]) == {"language"}
    await member.submits(form, person="casey-larkfield", language="en")
    assert of(workspace, call, "casey-larkfield").language == "en"


async def test_where_nobody_can_confirm_an_offer_the_secretariat_does(workspace: Workspace) -> None:
    call, robin = await opened(workspace, confirms=True), workspace.user("robin-ashgrove")
    does(workspace, OPERATOR, _moves, "robin-ashgrove", "demo-tamarane")
    receipt = await takes_part(robin, language="en")
    assert "Whoever answers for" not in receipt.text
    assert "Nobody answers for this jurisdiction yet: the secretariat is asked to confirm it." in receipt.text
    await soon(workspace)
    asked = await workspace.user("jordan-wrenwood").last_dm()
    assert "Robin Ashgrove offers to take part" in asked.headline
    assert asked.buttons == ["Confirm"]
    await workspace.user("jordan-wrenwood").clicks("Confirm", asked)
    assert answer_of(workspace, call, "demo-tamarane") == "nominated"


async def test_a_message_takes_the_answer_as_the_post_does(workspace: Workspace) -> None:
    call = await opened(workspace)
    asked = await casey(workspace).last_dm()
    assert "Bellorme, demonstration is asked to answer by Monday, February 1, 2027" in asked.headline
    assert "Paddle twice a month." in asked.text
    await casey(workspace).clicks("Answer the call", asked)
    assert "Your own answer" in (await casey(workspace).window()).text
    await casey(workspace).closes()
    await casey(workspace).clicks("Decline for Bellorme", asked)
    await casey(workspace).submits(reason="No canoes here")
    receipt = await casey(workspace).window()
    await casey(workspace).clicks("Back to the call", receipt)
    assert "No canoes here" in (await casey(workspace).window()).text
    assert answer_of(workspace, call, "demo-bellorme") == "declined"
    await soon(workspace)
    answered = (await casey(workspace).again(asked)).headline
    assert "Call for participation in Canoes Working Group. Bellorme, demonstration declined. Answered by Casey Larkfield" in answered
    assert "is asked to answer" not in answered, "it is asked nothing any more"
    assert "Casey Larkfield, " in (await told(maxime(workspace)))[-1], "the others of the jurisdiction see it too"


async def test_what_waits_for_a_representative_is_confirmed_with_one_click(workspace: Workspace) -> None:
    call = await opened(workspace, confirms=True)
    receipt = await takes_part(workspace.user("robin-ashgrove"), language="en")
    assert "Whoever answers for Borealia, demonstration is asked to confirm it." in receipt.text
    assert answer_of(workspace, call, "demo-borealia") == "silent"
    does(workspace, JORDAN, calls.add_representative, call, "demo-borealia", "alix-beletang")
    alix = workspace.user("alix-beletang")
    window = await answers(alix)
    assert "Robin Ashgrove" in window.text
    await alix.clicks("Confirmer", window)
    assert of(workspace, call, "robin-ashgrove").endorsed
    assert answer_of(workspace, call, "demo-borealia") == "nominated"
    await soon(workspace)
    assert "Alix Belétang confirmed your answer for Borealia, demonstration." in (await told(workspace.user("robin-ashgrove")))[-1]


@both_databases
async def test_a_representative_puts_another_forward_instead(workspace: Workspace) -> None:
    call, avery, sacha = await opened(workspace, confirms=True), workspace.user("avery-plumridge"), workspace.user("sacha-rivenord")
    does(workspace, OPERATOR, _moves, "robin-ashgrove", "demo-pommeraie")
    await takes_part(workspace.user("robin-ashgrove"), language="en")
    await soon(workspace)
    asked = await avery.last_dm()
    assert "Robin Ashgrove offers to take part" in asked.headline
    assert asked.element("Replace")["accessibility_label"] == "Replace Robin Ashgrove with somebody else"
    await avery.clicks("Replace", asked)
    form = await avery.window()
    assert "In place of Robin Ashgrove" in form.text
    await avery.looks_up("calls.people", "sacha", form)
    await avery.submits(form, person="sacha-rivenord", language="fr")
    assert (of(workspace, call, "robin-ashgrove").state, of(workspace, call, "sacha-rivenord").state) == ("withdrawn", "offered")
    await soon(workspace)
    assert "Avery Plumridge puts somebody else forward" in (await told(workspace.user("robin-ashgrove")))[-1]
    assert "Somebody else was put forward." in (await avery.again(asked)).text
    assert printed("Avery Plumridge a proposé votre participation") in "".join(await told(sacha))


def _moves(session: Session, person: str, jurisdiction: str | None) -> None:
    session.get_one(Person, person).jurisdiction = jurisdiction


@both_databases
async def test_whoever_comes_after_the_last_seat_waits_and_hears_of_a_free_one(workspace: Workspace) -> None:
    call = await opened(workspace, capped=True, seats=1)
    robin, morgan = workspace.user("robin-ashgrove"), workspace.user("morgan-fernhill")
    assert "You have a seat." in (await takes_part(casey(workspace), language="en")).text
    assert "You are number 1 on the waiting list" in (await takes_part(robin, language="en")).text
    assert "You are number 2 on the waiting list" in (await takes_part(morgan, language="en")).text
    await soon(workspace)
    assert "2 wait for a seat." in (await posted(casey(workspace))).text
    await casey(workspace).closes()
    await casey(workspace).clicks("Withdraw my answer", await casey(workspace).window())
    await soon(workspace)
    assert not of(workspace, call, "robin-ashgrove").waiting
    assert "a seat became free, and you have it now" in (await told(robin))[-1]
    assert "a seat became free" not in "".join(await told(morgan))
    assert "You are number 1 on the waiting list" in (await answers(morgan)).text


async def test_an_answer_after_the_closing_is_kept_and_the_secretariat_hears_of_it(workspace: Workspace) -> None:
    call, member = await opened(workspace), casey(workspace)
    await member.clicks("Take part myself", await answers(member))
    form = await member.window()
    does(workspace, JORDAN, calls.close_now, call)
    await member.submits(form, experience="Two rivers", language="en")
    receipt = await member.window()
    assert "The call closed Monday, January 11, 2027" in receipt.text
    assert "Your answer is kept, and the secretariat decides." in receipt.text
    assert of(workspace, call, "casey-larkfield").late
    assert of(workspace, call, "casey-larkfield").experience == "Two rivers"
    await soon(workspace)
    shown = await posted(member)
    assert shown.buttons == ["Answer late / Répondre en retard"]
    assert "This call closed" in shown.text
    assert any("an answer came after the call had closed, from Casey Larkfield" in said for said in await told(workspace.secretariat()))


async def test_whoever_answers_after_the_announced_moment_reads_that_it_is_late_also_before_anybody_closed_the_call(
    workspace: Workspace,
) -> None:
    call, member = await opened(workspace), casey(workspace)
    is_now(workspace, "2027-02-01T22:30")
    await member.clicks("Take part myself", await answers(member))
    form = await member.window()
    assert "What you send now is kept as late, and the secretariat decides." in form.text
    assert "is also its answer" not in form.text
    await member.submits(form, language="en")
    assert "The call closed Monday, February 1, 2027" in (await member.window()).text
    assert of(workspace, call, "casey-larkfield").late


async def test_where_a_call_was_cancelled_meanwhile_nothing_typed_is_lost(workspace: Workspace) -> None:
    call, member = await opened(workspace), casey(workspace)
    await member.clicks("Take part myself", await answers(member))
    form = await member.window()
    does(workspace, JORDAN, calls.cancel, call, "The lake froze", "Le lac a gelé")
    await member.submits(form, experience="Two rivers", language="en")
    over = await member.window()
    assert "Nothing was stored" in over.text
    await member.closes()
    kept = await member.window()
    assert next(iter(kept["state"]["values"]["experience"].values()))["value"] == "Two rivers"
    assert stands(workspace, call).sign_ups == ()
    await soon(workspace)
    shown = await posted(member)
    assert shown.buttons == []
    assert "Reason: The lake froze" in shown.text
    assert printed("Motif : Le lac a gelé") in shown.text
    assert "The lake froze" in (await told(member))[-1]


@both_databases
async def test_sent_twice_an_answer_is_one(workspace: Workspace) -> None:
    call = await opened(workspace, capped=True, seats=2)
    await takes_part(casey(workspace), language="en")
    submission = (await workspace.log("view_submission"))[-1]
    await knocks(workspace, submission["sent"])
    assert [each.place for each in stands(workspace, call).sign_ups] == [1]


async def test_a_second_click_on_confirm_is_told_who_was_first(workspace: Workspace) -> None:
    await opened(workspace, confirms=True)
    does(workspace, OPERATOR, _moves, "robin-ashgrove", "demo-bellorme")
    await takes_part(workspace.user("robin-ashgrove"), language="en")
    window, french = await answers(casey(workspace)), await answers(maxime(workspace))
    await casey(workspace).clicks("Confirm", window)
    await maxime(workspace).clicks("Confirmer", french)
    assert "Casey Larkfield" in (await maxime(workspace).window()).text


async def test_somebody_whom_cadre_does_not_know_is_told_what_to_do(workspace: Workspace) -> None:
    await opened(workspace)
    stranger = workspace.newcomer("fr-CA")
    window = await answers(stranger)
    assert "/cadre moi" in window.text
    assert window.buttons == []


async def test_whoever_waits_to_be_confirmed_is_not_told_to_say_again_who_they_are(workspace: Workspace) -> None:
    await opened(workspace)
    newcomer = workspace.newcomer("fr-CA")
    post = await posted(newcomer)
    await newcomer.clicks("people.claim", await newcomer.commands("moi"))
    await newcomer.submits(person="annette-vermaeten")
    await newcomer.clicks("Answer / Répondre", post)
    told_so = (await newcomer.window()).text
    assert "Votre demande est au secrétariat." in told_so
    assert "/cadre moi" not in told_so


async def test_where_the_record_names_no_government_it_is_asked_and_to_be_confirmed(workspace: Workspace) -> None:
    call, robin = await opened(workspace), workspace.user("robin-ashgrove")
    does(workspace, OPERATOR, _moves, "robin-ashgrove", None)
    await robin.clicks("Take part myself", await answers(robin))
    form = await robin.window()
    assert (await robin.submits(form, language="en"))["errors"].keys() == {"jurisdiction"}
    await robin.submits(form, jurisdiction="demo-tamarane")
    assert "Tamarane, demonstration (to be confirmed)" in (await robin.window()).text
    assert of(workspace, call, "robin-ashgrove").stated
