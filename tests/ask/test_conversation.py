"""A question after a question: "it", « le », and what nobody needs the registry for."""

from __future__ import annotations

from cadre.ask.answer import Answer
from cadre.ask.service import answer
from cadre.core.database import Database
from cadre.core.reader import Reader


def conversation(registry: Database, *questions: str, reader: Reader | None = None) -> list[Answer]:
    answers: list[Answer] = []
    for question in questions:
        answers.append(registry.read(answer, question, reader or Reader(), answers[-1] if answers else None))
    return answers


def test_it_is_what_was_spoken_of(registry: Database) -> None:
    told = conversation(registry, "Tell me about the Privacy Sub-Committee", "who owns it?", "is it going to continue?", "qui le dirige?")
    assert [each.parts[0].subject for each in told] == ["group:privacy"] * 4
    assert [each.language for each in told] == ["en", "en", "en", "fr"]


def test_it_within_one_message(registry: Database) -> None:
    (told,) = conversation(registry, "Who owns the Privacy Sub-Committee and is it going to continue?")
    assert [part.intent for part in told.parts] == ["group_owner", "group_status"]


def test_the_goal_of_it(registry: Database) -> None:
    *_, told = conversation(registry, "who leads digital identity", "and its goal?")
    assert "roadmap" in told.headline


def test_he_is_who_was_spoken_of(registry: Database) -> None:
    *_, told = conversation(registry, "who is Guy Gordon", "is he on the framework working group?")
    assert "Guy Gordon is a member of" in told.headline


def test_the_same_again_of_something_else(registry: Database) -> None:
    *_, told = conversation(registry, "qui dirige la stratégie numérique", "et l'identité numérique?")
    assert "Bev Dicks" in told.headline


def test_a_new_subject_is_not_the_old_one(registry: Database) -> None:
    *_, told = conversation(registry, "who leads digital identity", "who leads digital strategy?")
    assert told.parts[0].subject == "priority:digital-strategy"


def test_somebody_known_asks_about_themselves(registry: Database) -> None:
    (told,) = conversation(registry, "de quoi suis-je responsable?", reader=Reader("fr_CA", person="guy-gordon"))
    assert "Stratégie numérique" in told.headline


def test_what_was_spoken_of_may_be_gone(registry: Database) -> None:
    before = registry.read(answer, "who leads digital identity", Reader())
    gone = Answer("", "en", tuple(type(part)(part.question, part.intent, part.headline, subject="group:gone") for part in before.parts))
    assert registry.read(answer, "who owns it?", Reader(), gone).headline


def test_thanks_are_welcome_in_their_language(registry: Database) -> None:
    assert conversation(registry, "merci!")[0].headline == "De rien."
