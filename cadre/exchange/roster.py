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
from cadre.core.i18n import LOCALES
from cadre.core.models import Provenance
from cadre.core.reader import Reader
from cadre.core.sandbox import sandboxed
from cadre.core.sheets import Column, Row, Table, Unreadable, rows, workbook
from cadre.core.text import fold
from cadre.core.words import Words
from cadre.exchange import naming
from cadre.groups.models import Group
from cadre.groups.rights import invented_source, one_by_one, source_for
from cadre.groups.roles import person_record, store_role
from cadre.people.identities import CONFIRMED
from cadre.people.models import Jurisdiction, Person, Role
from cadre.people.service import require_secretariat
from cadre.people.standing import confirm_fact
from cadre.people.wording import ROLES
from cadre.people.wording import role as role_name

COLUMNS: Final = ("group", "name", "email", "role", "jurisdiction", "on_behalf_of", "since", "until")
"""The columns of a roster; those of a file may stand in any order and language, and only the first, second and fourth must be there."""
REQUIRED: Final = ("group", "name", "role")
_WIDTHS: Final = (44, 28, 34, 16, 34, 34, 14, 14)
_SPOKEN: Final = {
    "cochair": "co_chair", "co chair": "co_chair", "coprésident": "co_chair", "coprésidente": "co_chair", "chair": "co_chair",
    "membre": "member", "suppléant": "alternate", "suppléante": "alternate", "delegate": "alternate", "observateur": "observer",
    "observatrice": "observer", "lead": "lead", "secrétaire": "secretariat",
}  # fmt: skip
"""What people write for roles besides the names that Cadre shows."""
_HEADED: Final = {
    "group": ("working group", "groupe de travail"),
    "name": ("person", "full name", "personne", "nom complet"),
    "email": ("email", "e-mail", "mail", "email address", "courriel", "adresse courriel", "adresse électronique"),
    "jurisdiction": ("government", "gouvernement", "province"),
    "since": ("since", "start", "start date", "depuis", "du", "de", "date de début"),
    "until": ("to", "end", "end date", "au", "jusqu'à", "fin", "date de fin"),
}
"""What people write over columns besides the names that Cadre shows."""


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


def plan(session: Session, content: bytes) -> Plan:
    """What a roster would do. Raises Forbidden for anyone but the secretariat, Unreadable for a file that is no roster."""
    require_secretariat(session)
    (read, unknown), known = lines(content), _Known(session)
    entries: list[Entry] = []
    wrong: list[Wrong] = []
    seen: dict[tuple[str, ...], int] = {}
    for number, cells in read:
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
    return Plan(tuple(entries), tuple(wrong), unknown)


def take(session: Session, content: bytes, mark: str) -> Plan:
    """Take a roster in: each row that is right; those that are wrong are left out. What it did is the plan that it gives.

    ``mark``: of the plan that was looked at. Raises Conflict where the registry changed so since that it would do something else;
    Forbidden, Unreadable.
    """
    require_secretariat(session)
    one_by_one(session)
    found = plan(session, content)
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
        person = new[called] = person_record(session, entry.name, entry.email, entry.jurisdiction, source)
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


def lines(content: bytes) -> tuple[list[tuple[int, dict[str, str]]], tuple[str, ...]]:
    """The rows of a roster: their number, and what stands in each column; and the headings that are not read. Raises Unreadable."""
    found = rows(content)
    names = headings()
    head = next((row for row in found if {names.get(_key(cell)) for cell in row.cells} >= set(REQUIRED)), None)
    if head is None:
        wanted = Words.joined(", ", (heading(name, Reader(LOCALES["en"])) for name in REQUIRED))
        en_francais = Words.joined(", ", (heading(name, Reader(LOCALES["fr"])) for name in REQUIRED))
        values = {"columns": wanted, "other": en_francais}
        raise Unreadable(Message("I find no row with the headings {columns} (in French: {other}).", values))
    places: dict[int, str] = {}
    unknown: list[str] = []
    for place, cell in enumerate(head.cells):
        column = names.get(_key(cell))
        if column and column not in places.values():
            places[place] = column
        elif cell and _key(cell) not in _problems():
            unknown.append(cell)
    read = [(row.number, _cells(row, places)) for row in found if row.number > head.number]
    return [(number, cells) for number, cells in read if any(cells.values())], tuple(unknown)


def _problems() -> set[str]:
    """What the column is called that ``rejected`` adds: it comes back with a file that was corrected."""
    return {_key(Reader(locale).gettext("What is wrong")) for locale in LOCALES.values()}


def _cells(row: Row, places: Mapping[int, str]) -> dict[str, str]:
    return {name: row.cells[place] if place < len(row.cells) else "" for place, name in places.items()}


def _key(text: str) -> str:
    return fold(text).strip(" *:")


def heading(column: str, reader: Reader) -> Words:
    """What a column is called."""
    _ = reader.gettext
    return {
        "group": _("Group"),
        "name": _("Name"),
        "email": _("E-mail address"),
        "role": _("Role"),
        "jurisdiction": _("Jurisdiction"),
        "on_behalf_of": _("On behalf of"),
        "since": _("From"),
        "until": _("Until"),
    }[column]


def headings() -> dict[str, str]:
    """Each heading, in either language, and the column that it is of."""
    readers = [Reader(locale) for locale in LOCALES.values()]
    shown = {_key(heading(column, reader)): column for column in COLUMNS for reader in readers}
    return {_key(text): column for column, texts in _HEADED.items() for text in texts} | {column: column for column in COLUMNS} | shown


def roles_by_name() -> dict[str, str]:
    """Each name of a role, in either language, and the role."""
    readers = [Reader(locale) for locale in LOCALES.values()]
    shown = {_key(role_name(role, reader)).replace("-", " "): role for role in ROLES for reader in readers}
    return {_key(text): role for text, role in _SPOKEN.items()} | shown


class _Known:
    """What the registry holds, to lay a roster beside."""

    def __init__(self, session: Session) -> None:
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

    def entry(self, number: int, cells: Mapping[str, str], problems: list[Message]) -> Entry | None:
        """A row as records; what is wrong is added to ``problems``."""
        group = self.groups.one(cells["group"], problems) if cells["group"] else None
        role = self.spoken.get(_key(cells["role"]).replace("-", " "))
        problems += [Message("The column {column} is empty.", {"column": _named(name)}) for name in REQUIRED if not cells[name]]
        if cells["role"] and role is None:
            problems.append(Message("I do not know the role “{role}”.", {"role": Words.verbatim(cells["role"])}))
        place = self.places.one(cells.get("jurisdiction", ""), problems)
        behalf = self.groups.one(cells.get("on_behalf_of", ""), problems)
        since, until = (_date(cells.get(name, ""), problems) for name in ("since", "until"))
        if since and until and until.last < since.first:
            problems.append(Message("It ends before it begins."))
        email = cells.get("email", "").casefold()
        if email and ("@" not in email.strip("@") or " " in email):
            problems.append(Message("“{email}” is no e-mail address.", {"email": Words.verbatim(email)}))
        person = self._person(cells["name"], email, place, problems)
        if group is None or role is None:
            return None
        name = self.groups.rows[group].name
        found = Entry(number, group, name, person, cells["name"], email, role, place, behalf, since, until)
        in_words = (self.places.rows[place].name if place else None, self.groups.rows[behalf].name if behalf else None)
        return replace(found, jurisdiction_name=in_words[0], on_behalf_of_name=in_words[1])

    def _person(self, name: str, email: str, place: str | None, problems: list[Message]) -> str | None:
        """By the address; else by the name, and of several of one name by where they are from. None: somebody new."""
        if email in self.emails:
            return self.emails[email]
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
        has no end, or is the only one.
        """
        same = self.roles.get((entry.group, entry.person, entry.role), [])
        if entry.since:
            then = [row for row in same if row.since == entry.since]
            return next(iter(then), None) or next((row for row in same if row.since is None and row.until is None), None)
        return next((row for row in same if row.until is None), None) or (same[0] if len(same) == 1 else None)


def _named(column: str) -> Words:
    return Words.joined(" / ", dict.fromkeys(heading(column, Reader(locale)) for locale in LOCALES.values()))


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
    return workbook(reader.gettext("Roster"), [(reader.gettext("Roster"), (_columns(reader), lines_))], reader)


def _columns(reader: Reader) -> tuple[Column, ...]:
    return tuple(Column(heading(name, reader), width) for name, width in zip(COLUMNS, _WIDTHS, strict=True))


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
    table: Table = ((*_columns(reader), problem), lines_)
    return workbook(reader.gettext("Rows with problems"), [(reader.gettext("Rows with problems"), table)], reader)
