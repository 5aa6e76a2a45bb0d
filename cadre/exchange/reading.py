"""A registry file read and checked: records, or everything that is wrong with it, line by line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.errors import CadreError, Message
from cadre.core.i18n import LANGUAGES
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.exchange.layout import ATTRIBUTION, FORMAT, SECTION_OF, SECTIONS, Field, Find, Kind, Record, Section

T = TypeVar("T")

_LOADER: Final[type[Any]] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST: Final = 20
_ID: Final = re.compile(r"[A-Za-z0-9._-]+")
_NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,8}")
_STRANGE: Final = re.compile("[\0\ud800-\udfff]")
"""What neither database can hold."""
_said: Final = Words.verbatim


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a file. ``line`` counts from 1."""

    line: int
    message: Message

    def for_(self, reader: Reader) -> Words:
        """ "Line 12: …", in the reader's language."""
        return reader.gettext("Line {line}: {problem}", line=_said(str(self.line)), problem=self.message.for_(reader))


class InvalidFile(CadreError):
    """A file that cannot be taken as it is: all that is wrong with it, in order of lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line))
        super().__init__("; ".join(f"{problem.line}: {problem.message.msgid}" for problem in self.problems))


class _Wrong(Exception):
    """One value cannot be read; caught where reading goes on."""

    def __init__(self, node: Node, message: Message) -> None:
        super().__init__(message.msgid)
        self.problem = Problem(_line(node), message)


def _nothing(_section: str, _id: str) -> Mapping[str, Any]:
    return {}


def read(text: str | bytes, known: Mapping[str, Set[str]], stored: Find = _nothing) -> dict[str, tuple[Record, ...]]:
    """The records of a file, by section. Raises InvalidFile with all that is wrong.

    ``known``: the ids that the registry has already, by section, which may be referred to; ``stored``: what it holds of these.
    """
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    checker = _Checker()
    records = checker.file(_parse(data))
    checker.resolve(records, known)
    checker.agree(records, stored)
    if checker.problems:
        raise InvalidFile(checker.problems)
    return records


def _parse(data: bytes) -> Node:
    """The nodes of a YAML text. Anchors, aliases and deep nesting are refused before anything is built from them."""
    problems: list[Problem] = []
    depth = 0
    try:
        text = data.decode("utf-8-sig")
        for event in yaml.parse(text, _LOADER):
            line = _line(event)
            if getattr(event, "anchor", None):
                message = Message("Anchors and aliases (& and *) are not allowed: write the value out.")
                problems.append(Problem(line, message))
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                raise InvalidFile([Problem(line, Message("This is nested too deeply."))])
        if problems:
            raise InvalidFile(problems)
        root: Node | None = yaml.compose(text, _LOADER)
    except UnicodeDecodeError as wrong:
        line = data[: wrong.start].count(b"\n") + 1
        raise InvalidFile([Problem(line, Message("The file is not written in UTF-8."))]) from wrong
    except yaml.YAMLError as wrong:
        raise InvalidFile([_syntax(wrong, data)]) from wrong
    if root is None:
        raise InvalidFile([Problem(1, Message("The file is empty."))])
    return root


def _syntax(wrong: yaml.YAMLError, data: bytes) -> Problem:
    if isinstance(wrong, yaml.MarkedYAMLError) and wrong.problem_mark:
        line, reason = wrong.problem_mark.line + 1, str(wrong.problem)
    else:
        line, reason = data[: getattr(wrong, "position", 0)].count(b"\n") + 1, str(getattr(wrong, "reason", wrong))
    return Problem(line, Message("This is not YAML ({reason}).", {"reason": _said(reason)}))


class _Checker:
    """Goes through the nodes, and on after each problem."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.references: list[tuple[Node, str, Field]] = []
        self.lines: dict[tuple[str, str], int] = {}

    def attempt(self, fn: Callable[[Node, Field], T], node: Node, field: Field) -> T | None:
        """What ``fn`` reads; None, and one more problem, where it cannot."""
        try:
            return fn(node, field)
        except _Wrong as wrong:
            self.problems.append(wrong.problem)
            return None

    def file(self, root: Node) -> dict[str, tuple[Record, ...]]:
        """All records, by section."""
        records: dict[str, tuple[Record, ...]] = {}
        keys = self.pairs(root, ("format", *(section.name for section in SECTIONS)), ["format"])
        version = keys.get("format")
        if version and (_tag(version) != "int" or version.value != str(FORMAT)):
            message = Message("This Cadre reads another format: write {line}.", {"line": _said(f"format: {FORMAT}")})
            self.problems.append(Problem(_line(version), message))
        for section in SECTIONS:
            if section.name in keys:
                records[section.name] = self.section(section, keys[section.name])
        return records

    def section(self, section: Section, node: Node) -> tuple[Record, ...]:
        """The records of one section."""
        records = []
        for item in self.attempt(_items, node, Field(section.name, Kind.TEXT)) or ():
            record = self.record(section, item)
            there = self.lines.get((section.name, record.id)) if record else None
            if record and there:
                values = {"id": _said(record.id), "line": _said(str(there))}
                self.problems.append(Problem(_line(item), Message("The id {id} stands on line {line} already.", values)))
            elif record:
                self.lines[section.name, record.id] = _line(item)
                records.append(record)
        return tuple(records)

    def record(self, section: Section, node: Node) -> Record | None:
        """One record; None where it has no id that can be read."""
        keys = self.pairs(node, [field.name for field in section.fields], _required(section.fields))
        message = section.rule(keys.keys()) if keys else None
        if message:
            self.problems.append(Problem(_line(node), message))
        values = self.values(keys, section.fields[:-1])
        if "provenance" in keys:
            facts = self.pairs(keys["provenance"], section.facts)
            values["provenance"] = {fact: self.attribution(entry) for fact, entry in facts.items()}
        id_ = values.pop("id", None)
        return Record(id_, values) if id_ else None

    def attribution(self, node: Node) -> dict[str, Any]:
        """Where one fact comes from."""
        keys = self.pairs(node, [field.name for field in ATTRIBUTION], _required(ATTRIBUTION))
        return self.values(keys, ATTRIBUTION)

    def values(self, keys: Mapping[str, Node], fields: Sequence[Field]) -> dict[str, Any]:
        """Field -> value, without what has the value that a missing key means."""
        found = {field.name: self.attempt(self.value, keys[field.name], field) for field in fields if field.name in keys}
        return {field.name: found[field.name] for field in fields if found.get(field.name) not in (None, field.default, ())}

    def value(self, node: Node, field: Field) -> Any:
        """One value. Raises _Wrong."""
        match field.kind:
            case Kind.BILINGUAL:
                return self.bilingual(node, field)
            case Kind.NAMES:
                return self.names(node, field)
            case Kind.REFERENCE:
                target = _text(node, field)
                self.references.append((node, target, field))
                return target
            case kind:
                return _SCALARS[kind](node, field)

    def bilingual(self, node: Node, field: Field) -> Bilingual | None:
        """A text in both languages, each of which must be named, if only to say that it is owed."""
        keys = self.pairs(node, (*LANGUAGES, "stale"))
        if not keys:
            return None
        texts: dict[str, str | None] = {}
        for language in LANGUAGES:
            text = keys.get(language)
            if text is None:
                values = {"key": _said(field.name), "language": _said(language), "owed": _said(f"{language}: null")}
                message = Message("{key}: the language {language} is missing. If it is owed, write {owed}.", values)
                self.problems.append(Problem(_line(node), message))
            elif _tag(text) != "null":
                texts[language] = self.attempt(_text, text, Field(language, Kind.TEXT))
        if len(keys.keys() & set(LANGUAGES)) == len(LANGUAGES) and not texts:
            raise _Wrong(node, Message("{key}: one language at least needs a text.", {"key": _said(field.name)}))
        stale = keys.get("stale")
        which = self.attempt(_enumeration, stale, Field("stale", Kind.ENUMERATION, values=LANGUAGES)) if stale else None
        return Bilingual(texts.get("en"), texts.get("fr"), which)

    def names(self, node: Node, field: Field) -> tuple[tuple[str, str], ...]:
        """Other names of a record, each with its language."""
        found: list[tuple[str, str]] = []
        for language, names in self.pairs(node, LANGUAGES).items():
            part = Field(language, Kind.TEXT, limit=field.limit)
            for item in self.attempt(_items, names, part) or ():
                name = self.attempt(_text, item, part)
                if name and (language, name) in found:
                    self.problems.append(Problem(_line(item), Message("{name} stands here twice.", {"name": _said(name)})))
                elif name:
                    found.append((language, name))
        return tuple(found)

    def pairs(self, node: Node, allowed: Sequence[str], required: Sequence[str] = ()) -> dict[str, Node]:
        """The keys of a mapping, and the nodes of their values. What is unknown, there twice or missing: a problem."""
        found: dict[str, Node] = {}
        if not isinstance(node, MappingNode):
            self.problems.append(
                Problem(_line(node), Message("Keys with values are wanted here ({example}).", {"example": _said("key: value")}))
            )
            return found
        for key, value in node.value:
            name = key.value if isinstance(key, ScalarNode) else "?"
            said = {"key": _said(name)}
            if name in found:
                self.problems.append(Problem(_line(key), Message("The key {key} stands here twice.", said)))
            elif name not in allowed:
                self.problems.append(Problem(_line(key), Message("{key} is not a key that is known here.", said)))
            else:
                found[name] = value
        for name in required:
            if name not in found:
                self.problems.append(Problem(_line(node), Message("The key {key} is missing.", {"key": _said(name)})))
        return found

    def resolve(self, records: Mapping[str, tuple[Record, ...]], known: Mapping[str, Set[str]]) -> None:
        """Everything that is referred to must be there, in the file or in the registry."""
        here = {name: {record.id for record in found} for name, found in records.items()}
        for node, target, field in self.references:
            section = SECTION_OF[field.table].name
            if target not in here.get(section, ()) and target not in known.get(section, ()):
                values = {"key": _said(field.name), "id": _said(target), "section": _said(section)}
                self.problems.append(Problem(_line(node), Message("{key}: there is no {id} in {section}.", values)))

    def agree(self, records: Mapping[str, tuple[Record, ...]], stored: Find) -> None:
        """What a record says must agree with what it refers to, as it will stand in the registry."""
        here = {(name, record.id): record.values for name, found in records.items() for record in found}

        def find(section: str, id_: str) -> Mapping[str, Any]:
            return here[section, id_] if (section, id_) in here else stored(section, id_)

        for section in SECTIONS:
            agrees = section.agrees
            for record in records.get(section.name, ()) if agrees else ():
                if agrees and (message := agrees(record.values, find)):
                    self.problems.append(Problem(self.lines[section.name, record.id], message))


def _line(where: Node | yaml.Event) -> int:
    assert where.start_mark is not None
    return where.start_mark.line + 1


def _tag(node: Node) -> str:
    return str(node.tag).removeprefix("tag:yaml.org,2002:")


def _required(fields: Iterable[Field]) -> list[str]:
    return [field.name for field in fields if field.required]


def _items(node: Node, field: Field) -> Iterator[Node]:
    if not isinstance(node, SequenceNode):
        raise _Wrong(node, Message("{key}: a list is wanted.", {"key": _said(field.name)}))
    return iter(node.value)


def _text(node: Node, field: Field) -> str:
    """A text without the white space around it. What YAML 1.1 reads as something else must be quoted."""
    said = {"key": _said(field.name), "value": _said(str(node.value)), "quoted": _said(f'"{node.value}"')}
    match _tag(node) if isinstance(node, ScalarNode) else None:
        case "str":
            pass
        case "null":
            raise _Wrong(node, Message("{key} is empty: leave the key out, or write a value.", said))
        case "bool":
            raise _Wrong(node, Message("{key}: YAML reads {value} as true or false. Put it in quotes: {quoted}.", said))
        case "int" | "float":
            raise _Wrong(node, Message("{key}: YAML reads {value} as a number. Put it in quotes: {quoted}.", said))
        case "timestamp":
            raise _Wrong(node, Message("{key}: YAML reads {value} as a date. Put it in quotes: {quoted}.", said))
        case _:
            raise _Wrong(node, Message("{key}: a text is wanted.", said))
    text = str(node.value).strip()
    if not text:
        raise _Wrong(node, Message("{key} is empty: leave the key out, or write a value.", said))
    if _STRANGE.search(text):
        raise _Wrong(node, Message("{key} holds a character that cannot be kept.", said))
    if field.limit and len(text) > field.limit:
        message = Message("{key}: there is room for {n} characters.", {"key": _said(field.name), "n": field.limit})
        raise _Wrong(node, message)
    return text


def _id(node: Node, field: Field) -> str:
    text = _text(node, field)
    if not _ID.fullmatch(text):
        message = Message("The id {id} may hold letters, digits, periods, underscores and hyphens only.", {"id": _said(text)})
        raise _Wrong(node, message)
    return text


def _enumeration(node: Node, field: Field) -> str:
    text = _text(node, field)
    if text not in field.values:
        values = {"key": _said(field.name), "value": _said(text), "values": _said(", ".join(field.values))}
        raise _Wrong(node, Message("{key}: {value} is none of these: {values}.", values))
    return text


def _zone(node: Node, field: Field) -> str:
    text = _text(node, field)
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError) as wrong:  # a folder of the zone data raises OSError
        values = {"key": _said(field.name), "value": _said(text)}
        raise _Wrong(node, Message("{key}: {value} is not a time zone such as America/Winnipeg.", values)) from wrong
    return text


def _number(node: Node, field: Field) -> int:
    if _tag(node) != "int" or not _NUMBER.fullmatch(node.value):
        raise _Wrong(node, Message("{key}: a whole number is wanted, without quotes.", {"key": _said(field.name)}))
    return int(node.value)


def _flag(node: Node, field: Field) -> bool:
    if _tag(node) != "bool":
        raise _Wrong(node, Message("{key}: true or false is wanted, without quotes.", {"key": _said(field.name)}))
    return str(node.value).lower() in ("true", "yes", "on")


def _date(node: Node, field: Field) -> PartialDate:
    text = _text(node, field)
    try:
        return PartialDate.parse(text)
    except ValueError as wrong:
        values = {"key": _said(field.name), "value": _said(text), "examples": _said('"2017", "2017-10", "2017-10-03"')}
        message = Message("{key}: {value} is no year, month or day such as {examples}.", values)
        raise _Wrong(node, message) from wrong


def _day(node: Node, field: Field) -> date:
    found = _date(node, field)
    if found.first != found.last:
        values = {"key": _said(field.name), "value": _said(found.text), "example": _said('"2017-10-03"')}
        raise _Wrong(node, Message("{key}: {value} is no day such as {example}.", values))
    return found.first


_SCALARS: Final[Mapping[Kind, Callable[[Node, Field], Any]]] = {
    Kind.ID: _id,
    Kind.TEXT: _text,
    Kind.ENUMERATION: _enumeration,
    Kind.ZONE: _zone,
    Kind.NUMBER: _number,
    Kind.FLAG: _flag,
    Kind.DATE: _date,
    Kind.DAY: _day,
}
