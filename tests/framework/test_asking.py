"""What a map is asked of, and as of when, as people write it."""

from __future__ import annotations

import pytest

from cadre.framework import asking
from cadre.framework.asking import Asked


@pytest.mark.parametrize(
    ("said", "of", "when"),
    [
        ("of digital identity as of Charlottetown", "digital identity", "Charlottetown"),
        ("de l'identité numérique en date d'octobre 2017", "identité numérique", "octobre 2017"),
        ("du Groupe de travail sur le Cadre en 2017", "Groupe de travail sur le Cadre", "2017"),
        ("of the research committee in October 2017", "research committee", "October 2017"),
        ("Deputy Ministers' Table", "Deputy Ministers' Table", ""),
        ("for official languages", "official languages", ""),
        ("Design Thinking", "Design Thinking", ""),
        ("des dirigeants", "dirigeants", ""),
        ("de l'identité numérique au 3 octobre 2017", "identité numérique", "3 octobre 2017"),
        ("on October 3, 2017", "", "October 3, 2017"),
    ],
)
def test_what_a_map_is_asked_of_and_as_of_when(said: str, of: str, when: str) -> None:
    assert asking.asked(said) == Asked(of, when)


@pytest.mark.parametrize("said", ["both", "in both languages", "dans les deux langues", "bilingue"])
def test_a_map_in_both_languages_is_not_a_map_of_something_called_so(said: str) -> None:
    assert asking.asked(said) == Asked(both=True)
    assert asking.asked(f"of digital identity {said}") == Asked("digital identity", both=True)
