"""Since when, until when: as people say it, in either language; and what they are told where that cannot be understood."""

from __future__ import annotations

from datetime import date

import pytest

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.errors import Invalid
from cadre.core.reader import Reader
from cadre.framework.ends import Called, End, Known, Taken, ordered, resolved
from cadre.framework.facts import MeetingIn
from cadre.framework.said import spoken

TODAY = date(2027, 3, 2)
ENGLISH, FRENCH = Reader("en_CA"), Reader("fr_CA")


def meeting(id_: str, held: str | None, place: str | None = None, *, title: str | None = None, kind: str = "in_person") -> Called:
    text = Bilingual(place, f"{place} (fr)") if place else None
    found = MeetingIn(id_, "jc", kind, PartialDate.parse(held) if held else None, Bilingual(title, title) if title else None, text)
    own = tuple(each for each in (place, title) if each)
    return Called(found, own, ("Joint Councils", "Conseils mixtes", "CM"), council=kind == "in_person")


KNOWN = Known(
    TODAY,
    (
        meeting("2015-09", "2015-09", "St. John's"),
        meeting("2016-02", "2016-02", "Toronto"),
        meeting("ottawa-1", "2017-02", "Ottawa"),
        meeting("2017-10", "2017-10", "Charlottetown"),
        meeting("ottawa-2", "2026-10-14", "Ottawa"),
        meeting("sept", "2019-05-07", "Sept-Îles"),
        meeting("to-come", "2027-06-09", "Victoria"),
        meeting("call", "2027-02-11", title="Budget call", kind="teleconference"),
    ),
    (Taken(4, date(2027, 1, 20)), Taken(3, date(2026, 10, 14), "ottawa-2"), Taken(2, date(2026, 10, 13))),
    date(2026, 9, 1),
)


def end(text: str, known: Known = KNOWN) -> tuple[str, str | None, int | None]:
    found = resolved(text, known)
    return found.day.isoformat(), found.meeting.id if found.meeting else None, found.snapshot


@pytest.mark.parametrize(
    "said",
    [
        "Charlottetown",
        "the meeting in Charlottetown",
        "the Charlottetown meeting",
        "la réunion de Charlottetown",
        "charlottetown 2017",
        "Charlottetown (October 2017)",
        "Charlottetown, octobre 2017",
        "meeting:2017-10",
        "the October 2017 meeting",
        "la réunion d'octobre 2017",
    ],
)
def test_a_meeting_by_its_place_or_date(said: str) -> None:
    assert end(said) == ("2017-10-31", "2017-10", None)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2017-10", "2017-10-31"),
        ("2017", "2017-12-31"),
        ("2017-10-03", "2017-10-03"),
        ("October 2017", "2017-10-31"),
        ("octobre 2017", "2017-10-31"),
        ("3 octobre 2017", "2017-10-03"),
        ("le 1er février 2026", "2026-02-01"),
        ("October 3rd, 2017", "2017-10-03"),
        ("3 Oct. 2017", "2017-10-03"),
        ("February", "2027-02-28"),
        ("mars", "2027-03-02"),
        ("avril", "2026-04-30"),
        ("March 1", "2027-03-01"),
        ("le 5 mars", "2026-03-05"),
        ("yesterday", "2027-03-01"),
        ("30 days ago", "2027-01-31"),
        ("les 30 derniers jours", "2027-01-31"),
        ("il y a deux semaines", "2027-02-16"),
        ("last month", "2027-02-02"),
        ("le mois dernier", "2027-02-02"),
        ("l'année dernière", "2026-03-02"),
        ("the last two years", "2025-03-02"),
        ("today", "2027-03-02"),
        ("aujourd'hui", "2027-03-02"),
        ("the beginning", "2026-08-31"),
        ("le début", "2026-08-31"),
    ],
)
def test_a_date_up_to_its_end(said: str, day: str) -> None:
    assert end(said) == (day, None, None)


@pytest.mark.parametrize(
    "said", ["the last in-person meeting", "la dernière réunion en personne", "last meeting", "the last meeting in Ottawa"]
)
def test_the_last_meeting_is_as_its_snapshot_kept_it(said: str) -> None:
    assert end(said) == ("2026-10-14", "ottawa-2", 3)


@pytest.mark.parametrize(
    ("said", "number"),
    [("last snapshot", 4), ("le dernier instantané", 4), ("snapshot 2", 2), ("l'instantané 2", 2), ("#3", 3), ("snapshot:2", 2)],
)
def test_a_snapshot_by_its_number(said: str, number: int) -> None:
    assert end(said)[1:] == (None, number)


def test_of_other_meetings_by_their_title_and_of_places_that_look_like_a_month() -> None:
    assert end("budget call") == ("2027-02-11", "call", None)
    assert end("Sept-Îles") == ("2019-05-07", "sept", None)
    assert (
        end("saint john's", Known(TODAY, (Called(KNOWN.meetings[0].meeting, ("St. John's", "Saint John's"), council=True),)))[1]
        == "2015-09"
    )
    assert end("the last meeting of the Joint Councils")[1] == "ottawa-2"


@pytest.mark.parametrize(
    ("said", "english", "french"),
    [
        ("Ottawa", "“Ottawa” may be Ottawa (October 14, 2026) or Ottawa (February 2017). Say its date too", "« Ottawa » peut désigner"),
        (
            "Moncton",
            "I find no meeting, date or snapshot called “Moncton”. The last meetings in person: Ottawa (October 14, 2026), ",
            "Je ne",
        ),
        ("Victoria", "Victoria (June 9, 2027) is still to come: name a meeting that was.", "Victoria (fr) (9 juin 2027)"),
        ("2028", "2028 is still to come: name a day that was.", "2028"),
        ("snapshot 9", "There is no snapshot 9; the last one is 4.", "Il n'y a pas d'instantané 9; le dernier est le 4."),
        ("February 30, 2026", "I find no meeting, date or snapshot called “February 30, 2026”.", "Je ne trouve"),
        ("999 years ago, or 9999 years", "I find no meeting", "Je ne trouve"),
        ("9999 years ago", "I find no meeting", "Je ne trouve"),
        ("<script>" + "x" * 300, "I find no meeting, date or snapshot called “<script>xxx", "Je ne trouve"),
    ],
)
def test_what_cannot_be_understood_says_what_could_have_been_said(said: str, english: str, french: str) -> None:
    with pytest.raises(Invalid) as problem:
        resolved(said, KNOWN, "until")
    told = problem.value.fields["until"]
    assert told.for_(ENGLISH).startswith(english)
    assert told.for_(FRENCH).replace("\u00a0", " ").startswith(french)


def test_without_snapshots_or_meetings_that_is_said() -> None:
    with pytest.raises(Invalid) as problem:
        resolved("last snapshot", Known(TODAY))
    assert problem.value.fields["since"].for_(ENGLISH) == "There is no snapshot yet."
    with pytest.raises(Invalid) as problem:
        resolved("the last meeting", Known(TODAY))
    assert "Name a date" in problem.value.fields["since"].for_(ENGLISH)


def test_the_second_end_does_not_lie_before_the_first() -> None:
    with pytest.raises(Invalid):
        ordered(resolved("2020", KNOWN), resolved("Charlottetown", KNOWN))
    ordered(resolved("Charlottetown", KNOWN), resolved("2020", KNOWN))
    ordered(resolved("today", KNOWN), resolved("", KNOWN))


def test_of_several_snapshots_of_a_meeting_the_first_says_how_it_was() -> None:
    taken = (Taken(5, date(2026, 10, 30), "ottawa-2"), *KNOWN.snapshots)
    assert end("meeting:ottawa-2", Known(TODAY, KNOWN.meetings, taken)) == ("2026-10-14", "ottawa-2", 3)


def test_of_two_snapshots_of_one_day_the_earlier_comes_first() -> None:
    known = Known(TODAY, snapshots=(Taken(2, TODAY), Taken(1, TODAY)))
    with pytest.raises(Invalid):
        ordered(resolved("snapshot 2", known), resolved("snapshot 1", known))
    ordered(resolved("snapshot 1", known), resolved("snapshot 2", known))


@pytest.mark.parametrize(
    "said", ["Charlottetown", "the last meeting", "snapshot 2", "2017-10", "2017", "3 octobre 2017", "today", "beginning"]
)
def test_what_was_meant_can_be_said_again(said: str) -> None:
    found = resolved(said, KNOWN)
    assert resolved(found.key, KNOWN) == found
    assert isinstance(found, End)


@pytest.mark.parametrize(
    ("said", "since", "until"),
    [
        ("since Charlottetown", "Charlottetown", ""),
        ("depuis Charlottetown", "Charlottetown", ""),
        ("since Charlottetown until Ottawa?", "Charlottetown", "Ottawa"),
        ("depuis la réunion d'Ottawa jusqu'à la réunion de Victoria", "la réunion d'Ottawa", "la réunion de Victoria"),
        ("depuis octobre 2017 jusqu’au 3 mars 2018", "octobre 2017", "3 mars 2018"),
        ("depuis Charlottetown jusqu'en 2020", "Charlottetown", "2020"),
        ("between St. John's and Toronto", "St. John's", "Toronto"),
        ("entre Charlottetown et Ottawa", "Charlottetown", "Ottawa"),
        ("from 2017 to 2018", "2017", "2018"),
        ("du 3 octobre 2017 au 5 mars 2018", "3 octobre 2017", "5 mars 2018"),
        ("until 2018", "", "2018"),
    ],
)
def test_a_sentence_says_since_when_and_until_when(said: str, since: str, until: str) -> None:
    assert spoken(said) == (since, until)


@pytest.mark.parametrize("said", ["in the Beehives since March", "to digital identity", "", "of leads"])
def test_other_sentences_are_none_of_these(said: str) -> None:
    assert spoken(said) is None
