"""The table of what a decision does: which action may start from which state of a group."""

from __future__ import annotations

import pytest

from cadre.core.bilingual import Bilingual
from cadre.core.i18n import LOCALES
from cadre.core.reader import Reader
from cadre.oversight.actions import FREE, OF_CATEGORY, TRANSITIONS, choices, into, refusal

FRENCH = Reader(LOCALES["fr"])
BEES = Bilingual("Bees", "Abeilles")


@pytest.mark.parametrize(
    ("action", "state", "becomes"),
    [
        ("continue", None, "active"),
        ("continue", "dormant", "active"),
        ("continue", "sunset", None),
        ("continue", "proposed", None),
        ("transition", "active", "active"),
        ("working_group", "proposed", "active"),
        ("sunset", None, "sunset"),
        ("sunset", "proposed", "sunset"),
        ("sunset", "sunset", None),
        ("reopen", "sunset", "active"),
        ("reopen", "active", None),
        ("restore", "sunset", None),
        ("workplans", "sunset", None),
    ],
)
def test_a_group_comes_only_where_the_table_says(action: str, state: str | None, becomes: str | None) -> None:
    assert into(action, state) == becomes  # type: ignore[arg-type]  # one of the table's words


def test_only_reopening_leads_out_of_what_was_dissolved() -> None:
    assert [action for action, states in TRANSITIONS.items() if "sunset" in states] == ["reopen"]


def test_each_question_of_the_deck_does_something_that_can_be_chosen() -> None:
    assert all(set(each) <= set(FREE) for each in OF_CATEGORY.values())
    assert choices("procurement_conditional", "groups") == ("support", "transition")
    assert choices(None, "priorities") == ("working_group",)
    assert choices(None, "governance") == ()


def test_what_cannot_be_done_is_named_with_the_decision_that_made_it_so() -> None:
    assert refusal("continue", "sunset", BEES, "2027-02").for_(Reader(LOCALES["en"])) == (
        "Bees was dissolved under decision 2027-02: this cannot be carried out for it any more."
    )
    assert "Abeilles" in refusal("reopen", "active", BEES).for_(FRENCH)
    assert "Abeilles" in refusal("continue", "proposed", BEES).for_(FRENCH)
    assert "Abeilles" in refusal("sunset", "sunset", BEES).for_(FRENCH)
