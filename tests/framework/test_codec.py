"""A World as JSON and back: whatever it holds, and what was kept before the framework knew more."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.database import Database
from cadre.core.dates import PartialDate
from cadre.core.reader import OPERATOR
from cadre.framework import facts, reading
from cadre.framework.codec import _reader, decoded, encoded
from cadre.framework.facts import World
from tests.conftest import one_registry

DAY = date(2027, 3, 2)
PARTIAL = st.dates(date(1000, 1, 1)).flatmap(lambda day: st.sampled_from([4, 7, 10]).map(lambda n: PartialDate.parse(str(day)[:n])))
BOTH = st.builds(Bilingual, st.none() | st.text(), st.none() | st.text(), st.sampled_from([None, "en", "fr"]))
HINTS = {name: hint for name, hint in get_type_hints(World).items() if name not in ("day", "recorded")}


@pytest.fixture(autouse=True, scope="module")
def _types() -> None:
    st.register_type_strategy(PartialDate, PARTIAL)
    st.register_type_strategy(Bilingual, BOTH)


def record(kind: type) -> st.SearchStrategy[Any]:
    """A record with a value in every field, not only in those that must have one."""
    hints = get_type_hints(kind)
    return st.builds(kind, **{each.name: st.from_type(hints[each.name]) for each in fields(kind)})


def field(hint: Any) -> st.SearchStrategy[Any]:
    kinds = [each for each in get_args(hint) if isinstance(each, type) and is_dataclass(each) and each is not Bilingual]
    if not kinds:
        return st.from_type(hint)
    some = st.lists(record(kinds[0]), max_size=2)
    if get_origin(hint) is tuple:
        return some.map(tuple)
    return some.map(lambda found: {each.id: each for each in found})


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
@pytest.mark.parametrize("name", HINTS)
def test_whatever_a_world_holds_is_read_back(name: str, data: st.DataObject) -> None:
    world = World(DAY, DAY, **{name: data.draw(field(HINTS[name]))})
    assert decoded(encoded(world), DAY, DAY) == world
    assert encoded(decoded(encoded(world), DAY, DAY)) == encoded(world), "what is the same is written the same"


@one_registry
def test_the_framework_of_the_real_registry_is_read_back(sandbox_url: str) -> None:
    database = Database(sandbox_url)
    day = database.read(clock.today)
    world = database.read(reading.world, day, OPERATOR)
    database.close()
    assert world.groups
    assert decoded(encoded(world), world.day, world.recorded) == world


def test_what_an_earlier_format_lacked_or_had_besides_is_no_hindrance() -> None:
    world = World(DAY, DAY, groups={"bees": facts.GroupIn("bees", Bilingual("Bees", "Abeilles"), kind="working_group")})
    kept = json.loads(encoded(world))
    del kept["groups"]["bees"]["name"]
    kept["weather"], kept["groups"]["bees"]["colour"] = {"sun": 1}, "yellow"
    kept["activities"] = {"1": {"id": "1", "workplan": "w"}}
    found = decoded(json.dumps(kept).encode(), DAY, DAY)
    assert found.groups["bees"] == facts.GroupIn("bees", Bilingual(None, None), kind="working_group")
    assert found.activities["1"] == facts.ActivityIn("1", "w", 0, Bilingual(None, None))


def test_a_kind_of_value_that_nobody_taught_it_is_refused() -> None:
    with pytest.raises(TypeError):
        _reader(complex)
