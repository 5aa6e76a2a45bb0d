"""By which ways those who answer for a jurisdiction are written to, and whom nothing reaches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.calls import wording
from cadre.calls.facts import Grid, InvitationFacts
from cadre.calls.models import Call, CallChair
from cadre.calls.speaking import representatives
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.notices.facts import Via
from cadre.notices.joining import ways_to
from cadre.notices.recipients import recipients
from cadre.people.facts import PersonRef
from cadre.people.models import Person

Reach = Mapping[str, tuple[Via, ...]]
"""By which ways each representative is written to, by the id of their record; by none, whom nothing reaches."""


def reach(session: Session, grid: Grid, *, email: bool = True) -> Reach:
    """How each representative in a grid is written to: as they chose, else as they can be. ``email``: there is a mail server."""
    people = {person.id for invitation in grid.invitations for person in invitation.representatives}
    return {id_: ways_to(recipient, email=email) for id_, recipient in recipients(session, people).items()}


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom the opening of a call reaches. ``written``: jurisdictions of which somebody is written to; ``unspoken``: those for which nobody
    answers; ``unreached``: representatives and co-chairs whom nothing reaches; ``in_both``: how many representatives are written to by
    e-mail in both languages, for nothing says in which.
    """

    written: int
    unspoken: int
    unreached: tuple[PersonRef, ...]
    in_both: int = 0


def audience(session: Session, call: Call, *, email: bool = True) -> Audience:
    """Whom it would reach if a call were told of now."""
    speaking = [people.values() for people in representatives(session, call).values()]
    chairs = select(Person.id, Person.name).join(CallChair, CallChair.person == Person.id).where(CallChair.call == call.id)
    everybody = [person for people in speaking for person in people]
    known = recipients(session, {person.id for person in everybody})
    in_both = sum(each.unsaid and "email" in ways_to(each, email=email) for each in known.values())
    everybody += [PersonRef(id_, name) for id_, name in session.execute(chairs.order_by(Person.name, Person.id))]
    lost = unreached(session, everybody, email=email)
    written = sum(any(person not in lost for person in people) for people in speaking)
    return Audience(written, sum(not people for people in speaking), lost, in_both)


def unreached(session: Session, people: Iterable[PersonRef], *, email: bool = True) -> tuple[PersonRef, ...]:
    """Those whom nothing reaches: unknown in Slack, and without an address or a mail server."""
    wanted = tuple(dict.fromkeys(people))
    known = recipients(session, [person.id for person in wanted])
    return tuple(person for person in wanted if person.id not in known or not ways_to(known[person.id], email=email))


def last_contact(each: InvitationFacts, ways: Reach, reader: Reader) -> Words:
    """The day of the last contact with a jurisdiction; where there was none, what that means."""
    _ = reader.gettext
    if each.last_contact:
        return reader.date(reader.local(each.last_contact).date())
    if not each.representatives:
        return _("none yet, for nobody answers for it")
    if not any(ways.get(person.id) for person in each.representatives):
        return _("none yet, for nothing reaches those who answer for it")
    return _("none yet, for no message of this call has been delivered to them, and no talk with them is noted")


def reached(person: PersonRef, ways: Reach, reader: Reader) -> Words:
    """ "in Slack and by e-mail"."""
    known = ways.get(person.id, ())
    return reader.listed(wording.way(way, reader) for way in known) if known else reader.gettext("nothing reaches them")
