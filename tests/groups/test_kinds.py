"""Which kind of group do we need?"""

from __future__ import annotations

import itertools
from collections import Counter

import pytest

from cadre.core.database import Database
from cadre.core.errors import Forbidden, Invalid
from cadre.core.i18n import LANGUAGES
from cadre.groups import service as groups
from cadre.groups.kinds import advise, questions
from tests.groups.conftest import Does
from tests.workplans.world import ANN, SAM
from tests.worlds import fields

COMMUNITY = {"outcome": "learning", "time": "interest", "council": "nothing", "members": "anyone", "work": "nothing", "existing": "none"}
WORKING = {"outcome": "product", "time": "end", "council": "priority", "members": "experts", "work": "tasks", "existing": "some"}
COMMITTEE = {"outcome": "oversight", "time": "standing", "council": "advice", "members": "named", "work": "reading", "existing": "none"}


@pytest.mark.parametrize(("answers", "kind"), [(COMMUNITY, "community_of_practice"), (WORKING, "working_group"), (COMMITTEE, "committee")])
def test_clear_answers_have_a_clear_result(answers: dict[str, str], kind: str) -> None:
    found = advise(answers, questions())
    assert (found.kind, found.close) == (kind, None)
    assert len(found.reasons) == 5


def test_a_group_that_is_close_to_it_is_asked_first() -> None:
    assert "leverage" in (advise(WORKING, questions()).notes[0].en or "")


def test_answers_that_speak_for_two_kinds_name_both() -> None:
    mixed = WORKING | {"outcome": "learning", "members": "anyone", "council": "nothing"}
    found = advise(mixed, questions())
    assert (found.kind, found.close) == ("community_of_practice", None)
    found = advise(mixed | {"members": "experts"}, questions())
    assert {found.kind, found.close} == {"working_group", "community_of_practice"}


def test_each_question_wants_an_answer() -> None:
    with pytest.raises(Invalid) as problem:
        advise(WORKING | {"time": "never", "work": ""}, questions())
    assert fields(problem) == {"time", "work"}


def test_each_kind_can_come_of_it_and_each_has_reasons() -> None:
    asked = questions()
    ways = itertools.product(*([one.id for one in each.choices] for each in asked))
    found = [advise(dict(zip((each.id for each in asked), way, strict=True)), asked) for way in ways]
    assert set(Counter(each.kind for each in found)) == {"working_group", "committee", "community_of_practice"}
    assert all(each.reasons for each in found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_of_it_stands_in_both_languages(language: str) -> None:
    for each in questions():
        texts = [each.question, *(text for one in each.choices for text in (one.label, one.more, one.reason, one.note) if text)]
        assert all(text.in_(language) for text in texts)  # type: ignore[arg-type]  # it is one of the two


def test_it_is_kept_with_the_draft_which_is_of_that_kind(database: Database, does: Does) -> None:
    draft = does(SAM, groups.add_group, "Wasps", "", "council")
    does(SAM, groups.keep_advice, draft, COMMUNITY)
    held = database.read(groups.card, draft, SAM)
    assert (held.kind.id, held.advice.kind, held.advice.answers) == ("community_of_practice", "community_of_practice", COMMUNITY)  # type: ignore[union-attr]  # both are there
    does(SAM, groups.keep_advice, draft, COMMITTEE)
    held = database.read(groups.card, draft, SAM)
    assert (held.kind.id, held.advice.kind) == ("community_of_practice", "committee"), "a kind that was chosen stays"  # type: ignore[union-attr]  # as above


def test_only_with_a_draft_and_only_by_the_secretariat(does: Does) -> None:
    with pytest.raises(Invalid) as problem:
        does(SAM, groups.keep_advice, "bees", COMMUNITY)
    assert fields(problem) == {"group"}
    with pytest.raises(Forbidden):
        does(ANN, groups.keep_advice, "bees", COMMUNITY)
