"""The live gap analysis: what the registry says on this day."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.errors import NotFound
from cadre.core.reader import Actor
from cadre.oversight import load as loads
from cadre.oversight import matrix as rules
from cadre.oversight.load import Load
from cadre.oversight.matrix import Covered, Matrix, Row
from cadre.oversight.reading import picture
from cadre.oversight.rights import sight


@dataclass(frozen=True, slots=True)
class Gaps:
    """The live matrix and the load, as one person sees them. ``edits``: whether they may act on a gap and edit editions."""

    matrix: Matrix
    load: tuple[Load, ...]
    edits: bool


def gaps(session: Session, seen_by: Actor) -> Gaps:
    """All of it. Raises Forbidden for whoever holds no confirmed role."""
    seen = sight(session, seen_by)
    now = picture(session, clock.today(session))
    return Gaps(rules.matrix(now), loads.load(now), seen.everything)


def priority(found: Gaps, id_: str) -> Covered:
    """One priority of it. Raises NotFound."""
    for each in found.matrix.priorities:
        if each.priority.id == id_:
            return each
    raise NotFound(id_)


def group(found: Gaps, id_: str) -> Row:
    """One group of it. Raises NotFound."""
    for each in found.matrix.rows:
        if each.group.id == id_:
            return each
    raise NotFound(id_)
