"""How fast a question is answered in a registry of many groups whose names are all nearly alike."""

from __future__ import annotations

import random
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from rapidfuzz import fuzz, process
from sqlalchemy import insert

from cadre.ask.service import answer
from cadre.core.database import Database
from cadre.core.models import Alias
from cadre.core.reader import Reader
from cadre.core.schema import upgrade
from cadre.core.text import fold
from cadre.groups.models import Group, GroupKind
from tests.benchmarks.figure import Figure

_FIRST = (
    "digital data cloud service client identity privacy information procurement access payment licence health transit land tax "
    "permit benefit school court"
).split()
_SECOND = (
    "strategy security sharing design delivery standards research training mapping notification protection integration "
    "recovery quality measurement outreach licensing modernization analytics accessibility continuity governance architecture "
    "operations renewal"
).split()
_THIRD = "northern coastal prairie atlantic rural urban central eastern western island".split()
_FRENCH = {"strategy": "stratégie", "security": "sécurité", "sharing": "partage", "design": "conception", "delivery": "prestation"}
_QUESTIONS = (
    ("Who leads the {} working group?", "en"),
    ("what is the {} working group", "en"),
    ("{} wg recommendation?", "en"),
    ("Qui dirige le groupe de travail {}?", "fr"),
    ("de quel conseil relève le groupe {}", "fr"),
)


def names(groups: int) -> Iterator[tuple[str, str, tuple[str, str]]]:
    """English name, French name and two aliases of each group: three words out of few, so that each name has many near misses."""
    picked = [(a, b, c) for a in _FIRST for b in _SECOND for c in _THIRD]
    random.Random(7).shuffle(picked)
    for number, (a, b, c) in enumerate(picked[:groups]):
        french = _FRENCH.get(b, b)
        yield f"{c} {a} {b} Working Group".title(), f"Groupe de travail {french} {a} {c}", (f"{a} {b} {c}", f"X{number:04}Q")


def fill(database: Database, groups: int) -> None:
    """A registry of so many groups, each with two names, an alias and an acronym. Made in bulk, past the audit: it is no history."""
    rows, aliases = [], []
    for number, (english, french, (alias, acronym)) in enumerate(names(groups)):
        rows.append({"id": f"g{number}", "name_en": english, "name_fr": french, "kind": "working_group"})
        aliases.append({"subject": "group", "subject_id": f"g{number}", "kind": "alias", "language": "en", "text": alias})
        aliases.append({"subject": "group", "subject_id": f"g{number}", "kind": "acronym", "language": "en", "text": acronym})
    kind = {"id": "working_group", "name_en": "working group", "name_fr": "groupe de travail"}
    kind |= {"plural_en": "working groups", "plural_fr": "groupes de travail"}
    needs = dict.fromkeys(("needs_mandate", "needs_workplan", "needs_meetings", "needs_council_co_chair", "proposed"), False)
    with database.engine.begin() as connection:
        connection.execute(insert(GroupKind), [kind | needs])
        connection.execute(insert(Group), rows)
        connection.execute(insert(Alias), aliases)


def slip(text: str, chance: random.Random) -> str:
    """The text with two neighbouring letters of one of its longer words swapped."""
    words = text.split()
    long = [i for i, word in enumerate(words) if len(word) > 5]
    i = chance.choice(long)
    at = chance.randrange(1, len(words[i]) - 2)
    words[i] = words[i][:at] + words[i][at + 1] + words[i][at] + words[i][at + 2 :]
    return " ".join(words)


def measure(groups: int, questions: int) -> tuple[list[float], float, list[str]]:
    """Milliseconds of each answer, the part with the right subject, and the questions that were asked."""
    chance = random.Random(11)
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'many.sqlite'}")
        upgrade(database.engine)
        fill(database, groups)
        known = [(f"group:g{number}", english, french) for number, (english, french, _) in enumerate(names(groups))]
        database.read(answer, "hello", Reader())
        times, right, asked = [], 0, []
        for number in range(questions):
            subject, english, french = chance.choice(known)
            pattern, language = _QUESTIONS[number % len(_QUESTIONS)]
            name = english.removesuffix(" Working Group") if language == "en" else french.removeprefix("Groupe de travail ")
            question = pattern.format(slip(name, chance) if number % 3 == 0 else name.lower())
            reader = Reader(f"{language}_CA")
            begun = time.perf_counter()
            found = database.read(answer, question, reader)
            times.append((time.perf_counter() - begun) * 1000)
            right += found.parts[0].subject == subject
            asked.append(question)
        database.close()
    return times, right / questions, asked


def linear(groups: int, questions: list[str]) -> float:
    """The median milliseconds of finding the name only, by rapidfuzz over all names one after the other."""
    everything = [fold(name) for english, french, aliases in names(groups) for name in (english, french, *aliases)]
    times = []
    for question in questions[:60]:
        begun = time.perf_counter()
        process.extractOne(fold(question), everything, scorer=fuzz.token_sort_ratio)
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


def rows() -> list[Figure]:
    """The figures of asking."""
    few, _, _ = measure(500, 500)
    many, right, asked = measure(5000, 1000)
    middle = statistics.median(many)
    resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        Figure("a question over 5,000 groups and 20,000 names, p50", middle, 2, "ms"),
        Figure("the same, p99", statistics.quantiles(many, n=100)[98], 10, "ms"),
        Figure("the same, without the right subject", (1 - right) * 100, 1, "%"),
        Figure("5,000 groups against 500, p50", middle / statistics.median(few), 3, "times"),
        Figure("resident, all of this in one process", resident, 200, "MB"),
        Figure("for comparison: a linear rapidfuzz scan, the name alone, p50", linear(5000, asked), None, "ms"),
    ]
