"""A small language for what Slack accepts: each node is data, and says what is wrong with a JSON value.

Nothing is built while all is well: a fault carries its path from the inside out, as the walk comes back. The wordings are those of
Slack's own validator: https://github.com/slackhq/hack-json-schema, and of what the Web API answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Any, Final, NamedTuple, Protocol, TypeAlias

Fields: TypeAlias = "Mapping[str, Schema]"
Rule: TypeAlias = "Callable[[Any], Iterable[Fault]]"
"""What one node's schema cannot say of it. It is asked only of a value in which every field is as it should be."""


class Fault(NamedTuple):
    """What is wrong, and where: a JSON pointer, relative to the value that was looked at."""

    what: str
    where: str = ""

    def under(self, step: str | int) -> Fault:
        """The same, as the value that holds it sees it."""
        return Fault(self.what, f"/{step}{self.where}")

    def __str__(self) -> str:
        return f"{self.what} [json-pointer:{self.where}]"


class Schema(Protocol):
    """What a value may be."""

    def faults(self, value: object, /) -> Sequence[Fault]:
        """What is wrong with a value: nothing, where all is well."""
        ...


FINE: Final[tuple[Fault, ...]] = ()


def _fault(what: str) -> tuple[Fault]:
    return (Fault(what),)


@dataclass(frozen=True, slots=True)
class String:
    """A text, in characters. Slack does not say how it counts those outside the Basic Multilingual Plane: here each is one."""

    most: float = inf
    least: int = 0

    def faults(self, value: object, /) -> Sequence[Fault]:
        """What is wrong with it."""
        if not isinstance(value, str):
            return _fault("must provide a string")
        if len(value) > self.most:
            return _fault(f"must be less than {int(self.most) + 1} characters")
        return FINE if len(value) >= self.least else _fault(f"must be more than {self.least - 1} characters")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A text of a certain form."""

    form: re.Pattern[str]

    @classmethod
    def of(cls, pattern: str) -> Pattern:
        """One that matches as a whole."""
        return cls(re.compile(pattern, re.ASCII))

    def faults(self, value: object, /) -> Sequence[Fault]:
        """What is wrong with it."""
        if not isinstance(value, str):
            return _fault("must provide a string")
        return FINE if self.form.fullmatch(value) else _fault(f"input must match regex pattern: {self.form.pattern}")


@dataclass(frozen=True, slots=True)
class Choice:
    """One text of several."""

    values: frozenset[str]

    @classmethod
    def of(cls, *values: str) -> Choice:
        """One of these."""
        return cls(frozenset(values))

    def faults(self, value: object, /) -> Sequence[Fault]:
        """What is wrong with it."""
        if not isinstance(value, str):
            return _fault("must provide a string")
        return FINE if value in self.values else _fault("must be a valid enum value")


@dataclass(frozen=True, slots=True)
class Number:
    """A number within bounds. ``whole``: without decimals."""

    least: float = -inf
    most: float = inf
    whole: bool = True

    def faults(self, value: object, /) -> Sequence[Fault]:
        """What is wrong with it."""
        if isinstance(value, bool) or not isinstance(value, int if self.whole else (int, float)):
            return _fault("must provide an integer" if self.whole else "must provide a number")
        if value > self.most:
            return _fault(f"must be less than {self.most}")
        return FINE if value >= self.least else _fault(f"must be greater than {self.least}")


@dataclass(frozen=True, slots=True)
class Boolean:
    """True or false."""

    def faults(self, value: object, /) -> Sequence[Fault]:
        """What is wrong with it."""
        return FINE if isinstance(value, bool) else _fault("must be a boolean")


@dataclass(frozen=True, slots=True)
class OrNull:
    """Something, or null: elsewhere Slack takes null for a wrong value, not for one left out."""

    schema: Schema

    def faults(self, value: object, /) -> Sequence[Fault]:
        """What is wrong with it."""
        return FINE if value is None else self.schema.faults(value)


@dataclass(frozen=True, slots=True)
class List:
    """So many items of one kind."""

    item: Schema
    most: float = inf
    least: int = 0
    rules: tuple[Rule, ...] = ()

    def faults(self, value: object, /) -> Sequence[Fault]:
        """What is wrong with it. Of a list that is too long the items are not looked at."""
        if not isinstance(value, list):
            return _fault("must provide an array")
        if len(value) > self.most:
            return _fault(f"no more than {self.most} items allowed")
        if len(value) < self.least:
            return _fault(f"must provide at least {self.least} items")
        found: list[Fault] = []
        check = self.item.faults
        for number, item in enumerate(value):
            if wrong := check(item):
                found += [fault.under(number) for fault in wrong]
        return found or _broken(self.rules, value)


@dataclass(frozen=True, slots=True)
class Object:
    """An object with these fields and no others. ``kind`` is what its ``type`` must say; None: it has no type."""

    kind: str | None
    fields: Fields
    required: tuple[str, ...]
    rules: tuple[Rule, ...] = field(default=())

    @classmethod
    def of(cls, kind: str | None, required: Fields, optional: Fields | None = None, rules: Iterable[Rule] = ()) -> Object:
        """One that must have some fields and may have others."""
        needed = {"type": Choice.of(kind), **required} if kind else required
        return cls(kind, {**needed, **(optional or {})}, tuple(needed), tuple(rules))

    def faults(self, value: object, /) -> Sequence[Fault]:
        """What is wrong with it."""
        if not isinstance(value, dict):
            return _fault("must provide an object")
        found: list[Fault] = []
        fields = self.fields
        for key, item in value.items():
            schema = fields.get(key)
            if schema is None:
                found.append(Fault(f"invalid additional property: {key}"))
            elif wrong := schema.faults(item):
                found += [fault.under(key) for fault in wrong]
        for key in self.required:
            if key not in value:
                found.append(Fault(f"missing required field: {key}"))
        return found or _broken(self.rules, value)


@dataclass(frozen=True, slots=True)
class Union:
    """One of several objects, told apart by their ``type``."""

    members: Mapping[str, Object]

    @classmethod
    def of(cls, *members: Object) -> Union:
        """One of these; of two that have the same type, the second."""
        return cls({member.kind: member for member in members if member.kind})

    def faults(self, value: object, /) -> Sequence[Fault]:
        """What is wrong with it. Of an unknown type nothing more can be said."""
        if not isinstance(value, dict):
            return _fault("must provide an object")
        kind = value.get("type")
        if not isinstance(kind, str):
            return (Fault("must provide a string", "/type"),) if "type" in value else _fault("missing required field: type")
        member = self.members.get(kind)
        return member.faults(value) if member else (Fault(f"unsupported type: {kind}", "/type"),)


def _broken(rules: tuple[Rule, ...], value: object) -> Sequence[Fault]:
    return [fault for rule in rules for fault in rule(value)] if rules else FINE
