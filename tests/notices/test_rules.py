"""When somebody is to be told: rules, without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre.notices.rules import (
    AHEAD,
    Around,
    Break,
    Dated,
    Owed,
    Recipient,
    Step,
    drafts_of,
    free_day,
    opening,
    owed,
    proper,
    rungs,
    send_day,
)

LADDER = (
    *(Step("workplan", days, None, ("lead",), "digest") for days in (-30, -14, -7, -1)),
    Step("workplan", 0, None, ("lead",), "alone"),
    Step("workplan", 7, 7, ("lead", "co_chair", "alternate"), "digest"),
    Step("workplan", 21, 14, ("secretariat",), "draft"),
)
DUE = date(2027, 3, 1)  # a Monday
PEOPLE = {"lead": ("robin",), "co_chair": ("morgan",), "alternate": ("casey",)}
PLAN = Dated("workplan", "workplan:lanterns", DUE, None, PEOPLE)
EVERYBODY = {name: Recipient(name, place="ON") for name in ("robin", "morgan", "casey", "jordan")}
AROUND = Around(LADDER, EVERYBODY, ("jordan",))


def told(day: date, plan: Dated = PLAN, around: Around = AROUND) -> set[tuple[str, str]]:
    """Who is owed which rung, of those that have come."""
    return {(each.person, each.rung) for each in owed(plan, around, day) if each.on <= day}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2027-01-29", set()),
        ("2027-02-01", {("robin", "before-30")}),
        ("2027-02-15", {("robin", "before-14")}),
        ("2027-02-22", {("robin", "before-7")}),
        ("2027-02-26", {("robin", "before-1")}),
        ("2027-03-01", {("robin", "due")}),
        ("2027-03-07", {("robin", "due")}),
        ("2027-03-08", {("robin", "late-7"), ("morgan", "late-7"), ("casey", "late-7")}),
        ("2027-03-15", {("robin", "late-14"), ("morgan", "late-14"), ("casey", "late-14")}),
        ("2027-03-22", {("robin", "late-21"), ("morgan", "late-21"), ("casey", "late-21"), ("jordan", "draft-21")}),
        ("2027-04-05", {("robin", "late-35"), ("morgan", "late-35"), ("casey", "late-35"), ("jordan", "draft-35")}),
    ],
)
def test_of_the_rungs_that_have_come_the_last_counts(day: str, expected: set[tuple[str, str]]) -> None:
    """30, 14, 7 and 1 days before, on the day, then weekly; others from 7 days late; the secretariat gets a draft from 21."""
    on = date.fromisoformat(day)
    assert {each for each in told(on) if each[1] in {rung for _, rung in expected}} == expected
    assert not any(rung.startswith("late") for _, rung in told(on)) or on >= DUE + timedelta(7)


def test_two_steps_that_meet_on_a_day_are_both_told_also_once_it_has_come() -> None:
    """One that comes again, and one of that day for others. Whoever is named by both is told once."""
    others = Step("workplan", 14, None, ("alternate", "observer"), "alone")
    ladder = tuple(step for step in LADDER if step.days != 7)
    around = replace(AROUND, steps=(*ladder, Step("workplan", 7, 7, ("lead", "alternate"), "digest"), others))
    around = replace(around, recipients={**EVERYBODY, "olive": Recipient("olive", place="ON")})
    plan = replace(PLAN, people={**PEOPLE, "observer": ("olive",)})
    for day in (DUE + timedelta(7), DUE + timedelta(14), DUE + timedelta(16)):
        found = sorted(each.person for each in owed(plan, around, day) if each.rung == "late-14")
        assert found == ["casey", "olive", "robin"], day


def test_two_kinds_that_tell_of_the_same_thing_share_no_key() -> None:
    coming = Owed("meeting", "meeting:m1", DUE, "before-7", "robin", "alone", DUE)
    assert coming.key != replace(coming, kind="meeting_ahead").key


def test_nobody_elses_government_is_told_of_lateness_by_itself() -> None:
    late = [each for each in owed(PLAN, AROUND, DUE + timedelta(60)) if each.manner == "draft"]
    assert {each.person for each in late} == {"jordan"}


def test_what_nobody_leads_is_told_to_the_secretariat_with_its_digest() -> None:
    orphan = replace(PLAN, people={"lead": (), "co_chair": ()})
    found = list(owed(orphan, AROUND, date(2027, 2, 15)))
    assert {(each.person, each.manner) for each in found} == {("jordan", "orphan")}
    assert send_day(found[-1], EVERYBODY["jordan"], date(2027, 2, 15)).weekday() in (0, 1)


def test_what_is_settled_or_has_no_due_day_is_owed_to_nobody() -> None:
    assert not list(owed(replace(PLAN, settled="submitted"), AROUND, DUE))
    assert not list(owed(replace(PLAN, due=None), AROUND, DUE))


def test_a_kind_that_somebody_switched_off_is_not_owed_to_them() -> None:
    around = replace(AROUND, recipients=EVERYBODY | {"robin": replace(EVERYBODY["robin"], off=frozenset({"workplan"}))})
    assert not told(DUE, around=around)


def test_a_rung_on_a_day_off_moves_before_it_and_a_late_one_after() -> None:
    saturday = replace(PLAN, due=date(2027, 3, 6))
    assert {each.on for each in owed(saturday, AROUND, date(2027, 3, 4)) if each.rung == "due"} == {date(2027, 3, 5)}
    assert {each.on for each in owed(saturday, AROUND, date(2027, 3, 4)) if each.rung == "late-7"} == {date(2027, 3, 15)}


def test_days_off_are_those_of_the_place() -> None:
    """St. Jean Baptiste Day is one in Quebec; the National Day for Truth and Reconciliation is one of the federal public service."""
    fete = replace(PLAN, due=date(2027, 6, 24))
    for place, day in (("QC", date(2027, 6, 23)), ("ON", date(2027, 6, 24))):
        around = replace(AROUND, recipients={"robin": Recipient("robin", place=place)})
        assert {each.on for each in owed(fete, around, date(2027, 6, 20)) if each.rung == "due"} == {day}


def test_what_is_put_off_comes_on_the_day_that_was_chosen_and_not_before() -> None:
    until = date(2027, 2, 24)
    around = replace(AROUND, snoozed={(PLAN.subject, DUE, "robin"): until})
    found = {each.rung: each.on for each in owed(PLAN, around, date(2027, 2, 15))}
    assert found["snoozed-2027-02-24"] == until
    assert "before-14" not in found
    assert "before-7" not in found
    assert found["before-1"] == date(2027, 2, 26)


def test_what_is_put_off_before_any_reminder_comes_on_that_day_all_the_same() -> None:
    around = replace(AROUND, snoozed={(PLAN.subject, DUE, "robin"): date(2027, 1, 14)})
    for day in (date(2027, 1, 11), date(2027, 1, 14), date(2027, 1, 18)):
        assert ("robin", "snoozed-2027-01-14") in {(each.person, each.rung) for each in owed(PLAN, around, day)}
    assert told(date(2027, 2, 1), around=around) == {("robin", "before-30")}, "until a later one has come"


def test_a_snooze_is_for_one_occurrence_only() -> None:
    around = replace(AROUND, snoozed={(PLAN.subject, DUE, "robin"): date(2027, 3, 5)})
    moved = replace(PLAN, due=date(2027, 3, 3))
    assert ("robin", "before-7") in {(each.person, each.rung) for each in owed(moved, around, date(2027, 2, 15))}


def test_a_draft_that_is_wanted_no_more_is_not_owed_until_the_due_day_is_another() -> None:
    around = replace(AROUND, snoozed={(drafts_of(PLAN.subject), DUE, "jordan"): date.max})
    owing = {(each.person, each.manner) for each in owed(PLAN, around, DUE + timedelta(21))}
    assert ("jordan", "draft") not in owing
    assert ("robin", "digest") in owing, "reminders go on"
    moved = replace(PLAN, due=DUE + timedelta(7))
    assert ("jordan", "draft") in {(each.person, each.manner) for each in owed(moved, around, DUE + timedelta(28))}


HALFWAY = (*LADDER, Step("workplan", 0, None, ("lead",), "digest", halfway=True))


@pytest.mark.parametrize(
    ("begins", "middle"),
    [
        ("2027-02-01", "2027-02-15"),  # 28 days before
        ("2027-02-02", "2027-02-15"),  # of an odd number of days, the earlier
        ("2027-02-27", "2027-02-28"),
        ("2027-02-28", None),  # the middle is the day on which it begins
        ("2027-03-01", None),
        ("2027-03-05", None),
        (None, None),
    ],
)
def test_halfway_is_in_the_middle_between_beginning_and_due_day(begins: str | None, middle: str | None) -> None:
    found = rungs(HALFWAY, "workplan", DUE, date(2027, 2, 1), 40, begins=date.fromisoformat(begins) if begins else None)
    on = [DUE + timedelta(days) for step, days in found if step.halfway]
    assert on == ([date.fromisoformat(middle)] if middle else [])


def test_halfway_has_its_name_comes_once_and_is_overtaken_by_what_follows() -> None:
    plan, around = replace(PLAN, begins=date(2027, 2, 9)), replace(AROUND, steps=HALFWAY)
    assert told(date(2027, 2, 18), plan, around) == {("robin", "before-14")}
    assert told(date(2027, 2, 19), plan, around) == {("robin", "halfway")}
    assert told(date(2027, 2, 22), plan, around) == {("robin", "before-7")}
    (halfway,) = [each for each in owed(plan, around, date(2027, 2, 10)) if each.rung == "halfway"]
    assert halfway.key == "workplan:lanterns:2027-03-01:halfway:robin"


def test_halfway_on_a_day_off_comes_before_it() -> None:
    plan, around = replace(PLAN, begins=date(2027, 2, 11)), replace(AROUND, steps=HALFWAY)
    assert {each.on for each in owed(plan, around, date(2027, 2, 12)) if each.rung == "halfway"} == {date(2027, 2, 19)}


@given(st.dates(date(2026, 6, 1), date(2028, 6, 1)), st.integers(-60, 60))
def test_at_most_one_rung_of_those_that_are_past_is_owed_to_a_person(due: date, gone: int) -> None:
    """An outage is caught up with without a flood."""
    day = due + timedelta(gone)
    past = [days for step, days in rungs(LADDER, "workplan", due, day) if due + timedelta(days) <= day and step.manner != "draft"]
    assert len(past) <= 1
    ahead = [days for _, days in rungs(LADDER, "workplan", due, day) if due + timedelta(days) > day]
    assert all(due + timedelta(days) <= day + timedelta(AHEAD) for days in ahead)


def notice(on: str, manner: str = "digest") -> Owed:
    return Owed("workplan", "workplan:x", DUE, "before-7", "robin", "alone" if manner == "alone" else "digest", date.fromisoformat(on))


ROBIN = Recipient("robin", place="ON")


@pytest.mark.parametrize(
    ("on", "today", "sent"),
    [
        ("2027-02-25", "2027-02-15", "2027-02-22"),  # a Thursday: by Monday's digest, in advance
        ("2027-02-25", "2027-02-22", "2027-02-22"),
        ("2027-02-25", "2027-02-23", "2027-02-25"),  # planned when the digest had gone: on its own day
        ("2027-02-25", "2027-02-27", "2027-03-01"),  # late: on the next working day
        ("2027-02-18", "2027-02-10", "2027-02-16"),  # Monday the 15th is Family Day
    ],
)
def test_mondays_digest_brings_the_week_in_advance(on: str, today: str, sent: str) -> None:
    assert send_day(notice(on), ROBIN, date.fromisoformat(today)) == date.fromisoformat(sent)


def test_the_due_day_has_its_own_message_and_who_wants_it_daily_gets_each_on_its_day() -> None:
    assert send_day(notice("2027-02-25", "alone"), ROBIN, date(2027, 2, 15)) == date(2027, 2, 25)
    assert send_day(notice("2027-02-25"), replace(ROBIN, rhythm="daily"), date(2027, 2, 15)) == date(2027, 2, 25)


def test_a_pause_holds_back_its_jurisdiction_until_the_day_after() -> None:
    robin = replace(ROBIN, jurisdiction="ON")
    election = (Break("ON", date(2027, 2, 20), date(2027, 2, 28)),)
    assert send_day(notice("2027-02-25"), robin, date(2027, 2, 15), election) == date(2027, 3, 1)
    assert send_day(notice("2027-02-25"), replace(robin, jurisdiction="QC"), date(2027, 2, 15), election) == date(2027, 2, 22)
    everybody = (Break(None, date(2027, 2, 20), date(2027, 2, 28)), Break("ON", date(2027, 3, 1), date(2027, 3, 2)))
    assert free_day(date(2027, 2, 22), robin, everybody) == date(2027, 3, 3)


def test_what_a_pause_held_back_comes_as_one() -> None:
    """Due on a Monday: the word of a week before would come on the Thursday after the pause, that of the day before on the Friday."""
    plan, pause = replace(PLAN, due=date(2026, 12, 14)), (Break(None, date(2026, 12, 4), date(2026, 12, 9)),)
    rungs_of = {each.rung: each.on for each in owed(plan, replace(AROUND, breaks=pause), date(2026, 12, 3)) if each.person == "robin"}
    assert rungs_of["before-1"] == date(2026, 12, 11)
    assert "before-7" not in rungs_of
    for day in (10, 11):
        assert ("robin", "before-7") not in told(date(2026, 12, day), plan, replace(AROUND, breaks=pause))
    later = (Break(None, date(2026, 12, 4), date(2026, 12, 7)),)
    assert ("robin", "before-7") in told(date(2026, 12, 8), plan, replace(AROUND, breaks=later)), "three days before the next"


@pytest.mark.parametrize(
    ("zone", "day", "utc"),
    [
        ("America/St_Johns", "2027-01-11", "12:30"),
        ("America/St_Johns", "2027-03-15", "11:30"),  # the clocks went forward on the day before
        ("America/Toronto", "2027-03-12", "14:00"),
        ("America/Toronto", "2027-03-15", "13:00"),
        ("America/Toronto", "2027-11-05", "13:00"),
        ("America/Toronto", "2027-11-08", "14:00"),  # and back
        ("America/Winnipeg", "2026-10-30", "14:00"),
        ("America/Winnipeg", "2026-12-14", "14:00"),  # Manitoba stays at UTC−5 since the autumn of 2026
        ("America/Vancouver", "2026-11-02", "16:00"),  # British Columbia at UTC−7 since that spring
        ("America/Vancouver", "2027-01-11", "16:00"),
        ("America/Regina", "2027-01-11", "15:00"),
    ],
)
def test_nine_oclock_is_nine_oclock_where_they_live(zone: str, day: str, utc: str) -> None:
    assert opening(date.fromisoformat(day), Recipient("x", zone=zone)) == datetime.fromisoformat(f"{day}T{utc}:00+00:00")


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2027-02-23T14:00", "2027-02-23T14:00"),  # 9:00 in Toronto
        ("2027-02-23T21:29", "2027-02-23T21:29"),
        ("2027-02-23T21:30", "2027-02-24T14:00"),  # 16:30: tomorrow
        ("2027-02-23T05:10", "2027-02-23T14:00"),
        ("2027-02-26T23:00", "2027-03-01T14:00"),  # Friday evening
        ("2027-02-14T18:00", "2027-02-16T14:00"),  # Sunday, and Monday is Family Day
    ],
)
def test_nobody_is_written_to_outside_working_hours(now: str, expected: str) -> None:
    there = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert proper(there, ROBIN) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@given(st.integers(0, 2 * 365 * 24 * 60), st.sampled_from(["America/St_Johns", "America/Toronto", "America/Vancouver"]))
def test_the_proper_moment_is_never_past_and_stays_what_it_is(minutes: int, zone: str) -> None:
    recipient = Recipient("x", place="NL", zone=zone)
    moment = datetime(2026, 6, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    found = proper(moment, recipient)
    assert found >= moment
    assert proper(found, recipient) == found


def test_what_is_late_comes_to_others_and_as_a_draft_never_before_its_day() -> None:
    """Due on a Wednesday: whose it is, hears of the seventh day late with Monday's digest; all others with the digest after it."""
    due = date(2027, 3, 3)
    made = {(each.person, each.rung): each for each in owed(replace(PLAN, due=due), AROUND, due + timedelta(4), 40)}
    days = {key: send_day(each, EVERYBODY[each.person], due + timedelta(4)) for key, each in made.items()}
    assert days["robin", "late-7"] == date(2027, 3, 8)
    assert days["morgan", "late-7"] == days["casey", "late-7"] == date(2027, 3, 15)
    assert days["jordan", "draft-21"] == date(2027, 3, 29)


def test_the_due_day_is_told_whatever_was_put_off_before_it() -> None:
    around = replace(AROUND, snoozed={("workplan:lanterns", DUE, "robin"): DUE + timedelta(2)})
    mine = {each.rung: each.on for each in owed(PLAN, around, DUE - timedelta(3)) if each.person == "robin"}
    assert mine["due"] == DUE
    assert mine["snoozed-2027-03-03"] == DUE + timedelta(2)
    assert "before-1" not in mine


def test_no_draft_is_written_about_people_who_are_in_a_pause() -> None:
    people = {name: replace(each, jurisdiction=None if name == "jordan" else "ON") for name, each in EVERYBODY.items()}
    around = replace(AROUND, recipients=people, breaks=(Break("ON", DUE + timedelta(20), DUE + timedelta(22)),))
    (draft,) = [each for each in owed(PLAN, around, DUE, 30) if each.rung == "draft-21"]
    assert draft.on == DUE + timedelta(28), "with the first digest after it"
