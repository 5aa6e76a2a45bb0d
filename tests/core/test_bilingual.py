"""What is written, owed and stale of a text in two languages."""

from __future__ import annotations

import pytest

from cadre.core.bilingual import Bilingual, Standing
from cadre.core.i18n import Language
from cadre.core.reader import Reader
from cadre.core.words import Words

ENGLISH, FRENCH = Reader("en_CA"), Reader("fr_CA")
BOTH = Bilingual("Framework", "Cadre")
ONE = Bilingual("Framework", None)


@pytest.mark.parametrize(
    ("text", "english", "french", "owed"),
    [
        (BOTH, Standing.WRITTEN, Standing.WRITTEN, ()),
        (ONE, Standing.WRITTEN, Standing.OWED, ("fr",)),
        (Bilingual(None, "Cadre"), Standing.OWED, Standing.WRITTEN, ("en",)),
        (Bilingual("", "Cadre"), Standing.OWED, Standing.WRITTEN, ("en",)),
        (Bilingual(None, None), Standing.OWED, Standing.OWED, ("en", "fr")),
        (Bilingual("Framework", "Cadre", "fr"), Standing.WRITTEN, Standing.STALE, ("fr",)),
        (Bilingual("Framework", "Cadre", "en"), Standing.STALE, Standing.WRITTEN, ("en",)),
        (Bilingual("Framework", None, "fr"), Standing.WRITTEN, Standing.OWED, ("fr",)),
    ],
)
def test_each_language_is_written_owed_or_stale(text: Bilingual, english: Standing, french: Standing, owed: tuple[Language, ...]) -> None:
    assert (text.standing("en"), text.standing("fr")) == (english, french)
    assert text.owed() == owed


@pytest.mark.parametrize("language", ["de", "EN", "fr_CA", ""])
def test_only_a_language_is_stale(language: str) -> None:
    with pytest.raises(ValueError, match="stale names a language"):
        Bilingual("a", "b", language)


def test_each_reads_their_own_language_and_the_other_where_theirs_is_owed() -> None:
    assert (BOTH.for_(ENGLISH), BOTH.for_(FRENCH)) == ("Framework", "Cadre")
    assert (ONE.for_(FRENCH), Bilingual("", "Cadre").for_(ENGLISH)) == ("Framework", "Cadre")
    assert Bilingual("Framework", "Ancien cadre", "fr").for_(FRENCH) == "Ancien cadre", "stale is better than the other language"
    assert Bilingual(None, None).for_(FRENCH) == ""
    assert type(BOTH.for_(ENGLISH)) is Words


@pytest.mark.parametrize(
    ("before", "saved", "after"),
    [
        (BOTH, {"en": "The Framework"}, Bilingual("The Framework", "Cadre", "fr")),
        (BOTH, {"fr": "Le Cadre"}, Bilingual("Framework", "Le Cadre", "en")),
        (BOTH, {"en": "Framework"}, BOTH),
        (BOTH, {"en": "A", "fr": "B"}, Bilingual("A", "B")),
        (BOTH, {}, BOTH),
        (ONE, {"en": "The Framework"}, Bilingual("The Framework", None)),
        (ONE, {"fr": "Cadre"}, BOTH),
        (Bilingual("Framework", "Cadre", "fr"), {"en": "A", "fr": "B"}, Bilingual("A", "B")),
        (Bilingual("Framework", "Cadre", "fr"), {"en": "Framework", "fr": "Cadre"}, BOTH),
        (Bilingual("Framework", "Cadre", "fr"), {"en": "Again"}, Bilingual("Again", "Cadre", "fr")),
        (Bilingual("Framework", "Cadre", "fr"), {"en": "Framework"}, Bilingual("Framework", "Cadre", "fr")),
        (Bilingual("Framework", "Cadre", "fr"), {"fr": "Cadre"}, BOTH),
        (Bilingual("Framework", "Cadre", "fr"), {"fr": "Le Cadre"}, Bilingual("Framework", "Le Cadre")),
        (Bilingual("Framework", "Cadre", "en"), {"en": "A"}, Bilingual("A", "Cadre")),
    ],
)
def test_a_save(before: Bilingual, saved: dict[str, str], after: Bilingual) -> None:
    assert before.edited(**saved) == after


def test_somebody_says_that_it_is_still_right() -> None:
    stale = BOTH.edited(en="The Framework")
    assert stale.owed() == ("fr",)
    assert stale.still_right() == Bilingual("The Framework", "Cadre")
    assert ONE.still_right() == ONE, "what is owed stays owed"


@pytest.mark.parametrize("text", [ONE, Bilingual(None, "Cadre"), BOTH.edited(en="A"), BOTH.edited(fr="B")])
def test_what_is_owed_can_be_worked_through(text: Bilingual) -> None:
    (language,) = text.owed()
    assert text.edited(**{language: "written now"}).owed() == ()
