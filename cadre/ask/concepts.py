"""What words mean in a question: the concepts that the phrases of ``phrases/en.toml`` and ``phrases/fr.toml`` stand for."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from cadre.ask.tokens import Token
from cadre.ask.vocabulary import Vocabulary
from cadre.core.i18n import LANGUAGES, Language

_PHRASES: Final = Path(__file__).with_name("phrases")
_FILES: Final[dict[Language, dict[str, Any]]] = {
    language: tomllib.loads((_PHRASES / f"{language}.toml").read_text(encoding="utf-8")) for language in LANGUAGES
}
_FUNCTION: Final = {language: frozenset(file["function"].split()) for language, file in _FILES.items()}
_TELLING: Final = {language: frozenset(file["telling"].split()) for language, file in _FILES.items()}
FUNCTION_WORDS: Final = _FUNCTION["en"] | _FUNCTION["fr"]
CONCEPTS: Final[dict[str, list[str]]] = {
    concept: [phrase.strip() for file in _FILES.values() for phrase in file["concepts"][concept].split("|")]
    for concept in _FILES["en"]["concepts"]
}
"""Concept -> its phrases in both languages, which are always looked up together: people mix them."""

# What groups are called by kind: says little about which group is meant, and may always be part of what is asked.
KIND_WORDS: Final = frozenset(
    """working group groups wg wgs workgroup subgroup committee committees sub subcommittee subcommittees council councils table
    community communities practice cop team crew body priority priorities
    groupe groupes travail gt gts comite comites sous souscomite conseil conseils communaute communautes pratique pratiques cdp
    equipe priorite priorites""".split()
)
# Words of names that say little of which: with those above, they weigh next to nothing in a name.
GENERIC: Final = KIND_WORDS | frozenset(
    """officials responsable responsables member members membre membres municipal municipale municipales municipaux municipalities
    federal federale federaux""".split()
)

MONTHS: Final[dict[str, int]] = {
    name: number
    for number, forms in enumerate(
        (
            "january jan janvier janv", "february feb fevrier fevr fev", "march mar mars", "april apr avril avr", "may mai",
            "june jun juin", "july jul juillet juil", "august aug aout", "september sept sep septembre",
            "october oct octobre", "november nov novembre", "december dec decembre",
        ),
        1,
    )
    for name in forms.split()
}  # fmt: skip
NUMBERS: Final[dict[str, int]] = {
    word: number
    for number, forms in enumerate(
        "one first un premier premiere une|two second deux deuxieme|three third trois troisieme|four fourth quatre quatrieme|"
        "five fifth cinq cinquieme|six sixth sixieme|seven seventh sept septieme|eight eighth huit huitieme".split("|"),
        1,
    )
    for word in forms.split()
}


def _compile() -> tuple[dict[str, list[tuple[tuple[str, ...], str]]], list[tuple[str, tuple[str, ...], str]]]:
    """Phrases by their first word where that is whole, and those whose first word may end in anything."""
    whole: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    open_: list[tuple[str, tuple[str, ...], str]] = []
    for concept, phrases in CONCEPTS.items():
        for phrase in phrases:
            first, *rest = phrase.split()
            if first.endswith("*"):
                open_.append((first[:-1], tuple(rest), concept))
            else:
                whole[first].append((tuple(rest), concept))
    return whole, open_


_WHOLE, _OPEN = _compile()
_STEMS: Final = frozenset(word.rstrip("*") for phrases in CONCEPTS.values() for phrase in phrases for word in phrase.split())
_EXACT: Final = frozenset(_STEMS | FUNCTION_WORDS | GENERIC | MONTHS.keys() | NUMBERS.keys())
# What a misspelt word may stand for: words of five letters and more, because shorter ones are near to too many others.
_SPELLING: Final = Vocabulary(word for word in _EXACT if len(word) >= 4)


@lru_cache(maxsize=8192)
def is_known(word: str) -> bool:
    """Whether a word means something to a question by itself: then it is no misspelt name."""
    return word in _EXACT or any(word.startswith(stem) and len(stem) > 4 for stem, _, _ in _OPEN)


@lru_cache(maxsize=8192)
def corrected(word: str) -> str:
    """The word of a question that a misspelt word most likely is; the word itself if it is known or like none."""
    if is_known(word):
        return word
    near = _SPELLING.near(word)
    return near[0][0] if near and near[0][1] >= 0.74 and (len(word) > 5 or near[0][0][0] == word[0]) else word


def concepts(message: Sequence[Token], skip: frozenset[int] = frozenset()) -> dict[str, frozenset[int]]:
    """The concepts that a message speaks of, and where. ``skip``: positions of words that belong to a name."""
    spelt = [corrected(token.text) for token in message]
    found: dict[str, set[int]] = defaultdict(set)
    for i, word in enumerate(spelt):
        if i in skip:
            continue
        for rest, concept in _phrases(word):
            if all(i + 1 + k < len(spelt) and _fits(spelt[i + 1 + k], wanted) for k, wanted in enumerate(rest)):
                found[concept].update(range(i, i + 1 + len(rest)))
    return {concept: frozenset(places) for concept, places in found.items()}


@lru_cache(maxsize=8192)
def _phrases(word: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    """The phrases that a word may begin: the words that must follow, and the concept."""
    return (*_WHOLE.get(word, ()), *((rest, concept) for stem, rest, concept in _OPEN if word.startswith(stem)))


def _fits(word: str, wanted: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted


_SIGNS: Final[dict[Language, int]] = {"en": 1, "fr": -1}


def language(words: Iterable[str], fallback: Language) -> Language:
    """The language of a question: that of its function words; of the words that ask, if those do not tell; else the reader's."""
    score = 0.0
    for word in words:
        for lang, sign in _SIGNS.items():
            function, telling = _FUNCTION[lang], _TELLING[lang]
            score += sign * (1.0 if word in function else 0.75 if word in telling else 0.0)
    if abs(score) < 0.5:
        return fallback
    return "en" if score > 0 else "fr"
