"""What a sentence says of when: in both languages, and nothing guessed."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre.core.reader import Reader
from cadre.meetings.views import Repeat
from cadre.meetings.when import When, understood

TODAY: Final = date(2027, 2, 10)
"""A Wednesday."""


def day(sentence: str) -> date:
    (found,) = understood(sentence, TODAY).days
    return found


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Digital Identity WG, March 3 at 2 pm Toronto time",
            When((date(2027, 3, 3),), (time(14),), "America/Toronto", None, "Digital Identity WG"),
        ),
        ("GT sur le Cadre mardi prochain à 14 h", When((date(2027, 2, 16),), (time(14),), None, None, "GT sur le Cadre")),
        (
            "Conseil de la prestation de services, le 1er mars à midi, heure de Winnipeg, pendant 90 minutes",
            When((date(2027, 3, 1),), (time(12),), "America/Winnipeg", 90, "Conseil de la prestation de services"),
        ),
        (
            "Framework Working Group in two weeks at noon for an hour",
            When((date(2027, 2, 24),), (time(12),), None, 60, "Framework Working Group"),
        ),
        ("Identité numérique", When(rest="Identité numérique")),
        ("", When()),
    ],
)
def test_a_sentence_is_taken_apart(sentence: str, expected: When) -> None:
    assert understood(sentence, TODAY) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("2027-03-03", date(2027, 3, 3)),
        ("March 3rd", date(2027, 3, 3)),
        ("Mar. 3, 2028", date(2028, 3, 3)),
        ("the 3rd of March", date(2027, 3, 3)),
        ("3 mars 2028", date(2028, 3, 3)),
        ("le 1er mars", date(2027, 3, 1)),
        ("12 févr.", date(2027, 2, 12)),
        ("9 février", date(2028, 2, 9)),
        ("February 10", TODAY),
        ("February 29", date(2028, 2, 29)),
        ("13/04", date(2027, 4, 13)),
        ("04/13", date(2027, 4, 13)),
        ("04/04", date(2027, 4, 4)),
        ("next Tuesday", date(2027, 2, 16)),
        ("next Wednesday", date(2027, 2, 17)),
        ("ce mercredi", TODAY),
        ("Tuesday next week", date(2027, 2, 16)),
        ("Friday next week", date(2027, 2, 19)),
        ("Friday this week", date(2027, 2, 12)),
        ("mardi de la semaine prochaine", date(2027, 2, 16)),
        ("la semaine prochaine, vendredi", date(2027, 2, 19)),
        ("a week from Tuesday", date(2027, 2, 23)),
        ("two weeks from tomorrow", date(2027, 2, 25)),
        ("d'aujourd'hui en huit", date(2027, 2, 17)),
        ("demain en quinze", date(2027, 2, 25)),
        ("le 2e mardi d'avril", date(2027, 4, 13)),
        ("the last Friday of March", date(2027, 3, 26)),
        ("the first Monday in February", date(2028, 2, 7)),
        ("the 20th at 2 pm", date(2027, 2, 20)),
        ("le 15 à 14 h", date(2027, 2, 15)),
        ("le 1er à 14 h", date(2027, 3, 1)),
        ("on the 9th", date(2027, 3, 9)),
        ("le mardi 16 à 14 h", date(2027, 2, 16)),
        ("Friday 19 at 2 pm", date(2027, 2, 19)),
        ("Tuesday the 16th", date(2027, 2, 16)),
        ("in a fortnight", date(2027, 2, 24)),
        ("dans 15 jours", date(2027, 2, 24)),
        ("dans 8 jours", date(2027, 2, 17)),
        ("in 15 days", date(2027, 2, 25)),
        ("jeudi", date(2027, 2, 11)),
        ("ce vendredi", date(2027, 2, 12)),
        ("mardi 2 mars", date(2027, 3, 2)),
        ("Tuesday, March 2", date(2027, 3, 2)),
        ("today", TODAY),
        ("aujourd’hui", TODAY),
        ("tomorrow", date(2027, 2, 11)),
        ("demain", date(2027, 2, 11)),
        ("après-demain", date(2027, 2, 12)),
        ("the day after tomorrow", date(2027, 2, 12)),
        ("lundi en huit", date(2027, 2, 22)),
        ("in two weeks", date(2027, 2, 24)),
        ("dans trois jours", date(2027, 2, 13)),
        ("dans quinze jours", date(2027, 2, 24)),
        ("dans un mois", date(2027, 3, 10)),
        ("in 0 days", TODAY),
        ("in 10 days", date(2027, 2, 20)),
        ("in nine days", date(2027, 2, 19)),
        ("dans onze jours", date(2027, 2, 21)),
        ("dans sept jours", date(2027, 2, 17)),
        ("le 3 sept", date(2027, 9, 3)),
    ],
)
def test_a_day(sentence: str, expected: date) -> None:
    assert day(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("03/04", (date(2027, 3, 4), date(2027, 4, 3))),
        ("03-04-2028", (date(2028, 3, 4), date(2028, 4, 3))),
        ("3/4/2028", (date(2028, 3, 4), date(2028, 4, 3))),
        ("Tuesday, March 3", (date(2027, 3, 2), date(2027, 3, 3))),
        ("mardi 4 mars", (date(2027, 3, 2), date(2027, 3, 4))),
        ("on Wednesday", (TODAY, date(2027, 2, 17))),
        ("demain à minuit", (date(2027, 2, 11), date(2027, 2, 12))),
        ("tomorrow night at 12", (date(2027, 2, 11), date(2027, 2, 12))),
        ("mardi 19", (date(2027, 2, 16), date(2027, 2, 19))),
    ],
)
def test_a_day_that_may_be_either_of_two_is_asked_about(sentence: str, expected: tuple[date, ...]) -> None:
    assert understood(sentence, TODAY).days == expected


@pytest.mark.parametrize(("sentence", "expected"), [("Thursday 03/04", date(2027, 3, 4)), ("samedi 03/04", date(2027, 4, 3))])
def test_a_weekday_settles_which_of_two_days_is_meant(sentence: str, expected: date) -> None:
    assert understood(sentence, TODAY).days == (expected,)


@pytest.mark.parametrize("sentence", ["February 30", "31/02", "le 45 mars", "2027-13-01", "may we meet", "we march on"])
def test_what_is_no_day_is_none(sentence: str) -> None:
    assert understood(sentence, TODAY).days == ()


@pytest.mark.parametrize(
    ("sentence", "expected", "at"),
    [
        ("beehives 9 December 3 pm", date(2027, 12, 9), time(15)),
        ("5 March 3 pm", date(2027, 3, 5), time(15)),
        ("Friday 5 March 10 a.m.", date(2027, 3, 5), time(10)),
        ("Wednesday 17 March 12 pm Pacific time", date(2027, 3, 17), time(12)),
        ("March 12 2 pm", date(2027, 3, 12), time(14)),
    ],
)
def test_an_hour_behind_a_month_is_not_its_day(sentence: str, expected: date, at: time) -> None:
    found = understood(sentence, TODAY)
    assert (found.days, found.times) == ((expected,), (at,))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("2 pm", (time(14),)),
        ("2:30 p.m.", (time(14, 30),)),
        ("12 am", (time(0),)),
        ("12 pm", (time(12),)),
        ("14 h", (time(14),)),
        ("14h30", (time(14, 30),)),
        ("14 h 05", (time(14, 5),)),
        ("9 h du matin", (time(9),)),
        ("2 h de l’après-midi", (time(14),)),
        ("8 heures du soir", (time(20),)),
        ("14:30", (time(14, 30),)),
        ("09:30", (time(9, 30),)),
        ("noon", (time(12),)),
        ("midi", (time(12),)),
        ("minuit", (time(0),)),
        ("at 2", (time(14),)),
        ("at 9", (time(9),)),
        ("at 8", (time(8), time(20))),
        ("7:30", (time(7, 30), time(19, 30))),
        ("at 25", ()),
        ("14 pm", ()),
        ("à quatorze heures", (time(14),)),
        ("midi trente", (time(12, 30),)),
    ],
)
def test_a_time_of_day(sentence: str, expected: tuple[time, ...]) -> None:
    assert understood(sentence, TODAY).times == expected


@pytest.mark.parametrize(
    ("sentence", "zone"),
    [
        ("2 pm Eastern time", "America/Toronto"),
        ("14 h, heure de l’Est", "America/Toronto"),
        ("14 h, heure avancée du Pacifique", "America/Vancouver"),
        ("13:30 St. John's time", "America/St_Johns"),
        ("13 h 30, heure de Terre-Neuve", "America/St_Johns"),
        ("10 h, heure des Rocheuses", "America/Edmonton"),
        ("10 am Regina time", "America/Regina"),
        ("in Toronto at 2 pm", None),
        ("2 pm ET", "America/Toronto"),
        ("2 pm est tomorrow", "America/Toronto"),
        ("14:00 AT", "America/Halifax"),
        ("3 pm (Pacific) bees", "America/Vancouver"),
        ("14 h HNR", "America/Edmonton"),
        ("14 h, heure de l'Île-du-Prince-Édouard", "America/Halifax"),
        ("10 am Nunavut time", "America/Iqaluit"),
        ("14 h HAT", "America/St_Johns"),
        ("3 pm Newfoundland tomorrow", "America/St_Johns"),
        ("la réunion de 14 h est prévue", None),
        ("at 3 pm Atlantic Working Group", None),
    ],
)
def test_a_zone(sentence: str, zone: str | None) -> None:
    assert understood(sentence, TODAY).zone == zone


@pytest.mark.parametrize(
    ("sentence", "minutes", "times"),
    [
        ("for 1 hour", 60, ()),
        ("at 2 pm for 1 h 30", 90, (time(14),)),
        ("à 14 h pendant 45 minutes", 45, (time(14),)),
        ("une réunion d’une heure à 9 h", 60, (time(9),)),
        ("half an hour tomorrow", 30, ()),
        ("une heure et demie", 90, ()),
        ("for 2000 minutes", None, ()),
        ("à 14 h, pour 2 h", 120, (time(14),)),
        ("pour 2 h à 14 h", 120, (time(14),)),
        ("d'une durée de 2 h 30, à 9 h", 150, (time(9),)),
        ("pour 9 h", None, (time(9),)),
    ],
)
def test_a_length(sentence: str, minutes: int | None, times: tuple[time, ...]) -> None:
    found = understood(sentence, TODAY)
    assert (found.minutes, found.times) == (minutes, times)


@pytest.mark.parametrize(
    ("sentence", "first", "repeat"),
    [
        ("every Thursday at 2 pm until June", (2, 11), Repeat("week", 1, date(2027, 6, 30))),
        ("every second Tuesday", (2, 16), Repeat("week", 2)),
        ("every two weeks on Thursday until June 23, 2027", (2, 11), Repeat("week", 2, date(2027, 6, 23))),
        ("biweekly, Tuesday at 2 pm", (2, 16), Repeat("week", 2)),
        ("monthly on the first Monday", (3, 1), Repeat("month_weekday")),
        ("the third Thursday of each month, starting April 1", (4, 15), Repeat("month_weekday")),
        ("quarterly on the second Tuesday", (3, 9), Repeat("month_weekday", 3)),
        ("monthly on the 31st at 2 pm", (3, 31), Repeat("month_day")),
        ("the last day of every month", (2, 28), Repeat("month_last")),
        ("tous les jeudis à 14 h jusqu'en juin", (2, 11), Repeat("week", 1, date(2027, 6, 30))),
        ("chaque mardi jusqu'à la fin de juin", (2, 16), Repeat("week", 1, date(2027, 6, 30))),
        ("aux deux semaines le mardi", (2, 16), Repeat("week", 2)),
        ("toutes les sept semaines le mardi", (2, 16), Repeat("week", 7)),
        ("weekly on Thursdays for 6 weeks", (2, 11), Repeat("week", 1, date(2027, 3, 24))),
        ("tous les jeudis pendant trois mois", (2, 11), Repeat("week", 1, date(2027, 5, 10))),
        ("tous les deuxièmes mardis jusqu'en juin", (3, 9), Repeat("month_weekday", 1, date(2027, 6, 30))),
        ("un jeudi sur deux jusqu'au 24 juin", (2, 11), Repeat("week", 2, date(2027, 6, 24))),
        ("le premier lundi du mois", (3, 1), Repeat("month_weekday")),
        ("le dernier vendredi de chaque mois", (2, 26), Repeat("month_weekday_last")),
        ("tous les mois le 15", (2, 15), Repeat("month_day")),
        ("every Thursday from April 8 to June 24", (4, 8), Repeat("week", 1, date(2027, 6, 24))),
        ("du 10 décembre au 28 janvier, chaque vendredi", (12, 10), Repeat("week", 1, date(2028, 1, 28))),
        ("every Tuesday, ten times", (2, 16), Repeat("week", 1, date(2027, 4, 20))),
        ("weekly on Thursday starting in April", (4, 1), Repeat("week")),
    ],
)
def test_what_comes_again(sentence: str, first: tuple[int, int], repeat: Repeat) -> None:
    found = understood(sentence, TODAY)
    assert (found.days, found.repeat) == ((date(2027, *first),), repeat)


@pytest.mark.parametrize(
    "sentence",
    [
        "Tuesday of the week after",
        "mardi, deux semaines plus tard",
        "Tuesday or Thursday",
        "the Tuesday after next",
        "by Friday",
        "d'ici vendredi",
        "avant le 3 mars",
        "not Tuesday",
        "la semaine du 22 mars",
        "week of March 22",
    ],
)
def test_a_weekday_is_not_taken_where_other_words_of_days_are_left_over(sentence: str) -> None:
    assert understood(sentence, TODAY).days == ()


def test_a_day_of_a_month_stands_whatever_else_is_said() -> None:
    assert understood("Welcome Week, March 3 at 2 pm", TODAY).days == (date(2027, 3, 3),)


@pytest.mark.parametrize(("sentence", "at"), [("tonight at 7", time(19)), ("ce soir à 19 h", time(19)), ("this morning at 8", time(8))])
def test_the_half_of_the_day_says_which_hour_is_meant(sentence: str, at: time) -> None:
    found = understood(sentence, TODAY)
    assert (found.days, found.times) == ((TODAY,), (at,))


def test_what_is_no_rule_of_ours_is_left_over_and_not_guessed() -> None:
    assert understood("every day at 9 am", TODAY) == When(times=(time(9),), rest="every day")
    assert understood("every Monday and Wednesday at 2 pm", TODAY).rest == "and Wednesday"
    assert understood("every 0 weeks on Tuesday", TODAY).repeat is None
    assert understood("tomorrow until 4 pm", TODAY).times == (), "an end is no beginning"


@pytest.mark.parametrize(
    ("sentence", "times", "minutes"),
    [
        ("9:00-10:30", (time(9),), 90),
        ("2 to 3:30 pm", (time(14),), 90),
        ("11-1 pm", (time(11),), 120),
        ("from 2 to 3", (time(14),), 60),
        ("8-9:00", (time(8), time(20)), 60),
        ("14:00–15:30", (time(14),), 90),
        ("de 9 h à 10 h 30", (time(9),), 90),
        ("10 h 30 à midi", (time(10, 30),), 90),
        ("14h30-15h30", (time(14, 30),), 60),
        ("2027-03-02 14 h", (time(14),), None),
        ("réunion le 3 à 14 h", (time(14),), None),
        ("mardi 3 à 14 h", (time(14),), None),
        ("de 2 à 3 h", (time(2),), 60),
    ],
)
def test_an_end_says_how_long_it_takes(sentence: str, times: tuple[time, ...], minutes: int | None) -> None:
    found = understood(sentence, TODAY)
    assert (found.times, found.minutes) == (times, minutes)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("in person in Regina, March 9-11, Bees", ("Regina", "America/Regina", date(2027, 3, 9), date(2027, 3, 11), "Bees")),
        ("en personne à Québec du 9 au 11 mars, abeilles", ("Québec", "America/Toronto", date(2027, 3, 9), date(2027, 3, 11), "abeilles")),
        ("en personne au Centre des congrès, le 9 mars", ("Centre des congrès", None, date(2027, 3, 9), None, "")),
    ],
)
def test_where_people_meet_in_person_and_on_which_days(sentence: str, expected: tuple[object, ...]) -> None:
    found = understood(sentence, TODAY)
    assert found.in_person
    assert (found.place, found.zone, found.days[0], found.last_day, found.rest) == expected


def test_a_month_will_do_for_a_meeting_in_person() -> None:
    found = understood("in-person in Halifax in June", TODAY)
    assert (found.place, found.month and found.month.text) == ("Halifax", "2027-06")


@pytest.mark.parametrize(
    ("sentence", "passed"), [("February 3", date(2027, 2, 3)), ("le 9 février", date(2027, 2, 9)), ("January 5, 2028", None)]
)
def test_a_day_that_was_lately_is_not_moved_by_a_year_unseen(sentence: str, passed: date | None) -> None:
    assert understood(sentence, TODAY).passed == passed


def test_days_that_are_past_stay_past() -> None:
    assert (day("yesterday"), day("mardi dernier"), day("last Wednesday")) == (date(2027, 2, 9), date(2027, 2, 9), date(2027, 2, 3))
    assert understood("January 5", date(2027, 12, 20)).passed is None, "in December, the next January is meant"


@given(st.dates(TODAY, TODAY + timedelta(days=3000)), st.sampled_from(["en_CA", "fr_CA"]))
def test_every_day_is_understood_as_cadre_writes_it(when: date, locale: str) -> None:
    assert understood(str(Reader(locale).date(when)), TODAY).days == (when,)


@given(st.text(max_size=80))
def test_any_text_is_taken(text: str) -> None:
    found = understood(text, TODAY)
    assert len(found.rest) <= len(text)
