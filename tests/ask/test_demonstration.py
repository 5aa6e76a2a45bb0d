"""A registry with the Demonstration Council in it: asked about the real Councils, it answers as if it were not; by name, about it alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from bot.ask.text import render
from cadre.ask.answer import Answer, Part
from cadre.ask.knowledge import Knowledge, current
from cadre.ask.service import answer
from cadre.core.bilingual import Bilingual
from cadre.core.database import Database
from cadre.core.dates import PartialDate
from cadre.core.i18n import LANGUAGES, LOCALES
from cadre.core.reader import OPERATOR, Reader
from cadre.decisions.models import Decision, Recommendation
from cadre.exchange.seed import demonstration
from cadre.exchange.service import import_file
from tests.ask.test_questions import OWN, SHARED, load
from tests.conftest import DATABASES, FILLED, copied, fill, prepared

MARKS = {"en": "demonstration", "fr": "démonstration"}
GROUPS = {
    "en": (
        "Demonstration Beehives Working Group",
        "Demonstration Orchards Working Group",
        "Demonstration Quilts Community of Practice",
        "Demonstration Toboggans Committee",
    ),
    "fr": (
        "Groupe de travail de démonstration sur les ruches",
        "Groupe de travail de démonstration sur les vergers",
        "Communauté de pratique de démonstration sur les courtepointes",
        "Comité de démonstration sur les toboggans",
    ),
}


def with_it(url: str) -> None:
    """Take the Demonstration Council into the real registry."""
    fill(url, demonstration(datetime.now(UTC).date()))


@pytest.fixture(scope="module")
def shown(request: pytest.FixtureRequest) -> Iterator[Database]:
    """The real registry with the Demonstration Council, for tests that only ask."""
    with closing(Database(prepared(request, "sqlite", "shown", with_it, of=FILLED))) as database:
        yield database


@pytest.fixture(params=DATABASES)
def on_either(request: pytest.FixtureRequest) -> Iterator[Database]:
    """The same on both databases, to be changed."""
    with copied(request, request.param, "shown_on_either", with_it, of=FILLED) as url, closing(Database(url)) as database:
        yield database


def ask(registry: Database, question: str, reader: Reader | None = None, earlier: Answer | None = None) -> Answer:
    return registry.read(answer, question, reader or Reader(), earlier)


def told(part: Part) -> tuple[object, ...]:
    return part.intent, part.headline, part.details, part.sources, part.candidates, part.subject, part.known


def text(found: Answer) -> str:
    return "\n".join(line for part in found.parts for line in (part.headline, *part.details, *(each.label for each in part.candidates)))


# -- the real Councils


def same(registry: Database, shown: Database, questions: list[tuple[str, str]]) -> list[str]:
    """The questions that are answered otherwise where the Demonstration Council is."""
    otherwise = []
    for question, locale in questions:
        before, after = (ask(each, question, Reader(locale)) for each in (registry, shown))
        if (before.follow_ups, list(map(told, before.parts))) != (after.follow_ups, list(map(told, after.parts))):
            otherwise.append(f"{question!r}: {before.headline} | {after.headline}")
    return otherwise


def test_every_question_about_the_real_councils_has_the_same_answer(registry: Database, shown: Database) -> None:
    """A thousand questions asked twice, in 3 s: that nothing invented enters any answer is what is promised."""
    asked = [each for path in (OWN, SHARED) if path.exists() for each in load(Path(path))]
    assert len(asked) > 900
    assert not same(registry, shown, [(each["question"], LOCALES[each["lang"]]) for each in asked])


def test_every_real_name_means_what_it_means(registry: Database, shown: Database, known: Knowledge) -> None:
    names = {" ".join(entry.words) for entry in known.lexicon.entries}
    assert not same(
        registry, shown, [(f"{form} {name}?", locale) for name in names for form, locale in (("who leads", "en_CA"), ("", "fr_CA"))]
    )


@pytest.mark.parametrize(
    ("question", "not_there"),
    [
        ("how many groups are there?", "orchards"),
        ("combien de groupes y a-t-il?", "vergers"),
        ("which groups are dormant?", "Toboggans"),
        ("quels sont les comités?", "toboggans"),
        ("how many people does the registry know?", "Robin Ashgrove"),
        ("What priorities are there?", "Lanterns"),
        ("which councils are there?", "Demonstration"),
        ("list all meetings", "Cattail"),
        ("which provinces have nobody?", "Bellorme"),
        ("who leads the priorities?", "Camille Clairval"),
        ("who are the municipal members?", "Avery Plumridge"),
        ("the working group", "Beehives"),
        ("who are the co-chairs?", "Dominique"),
    ],
)
def test_no_list_count_or_candidate_holds_anything_invented(registry: Database, shown: Database, question: str, not_there: str) -> None:
    found = text(ask(shown, question))
    assert not_there.lower() not in found.lower()
    assert MARKS["en"] not in found.lower()
    assert MARKS["fr"] not in found.lower()
    assert found == text(ask(registry, question))


@pytest.mark.parametrize(
    "question", ["who leads mergers?", "will it snow?", "Who is Robin Hood?", "what does the orchid group do", "quilt"]
)
def test_a_word_that_is_only_like_a_name_of_the_demonstration_is_not_in_the_registry(shown: Database, question: str) -> None:
    found = ask(shown, question)
    assert (MARKS["en"] in text(found).lower()) is (question == "quilt"), "the plural is the same word"


def test_a_name_that_real_and_invented_things_share_is_the_real_one(on_either: Database) -> None:
    shared = demonstration(datetime.now(UTC).date()).replace("aliases: {en: [Lanterns]", "aliases: {en: [Lanterns, digital identity]")
    assert on_either.write(OPERATOR, import_file, shared).changed
    assert ask(on_either, "who leads digital identity?").parts[0].subject == "priority:digital-identity"
    assert ask(on_either, "who leads lanterns?").parts[0].subject == "priority:demo-lanterns"


def test_in_a_registry_without_it_nothing_is_apart(registry: Database) -> None:
    known = registry.read(current)
    assert known.demonstration is None
    assert known.lexicon.aside is None
    assert not ask(registry, "who leads lanterns?").parts[0].subject


# -- the demonstration, by name

ABOUT_IT = [
    ("who leads lanterns?", "Robin Ashgrove (Borealia, demonstration) leads the Demonstration Lanterns priority."),
    ("Who leads the Demonstration Lanterns priority?", "Robin Ashgrove (Borealia, demonstration) leads"),
    ("who leads lantrens", "Robin Ashgrove (Borealia, demonstration) leads"),
    ("qui dirige les canots?", "Camille Clairval (Tamarane, démonstration) est responsable de la priorité Canots de démonstration."),
    ("qui copréside le groupe de travail sur les vergers?", "Morgan Fernhill (Tamarane, démonstration, pour le Conseil de démonstration)"),
    ("who is on the orchards working group?", "The Demonstration Orchards Working Group has 4 members."),
    ("who is Ashgrove?", "Robin Ashgrove leads the Demonstration Lanterns priority"),
    ("which groups belong to the Demonstration Council?", "4 groups report to the Demonstration Council."),
    ("how many groups does the demonstration have?", "4 groups report to the Demonstration Council."),
    ("demonstration groups", "4 groups report to the Demonstration Council."),
    ("groupes de la démonstration", "4 groupes relèvent du Conseil de démonstration."),
    ("quels groupes relèvent du conseil de la démo?", "4 groupes relèvent du Conseil de démonstration."),
    ("who represents Bellorme?", "Maxime Grandchêne and Casey Larkfield represent Bellorme, demonstration."),
    (
        "qui représente la Boréalie?",
        "Robin Ashgrove, Alix Belétang, Charlie Oakmere et Ellis Marshgrove représentent la Boréalie, démonstration.",
    ),
    ("Quelles sont les priorités de la démonstration?", "Lanternes de démonstration et Canots de démonstration"),
    ("which groups support lanterns?", "1 group supports the Demonstration Lanterns priority: Demonstration Orchards Working Group."),
    ("are the toboggans still active?", "The Demonstration Toboggans Committee is dormant."),
    ("what is the mandate of the beehives group?", "Move every demonstration beehive"),
    ("quels sont les objectifs du groupe sur les vergers?", "a 2 objectifs."),
    ("when was the meeting at Cattail Bay?", "In-person meeting of the Demonstration Council: Cattail Bay, demonstration, May 2025."),
]


@pytest.mark.parametrize(("question", "expected"), ABOUT_IT)
def test_asked_by_name_it_answers(shown: Database, question: str, expected: str) -> None:
    found = ask(shown, question)
    plain = text(found).replace("\u00a0", " ").replace("’", "'")
    assert expected in plain
    assert MARKS[found.language] in plain.lower()
    assert "As of" not in plain, "it is always fresh"
    assert "En date" not in plain, "it is always fresh"
    assert not found.parts[0].candidates


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_list_of_groups_holds_only_its_own(shown: Database, language: str) -> None:
    question = {"en": "list the demonstration groups", "fr": "liste des groupes de la démonstration"}[language]
    assert ask(shown, question).parts[0].details == GROUPS[language]


def test_whatever_may_be_asked_next_is_of_the_demonstration_too(shown: Database) -> None:
    for question in ("who leads lanterns?", "C'est quoi les ruches?", "who is Robin Ashgrove?", "demonstration council"):
        found = ask(shown, question)
        assert found.follow_ups
        for following in found.follow_ups:
            assert MARKS[found.language] in following.lower()
            assert MARKS[found.language] in text(ask(shown, following)).lower()


@pytest.mark.parametrize(
    ("question", "locale"), [("demo", "en_CA"), ("demonstration", "en_CA"), ("démo", "fr_CA"), ("démonstration", "fr_CA")]
)
def test_the_word_itself_names_the_council(shown: Database, question: str, locale: str) -> None:
    assert ask(shown, question, Reader(locale)).parts[0].subject == "group:demo-council"


def test_it_is_kept_apart_on_either_database(on_either: Database) -> None:
    assert "23 groups" in ask(on_either, "how many groups are there?").headline
    assert "4 groups" in ask(on_either, "how many demonstration groups are there?").headline


# -- both in one conversation


def test_two_questions_of_one_message_are_each_answered_from_their_own(shown: Database) -> None:
    found = ask(shown, "Who leads digital identity and who leads lanterns?")
    assert [part.subject for part in found.parts] == ["priority:digital-identity", "priority:demo-lanterns"]
    found = ask(shown, "qui dirige les lanternes et l'identité numérique?")
    assert [part.subject for part in found.parts] == ["priority:demo-lanterns", "priority:digital-identity"]


def test_it_is_what_was_spoken_of_before(shown: Database) -> None:
    first = ask(shown, "who is on the orchards working group?")
    for question in ("who owns it?", "who are the members?", "who are the co-chairs?", "et qui le copréside?"):
        assert ask(shown, question, earlier=first).parts[0].subject == "group:demo-orchards", question
    for question in ("how many groups are there?", "which groups are dormant?", "who leads digital identity?"):
        assert text(ask(shown, question, earlier=first)) == text(ask(shown, question)), question


@pytest.mark.parametrize(
    ("first", "then", "subject"),
    [
        ("who is Robin Ashgrove?", "is she on the framework working group?", "group:framework-wg"),
        ("who is Guy Gordon?", "is he on the orchards working group?", "group:demo-orchards"),
        ("who leads lanterns?", "Is Guy Gordon on it?", "person:guy-gordon"),
    ],
)
def test_real_and_invented_never_mix_in_an_answer(shown: Database, first: str, then: str, subject: str) -> None:
    found = ask(shown, then, earlier=ask(shown, first))
    assert found.parts[0].subject == subject
    assert (MARKS["en"] in text(found).lower()) is ("demo" in subject)


def test_of_what_was_chosen_only_its_own_is_told(shown: Database) -> None:
    chosen = shown.read(answer, "who leads digital identity", Reader(), None, "priority:demo-lanterns")
    assert chosen.parts[0].subject == "priority:demo-lanterns"
    chosen = shown.read(answer, "is Robin Ashgrove in the lead", Reader(), None, "group:framework-wg")
    assert chosen.parts[0].subject == "group:framework-wg"


@pytest.mark.parametrize(
    ("question", "locale", "person", "expected"),
    [
        ("what do I lead?", "en_CA", "robin-ashgrove", "Robin Ashgrove leads the Demonstration Lanterns priority"),
        (
            "de quoi suis-je responsable?",
            "fr_CA",
            "camille-clairval",
            "Camille Clairval est responsable de la priorité Canots de démonstration",
        ),
    ],
)
def test_somebody_of_the_demonstration_asks_about_themselves(
    shown: Database, question: str, locale: str, person: str, expected: str
) -> None:
    assert expected in ask(shown, question, Reader(locale, person=person)).headline


def test_somebody_of_the_demonstration_asks_about_the_real_councils(shown: Database) -> None:
    reader = Reader(person="robin-ashgrove", roles=frozenset({"lead"}))
    assert "23 groups" in ask(shown, "how many groups are there?", reader).headline
    assert "Bev Dicks" in ask(shown, "who leads digital identity?", reader).headline
    assert "casey.larkfield@demonstration.example" in ask(shown, "what is Casey Larkfield's e-mail?", reader).headline


def test_what_the_demonstration_council_decided_or_is_asked_is_told_of_it_alone(on_either: Database) -> None:
    def decide(session: Session) -> None:
        row = Decision(id="d-demo", state="confirmed", council="demo-council", year=2026, number=1)
        row.wording, row.taken = Bilingual("Paint the canoes", "Peindre les canots"), PartialDate.parse("2026-10-01")
        asked = Recommendation(id="r-demo", topic="gaps", status="proposed", number=99, group="demo-orchards")
        asked.wording = Bilingual("Plant trees", "Planter des arbres")
        session.add_all((row, asked))

    on_either.write(OPERATOR, decide)
    for question in (
        "which decisions are recorded?",
        "what was decided about digital identity?",
        "quelles recommandations sont encore proposées?",
    ):
        found = render(ask(on_either, question), Reader())
        assert "canoes" not in found
        assert "arbres" not in found
    told_of_it = render(ask(on_either, "what did the Demonstration Council decide?"), Reader())
    assert told_of_it.startswith("Decision 2026-01 reads: Paint the canoes")
    assert "October 1, 2026" in told_of_it
