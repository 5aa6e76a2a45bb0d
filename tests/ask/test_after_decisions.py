"""What answers say of the recommendations of the deck once the councils decided on them: what is agreed is told as proposed no more."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Final, TypeAlias

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.ask.text import render
from cadre.ask.service import answer
from cadre.core.database import Database
from cadre.core.i18n import LOCALES, Language
from cadre.core.reader import OPERATOR, Reader
from cadre.decisions.models import Recommendation

Decided: TypeAlias = Callable[..., Callable[..., str]]
TOPICS: Final = ("priorities", "guidelines", "governance", "requirements", "group_kinds", "oversight", "groups")


@pytest.fixture
def decided(filled_sqlite: Path, tmp_path: Path) -> Iterator[Decided]:
    """The real registry once some recommendations, by topic or id, were decided on."""
    path = shutil.copy(filled_sqlite, tmp_path / "registry.sqlite")
    with closing(Database(f"sqlite:///{path}")) as database:

        def become(status: str, *about: str) -> Callable[..., str]:
            def settle(session: Session) -> None:
                for row in session.scalars(select(Recommendation)):
                    if row.topic in about or row.id in about:
                        row.status = status

            database.write(OPERATOR, settle)

            def told(question: str, lang: Language = "en") -> str:
                found = database.read(answer, question, Reader(LOCALES[lang]))
                return render(found, Reader(LOCALES[found.language])).replace("\u00a0", " ").casefold()

            return told

        yield become


_AGREED, _NOT = "the councils agreed to this", "the councils did not agree to this"
QUESTIONS: Final = {
    "Will the priorities become working groups?": (_AGREED, _NOT),
    "Will there be a checklist to help create the right kind of group?": (
        "the councils agreed to this",
        "the councils did not agree to this",
    ),
    "what types of groups are proposed going forward": (
        "the kinds of group that the councils agreed to use are: ",
        "the councils did not agree to use these kinds of group: ",
    ),
    "What must every group have?": (
        "these are the rules for every group.",
        "the councils did not agree to these requirements: they are no rules.",
    ),
    "Must every group have a defined mandate?": ("\na rule: ", "the councils did not agree to this requirement: it is no rule: "),
    "Which group oversees Canada's Digital Interchange?": (
        "the digital identity working group oversees ",
        "the councils did not agree that the digital identity working group oversee ",
    ),
}


@pytest.mark.parametrize("status", ["proposed", "approved", "declined"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_what_was_decided_is_told_as_it_was_decided(decided: Decided, question: str, status: str) -> None:
    told = decided(status, *TOPICS)(question)
    agreed, declined = QUESTIONS[question]
    assert ("proposed" in told.partition("you may also ask")[0]) is (status == "proposed")
    assert (agreed in f"\n{told}") is (status == "approved")
    assert (declined in told) is (status == "declined")


@pytest.mark.parametrize(
    ("question", "agreed", "declined"),
    [
        (
            "Les priorités deviennent-elles des groupes de travail?",
            "les conseils ont donné leur accord",
            "les conseils n'ont pas donné leur accord",
        ),
        ("que doit avoir chaque groupe", "voici les règles", "ce ne sont pas des règles"),
        ("types de groupes proposés?", "les conseils ont convenu", "n'ont pas convenu"),
        ("Qui surveille le CNC?", "numérique supervise", "les conseils n'ont pas convenu"),
    ],
)
def test_in_french(decided: Decided, question: str, agreed: str, declined: str) -> None:
    told = decided("approved", *TOPICS)(question, "fr")
    assert agreed in told
    assert "propos" not in told.partition("autres questions")[0]
    assert declined in decided("declined", *TOPICS)(question, "fr")


def test_only_what_is_still_proposed_is_counted(decided: Decided) -> None:
    asked = "what is recommended?"
    assert "15 recommendations on groups are proposed." in decided("proposed")(asked)
    told = decided("approved", "ncsip", "privacy")(asked)
    assert "13 recommendations on groups are proposed." in told
    assert "\n  - agreed to: " in told
    told = decided("declined", "ict-policy")(asked)
    assert "12 recommendations on groups are proposed." in told
    assert "not agreed to: " in told
    assert "every recommendation on groups was decided on." in decided("approved", "groups")(asked)


def test_what_a_group_is_to_become_is_told_no_more_once_it_was_declined(decided: Decided) -> None:
    asked = "what is the channel shift group?"
    assert "proposed" in decided("proposed")(asked)
    assert "it is proposed that it become" not in decided("declined", *TOPICS)(asked)
