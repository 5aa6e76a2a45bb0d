"""What the registry says of groups, who may see it, and how it is kept on the day on which a Council meets; on both databases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.dates import PartialDate
from cadre.core.errors import Forbidden, Invalid, NotFound
from cadre.core.models import Provenance
from cadre.core.reader import OPERATOR
from cadre.decisions.models import Document, DocumentVersion, Recommendation
from cadre.decisions.recommending import RecommendationForm, propose
from cadre.groups import service as groups
from cadre.groups.models import Group, GroupKind, Link, Objective
from cadre.meetings.models import Meeting
from cadre.oversight import gaps, health
from cadre.oversight.facts import RULES, Activities
from cadre.oversight.models import HealthKept
from cadre.oversight.reading import picture
from cadre.people.models import Role
from cadre.priorities.models import Alignment
from cadre.workplans.models import Activity, Workplan
from tests.workplans.world import ANN, CORA, FAY, NOBODY, OSCAR, SAM, UMA, World
from tests.worlds import at_once, both, fields, give_role


def need_all(session: Session) -> None:
    """From now on, working groups must meet every rule."""
    kind = session.get(GroupKind, "working_group")
    assert kind
    for name in RULES:
        setattr(kind, f"needs_{name}", True)


def test_the_live_matrix_says_what_is_led_and_what_only_a_dormant_group_does(world: World) -> None:
    found = world.database.read(gaps.gaps, SAM)
    assert {each.priority.id: each.cover for each in found.matrix.priorities} == {"lights": "led", "shadows": "weak"}
    weak = gaps.priority(found, "shadows").serving[0]
    assert (weak.group.id, weak.weak) == ("sleepy", ("dormant",))
    with pytest.raises(NotFound):
        gaps.priority(found, "nothing")


def test_as_many_facts_are_counted_as_stand_on_the_card_to_be_confirmed(world: World) -> None:
    def doubt(session: Session) -> None:
        session.add(Link(id="l", source_group="bees", kind="oversees", target_group="larvae"))
        session.add(Objective(id="o", group="bees", number=1, wording=both("Hum")))
        for subject, id_, name in (("group", "bees", "owner"), ("link", "l", "capacity"), ("objective", "o", "wording.en")):
            session.add(Provenance(subject=subject, subject_id=id_, field=name, source="deck", standing="inferred"))

    world.database.write(OPERATOR, doubt)
    held = world.database.read(groups.card, "bees", SAM)
    found = world.database.read(health.report, SAM).of("bees").of("facts")
    assert found.n == len(held.doubts) == 4, "a role, and three that were reasoned out"


def test_activities_that_are_late_count_until_they_go_on_elsewhere(world: World) -> None:
    day = date(2030, 1, 1)

    def late(session: Session) -> tuple[int, str | None]:
        found = picture(session, day).activities.get("bees", Activities())
        return found.late, found.plan

    def adds(session: Session, plan: str, number: int, view_id: str | None = None, state: str = "on_track") -> int:
        row = Activity(workplan=plan, number=number, title=both("Count"), due=date(2029, 12, 31), state=state, view_id=view_id)
        session.add(row)
        session.flush()
        return row.id

    def plan_of(session: Session) -> str:
        return session.scalars(select(Workplan.id).where(Workplan.group == "bees")).one()

    plan = world.database.read(plan_of)
    before, _ = world.database.read(late)
    first = world.database.write(OPERATOR, adds, plan, 90)
    world.database.write(OPERATOR, adds, plan, 91, state="done")
    assert world.database.read(late) == (before + 1, plan)
    world.database.write(OPERATOR, adds, plan, 92, view_id=f"copy:{first}")
    assert world.database.read(late) == (before + 1, plan), "it goes on as another, which is late instead"


def test_however_many_groups_there_are_it_takes_a_handful_of_statements(world: World) -> None:
    def taken() -> int:
        counted: list[object] = []

        def count(*_: object) -> None:
            counted.append(None)

        event.listen(world.database.engine, "before_cursor_execute", count)
        world.database.read(gaps.gaps, SAM)
        world.database.read(health.report, SAM)
        event.remove(world.database.engine, "before_cursor_execute", count)
        return len(counted)

    def more(session: Session) -> None:
        for n in range(50):
            session.add(Group(id=f"g{n}", name=both(f"Group {n}"), kind="working_group", state="active", owner="council"))
            session.flush()
            session.add(Alignment(id=f"g{n}.lights", group=f"g{n}", priority="lights", strength="supports"))
            give_role(session, "ann", "lead", group=f"g{n}")

    few = taken()
    world.database.write(OPERATOR, more)
    assert taken() == few


def test_each_sees_their_own_first_and_nobody_else_sees_what_is_not_theirs(world: World) -> None:
    def sees(actor: object) -> tuple[list[str], set[str]]:
        found = world.database.read(health.report, actor)  # type: ignore[arg-type]  # actors of the world
        return [each.group.id for each in found.own], {each.group.id for each in found.others}

    assert sees(ANN) == (["bees"], set()), "co-chair of the Bees"
    assert sees(CORA)[1] >= {"bees", "larvae", "sleepy"}, "a member of their council"
    assert sees(OSCAR) == (["watch"], {"bees"}), "of a group that oversees the Bees"
    assert sees(FAY) == ([], set()), "of another council"
    assert {"bees", "orphans"} <= sees(SAM)[1]
    for nobody in (NOBODY, UMA):
        with pytest.raises(Forbidden):
            world.database.read(health.report, nobody)
        with pytest.raises(Forbidden):
            world.database.read(gaps.gaps, nobody)


def bees(world: World) -> health.Report:
    return world.database.read(health.report, ANN)


def keep(world: World, day: date) -> int:
    return world.database.write(OPERATOR, health.keep, day)


def test_how_groups_stand_is_kept_once_on_the_day_of_a_meeting_in_person(world: World) -> None:
    world.database.write(OPERATOR, need_all)
    kept = keep(world, world.today)
    assert kept > 0
    assert keep(world, world.today) == 0, "it is kept once"
    rows = world.database.read(lambda session: session.scalars(select(HealthKept)).all())
    assert {row.meeting for row in rows} == {"today"}, "none of the meeting of three weeks ago, nor of another council"
    assert "bees" in {row.group for row in rows}


def test_what_two_processes_keep_at_once_is_kept_once(world: World) -> None:
    done = at_once(*[lambda: keep(world, world.today)] * 4)
    assert all(isinstance(each, int) for each in done)
    assert sum(each > 0 for each in done if isinstance(each, int)) == 1


def test_the_trend_compares_with_what_was_told_then(world: World) -> None:
    world.database.write(OPERATOR, need_all)
    keep(world, world.today)
    assert bees(world).since == {}, "on the day itself there is nothing to compare"

    def later(session: Session) -> None:
        for row in session.scalars(select(HealthKept)):
            row.day -= timedelta(days=30)
        meeting, group = session.get(Meeting, "today"), session.get(Group, "bees")
        assert meeting
        assert group
        meeting.held = PartialDate.day(world.today - timedelta(days=30))
        group.mandate = both("To count")
        for role in session.scalars(select(Role).where(Role.group == "bees", Role.role == "co_chair")):
            role.until = PartialDate.parse("2020")

    world.database.write(OPERATOR, later)
    found = world.database.read(health.report, SAM)
    moved = found.since["bees"].moved(found.of("bees"))
    assert {("mandate", "unknown", "fulfilled"), ("leads", "fulfilled", "to_complete")} <= set(moved)


def test_a_mandate_in_versions_says_when_it_runs_out(world: World) -> None:

    def versions(session: Session) -> None:
        session.add(Document(id="bees.mandate", kind="mandate", group="bees", title=both("Mandate")))
        session.flush()
        for number, approved, since, until in (
            (1, 300, "2026-01-01", "2026-06"),
            (2, 100, "2026-07-01", "2026-08"),
            (3, 100, "2099-01-01", None),
            (4, None, None, None),
        ):
            row = DocumentVersion(document="bees.mandate", number=number, made_at=clock.now(session), made_by="Sam", text=both("Text"))
            row.approved_at = clock.now(session) - timedelta(days=approved) if approved else None
            row.effective, row.expires = (PartialDate.parse(each) if each else None for each in (since, until))
            session.add(row)
        session.flush()

    world.database.write(OPERATOR, versions)
    assert world.database.read(picture, world.today).mandates["bees"].expires == PartialDate.parse("2026-08"), (
        "the last approved one that is in force"
    )


def test_a_recommendation_is_proposed_in_both_languages_once(world: World) -> None:
    form = RecommendationForm("That a group be formed.", "Qu'un groupe soit formé.", priority="shadows")
    made = [world.database.write(SAM, propose, form, view_id="V1") for _ in range(2)]
    assert made[0] == made[1]
    assert (made[0].status, made[0].priority, made[0].topic) == ("proposed", "shadows", "gaps")
    assert len(world.database.read(lambda session: session.scalars(select(Recommendation)).all())) == 1
    told = gaps.priority(world.database.read(gaps.gaps, SAM), "shadows").proposals
    assert [each.fr for each in told] == ["Qu'un groupe soit formé."]
    with pytest.raises(Invalid) as problem:
        world.database.write(SAM, propose, RecommendationForm("Only English", "", "So", "", group="bees"))
    assert fields(problem) == {"wording_fr", "consequence_fr"}
    with pytest.raises(Forbidden):
        world.database.write(ANN, propose, form)
    with pytest.raises(NotFound):
        world.database.write(SAM, propose, RecommendationForm("One", "Un", priority="nothing"))
