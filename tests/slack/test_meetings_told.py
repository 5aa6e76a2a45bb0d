"""What people are told of a meeting that changes, and what is refused to those who may do nothing in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

from bot.meetings import actions
from cadre.core.bilingual import Bilingual
from cadre.core.reader import Actor
from cadre.meetings import service as meetings
from cadre.meetings.service import Rsvp
from cadre.meetings.views import MeetingForm, Repeat
from tests.notices.scenarios import JORDAN, does, printed
from tests.slack import meetings as world
from tests.slack.meetings import MORGAN, ORCHARDS, coming
from tests.slack.minuted import offered, opens
from tests.workspace import Shown, Workspace

workspace = world.workspace


async def test_each_message_about_a_moved_meeting_keeps_what_it_told_and_only_the_last_has_buttons(workspace: Workspace) -> None:
    casey, dominique = workspace.user("casey-larkfield"), Actor("Dominique Beaumarais (U0DOMINIQUE)", "dominique-beaumarais")
    form = MeetingForm(ORCHARDS, day=date(2027, 3, 2), at=time(14))
    made = does(workspace, MORGAN, meetings.schedule, form)
    await workspace.until(timedelta(minutes=1))
    people = [each.person.id for each in does(workspace, MORGAN, meetings.invitees, made.id, MORGAN)]
    left = next(each for each in people if each not in ("casey-larkfield", "morgan-fernhill", "dominique-beaumarais"))
    fewer = tuple(each for each in people if each != left)
    does(workspace, MORGAN, meetings.change, made.id, replace(form, invited=fewer), shown=0)
    await workspace.until(timedelta(minutes=1))
    asked = await casey.last_dm()
    assert "has changed since" not in asked.text, "others on the list are no change for whoever stays on it"
    assert "Accept" in asked.buttons
    for shown, (by, hour, why) in enumerate(((MORGAN, 15, "A clash"), (dominique, 16, "A storm"), (dominique, 15, None))):
        await workspace.until(timedelta(minutes=1))
        reason = Bilingual(why, why) if why else None
        does(workspace, by, meetings.change, made.id, replace(form, at=time(hour), minutes=45), shown=shown + 1, why=reason)
    await workspace.until(timedelta(minutes=1))
    *earlier, last = [each for each in await casey.sees() if each["is_bot"]][-4:]
    first, second, third = (each.text.replace("\u00a0", " ") for each in earlier)
    assert "Morgan Fernhill invites you: " in first
    assert "2027, 3:30 p.m. (St. John's" in first
    assert "Morgan Fernhill moved " in second
    assert "2027, 4:30 p.m. (St. John's" in second
    assert "It was Tuesday, March 2, 2027, 3:30 p.m. (St. John's" in second
    assert "Reason: A clash" in second
    assert [("Changed besides: length" in each) for each in (first, second, third)] == [False, True, False]
    assert "Dominique Beaumarais moved " in third
    assert "It was Tuesday, March 2, 2027, 4:30 p.m. (St. John's" in third
    assert "Reason: A storm" in third
    assert [("It has changed since." in each.text, each.buttons) for each in earlier] == [(True, [])] * 3
    assert "Accept" in last.buttons
    assert "has changed since" not in last.text


async def file(workspace: Workspace, shown: Shown, label: str) -> str:
    """The calendar file to which a button leads."""
    address = next(each["url"] for each in shown.elements if each.get("url") and each["text"]["text"] == label)
    return (await workspace.client.get(address)).text.replace("\r\n ", "")


async def test_in_slack_a_button_takes_a_cancelled_meeting_out_of_ones_calendar(workspace: Workspace) -> None:
    casey = workspace.user("casey-larkfield")
    form = MeetingForm(ORCHARDS, day=date(2027, 3, 2), at=time(14), invited=("morgan-fernhill", "casey-larkfield"))
    made = does(workspace, MORGAN, meetings.schedule, form)
    await workspace.until(timedelta(minutes=1))
    asked = await casey.last_dm()
    old = next(each["url"] for each in asked.elements if each.get("url"))
    does(workspace, MORGAN, meetings.cancel, made.id, None, shown=0)
    await workspace.until(timedelta(minutes=1))
    message, anybody = await casey.last_dm(), workspace.user("avery-plumridge")
    assert (await casey.again(asked)).buttons == []
    await casey.clicks(actions.OPEN, await offered(casey, actions.OPEN, made.id))
    for shown in (message, await casey.window()):
        assert "Add to my calendar" not in shown.buttons
        gone = await file(workspace, shown, "Remove from my calendar")
        assert ["METHOD:CANCEL" in gone, "STATUS:CANCELLED" in gone, f"UID:{made.id}@" in gone, "SEQUENCE:1" in gone] == [True] * 4
    assert "METHOD:CANCEL" in (await workspace.client.get(old)).text, "the link that was sent first says so too"
    await anybody.clicks(actions.OPEN, await offered(anybody, actions.OPEN, made.id))
    assert "Remove from my calendar" not in (await anybody.window()).buttons, "they were not to come"


async def test_in_slack_buttons_end_a_series_that_goes_on_as_another_in_ones_calendar(workspace: Workspace) -> None:
    casey = workspace.user("casey-larkfield")
    form = MeetingForm(ORCHARDS, day=date(2027, 3, 2), at=time(14), invited=("morgan-fernhill", "casey-larkfield"))
    does(workspace, MORGAN, meetings.schedule, replace(form, repeat=Repeat("week")))
    third = coming(workspace)[2]
    later = replace(form, day=date(2027, 3, 16), at=time(15))
    does(workspace, MORGAN, meetings.change, third.id, later, shown=0, onwards=True)
    await workspace.until(timedelta(minutes=1))
    message = await casey.last_dm()
    now, before = [await file(workspace, message, label) for label in ("Add to my calendar", "Update the earlier series in my calendar")]
    assert ("UID:series-2@" in now, "UID:series-1@" in now, "UNTIL=" in now) == (True, False, False)
    assert ("UID:series-1@" in before, "METHOD:REQUEST" in before, "UNTIL=20270310T0" in before) == (True, True, True)
    fourth = coming(workspace)[3]
    alone = replace(later, day=date(2027, 3, 23), invited=("morgan-fernhill",))
    does(workspace, MORGAN, meetings.change, fourth.id, alone, shown=fourth.revision, onwards=True)
    await workspace.until(timedelta(minutes=1))
    assert "took you off the list" in (await casey.last_dm()).headline
    left = await file(workspace, await casey.last_dm(), "Remove from my calendar")
    assert ("UID:series-2@" in left, "UNTIL=20270317T0" in left) == (True, True), "what they still come to stays"
    second = coming(workspace)[1]
    does(workspace, MORGAN, meetings.cancel, second.id, None, shown=second.revision)
    await workspace.until(timedelta(minutes=1))
    one = await file(workspace, await casey.last_dm(), "Remove from my calendar")
    assert ("METHOD:CANCEL" in one, "RECURRENCE-ID" in one) == (True, True), "one of a series, alone"


async def test_one_of_a_series_that_was_cancelled_does_not_say_that_it_comes_again(workspace: Workspace) -> None:
    form = MeetingForm(ORCHARDS, day=date(2027, 3, 2), at=time(14), invited=("morgan-fernhill",), repeat=Repeat("week"))
    does(workspace, MORGAN, meetings.schedule, form)
    second, chair = coming(workspace)[1], workspace.user("morgan-fernhill")
    assert "Comes again" in (await opens(chair, actions.OPEN, second.id)).text
    does(workspace, MORGAN, meetings.cancel, second.id, None, shown=0, onwards=True)
    shown = (await opens(chair, actions.OPEN, second.id)).text
    assert ("Cancelled." in shown, "Comes again" in shown) == (True, False)


async def test_after_a_move_whoever_had_answered_hears_that_they_are_to_answer_again_and_who_stands_in_no_more(
    workspace: Workspace,
) -> None:
    casey, maxime, robin = (workspace.user(name) for name in ("casey-larkfield", "maxime-grandchene", "robin-ashgrove"))
    form = MeetingForm(ORCHARDS, day=date(2027, 3, 2), at=time(14), title_en="Frost", title_fr="Gel")
    made = does(workspace, MORGAN, meetings.schedule, form)
    does(workspace, Actor("Casey Larkfield", "casey-larkfield"), meetings.respond, made.id, Rsvp("accepted"))
    stands_in = Rsvp("declined", stands_in="robin-ashgrove")
    does(workspace, Actor("Maxime Grandchêne", "maxime-grandchene"), meetings.respond, made.id, stands_in)
    await workspace.until(timedelta(minutes=1))
    (asked,) = (each for each in await robin.sees() if "asks you to come" in each.text)
    does(workspace, MORGAN, meetings.change, made.id, replace(form, at=time(15)), shown=0)
    await workspace.until(timedelta(minutes=1))
    assert "Your answer was for the earlier time: please answer again." in (await casey.last_dm()).text
    assert "in your place" not in (await casey.last_dm()).text
    assert printed("Votre réponse valait pour l'ancienne heure : veuillez répondre de nouveau.") in (await maxime.last_dm()).text
    assert "Robin Ashgrove n'a plus à vous remplacer." in (await maxime.last_dm()).text
    assert "please answer again" not in (await workspace.user("avery-plumridge").last_dm()).text, "they had not answered"
    down = (await robin.last_dm()).headline
    assert down.startswith("The meeting was moved; you need not come in place of Maxime Grandchêne: Frost")
    assert (await robin.again(asked)).headline.startswith("You are not to come in place of Maxime Grandchêne: Frost")
    await casey.clicks("Accept", await casey.last_dm())
    assert "please answer again" not in (await casey.last_dm()).text
    does(workspace, Actor("Maxime Grandchêne", "maxime-grandchene"), meetings.respond, made.id, stands_in)
    await workspace.until(timedelta(minutes=1))
    assert (await robin.last_dm()).headline.startswith("Maxime Grandchêne asks you to come in their place: Frost")
    does(workspace, Actor("Maxime Grandchêne", "maxime-grandchene"), meetings.respond, made.id, Rsvp("accepted"))
    await workspace.until(timedelta(minutes=1))
    assert (await robin.last_dm()).headline.startswith("You need not come in place of Maxime Grandchêne any more: Frost")


async def test_one_click_declines_one_meeting_of_a_series_or_all_of_it(workspace: Workspace) -> None:
    casey = workspace.user("casey-larkfield")
    form = MeetingForm(ORCHARDS, day=date(2027, 3, 2), at=time(14), repeat=Repeat("week", until=date(2027, 3, 23)))
    does(workspace, MORGAN, meetings.schedule, form)
    await workspace.until(timedelta(minutes=1))
    (asked,) = (each for each in await casey.sees() if "invites you" in each.text)
    beside = [each["text"]["text"] for each in asked.elements if each["type"] == "button"]
    assert {"Accept", "Accept all of the series", "Decline", "Decline all of the series"} <= set(beside), "none stands behind a ⋯"
    await casey.clicks("Decline all of the series", asked)
    assert [each.counts.declined for each in coming(workspace)] == [1] * 4
    await workspace.until(timedelta(minutes=1))
    shown = await casey.again(asked)
    assert "Your answer, given for the whole series: declined" in shown.text
    await casey.clicks("Accept", shown)
    assert [each.counts.declined for each in coming(workspace)] == [0, 1, 1, 1]


async def test_a_window_in_which_somebody_may_do_nothing_is_not_opened(workspace: Workspace) -> None:
    form = MeetingForm(ORCHARDS, day=date(2027, 3, 3), at=time(14), invited=("morgan-fernhill", "casey-larkfield"))
    made, arrange = does(workspace, JORDAN, meetings.schedule, form), "Only leads, co-chairs and the secretariat may do this."
    asked = "Only those who are asked or invited, and whoever arranges it, may do this."
    secretariat = "Only the secretariat may do this. Write to one of its members."
    stranger, member, chair = workspace.newcomer(), workspace.user("casey-larkfield"), workspace.user("morgan-fernhill")
    for who, action, refusal in (
        (stranger, actions.EDIT, arrange),
        (stranger, actions.STAND_IN, asked),
        (member, actions.EDIT, arrange),
        (member, actions.CANCEL, arrange),
        (chair, actions.RECORD, secretariat),
    ):
        await who.clicks(action, await offered(who, action, made.id))
        assert (await who.windows(), (await who.last_dm()).headline) == ([], refusal)
