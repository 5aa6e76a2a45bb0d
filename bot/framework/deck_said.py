"""What may follow "deck" and "binder": "fr", "both for Charlottetown", « les deux pour la rencontre d'octobre 2017 »."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from cadre.core.text import fold
from cadre.framework.graph import Tongue as DeckLanguage

_LANGUAGES: Final[dict[DeckLanguage, str]] = {
    "en": "en anglais|anglais|in english|english|en",
    "fr": "en francais|francais|in french|french|fr",
    "both": "in both languages|both languages|both|dans les deux langues|les deux langues|les deux|bilingual|bilingue",
}
_SPOKEN: Final = "|".join(f"(?P<{name}{{n}}>{words})" for name, words in _LANGUAGES.items())
_FORM: Final = re.compile(
    rf"(?:(?:{_SPOKEN.format(n=1)})(?=\s|\Z))?\s*(?:(?:for|pour)\s+(?P<meeting>.+?)(?:\s+(?:{_SPOKEN.format(n=2)}))?)?"
)
_ARTICLES: Final = re.compile(r"\A(?:the |le |la |les |l')?(?:meeting |reunion |rencontre )?(?:of |in |de |d'|du |a )?")
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for. ``language``: None for the language of whoever asks; ``meeting``: as it is called, folded, None for none."""

    language: DeckLanguage | None = None
    meeting: str | None = None


def wanted(rest: str) -> Wanted | None:
    """What follows the verb; None where it says something else, which then is a question."""
    found = _FORM.fullmatch(" ".join(fold(rest).split())) if len(rest) <= _LONGEST else None
    if found is None:
        return None
    language = next((name for name in _LANGUAGES for n in (1, 2) if found[f"{name}{n}"]), None)
    called = found["meeting"]
    return Wanted(language, _ARTICLES.sub("", called, count=1) or called if called else None)


def takes(_name: str, rest: str) -> bool:
    """Whether a sentence that begins with the verb goes on as it may."""
    return wanted(rest) is not None
