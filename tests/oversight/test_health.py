"""The health of a group by the rules G1 and G2, for a day: what is in order, to complete, not known, not applicable."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cadre.core.reader import Reader
from cadre.oversight import wording
from cadre.oversight.facts import Actions, Activities, CycleNow, GroupNow, Mandate, Meetings, Requirement
from cadre.oversight.rules import Finding, counting, health, weaknesses
from tests.oversight.pictures import CYCLES, DAY, group, picture, plans, post, when

EN, FR = Reader("en_CA"), Reader("fr_CA")
SEAT = post("ann", "member", "council")


def found(requirement: Requirement, of: GroupNow | None = None, **about: Any) -> Finding:
    """How the Bees stand in one thing."""
    bees = of or group()
    return health(picture(bees, **about), bees).of(requirement)


def stands(requirement: Requirement, of: GroupNow | None = None, **about: Any) -> tuple[str, str]:
    told = found(requirement, of, **about)
    return told.state, told.reason


def test_what_nobody_recorded_is_not_known_until_the_secretariat_confirmed_the_record() -> None:
    for requirement in ("mandate", "meetings", "council_co_chair", "leads"):
        assert stands(requirement) == ("unknown", "absent"), requirement
        assert stands(requirement, group(looked_at=True)) == ("to_complete", "absent"), requirement
    assert health(picture(group()), group()).state == "unknown"


def test_a_mandate_stands_until_its_last_day_is_over() -> None:
    assert stands("mandate", mandates={"bees": Mandate(True)}) == ("fulfilled", "defined")
    for said, state in (("2027-04-15", "fulfilled"), ("2027-04", "fulfilled"), ("2027-04-14", "to_complete"), ("2027-03", "to_complete")):
        assert found("mandate", mandates={"bees": Mandate(True, when(said))}).state == state, said


def test_workplans_of_the_last_two_cycles_are_to_be_approved() -> None:
    assert stands("workplan", plans=plans(h2027_1="approved", h2026_2="approved", h2026_1="draft")) == ("fulfilled", "cycles")
    late = found("workplan", plans=plans(h2027_1="approved", h2026_2="returned"))
    assert (late.state, late.plan) == ("to_complete", "bees.2026-2")
    waiting = found("workplan", plans=plans(h2027_1="submitted", h2026_2="approved"))
    assert waiting.cycles == (("2027-1", "waiting"), ("2026-2", "approved"))
    assert waiting.state == "to_complete"


def test_a_cycle_asks_for_nothing_of_a_group_that_had_no_workplan_in_it() -> None:
    assert found("workplan", plans=plans(h2027_1="approved")).cycles == (("2027-1", "approved"),)
    assert stands("workplan") == ("not_applicable", "no_cycle")


def test_a_cycle_that_the_registry_does_not_have_is_not_known() -> None:
    told = found("workplan", plans=plans(h2027_1="approved"), cycles={"council": CYCLES[:1]})
    assert told.state == "unknown"
    assert told.cycles == (("2027-1", "approved"), ("2026-2", "unknown"))


def test_a_cycle_counts_once_the_meeting_that_is_to_approve_it_is_over() -> None:
    to_come = (replace(CYCLES[0], held=when("2027-05-20")), *CYCLES[1:])
    assert [half for half, _ in counting(to_come, DAY)] == ["2026-2", "2026-1"]
    early = (CycleNow("2027-2", date(2027, 4, 1), when("2027-04-14")), *CYCLES)
    assert [half for half, _ in counting(early, DAY)] == ["2027-2", "2027-1"]
    assert [half for half, _ in counting(CYCLES, DAY)] == ["2027-1", "2026-2"]


def test_meetings_are_planned_and_not_long_ago() -> None:
    def told(last: str | None, next_: str | None) -> tuple[str, str]:
        return stands("meetings", meetings={"bees": Meetings(last and when(last), next_ and when(next_))})  # type: ignore[arg-type]  # no text is no day

    assert told("2027-02-01", "2027-05") == ("fulfilled", "next")
    assert told(None, "2027-05") == ("fulfilled", "next")
    assert told("2026-10-15", "2027-05") == ("fulfilled", "next"), "six months to the day"
    assert told("2026-10-14", "2027-05") == ("to_complete", "long_ago")
    assert told("2027-02-01", None) == ("to_complete", "none_planned")


def test_a_co_chair_is_a_member_of_a_council() -> None:
    chair = post("ann", "co_chair")
    assert stands("council_co_chair", posts=(chair, SEAT)) == ("fulfilled", "held")
    assert stands("council_co_chair", posts=(chair,)) == ("to_complete", "no_member")
    assert stands("council_co_chair", posts=(chair, replace(SEAT, role="secretariat"))) == ("to_complete", "no_member")
    assert stands("council_co_chair", posts=(chair, replace(SEAT, held=False))) == ("to_complete", "no_member")
    assert stands("council_co_chair", posts=(chair, replace(SEAT, confirmed=False))) == ("unknown", "unconfirmed")
    assert stands("council_co_chair", posts=(replace(chair, held=False), SEAT)) == ("to_complete", "ended")
    assert stands("council_co_chair", posts=(post("ann", "lead"), SEAT)) == ("unknown", "absent"), "a lead is no co-chair"


def test_leads_in_office() -> None:
    assert stands("leads", posts=(post("ann", "lead"),)) == ("fulfilled", "held")
    assert stands("leads", posts=(post("ann", "lead", held=False),)) == ("to_complete", "ended")
    assert stands("leads", posts=(post("ann", "lead", doubtful=True),)) == ("unknown", "unconfirmed")


def test_actions_and_facts() -> None:
    assert stands("actions", actions={"bees": Actions(late=2, unclear=1)}) == ("to_complete", "late")
    assert stands("actions", actions={"bees": Actions(unclear=1)}) == ("unknown", "unclear")
    assert stands("actions") == ("fulfilled", "none_late")
    told = found("facts", doubtful={"bees": 2}, posts=(post("ann", "member", confirmed=False), post("guy", "member", held=False)))
    assert (told.state, told.n) == ("to_complete", 3)


def test_activities_of_the_workplan_stand_beside_the_actions_of_meetings() -> None:
    told = found("activities", activities={"bees": Activities(late=2, plan="bees.2026-2")}, plans=plans(h2026_2="approved"))
    assert (told.state, told.reason, told.plan) == ("to_complete", "late", "bees.2026-2")
    assert wording.line(told, EN) == "▲ Activities of the workplan (to complete). 2 activities are late."
    assert stands("activities", plans=plans(h2026_2="approved")) == ("fulfilled", "none_late")
    assert stands("activities") == ("not_applicable", "no_cycle")
    assert wording.line(found("actions"), EN) == "✓ Actions of meetings. None is late."
    assert wording.line(found("actions"), FR) == "✓ Suites des réunions. Aucune n'est en retard."


def test_what_does_not_apply() -> None:
    assert stands("mandate", group(needs=frozenset({"meetings"}))) == ("not_applicable", "kind")
    assert stands("mandate", group(needs=None)) == ("unknown", "kind")
    assert stands("meetings", group(state="dormant", looked_at=True)) == ("not_applicable", "dormant")
    assert stands("leads", group(state="proposed", looked_at=True)) == ("not_applicable", "proposed")
    assert stands("workplan", group(council=None)) == ("not_applicable", "no_council")
    assert stands("workplan", group(state=None)) == ("unknown", "state")


def test_a_weakness_is_known() -> None:
    def weak(of: GroupNow, **about: Any) -> list[str]:
        shown = picture(of, **about)
        return list(weaknesses(shown, health(shown, of)))

    assert weak(group()) == [], "nothing is known of it, which is no weakness"
    assert weak(group(state="dormant")) == ["dormant"]
    gone = (post("ann", "lead", held=False),)
    expired = {"bees": Mandate(True, when("2026"))}
    assert weak(group(), posts=gone, mandates=expired, plans=plans(h2027_1="draft")) == ["no_lead", "expired", "no_workplan"]
    assert weak(group(), plans=plans(h2027_1="submitted", h2026_2="draft")) == [], "a workplan waits for its approval"


@pytest.mark.parametrize("reader", [EN, FR])
def test_every_finding_can_be_told(reader: Reader) -> None:
    """Each branch above, in words, with its values put in."""
    people = (post("ann", "co_chair"), SEAT)
    cases: list[tuple[GroupNow, dict[str, Any]]] = [
        (group(), {}),
        (group(looked_at=True), {}),
        (group(needs=None), {}),
        (group(needs=frozenset()), {}),
        (group(state="dormant"), {}),
        (group(state="proposed"), {}),
        (group(state=None), {}),
        (group(council=None), {}),
        (group(), {"posts": people, "mandates": {"bees": Mandate(True)}, "plans": plans(h2027_1="draft", h2026_2="submitted")}),
        (group(), {"posts": people[:1], "mandates": {"bees": Mandate(True, when("2026"))}, "meetings": {"bees": Meetings(when("2020"))}}),
        (group(), {"posts": tuple(replace(each, held=False) for each in people), "actions": {"bees": Actions(1, 0)}}),
        (group(), {"posts": tuple(replace(each, doubtful=True) for each in people), "actions": {"bees": Actions(0, 1)}}),
        (group(), {"meetings": {"bees": Meetings(when("2020"), when("2028"))}, "mandates": {"bees": Mandate(True, when("2028"))}}),
        (group(), {"meetings": {"bees": Meetings(None, when("2028"))}, "doubtful": {"bees": 1}}),
    ]
    for of, about in cases:
        whole = health(picture(of, **about), of)
        for each in whole.findings:
            told = wording.line(each, reader)
            assert "{" not in told
            assert told
        assert wording.standing(whole, reader)


def test_it_is_told_in_both_languages() -> None:
    told = found("workplan", plans=plans(h2027_1="returned", h2026_2="approved"))
    assert wording.line(told, EN) == "▲ Workplans (to complete). Cycle of March 2027: not handed in. Cycle of September 2026: approved."
    assert wording.line(told, FR).startswith("▲ Plans de travail (à compléter). Cycle de mars 2027\u00a0: non remis.")
