"""What may follow "deck" and "binder", in either language."""

from __future__ import annotations

import pytest

from bot.framework.deck_said import Wanted, wanted


@pytest.mark.parametrize(
    ("rest", "found"),
    [
        ("", Wanted()),
        ("fr", Wanted("fr")),
        ("en français", Wanted("fr")),
        ("in English", Wanted("en")),
        ("both", Wanted("both")),
        ("les deux", Wanted("both")),
        ("for Charlottetown", Wanted(None, "charlottetown")),
        ("both for the meeting of October 2017", Wanted("both", "october 2017")),
        ("pour la réunion d'octobre 2017 en anglais", Wanted("en", "octobre 2017")),
        ("for Ottawa in both languages", Wanted("both", "ottawa")),
        ("fr pour St. John's", Wanted("fr", "st. john's")),
        ("of the Framework Working Group", None),
        ("french toast", None),
        ("for " + "x" * 300, None),
    ],
)
def test_what_may_follow_the_verb(rest: str, found: Wanted | None) -> None:
    assert wanted(rest) == found
