"""By which ways those who answer for a jurisdiction are written to, and whom nothing reaches."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from cadre.calls import wording
from cadre.calls.facts import Grid, PersonRef
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.notices.deliveries import Via
from cadre.notices.joining import ways_to
from cadre.notices.recipients import recipients

Reach = Mapping[str, tuple[Via, ...]]
"""By which ways each representative is written to, by the id of their record; by none, whom nothing reaches."""


def reach(session: Session, grid: Grid, *, email: bool = True) -> Reach:
    """How each representative in a grid is written to: as they chose, else as they can be. ``email``: there is a mail server."""
    people = {person.id for invitation in grid.invitations for person in invitation.representatives}
    return {id_: ways_to(recipient, email=email) for id_, recipient in recipients(session, people).items()}


def reached(person: PersonRef, ways: Reach, reader: Reader) -> Words:
    """ "in Slack and by e-mail"."""
    known = ways.get(person.id, ())
    return reader.listed(wording.way(way, reader) for way in known) if known else reader.gettext("nothing reaches them")
