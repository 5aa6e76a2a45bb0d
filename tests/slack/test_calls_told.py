"""What people are told of participation calls, in Slack and by e-mail: reminders, more time, questions, how it ends."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.markup import looks_marked
from cadre.calls import service as calls
from cadre.calls import wording
from cadre.calls.forms import SignUpForm
from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.reader import OPERATOR, Actor, Reader
from cadre.groups.models import Group
from cadre.people.models import Role
from tests.notices.scenarios import JORDAN, does, is_now, printed
from tests.slack import calls as world
from tests.slack.calls import (
    CASEY,
    CLOSES,
    answers,
    casey,
    letter_to,
    maxime,
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
)
from tests.slack.raw import knocks
from tests.workspace import Workspace

workspace = world.workspace


async def test_who_is_silent_is_reminded_and_who_answered_is_not(workspace: Workspace) -> None:
    await opened(workspace)
    await casey(workspace).clicks("Decline for Bellorme", await answers(casey(workspace)))
    await casey(workspace).submits(reason="No canoes here")
    await workspace.until("2027-01-26")
    reminded = "has not answered. It closes in 7 days: Monday, February 1, 2027"
    avery, sacha = workspace.user("avery-plumridge"), workspace.user("sacha-rivenord")
    assert any(f"City of Pommeraie, demonstration {reminded}" in said for said in await told(avery))
    assert any("Clôture dans 7\u00a0jours, le lundi" in said for said in await told(sacha))
    assert any("la réponse de la Ville de Pommeraie, démonstration est attendue au plus tard" in said for said in await told(sacha))
    assert not any(reminded in said for said in await told(casey(workspace)))


async def test_whoever_did_not_answer_hears_of_the_call_also_where_a_colleague_answered_first(workspace: Workspace) -> None:
    is_now(workspace, "2027-01-09T18:00")  # a Saturday
    call = await opens(workspace)
    await takes_part(casey(workspace), language="en")
    does(workspace, JORDAN, calls.add_representative, call, "demo-bellorme", "avery-plumridge")
    assert await told(maxime(workspace)) == []
    await workspace.until("2027-01-11T18:00")
    heard = await maxime(workspace).last_dm()
    for said in (
        "Groupe de travail sur les canots. Candidature proposée pour Bellorme, démonstration : Casey Larkfield.",
        "Des changements sont possibles jusqu'à la clôture de l'appel, le lundi 1er février 2027",
        "Pagayer deux fois par mois.",
        "lettre officielle 2027-01",
    ):
        assert printed(said).casefold() in heard.text.casefold()
    assert heard.buttons == [printed("Lettre officielle 2027-01"), printed("Voir ou modifier la réponse")]
    assert "Casey Larkfield is put forward for Bellorme" in (await workspace.user("avery-plumridge").last_dm()).text


async def test_what_a_representative_was_told_stays_true_when_one_of_several_withdraws_and_when_there_is_more_time(
    workspace: Workspace,
) -> None:
    call = await opened(workspace)
    offers(workspace, CASEY, call)
    offers(workspace, CASEY, call, person="maxime-grandchene")
    await soon(workspace)
    heard = next(each for each in await casey(workspace).sees() if "You can change this until" in each.text)
    assert "Casey Larkfield and Maxime Grandchêne are put forward for Bellorme" in heard.text
    does(workspace, CASEY, calls.withdraw, of(workspace, call, "maxime-grandchene").id)
    await soon(workspace)
    heard = await casey(workspace).again(heard)
    assert "Casey Larkfield is put forward for Bellorme" in heard.text
    does(workspace, JORDAN, calls.extend, call, CLOSES + timedelta(days=7), "The ice is late", "La glace tarde")
    await soon(workspace)
    assert "until the call closes, Monday, February 8, 2027" in (await casey(workspace).again(heard)).text


async def test_an_officer_reminded_of_a_government_for_which_nobody_answers_records_its_answer_from_there(workspace: Workspace) -> None:
    await opened(workspace, jurisdictions=("demo-tamarane",))
    await workspace.until("2027-01-26")
    officer = workspace.secretariat()
    reminder = next(each for each in await officer.sees() if "Record an answer" in each.buttons)
    assert not any(label.startswith(("Decline", "Let somebody")) for label in reminder.buttons)
    await officer.clicks("Record an answer", reminder)
    assert "Who gave the answer?" in (await officer.window()).text


async def test_a_call_closed_early_is_told_to_those_who_have_not_answered(workspace: Workspace) -> None:
    call = await opened(workspace)
    does(workspace, CASEY, calls.decline, call, "demo-bellorme", "No lake")
    does(workspace, JORDAN, calls.close_now, call)
    offered = does(workspace, Actor("Avery", "avery-plumridge"), calls.sign_up, SignUpForm(call, "member", "en"))
    await soon(workspace)
    last = await workspace.user("avery-plumridge").last_dm()
    assert "closed the call for participation before the announced time (Monday, February 1, 2027" in last.text
    assert last.buttons == ["Answer late"]
    assert not any("before the announced time" in said for said in await told(casey(workspace)))
    await workspace.user("avery-plumridge").clicks("Answer late", last)
    window = await workspace.user("avery-plumridge").window()
    assert "A withdrawal takes effect at once: the secretariat is told." in window.text
    does(workspace, Actor("Avery", "avery-plumridge"), calls.withdraw, offered.id)
    await soon(workspace)
    assert "That was after the closing, and takes effect at once." in (await told(workspace.secretariat()))[-1]
    does(workspace, Actor("Avery", "avery-plumridge"), calls.decline, call, "demo-pommeraie", "No lake")
    officer = workspace.secretariat()
    await officer.clicks("Take up the late answer…", await row_of(officer, call, "demo-pommeraie"))
    assert "Whoever declined is told at once." in (await officer.window()).text
    await officer.submits()
    await soon(workspace)
    settled = (await workspace.user("avery-plumridge").last_dm()).text
    assert "you declined for City of Pommeraie, demonstration after the closing, and Jordan Wrenwood took that up." in settled


async def test_the_reminder_of_a_silent_government_names_who_offered_without_answering_for_it(workspace: Workspace) -> None:
    call = await opened(workspace)
    offers(workspace, Actor("Robin Ashgrove (U0ROBIN)", "robin-ashgrove"), call)
    await workspace.until("2027-01-26")
    letters = workspace.sandbox.mailbox.of("ellis.marshgrove@demonstration.example")
    text = " ".join(letters[-1].letter.text.split())
    assert "Borealia, demonstration has not answered. It closes in 7 days: Monday, February 1, 2027" in text
    assert "Robin Ashgrove offered to take part." in text


async def test_after_the_closing_one_answers_late_from_the_post_the_list_and_the_details(workspace: Workspace) -> None:
    call, member = await opened(workspace), casey(workspace)
    does(workspace, JORDAN, calls.close_now, call)
    await soon(workspace)
    assert (await posted(member)).buttons == ["Answer late / Répondre en retard"]
    listed = await member.commands("call")
    assert "Answer late" in listed.buttons
    await member.clicks("Details", await member.window())
    await member.clicks("Answer late", await member.window())
    await member.clicks("Take part myself", await member.window())
    await member.submits(language="en")
    assert of(workspace, call, "casey-larkfield").late
    does(workspace, JORDAN, calls.settle, call, [of(workspace, call, "casey-larkfield").id], accepted=True)
    does(workspace, JORDAN, calls.confirm_chairs, call, ["camille-clairval"])
    does(workspace, JORDAN, calls.conclude, call)
    await soon(workspace)
    assert (await posted(member)).buttons == []
    closed = next(each for each in await workspace.secretariat().sees() if "is concluded, and its members are named" in each.text)
    assert closed.headline.count("conclu") == 1


async def test_more_time_is_told_to_the_silent_and_in_the_post(workspace: Workspace) -> None:
    call = await opened(workspace)
    await takes_part(casey(workspace), language="en")
    does(workspace, JORDAN, calls.extend, call, CLOSES + timedelta(days=7), "The ice is late", "La glace tarde")
    await soon(workspace)
    avery = await workspace.user("avery-plumridge").last_dm()
    assert "gave more time to answer, until Monday, February 8, 2027" in avery.headline
    assert "Reason: The ice is late" in avery.headline
    assert avery.buttons == ["Answer the call"]
    answered = await casey(workspace).last_dm()
    assert "gave more time" in answered.headline, "who answered waits for the date too"
    assert answered.buttons == ["See the call"]
    shown = await posted(casey(workspace))
    assert "Answers until Monday, February 8, 2027" in shown.text
    assert "More time was given. Reason: The ice is late" in shown.text


async def test_what_was_told_of_a_late_answer_or_a_cancelled_call_is_kept_true(workspace: Workspace) -> None:
    call = await opened(workspace)
    await takes_part(maxime(workspace), "Participer moi-même", language="fr")
    does(workspace, JORDAN, calls.close_now, call)
    offers(workspace, CASEY, call)
    await soon(workspace)
    jordan = workspace.user("jordan-wrenwood")
    asked = next(each for each in await jordan.sees() if "an answer came after the call had closed" in each.text)
    heard = next(each for each in await casey(workspace).sees() if "Call for participation in Canoes" in each.text)
    assert "Call for participation in Canoes Working Group. Maxime Grandchêne is put forward for Bellorme, demonstration." in heard.text
    assert ("This call closed" in heard.text, "February 1" in heard.text) == (True, False), "it was closed by hand, before its time"
    assert "Late, on" in heard.text
    assert "You decide." in asked.text
    assert "The secretariat chooses once the call is closed" not in (await jordan.last_dm()).text
    does(workspace, JORDAN, calls.settle, call, [of(workspace, call, "casey-larkfield").id], accepted=False)
    await soon(workspace)
    after = await jordan.again(asked)
    assert "You decide." not in after.text
    assert "Not accepted." in after.text


async def test_nothing_is_to_be_decided_of_a_late_answer_to_a_call_that_is_cancelled(workspace: Workspace) -> None:
    call = await opened(workspace)
    does(workspace, JORDAN, calls.close_now, call)
    offers(workspace, CASEY, call, experience="*Two* _rivers_")
    await soon(workspace)
    jordan = workspace.user("jordan-wrenwood")
    asked = next(each for each in await jordan.sees() if "You decide." in each.text)
    does(workspace, JORDAN, calls.cancel, call, "The *lake* froze", "Le lac a gelé")
    await soon(workspace)
    after = await jordan.again(asked)
    assert ("You decide." in after.text, "This call is cancelled." in after.text) == (False, True)
    shown = await posted(casey(workspace))
    assert "lake" in shown.text
    assert not any(looks_marked(line) for line in shown.text.splitlines() if "lake" in line), "what was typed is shown as it was typed"


async def test_of_a_cancelled_call_nothing_is_promised(workspace: Workspace) -> None:
    call, member = await opened(workspace), casey(workspace)
    await takes_part(member, language="en")
    does(workspace, JORDAN, calls.cancel, call, "The lake froze", "Le lac a gelé")
    await member.closes()
    await member.clicks("Ask a question", await member.window())
    shown = (await member.window()).text
    assert "This call is cancelled." in shown
    assert "I will write to you" not in shown


async def test_a_question_goes_to_the_secretariat_and_the_answer_comes_back(workspace: Workspace) -> None:
    call = await opened(workspace)
    await maxime(workspace).clicks("Poser une question", await answers(maxime(workspace)))
    await maxime(workspace).submits(text="Faut-il savoir nager?")
    assert "Votre question a été transmise au secrétariat." in (await maxime(workspace).window()).text
    (question,) = stands(workspace, call).questions
    await soon(workspace)
    jordan = workspace.user("jordan-wrenwood")
    asked = await jordan.last_dm()
    assert "Maxime Grandchêne asks about the call for participation in Canoes Working Group: “Faut-il savoir nager?”" in asked.headline
    assert asked.buttons == ["Reply"]
    does(workspace, JORDAN, calls.answer, question.id, "Oui.")
    await soon(workspace)
    assert (await jordan.again(asked)).buttons == []
    said = (await told(maxime(workspace)))[-1]
    assert "Jordan Wrenwood répond à votre question" in said
    assert "«\u00a0Oui.\u00a0»" in said


async def test_a_representative_who_is_not_in_slack_gets_a_letter_that_is_complete(workspace: Workspace) -> None:
    await opened(workspace)
    (kept,) = workspace.sandbox.mailbox.of("ellis.marshgrove@demonstration.example")
    text = " ".join(kept.letter.text.split())
    for said in (
        "Borealia, demonstration is asked to answer by Monday, February 1, 2027",
        "Paddle twice a month.",
        "Two hours a month.",
        "Those who can swim come first.",
        "Camille Clairval",
        "The secretariat also takes an answer by phone or e-mail",
    ):
        assert said in text
    assert kept.reply_to == "secretariat@demonstration.example"
    english, _, french = kept.letter.subject.partition(" / ")
    assert english == "Please answer by February 1, 2027: Canoes Working Group"
    assert french.startswith("Réponse attendue d'ici au 1er\u00a0février 2027"), "nothing says in which language to write to them: in both"
    assert text.startswith("Le français suit.")
    assert "Pagayer deux fois par mois." in text


async def test_the_letter_is_one_click_away_for_those_who_may_read_it(workspace: Workspace) -> None:
    await opened(workspace)
    heard = next(each for each in await casey(workspace).sees() if "is asked to answer" in each.text)
    await casey(workspace).clicks("Official letter 2027-01", heard)
    window = await casey(workspace).window()
    assert "/letter.docx" in window.element("The official letter (Word)")["url"]
    click = (await workspace.log("block_actions"))[-1]["sent"]
    opened_before, robin = len(await workspace.log("views.open")), workspace.user("robin-ashgrove")
    await knocks(workspace, click | {"user": click["user"] | {"id": robin.id}})
    assert len(await workspace.log("views.open")) == opened_before, "nothing is opened for somebody else"


async def test_the_end_is_told_to_those_who_offered_and_the_group_welcomes_them(workspace: Workspace) -> None:
    call = await opened(workspace)
    await takes_part(casey(workspace), language="en")
    mine = of(workspace, call, "casey-larkfield")
    does(workspace, JORDAN, calls.close_now, call)
    does(workspace, JORDAN, calls.settle, call, [mine.id], accepted=True, message="Bring a paddle.")
    await soon(workspace)
    said = (await told(casey(workspace)))[-1]
    assert "you are accepted. Member; Bellorme, demonstration" in said
    assert "Jordan Wrenwood writes: “Bring a paddle.”" in said
    does(workspace, JORDAN, calls.confirm_chairs, call, ["camille-clairval"])
    does(workspace, JORDAN, calls.conclude, call, "C0ORCHARDS")
    await soon(workspace)
    welcome = await casey(workspace).last_dm()
    assert "Welcome to Canoes Working Group" in welcome.headline
    for text in ("Your role: Member.", "Co-chairs: Camille Clairval", "Members: Casey Larkfield", "Next meeting: March 2027"):
        assert text in welcome.text
    assert welcome.element("Go to the channel")["url"].endswith("channel=C0ORCHARDS")
    result = (await told(maxime(workspace)))[-1].replace("\u00a0", " ")
    assert "l'appel à la participation est conclu" in result
    assert "Candidature retenue pour Bellorme, démonstration : Casey Larkfield." in result
    assert "Borealia, demonstration has not answered." in (await letter_to(workspace, "ellis.marshgrove")).text
    assert "vous en assurez la coprésidence" in "".join(await told(workspace.user("camille-clairval")))


async def test_whoever_waits_is_told_which_seats_are_taken(workspace: Workspace) -> None:
    call = await opened(workspace, capped=True, seats=2, seats_each=1)
    for actor in (CASEY, Actor("Maxime", "maxime-grandchene")):
        offers(workspace, actor, call)
    shown = await answers(maxime(workspace))
    waits = "".join(line for line in shown.text.splitlines() if "liste d'attente" in line or "waiting list" in line)
    assert waits
    english = wording.taken(stands(workspace, call).call, of(workspace, call, "maxime-grandchene"), Reader())
    assert english == "The seat for Bellorme, demonstration is taken."
    offers(workspace, Actor("Avery", "avery-plumridge"), call)
    found = stands(workspace, call).call
    assert wording.taken(found, of(workspace, call, "maxime-grandchene"), Reader()) == (
        "All seats are taken. The seat for Bellorme, demonstration is taken."
    ), "a seat that another government gives up is not theirs"
    robin = workspace.user("robin-ashgrove")
    await robin.clicks("Take part myself", await answers(robin))
    assert "All seats are taken: whoever comes now waits in order." in (await robin.window()).text, "before anything is sent"
    await robin.clicks("Ask a question", await answers(robin))
    assert "All seats are taken" not in (await robin.window()).text, "a question takes no seat"
    row = next(each for each in stands(workspace, call).invitations if each.jurisdiction.id == "demo-bellorme")
    assert wording.answered(row, Reader()) == "Takes part: Casey Larkfield. On the waiting list: Maxime Grandchêne."


async def test_a_call_says_that_it_is_first_come_first_served_and_that_a_representative_confirms(workspace: Workspace) -> None:
    await opened(workspace, capped=True, confirms=True)
    for shown in (await posted(casey(workspace)), await answers(casey(workspace)), await workspace.user("avery-plumridge").last_dm()):
        assert "First come, first served" in shown.text
        assert "confirms each offer for it" in shown.text
        assert "Those who can swim come first." not in shown.text, "the order decides"


async def test_the_welcome_says_what_a_group_is_for_that_had_no_description(workspace: Workspace) -> None:
    def forget(session: Session) -> None:
        group = session.get_one(Group, "demo-orchards")
        group.description = group.mandate = None

    workspace.database.write(OPERATOR, forget)
    call = await opened(workspace, group="demo-orchards", priority=None)
    offers(workspace, CASEY, call)
    does(workspace, JORDAN, calls.close_now, call)
    does(workspace, JORDAN, calls.settle, call, [of(workspace, call, "casey-larkfield").id], accepted=True)
    does(workspace, JORDAN, calls.confirm_chairs, call, ["camille-clairval"])
    does(workspace, JORDAN, calls.conclude, call, None)
    await soon(workspace)
    assert "Mandate: Keeps canoes afloat." in (await casey(workspace).last_dm()).text
    assert workspace.database.read(lambda session: session.get_one(Group, "demo-orchards").description) == Bilingual(
        "Keeps canoes afloat.", "Garde les canots à flot."
    )


async def test_what_is_no_address_is_said_to_be_none(workspace: Workspace) -> None:
    await opened(workspace)
    await casey(workspace).clicks("Nominate somebody else", await answers(casey(workspace)))
    for typed in ("nowhere", "a@b", "noa brook@demonstration.example"):
        refused = await casey(workspace).submits(name="Noa Brook", email=typed, language="en")
        assert refused["errors"] == {"email": "This is not an e-mail address: it looks like name@example.org."}
    refused = await casey(workspace).submits(name="Noa Brook", email="", language="en")
    assert refused["errors"] == {"email": "Write their e-mail address."}


async def test_whoever_may_not_read_the_answers_of_a_government_any_more_reads_none_in_what_they_were_told(workspace: Workspace) -> None:
    call, robin = await opened(workspace), workspace.user("robin-ashgrove")
    came = {"teller": "robin-ashgrove", "way": "phone"}
    does(workspace, JORDAN, calls.decline, call, "demo-bellorme", "No canoes here", **came)
    await soon(workspace)
    confirmed = await robin.last_dm()
    assert "recorded your answer for Bellorme" in confirmed.text
    assert "Reason: No canoes here" in confirmed.text, "what they said themselves"
    heard = next(each for each in await casey(workspace).sees() if "You can change this until" in each.text)
    assert "Bellorme, demonstration declined. Answered by" in heard.text
    does(workspace, OPERATOR, _leaves, "casey-larkfield")
    does(workspace, Actor("Maxime", "maxime-grandchene"), calls.decline, call, "demo-bellorme", "The canoes sank")
    offers(workspace, Actor("Maxime", "maxime-grandchene"), call)
    await soon(workspace)
    confirmed, heard = await robin.again(confirmed), await casey(workspace).again(heard)
    for read in (confirmed, heard):
        assert "The canoes sank" not in read.text
        assert "Maxime" not in read.text
    assert "is asked to answer by" in heard.text
    assert heard.buttons == ["Official letter 2027-01"]
    does(workspace, JORDAN, calls.close_now, call)
    await soon(workspace)
    assert "Maxime" not in (await casey(workspace).again(heard)).text


def _leaves(session: Session, person: str) -> None:
    for held in session.scalars(select(Role).where(Role.person == person)):
        held.until = PartialDate.day(date(2026, 12, 31))
