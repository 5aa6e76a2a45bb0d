"""The two languages: which one a person reads, and the catalogue of the French."""

from __future__ import annotations

import gettext
import io
from functools import cache
from pathlib import Path
from typing import Final, Literal, TypeGuard

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

Language = Literal["en", "fr"]
LANGUAGES: Final[tuple[Language, ...]] = ("en", "fr")
LOCALES: Final[dict[Language, str]] = {"en": "en_CA", "fr": "fr_CA"}
CATALOGUES: Final = Path(__file__).parents[2] / "locale"


def is_language(value: object) -> TypeGuard[Language]:
    """Whether a value names one of the two languages."""
    return value in LANGUAGES


def language_of(locale: str | None) -> Language:
    """The language of any locale, by language alone: ``fr-FR`` and ``fr_CA`` are French, everything else is English."""
    return "fr" if (locale or "").lower().replace("_", "-").split("-")[0] == "fr" else "en"


@cache
def catalogue(language: Language) -> gettext.NullTranslations:
    """The translations into a language, compiled in memory: no compiled catalogue to forget, and no build step."""
    if language == "en":
        return gettext.NullTranslations()
    locale = LOCALES[language]
    compiled = io.BytesIO()
    with (CATALOGUES / locale / "LC_MESSAGES" / "cadre.po").open("rb") as source:
        write_mo(compiled, read_po(source, locale=locale))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
