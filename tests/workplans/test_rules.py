"""Half-year cycles, due dates and texts, on plain data."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre.core import typed
from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.i18n import LOCALES
from cadre.core.reader import Reader
from cadre.people.facts import PersonRef
from cadre.workplans import rules
from cadre.workplans.facts import ActivityFacts, Line, WorkplanFacts

EN, FR = Reader(LOCALES["en"]), Reader(LOCALES["fr"])
NAME = Bilingual("Bees", "Abeilles")
WRITTEN = Bilingual("Count the bees", "Compter les abeilles")


def activity(**said: object) -> ActivityFacts:
    made = ActivityFacts(
        id=12,
        workplan="bees.2027-1",
        target=NAME,
        number=1,
        title=WRITTEN,
        due=date(2027, 2, 1),
        state="on_track",
        note=None,
        outcome=None,
        owners=(PersonRef("ola", "Ola"), PersonRef("mel", "Mel")),
        told_at=None,
        told_by=None,
    )
    return replace(made, **said)  # type: ignore[arg-type]  # a test says what it needs


def plan(**said: object) -> WorkplanFacts:
    made = WorkplanFacts(
        id="bees.2027-1",
        half="2027-1",
        cycle="council.2027-1",
        council="council",
        council_name=NAME,
        target_kind="group",
        target="bees",
        target_name=NAME,
        state="draft",
        aim=Bilingual("Know all bees.\n\nName them.", "Connaître toutes les abeilles."),
        due=date(2027, 3, 1),
        due_by="calendar",
        meeting=None,
        meeting_name=None,
        reason=None,
        settled_at=None,
        settled_by=None,
        activities=(activity(),),
        leads=(),
        co_chairs=(),
        alternates=(),
    )
    return replace(made, **said)  # type: ignore[arg-type]  # a test says what it needs


@pytest.mark.parametrize(
    ("day", "half"),
    [
        (date(2027, 1, 1), "2027-1"),
        (date(2027, 3, 1), "2027-1"),
        (date(2027, 3, 2), "2027-2"),
        (date(2027, 9, 1), "2027-2"),
        (date(2027, 9, 2), "2028-1"),
        (date(2027, 12, 31), "2028-1"),
    ],
)
def test_a_day_belongs_to_the_half_that_is_due_next(day: date, half: str) -> None:
    assert rules.half_of(day) == half


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_every_day_lies_between_the_due_dates_of_its_half_and_the_one_before(day: date) -> None:
    half = rules.half_of(day)
    assert rules.calendar_due(rules.before(half)) < day <= rules.calendar_due(half)
    assert rules.before(half) < half


def test_a_cycle_opens_four_months_before_it_is_due() -> None:
    assert rules.opens("2027-1") == date(2026, 11, 1)


def test_a_meeting_counts_only_once_it_is_fixed_to_the_day() -> None:
    month, day = PartialDate.parse("2027-04"), PartialDate.parse("2027-04-20")
    assert rules.due("2027-1", None, -21, None, None) == (date(2027, 3, 1), "calendar")
    assert rules.due("2027-1", rules.fixed_day(month), -21, None, None) == (date(2027, 3, 1), "calendar")
    assert rules.due("2027-1", rules.fixed_day(day), -21, None, None) == (date(2027, 3, 30), "meeting")


def test_a_date_of_its_own_comes_before_the_date_of_all() -> None:
    held, all_, own = date(2027, 4, 20), date(2027, 5, 1), date(2027, 6, 1)
    assert rules.due("2027-1", held, -21, all_, None) == (all_, "moved")
    assert rules.due("2027-1", held, -21, all_, own) == (own, "moved")


def test_only_the_complete_are_approved_and_nothing_comes_after_that() -> None:
    assert [state for state, following in rules.TRANSITIONS.items() if "approved" in following] == ["complete"]
    assert rules.TRANSITIONS["approved"] == frozenset()


def test_only_what_is_to_be_handed_in_is_late() -> None:
    day = date(2027, 3, 11)
    assert rules.days_late(plan(), day) == 10
    assert rules.days_late(plan(state="returned"), day) == 10
    assert rules.days_late(plan(state="submitted"), day) == 0
    assert rules.days_late(plan(), date(2027, 2, 1)) == 0


def test_a_text_in_one_language_owes_the_other_and_one_left_out_owes_nothing() -> None:
    half_written = activity(title=Bilingual("Count the bees", None), note=Bilingual("Soon", "Bientôt", stale="en"))
    assert rules.owed(plan(aim=None, activities=(half_written,))) == (("title:12", "fr"), ("note:12", "en"))
    assert rules.owed(plan(aim=Bilingual(None, "But"))) == (("aim", "en"),)


def test_what_is_owed_is_told_by_field_and_in_the_reader_s_words() -> None:
    owing = plan(aim=Bilingual("Aim", None), activities=(activity(number=3, title=Bilingual(None, "Compter")),))
    told = {name: str(message.for_(EN)) for name, message in rules.missing(owing).items()}
    assert told == {
        "aim_fr": "The aim is still to be written in French, or looked at again.",
        "title:12_en": "The title of activity 3 is still to be written in English, or looked at again.",
    }


def test_a_frozen_text_has_a_line_for_each_thing_said() -> None:
    assert rules.text_of(plan(), EN).splitlines() == [
        "Aim: Know all bees.",
        "Aim: Name them.",
        "• Count the bees",
        "– due date: February 1, 2027",
        "– carried out by: Ola and Mel",
        "– state: on track",
    ]
    assert "• Compter les abeilles" in rules.text_of(plan(), FR).splitlines()


def test_a_difference_compares_an_activity_with_the_one_of_its_title() -> None:
    old = rules.text_of(plan(activities=(activity(), activity(id=13, title=Bilingual("Sing", "Chanter"), owners=()))), EN)
    new = rules.text_of(plan(aim=None, activities=(activity(due=date(2027, 2, 9)), activity(id=14, title=Bilingual("Hum", None)))), EN)
    assert rules.difference(old, new) == (
        Line("removed", "Aim: Know all bees."),
        Line("removed", "Aim: Name them."),
        Line("same", "• Count the bees"),
        Line("removed", "– due date: February 1, 2027"),
        Line("added", "– due date: February 9, 2027"),
        Line("same", "– carried out by: Ola and Mel"),
        Line("same", "– state: on track"),
        Line("removed", "• Sing"),
        Line("removed", "– due date: February 1, 2027"),
        Line("removed", "– state: on track"),
        Line("added", "• Hum"),
        Line("added", "– due date: February 1, 2027"),
        Line("added", "– carried out by: Ola and Mel"),
        Line("added", "– state: on track"),
    )


_TEXT = st.lists(st.sampled_from(["Aim: a", "Aim: b", "• one", "• two", "– due date: x", "– state: y"]), max_size=12).map("\n".join)


@given(_TEXT, _TEXT)
def test_a_difference_holds_both_texts(old: str, new: str) -> None:
    lines = rules.difference(old, new)
    assert [line.text for line in lines if line.change != "added"] == old.splitlines()
    assert [line.text for line in lines if line.change != "removed"] == new.splitlines()


def test_one_language_changed_in_a_window_of_both_leaves_the_other_to_be_looked_at() -> None:
    assert typed.edited(WRITTEN, "Count all bees", "Compter les abeilles") == Bilingual("Count all bees", "Compter les abeilles", "fr")
    assert typed.edited(WRITTEN, "Count all bees", "Compter toutes les abeilles") == Bilingual(
        "Count all bees", "Compter toutes les abeilles"
    )
    stale = Bilingual("Count all bees", "Compter les abeilles", "fr")
    assert typed.edited(stale, "Count all bees", "Compter toutes les abeilles") == Bilingual(
        "Count all bees", "Compter toutes les abeilles"
    )
    assert typed.edited(stale, "Count all bees", "Compter les abeilles") == replace(stale, stale=None)


def test_what_is_left_empty_stays_as_it_is() -> None:
    assert typed.edited(WRITTEN, "", "") == WRITTEN
    assert typed.edited(None, "", "") is None
    assert typed.edited(None, "", "Compter") == Bilingual(None, "Compter")
    assert typed.edited(Bilingual("Count", None), "", "Compter") == Bilingual("Count", "Compter")


def test_what_no_database_keeps_is_left_out_of_a_text() -> None:
    assert typed.tidy("  bees\x00 \ud83d ") == "bees"
    assert typed.tidy(None) == ""


def test_a_due_date_is_neither_past_nor_years_away() -> None:
    today = date(2027, 1, 10)
    assert rules.wrong_day(today, today) is None
    assert rules.wrong_day(today - timedelta(days=1), today)
    assert rules.wrong_day(date.max, today)


def test_two_weeks_are_taken_by_right_however_often_one_asks() -> None:
    present = date(2027, 3, 1)
    assert rules.by_right([], present) == present + timedelta(days=14)
    before = [(date(2027, 2, 20), present)]
    assert rules.by_right(before, present) == present + timedelta(days=5)


def test_the_secretariat_sees_the_latest_first() -> None:
    day = date(2027, 3, 11)
    plans = [
        plan(id="approved", state="approved"),
        plan(id="coming", due=date(2027, 4, 1)),
        plan(id="handed-in", state="submitted"),
        plan(id="late"),
        plan(id="later", due=date(2027, 2, 1)),
    ]
    assert [each.id for each in sorted(plans, key=lambda each: rules.late_first(each, day))] == [
        "later",
        "late",
        "handed-in",
        "coming",
        "approved",
    ]
