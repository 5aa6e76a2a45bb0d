"""One plain form for everything that is compared."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cadre.core.text import fold, printable


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Cœur d’Été", "coeur d'ete"),
        ("CŒUR D'ÉTÉ", "coeur d'ete"),
        ("Île-du-Prince‑Édouard", "ile-du-prince-edouard"),
        ("C.-B.", "c.-b."),
        ("14\u00a0h\u202f30", "14 h 30"),
        ("e\u0301te\u0301", "ete"),
        ("Straße – Ærø", "strasse - aero"),
        ("", ""),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
@settings(deadline=None)
def test_capitals_make_no_difference_to_accents(text: str) -> None:
    assert isinstance(fold(text), str)


@given(st.text("aàâäbcçdeéèêëfghiîïjklmnoôöœpqrstuùûüvwxyÿz’ -"))
@settings(deadline=None)
def test_folding_french_twice_or_in_capitals_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text) == fold(text.upper())


def test_what_no_file_can_hold_is_left_out_and_breaks_stay() -> None:
    assert printable("a\x00b\x0b\x1f\x7f\ud83d\ufffe\uffffc\n\td\u00a0é 🐝") == "abc\n\td\u00a0é 🐝"
