"""A time is found in Slack: each person sees the times where they live, answers with a click, and one becomes the meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from cadre.core.reader import Actor
from cadre.meetings import poll_reading, polling
from cadre.meetings.views import SlotFacts
from tests.conftest import both_databases
from tests.notices.scenarios import JORDAN, does, got, printed
from tests.slack import meetings as world
from tests.slack.meetings import MORGAN, coming, only, told
from tests.slack.minuted import offered
from tests.slack.polls import FORM, SLOTS, asked, presses, question, stands
from tests.workspace import Workspace

workspace = world.workspace
MAXIME = Actor("Maxime Grandchêne", "maxime-grandchene")


def said(**answers: Sequence[SlotFacts]) -> dict[str, Any]:
    """What is chosen in the window: an answer -> the times that it is for."""
    return {f"slot_{each.id}": answer for answer, slots in answers.items() for each in slots}


@both_databases
async def test_from_the_question_to_the_meeting(workspace: Workspace) -> None:
    morgan, casey, maxime = (workspace.user(name) for name in ("morgan-fernhill", "casey-larkfield", "maxime-grandchene"))
    await morgan.commands("poll Demonstration Orchards")
    await morgan.submits(
        day_0="2027-01-27", day_1="2027-01-28", at_0="14:00", at_1="16:30", slots="January 29 at 10 am", title_en="Grafting"
    )
    window = await morgan.window()
    assert "You ask about 5 times" in window.text
    assert "Please note: Outside working hours, at 6:00\u00a0p.m." in window.text, "16:30 in Toronto is 18:00 in St. John's"
    assert "• 3:30\u00a0p.m. (St. John's, UTC−3:30): Maxime Grandchêne and Casey Larkfield" in window.text
    await morgan.submits()
    assert "people are asked." in (await morgan.window()).text
    await workspace.until(timedelta(minutes=1))
    message = await question(casey)
    assert "Wednesday, January 27, 2027, 3:30\u00a0p.m. (St. John's, UTC−3:30): not said yet" in message.text
    first = stands(workspace).slots[0]
    await presses(casey, message, "meetings.poll_yes", first.id)
    again = await casey.again(message)
    assert "3:30\u00a0p.m. (St. John's, UTC−3:30): yes" in again.text
    assert "yes counts as accepted, and if need be as accepted tentatively" in again.text
    await presses(maxime, await question(maxime), "meetings.poll_if_needed", first.id)
    assert printed("Le mercredi 27 janvier 2027 à 15 h\u00a030") in (await question(maxime)).text
    await morgan.clicks("meetings.poll", await question(morgan))
    ranking = await morgan.window()
    assert "Can: Casey Larkfield" in ranking.text
    await presses(morgan, ranking, "meetings.poll_choose", first.id)
    sure = await morgan.window()
    assert "Yes to this time counts as accepted, if need be as accepted tentatively." in sure.text
    before = len(await casey.sees())
    await morgan.submits(link="https://meet.example.org/orchards")
    assert "Invited: " in (await morgan.window()).text
    made = only(workspace)
    assert (made.facts.starts_at, made.counts.accepted, made.counts.tentative) == (first.instant, 2, 1)
    await workspace.until(timedelta(minutes=1))
    assert "A time was found" in (await casey.again(message)).text
    assert "Your answer: accepted" in await told(casey)
    assert "Votre réponse : acceptée provisoirement".split(maxsplit=1)[0] in await told(maxime)
    assert len(await casey.sees()) == before + 1, "one message: the invitation"


async def test_a_french_speaking_member_reads_and_answers_in_french(workspace: Workspace) -> None:
    maxime = workspace.user("maxime-grandchene")
    poll = await asked(workspace)
    message = await question(maxime)
    assert printed("Le mercredi 27 janvier 2027 à 15 h\u00a030 (St. John's, UTC−3\u00a0h\u00a030) : pas encore de réponse") in message.text
    assert printed("Dites d'ici au mercredi 20 janvier 2027 lesquels de ces 3 moments vous conviennent.") in message.text
    assert {"Oui", "Si nécessaire", "Non"} <= set(message.buttons)
    await presses(maxime, message, "meetings.poll_if_needed", poll.slots[0].id)
    assert "si nécessaire" in (await maxime.again(message)).text
    await maxime.clicks("Répondre pour tous les moments", message)
    await maxime.submits(**said(no=poll.slots[1:2]))
    assert "Votre réponse est enregistrée." in (await maxime.window()).text
    alix = Actor("Alix Belétang (U0ALIX)", "alix-beletang")
    other = does(workspace, alix, polling.open_poll, replace(FORM, title_fr="Émondage", invited=("maxime-grandchene",)))
    await maxime.clicks("meetings.poll", await offered(maxime, "meetings.poll", str(other.id)))
    assert "Sondage d'Alix Belétang." in (await maxime.window()).text
    answers = next(each.answers for each in stands(workspace).voices if each.person.id == "maxime-grandchene")
    assert answers == {poll.slots[0].id: "if_needed", poll.slots[1].id: "no"}


async def test_only_the_message_of_whoever_answers_is_drawn_anew(workspace: Workspace) -> None:
    casey, poll = workspace.user("casey-larkfield"), await asked(workspace)
    before = len(await workspace.sent("chat.update"))
    await presses(casey, await question(casey), "meetings.poll_yes", poll.slots[0].id)
    assert len(await workspace.sent("chat.update")) == before + 1


async def test_many_times_are_listed_and_answered_in_a_window(workspace: Workspace) -> None:
    casey = workspace.user("casey-larkfield")
    slots = tuple((date(2027, 2, 1) + timedelta(days=n // 4), time(10 + n % 4)) for n in range(20))
    poll = await asked(workspace, replace(FORM, slots=slots))
    message = await casey.last_dm()
    assert message.text.count("not said yet") == 20
    assert "Yes" not in message.buttons
    await casey.clicks("Answer for all times", message)
    assert (await casey.submits())["errors"], "nothing was said"
    await casey.submits(**said(yes=poll.slots))
    assert (await casey.again(message)).text.count(": yes") == 20
    await workspace.user("morgan-fernhill").commands("poll")
    listing = await workspace.user("morgan-fernhill").window()
    await presses(workspace.user("morgan-fernhill"), listing, "meetings.poll_say", poll.id)
    assert "When can you?" in (await workspace.user("morgan-fernhill").window()).text


async def test_who_clicks_while_somebody_chooses_is_told_who_chose_and_nothing_is_stored(workspace: Workspace) -> None:
    casey, poll = workspace.user("casey-larkfield"), await asked(workspace)
    message = await question(casey)
    await casey.clicks("Answer for all times", message)
    does(workspace, MORGAN, polling.choose, poll.id, poll.slots[0].id)
    await casey.submits(**said(yes=poll.slots[:1]))
    assert "A time was chosen: " in (await casey.window()).text
    assert "Decided by Morgan Fernhill" in (await casey.window()).text
    await presses(casey, message, "meetings.poll_yes", poll.slots[0].id)
    assert "Decided by Morgan Fernhill" in await told(casey)
    assert stands(workspace).answered == 0
    assert only(workspace).counts.accepted == 1, "who chose it, and nobody else"


async def test_two_who_choose_at_once_make_one_meeting_and_the_second_is_told(workspace: Workspace) -> None:
    morgan, jordan, poll = workspace.user("morgan-fernhill"), workspace.secretariat(), await asked(workspace)
    for member, slot in ((morgan, poll.slots[0]), (jordan, poll.slots[1])):
        await member.commands("poll")
        await member.clicks("meetings.poll" if member is jordan else "meetings.poll_say", await member.window())
        if member is morgan:
            await member.closes()
            await member.clicks("meetings.poll", await question(morgan))
        await presses(member, await member.window(), "meetings.poll_choose", slot.id)
    await morgan.submits()
    await jordan.submits()
    assert "Decided by Morgan Fernhill" in (await jordan.window()).text
    assert only(workspace).facts.starts_at == poll.slots[0].instant


async def test_whoever_made_a_poll_hears_that_somebody_else_chose_and_has_no_second_message_if_invited(workspace: Workspace) -> None:
    poll = does(workspace, JORDAN, polling.open_poll, replace(FORM, invited=("morgan-fernhill", "casey-larkfield")))
    does(workspace, MORGAN, polling.choose, poll.id, poll.slots[0].id)
    await workspace.until(timedelta(minutes=1))
    assert "Morgan Fernhill chose a time in your poll: Grafting" in await told(workspace.secretariat())
    other = does(workspace, MORGAN, polling.open_poll, replace(FORM, title_en="Pruning", invited=("morgan-fernhill", "casey-larkfield")))
    does(workspace, JORDAN, polling.choose, other.id, other.slots[1].id)
    await workspace.until(timedelta(minutes=1))
    said = [each.text for each in await workspace.user("morgan-fernhill").sees() if "Jordan Wrenwood" in each.text]
    assert ["Jordan Wrenwood invites you, at the time that was found: Pruning" in each for each in said] == [True]


async def test_the_silent_are_reminded_three_times_and_who_answered_is_not(workspace: Workspace) -> None:
    casey, maxime, poll = workspace.user("casey-larkfield"), workspace.user("maxime-grandchene"), await asked(workspace)
    await presses(casey, await question(casey), "meetings.poll_no", poll.slots[0].id)
    await workspace.until("2027-01-22T18:00")
    assert [each for each in await got(casey) if each.reminder] == []
    reminders = [each for each in await got(maxime) if each.reminder]
    assert [each.day for each in reminders] == ["2027-01-15", "2027-01-19", "2027-01-20"], "the 17th is a Sunday"
    assert "C'est aujourd'hui le dernier jour pour indiquer vos disponibilités" in reminders[-1].text
    morgan = [each for each in await got(workspace.user("morgan-fernhill")) if "Choose a time" in each.text]
    assert morgan, "whoever began it is asked to choose"


async def test_what_a_line_leaves_open_is_asked_and_never_guessed(workspace: Workspace) -> None:
    morgan = workspace.user("morgan-fernhill")
    await morgan.commands("poll Demonstration Orchards, 03/04 at 2 pm; March 5 at 10:00")
    for typed, why in (
        ("03/04 at 2 pm", "“03/04 at 2 pm” may be Thursday, March 4, 2027; or Saturday, April 3, 2027."),
        ("March 4 at 8:30", "“March 4 at 8:30” may be at 8:30\u00a0a.m. or 8:30\u00a0p.m."),
        ("March 4", "“March 4” names no time of day."),
        ("January 4 at 2 pm", "“January 4 at 2 pm”: Monday, January 4, 2027 is past."),
        ("at 2 pm", "“at 2 pm” names no day."),
        ("March 4 at 2 pm or 3 pm", "names more than one time"),
    ):
        answered = await morgan.submits(slots=f"March 5 at 10 am\n{typed}")
        assert why in answered["errors"]["slots"]
    answered = await morgan.submits(slots="March 5 at 10 am")
    assert "Choose between 2 and 20 times." in answered["errors"]["slots"]
    assert (await morgan.submits(slots="March 5 at 10 am\nMarch 5 at 11 am Vancouver time"))["response_action"] == "update"
    assert "1:00\u00a0p.m. (Winnipeg, UTC−5)" in (await morgan.window()).text, "11 in Vancouver is 1 p.m. where Morgan is"


async def test_the_secretariat_records_an_answer_and_closes_a_poll(workspace: Workspace) -> None:
    jordan, casey, poll = workspace.secretariat(), workspace.user("casey-larkfield"), await asked(workspace)
    await jordan.commands("poll")
    await jordan.clicks("meetings.poll", await jordan.window())
    await jordan.clicks("Record an answer", await jordan.window())
    await jordan.submits(person="casey-larkfield", **said(if_needed=poll.slots[2:]))
    assert "If need be: Casey Larkfield" in (await jordan.window()).text
    await workspace.until(timedelta(minutes=1))
    assert "recorded when you can meet" in await told(casey)
    await jordan.clicks("Close without a time", await jordan.window())
    await jordan.submits()
    assert "Closed, and no time was chosen." in (await jordan.window()).text
    await workspace.until(timedelta(minutes=1))
    assert "closed the poll without choosing a time" in await told(casey)
    assert coming(workspace) == ()


async def test_whoever_is_not_asked_sees_no_poll(workspace: Workspace) -> None:
    poll, stranger = await asked(workspace, replace(FORM, invited=("maxime-grandchene",))), workspace.user("casey-larkfield")
    await stranger.commands("poll")
    assert "No poll is open." in (await stranger.window()).text
    await stranger.commands("poll March 3 at 2 pm")
    assert "Leads, co-chairs and the secretariat arrange meetings." in (await stranger.window()).text
    await workspace.quiet()
    assert [each.asked for each in workspace.database.read(poll_reading.polls, MAXIME)] == [poll.asked]


async def test_app_home_shows_what_waits_for_an_answer(workspace: Workspace) -> None:
    casey, poll = workspace.user("casey-larkfield"), await asked(workspace)
    assert "A time is to be found" in (await casey.home()).text
    await presses(casey, await question(casey), "meetings.poll_yes", poll.slots[0].id)
    assert "A time is to be found" not in (await casey.home()).text


async def test_whoever_made_a_poll_sees_its_ranking_before_they_have_answered_it(workspace: Workspace) -> None:
    morgan, poll = workspace.user("morgan-fernhill"), await asked(workspace)
    does(workspace, Actor("Casey Larkfield", "casey-larkfield"), polling.answer_slot, poll.slots[0].id, "yes")
    await morgan.commands("poll")
    for shown in (await morgan.window(), await morgan.home()):
        assert {"Answer", "Choose a time"} <= set(shown.buttons)
    await presses(morgan, await morgan.window(), "meetings.poll", poll.id)
    assert "Can: Casey Larkfield" in (await morgan.window()).text
    casey = workspace.user("casey-larkfield")
    await casey.commands("poll")
    assert "Choose a time" not in (await casey.window()).buttons


async def test_a_question_comes_when_slack_is_back_and_once(workspace: Workspace) -> None:
    await workspace.fault("chat.postMessage", "down", times=2)
    does(workspace, MORGAN, polling.open_poll, replace(FORM, invited=("casey-larkfield",)))
    await workspace.until("2027-01-11T19:00")
    assert await question(workspace.user("casey-larkfield"))


async def test_in_a_digest_a_poll_is_one_thing_among_others(workspace: Workspace) -> None:
    await asked(workspace)
    does(workspace, JORDAN, polling.open_poll, replace(FORM, title_en="Pruning", slots=SLOTS[:2]))
    await workspace.until("2027-01-15T18:00")
    (reminder,) = [each for each in await got(workspace.user("casey-larkfield")) if each.reminder]
    assert "2 things wait for you." in reminder.text
    assert "Yes" not in reminder.said.buttons
    assert reminder.said.buttons.count("Answer for all times") == 2
