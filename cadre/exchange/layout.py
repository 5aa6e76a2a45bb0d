"""What the registry file holds: one table, from which it is read, checked and written (``docs/registry-file.md``).

Kinds, references and lengths are read off the models, so that a column is described once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Any, Final, TypeAlias

from sqlalchemy import Boolean, Date, Integer, inspect
from sqlalchemy.orm import CompositeProperty, Mapper

from cadre.core.bilingual import Bilingual
from cadre.core.errors import Message
from cadre.core.models import NAMES, Alias, Excerpt, Provenance, Source, Term
from cadre.core.words import Words
from cadre.decisions.models import Action, Category, Decision, Recommendation, Referral, Rule
from cadre.decisions.referrals import TABLE
from cadre.groups.models import Group, GroupKind, Link, Objective
from cadre.meetings.models import ExpectedResult, Meeting
from cadre.people.models import Jurisdiction, Person, Role
from cadre.priorities.models import Alignment, Priority
from cadre.workplans.logic_rules import STAGES, may_feed
from cadre.workplans.models import Feed, Outcome

FORMAT: Final = 1
RECORD: Final = "record"
"""The provenance of a record as a whole."""


class Kind(Enum):
    """How a value is written, and what it is in the program."""

    ID = auto()
    TEXT = auto()
    ENUMERATION = auto()
    ZONE = auto()
    NUMBER = auto()
    FLAG = auto()
    DAY = auto()
    DATE = auto()  # a PartialDate
    BILINGUAL = auto()
    REFERENCE = auto()
    NAMES = auto()  # ((language, text), …)
    PROVENANCE = auto()  # {field: {key: value}}


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a record. ``table``: what a reference refers to. ``default``: what a key that is left out means."""

    name: str
    kind: Kind
    required: bool = False
    limit: int | None = None
    values: tuple[str, ...] = ()
    table: str = ""
    default: Any = None


Find: TypeAlias = Callable[[str, str], Mapping[str, Any]]
"""The values of a record that is referred to, in the file or in the registry, by its section and id; nothing where there is none."""


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its key, the table behind it, its fields in order, and what must hold of the keys of a record. ``agrees``: what must
    hold of its values, beside those of the records that it refers to.
    """

    name: str
    model: Any
    fields: tuple[Field, ...]
    rule: Callable[[Set[str]], Message | None]
    agrees: Callable[[Mapping[str, Any], Find], Message | None] | None = None

    @property
    def table(self) -> str:
        """What Aliases, Provenance and Changes call the subject."""
        return str(self.model.__tablename__)

    @property
    def facts(self) -> tuple[str, ...]:
        """What provenance can be given for: the record, each field, each language of bilinguals and names."""
        names = [RECORD]
        for field in self.fields[1:-1]:
            names.append(field.name)
            if field.kind in (Kind.BILINGUAL, Kind.NAMES):
                names += [f"{field.name}.en", f"{field.name}.fr"]
        return tuple(names)


@dataclass(frozen=True, slots=True)
class Record:
    """One record as a file holds it: field -> value. What has no value, or its default, is left out."""

    id: str
    values: Mapping[str, Any]


def _fields(model: Any, names: str, values: Mapping[str, str]) -> tuple[Field, ...]:
    mapper: Mapper[Any] = inspect(model)
    return tuple(_field(mapper, name.removesuffix("!"), name.endswith("!"), values) for name in names.split())


def _field(mapper: Mapper[Any], name: str, required: bool, values: Mapping[str, str]) -> Field:
    if name in NAMES:
        return Field(name, Kind.NAMES, limit=inspect(Alias).columns["text"].type.length)  # type: ignore[attr-defined]  # the column is text, with a length
    attribute = mapper.attrs[name]
    if isinstance(attribute, CompositeProperty):
        return Field(name, Kind.BILINGUAL if attribute.composite_class is Bilingual else Kind.DATE, required)
    column = mapper.columns[name]
    for key in column.foreign_keys:
        return Field(name, Kind.REFERENCE, required, table=key.target_fullname.partition(".")[0])
    default = getattr(column.default, "arg", None)
    if name in values:
        return Field(name, Kind.ENUMERATION, required, values=tuple(values[name].split()), default=default)
    if name == "zone":
        return Field(name, Kind.ZONE, required)
    for type_, kind in ((Boolean, Kind.FLAG), (Integer, Kind.NUMBER), (Date, Kind.DAY)):
        if isinstance(column.type, type_):
            return Field(name, kind, required, default=default)
    return Field(name, Kind.TEXT, required, limit=getattr(column.type, "length", None), default=default)


def _anything(keys: Set[str]) -> Message | None:
    return None


def _section(name: str, model: Any, fields: str, rule: Callable[[Set[str]], Message | None] = _anything, **values: str) -> Section:
    """``fields``: their names in order, the required ones marked with "!"; ``values``: those of each enumeration."""
    id_ = Field("id", Kind.ID, required=True, limit=inspect(model).columns["id"].type.length)
    return Section(name, model, (id_, *_fields(model, fields, values), Field("provenance", Kind.PROVENANCE)), rule)


def _one_target(keys: Set[str]) -> Message | None:
    """A role is in a group or on a priority."""
    if len(keys & {"group", "priority"}) == 1:
        return None
    return Message("A role needs group or priority, and not both.")


def _worded(keys: Set[str]) -> Message | None:
    """A recommendation is worded by its category or by itself."""
    if keys & {"category", "wording"}:
        return None
    return Message("A recommendation needs a category or a wording.")


_ARTICLE: Final = "le la l' les"
_STANDINGS: Final = {"standing": "stated inferred corrected confirmed"}


def _one_referred(keys: Set[str]) -> Message | None:
    """A referral is of one thing."""
    if len(keys & {"priority", "group", "decision", "action"}) == 1:
        return None
    return Message("A referral needs one of priority, group, decision and action, and one only.")


def _forward(feed: Mapping[str, Any], find: Find) -> Message | None:
    """A part of a logic model feeds a later stage of the same model."""
    source, target = (find("logic_model", feed[end]) if end in feed else {} for end in ("source", "target"))
    if not source or not target:
        return None  # which is told by itself
    if source.get("council") != target.get("council"):
        return Message("A part of a logic model feeds parts of the same council only.")
    if not may_feed(source.get("term", ""), target.get("term", "")):
        return Message("A part of a logic model feeds a later stage only: {stages}.", {"stages": Words.verbatim(", ".join(STAGES))})
    return None


def _to_a_table(referral: Mapping[str, Any], find: Find) -> Message | None:
    """What is referred goes to, or comes from, a table of deputy ministers."""
    table = find("groups", referral["table"]) if "table" in referral else {}
    if not table or table.get("kind") == TABLE:
        return None
    return Message("The table of a referral must be a group of the kind {kind}.", {"kind": Words.verbatim(TABLE)})


ATTRIBUTION: Final = tuple(
    replace(field, default="stated") if field.name == "standing" else field
    for field in _fields(Provenance, "source! standing words note confirmed_by confirmed_on", _STANDINGS)
)
"""The keys of one provenance."""

SECTIONS: Final = (
    _section(
        "sources",
        Source,
        "origin! title! attested url language",
        origin="seed public ours stated demonstration",
        language="en fr",
    ),
    _section("excerpts", Excerpt, "source! kind! number! wording!", kind="section label"),
    _section("terms", Term, "name! definition aliases acronyms"),
    _section(
        "jurisdictions",
        Jurisdiction,
        "kind! name! short article locative parent association section zone aliases acronyms",
        kind="federal province territory department municipality association organization",
        article=_ARTICLE,
    ),
    _section("people", Person, "name! jurisdiction email phone visibility aliases", visibility="public members secretariat"),
    _section(
        "group_kinds",
        GroupKind,
        "name! plural! needs_mandate needs_workplan needs_meetings needs_council_co_chair proposed aliases acronyms",
    ),
    _section(
        "groups",
        Group,
        "name! kind target_kind state owner parent description mandate note article quorum email phone aliases acronyms",
        state="proposed active dormant sunset",
        article=_ARTICLE,
        quorum="half majority two_thirds",
    ),
    _section("priorities", Priority, "name! number owner description group aliases acronyms"),
    _section(
        "roles",
        Role,
        "person! role! group priority jurisdiction on_behalf_of since until number",
        _one_target,
        role="lead co_chair member alternate observer secretariat",
    ),
    _section("alignments", Alignment, "group! priority! strength! rationale", strength="supports example could_support"),
    _section("links", Link, "source_group! kind! target_group! capacity purpose", kind="oversees becomes depends_on"),
    _section("objectives", Objective, "group! number! wording!"),
    _section("meetings", Meeting, "kind! group! held! title place jurisdiction aliases", kind="in_person teleconference"),
    _section("expected_results", ExpectedResult, "number! wording! meeting"),
    _section("categories", Category, "number! label! question! short aliases"),
    _section(
        "recommendations",
        Recommendation,
        "status! number category group priority wording agreed otherwise consequence topic!",
        _worded,
        status="proposed approved declined",
        topic="groups priorities oversight governance guidelines group_kinds requirements gaps",
    ),
    _section(
        "rules",
        Rule,
        "number! recommendation! wording! requires",
        requires="mandate workplan meetings council_co_chair",
    ),
    _section(
        "decisions",
        Decision,
        "number year council wording! state outcome meeting taken effective review supersedes paper changed follow_up amended",
        state="provisional confirmed",
        outcome="agreed not_agreed",
    ),
    _section("actions", Action, "wording! group owner due about meeting state", state="open done dropped"),
    _section("logic_model", Outcome, "council! term! number! wording! priority retired", term=" ".join(STAGES)),
    replace(_section("feeds", Feed, "source! target!"), agrees=_forward),
    replace(
        _section("referrals", Referral, "table! direction! priority group decision action note since", _one_referred, direction="for from"),
        agrees=_to_a_table,
    ),
)
SECTION_OF: Final = {section.table: section for section in SECTIONS}
