"""Blocks and views are refused as Slack refuses them, and what Cadre makes is not."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from functools import reduce
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import app, persons
from bot.ask import views as ask
from bot.blocks import Home, Message, Modal
from bot.commands import help_message
from bot.home import views as home
from bot.people import views as people
from bot.sandbox.slack.blockkit import Surface, problems, view_problems
from cadre.ask.service import answer
from cadre.core.bilingual import Bilingual
from cadre.core.database import Database
from cadre.core.i18n import LANGUAGES, LOCALES, Language
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.people.rules import ClaimFacts, HeldRole, Me, PersonChoice
from tests.sandbox.blockkit_cases import BOUNDS, BROKEN, COUNTS, LENGTHS, MAY_BE_EMPTY, MISPLACED, Made
from tests.sandbox.blockkit_examples import (
    ELEMENTS,
    EXAMPLES,
    HOME,
    INPUT,
    MESSAGE,
    MODAL,
    MODAL_VIEW,
    acting,
    asking,
    beside,
    button,
    marked,
    plain,
)

QUESTIONS = Path(__file__).parents[1] / "ask" / "questions.jsonl"


def refused(what: str, where: str, under: str = "/blocks/0") -> tuple[str]:
    return (f"{what} [json-pointer:{under}{where}]",)


def told(name: str) -> str:
    return name.replace(" ", "-")


@pytest.mark.parametrize(("surface", "block"), EXAMPLES.values(), ids=map(told, EXAMPLES))
def test_what_slack_documents_is_taken(surface: Surface, block: dict[str, Any]) -> None:
    assert problems([block], surface) == ()


def copied(value: Any) -> Any:
    """Without anything that stands in two places of it at once."""
    return json.loads(json.dumps(value))


def below(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """A value and all that it holds, each with the path to it."""
    yield path, value
    for key, item in value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ()):
        yield from below(item, f"{path}/{key}")


def objects(value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object in a value."""
    return ((path, found) for path, found in below(value) if isinstance(found, dict))


@pytest.mark.parametrize(("surface", "block"), EXAMPLES.values(), ids=map(told, EXAMPLES))
def test_nothing_takes_a_field_that_slack_does_not_know(surface: Surface, block: dict[str, Any]) -> None:
    for where, _ in objects(block):
        damaged = copied(block)
        dict(objects(damaged))[where]["colour"] = "red"
        assert problems([damaged], surface) == refused("invalid additional property: colour", where)


@pytest.mark.parametrize(("surface", "block"), EXAMPLES.values(), ids=map(told, EXAMPLES))
def test_null_is_no_value(surface: Surface, block: dict[str, Any]) -> None:
    for where, _ in list(below(block))[1:]:
        *above, last = where.split("/")[1:]
        damaged = copied(block)
        holder = reduce(lambda value, step: value[int(step) if isinstance(value, list) else step], above, damaged)
        holder[int(last) if isinstance(holder, list) else last] = None
        found = problems([damaged], surface)
        assert (found == ()) is ("column_settings/" in where and last.isdigit()), where
        assert all(f"[json-pointer:/blocks/0{where}" in each for each in found)


@pytest.mark.parametrize(("make", "where", "most"), LENGTHS.values(), ids=map(told, LENGTHS))
def test_a_text_has_its_length(make: Made, where: str, most: int) -> None:
    assert problems([make("é" * most)], MESSAGE) == ()
    assert problems([make("é" * (most + 1))], MESSAGE) == refused(f"must be less than {most + 1} characters", where)
    assert problems([make("")], MESSAGE) == refused("must be more than 0 characters", where)


@pytest.mark.parametrize(("make", "where", "most"), MAY_BE_EMPTY.values(), ids=map(told, MAY_BE_EMPTY))
def test_some_texts_may_be_empty_but_not_long(make: Made, where: str, most: int) -> None:
    assert problems([make("")], MESSAGE) == problems([make("x" * most)], MESSAGE) == ()
    assert problems([make("x" * (most + 1))], MESSAGE) == refused(f"must be less than {most + 1} characters", where)


@pytest.mark.parametrize(("make", "where", "least", "most"), BOUNDS.values(), ids=map(told, BOUNDS))
def test_a_number_has_its_bounds(make: Made, where: str, least: int, most: int | None) -> None:
    assert problems([make(least)], MODAL) == problems([make(10**30 if most is None else most)], MODAL) == ()
    assert problems([make(least - 1)], MODAL) == refused(f"must be greater than {least}", where)
    assert problems([make(float(least))], MODAL) == refused("must provide an integer", where)
    if most is not None:
        assert problems([make(most + 1)], MODAL) == refused(f"must be less than {most}", where)


@pytest.mark.parametrize(("make", "where", "most"), COUNTS.values(), ids=map(told, COUNTS))
def test_a_list_has_its_length(make: Made, where: str, most: int) -> None:
    assert problems([make(1)], MESSAGE) == problems([make(most)], MESSAGE) == ()
    assert problems([make(most + 1)], MESSAGE) == refused(f"no more than {most} items allowed", where)
    assert problems([make(0)], MESSAGE) == refused("must provide at least 1 items", where)


@pytest.mark.parametrize(("surface", "most"), [(MESSAGE, 50), (MODAL, 100), (HOME, 100)])
def test_a_surface_takes_so_many_blocks(surface: Surface, most: int) -> None:
    assert problems([], surface) == problems([{"type": "divider"}] * most, surface) == ()
    assert problems([{"type": "divider"}] * (most + 1), surface) == refused(f"no more than {most} items allowed", "", "/blocks")


@pytest.mark.parametrize(("block", "what", "where"), BROKEN.values(), ids=map(told, BROKEN))
def test_what_slack_refuses_is_refused(block: dict[str, Any], what: str, where: str) -> None:
    assert problems([block], MESSAGE) == refused(what, where)


@pytest.mark.parametrize(("surface", "block", "what", "where"), MISPLACED)
def test_each_surface_has_its_own(surface: Surface, block: dict[str, Any], what: str, where: str) -> None:
    assert problems([block], surface) == refused(what, where)


@pytest.mark.parametrize("surface", Surface)
def test_a_block_has_its_own_name(surface: Surface) -> None:
    blocks = [{"type": "divider", "block_id": name} for name in ("a", "b", "a")]
    assert problems(blocks, surface) == refused('`block_id` "a" already exists', "/block_id", "/blocks/2")
    assert problems([{"type": "divider"}, {"type": "divider"}], surface) == ()


def test_actions_of_one_name_may_stand_in_two_blocks() -> None:
    assert problems([acting(button(action_id="a")), acting(button(action_id="a"))], MESSAGE) == ()


def test_one_element_has_the_focus() -> None:
    focused = ELEMENTS["datepicker"] | {"focus_on_load": True}
    blocks = [{"type": "divider"}, asking(focused), beside(focused | {"focus_on_load": False}), acting(button(), focused)]
    what = "only one element can have `focus_on_load` set to true"
    assert problems(blocks, MODAL) == refused(what, "/elements/1/focus_on_load", "/blocks/3")
    assert problems([*blocks[:2], beside(focused)], MODAL) == refused(what, "/accessory/focus_on_load", "/blocks/2")
    assert problems(blocks[:3], MODAL) == ()


def test_markdown_counts_over_the_whole_message() -> None:
    blocks = [{"type": "markdown", "text": "x" * 6000}, {"type": "divider"}, {"type": "markdown", "text": "x" * 6000}]
    assert problems(blocks, MESSAGE) == ()
    assert problems([*blocks, blocks[0]], MESSAGE) == refused("must be less than 12001 characters", "/text", "/blocks/3")


def test_every_fault_is_told() -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "", "emoji": True}}, {"type": "header"}, "x"]
    assert set(problems(blocks, MESSAGE)) == {
        "must be more than 0 characters [json-pointer:/blocks/0/text/text]",
        "invalid additional property: emoji [json-pointer:/blocks/0/text]",
        "missing required field: text [json-pointer:/blocks/1]",
        "must provide an object [json-pointer:/blocks/2]",
    }


@pytest.mark.parametrize("blocks", [None, {}, "[]", 3, True])
def test_blocks_are_a_list(blocks: object) -> None:
    assert problems(blocks, MESSAGE) == refused("must provide an array", "", "/blocks")


@pytest.mark.parametrize(
    ("view", "what", "where"),
    [
        ("x", "must provide an object", ""),
        ({}, "missing required field: type", ""),
        (MODAL_VIEW | {"type": "workflow_step"}, "unsupported type: workflow_step", "/type"),
        ({"type": "modal", "blocks": []}, "missing required field: title", ""),
        ({"type": "modal", "title": plain()}, "missing required field: blocks", ""),
        ({"type": "home"}, "missing required field: blocks", ""),
        ({"type": "home", "blocks": [], "title": plain()}, "invalid additional property: title", ""),
        ({"type": "home", "blocks": [], "submit": plain()}, "invalid additional property: submit", ""),
        (MODAL_VIEW | {"submit_disabled": True}, "invalid additional property: submit_disabled", ""),
        (MODAL_VIEW | {"submit": None}, "must provide an object", "/submit"),
        (MODAL_VIEW | {"title": marked()}, "must be a valid enum value", "/title/type"),
        (MODAL_VIEW | {"clear_on_close": "yes"}, "must be a boolean", "/clear_on_close"),
        (MODAL_VIEW | {"blocks": [{"type": "divider"}] * 101}, "no more than 100 items allowed", "/blocks"),
        (MODAL_VIEW | {"blocks": [{"type": "header"}]}, "missing required field: text", "/blocks/0"),
        (
            {"type": "modal", "title": plain(), "blocks": [{"type": "divider"}, INPUT]},
            "must define `submit` to use an `input` block in modals",
            "/blocks/1/input",
        ),
    ],
)
def test_a_view_that_slack_refuses_is_refused(view: object, what: str, where: str) -> None:
    assert view_problems(view) == refused(what, where, "/view")


@pytest.mark.parametrize(
    ("field", "most"),
    [("title", 24), ("submit", 24), ("close", 24), ("private_metadata", 3000), ("callback_id", 255), ("external_id", 255)],
)
def test_the_texts_of_a_view_have_their_length(field: str, most: int) -> None:
    def view(text: str) -> dict[str, Any]:
        return MODAL_VIEW | {field: plain(text) if most == 24 else text}

    assert view_problems(view("x" * most)) == ()
    where = f"/{field}/text" if most == 24 else f"/{field}"
    assert view_problems(view("x" * (most + 1))) == refused(f"must be less than {most + 1} characters", where, "/view")


def test_a_home_takes_inputs_without_submit() -> None:
    assert view_problems({"type": "home", "blocks": [INPUT], "private_metadata": "", "callback_id": "", "external_id": ""}) == ()


KEYS = st.sampled_from(["type", "text", "blocks", "elements", "x"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(JSON, st.sampled_from(Surface))
def test_no_json_is_too_strange(value: Any, surface: Surface) -> None:
    for found in (problems(value, surface), problems([value], surface), view_problems(value)):
        assert all(each.endswith("]") and " [json-pointer:/" in each for each in found)
    if not isinstance(value, dict):
        assert problems([value], surface)
        assert view_problems(value)


@given(st.data())
def test_no_damage_is_too_strange(data: st.DataObject) -> None:
    """Some part of what is taken is put in the place of another, or anything at all is."""
    surface, block = data.draw(st.sampled_from(list(EXAMPLES.values())))
    damaged = [copied(block), copied(data.draw(st.sampled_from(list(EXAMPLES.values())))[1])]
    places = [found for _, found in objects(damaged) if found]
    for place in data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=3)):
        key = data.draw(st.sampled_from(sorted(place)))
        place[key] = copied(data.draw(JSON | st.sampled_from(places) | st.sampled_from([list(each.values()) for each in places])))
    for each in Surface:
        assert isinstance(problems(damaged, each), tuple)
    kind = "home" if surface is HOME else "modal"
    assert isinstance(view_problems(MODAL_VIEW | {"type": kind, "blocks": damaged}), tuple)


@pytest.fixture(scope="session")
def registry(filled_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The real registry, to ask."""
    path = shutil.copy(filled_sqlite, tmp_path_factory.mktemp("blockkit") / "registry.sqlite")
    with closing(Database(f"sqlite:///{path}")) as opened:
        yield opened


def taken(made: Message | Modal | Home) -> tuple[str, ...]:
    """What is wrong with something that Cadre made, as it goes over the wire."""
    sent = json.loads(json.dumps(made.payload()))
    return problems(sent["blocks"], MESSAGE) if isinstance(made, Message) else view_problems(sent)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_slack_takes_every_answer(registry: Database, lang: Language) -> None:
    reader = Reader(LOCALES[lang])
    asked = [each for line in QUESTIONS.read_text(encoding="utf-8").splitlines() if (each := json.loads(line))["lang"] == lang]
    for each in asked[::9]:
        found = registry.read(answer, each["question"], reader)
        for made in (
            ask.answer(found, reader, share=ask.Sharing("key", None), asked=True),
            ask.shared(found, reader, "U1"),
            ask.after_sharing(found, reader, Words.verbatim("Shared.")),
        ):
            assert taken(made) == (), each["question"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_slack_takes_what_cadre_says_of_people(lang: Language) -> None:
    reader = Reader(LOCALES[lang])
    long = Bilingual("Long name of a group " * 9, "Long nom de groupe " * 9)
    roles = tuple(HeldRole(f"role:{i}", "lead", long, long, None, None, None, confirmed=i % 2 == 0) for i in range(23))
    who = PersonChoice("person:ann", "Ann", Bilingual("Ontario", "Ontario"))
    at = datetime(2026, 10, 1, tzinfo=UTC)
    states = ("pending", "confirmed", "declined", "withdrawn")
    claims = tuple(ClaimFacts(1, state, "T1", "U1", 1, "Ann", None, who, roles, at, at, "Sam") for state in states)
    strangers = (Me("Ann", None, None, None, (), None, False), Me("Ann", "ann@x.example", lang, None, (), claims[0], False))
    for known in (*strangers, Me("Ann", "ann@x.example", None, who, roles, None, True)):
        assert taken(people.me(known, reader)) == ()
        blocks = (*home.greeting(reader), *people.about(known, reader), *people.requests(claims[:1], reader), *ask.examples(reader))
        assert taken(Home((*blocks, *home.language(lang, reader)))) == ()
    for claim in claims:
        assert taken(people.request(claim, reader)) == taken(people.verdict(claim, reader)) == taken(people.claim_sent(claim, reader)) == ()
    assert taken(people.claim_window(reader)) == ()
    assert taken(help_message(app.commands().verbs, reader)) == ()
    assert problems([acting({"type": "static_select", "options": [persons.option(who, reader).payload()]})], MESSAGE) == ()
