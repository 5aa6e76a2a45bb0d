"""What stands in the registry beside the answer of a jurisdiction: what it came in place of, and what came after the closing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from cadre.calls.facts import BeforeFacts, LateFacts, SignUpFacts
from cadre.calls.models import Invitation, LateRefusal
from cadre.calls.rules import invitation_state


def before(row: Invitation, offers: Iterable[SignUpFacts], *, taken_up: bool) -> BeforeFacts | None:
    """What a jurisdiction had said in time before its answer; of one that was not ``taken_up`` late, only a refusal is told."""
    in_time = [each for each in offers if each.endorsed and each.state != "declined" and not each.came_late] if taken_up else []
    roles = [each.role for each in in_time]
    declined = row.declined and (not taken_up or not roles)
    state = invitation_state(roles, declined=row.declined, delegated=False, stood=row.stood)
    if (row.state == "declined" and not taken_up) or not (declined or taken_up):
        return None
    return BeforeFacts(
        state=state if taken_up else "declined",
        reason=row.reason if declined else None,
        people=tuple(each.person for each in in_time),
        answered_at=row.refused_at if declined else None,
        answered_by=row.refused_by if declined else None,
        recorded_by=row.refused_recorded_by if declined else None,
        said_by=row.refused_said_by if declined else None,
        said_on=row.refused_said_on if declined else None,
        way=cast("Any", row.refused_way if declined else None),
    )


def late(row: Invitation, offers: Iterable[SignUpFacts], refusal: LateRefusal | None, *, over: bool) -> LateFacts | None:
    """What came after the closing: what is to be decided on, while the call is not ``over``; else what was taken up, or was not."""
    came_late = [each for each in offers if each.endorsed and each.came_late]
    for state in ("offered", "accepted", "declined"):
        if found := [each for each in came_late if each.state == state]:
            first, people = found[0], tuple(each.person for each in found)
            decided: dict[str, Any] = {"taken_up": state == "accepted", "settled_by": first.settled_by, "settled_at": first.settled_at}
            decided["in_time"] = tuple(each.person for each in found if not each.late)
            return LateFacts(people, None, first.changed_at, first.said_on, state == "offered" and not over, **decided)
    if refusal is None:
        return None
    undecided, stands = refusal.taken_up is None and not over, bool(refusal.taken_up) and row.state == "declined"
    by, at = refusal.settled_by, refusal.settled_at
    return LateFacts((), refusal.reason, refusal.answered_at, refusal.said_on, undecided, stands, by, at, refuser=refusal.refuser)
