"""What a sentence says of a meeting is asked about, shown and never guessed, before anybody is invited."""

from __future__ import annotations

from datetime import date, timedelta

from tests.notices.scenarios import printed
from tests.slack import meetings as world
from tests.slack.meetings import coming, only
from tests.workspace import Workspace

workspace = world.workspace


async def test_a_sentence_says_how_often_until_when_and_how_long(workspace: Workspace) -> None:
    alix = workspace.user("alix-beletang")
    await alix.commands("réunion vergers de démonstration, tous les jeudis de 13 h à 14 h 30 heure de Toronto jusqu'en mai, ponctualité")
    window = await alix.window()
    assert printed("Chaque semaine, le jeudi, jusqu'au 31 mai 2027 : 20 réunions") in window.text
    assert printed("Non compris, donc laissé de côté : « ponctualité ».") in window.text
    assert printed("jour férié") not in window.text, "none of these Thursdays is one"
    await alix.submits(repeat="week:2")
    window = await alix.window()
    assert printed("Toutes les 2 semaines, le jeudi, jusqu'au 31 mai 2027 : 10 réunions") in window.text, "another rule is shown first"
    await alix.submits()
    await alix.commands("réunions")
    assert printed("Toutes les 2 semaines, le jeudi, jusqu'au 31 mai 2027 : 9 autres") in (await alix.window()).text
    await alix.clicks("Toute la série", await alix.window())
    whole = await alix.window()
    assert printed("à 13 h (heure de Toronto)") in whole.text
    assert whole.buttons.count("Ouvrir") == 10
    made = coming(workspace)
    assert (len(made), made[0].facts.minutes, made[0].facts.held and made[0].facts.held.first) == (10, 90, date(2027, 1, 14))


async def test_a_meeting_in_person_is_arranged_by_a_sentence_too(workspace: Workspace) -> None:
    alix = workspace.user("alix-beletang")
    await alix.commands("réunion en personne à Winnipeg du 9 au 11 mars, groupe de travail de démonstration sur les vergers")
    assert "Lieu, en français" in (await alix.window()).text
    await alix.submits(at="09:00")
    await alix.submits()
    facts = only(workspace).facts
    assert (facts.kind, facts.last_day, facts.zone) == ("in_person", date(2027, 3, 11), "America/Winnipeg")
    assert facts.place
    assert facts.place.fr == "Winnipeg"


async def test_the_clocks_of_the_place_count_from_the_first_saving_on(workspace: Workspace) -> None:
    alix = workspace.user("alix-beletang")
    await alix.commands("réunion en personne à Regina en mars, groupe de travail de démonstration sur les vergers")
    await alix.submits()
    await alix.clicks("Modifier ou déplacer", await alix.window())
    await alix.submits(day="2027-03-15", at="09:00", last_day="2027-03-17")
    checked = (await alix.window()).text
    assert printed("9 h (Regina, UTC−6)") in checked
    assert "(Toronto" not in checked, "all meet there: its clocks count"
    await alix.submits()
    assert only(workspace).facts.zone == "America/Regina"
    await workspace.until(timedelta(minutes=1))
    shown = (await alix.window()).text
    assert (shown.count(printed("15 mars 2027")), printed("1 heure") in shown) == (1, False), "told once, and no hours of several days"


async def test_the_clocks_of_a_place_that_is_typed_are_proposed_before_others_count(workspace: Workspace) -> None:
    alix, warned = workspace.user("alix-beletang"), "À Halifax, où se trouve ce lieu"
    await alix.commands("réunion en personne, groupe de travail de démonstration sur les vergers")
    await alix.submits(month="2027-03", place_fr="Hôtel du Port, Halifax", zone="America/Toronto")
    assert warned in (await alix.window()).text
    assert coming(workspace) == (), "nothing is stored yet"
    await alix.submits(zone="America/Halifax")
    assert warned not in (await alix.window()).text
    assert only(workspace).facts.zone == "America/Halifax"


async def test_a_day_that_is_past_is_asked_about_and_never_moved(workspace: Workspace) -> None:
    morgan = workspace.user("morgan-fernhill")
    await morgan.commands("meet Demonstration Orchards, January 4 at 2 pm Toronto time")
    assert "You wrote Monday, January 4, 2027, which is past." in (await morgan.window()).text
    assert "day" in (await morgan.submits())["errors"]
    await morgan.submits(day="2027-01-11", at="09:00")
    assert "at" in (await morgan.submits(at="09:00"))["errors"], "in Toronto it is 1 p.m."


async def test_what_a_sentence_names_besides_is_said(workspace: Workspace) -> None:
    morgan = workspace.user("morgan-fernhill")
    await morgan.commands("meet Demonstration Orchards and Demonstration Beehives, June 3 at 2 pm EST")
    text = (await morgan.window()).text
    assert "A meeting is of one group; not used: " in text
    assert "You wrote EST; taken as what the clock shows in Toronto that day (UTC−4)." in text


async def test_a_series_tells_of_months_without_its_date_and_of_all_its_days_off(workspace: Workspace) -> None:
    morgan = workspace.user("morgan-fernhill")
    await morgan.commands("meet Demonstration Orchards, monthly on the 31st at 2 pm Winnipeg time until December")
    window = await morgan.window()
    assert "there is no such date in February 2027, April 2027, June 2027, September 2027 and November 2027" in window.text
    assert "On a Sunday: everybody (January 31, 2027; and October 31, 2027)" in window.text
    assert "choose the last day of the month" in window.text
    assert "• From Wednesday, March 31, 2027, 3:00\u00a0p.m. (Toronto, UTC−4) on: " in window.text, "Winnipeg does not change its clocks"
    await morgan.submits(repeat="month_last:1")
    await morgan.submits()
    held = [str(each.occurrence) for each in coming(workspace)]
    assert (len(held), held[:2]) == (12, ["2027-01-31", "2027-02-28"])
