"""Roles in a group, as the secretariat keeps them: who, as what, on behalf of whom, from and until when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cadre.core import changes, clock
from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.errors import Invalid, Message, NotFound
from cadre.core.ids import free_id, spelled
from cadre.core.marks import kept
from cadre.core.models import Provenance
from cadre.core.typed import is_address, tidy
from cadre.groups.models import Group
from cadre.groups.rights import group_row, one_by_one, require_going, source_for
from cadre.people.identities import CONFIRMED
from cadre.people.models import Jurisdiction, Person, Role
from cadre.people.rules import ended
from cadre.people.service import require_secretariat
from cadre.people.standing import confirm_fact, forget, state_record
from cadre.people.wording import ROLES

FIELDS: Final = ("person", "role", "jurisdiction", "on_behalf_of", "since", "until")
"""What the window of a role shows."""
RoleValues: TypeAlias = dict[str, str | PartialDate | None]
"""Role, jurisdiction, on whose behalf, since and until."""


@dataclass(frozen=True, slots=True)
class RoleEntry:
    """A role of a group. ``jurisdiction``: held then, else the person's own; ``confirmed``: by the secretariat; ``over``: it has ended."""

    id: str
    person: str
    name: str
    role: str
    jurisdiction: str | None
    jurisdiction_name: Bilingual | None
    on_behalf_of: str | None
    on_behalf_of_name: Bilingual | None
    since: PartialDate | None
    until: PartialDate | None
    confirmed: bool
    over: bool


def roles_of(session: Session, group: str) -> tuple[RoleEntry, ...]:
    """All roles of a group, those that are over last; in the order in which a group lists them."""
    of_role = (Provenance.subject == "role") & (Provenance.subject_id == Role.id) & (Provenance.field == "record")
    council = Group.__table__.alias("council")
    rows = session.execute(
        select(Role, Person.name, Jurisdiction.name, Provenance.standing, council.c.name_en, council.c.name_fr)
        .join(Person, Person.id == Role.person)
        .outerjoin(Jurisdiction, Jurisdiction.id == func.coalesce(Role.jurisdiction, Person.jurisdiction))
        .outerjoin(council, council.c.id == Role.on_behalf_of)
        .outerjoin(Provenance, of_role)
        .where(Role.group == group)
    )
    today = clock.today(session)
    found = [
        (
            row.number,
            RoleEntry(
                id=row.id,
                person=row.person,
                name=name,
                role=row.role,
                jurisdiction=row.jurisdiction,
                jurisdiction_name=place,
                on_behalf_of=row.on_behalf_of,
                on_behalf_of_name=Bilingual(in_en, in_fr) if in_en or in_fr else None,
                since=row.since,
                until=row.until,
                confirmed=standing == CONFIRMED,
                over=ended(row.until, today),
            ),
        )
        for row, name, place, standing, in_en, in_fr in rows
    ]
    found.sort(key=lambda each: (each[1].over, ROLES.index(each[1].role), each[0] or 10**6, each[1].name))
    return tuple(entry for _, entry in found)


def role_of(session: Session, id_: str) -> tuple[str, RoleEntry]:
    """A role by its id, and of which group it is. Raises NotFound."""
    row = session.get(Role, id_)
    entry = next((each for each in roles_of(session, row.group) if each.id == id_), None) if row and row.group else None
    if row is None or row.group is None or entry is None:
        raise NotFound(id_)
    return row.group, entry


def of_role(entry: RoleEntry) -> dict[str, str]:
    """What the window of a role shows, field by field."""
    held = {name: getattr(entry, name) for name in ("person", "role", "jurisdiction", "on_behalf_of")}
    dates = {"since": entry.since.text if entry.since else "", "until": entry.until.text if entry.until else ""}
    return {name: value or "" for name, value in held.items()} | dates


def add_role(session: Session, group: str, typed: Mapping[str, str]) -> RoleEntry:
    """Somebody holds a role in a group from now on, confirmed. ``typed``: ``FIELDS``; and of somebody whom the registry does not have,
    instead of ``person``, their ``name`` and ``email``.

    Raises Forbidden for anyone but the secretariat, Invalid, NotFound.
    """
    require_secretariat(session)
    one_by_one(session)
    group_row(session, group, lock=True)
    require_going(session, group)
    values = _checked(session, typed, known=bool(typed.get("person")))
    person = typed.get("person") or person_record(
        session, typed.get("name", ""), typed.get("email", ""), values["jurisdiction"], source_for(session, group), confirmed=True
    )
    return _made(session, group, person, values)


def _made(session: Session, group: str, person: str, values: RoleValues) -> RoleEntry:
    same = (Role.group == group, Role.person == person, Role.role == values["role"])
    if any(each.until is None for each in session.scalars(select(Role).where(*same))):
        raise Invalid(person=Message("They hold this role already: change it in the list."))
    return role_of(session, store_role(session, group, person, values, source_for(session, group)))[1]


def store_role(session: Session, group: str, person: str, values: RoleValues, source: str) -> str:
    """A role that nobody has yet, confirmed by whoever acts: its id. Whoever calls this has seen to who may, and holds ``one_by_one``."""
    made = Role(id=free_id(session, Role, f"{group}.{person}.{values['role']}"), person=person, group=group, **values)
    said = Provenance(subject="role", subject_id=made.id, field="record", source=source, standing=CONFIRMED)
    said.confirmed_by, said.confirmed_on = changes.actor(session).label[:200], clock.today(session)
    session.add_all((made, said))
    session.flush()
    return made.id


def save_role(session: Session, id_: str, typed: Mapping[str, str], shown: Mapping[str, str]) -> RoleEntry:
    """A role says something else; it is confirmed by that. Who holds it stays. ``shown``: marks of what the window showed.

    Raises Forbidden for anyone but the secretariat, Invalid (also where another changed the same field meanwhile), NotFound.
    """
    require_secretariat(session)
    group, entry = role_of(session, id_)
    group_row(session, group, lock=True)
    require_going(session, group)
    group, entry = role_of(session, id_)
    now = of_role(entry)
    wanted = now | {name: tidy(value) for name, value in typed.items() if name in FIELDS and name != "person"}
    stays = kept(now, wanted, shown, ("since", "until"))
    values = _checked(session, {name: now[name] if name in stays else value for name, value in wanted.items()}, known=True)
    row = session.get_one(Role, id_)
    for name, value in values.items():
        setattr(row, name, value)
    session.flush()
    confirm_fact(session, "role", id_)
    session.flush()
    return role_of(session, id_)[1]


def remove_role(session: Session, id_: str) -> str:
    """A role that never was is taken out of the registry; what was and is over keeps its last day instead. Gives the group.

    Raises Forbidden for anyone but the secretariat, NotFound.
    """
    require_secretariat(session)
    group, _ = role_of(session, id_)
    group_row(session, group, lock=True)
    require_going(session, group)
    forget(session, "role", id_)
    session.delete(session.get_one(Role, id_))
    session.flush()
    return group


def _checked(session: Session, typed: Mapping[str, str], *, known: bool) -> RoleValues:
    wrong: dict[str, Message] = {}
    if typed.get("role") not in ROLES:
        wrong["role"] = Message("Choose a role.")
    if not known and not tidy(typed.get("name")):
        wrong["person"] = Message("Choose somebody, or write the name of somebody new.")
    dates: dict[str, PartialDate | None] = {}
    for name in ("since", "until"):
        try:
            dates[name] = PartialDate.parse(tidy(typed.get(name))) if tidy(typed.get(name)) else None
        except ValueError:
            wrong[name] = Message("Write a day, a month or a year: 2027-03-15, 2027-03 or 2027.")
    if not wrong and (since := dates["since"]) and (until := dates["until"]) and until.last < since.first:
        wrong["until"] = Message("That is before it begins.")
    for name, model in (("jurisdiction", Jurisdiction), ("on_behalf_of", Group)):
        if typed.get(name) and session.get(model, typed[name]) is None:
            wrong[name] = Message("This is not in the registry any more.")
    if wrong:
        raise Invalid(**wrong)
    return {"role": typed["role"], **{name: typed.get(name) or None for name in ("jurisdiction", "on_behalf_of")}, **dates}


def person_record(
    session: Session, name: str, email: str, jurisdiction: str | PartialDate | None, source: str, *, confirmed: bool = False
) -> str:
    """The record of somebody who is not in the registry yet: a new one, ``confirmed`` where it is the secretariat who says that there is
    such a person; that with the same address, where there is one.

    Raises Invalid for an address that is none, or a name that is too long.
    """
    name, email = tidy(name), tidy(email).casefold()
    if email and not (is_address(email) and len(email) <= 200):
        raise Invalid(email=Message("This is no e-mail address."))
    if len(name) > 200:
        raise Invalid(name=Message("Use {n} characters at most.", {"n": 200}))
    there = session.scalar(select(Person).where(func.lower(Person.email) == email).order_by(Person.id).limit(1)) if email else None
    if there:
        return there.id
    made = Person(id=free_id(session, Person, spelled(name, "person")), name=name, email=email or None, jurisdiction=jurisdiction)
    session.add(made)
    session.flush()
    state_record(session, "person", made.id, source, confirmed=confirmed)
    return made.id
