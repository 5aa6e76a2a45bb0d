"""How notices about workplans and activities read, from facts alone, and what can be done where they stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.face import Told
from bot.notices.views import draft
from bot.workplans import notices
from bot.workplans.notice_parts import HandedInFacts
from cadre.core.bilingual import Bilingual
from cadre.core.reader import Reader
from cadre.notices.drafts import Draft
from cadre.workplans.facts import ExtensionFacts, HandedIn, WorkplanFacts
from tests.slack.invented_workplans import DAY, EXTENSION, TAKEN_BACK, activity, plan

ENGLISH, FRENCH = Reader("en_CA"), Reader("fr_CA")


def told(kind: str, day: date = DAY, manner: str = "digest", **detail: Any) -> Told:
    return Told(1, kind, "x", date(2027, 3, 1), "before-7", manner, "robin-ashgrove", day, detail)


def handed_in(found: WorkplanFacts, *times: HandedIn) -> HandedInFacts:
    return HandedInFacts(found, times)


def says(kind: str, facts: Any, day: date = DAY, **detail: Any) -> tuple[str, list[str]]:
    """What a notice says, and its buttons."""
    face = next(face for face in notices.FACES if face.kind == kind)
    notice = told(kind, day, **detail)
    controls = face.controls(facts, notice, ENGLISH)
    return face.headline(facts, notice, ENGLISH), [control["text"]["text"] for control in controls]


@pytest.mark.parametrize("people", [0, 3, 11])
def test_a_draft_opens_however_many_it_may_go_to(people: int) -> None:
    whom = tuple(("lead", f"p{n}", f"Person {n}") for n in range(people))
    found = Draft(1, "activity", "activity:1", Bilingual("x" * 3000, "y" * 3000), DAY, 30, whom, text=Bilingual("x" * 3100, "y" * 3100))
    shown = draft(found, ENGLISH).payload()
    fields = {block["block_id"]: block["element"] for block in shown["blocks"] if block["type"] == "input"}
    assert len(fields.get("persons", {}).get("options", ())) == people
    assert len(fields.get("persons", {}).get("initial_options", ())) == people, "all of them, at first"
    assert all(len(each["initial_value"]) <= each["max_length"] for name, each in fields.items() if name != "persons")
    assert ("submit" in shown) == (people > 0)


def test_that_a_workplan_was_accepted_says_that_it_can_be_approved_only_while_it_can() -> None:
    assert "can approve it" in says("workplan_accepted", plan(activity(), state="complete"), by="Sam")[0]
    returned = plan(activity(), state="returned")
    assert "can approve it" not in says("workplan_accepted", returned, by="Sam")[0]
    face = next(face for face in notices.FACES if face.kind == "workplan_accepted")
    assert face.moot(returned, told("workplan_accepted", DAY, by="Sam"))


def test_a_notice_of_a_workplan_says_when_it_is_due_and_how_late() -> None:
    due = "Orchards: the workplan is due March 1, 2027, in 12 days."
    assert says("workplan", plan(activity())) == (due, ["Open", "Submit", "More time"])
    assert says("workplan", plan()) == (due, ["Open", "More time"]), "there is nothing to submit yet"
    assert says("workplan", plan(), date(2027, 3, 1))[0] == "Orchards: the workplan is due today, March 1, 2027."
    assert says("workplan", plan(), date(2027, 3, 2))[0] == "Orchards: the workplan was due March 1, 2027, 1 day ago."


def test_a_notice_of_a_workplan_that_is_handed_in_says_by_whom() -> None:
    handed_in = plan(state="submitted", settled_at=datetime(2027, 2, 16, 20, tzinfo=UTC), settled_by="Robin Ashgrove (U0ROBIN)")
    assert says("workplan", handed_in) == ("Workplan of Orchards. Submitted by Robin Ashgrove, February 16, 2027.", [])


def test_a_notice_of_an_activity_can_be_answered_where_it_stands() -> None:
    text, controls = says("activity", activity(state="not_started"))
    assert text == "Plant row 1 (Orchards): due March 1, 2027, in 12 days."
    assert controls == ["Done", "On track", "At risk", "More time", "Reassign"]


def test_a_notice_says_that_more_time_was_asked_for_until_the_secretariat_answers() -> None:
    until = date(2027, 5, 3)
    assert says("workplan", plan(asked_until=until))[0].endswith("in 12 days. More time asked until May 3, 2027.")
    assert says("activity", activity(state="not_started", asked_until=until))[0].endswith("More time asked until May 3, 2027.")


def test_a_notice_of_an_activity_that_nobody_carries_out_says_so_in_a_sentence() -> None:
    assert says("activity", activity(state="not_started", owners=()))[0].endswith("in 12 days. Nobody carries it out yet.")
    left = activity(state="not_started", gone=activity().owners)
    assert says("activity", left)[0].endswith("Nobody carries it out now: Robin Ashgrove no longer holds a role there.")


def test_what_is_late_though_it_was_said_to_go_well_says_when_that_was() -> None:
    text, _ = says("activity", activity(state="on_track"), date(2027, 3, 29))
    assert text.endswith("due March 1, 2027, 28 days late. Robin Ashgrove said on February 2, 2027: on track.")


def test_once_it_is_done_the_notice_says_who_said_so() -> None:
    text, controls = says("activity", activity(state="done"))
    assert text == "Plant row 1 (Orchards). Done: said by Robin Ashgrove, February 2, 2027."
    assert controls == []


def test_a_returned_workplan_says_why_and_by_whom() -> None:
    text, controls = says("workplan_returned", handed_in(plan(activity(), state="returned")), by="Jordan Wrenwood", reason="Too few apples")
    assert text == "Orchards: Jordan Wrenwood returned the workplan. Reason: Too few apples"
    answer: dict[str, Any] = {"extension": 9, "until": "2027-04-01", "approved": False}
    others: tuple[tuple[str, Any, dict[str, Any]], ...] = (
        ("workplan_returned", handed_in(plan(activity(), state="returned")), {}),
        ("workplan_unapproved", TAKEN_BACK, {}),
        ("extension_settled", requests(Bilingual("Prune", "Tailler")), answer),
    )
    for kind, facts, detail in others:
        french = says(kind, facts, by="Jordan", reason="Trop peu", language="fr", **detail)[0]
        assert french.endswith("Reason: Trop peu (in French only)"), "as other texts are marked"
    assert "Submit" in controls


MEETING = {"en": "Brook (March 2027)", "fr": "Ruisseau (mars 2027)"}


@pytest.mark.parametrize(
    ("facts", "meeting", "text"),
    [
        (
            plan(state="approved"),
            MEETING,
            "Orchards: the Council approved the workplan at the meeting Brook (March 2027). Recorded by Jordan.",
        ),
        (plan(state="approved"), "demo-2025-10", "Orchards: the Council approved the workplan. Recorded by Jordan."),
        (
            TAKEN_BACK,
            MEETING,
            "Orchards: the Council approved the workplan at the meeting Brook (March 2027). Recorded by Jordan. "
            "The approval was taken back by Jordan, March 9, 2027. Reason: It was put off",
        ),
    ],
    ids=["named", "as it was announced before", "taken back since"],
)
def test_an_approval_is_told_with_its_meeting_and_whether_it_still_stands(facts: WorkplanFacts, meeting: object, text: str) -> None:
    assert says("workplan_approved", facts, by="Jordan", meeting=meeting) == (text, [])


def test_an_approval_that_is_taken_back_says_why_and_by_whom() -> None:
    text, _ = says("workplan_unapproved", TAKEN_BACK, by="Jordan", reason="It was put off")
    assert text == "Orchards: Jordan took back the approval that was recorded. Reason: It was put off"


def requests(name: Bilingual) -> dict[int, ExtensionFacts]:
    """What somebody asked for, not answered yet, given and not given."""
    given: tuple[tuple[int, Any, str | None], ...] = (
        (7, "asked", None),
        (8, "approved", "Jordan Wrenwood (U0JORDAN)"),
        (9, "refused", "Jordan"),
    )
    asked = replace(EXTENSION, name=name, reason="Ice.", target=Bilingual("Orchards", "Vergers"), asked_by="Robin Ashgrove")
    return {id_: replace(asked, id=id_, state=state, settled_by=by) for id_, state, by in given}


REQUEST: dict[str, Any] = {"extension": 7, "by": "Robin Ashgrove", "until": "2027-04-01", "reason": "Ice"}


TITLES: tuple[tuple[str, Any, date, dict[str, Any], str], ...] = (
    ("workplan", plan(), DAY, {}, "Workplan due March 1, 2027: Orchards"),
    ("workplan", plan(), date(2027, 3, 9), {}, "Workplan late since March 1, 2027: Orchards"),
    ("workplan", plan(), date(2027, 3, 1), {}, "Workplan due today, March 1, 2027: Orchards"),
    ("activity", activity(state="not_started"), date(2027, 3, 1), {}, "Due today, March 1, 2027: Plant row 1"),
    ("workplan_opened", plan(), DAY, {}, "Workplan to write: Orchards"),
    ("workplan_moved", plan(), DAY, {"from": "2027-02-20", "to": "2027-03-01"}, "New due date, March 1, 2027: Orchards"),
    ("workplan_returned", handed_in(plan(state="returned")), DAY, {}, "Workplan returned: Orchards"),
    ("activity", activity(state="not_started"), DAY, {}, "Due March 1, 2027: Plant row 1"),
    ("activity_moved", activity(), DAY, {"from": "2027-02-20", "to": "2027-03-01"}, "New due date, March 1, 2027: Plant row 1"),
    ("activity_assigned", activity(state="not_started"), DAY, {}, "Yours to carry out: Plant row 1"),
)


@pytest.mark.parametrize(("kind", "facts", "day", "detail", "subject"), TITLES)
def test_the_subject_of_a_letter_is_short_on_purpose(kind: str, facts: Any, day: date, detail: dict[str, Any], subject: str) -> None:
    face = next(face for face in notices.FACES if face.kind == kind)
    assert face.title
    assert face.title(facts, told(kind, day, **detail), ENGLISH) == subject


def test_a_new_half_year_is_told_without_naming_the_group_twice() -> None:
    assert says("workplan_opened", plan())[0] == (
        "Orchards: a new half-year begins, and its workplan can be written. Due March 1, 2027, in 12 days."
    )


def test_a_request_for_more_time_can_be_answered_until_somebody_does() -> None:
    asked = requests(Bilingual("Prune", "Tailler"))
    told_, buttons = says("extension_asked", asked, **REQUEST)
    assert told_ == (
        "Prune (Orchards): Robin Ashgrove asks for time until April 1, 2027 instead of February 17, 2027. "
        "14 days were given for it already. Reason: “Ice”."
    )
    moved = {id_: replace(each, due=date(2027, 4, 1)) for id_, each in asked.items()}
    assert "instead of February 17, 2027. By now it is due April 1, 2027. 14 days" in says("extension_asked", moved, **REQUEST)[0]
    given, _ = says("extension_asked", moved, **REQUEST | {"extension": 8})
    assert given == (
        "Prune (Orchards): Robin Ashgrove asked on February 10, 2027 for time until April 1, 2027 instead of February 17, 2027. "
        "14 days had been given for it by then. Reason: “Ice”. Given by Jordan Wrenwood."
    ), "not as though it had been asked for from the date that was given"
    assert buttons == ["Grant more time", "Refuse", "Open"]
    text, buttons = says("extension_asked", asked, **REQUEST | {"extension": 9})
    assert text.endswith("Reason: “Ice”. Not given; settled by Jordan.")
    assert buttons == ["Open"]


@pytest.mark.parametrize(
    ("approved", "text"),
    [
        (True, "Workplan of Orchards: Jordan gave you time until April 1, 2027."),
        (False, "Workplan of Orchards: Jordan did not grant more time (until April 1, 2027). The due date stays."),
    ],
)
def test_who_asked_for_more_time_hears_the_answer(approved: bool, text: str) -> None:
    asked = requests(Bilingual("Orchards", "Vergers"))
    answer: dict[str, Any] = {"extension": 8 if approved else 9, "by": "Jordan", "until": "2027-04-01", "approved": approved}
    assert says("extension_settled", asked, **answer) == (text, ["Open"])
    title = next(face for face in notices.FACES if face.kind == "extension_settled").title
    subject = "More time until April 1, 2027: Orchards" if approved else "No more time: Orchards"
    assert title
    assert title(asked, told("extension_settled", DAY, extension=7, approved=approved), ENGLISH) == subject
