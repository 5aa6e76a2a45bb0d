"""A World as JSON and back: by the fields of its dataclasses, so that what they gain is kept without a word here.

A field that holds its default is left out. What a text lacks has its default, or nothing in it; what it has besides is passed over: so a
World that was kept in an earlier format is still read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, Literal, TypeAlias, Union, cast, get_args, get_origin, get_type_hints

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.framework.facts import World

FORMAT: Final = 1
"""Raised where what is written means something else than before; what only adds or leaves out fields is read as it is."""
_DAYS: Final = frozenset({"day", "recorded"})
"""Of a World, what stands beside its content: two days on which nothing changed have the same."""
Encode: TypeAlias = Callable[[Any], Any]
Decode: TypeAlias = Callable[[Any], Any]


def encoded(world: World) -> bytes:
    """The content of a World, without its days: always the same for the same content."""
    record = {name: value for name, value in _written(world).items() if name not in _DAYS}
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()


def decoded(content: bytes, day: date, recorded: date) -> World:
    """The World of a day, of what ``encoded`` gave, in this format or an earlier one."""
    record = json.loads(content) | {"day": day.isoformat(), "recorded": recorded.isoformat()}
    return cast("World", _reader(World)(record))


def _written(value: Any) -> Any:
    """As JSON has it."""
    if isinstance(value, Bilingual):
        return [value.en, value.fr, *([value.stale] if value.stale else [])]
    if isinstance(value, PartialDate):
        return value.text
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _written(each) for key, each in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [_written(each) for each in value]
    if is_dataclass(value):
        kind: type = type(value)
        held = ((name, getattr(value, name), default) for name, default in _defaults(kind))
        return {name: _written(each) for name, each, default in held if each != default}
    return value


@cache
def _defaults(kind: type) -> tuple[tuple[str, Any], ...]:
    return tuple((each.name, _default(each)) for each in fields(cast("Any", kind)))


def _default(of: Field[Any]) -> Any:
    """MISSING where there is none: that is equal to nothing."""
    return of.default_factory() if of.default_factory is not MISSING else of.default


@cache
def _reader(kind: Any) -> Decode:
    """How a value of a type is read. Raises TypeError for a type that no World has: it is to be taught here."""
    origin, arguments = get_origin(kind), get_args(kind)
    plain: dict[Any, Decode] = {
        Bilingual: lambda value: Bilingual(*value),
        PartialDate: PartialDate.parse,
        date: date.fromisoformat,
    }
    if kind in plain:
        return plain[kind]
    if kind in (str, int, bool, Any) or origin is Literal:
        return _same
    if origin in (Union, UnionType):
        (inner,) = [_reader(each) for each in arguments if each is not NoneType]
        return lambda value: None if value is None else inner(value)
    if origin is tuple:
        return _tuple(arguments)
    if origin is frozenset:
        return frozenset
    if origin is not None and issubclass(origin, Mapping):
        each_value = _reader(arguments[1])
        return lambda value: {key: each_value(each) for key, each in value.items()}
    if is_dataclass(kind):
        return _record(cast("type", kind))
    raise TypeError(f"{kind} has no form in JSON yet")


def _same(value: Any) -> Any:
    return value


def _tuple(kinds: tuple[Any, ...]) -> Decode:
    if kinds[-1] is Ellipsis:
        each_item = _reader(kinds[0])
        return lambda value: tuple(each_item(each) for each in value)
    readers = [_reader(each) for each in kinds]
    return lambda value: tuple(read(each) for read, each in zip(readers, value, strict=True))


def _record(kind: type) -> Decode:
    hints = get_type_hints(kind)
    read = [
        (each.name, _reader(hints[each.name]), _empty(hints[each.name]), _default(each) is MISSING) for each in fields(cast("Any", kind))
    ]

    def record(value: Mapping[str, Any]) -> Any:
        return kind(**{name: one(value[name]) if name in value else empty for name, one, empty, owed in read if owed or name in value})

    return record


def _empty(kind: Any) -> Any:
    """What a field holds that has no default, in a record that was kept before there was such a field."""
    if kind is str:
        return ""
    if kind is int:
        return 0
    return Bilingual(None, None) if kind is Bilingual else None
