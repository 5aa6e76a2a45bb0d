"""What holds of any text, and of every subject in any spelling."""

from __future__ import annotations

import random
import time
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cadre.ask.concepts import CONCEPTS
from cadre.ask.knowledge import Knowledge
from cadre.ask.service import answer
from cadre.core.bilingual import Bilingual
from cadre.core.database import Database
from cadre.core.i18n import LOCALES, Language
from cadre.core.reader import Reader

# What a person may ask of a group or a priority: one pattern an intent and language, the name in its place.
GROUP_PATTERNS: dict[Language, tuple[str, ...]] = {
    "en": (
        "Who leads the {}?", "who co-chairs the {}", "Who is on the {}?", "What is the {}?", "Which council owns the {}?",
        "What is recommended for the {}?", "Which priority does the {} support?", "What type of group is the {}?",
        "What is the mandate of the {}?", "is the {} still active?", "{} next steps?", "What note is attached to the {}?",
    ),
    "fr": (
        "Qui dirige le {}?", "qui copréside le {}", "Qui sont les membres du {}?", "C'est quoi le {}?", "De quel conseil relève le {}?",
        "Que recommande-t-on pour le {}?", "Quelle priorité le {} appuie-t-il?", "Quel type de groupe est le {}?",
        "Quel est le mandat du {}?", "le {} est-il encore actif?", "prochaines étapes du {}?", "Quelle note accompagne le {}?",
    ),
}  # fmt: skip
PRIORITY_PATTERNS: dict[Language, tuple[str, ...]] = {
    "en": ("Who leads the {} priority?", "What is the goal of the {} priority?", "Which groups support the {} priority?"),
    "fr": ("Qui dirige la priorité {}?", "Quel est le but de la priorité {}?", "Quels groupes appuient la priorité {}?"),
}


def slipped(name: str, chance: random.Random) -> str:
    """Two neighbouring letters of one longer word swapped."""
    words = name.split()
    i = chance.choice([i for i, word in enumerate(words) if len(word) > 5] or [max(range(len(words)), key=lambda i: len(words[i]))])
    at = chance.randrange(1, max(len(words[i]) - 2, 2))
    words[i] = words[i][:at] + words[i][at + 1 : at + 2] + words[i][at] + words[i][at + 2 :]
    return " ".join(words)


def bare(name: str, chance: random.Random) -> str:
    """Without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def turned(name: str, chance: random.Random) -> str:
    """The words of the name in another order."""
    words = name.split()
    chance.shuffle(words)
    return " ".join(words)


NOISES = (slipped, bare, turned, lambda name, chance: name.upper(), lambda name, chance: name.lower())


def questions(known: Knowledge) -> Iterator[tuple[str, Language, str]]:
    """Every group and priority, each way of asking, each noise: the subject, the language, the question."""
    chance = random.Random(2017)
    directory = known.directory
    named: list[tuple[str, Bilingual, dict[Language, tuple[str, ...]]]] = [
        (f"group:{group.id}", group.name, GROUP_PATTERNS) for group in directory.groups.values() if not group.is_council
    ]
    named += [(f"priority:{priority.id}", priority.name, PRIORITY_PATTERNS) for priority in directory.priorities.values()]
    for subject, name, patterns in named:
        for language, forms in patterns.items():
            for pattern in forms:
                for noise in NOISES:
                    yield subject, language, pattern.format(noise(name.in_(language) or "", chance))


def test_every_subject_is_found_however_it_is_spelt(registry: Database, known: Knowledge) -> None:
    """Over 2 s: some 2,900 questions, because the share of right subjects is what is promised."""
    same = {f"priority:{p.id}": f"group:{p.group}" for p in known.directory.priorities.values()}
    asked = list(questions(known))
    wrong = []
    for subject, language, question in asked:
        found = registry.read(answer, question, Reader(LOCALES[language]))
        about = {found.parts[0].subject, *(candidate.subject for candidate in found.parts[0].candidates)}
        about |= {same.get(each or "") for each in about}
        if subject not in about and found.parts[0].intent != "next_steps":
            wrong.append(f"{question} -> {found.intent} {found.parts[0].subject}")
    assert len(wrong) <= 0.02 * len(asked), f"{len(wrong)} of {len(asked)}:\n" + "\n".join(wrong[:60])


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


PIECES = "who qui leads dirige the le group groupe CPSSP SCGI identity décès ? : and et Man. C.-B. 2017 {x} %s \\ 1".split()
TEXTS = st.one_of(
    st.text(max_size=300),
    st.text(alphabet="aeiouéèçœ '’?!.,-:;\n«»ABCDEF0123456789", max_size=10_000),
    st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join),
)


@settings(max_examples=150, deadline=None)
@given(text=TEXTS, french=st.booleans())
def test_any_text_has_an_answer(registry: Database, text: str, french: bool) -> None:
    found = registry.read(answer, text, Reader("fr_CA" if french else "en_CA"))
    assert found.headline
    assert found.parts


@pytest.mark.parametrize("seed", range(4))
def test_names_and_words_of_questions_in_any_mix_have_an_answer(registry: Database, known: Knowledge, seed: int) -> None:
    """500 mixes each: what a person may put together by mistake must not be a fault of ours."""
    chance = random.Random(seed)
    names = [" ".join(entry.words) for entry in known.lexicon.entries]
    phrases = [phrase.replace("*", "") for phrases in CONCEPTS.values() for phrase in phrases]
    others = ["2", "2016", "1990", "mai 2017", "?", "et qui", "le groupe"]
    for _ in range(500):
        pieces = [*chance.sample(names, chance.randint(0, 2)), *chance.sample(phrases, chance.randint(1, 3)), chance.choice(others)]
        chance.shuffle(pieces)
        found = registry.read(answer, " ".join(pieces), Reader(chance.choice(["en_CA", "fr_CA"])))
        assert found.headline, pieces


@pytest.mark.parametrize("text", ["a" + " " * 9_990 + "b", "merci " * 1_600, "who? " * 2_000, "<@U1|" * 2_000, "and " * 2_500])
def test_long_odd_text_is_answered_soon(registry: Database, text: str) -> None:
    """While an answer is worked out, nobody else's click may wait: a second is far below Slack's three."""
    begun = time.perf_counter()
    assert registry.read(answer, text, Reader()).headline
    assert time.perf_counter() - begun < 1


@pytest.mark.parametrize(
    "text",
    ["", " ", "?" * 10_000, "🙃" * 5_000, "\x00\u202e\ufeff", "a " * 5_000, "qui " * 2_500, "é" * 10_000, "😀 who leads 😀 {} {0} {x}"],
)
def test_odd_text_has_an_answer(registry: Database, text: str) -> None:
    assert registry.read(answer, text, Reader()).headline


def test_two_threads_in_two_languages_never_mix(registry: Database) -> None:
    def ask(number: int) -> str:
        reader = Reader("fr_CA" if number % 2 else "en_CA")
        question = "SCGI?" if number % 3 else "CPSSP"
        headline = registry.read(answer, question, reader).headline
        english = "stands for" in headline or "may stand" in headline
        return "en" if english else "fr" if "signifie" in headline or "désigner" in headline else headline

    with ThreadPoolExecutor(8) as threads:
        spoken = list(threads.map(ask, range(400)))
    assert spoken == ["en", "fr"] * 200
