"""A series keeps its wall time; one of it is skipped or moved; from one on, all are changed; new zone data moves instants, not walls."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.core.errors import Conflict, Invalid
from cadre.core.reader import OPERATOR
from cadre.meetings import rules
from cadre.meetings import service as meetings
from cadre.meetings.arranging import Meanwhile
from cadre.meetings.models import Meeting, ZoneOffsets
from cadre.meetings.views import MeetingView, Repeat
from tests.meetings.world import EVERYBODY, ONA, SAM, WIN, World
from tests.worlds import at_once

WEEKLY = Repeat("week", until=date(2028, 4, 4))
FIRST = date(2028, 2, 29)


def coming(world: World) -> tuple[MeetingView, ...]:
    return world.read(meetings.upcoming, ONA)


def days(world: World) -> list[date | None]:
    return [each.facts.held.first if each.facts.held else None for each in coming(world)]


def test_a_series_stays_at_its_wall_time_over_the_change_of_clocks_and_is_announced_once(world: World) -> None:
    world.scheduled(day=FIRST, repeat=WEEKLY)
    found = coming(world)
    assert [each.facts.at for each in found] == [time(13, 30)] * 6
    zones = ("America/Regina", "America/Winnipeg", "America/Whitehorse", "America/Vancouver")
    told = [[each.facts.starts_at.astimezone(ZoneInfo(zone)).hour for zone in zones] for each in found if each.facts.starts_at]
    assert told == [[11, 12, 10, 10]] * 2 + [[10, 11, 9, 9]] * 4, "clocks go forward in St. John's alone"
    assert world.told("meeting_invited") == sorted(set(EVERYBODY) - {"ona"})
    assert {world.invitee(each.id, "ona").answer for each in found} == {"accepted"}


def test_meetings_of_a_series_without_an_end_are_made_as_time_goes_by(world: World) -> None:
    world.scheduled(repeat=Repeat("week", 2))
    world.later(days=57)
    world.do(OPERATOR, meetings.extend, world.today())
    last = days(world)[-1]
    assert last
    assert last > world.today() + timedelta(days=350)
    assert {each.counts.invited for each in coming(world)} == {6}


def test_one_is_skipped_and_one_is_moved(world: World) -> None:
    world.scheduled(day=FIRST, repeat=WEEKLY)
    first, second, third, *_ = coming(world)
    world.do(ONA, meetings.cancel, second.id, None, shown=second.revision)
    world.do(ONA, meetings.change, third.id, world.form(day=date(2028, 3, 15)), shown=third.revision)
    assert days(world)[:3] == [FIRST, date(2028, 3, 15), date(2028, 3, 21)]
    assert world.seen(third.id).occurrence == date(2028, 3, 14), "it is still known by the day that the rule gives"
    assert first.series == world.seen(third.id).series


def test_from_one_on_all_are_changed_and_answers_to_the_others_stay(world: World) -> None:
    world.scheduled(day=FIRST, repeat=WEEKLY)
    world.do(WIN, meetings.respond, coming(world)[0].id, meetings.Rsvp("accepted", whole=True))
    third = coming(world)[2]
    form = world.form(day=date(2028, 3, 15), at=time(10), repeat=Repeat("week", until=date(2028, 4, 30)))
    world.do(ONA, meetings.change, third.id, form, shown=third.revision, onwards=True)
    found = coming(world)
    assert [each.facts.at for each in found] == [time(13, 30)] * 2 + [time(10)] * 7
    assert days(world)[1:4] == [date(2028, 3, 7), date(2028, 3, 15), date(2028, 3, 22)]
    assert [bool(world.invitee(each.id, "win").answer) for each in found] == [True, True] + [False] * 7
    assert world.told("meeting_changed") == sorted(set(EVERYBODY) - {"ona"}), "once, for all of them"
    assert found[0].repeats
    assert found[0].repeats.until == date(2028, 3, 7), "its last, not the eve of the one that goes on otherwise"


def test_moved_to_a_later_day_from_one_on_none_of_a_series_is_lost(world: World) -> None:
    world.scheduled(day=FIRST, repeat=WEEKLY)
    fifth = coming(world)[4]
    world.do(ONA, meetings.change, fifth.id, world.form(day=date(2028, 4, 6)), shown=fifth.revision, onwards=True)
    assert days(world)[4:] == [date(2028, 4, 6), date(2028, 4, 13)], "after the day on which it was to end"
    last = coming(world)[5]
    assert last.repeats
    assert last.repeats.until == date(2028, 4, 13)


def test_whoever_is_added_or_taken_off_from_one_on_is_so_of_all_that_come(world: World) -> None:
    world.scheduled(day=FIRST, repeat=WEEKLY)
    first, second, third, *_ = coming(world)
    form = world.form(day=FIRST + timedelta(days=7), invited=(*sorted(set(EVERYBODY) - {"vera"}), "nia"))
    world.do(ONA, meetings.change, second.id, form, shown=second.revision, onwards=True)

    def invited(meeting: MeetingView) -> set[str]:
        return {each.person.id for each in world.read(meetings.invitees, meeting.id, ONA)}

    assert [invited(each) for each in (first, second, third)] == [set(EVERYBODY), *[set(form.invited or ())] * 2]
    assert (world.told("meeting_left"), world.told("meeting_invited").count("nia")) == (["vera"], 1)


def test_new_zone_data_and_a_move_at_the_same_moment_leave_one_time(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    made, real = world.scheduled(), rules.start
    moves: list[Future[MeetingView]] = []

    def by_new_data(*typed: Any) -> datetime:
        if not moves:
            form = world.form(at=time(15))
            moves.append(pool.submit(world.do, ONA, meetings.change, made.id, form, shown=made.revision))
            wait(moves, timeout=0.5)
        return real(*typed) + timedelta(hours=1)

    with ThreadPoolExecutor(1) as pool:
        monkeypatch.setattr(rules, "start", by_new_data)
        world.do(OPERATOR, meetings.recompute, world.today())
        wait(moves)
    now = world.seen(made.id).facts
    assert now.held
    assert now.at
    assert now.starts_at == real(now.held.first, now.at, "America/St_Johns", None) + timedelta(hours=1)


def test_the_end_of_a_series_and_of_one_of_its_meetings_at_the_same_moment_do_not_wait_for_each_other(world: World) -> None:
    world.scheduled(day=FIRST, repeat=WEEKLY)
    second, third = coming(world)[1:3]
    done = at_once(
        lambda: world.do(ONA, meetings.cancel, second.id, None, shown=second.revision, onwards=True),
        lambda: world.do(SAM, meetings.cancel, third.id, None, shown=third.revision),
        lambda: world.do(OPERATOR, meetings.recompute, world.today()),
    )
    assert {type(each) for each in done} <= {MeetingView, list, Conflict, Meanwhile}
    assert len(coming(world)) == 1


def test_a_series_ends_early(world: World) -> None:
    world.scheduled(day=FIRST, repeat=WEEKLY)
    third = coming(world)[2]
    world.do(ONA, meetings.cancel, third.id, None, shown=third.revision, onwards=True)
    assert len(coming(world)) == 2
    assert world.told("meeting_cancelled") == sorted(set(EVERYBODY) - {"ona"})
    world.do(OPERATOR, meetings.extend, world.today() + timedelta(days=400))
    assert len(coming(world)) == 2


def test_new_zone_data_moves_the_instant_and_those_invited_are_told(world: World) -> None:
    made = world.scheduled()

    def as_by_older_data(session: Session) -> datetime:
        row = session.get_one(Meeting, made.id)
        assert row.starts_at
        row.starts_at += timedelta(hours=1)
        return row.starts_at

    was = world.do(OPERATOR, as_by_older_data)
    assert world.do(OPERATOR, meetings.recompute, world.today()) == [made.id]
    assert world.do(OPERATOR, meetings.recompute, world.today()) == []
    now = world.seen(made.id)
    assert now.facts.at == made.facts.at
    assert now.facts.starts_at == was - timedelta(hours=1)
    assert world.told("meeting_shifted") == sorted(set(EVERYBODY) - {"neil"}), "where it is held the clock shows what it showed"


def test_whose_own_clocks_change_is_told_once_of_a_series(world: World) -> None:
    made = world.scheduled(repeat=Repeat("week", until=world.today() + timedelta(days=40)))
    assert world.do(OPERATOR, meetings.recompute, world.today()) == []

    def as_by_older_data(session: Session) -> None:
        row = session.get_one(ZoneOffsets, "America/Vancouver")
        row.offsets = ";".join(f"{day} {int(seconds) + 3600}" for day, seconds in (each.split() for each in row.offsets.split(";")))

    world.do(OPERATOR, as_by_older_data)
    assert len(world.do(OPERATOR, meetings.recompute, world.today())) == len(days(world))
    ((_, subject, person, detail),) = [each for each in world.announced() if each[0] == "meeting_shifted"]
    assert (subject, person, detail["later"]) == (f"meeting:{made.id}", "vera", len(days(world)) - 1)
    assert made.facts.starts_at
    assert datetime.fromisoformat(detail["was"]) == made.facts.starts_at + timedelta(hours=1)
    assert world.seen(made.id).revision == made.revision, "the meeting itself stays"
    assert world.do(OPERATOR, meetings.recompute, world.today()) == []


@pytest.mark.parametrize("every", ["month_day", "month_weekday"])
def test_a_series_comes_each_month(world: World, every: str) -> None:
    world.scheduled(day=date(2028, 1, 31), repeat=Repeat(every, until=date(2028, 6, 30)))  # type: ignore[arg-type]  # one of its words
    expected = {
        "month_day": [date(2028, 1, 31), date(2028, 3, 31), date(2028, 5, 31)],
        "month_weekday": [date(2028, 1, 31), date(2028, 2, 28), date(2028, 3, 27), date(2028, 4, 24), date(2028, 5, 29), date(2028, 6, 26)],
    }
    assert days(world) == expected[every]


def test_for_another_link_from_one_on_days_that_were_skipped_and_answers_stay(world: World) -> None:
    world.scheduled(day=FIRST, repeat=WEEKLY)
    first, second, third, fourth, *_ = coming(world)
    world.do(WIN, meetings.respond, first.id, meetings.Rsvp("accepted", whole=True))
    world.do(ONA, meetings.cancel, third.id, None, shown=third.revision)
    world.do(ONA, meetings.change, fourth.id, world.form(day=date(2028, 3, 22), at=time(9), title_en="Budget"), shown=fourth.revision)
    before = {each.id: (each.facts.held, each.facts.at) for each in coming(world)}
    form = world.form(day=date(2028, 3, 7), link="https://meet.example.org/bees")
    world.do(ONA, meetings.change, second.id, form, shown=second.revision, onwards=True)
    assert {each.id: (each.facts.held, each.facts.at) for each in coming(world)} == before
    found = coming(world)
    assert [bool(each.joining) for each in found] == [False] + [True] * 4
    assert [bool(world.invitee(each.id, "win").answer) for each in found] == [True, True, False, True, True]
    assert world.seen(fourth.id).facts.title == Bilingual("Budget", None), "what is its own stays so"
    assert world.seen(third.id).series == found[1].series
    assert world.seen(third.id).cancelled


def test_moved_from_one_on_a_skipped_one_stays_skipped(world: World) -> None:
    world.scheduled(day=FIRST, repeat=WEEKLY)
    _, second, third, fourth, *_ = coming(world)
    world.do(ONA, meetings.cancel, third.id, None, shown=third.revision)
    world.do(ONA, meetings.change, second.id, world.form(day=date(2028, 3, 8)), shown=second.revision, onwards=True)
    assert days(world) == [FIRST, date(2028, 3, 8), date(2028, 3, 22), date(2028, 3, 29), date(2028, 4, 5)], "none is lost at its end"
    assert world.seen(fourth.id).occurrence == date(2028, 3, 22)


def test_from_one_on_that_was_moved_alone_the_others_stay_on_their_day(world: World) -> None:
    world.scheduled(day=FIRST, repeat=WEEKLY)
    second = coming(world)[1]
    alone = {"day": date(2028, 3, 8), "at": time(15)}
    world.do(ONA, meetings.change, second.id, world.form(**alone), shown=second.revision)
    world.do(WIN, meetings.respond, coming(world)[2].id, meetings.Rsvp("accepted", whole=True))
    world.do(ONA, meetings.change, second.id, world.form(**alone, title_en="Hive"), shown=second.revision + 1, onwards=True)
    found = coming(world)
    assert days(world)[:4] == [FIRST, date(2028, 3, 8), date(2028, 3, 14), date(2028, 3, 21)]
    assert [each.facts.at for each in found] == [time(13, 30), time(15)] + [time(13, 30)] * 4
    assert [world.invitee(each.id, "win").answer for each in found[2:]] == ["accepted"] * 4
    assert {each.facts.title and each.facts.title.en for each in found[1:]} == {"Hive"}


def test_from_one_on_to_the_day_after_its_last_or_to_one_that_its_rule_does_not_give(world: World) -> None:
    world.scheduled(day=FIRST, repeat=WEEKLY)
    last = coming(world)[-1]
    world.do(ONA, meetings.change, last.id, world.form(day=date(2028, 4, 5)), shown=last.revision, onwards=True)
    assert days(world)[-1] == date(2028, 4, 5)
    monthly = world.scheduled(day=date(2028, 1, 31), repeat=Repeat("month_last", until=date(2028, 6, 30)))
    with pytest.raises(Invalid) as wrong:
        world.do(ONA, meetings.change, monthly.id, world.form(day=date(2028, 2, 15)), shown=0, onwards=True)
    assert set(wrong.value.fields) == {"day"}


def test_whoever_is_added_or_taken_out_from_one_on_is_so_of_all_and_told_once(world: World) -> None:
    world.scheduled(day=FIRST, repeat=WEEKLY)
    second = coming(world)[1]
    form = world.form(day=date(2028, 3, 7), invited=("ona", "win", "neil", "nia"))
    world.do(ONA, meetings.change, second.id, form, shown=second.revision, onwards=True)
    assert [each.counts.invited for each in coming(world)] == [6] + [4] * 5
    assert world.told("meeting_left") == ["regina", "vera", "yuki"]
    assert world.told("meeting_invited").count("nia") == 1
    assert world.told("meeting_changed") == []
    world.do(ONA, meetings.change, second.id, world.form(day=date(2028, 3, 7), invited=()), shown=world.seen(second.id).revision)
    assert coming(world)[1].counts.invited == 0


@pytest.mark.parametrize("cancelled", [False, True])
def test_whoever_is_asked_to_a_later_one_only_is_told_of_it_too(world: World, *, cancelled: bool) -> None:
    world.scheduled(day=FIRST, repeat=WEEKLY)
    _, second, third, *_ = coming(world)
    form = world.form(day=date(2028, 3, 14), invited=(*EVERYBODY, "nia"))
    world.do(ONA, meetings.change, third.id, form, shown=third.revision)
    world.do(WIN, meetings.respond, third.id, meetings.Rsvp("declined", stands_in="sam"))
    if cancelled:
        world.do(ONA, meetings.cancel, second.id, None, shown=second.revision, onwards=True)
    else:
        link = {"link": "https://meet.example.org/bees"}
        world.do(ONA, meetings.change, second.id, world.form(day=date(2028, 3, 7), **link), shown=second.revision, onwards=True)
    told = world.told("meeting_cancelled" if cancelled else "meeting_changed")
    assert told == sorted({*EVERYBODY, "nia", "sam"} - {"ona"}), "each once"


def test_those_to_come_are_for_whom_is_usual_in_the_series(world: World) -> None:
    world.scheduled(repeat=Repeat("week"))
    world.do(WIN, meetings.respond, coming(world)[0].id, meetings.Rsvp("accepted", whole=True))
    last = coming(world)[-1]
    held = last.facts.held
    assert held
    form = world.form(day=held.first, at=time(15), invited=("ona", "win", "nia"))
    world.do(ONA, meetings.change, last.id, form, shown=last.revision)
    world.later(days=20)
    world.do(OPERATOR, meetings.extend, world.today())
    made = coming(world)[-1]
    assert made.id != last.id
    assert made.counts.invited == 6
    assert world.invitee(made.id, "win").answer == "accepted"
