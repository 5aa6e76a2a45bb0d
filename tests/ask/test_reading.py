"""How a message is read: words, spelling, concepts, intents. No database."""

from __future__ import annotations

from importlib import import_module

import pytest

from cadre.ask import service
from cadre.ask.answers import calls
from cadre.ask.concepts import CONCEPTS, concepts, corrected, language
from cadre.ask.intents import PATTERNS, intent
from cadre.ask.lexicon import Lexicon, entry
from cadre.ask.parse import is_thanks, split
from cadre.ask.tokens import tokens, words
from cadre.ask.vocabulary import Vocabulary

LEXICON = Lexicon(
    [
        entry("group:privacy", "Privacy Sub-Committee"),
        entry("group:identity", "Identity Management Sub-Committee"),
        entry("group:identity", "SCGI", acronym=True),
        entry("group:information", "Information Management Sub-Committee"),
        entry("group:information", "SCGI", acronym=True),
        entry("priority:digital-identity", "Digital Identity"),
        entry("group:digital-identity", "Digital Identity Working Group"),
        entry("person:howse", "Sophia Howse"),
        entry("jurisdiction:ON", "ON", code=True),
        entry("jurisdiction:BC", "C.-B."),
    ]
)


def mentioned(text: str) -> list[tuple[str, ...]]:
    return [mention.subjects for mention in LEXICON.mentions(tokens(text))]


def test_abbreviations_are_one_word_and_elisions_two() -> None:
    assert words("l’identité en C.-B., aujourd'hui") == ("l", "identite", "en", "cb", "aujourd", "hui")


def test_capitals_tell_an_abbreviation_unless_everything_is_capitals() -> None:
    assert [token.text for token in tokens("who leads ON things") if token.shouted] == ["on"]
    assert not [token.text for token in tokens("WHO LEADS ON THINGS TODAY") if token.shouted]


@pytest.mark.parametrize(
    ("typed", "meant"), [("framwork", "framework"), ("comitee", "committee"), ("goverment", "government"), ("cleint", "client")]
)
def test_a_misspelt_word_is_found(typed: str, meant: str) -> None:
    known = Vocabulary(["framework", "committee", "government", "client", "strategy"])
    assert known.near(typed)[0][0] == meant


def test_a_clipped_word_is_found_unless_it_begins_many() -> None:
    assert [word for word, _ in Vocabulary(["digital", "strategy"]).begun("dig")] == ["digital"]
    assert Vocabulary([f"digital{n}" for n in range(20)]).begun("dig") == ()


def test_words_of_a_question_are_corrected_too() -> None:
    assert corrected("recomended").startswith("recom")
    assert corrected("poutine") == "poutine"


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("who leads digital identity", [("priority:digital-identity",)]),
        ("who leads the digital identity working group", [("group:digital-identity",)]),
        ("identity digital, who?", [("priority:digital-identity",)]),
        ("privcy commitee", [("group:privacy",)]),
        ("SCGI", [("group:identity", "group:information")]),
        ("Sofia Howse", [("person:howse",)]),
        ("on the list", []),
        ("who is from ON?", [("jurisdiction:ON",)]),
        ("qui est en C.-B.", [("jurisdiction:BC",)]),
        ("the working group", []),
    ],
)
def test_what_is_mentioned(text: str, subjects: list[tuple[str, ...]]) -> None:
    assert [tuple(sorted(found)) for found in mentioned(text)] == subjects


@pytest.mark.parametrize(
    ("text", "lang"), [("who leads it", "en"), ("qui dirige ça", "fr"), ("responsable for it please", "en"), ("c'est qui le lead?", "fr")]
)
def test_the_language_is_that_of_the_function_words(text: str, lang: str) -> None:
    assert language(words(text), "fr" if lang == "en" else "en") == lang


def test_an_undecidable_language_is_the_readers() -> None:
    assert language(["cpssp"], "fr") == "fr"
    assert language(["cpssp"], "en") == "en"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Who leads it? When did they meet?", ["Who leads it", "When did they meet"]),
        ("qui dirige le groupe et quand s'est-il réuni", ["qui dirige le groupe", "quand s'est-il réuni"]),
        ("Bonjour Cadre, qui dirige?", ["qui dirige"]),
        ("Guy Gordon and Sean McLeish", ["Guy Gordon and Sean McLeish"]),
    ],
)
def test_two_questions_of_one_message_are_two(text: str, parts: list[str]) -> None:
    assert split(text) == parts


@pytest.mark.parametrize(("text", "so"), [("Thanks!", True), ("merci beaucoup :)", True), ("thanks, who leads it?", False)])
def test_thanks_alone_are_thanks(text: str, so: bool) -> None:
    assert is_thanks(text) is so


def test_every_pattern_is_answered_and_every_concept_is_known() -> None:
    assert set(calls.HANDLERS) == service._OF_CALLS
    later = {module: import_module(f"cadre.ask.answers.{module}").HANDLERS for module in set(service._LATER.values())}
    assert {intent_: module for module, handlers in later.items() for intent_ in handlers} == service._LATER
    handled = {*service._HANDLERS, *service._LATER, "help"}
    assert {name for name, _ in PATTERNS} <= handled
    there = {part.lstrip("!") for _, pattern in PATTERNS for each in pattern.split() for part in each.split("|")}
    assert {name for name in there if name.isupper() or ":" in name} <= set(CONCEPTS)


def test_both_languages_say_every_concept() -> None:
    assert all(phrases and all(phrase == phrase.strip() for phrase in phrases) for phrases in CONCEPTS.values())


def test_a_phrase_is_found_where_it_stands() -> None:
    found = concepts(tokens("au fait, que veut dire ce sigle"))
    assert found["ACRONYM"] == {3, 4, 6}


def test_the_first_pattern_that_fits_counts() -> None:
    assert intent(frozenset({"LEAD", "priority", "WHO"})) == "who_leads"
    assert intent(frozenset({"LEAD", "person", "WHAT"})) == "person_info"
    assert intent(frozenset()) is None
