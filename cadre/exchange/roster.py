"""A roster as a workbook: who holds which role in which group. Read, laid beside the registry, and taken in."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.errors import Conflict, Message
from cadre.core.i18n import LANGUAGES, LOCALES
from cadre.core.models import Provenance
from cadre.core.reader import Reader
from cadre.core.sandbox import sandboxed
from cadre.core.sheets import Column, Table, workbook
from cadre.core.text import fold
from cadre.core.typed import is_address
from cadre.core.words import Words
from cadre.exchange import naming
from cadre.exchange.roster_sheet import COLUMNS, REQUIRED, Read, columns, heading, key, roles_by_name
from cadre.groups.models import Group
from cadre.groups.rights import DISSOLVED, OVER, invented_source, one_by_one, source_for
from cadre.groups.roles import person_record, store_role
from cadre.people.identities import CONFIRMED
from cadre.people.models import Jurisdiction, Person, Role
from cadre.people.service import require_secretariat
from cadre.people.standing import confirm_fact
from cadre.people.wording import ROLES
from cadre.people.wording import role as role_name

_LONGEST: Final = 200
"""Characters of a name or an address."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that can be taken in. ``does``: what that does; ``role_id``: of a role that is there; ``person``: None for somebody new;
    ``changes``: what of a role that is there becomes different: fields, ``email`` of the person, ``confirmed``.
    """

    row: int
    group: str
    group_name: Bilingual
    person: str | None
    name: str
    email: str
    role: str
    jurisdiction: str | None
    on_behalf_of: str | None
    since: PartialDate | None
    until: PartialDate | None
    does: Literal["add", "change", "keep"] = "add"
    role_id: str | None = None
    changes: tuple[str, ...] = ()
    jurisdiction_name: Bilingual | None = None
    on_behalf_of_name: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Wrong:
    """A row that cannot be taken in, and why. ``cells``: what stands in it, column by column."""

    row: int
    problems: tuple[Message, ...]
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a roster would do to the registry as it is now. ``mark``: by which a plan is known from one that would do something else.

    ``unknown``: the headings of columns that are not read.
    """

    entries: tuple[Entry, ...]
    wrong: tuple[Wrong, ...]
    unknown: tuple[str, ...] = ()

    def of(self, does: str) -> tuple[Entry, ...]:
        """The rows that do one thing."""
        return tuple(each for each in self.entries if each.does == does)

    @property
    def new_people(self) -> tuple[str, ...]:
        """Those whom the registry does not have yet, each once."""
        return tuple(dict.fromkeys(each.name for each in self.of("add") if each.person is None))

    @property
    def mark(self) -> str:
        """Of what is done, not of what is wrong: that is left out."""
        return f"{zlib.crc32(repr([each for each in self.entries if each.does != 'keep']).encode()):08x}"


def plan(session: Session, file: Read) -> Plan:
    """What a roster would do. Raises Forbidden for anyone but the secretariat."""
    require_secretariat(session)
    known = _Known(session, file)
    entries: list[Entry] = []
    wrong: list[Wrong] = []
    seen: dict[tuple[str, ...], int] = {}
    for number, cells in file.rows:
        problems: list[Message] = []
        entry = known.entry(number, cells, problems)
        if entry and not problems:
            same = (entry.group, entry.person or fold(entry.email or entry.name), entry.role, entry.since.text if entry.since else "")
            if same in seen:
                problems.append(Message("Row {row} says the same.", {"row": Words.verbatim(str(seen[same]))}))
            seen.setdefault(same, number)
        if problems or entry is None:
            wrong.append(Wrong(number, tuple(problems), cells))
        else:
            entries.append(known.beside(entry))
    return Plan(tuple(entries), tuple(wrong), file.unknown)


def take(session: Session, file: Read, mark: str) -> Plan:
    """Take a roster in: each row that is right; those that are wrong are left out. What it did is the plan that it gives.

    ``mark``: of the plan that was looked at. Raises Conflict where the registry changed so since that it would do something else;
    Forbidden.
    """
    require_secretariat(session)
    one_by_one(session)
    found = plan(session, file)
    if found.mark != mark:
        raise Changed(found)
    new: dict[str, str] = {}
    sources = {group: source_for(session, group) for group in {each.group for each in found.of("add")}}
    for entry in found.entries:
        if entry.does == "add":
            _add(session, entry, new, sources[entry.group])
        elif entry.does == "change":
            _change(session, entry)
    session.flush()
    return found


class Changed(Conflict):
    """The registry changed since a plan was looked at. ``plan``: what the same file would do now."""

    def __init__(self, now: Plan) -> None:
        Exception.__init__(self, "the registry changed since")
        self.plan = now


def _add(session: Session, entry: Entry, new: dict[str, str], source: str) -> None:
    called = fold(entry.email or entry.name)
    person = entry.person or new.get(called)
    if person is None:
        person = new[called] = person_record(session, entry.name, entry.email, entry.jurisdiction, source, confirmed=True)
    own = session.get_one(Person, person)
    if entry.email and not own.email:
        own.email = entry.email
    elsewhere = entry.jurisdiction if entry.jurisdiction != own.jurisdiction else None
    dates = {"since": entry.since, "until": entry.until}
    store_role(
        session, entry.group, person, {"role": entry.role, "jurisdiction": elsewhere, "on_behalf_of": entry.on_behalf_of, **dates}, source
    )


def _change(session: Session, entry: Entry) -> None:
    row = session.get_one(Role, entry.role_id)
    for name in entry.changes:
        if name == "email":
            session.get_one(Person, row.person).email = entry.email
        elif name != "confirmed":
            setattr(row, name, getattr(entry, name))
    confirm_fact(session, "role", row.id)


class _Known:
    """What the registry holds, to lay a roster beside."""

    def __init__(self, session: Session, file: Read) -> None:
        self.groups = naming.groups(session)
        self.places = naming.jurisdictions(session)
        self.people = naming.people(session)
        self.emails = {row.email.casefold(): row.id for row in self.people.rows.values() if row.email}
        self.roles: dict[tuple[str | None, str | None, str], list[Role]] = defaultdict(list)
        for row in session.scalars(select(Role).where(Role.group.is_not(None)).order_by(Role.number, Role.id)):
            self.roles[row.group, row.person, row.role].append(row)
        of = (Provenance.subject == "role", Provenance.field == "record", Provenance.standing == CONFIRMED)
        self.confirmed = set(session.scalars(select(Provenance.subject_id).where(*of)))
        self.spoken = roles_by_name()
        self.new: dict[str, dict[str, str]] = defaultdict(dict)
        for _number, cells in file.rows:
            if (email := cells.get("email", "").casefold()) and email not in self.emails:
                self.new[fold(cells["name"])].setdefault(email, cells["name"])

    def entry(self, number: int, cells: Mapping[str, str], problems: list[Message]) -> Entry | None:
        """A row as records; what is wrong is added to ``problems``."""
        group = self._group(cells["group"], problems)
        role = self.spoken.get(key(cells["role"]).replace("-", " "))
        problems += [Message("The column {column} is empty.", {"column": _named(name)}) for name in REQUIRED if not cells[name]]
        if cells["role"] and role is None:
            problems.append(Message("I do not know the role “{role}”.", {"role": Words.verbatim(cells["role"])}))
        place = self.places.one(cells.get("jurisdiction", ""), problems)
        behalf = self.groups.one(cells.get("on_behalf_of", ""), problems)
        since, until = (_date(cells.get(name, ""), problems) for name in ("since", "until"))
        if since and until and until.last < since.first:
            problems.append(Message("It ends before it begins."))
        email = cells.get("email", "").casefold()
        if email and not is_address(email):
            problems.append(Message("“{email}” is no e-mail address.", {"email": Words.verbatim(email)}))
        long = (each for each in ("name", "email") if len(cells.get(each, "")) > _LONGEST)
        problems += [Message("{column}: use {n} characters at most.", {"column": _named(each), "n": _LONGEST}) for each in long]
        person = self._person(cells["name"], email, place, problems)
        email = email or ("" if person else self._newcomers(cells["name"], problems))
        if group is None or role is None:
            return None
        name = self.groups.rows[group].name
        found = Entry(number, group, name, person, cells["name"], email, role, place, behalf, since, until)
        in_words = (self.places.rows[place].name if place else None, self.groups.rows[behalf].name if behalf else None)
        return replace(found, jurisdiction_name=in_words[0], on_behalf_of_name=in_words[1])

    def _group(self, name: str, problems: list[Message]) -> str | None:
        found = self.groups.one(name, problems) if name else None
        if found and self.groups.rows[found].state == OVER:
            problems.append(DISSOLVED)
        return found

    def _person(self, name: str, email: str, place: str | None, problems: list[Message]) -> str | None:
        """By the address, where they are called so; else by the name, of several of one name by where they are from. None: somebody new."""
        if email in self.emails:
            person = self.emails[email]
            if name and person not in self.people.all(name):
                values = {"email": Words.verbatim(email), "name": Words.verbatim(self.people.rows[person].name)}
                told = Message("“{email}” is the address of {name} in the registry: write that name, or another address.", values)
                problems.append(told)
            return person
        other = next((each[email] for called, each in self.new.items() if email in each and called != fold(name)), None)
        if other:
            values = {"email": Words.verbatim(email), "name": Words.verbatim(other)}
            problems.append(Message("“{email}” is the address of {name} too in this file: each has their own.", values))
        found = self.people.all(name) if name else []
        if len(found) > 1 and place:
            found = [id_ for id_ in found if self.people.rows[id_].jurisdiction == place]
        if len(found) > 1:
            problems.append(Message("Several people are called {name}: add an e-mail address.", {"name": Words.verbatim(name)}))
            return None
        if found and email and (known := self.people.rows[found[0]].email) and known.casefold() != email:
            values = {"name": Words.verbatim(name), "email": Words.verbatim(known)}
            problems.append(Message("{name} has another address in the registry: {email}. Use that one, or none.", values))
        return found[0] if found else None

    def _newcomers(self, name: str, problems: list[Message]) -> str:
        """The address that somebody new has in another row; empty for none."""
        known = list(self.new.get(fold(name), ()))
        if len(known) > 1:
            problems.append(Message("Several people are called {name}: add an e-mail address.", {"name": Words.verbatim(name)}))
        return known[0] if len(known) == 1 else ""

    def beside(self, entry: Entry) -> Entry:
        """What a row does to the registry as it is: cells that are empty leave what is there."""
        row = self._there(entry)
        if row is None or entry.person is None:
            return entry
        own = self.people.rows[entry.person]
        place = entry.jurisdiction if entry.jurisdiction != own.jurisdiction or row.jurisdiction else None
        given = {"jurisdiction": place, "on_behalf_of": entry.on_behalf_of, "since": entry.since, "until": entry.until}
        changes = [name for name, value in given.items() if value and value != getattr(row, name)]
        if entry.email and not own.email:
            changes.append("email")
        if row.id not in self.confirmed:
            changes.append("confirmed")
        return replace(entry, does="change" if changes else "keep", role_id=row.id, changes=tuple(changes))

    def _there(self, entry: Entry) -> Role | None:
        """The role that a row is about: of those of that kind that somebody has in the group, the one that began then; else the one that
        has no end, unless what the row says was over before it began. A row that says no dates is about none that ended.
        """
        same = self.roles.get((entry.group, entry.person, entry.role), [])
        then = next((row for row in same if entry.since and row.since == entry.since), None)
        going = next((row for row in same if row.until is None), None)
        if going and going.since and entry.until and entry.until.last < going.since.first:
            going = None
        ended = same[0] if len(same) == 1 and entry.until and not entry.since else None
        return then or going or ended


def _named(column: str) -> Bilingual:
    return Bilingual(*(heading(column, Reader(LOCALES[language])) for language in LANGUAGES))


def _date(text: str, problems: list[Message]) -> PartialDate | None:
    try:
        return PartialDate.parse(text) if text else None
    except ValueError:
        problems.append(Message("“{date}” is no date: write 2027-03-15, 2027-03 or 2027.", {"date": Words.verbatim(text)}))
        return None


def current(session: Session, group: str | None, reader: Reader) -> bytes:
    """The roster as it stands, of one group or of all real ones (in a sandbox, of those of the demonstration too), as the workbook that is
    taken in again. Raises Forbidden.
    """
    require_secretariat(session)
    query = select(Role, Person, Group).join(Person, Person.id == Role.person).join(Group, Group.id == Role.group)
    found = session.execute(query.where(Role.group == group) if group else query).all()
    shown = [each for each in found if group or sandboxed(session) or invented_source(session, each[2].id) is None]
    places = {row.id: row.name for row in session.scalars(select(Jurisdiction))}
    councils = {row.id: row.name for row in session.scalars(select(Group))}
    shown.sort(key=lambda each: (each[2].name.en or "", ROLES.index(each[0].role), each[0].number or 0, each[1].name))
    lines_ = [
        (
            where.name.for_(reader),
            Words.verbatim(person.name),
            Words.verbatim(person.email) if person.email else None,
            role_name(role.role, reader),
            places[place].for_(reader).sentence if (place := role.jurisdiction or person.jurisdiction) else None,
            councils[role.on_behalf_of].for_(reader) if role.on_behalf_of else None,
            *(Words.verbatim(date.text) if date else None for date in (role.since, role.until)),
        )
        for role, person, where in shown
    ]
    return workbook(reader.gettext("Roster"), [(reader.gettext("Roster"), (columns(reader), lines_))], reader)


def rejected(found: Plan, reader: Reader) -> bytes:
    """The rows that were left out, with what is wrong with each, as a workbook to correct and to take in again."""
    problem = Column(reader.gettext("What is wrong"), 60)
    lines_ = [
        (
            *(Words.verbatim(each.cells[name]) if each.cells.get(name) else None for name in COLUMNS),
            Words.joined(" ", (told.for_(reader) for told in each.problems)),
        )
        for each in found.wrong
    ]
    table: Table = ((*columns(reader), problem), lines_)
    return workbook(reader.gettext("Rows with problems"), [(reader.gettext("Rows with problems"), table)], reader)
