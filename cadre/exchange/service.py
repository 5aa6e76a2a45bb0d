"""Taking a registry file in, and giving the registry out as one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.core.models import NAMES, Alias, Provenance, Source
from cadre.exchange.layout import ATTRIBUTION, RECORD, SECTIONS, Field, Kind, Record, Section
from cadre.exchange.reading import read
from cadre.exchange.writing import write
from cadre.groups.models import Group

_INVENTED: Final = "demonstration"
"""The origin of a source from which nothing is exported or counted unless it is asked for."""
_OWN: Final = (Kind.ID, Kind.NAMES, Kind.PROVENANCE)
"""Kinds of field that are no column of the record's own row to set."""


@dataclass(frozen=True, slots=True)
class Touched:
    """Some fields of one record."""

    id: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionReport:
    """What an import did to one section. ``kept``: fields that somebody confirmed and the file says otherwise;
    ``absent``: how many records the registry has and the file does not. Both were left as they are.
    """

    section: str
    added: tuple[str, ...]
    changed: tuple[Touched, ...]
    kept: tuple[Touched, ...]
    unchanged: int
    absent: int


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, by section; sections that neither the file nor the registry knows are left out."""

    sections: tuple[SectionReport, ...]

    @property
    def added(self) -> int:
        """Records that are new."""
        return sum(len(section.added) for section in self.sections)

    @property
    def changed(self) -> int:
        """Records that changed."""
        return sum(len(section.changed) for section in self.sections)


def import_file(session: Session, text: str | bytes) -> ImportReport:
    """Take a registry file in: each record of the file stands in the registry afterwards as the file has it.

    A key that a record leaves out has no value afterwards. Records that the file does not hold are left. A field that
    somebody confirmed in the registry, and that the file does not say to be confirmed, is left, with its provenance.
    Raises InvalidFile, with everything that is wrong, before anything is written.
    """
    stored = _Stored(session)
    file = read(text, {name: rows.keys() for name, rows in stored.rows.items()}, stored.values)
    reports = (_take(stored, section, file.get(section.name, ())) for section in SECTIONS)
    return ImportReport(tuple(report for report in reports if report.added or report.unchanged or report.changed or report.absent))


def export(session: Session, *, demonstration: bool = False) -> str:
    """The registry as a file, always the same for the same registry; with what was invented, where it is asked for."""
    stored = _Stored(session)
    invented = set() if demonstration else {id_ for id_, source in stored.rows["sources"].items() if source.origin == _INVENTED}
    records = {
        section.name: [_without(record, invented) for record in stored.records(section) if not _invented(section, record, invented)]
        for section in SECTIONS
    }
    return write(records)


def count_groups(session: Session) -> int:
    """How many groups the registry holds, without those of the demonstration: none in one that is still to be filled."""
    invented = (
        select(Provenance.subject_id)
        .join(Source, Source.id == Provenance.source)
        .where(Provenance.subject == "group", Provenance.field == RECORD, Source.origin == _INVENTED)
    )
    return session.scalar(select(func.count()).select_from(Group).where(Group.id.not_in(invented))) or 0


def _invented(section: Section, record: Record, invented: set[str]) -> bool:
    source = record.values.get("provenance", {}).get(RECORD, {}).get("source")
    return source in invented or (section.model is Source and record.id in invented)


def _without(record: Record, invented: set[str]) -> Record:
    """A record without the provenance of single fields that names a source which is left out."""
    provenance = {fact: entry for fact, entry in record.values.get("provenance", {}).items() if entry["source"] not in invented}
    return Record(record.id, {**record.values, "provenance": provenance})


class _Stored:
    """What the registry holds, and the rows that hold it."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.rows: dict[str, dict[str, Any]] = {
            section.name: {row.id: row for row in session.scalars(select(section.model))} for section in SECTIONS
        }
        self.names: dict[tuple[str, str, str], list[Alias]] = defaultdict(list)
        for alias in session.scalars(select(Alias).order_by(Alias.id)):
            self.names[alias.subject, alias.subject_id, alias.kind].append(alias)
        self.provenance: dict[tuple[str, str], dict[str, Provenance]] = defaultdict(dict)
        for entry in session.scalars(select(Provenance)):
            self.provenance[entry.subject, entry.subject_id][entry.field] = entry

    def values(self, name: str, id_: str) -> Mapping[str, Any]:
        """What a record of a section holds; nothing where there is none."""
        row = self.rows[name].get(id_)
        section = next(each for each in SECTIONS if each.name == name)
        return _values(section.fields, row) if row else {}

    def records(self, section: Section) -> Iterator[Record]:
        """All records of a section."""
        return (self.record(section, row) for row in self.rows[section.name].values())

    def record(self, section: Section, row: Any) -> Record:
        """A record as a file would hold it."""
        values = _values(section.fields, row)
        for field in section.fields:
            if field.kind is Kind.NAMES:
                names = tuple((alias.language, alias.text) for alias in self.names[section.table, row.id, NAMES[field.name]])
                values |= {field.name: names} if names else {}
        entries = {fact: _values(ATTRIBUTION, entry) for fact, entry in self.provenance[section.table, row.id].items()}
        return Record(row.id, values | ({"provenance": entries} if entries else {}))

    def add(self, section: Section, record: Record) -> None:
        """A new record."""
        row = section.model(id=record.id)
        self.session.add(row)
        self.set(section, row, [field.name for field in section.fields], record.values)

    def set(self, section: Section, row: Any, names: Iterable[str], values: Mapping[str, Any]) -> None:
        """Some fields of a record, to what the values say."""
        fields = {field.name: field for field in section.fields}
        for name in names:
            match fields[name].kind:
                case Kind.NAMES:
                    self._set_names((section.table, row.id, NAMES[name]), values.get(name) or ())
                case Kind.PROVENANCE:
                    self._set_provenance((section.table, row.id), values.get(name) or {})
                case kind if kind not in _OWN:
                    setattr(row, name, values.get(name, fields[name].default))

    def _set_names(self, key: tuple[str, str, str], names: Sequence[tuple[str, str]]) -> None:
        subject, subject_id, kind = key
        there = {(alias.language, alias.text): alias for alias in self.names[key]}
        for name, alias in there.items():
            if name not in names:
                self.session.delete(alias)
        for language, text in names:
            if (language, text) not in there:
                self.session.add(Alias(subject=subject, subject_id=subject_id, kind=kind, language=language, text=text))

    def _set_provenance(self, key: tuple[str, str], entries: Mapping[str, Mapping[str, Any]]) -> None:
        there = self.provenance[key]
        for fact in there.keys() - entries.keys():
            self.session.delete(there[fact])
        for fact, values in entries.items():
            row = there.get(fact)
            if row is None:
                row = Provenance(subject=key[0], subject_id=key[1], field=fact)
                self.session.add(row)
            for field in ATTRIBUTION:
                setattr(row, field.name, values.get(field.name, field.default))


def _take(stored: _Stored, section: Section, records: Sequence[Record]) -> SectionReport:
    rows = stored.rows[section.name]
    added, changed, kept, unchanged = [], [], [], 0
    for record in records:
        if record.id not in rows:
            stored.add(section, record)
            added.append(record.id)
            continue
        values, left = _merged(section, record, stored.record(section, rows[record.id]))
        if values:
            stored.set(section, rows[record.id], values, values)
            changed.append(Touched(record.id, tuple(values)))
        else:
            unchanged += 1
        if left:
            kept.append(Touched(record.id, left))
    return SectionReport(
        section.name,
        tuple(added),
        tuple(changed),
        tuple(kept),
        unchanged,
        len(rows.keys() - {record.id for record in records}),
    )


def _merged(section: Section, file: Record, registry: Record) -> tuple[dict[str, Any], tuple[str, ...]]:
    """What is to be set in the registry's record, and the fields that are left because somebody confirmed them."""
    theirs, ours = file.values.get("provenance", {}), registry.values.get("provenance", {})
    facts = (RECORD, *(field.name for field in section.fields[1:-1]))
    held = {fact for fact in facts if _confirmed(ours, fact) and not _confirmed(theirs, fact)}
    differing = [field for field in section.fields[1:-1] if _differ(field, file, registry)]
    values = {field.name: file.values.get(field.name, field.default) for field in differing if field.name not in held}
    provenance = {fact: entry for fact, entry in theirs.items() if fact.partition(".")[0] not in held}
    provenance |= {fact: entry for fact, entry in ours.items() if fact.partition(".")[0] in held}
    if provenance != ours:
        values["provenance"] = provenance
    return values, tuple(field.name for field in differing if field.name in held)


def _differ(field: Field, file: Record, registry: Record) -> bool:
    theirs, ours = file.values.get(field.name, field.default), registry.values.get(field.name, field.default)
    if field.kind is Kind.NAMES:
        return set(theirs or ()) != set(ours or ())
    return bool(theirs != ours)


def _confirmed(provenance: Mapping[str, Mapping[str, Any]], fact: str) -> bool:
    """Whether somebody confirmed a field, either of its languages, or, where nothing is said of it, its record."""
    own = [entry for name, entry in provenance.items() if name.partition(".")[0] == fact]
    return any(entry.get("standing") == "confirmed" for entry in own or [provenance.get(RECORD, {})])


def _values(fields: Iterable[Field], row: Any) -> dict[str, Any]:
    """Field -> value, as a file would hold them."""
    found = {field.name: _clean(getattr(row, field.name)) for field in fields if field.kind not in _OWN}
    return {field.name: found[field.name] for field in fields if found.get(field.name) not in (None, field.default)}


def _clean(value: Any) -> Any:
    """Texts as reading gives them: without white space around them, and None rather than empty."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, Bilingual):
        texts = Bilingual(_clean(value.en), _clean(value.fr), value.stale)
        return texts if texts.en or texts.fr else None
    return value
