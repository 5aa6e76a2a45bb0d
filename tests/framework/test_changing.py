"""What changed since a day, a meeting or a snapshot, as each may know it; on both databases."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import changes, clock
from cadre.core.dates import PartialDate
from cadre.core.errors import Invalid
from cadre.core.models import Provenance
from cadre.core.reader import OPERATOR, Actor, Reader
from cadre.decisions.models import Carried, Decision
from cadre.framework import change_files, changing, kept
from cadre.framework import difference_wording as wording
from cadre.framework.changing import Changed
from cadre.groups.models import Group
from cadre.meetings.models import Meeting
from cadre.people.models import Role
from cadre.workplans.models import Activity
from tests.framework.moving import aged, later
from tests.workplans.world import ANN, CORA, MEL, NOBODY, SAM, World
from tests.worlds import both, give_role

ENGLISH, FRENCH = Reader("en_CA"), Reader("fr_CA")


def changed(world: World, since: str = "", until: str = "", by: Actor | None = SAM) -> Changed:
    return world.database.read(changing.changed, since, until, by)


def told(found: Changed, reader: Reader = ENGLISH) -> list[str]:
    return [str(text) for section in wording.told(found, reader) for _entry, text in section.lines]


def dormant(session: Session) -> None:
    session.get_one(Group, "bees").state = "dormant"


def committee(session: Session) -> None:
    session.get_one(Group, "bees").kind = "table"


@pytest.fixture
def moved(world: World) -> World:
    """The registry was filled ten days ago; five days ago the Bees went dormant; today they became a table."""
    aged(world, 5)
    world.database.write(SAM, dormant)
    aged(world, 5)
    world.database.write(SAM, committee)
    return world


def day(world: World, days: int) -> str:
    return world.day(days).isoformat()


def test_between_any_two_days(moved: World) -> None:
    assert told(changed(moved, day(moved, -7))) == ["Bees: table, until now working_group", "Bees: dormant, until now active"]
    assert told(changed(moved, day(moved, -7), day(moved, -2))) == ["Bees: dormant, until now active"]
    assert told(changed(moved, day(moved, -2))) == ["Bees: table, until now working_group"]
    nothing = changed(moved, day(moved, -4), day(moved, -2))
    assert told(nothing) == []
    assert wording.summary(nothing, ENGLISH) == "Nothing that the framework shows has changed."


def test_since_a_meeting_that_the_registry_does_not_reach_back_to_that_is_said(moved: World) -> None:
    found = changed(moved, "Month")
    assert found.since.meeting
    assert found.since.meeting.id == "month"
    assert found.begins == moved.day(-10)
    paul = "Bees: Ann, Guy and Uma, until now Ann, Guy, Paul and Uma"
    assert told(found) == [paul, "Bees: table, until now working_group", "Bees: dormant, until now active"], "roles have dates of their own"
    (said,) = wording.remarks(found, ENGLISH)
    assert said.startswith(f"The registry begins on {ENGLISH.date(moved.day(-10))}: of what was before, it only knows what has a date")
    assert wording.title(found, FRENCH) == "Changements depuis la réunion de Month (fr) (octobre 2020)"
    assert changed(moved, day(moved, -9)).begins is None


def test_on_the_very_day_on_which_it_was_filled_what_came_after_is_told(world: World) -> None:
    world.database.write(SAM, dormant)
    assert told(changed(world, "Month"))[1:] == ["Bees: dormant, until now active"]
    assert told(changed(world, "beginning")) == ["Bees: dormant, until now active"]


def test_without_a_word_since_the_last_in_person_meeting(world: World) -> None:
    found = changed(world)
    assert found.since.meeting
    assert found.since.meeting.id == "today"


def test_since_a_meeting_at_which_a_snapshot_was_taken_it_is_as_that_kept_it(world: World) -> None:
    taken = world.database.write(SAM, kept.take, "today")
    world.database.write(SAM, dormant)

    def dated_earlier(session: Session) -> None:
        give_role(session, "fay", "lead", priority="shadows")
        session.flush()
        session.get_one(Group, "bees").mandate = both("To count")

    world.database.write(SAM, dated_earlier)
    found = changed(world, "meeting:today")
    assert found.since.snapshot == taken.number
    lines = told(found)
    assert "Bees: dormant, until now active" in lines
    assert "Shadows: Fay, until now nobody recorded" in lines
    assert "Bees – workplans: not known → nothing open" in lines, "how groups stood is compared with what was kept"
    assert f"As snapshot {taken.number} of" in " ".join(wording.remarks(found, ENGLISH))
    assert told(changed(world, "last snapshot")) == lines
    assert told(changed(world, "last snapshot", f"snapshot {taken.number}")) == []


def test_since_now_nothing_changed_also_where_it_is_asked_again(world: World) -> None:
    aged(world, 3)
    world.database.write(SAM, dormant)
    found = changed(world, "today")
    assert told(found) == []
    again = changed(world, found.since.key, found.until.key)
    assert (again.since.now, told(again)) == (True, [])


def test_what_was_done_after_a_meeting_names_its_decision_though_the_snapshot_was_taken_late(world: World) -> None:
    aged(world, 10)

    def decided(session: Session) -> None:
        session.get_one(Meeting, "today").held = PartialDate.day(world.day(-3))
        text = both("To rest")
        session.add(Decision(id="rest", number=2, year=2027, state="confirmed", wording=text, taken=PartialDate.day(world.day(-2))))
        session.flush()
        session.add(Carried(decision="rest", action="dormant", target="group:bees", carried_by="Sam", carried_at=clock.now(session)))

    def carried(session: Session) -> None:
        changes.under_decision(session, "rest")
        dormant(session)

    world.database.write(OPERATOR, decided)
    world.database.write(SAM, carried)
    aged(world, 1)
    assert world.database.write(OPERATOR, kept.keep, world.today) >= 1
    assert "Bees: dormant, until now active (decision 2027-02)" in told(changed(world, "meeting:today"))


def test_how_groups_stand_is_not_compared_with_what_was_never_kept(world: World) -> None:
    aged(world, 3)
    world.database.write(SAM, dormant)
    assert not any("–" in line for line in told(changed(world, day(world, -1))))


def test_lateness_is_told_to_those_whom_it_concerns(world: World) -> None:
    world.add(due=world.day(5), title_en="Count", title_fr="Compter")
    later(world, 8)
    since = day(world, 2)
    line = f"Bees: Count (due {ENGLISH.date(world.day(5))})"
    assert told(changed(world, since)) == [line]
    assert told(changed(world, since, by=ANN)) == [line], "a co-chair"
    assert told(changed(world, since, by=OPERATOR)) == [line]
    for actor in (MEL, CORA, NOBODY, None):
        assert told(changed(world, since, by=actor)) == []
    assert changed(world, since, by=MEL).whole
    assert not changed(world, since, by=NOBODY).whole
    assert told(changed(world, since, day(world, 4))) == [], "it was not late by then"


def test_what_the_secretariat_confirmed_is_counted(world: World) -> None:
    aged(world, 2)

    def confirm(session: Session) -> None:
        for row in session.scalars(select(Provenance).where(Provenance.subject == "alignment")):
            row.standing = "confirmed"
        session.scalars(select(Provenance).where(Provenance.subject_id == "bees.uma.co_chair")).one().standing = "confirmed"

    world.database.write(SAM, confirm)
    assert told(changed(world, day(world, -1))) == [
        "Bees: 2 facts confirmed",
        "Larvae: 1 fact confirmed",
        "Sleepy: 1 fact confirmed",
    ]


def test_what_was_done_under_a_decision_names_it(world: World) -> None:
    aged(world, 2)

    def decide(session: Session) -> None:
        row = Decision(id="d", number=3, year=2027, council="council", wording=both("So be it"), state="confirmed")
        row.taken = PartialDate.day(world.today)
        session.add(row)
        session.flush()
        carried = Carried(decision="d", action="sunset", target="group:bees", carried_by="Sam")
        carried.carried_at = clock.now(session)
        session.add(carried)
        changes.under_decision(session, "d")
        session.get_one(Group, "bees").state = "sunset"
        session.flush()
        changes.under_decision(session, None)
        session.get_one(Group, "sleepy").state = "active"

    world.database.write(SAM, decide)
    lines = told(changed(world, day(world, -1)), FRENCH)
    assert "Décision 2027-03\u00a0: So be it (fr)" in lines
    assert "Bees (fr)\u00a0: dissolution (décision 2027-03)" in lines
    assert "Sleepy (fr)\u00a0: de nouveau actif; jusqu'ici en veilleuse" in lines


def test_roles_go_by_their_dates(world: World) -> None:
    aged(world, 20)

    def leaves(session: Session) -> None:
        session.get_one(Role, "bees.ann.co_chair").until = PartialDate.day(world.day(-5))
        session.get_one(Role, "bees.uma.co_chair").until = PartialDate.day(world.day(-15))

    world.database.write(SAM, leaves)
    assert told(changed(world, day(world, -10))) == ["Bees: Guy, until now Ann and Guy"]


@pytest.mark.parametrize("since", ["nowhere", "Coming", "snapshot 7", "2199"])
def test_what_is_not_there_is_told_with_what_is(world: World, since: str) -> None:
    with pytest.raises(Invalid) as problem:
        changed(world, since)
    assert problem.value.fields["since"].for_(ENGLISH)
    with pytest.raises(Invalid) as problem:
        changed(world, "Month", since)
    assert "until" in problem.value.fields


def test_as_of_a_meeting_it_is_as_its_snapshot_kept_it(world: World) -> None:
    world.database.write(SAM, kept.take, "today")
    world.database.write(SAM, dormant)
    end, then = world.database.read(changing.as_of, "meeting:today", SAM)
    assert (end.snapshot, then.groups["bees"].state) == (1, "active")
    end, now = world.database.read(changing.as_of, "now", SAM)
    assert (end.now, now.groups["bees"].state) == (True, "dormant")
    with pytest.raises(Invalid) as problem:
        world.database.read(changing.as_of, "nowhere", SAM)
    assert set(problem.value.fields) == {"as_of"}


def test_meetings_that_were_cancelled_are_not_named(world: World) -> None:
    def cancel(session: Session) -> None:
        for row in session.scalars(select(Meeting)):
            row.state = "cancelled"

    world.database.write(OPERATOR, cancel)
    with pytest.raises(Invalid):
        changed(world, "Month")
    assert changed(world).since.beginning


def test_files_have_all_of_it_and_nothing_in_them_is_markup_or_a_formula(world: World) -> None:
    aged(world, 2)

    def odd(session: Session) -> None:
        session.get_one(Group, "bees").name = both("=1+1 <b>*bold*</b>")
        for row in session.scalars(select(Activity)):
            row.state = "done"

    world.database.write(SAM, odd)
    found = changed(world, day(world, -1))
    text = change_files.written(found, "md", ENGLISH).decode()
    assert text.startswith(
        f"# Changes since the end of {ENGLISH.date(world.day(-1))}\n\n1 change.\n\n## New names\n\n- “Bees” is now called "
    )
    assert r"=1+1 \<b\>\*bold\*\</b\>" in text
    table = change_files.written(found, "csv", FRENCH).decode("utf-8-sig").splitlines()
    assert table[0] == "Section;Au sujet de;Ce qui a changé;Décision;Identifiant de la fiche"
    assert table[1].startswith("Nouveaux noms;'=1+1 <b>*bold*</b> (fr);")
    assert table[1].endswith(";;group:bees")
    assert change_files.name(found, "csv", FRENCH) == f"Changements_{world.day(-1)}_{found.until.day}.csv"
    assert isinstance(found.until.day, date)
