"""Leads hear about their workplan in time, in their language, at a decent hour where they live, and can act in the message."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from bot.kinds import KINDS
from cadre.core.calendar import FEDERAL, working_day_before
from cadre.core.reader import OPERATOR
from cadre.exchange.service import import_file
from cadre.groups.models import Group
from cadre.notices import preview
from cadre.workplans import service as workplans
from cadre.workplans.demonstration import populate
from tests.conftest import both_databases
from tests.notices.scenarios import (
    AUTHORS,
    BEGINS,
    CANOES,
    JORDAN,
    LANTERNS,
    ORCHARDS,
    Got,
    announced,
    days,
    does,
    got,
    is_now,
    on,
    planned,
    printed,
    stands,
)
from tests.workspace import Member, Workspace

END = "2027-04-10"
"""Ninety days later."""
MONTH = "2027-02-10"
"""A month, where the ninety days have been gone through before."""


async def test_in_ninety_days_nobody_is_told_twice_a_day_or_at_night_and_nobody_can_say_i_did_not_know(busy: Workspace) -> None:
    await busy.start_over()
    does(busy, OPERATOR, populate, date(2027, 1, 11))
    await busy.until(timedelta(minutes=1))
    foreseen = does(busy, OPERATOR, preview.preview, KINDS)
    end = END if busy.database.engine.dialect.name == "sqlite" else MONTH
    await busy.until(end)
    people = {each.person: each for each in busy.members.values() if each.demo and each.person}
    letters = {person: await got(member) for person, member in people.items()}
    for person, sent in letters.items():
        assert max(Counter(each.day for each in sent if each.reminder).values(), default=0) <= 1, person
        assert all("09:00" <= each.hour < "16:30" and each.at.weekday() < 5 for each in sent), person
    for plan in (LANTERNS, CANOES, ORCHARDS):
        for activity in stands(busy, plan).activities:
            if not activity.due or activity.due >= date.fromisoformat(end):
                continue
            last = working_day_before(activity.due, FEDERAL).isoformat()
            for owner in activity.owners if activity.open else ():
                title = activity.title.in_("fr" if people[owner.id].locale == "fr-CA" else "en") or activity.title.en or ""
                told = [each.day for each in letters[owner.id] if title in each.text]
                assert last in told, (owner.name, title)
                assert min(told) < last, (owner.name, title)
    coming = [(each.recipient.person, each.day.isoformat()) for each in foreseen]
    expected = {(person, day) for person, day in coming if person in people and day < end}
    assert {(person, each.day) for person, sent in letters.items() for each in sent if each.reminder} == expected, "as the preview said"


async def test_mondays_digest_brings_the_week_in_advance_and_the_due_day_has_its_own_message(workspace: Workspace) -> None:
    planned(workspace, "2027-01-28")
    await workspace.until("2027-01-26")
    robin = workspace.user("robin-ashgrove")
    assert "Light the pier (Demonstration Lanterns): due January 28, 2027, in 3 days" in (await on(robin, "2027-01-25")).text
    await workspace.until("2027-01-30")
    assert await days(robin) == ["2027-01-11", "2027-01-18", "2027-01-25", "2027-01-28"]
    assert {each.hour for each in await got(robin)} == {"09:00"}
    assert (await on(robin, "2027-01-28")).headline == "Light the pier (Demonstration Lanterns): due today, January 28, 2027."


async def test_a_half_year_begins_by_itself_and_those_who_lead_are_told_at_once(workspace: Workspace) -> None:
    """120 days before 1 September."""
    is_now(workspace, "2027-05-02T12:00")
    await workspace.until("2027-05-07")  # at once: the clock stops where the half opens
    for name, said in (
        ("robin-ashgrove", "Demonstration Lanterns: a new half"),
        ("camille-clairval", "Canots de démonstration : un nouveau"),
    ):
        (told,) = [each for each in await got(workspace.user(name)) if re.search(BEGINS, each.text)]
        assert told.said.headline.startswith(printed(said))
        assert (told.day, told.hour) == ("2027-05-04", "09:00")
    (both,) = [each for each in await got(workspace.user("morgan-fernhill")) if re.search(BEGINS, each.text)]
    assert ("Orchards Working Group: a new half" in both.text, "Beehives Working Group: a new half" in both.text) == (True, True)
    assert not [each for each in await got(workspace.user("sacha-rivenord")) if re.search(BEGINS, each.text)], "an alternate"


async def test_a_lead_who_reads_french_is_told_in_french(workspace: Workspace) -> None:
    planned(workspace, "2027-02-01", plan=CANOES)
    await workspace.until("2027-01-27")
    digest = await on(workspace.user("camille-clairval"), "2027-01-25")
    assert digest.headline.startswith(printed("2 éléments vous attendent. Le premier : Éclairer le quai"))
    assert printed("Éclairer le quai (Canots de démonstration) : échéance le 1er février 2027, dans 7 jours.") in digest.text
    assert printed("Canots de démonstration : le plan de travail est à remettre le 1er mars 2027, dans 35 jours.") in digest.text
    assert {"Terminée", "En bonne voie", "À risque", "Plus de temps", "Pourquoi ai-je reçu ceci?", "Remettre"} <= set(digest.buttons)


async def test_whoever_chose_another_language_is_told_in_it(workspace: Workspace) -> None:
    planned(workspace, "2027-01-28")
    robin = workspace.user("robin-ashgrove")
    await robin.clicks("home.language", await robin.home(), "fr")
    await chooses(robin, rhythm="weekly")
    assert "Quand et comment" in (await robin.home()).text, "what the window does not change stays"
    await chooses(robin, language="slack")
    home = await robin.home()
    assert home.element("home.language")["initial_option"]["value"] == "slack", "it is one choice, wherever it is made"
    await chooses(robin, language="fr")
    await workspace.until("2027-01-12")
    assert (await on(robin, "2027-01-11")).headline.startswith("Éclairer le quai")


async def chooses(member: Member, **values: Any) -> dict[str, Any]:
    """Choose in App Home when and how to be told."""
    await member.clicks("notices.preferences", await member.home())
    return await member.submits(**values)


async def test_whoever_wants_it_daily_is_told_each_reminder_on_its_day(workspace: Workspace) -> None:
    planned(workspace, "2027-01-28")
    robin = workspace.user("robin-ashgrove")
    await chooses(robin, rhythm="daily")
    assert "once a day at most" in (await robin.home()).text
    await workspace.until("2027-01-28T22:00")
    assert await days(robin) == ["2027-01-11", "2027-01-14", "2027-01-21", "2027-01-27", "2027-01-28"]


async def test_whoever_wants_each_at_once_gets_each_in_a_message_of_its_own_within_their_hours(workspace: Workspace) -> None:
    for number in range(3):
        planned(workspace, "2027-01-28", english=f"Pier {number}", french=f"Quai {number}")
    robin, jordan = workspace.user("robin-ashgrove"), workspace.secretariat()
    await chooses(robin, rhythm="at_once")
    assert "each reminder as it falls due, in a message of its own" in (await robin.home()).text
    foreseen = [each for each in does(workspace, JORDAN, preview.preview, KINDS, 30) if each.recipient.person == robin.person]
    await workspace.until("2027-01-30")
    due = [each for each in await got(robin) if each.reminder and each.day == "2027-01-28"]
    assert sorted(each.said.headline.partition(":")[0] for each in due) == [
        f"Pier {number} (Demonstration Lanterns)" for number in range(3)
    ]
    assert {each.hour for each in due} == {"09:00"}
    assert sum(each.day == date(2027, 1, 28) for each in foreseen) == 3, "and that was to be seen before"
    assert "2027-01-28" not in await days(jordan)


async def test_nobody_is_written_to_outside_the_hours_that_they_chose_not_even_with_an_announcement(workspace: Workspace) -> None:
    planned(workspace, "2027-01-28")
    robin = workspace.user("robin-ashgrove")
    await robin.commands("notices")
    await robin.submits(opens="780", closes="900")
    await workspace.until("2027-01-19T10:00", robin.tz)
    assert {each.hour for each in await got(robin)} == {"13:00"}
    does(workspace, AUTHORS[LANTERNS], workplans.submit, LANTERNS)
    does(workspace, JORDAN, workplans.return_, LANTERNS, "Who pays?")
    await workspace.until("2027-01-20", robin.tz)
    (back,) = await announced(robin)
    assert (back.hour, "Who pays?" in back.text) == ("13:00", True)


async def test_a_day_that_ends_before_it_begins_is_refused_in_french_and_nothing_is_kept(workspace: Workspace) -> None:
    camille = workspace.user("camille-clairval")
    answered = await chooses(camille, rhythm="daily", opens="780", closes="600")
    assert answered["errors"] == {"closes": "La journée doit finir au moins une heure après son début."}
    assert "un résumé le lundi" in (await camille.home()).text


async def test_a_kind_that_somebody_switched_off_never_comes(workspace: Workspace) -> None:
    planned(workspace, "2027-01-28")
    robin = workspace.user("robin-ashgrove")
    await chooses(robin, kinds=["workplan"])
    await workspace.until("2027-01-30")
    assert await days(robin) == ["2027-01-25"]
    assert "Demonstration Lanterns: the workplan is due March 1, 2027" in (await on(robin, "2027-01-25")).headline
    assert "Light the pier" not in (await on(robin, "2027-01-25")).text


async def test_whoever_switched_all_reminders_off_is_promised_none(workspace: Workspace) -> None:
    for member, verb, promised, told in (
        (workspace.user("robin-ashgrove"), "notices", "a digest on Monday", "You switched all reminders off: none is sent."),
        (workspace.user("camille-clairval"), "avis", "un résumé le lundi", "Vous avez désactivé tous les rappels : aucun n'est envoyé."),
    ):
        assert promised in (await member.home()).text
        await chooses(member, kinds=[])
        for shown in (await member.home(), await member.asks(verb)):
            assert told in shown.text.replace("\u00a0", " ")
            assert promised not in shown.text


async def test_a_letter_is_in_the_readers_language_complete_in_itself_and_answers_go_to_the_secretariat(workspace: Workspace) -> None:
    planned(workspace, "2027-02-01", plan=CANOES)
    camille = workspace.user("camille-clairval")
    await chooses(camille, way="email")
    await workspace.until("2027-01-19")
    assert not await got(camille), "in Slack nothing comes"
    *_, first, second = workspace.sandbox.mailbox.of("camille.clairval@demonstration.example")
    assert second.reply_to == "secretariat@demonstration.example"
    letter = second.letter
    said = printed("Éclairer le quai (Canots de démonstration) : échéance le 1er février 2027, dans 14 jours")
    assert letter.subject == printed("Échéance le 1er février 2027 : Éclairer le quai")
    assert said in " ".join(letter.text.split("\n"))
    assert "Pour répondre, répondez à ce courriel ou écrivez au secrétariat" in " ".join(letter.text.split("\n"))
    assert 'lang="fr-CA"' in letter.html
    assert "Éclairer le quai" in letter.html
    assert first.letter.key != letter.key
    link = next(line for line in letter.text.split("\n") if line.startswith("http"))
    page = await workspace.client.get(link, headers={"accept-language": "fr-CA"})
    assert page.status_code == 200
    assert "Éclairer le quai" in page.text
    shown = await workspace.get("mail", user=camille.id)
    assert {each["language"] for each in shown["letters"]} == {"fr"}, "the tab shows them to whoever acts"


async def test_whoever_wants_both_gets_each_once(workspace: Workspace) -> None:
    planned(workspace, "2027-01-28")
    robin = workspace.user("robin-ashgrove")
    await chooses(robin, way="both")
    await workspace.until("2027-01-30")
    letters = workspace.sandbox.mailbox.of("robin.ashgrove@demonstration.example")
    sent = [f"{each.at.date()}" for each in letters if not re.search(BEGINS, each.letter.text.replace("\n", " "))]
    assert sent == await days(robin) == ["2027-01-11", "2027-01-18", "2027-01-25", "2027-01-28"]


PIER = "Light the pier|Éclairer le quai"
CO_CHAIR = """
format: 1
roles:
  - id: demo-lanterns.dominique-beaumarais
    person: dominique-beaumarais
    role: co_chair
    priority: demo-lanterns
    number: 90
    provenance: {record: {source: demonstration, standing: confirmed, confirmed_by: demonstration, confirmed_on: "2026-11-01"}}
  - id: demo-lanterns.casey-larkfield
    person: casey-larkfield
    role: alternate
    priority: demo-lanterns
    jurisdiction: demo-borealia
    number: 91
    provenance: {record: {source: demonstration, standing: confirmed, confirmed_by: demonstration, confirmed_on: "2026-11-01"}}
  - id: demo-lanterns.sacha-rivenord
    person: sacha-rivenord
    role: alternate
    priority: demo-lanterns
    number: 92
    provenance: {record: {source: demonstration, standing: confirmed, confirmed_by: demonstration, confirmed_on: "2026-11-01"}}
"""


@both_databases
async def test_leads_hear_first_their_alternates_and_co_chairs_from_seven_days_late(workspace: Workspace) -> None:
    does(workspace, OPERATOR, import_file, CO_CHAIR)
    does(workspace, JORDAN, workplans.move_due, LANTERNS, date(2027, 1, 19))
    robin, dominique, casey = (workspace.user(name) for name in ("robin-ashgrove", "dominique-beaumarais", "casey-larkfield"))
    await workspace.until("2027-01-25T03:00")
    assert "2027-01-19" in await days(robin)
    assert not [each for member in (dominique, casey) for each in await got(member) if each.reminder and is_of_the_lanterns(each)]
    await workspace.until("2027-01-31")
    assert not [each for member in (dominique, casey) for each in await got(member) if each.reminder and is_of_the_lanterns(each)]
    await workspace.until("2027-02-02")
    late = printed("Lanternes de démonstration : le plan de travail était à remettre le 19 janvier 2027, il y a 13 jours.")
    assert late in (await on(dominique, "2027-02-01")).text
    assert "the workplan was due January 19, 2027, 13 days ago." in (await on(casey, "2027-02-01")).text
    told = {member.person for member in workspace.members.values() for each in await got(member) if is_of_the_lanterns(each)}
    assert told == {"robin-ashgrove", "dominique-beaumarais", "casey-larkfield"}, "Sacha is the alternate of another government"


@both_databases
async def test_what_is_late_is_told_to_alternates_of_the_government_of_whoever_carries_it_out_and_to_no_other(workspace: Workspace) -> None:
    planned(workspace, "2027-01-13", "avery-plumridge", plan=ORCHARDS)
    await workspace.until("2027-02-02")
    told = {member.person for member in workspace.members.values() for each in await got(member) if re.search(PIER, each.text)}
    assert {"avery-plumridge", "sacha-rivenord", "morgan-fernhill", "dominique-beaumarais"} <= told, "co-chairs see to the group's work"
    assert "casey-larkfield" not in told, "an alternate of another government"


async def test_whoever_puts_something_off_past_its_due_day_is_told_so(workspace: Workspace) -> None:
    planned(workspace, "2027-01-20")
    await workspace.until("2027-01-18T18:00")
    options = (await on(workspace.user("robin-ashgrove"), "2027-01-18")).element("notices.later")["options"]
    beyond = [each["text"]["text"] for each in options if "after the due day" in each.get("description", {}).get("text", "")]
    assert beyond == ["In 3 days", "Next Monday"]


def is_of_the_lanterns(each: Got) -> bool:
    return "Demonstration Lanterns" in each.text or "Lanternes de démonstration" in each.text


async def test_a_group_that_meets_no_more_is_left_alone(workspace: Workspace) -> None:
    planned(workspace, "2027-01-28", plan=ORCHARDS)
    await workspace.until("2027-01-12")
    morgan = workspace.user("morgan-fernhill")
    assert await days(morgan) == ["2027-01-11"]
    does(workspace, OPERATOR, sunset)
    await workspace.until("2027-03-20")
    told = [each.text for member in workspace.members.values() for each in await got(member)]
    assert sum("Light the pier" in text or "Éclairer le quai" in text for text in told) == 1
    assert not [text for text in told if "Orchards Working Group: the workplan" in text and not re.search(BEGINS, text)]


def sunset(session: Session) -> None:
    session.get_one(Group, "demo-orchards").state = "sunset"
