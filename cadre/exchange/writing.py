"""Records written as a registry file: always the same bytes for the same records, and easy to read and to compare."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.exchange.layout import ATTRIBUTION, FORMAT, SECTIONS, Field, Kind, Record, Section

_TAG: Final = "tag:yaml.org,2002:"
_ODD: Final = re.compile("[\x85\u2028\u2029\t]")
"""White space that YAML reads back as something else, or not at all, unless it is quoted."""
_WIDTH: Final = 120
_LONG: Final = 100
"""Characters from which on a text stands on lines of its own."""


class _Dumper(yaml.SafeDumper):
    """Double quotes where quotes are needed, and around what others than PyYAML take for numbers or booleans."""

    def choose_scalar_style(self) -> str:
        style: str = super().choose_scalar_style()
        event = self.event
        assert isinstance(event, yaml.ScalarEvent)
        misread = event.value[:1].isdigit() or event.value in ("y", "Y", "n", "N")
        return '"' if style == "'" or (style == "" and event.tag == f"{_TAG}str" and misread) else style


def write(records: Mapping[str, Iterable[Record]]) -> str:
    """The file that holds these records, by section; sections and keys in documented order, records in order of id."""
    parts = [f"format: {FORMAT}\n"]
    for section in SECTIONS:
        found = sorted(records.get(section.name, ()), key=lambda record: record.id)
        if found:
            node = _mapping([(section.name, _list([_record(section, record) for record in found]))])
            part: str = yaml.serialize(node, Dumper=_Dumper, width=_WIDTH, allow_unicode=True)
            parts.append(part)
    return "\n".join(parts)


def _record(section: Section, record: Record) -> Node:
    pairs = [("id", _text(record.id)), *_values(section.fields, record.values)]
    provenance = record.values.get("provenance")
    if provenance:
        entries = [(fact, _short(_values(ATTRIBUTION, provenance[fact]))) for fact in section.facts if fact in provenance]
        pairs.append(("provenance", _mapping(entries)))
    return _mapping(pairs)


def _values(fields: Sequence[Field], values: Mapping[str, Any]) -> list[tuple[str, Node]]:
    return [
        (field.name, _value(field, values[field.name])) for field in fields if field.name in values and field.kind is not Kind.PROVENANCE
    ]


def _value(field: Field, value: Any) -> Node:
    match value:
        case bool():
            return ScalarNode(f"{_TAG}bool", str(value).lower())
        case int():
            return ScalarNode(f"{_TAG}int", str(value))
        case PartialDate():
            return ScalarNode(f"{_TAG}str", value.text, style='"')
        case date():
            return ScalarNode(f"{_TAG}str", value.isoformat(), style='"')
        case Bilingual():
            stale = [("stale", _text(value.stale))] if value.stale else []
            return _short([("en", _text(value.en)), ("fr", _text(value.fr)), *stale])
        case tuple():
            languages = sorted({language for language, _ in value})
            return _short([(each, _names([name for language, name in value if language == each])) for each in languages])
        case _:
            return _text(value)


def _names(names: Sequence[str]) -> Node:
    node = _list([_text(name) for name in names])
    node.flow_style = sum(len(name) + 4 for name in names) <= _WIDTH - 20
    return node


def _text(text: str | None) -> ScalarNode:
    if text is None:
        return ScalarNode(f"{_TAG}null", "null")
    lines = text.splitlines()
    style = None
    if _ODD.search(text):
        style = '"'
    elif any(len(line) > _LONG and " " in line for line in lines) and not any(line.startswith(" ") for line in lines):
        style = ">"
    elif len(lines) > 1:
        style = "|"
    return ScalarNode(f"{_TAG}str", text, style=style)


def _short(pairs: Sequence[tuple[str, Node]]) -> MappingNode:
    """A mapping on one line where it fits."""
    node = _mapping(pairs)
    node.flow_style = sum(len(key) + _length(value) + 4 for key, value in pairs) <= _WIDTH - 20
    return node


def _length(node: Node) -> int:
    """Columns that a value takes on a line; too many where it cannot stand on one."""
    if isinstance(node, ScalarNode) and node.style not in ("|", ">"):
        return len(node.value) + 2
    if isinstance(node, SequenceNode | MappingNode) and node.flow_style:
        flat = [part for pair in node.value for part in pair] if isinstance(node, MappingNode) else node.value
        return sum(_length(item) + 2 for item in flat) + 2
    return _WIDTH


def _mapping(pairs: Sequence[tuple[str, Node]]) -> MappingNode:
    return MappingNode(f"{_TAG}map", [(_text(key), value) for key, value in pairs], flow_style=False)


def _list(nodes: Sequence[Node]) -> SequenceNode:
    return SequenceNode(f"{_TAG}seq", list(nodes), flow_style=False)
