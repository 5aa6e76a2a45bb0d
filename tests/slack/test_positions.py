"""Questions put to a council, as those who speak for a seat answer them: from the message, from a window, by phone, too late."""

from __future__ import annotations

from datetime import timedelta

from cadre.core.dates import PartialDate
from cadre.decisions import putting, putting_times
from cadre.people.models import Role
from tests.notices.scenarios import JORDAN, does, printed
from tests.slack import put
from tests.slack.calls import casey, letter_to, maxime, soon, told
from tests.slack.put import opened, stances, stands, window_of
from tests.workspace import Workspace

workspace = put.workspace


async def test_whoever_speaks_for_a_seat_hears_of_it_with_all_that_is_fixed_and_supports_with_one_click(workspace: Workspace) -> None:
    question = await opened(workspace)
    said = await casey(workspace).last_dm()
    assert "Canoes: Bellorme, demonstration is asked for its position by Monday, February 1, 2027" in said.headline
    for text in ("Paint the canoes red", "no objection is sustained", "Silence is never consent", "Positions are seen by"):
        assert text in said.text
    await casey(workspace).clicks("Support", said)
    assert stances(workspace, question) == {"bellorme": ["supports"]}
    await soon(workspace)
    again = await casey(workspace).again(said)
    assert "Bellorme, demonstration has taken its position. It can be changed until" in again.headline
    assert again.buttons == ["Change the position", "Details"]
    assert "Paint the canoes red" in again.text
    assert "Supports – Casey Larkfield, in Slack, Monday, January 11, 2027" in again.text


async def test_in_french(workspace: Workspace) -> None:
    question = await opened(workspace)
    said = await maxime(workspace).last_dm()
    assert printed("Canots : la position de Bellorme, démonstration est attendue au plus tard le lundi 1er février 2027") in said.headline
    assert "Le silence ne vaut jamais consentement." in said.text
    await maxime(workspace).clicks("Une autre position", said)
    refused = await maxime(workspace).submits(stance="objects")
    assert refused["errors"] == {"comment": "Dites pourquoi vous vous opposez : une opposition doit être motivée.".replace(" :", "\u00a0:")}
    await maxime(workspace).submits(stance="objects", comment="Trop cher")
    assert stances(workspace, question) == {"bellorme": ["objects"]}
    window = await window_of(maxime(workspace), question)
    assert "s'oppose".capitalize() in window.text
    assert "Trop cher" in window.text


async def test_a_slide_is_answered_at_once_or_group_by_group(workspace: Workspace) -> None:
    question = await opened(workspace, items=2)
    await casey(workspace).clicks("One position on all", await window_of(casey(workspace), question))
    (chosen,) = (each for each in (await casey(workspace).window()).elements if each["type"] == "radio_buttons")
    assert "initial_option" not in chosen, "nobody supports by not looking"
    await casey(workspace).submits(stance="supports")
    window = await casey(workspace).window()
    assert "The position is stored. It can be changed until" in window.text
    assert stances(workspace, question) == {"bellorme": ["supports", "supports"]}
    assert window.text.count("Casey Larkfield, in Slack, ") == 2, "once above, once at the seat: not thing by thing"
    second = question.items[1].id
    await casey(workspace).clicks("Group by group", window)
    refused = await casey(workspace).submits(None, **{f"stance:{second}": "objects"})
    assert list(refused["errors"]) == [f"comment:{second}"]
    await casey(workspace).submits(None, **{f"stance:{second}": "objects", f"comment:{second}": "They float"})
    assert stances(workspace, question) == {"bellorme": ["supports", "objects"]}


async def test_of_member_and_alternate_at_once_one_stands_and_the_other_is_told(workspace: Workspace) -> None:
    question = await opened(workspace)
    await casey(workspace).clicks("Another position", await casey(workspace).last_dm())
    await maxime(workspace).clicks("Appuyer", await maxime(workspace).last_dm())
    await casey(workspace).submits(stance="reserves")
    assert stances(workspace, question) == {"bellorme": ["supports"]}
    shown = [each.text for each in await casey(workspace).windows()]
    assert any("Another position of this seat was taken meanwhile, and it stands." in each for each in shown)
    assert any("Position taken by Maxime Grandchêne" in each for each in shown)
    assert not any("Decided by" in each for each in shown)
    window = await casey(workspace).window()
    assert window["title"]["text"] == "Already taken"
    await casey(workspace).clicks("See or change the position", window)
    assert "Group by group" not in (await casey(workspace).window()).text
    item = question.items[0].id
    await casey(workspace).submits(None, **{f"stance:{item}": "reserves"})
    assert stances(workspace, question) == {"bellorme": ["reserves"]}


async def test_only_seats_that_are_silent_are_reminded(workspace: Workspace) -> None:
    await opened(workspace)
    await casey(workspace).clicks("Support", await casey(workspace).last_dm())
    await workspace.until("2027-01-26")
    reminded = "City of Pommeraie, demonstration has not taken its position. It closes in 7 days"
    assert any(reminded in said for said in await told(workspace.user("avery-plumridge")))
    assert any("n'a pas pris position. Clôture dans 7\u00a0jours" in said for said in await told(workspace.user("sacha-rivenord")))
    assert not any("has not taken its position" in said for said in await told(casey(workspace)))
    letter = await letter_to(workspace, "ellis.marshgrove")
    assert "has not taken its position" in letter.text


async def test_a_seat_that_answered_in_part_is_said_to_have_done_so(workspace: Workspace) -> None:
    question = await opened(workspace, items=2)
    await casey(workspace).clicks("Group by group", await casey(workspace).last_dm())
    await casey(workspace).submits(None, **{f"stance:{question.items[0].id}": "reserves"})
    window = await window_of(workspace.user("jordan-wrenwood"), question)
    assert "0 of 4 seats have taken their position. In part: 1." in window.text
    assert "1. reserves its position – Casey Larkfield, in Slack, " in window.text
    assert "Opened: Monday, January 11, 2027" in window.text
    await workspace.until("2027-01-26")
    assert any(
        "Bellorme, demonstration has taken its position on 1 of 2 points. It closes in" in said for said in await told(casey(workspace))
    )
    assert any("a pris position sur 1\u00a0point sur 2. Clôture dans" in said for said in await told(maxime(workspace)))


async def test_the_secretariat_records_a_position_and_whoever_gave_it_is_told(workspace: Workspace) -> None:
    question = await opened(workspace)
    officer = workspace.user("jordan-wrenwood")
    window = await window_of(officer, question)
    seat = next(each.id for each in question.seats if each.place.id == "demo-borealia")
    overflow = next(
        each for each in window.elements if each["type"] == "overflow" and any(f":{seat}" in option["value"] for option in each["options"])
    )
    record = next(option["value"] for option in overflow["options"] if option["text"]["text"] == "Record a position")
    spot = {"action_id": overflow["action_id"], "block_id": overflow["block_id"], "view_id": window.id}
    await workspace.post("click", user=officer.id, value=record, **spot)
    await workspace.quiet()
    item = question.items[0].id
    said = {f"stance:{item}": "supports_with_comment", f"comment:{item}": "In spring"}
    await officer.submits(None, teller="ellis-marshgrove", way="phone", **said)
    assert stances(workspace, question) == {"borealia": ["supports_with_comment"]}
    how = "Ellis Marshgrove, by phone, January 11, 2027; recorded by Jordan Wrenwood"
    assert f"Supports, with a comment: “In spring” – {how}" in (await officer.window()).text
    letter = await letter_to(workspace, "ellis.marshgrove")
    assert "Jordan Wrenwood recorded the position of Borealia, demonstration, as you gave it." in letter.text
    assert "1. Paint the canoes red" in letter.text
    assert f"Supports, with a comment: “In spring” – {how}" in letter.text
    assert "If this is not right, reply to this e-mail." in letter.text
    assert "change it" not in letter.text


async def test_an_objection_after_the_closing_does_not_count_and_the_secretariat_sees_it(workspace: Workspace) -> None:
    question = await opened(workspace)
    does(workspace, JORDAN, putting_times.close_now, question.id)
    await soon(workspace)
    await casey(workspace).clicks("Say something late", await window_of(casey(workspace), question))
    item = question.items[0].id
    await casey(workspace).submits(None, **{f"stance:{item}": "objects", f"comment:{item}": "Too red"})
    assert "what you said does not count. It is kept, and the secretariat is told" in (await casey(workspace).window()).text
    assert stances(workspace, question) == {}
    assert [each.comment for each in stands(workspace, question).late] == ["Too red"]
    await soon(workspace)
    heard = await told(workspace.user("jordan-wrenwood"))
    assert any("Casey Larkfield spoke for Bellorme, demonstration after the closing" in each for each in heard)


async def test_a_representative_who_is_new_hears_of_it_and_the_position_stands(workspace: Workspace) -> None:
    question = await opened(workspace)
    await casey(workspace).clicks("Support", await casey(workspace).last_dm())
    seat = next(each.id for each in question.seats if each.place.id == "demo-bellorme")
    does(workspace, JORDAN, putting.set_speakers, question.id, seat, ["avery-plumridge"], [])
    await soon(workspace)
    avery = workspace.user("avery-plumridge")
    assert "Bellorme, demonstration has taken its position." in (await avery.last_dm()).text
    assert stances(workspace, question) == {"bellorme": ["supports"]}
    assert "You speak for" not in (await window_of(casey(workspace), question)).text


async def test_whoever_was_replaced_is_told_so(workspace: Workspace) -> None:
    question = await opened(workspace)
    asked = {each: await each.last_dm() for each in (casey(workspace), maxime(workspace))}
    seat = next(each.id for each in question.seats if each.place.id == "demo-bellorme")
    does(workspace, JORDAN, putting.set_speakers, question.id, seat, ["avery-plumridge"], [])
    for member, said in (
        (casey(workspace), "You no longer speak for this seat; the secretariat changed who does."),
        (maxime(workspace), "Vous ne parlez plus au nom de ce siège; le secrétariat a changé la représentation."),
    ):
        await member.clicks("decisions.support", asked[member])
        assert said in (await told(member))[-1]
    assert stances(workspace, question) == {}


async def test_whoever_is_of_no_council_sees_no_question(workspace: Workspace) -> None:
    await opened(workspace)
    newcomer = workspace.newcomer()
    await newcomer.commands("questions")
    assert "No question is put to a council of yours." in (await newcomer.window()).text


async def test_what_waits_stands_in_app_home_and_where_no_window_opens_in_a_message(workspace: Workspace) -> None:
    await opened(workspace)
    assert "Waits for the position of: Bellorme, demonstration" in (await casey(workspace).home()).text
    answer = await casey(workspace).asks("questions")
    assert "1 question to a council is open." in answer.headline
    await casey(workspace).clicks("All questions", answer)
    assert "Canoes" in (await casey(workspace).window()).text
    asked = [each for each in await casey(workspace).sees() if "is asked for its position" in each.headline]
    await casey(workspace).clicks("Support", asked[-1])
    assert "Waits for the position" not in (await casey(workspace).home()).text


async def test_comments_in_a_consultation(workspace: Workspace) -> None:
    question = await opened(workspace, kind="consultation", wording_en="", wording_fr="")
    said = await casey(workspace).last_dm()
    assert "Demonstration Council consults; comments are taken until" in said.headline
    assert "nothing is decided by this consultation" in said.text
    await casey(workspace).clicks("Write a comment", said)
    await casey(workspace).submits(text="Red fades")
    assert [each.text for each in stands(workspace, question).comments] == ["Red fades"]
    does(workspace, JORDAN, putting_times.close_now, question.id)
    officer = workspace.user("jordan-wrenwood")
    window = await window_of(officer, question)
    assert "Red fades" in window.text
    await officer.clicks("End the consultation", window)
    assert stands(workspace, question).question.state == "settled"


async def test_whoever_spoke_for_a_seat_and_left_is_told_so(workspace: Workspace) -> None:
    await opened(workspace, kind="consultation", wording_en="", wording_fr="")
    said, gone = await casey(workspace).last_dm(), PartialDate.parse("2026")
    does(workspace, JORDAN, lambda session: setattr(session.get_one(Role, "demo-council.casey-larkfield"), "until", gone))
    await casey(workspace).clicks("Write a comment", said)
    assert "You no longer speak for a seat of this council." in (await casey(workspace).last_dm()).text


async def test_it_opens_and_closes_by_itself(workspace: Workspace) -> None:
    draft = put.drafted(workspace)
    officer = workspace.user("jordan-wrenwood")
    await officer.clicks("Schedule", await window_of(officer, draft))
    assert "Scheduled: the question opens by itself, Tuesday, January 12, 2027" in (await officer.window()).text
    await workspace.until(timedelta(days=2))
    assert stands(workspace, draft).question.state == "open"
    await workspace.until("2027-02-02T18:00")
    assert stands(workspace, draft).question.state == "closed"
    assert any("Canoes: the question is closed. 0 of 4 seats have taken their position." in each for each in await told(officer))


async def test_more_time_an_early_end_and_a_withdrawal_are_told_with_why(workspace: Workspace) -> None:
    first, second, third = [await opened(workspace, title_en=name, title_fr=name) for name in ("Oars", "Sails", "Ropes")]
    does(workspace, JORDAN, putting_times.extend, first.id, put.CLOSES + timedelta(days=3), "Ice", "Glace")
    does(workspace, JORDAN, putting_times.close_now, second.id)
    does(workspace, JORDAN, putting_times.cancel, third.id, "Snow", "Neige")
    await soon(workspace)
    heard = "\n".join(await told(casey(workspace)))
    assert "Oars: Jordan Wrenwood gave more time, until Thursday, February 4, 2027" in heard
    assert "Reason: Ice" in heard
    assert "Sails: Jordan Wrenwood closed this question before the announced time (Monday, February 1, 2027" in heard
    assert "Ropes: Jordan Wrenwood withdrew this question. Nothing is decided. Reason: Snow" in heard
    french = "\n".join(await told(maxime(workspace)))
    assert printed("Oars : Jordan Wrenwood a accordé plus de temps. Nouvelle clôture : le jeudi 4 février 2027") in french
    assert printed("Ropes : Jordan Wrenwood a retiré cette question. Rien n'est décidé. Motif : Neige") in french
    assert printed("Sails : question close, pas encore tranchée.") in french, "what was sent is true too"


async def test_a_question_that_cannot_open_is_told_to_the_secretariat(workspace: Workspace) -> None:
    draft = put.drafted(workspace)
    does(workspace, JORDAN, putting_times.schedule, draft.id)
    does(
        workspace,
        JORDAN,
        lambda session: setattr(session.get_one(Role, "demo-council.ellis-marshgrove"), "until", PartialDate.parse("2026")),
    )
    await workspace.until("2027-01-13T18:00")
    heard = await workspace.user("jordan-wrenwood").last_dm()
    assert "Canoes: the question could not open at its time, because something is missing. It is a draft again." in heard.text
    assert "Say who speaks for each seat. Seats for which nobody does: 1." in heard.text
    await workspace.user("jordan-wrenwood").clicks("Open", heard)
    assert "nobody speaks for it" in (await workspace.user("jordan-wrenwood").window()).text
