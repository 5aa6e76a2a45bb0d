"""What the secretariat does with drafts, rungs and pauses, and what each of us chose: two at once, and what came in between."""

from __future__ import annotations

import threading
from contextlib import closing, suppress
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from bot.blocks import IN_VIEW
from bot.notices import windows
from cadre.core.bilingual import Bilingual
from cadre.core.changes import seen_by
from cadre.core.database import Database
from cadre.core.errors import Conflict, Forbidden, Invalid
from cadre.core.reader import Actor, Reader
from cadre.notices import drafts, preview, service, steering
from cadre.notices.models import Notice, Preference, Rung, Snooze
from cadre.notices.preview import Foreseen
from cadre.notices.rules import Owed, Recipient, Step
from cadre.notices.steering import RungForm
from tests.notices.world import ROBIN, World
from tests.worlds import at_once, fields

JORDAN = Actor("Jordan", "jordan", "jordan@example.org")
MORGAN = Actor("Morgan", "morgan", "morgan@example.org")
DAY = date(2027, 3, 1)
TEXTS = "Dear Robin", "Cher Robin"
CHOSEN: dict[str, Any] = {"rhythm": "daily", "opens": 540, "closes": 990, "off": (), "way": "slack"}


def drafts_to(world: World, person: str = "jordan") -> list[int]:
    """The drafts that somebody was sent, the first one first."""
    own = select(Notice.id).where(Notice.manner == "draft", Notice.person == person, Notice.state == "sent").order_by(Notice.id)
    return list(world.database.read(lambda session: session.scalars(own).all()))


def late(world: World, until: str = "2027-03-22") -> list[int]:
    world.go("2027-03-22", "2027-03-22")
    if until > "2027-03-22":
        world.go(until, until)
    return drafts_to(world)


def sends(world: World, draft: int, by: Actor = JORDAN, to: tuple[str, ...] = ("robin",)) -> None:
    world.database.write(by, drafts.send_word, draft, to, TEXTS, {"workplan": world.kind})


def words(world: World) -> list[tuple[str, str | None]]:
    return [state for key, state in world.notices().items() if ":word-" in key]


# Drafts


def test_nobody_is_written_to_about_what_was_handed_in_while_the_window_was_open(world: World) -> None:
    (draft,) = late(world)
    world.settled["workplan:a"] = "submitted"
    with pytest.raises(Invalid):
        sends(world, draft)
    world.settled.clear()
    world.due["workplan:a"] = date(2027, 4, 1)
    with pytest.raises(Invalid):
        sends(world, draft)
    world.due["workplan:a"] = date(2027, 3, 1)
    with pytest.raises(Invalid) as problem:
        sends(world, draft, to=("robin", "jordan"))
    assert fields(problem) == {"persons"}, "only to those whose it is"
    assert not words(world)
    sends(world, draft)
    assert len(words(world)) == 1


def test_a_letter_that_waits_for_the_morning_is_not_sent_once_it_was_handed_in(world: World) -> None:
    (draft,) = late(world)
    world.at("2027-03-22", "22:00")
    sends(world, draft)
    world.settled["workplan:a"] = "submitted"
    world.go("2027-03-23", "2027-03-23")
    assert words(world) == [("skipped", "submitted")]
    world.settled.clear()
    shown = world.database.read(seen_by(JORDAN, drafts.draft), draft, {"workplan": world.kind})
    assert shown.last is None, "it was not sent"


def test_of_two_officers_who_answer_their_own_copies_at_once_one_does_and_the_other_hears_who(
    database_url: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Database(database_url, frozenset({"jordan@example.org", "morgan@example.org"}))) as database:
        two = World(database, world.due)
        late(two)
        together = threading.Barrier(2)

        def announce(*args: object, **kwargs: object) -> None:
            with suppress(threading.BrokenBarrierError):
                together.wait(0.5)

        monkeypatch.setattr(drafts, "announce", announce)
        done = at_once(*(partial(sends, two, drafts_to(two, by.person or "")[0], by) for by in (JORDAN, MORGAN)))
        assert sorted(type(each).__name__ for each in done) == ["Conflict", "NoneType"]


def test_no_more_drafts_may_be_asked_for_twice(world: World) -> None:
    first, second = late(world, "2027-04-05")
    for draft in (second, first):
        world.database.write(JORDAN, drafts.drop_draft, draft, for_good=True)
    assert world.database.read(lambda session: session.scalars(select(Snooze.until)).all()) == [date.max]


# Rungs, and what each of us chose


def test_whoever_changes_a_rung_second_hears_who_was_first(world: World) -> None:
    known = {each.id: each for each in world.database.read(seen_by(JORDAN, steering.rungs)) if each.kind == "workplan"}
    rung = next(each for each in known.values() if each.days == -7)
    filled: dict[str, Any] = {"kind": "workplan", "days": -6, "every": None, "recipients": ("lead",), "manner": "digest"}
    world.database.write(JORDAN, steering.set_rung, RungForm(rung.id, **filled, shown=rung.mark))

    def set_again(session: Session, id_: int, shown: str) -> None:
        steering.set_rung(session, RungForm(id_, **filled, shown=shown))

    for again in (set_again, steering.remove_rung):
        with pytest.raises(Conflict) as problem:
            world.database.write(MORGAN_TOO, again, rung.id, shown=rung.mark)
        assert problem.value.who == "Jordan"
    made = at_once(*[partial(world.database.write, JORDAN, steering.set_rung, RungForm(None, **filled | {"days": -40}))] * 2)
    assert sorted(type(each).__name__ for each in made) == ["Invalid", "NoneType"]
    rows = world.database.read(lambda session: session.scalars(select(Rung.days).where(Rung.kind == "workplan", Rung.days < -30)).all())
    assert rows == [-40]


MORGAN_TOO = Actor("Morgan", "morgan", "jordan@example.org")
"""Another of the secretariat, by its address."""


def test_what_is_chosen_or_put_off_twice_at_the_same_moment_is_so_once(world: World) -> None:
    world.go("2027-02-16", "2027-02-16")
    (sent,) = world.database.read(lambda session: session.scalars(select(Notice.id).where(Notice.state == "sent")).all())
    for call in (
        partial(world.database.write, ROBIN, service.choose, **CHOSEN),
        partial(world.database.write, ROBIN, service.snooze, sent, date(2027, 2, 24), {}),
    ):
        assert not [each for each in at_once(*[call] * 4) if isinstance(each, Exception)]
    for made in (select(Preference.person), select(Snooze.person)):
        assert world.database.read(_all, made) == ["robin"]


def _all(session: Session, query: Select[str]) -> list[str]:
    return list(session.scalars(query))


def test_the_window_of_what_is_to_come_counts_all_that_it_does_not_show() -> None:
    owing = (Owed("workplan", "workplan:a", DAY, "before-7", "robin", "digest", DAY),)
    found = [Foreseen(Recipient("robin", "Robin"), DAY + timedelta(days=number), owing) for number in range(70)]
    window = windows.ahead(found, {}, Reader("en_CA"))
    assert len(window.blocks) <= IN_VIEW
    assert "and 21 more messages" in str(window.blocks[-1])


def test_a_pause_of_a_jurisdiction_without_a_name_is_not_everybodys() -> None:
    pause = steering.PauseFacts(1, "atlantis", DAY, DAY, Bilingual("Flood", None))
    shown = [str(windows.pauses([each], {}, Reader("en_CA")).payload()) for each in (pause, replace(pause, jurisdiction=None))]
    assert ["Everybody" in each for each in shown] == [False, True]


def test_the_list_of_pauses_says_of_a_reason_that_it_is_in_the_other_language_only() -> None:
    pause = steering.PauseFacts(1, None, DAY, DAY, Bilingual("Flood", None))
    assert "Flood (en anglais seulement)" in str(windows.pauses([pause], {}, Reader("fr_CA")).payload())
    assert "Flood (in English only)" not in str(windows.pauses([pause], {}, Reader("en_CA")).payload())


def test_the_ladders_and_pauses_are_the_secretariats_to_see(world: World) -> None:
    for fn in (steering.rungs, steering.pauses):
        with pytest.raises(Forbidden):
            world.database.read(seen_by(ROBIN, fn))
        assert world.database.read(seen_by(JORDAN, fn)) == world.database.read(fn)


# Planning


def test_an_officer_who_led_it_and_does_no_more_is_not_reminded_as_if_they_did(world: World) -> None:
    world.leads = ("jordan",)
    world.plan()
    world.at("2027-02-16", "14:05")
    world.plan()
    world.leads = ("robin",)
    assert not [each for each in world.send() if each.recipient.person == "jordan"]
    assert ("skipped", "left") in world.notices().values()


def test_the_look_ahead_has_what_was_put_off_to_a_coming_day(world: World) -> None:
    world.plan()
    world.at("2027-02-13")
    foreseen = world.database.read(preview.preview, [world.kind], 20)
    assert [(each.day, each.recipient.person) for each in foreseen][:2] == [(date(2027, 2, 16), "robin"), (date(2027, 2, 22), "robin")]
    assert world.database.read(preview.held_back, [world.kind], date(2027, 2, 16), date(2027, 2, 17)) == (1, 1)
    assert not [each for each in world.database.read(preview.preview, [world.kind], 2) if each.day > date(2027, 2, 15)]
    assert world.go("2027-02-13", "2027-02-17") == [(date(2027, 2, 16), "robin", ("before-14",))]
    assert not [each for each in world.database.read(preview.preview, [world.kind], 4) if each.notices[0].rung == "before-14"]


def test_the_look_ahead_goes_by_what_stands_now_also_before_it_is_planned(world: World) -> None:
    world.plan()
    world.at("2027-02-13")
    foreseen = world.database.read(preview.preview, [world.kind], 20)
    pause = world.database.write(JORDAN, service.pause, None, date(2027, 2, 16), date(2027, 2, 24), ("Storm", "Tempête"))
    held = world.database.read(preview.preview, [world.kind], 20)
    assert not [each for each in held if date(2027, 2, 16) <= each.day <= date(2027, 2, 24)]
    world.plan()
    assert world.database.read(preview.preview, [world.kind], 20) == held, "and the same once it is"
    world.database.write(JORDAN, service.unpause, pause)
    assert world.database.read(preview.preview, [world.kind], 20) == foreseen
    world.plan()
    assert world.database.read(preview.preview, [world.kind], 20) == foreseen


def test_what_a_rung_would_change_is_known_before_it_is_set_and_comes_so(world: World) -> None:
    world.plan()
    world.at("2027-02-13")
    before = world.database.read(preview.preview, [world.kind])
    step = Step("workplan", -3, None, ("lead", "co_chair"), "alone")
    differs = world.database.read(seen_by(JORDAN, preview.with_rung), [world.kind], None, step)
    assert world.database.read(preview.preview, [world.kind]) == before, "nothing is changed by looking"
    world.database.write(JORDAN, steering.set_rung, RungForm(None, "workplan", -3, None, ("lead", "co_chair"), "alone"))
    after = world.database.read(preview.preview, [world.kind])
    assert (differs.before, differs.after, differs.people) == (len(before), len(after), 2)
    (made,) = [each.id for each in world.database.read(steering.rungs) if (each.kind, each.days) == ("workplan", -3)]
    back = world.database.read(seen_by(JORDAN, preview.with_rung), [world.kind], made, None)
    assert (back.before, back.after) == (len(after), len(before))
    with pytest.raises(Forbidden):
        world.database.read(seen_by(ROBIN, preview.with_rung), [world.kind], made, None)
