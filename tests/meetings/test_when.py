"""What a sentence says of when: in both languages, and nothing guessed."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre.core.reader import Reader
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
        ("on Wednesday", date(2027, 2, 17)),
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
        ("in two weeks", date(2027, 2, 24)),
        ("dans trois jours", date(2027, 2, 13)),
        ("dans quinze jours", date(2027, 2, 24)),
        ("dans un mois", date(2027, 3, 10)),
        ("in 0 days", TODAY),
        ("in 10 days", date(2027, 2, 20)),
    ],
)
def test_a_day(sentence: str, expected: date) -> None:
    assert day(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("03/04", (date(2027, 3, 4), date(2027, 4, 3))),
        ("3/4/2028", (date(2028, 3, 4), date(2028, 4, 3))),
        ("Tuesday, March 3", (date(2027, 3, 2), date(2027, 3, 3))),
        ("mardi 4 mars", (date(2027, 3, 2), date(2027, 3, 4))),
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
    ],
)
def test_a_length(sentence: str, minutes: int | None, times: tuple[time, ...]) -> None:
    found = understood(sentence, TODAY)
    assert (found.minutes, found.times) == (minutes, times)


@given(st.dates(TODAY, TODAY + timedelta(days=3000)), st.sampled_from(["en_CA", "fr_CA"]))
def test_every_day_is_understood_as_cadre_writes_it(when: date, locale: str) -> None:
    assert understood(str(Reader(locale).date(when)), TODAY).days == (when,)


@given(st.text(max_size=80))
def test_any_text_is_taken(text: str) -> None:
    found = understood(text, TODAY)
    assert len(found.rest) <= len(text)
