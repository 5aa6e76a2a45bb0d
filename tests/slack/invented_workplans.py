"""Workplans as facts, to be looked at without a registry."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from cadre.core.bilingual import Bilingual
from cadre.people.facts import PersonRef
from cadre.workplans.facts import ActivityFacts, ExtensionFacts, OutcomeFacts, Seen, WorkplanFacts

DAY = date(2027, 2, 17)
ROBIN = PersonRef("robin-ashgrove", "Robin Ashgrove")
OUTCOME = OutcomeFacts("o1", "short", 1, Bilingual("More pies", "Plus de tartes"))


def activity(id_: int = 1, **other: Any) -> ActivityFacts:
    """One that is on track and due on 1 March 2027."""
    made = ActivityFacts(
        id=id_,
        workplan="orchards.2027-1",
        target=Bilingual("Orchards", "Vergers"),
        number=id_,
        title=Bilingual(f"Plant row {id_}", f"Planter le rang {id_}"),
        due=date(2027, 3, 1),
        state="on_track",
        note=None,
        outcome=OUTCOME,
        owners=(ROBIN,),
        told_at=datetime(2027, 2, 2, 15, tzinfo=UTC),
        told_by="Robin Ashgrove (U0ROBIN)",
    )
    return replace(made, **other)


def plan(*activities: ActivityFacts, **other: Any) -> WorkplanFacts:
    """A draft that is due on 1 March 2027."""
    made = WorkplanFacts(
        id="orchards.2027-1",
        half="2027-1",
        cycle="demo-council.2027-1",
        council="demo-council",
        council_name=Bilingual("Demonstration Council", "Conseil de démonstration"),
        target_kind="group",
        target="orchards",
        target_name=Bilingual("Orchards", "Vergers"),
        state="draft",
        aim=Bilingual("An apple a day", "Une pomme par jour"),
        due=date(2027, 3, 1),
        due_by="calendar",
        meeting=None,
        meeting_name=None,
        reason=None,
        settled_at=None,
        settled_by=None,
        activities=activities,
        leads=(ROBIN,),
        co_chairs=(),
        alternates=(),
    )
    return replace(made, **other)


def seen(found: WorkplanFacts, **other: Any) -> Seen:
    """As its lead sees it."""
    made = Seen(
        plan=found,
        may_edit=True,
        may_settle=False,
        mine=frozenset(each.id for each in found.activities),
        owed=(),
        copied_from=None,
    )
    return replace(made, **other)


LONG = Bilingual("W" * 3000, "É&<" * 1000)
EXTENSION = ExtensionFacts(
    7,
    "activity:1",
    LONG,
    DAY,
    date(2027, 4, 1),
    "R" * 3000,
    "asked",
    "Robin (U0ROBIN)",
    datetime(2027, 2, 10, 15, tzinfo=UTC),
    None,
    target=LONG,
    plan="orchards.2027-1",
    due=DAY,
    taken=14,
)
TAKEN_BACK = plan(
    state="complete", reason="It was put off", settled_at=datetime(2027, 3, 9, 20, tzinfo=UTC), settled_by="Jordan (U0JORDAN)"
)


def huge() -> WorkplanFacts:
    """With as many activities, and as long ones, as can be."""
    owners = tuple(replace(ROBIN, id=f"p{number}", name="N" * 200) for number in range(40))
    each = (activity(number, title=LONG, note=LONG, owners=owners, outcome=replace(OUTCOME, wording=LONG)) for number in range(1, 61))
    return plan(*each, aim=LONG, reason="R" * 3000, state="returned", target_name=LONG, council_name=LONG, meeting_name=LONG)
