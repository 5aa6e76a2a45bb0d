"""Who is entitled to a position in a council: its seats, and who speaks for each."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.people import holders
from cadre.people.holders import Holder
from cadre.people.models import Jurisdiction

MEMBER: Final = "member"
ALTERNATE: Final = "alternate"
_DEPARTMENT: Final = "department"


def standing(session: Session, council: str) -> tuple[tuple[str, tuple[Holder, ...]], ...]:
    """The seats of a council now: jurisdiction, and its confirmed members and alternates, members first.

    A jurisdiction has one seat: a department sits for its government. In order of their ids.
    """
    found: dict[str, list[Holder]] = {}
    held = [each for each in holders.of_groups(session, [council]) if each.role in (MEMBER, ALTERNATE) and each.jurisdiction]
    parents = dict(session.execute(select(Jurisdiction.id, Jurisdiction.parent).where(Jurisdiction.kind == _DEPARTMENT)).all())
    for each in held:
        place = parents.get(str(each.jurisdiction)) or str(each.jurisdiction)
        if all(each.person != other.person for other in found.setdefault(place, [])):
            found[place].append(each)
    return tuple((place, tuple(sorted(found[place], key=lambda each: each.role == ALTERNATE))) for place in sorted(found))
