"""Records that come of calls: their ids, and where they come from."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.calls.forms import Newcomer
from cadre.calls.models import Call
from cadre.calls.speaking import OF_IT
from cadre.core import changes, clock
from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.i18n import is_language
from cadre.core.ids import free_id
from cadre.core.models import Provenance, Source
from cadre.groups.models import Group
from cadre.groups.rights import one_by_one
from cadre.groups.roles import person_record
from cadre.notices.recipients import keep_language, recipients
from cadre.people import holders
from cadre.people import service as people
from cadre.people.models import Person, Role
from cadre.people.standing import forget
from cadre.priorities.models import Alignment, Priority

_SOURCE: Final = "calls"
_CONFIRMED: Final = "confirmed"
_DEMONSTRATION: Final = "demonstration"


def proposed(session: Session, subject: str, id_: str, priority: str | None = None) -> None:
    """A record that a call proposes, and that nobody confirmed. ``priority``: for which it calls; what comes of one that was invented to
    show Cadre is invented too.
    """
    source = (_invented(session, priority) if priority else None) or _own_source(session)
    session.add(Provenance(subject=subject, subject_id=id_, field="record", source=source, standing="stated"))


def _invented(session: Session, priority: str) -> str | None:
    """The source of a priority, where it was invented."""
    of = (Provenance.subject == "priority", Provenance.subject_id == priority, Provenance.field == "record")
    query = select(Source.id).join(Provenance, Provenance.source == Source.id).where(*of, Source.origin == _DEMONSTRATION)
    found: str | None = session.scalar(query)
    return found


def _own_source(session: Session) -> str:
    if session.get(Source, _SOURCE) is None:
        title = Bilingual("Participation calls", "Appels à la participation")
        session.add(Source(id=_SOURCE, origin="ours", title=title, attested=PartialDate.day(clock.today(session))))
        session.flush()
    return _SOURCE


def newcomer(session: Session, named: Newcomer, jurisdiction: str | None) -> Person:
    """A record for somebody who is put forward and is not in the registry yet; the one with the same address, where there is one. In which
    language they work is not known by that: until somebody says so, they are written to in both.
    """
    one_by_one(session)
    made = person_record(session, named.name, named.email, jurisdiction, people.own_source(session))
    return session.get_one(Person, made)


def written_in(session: Session, person: str, language: str = "") -> None:
    """Somebody of whom nothing says in which language to write to them is written to in the one in which they work; where they work in
    both, or nobody said, in that of whoever puts them forward.
    """
    by = changes.actor(session).person
    if is_language(language) or by:
        keep_language(session, person, language if is_language(language) else recipients(session, [by or ""])[by or ""].language)


def proposed_role(session: Session, group: str, person: str, role: str, priority: str | None = None) -> None:
    """A role that the call proposes: nobody holds it by that."""
    made = Role(id=free_id(session, Role, f"{group}.{person}.{role}"), person=person, role=role, group=group)
    session.add(made)
    session.flush()
    proposed(session, "role", made.id, priority)


def given_up(session: Session, call: Call) -> None:
    """What a call that is cancelled made at its opening: the group is over, nobody is proposed for it, and it serves no priority. Not where
    it was confirmed since, or another call seeks people for it.
    """
    group = session.get(Group, call.group) if call.group and call.group_kind else None  # of a group that was there before, it has no kind
    if group is None or group.state != "proposed" or session.scalar(select(Call.id).where(Call.group == group.id, Call.id != call.id)):
        return
    group.state = "sunset"
    for role in session.scalars(select(Role).where(Role.group == group.id)).all():
        if role.since is None and role.until is None and not is_confirmed(session, role):
            role.until = PartialDate.day(clock.today(session))
    for carried in session.scalars(select(Priority).where(Priority.group == group.id)):
        carried.group = None
    for aligned in session.scalars(select(Alignment).where(Alignment.group == group.id)).all():
        forget(session, "alignment", aligned.id)
        session.delete(aligned)


def current_role(session: Session, group: str, person: str, role: str) -> Role | None:
    """The role of that kind that somebody has in a group, confirmed or proposed, and that has no end."""
    held = session.scalars(select(Role).where(Role.group == group, Role.person == person, Role.role == role).order_by(Role.id))
    return next((each for each in held if each.until is None), None)


def is_member_of(session: Session, group: str, person: str) -> bool:
    """Whether somebody is confirmed to have a role in a group now by which they speak there: an observer only listens."""
    return any(held.group == group and held.role in OF_IT for held in holders.of_person(session, person))


def is_confirmed(session: Session, role: Role) -> bool:
    """Whether the secretariat said that a role stands."""
    fact = _fact(session, role)
    return fact is not None and fact.standing == _CONFIRMED


def _fact(session: Session, role: Role) -> Provenance | None:
    where = (Provenance.subject == "role", Provenance.subject_id == role.id, Provenance.field == "record")
    found: Provenance | None = session.scalar(select(Provenance).where(*where))
    return found


def confirmed_role(session: Session, group: str, person: str, role: str) -> Role:
    """A role that the secretariat confirms: the one that was only proposed, or a new one."""
    held = current_role(session, group, person, role)
    if held is None:
        held = Role(id=free_id(session, Role, f"{group}.{person}.{role}"), person=person, role=role, group=group)
        session.add(held)
    held.since = held.since or PartialDate.day(clock.today(session))
    session.flush()
    fact = _fact(session, held)
    if fact is None:
        fact = Provenance(subject="role", subject_id=held.id, field="record", source=people.own_source(session))
        session.add(fact)
    fact.standing, fact.confirmed_by, fact.confirmed_on = _CONFIRMED, changes.actor(session).label[:200], clock.today(session)
    return held
