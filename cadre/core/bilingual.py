"""A text in both official languages, and what is owed of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from cadre.core.i18n import LANGUAGES, Language, is_language
from cadre.core.words import Words

if TYPE_CHECKING:
    from cadre.core.reader import Reader


class Standing(StrEnum):
    """Where one language of a text stands."""

    WRITTEN = "written"
    OWED = "owed"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One text in English and French. ``None``: that language is owed. ``stale`` names the language that the other left behind."""

    en: str | None
    fr: str | None
    stale: str | None = None

    def in_(self, language: Language) -> str | None:
        """The text in one language, or None where it is owed."""
        return self.en if language == "en" else self.fr

    def standing(self, language: Language) -> Standing:
        """Written, owed, or stale because the other language changed since."""
        if not self.in_(language):
            return Standing.OWED
        return Standing.STALE if self.stale == language else Standing.WRITTEN

    def owed(self) -> tuple[Language, ...]:
        """The languages in which a text is still to be written or looked at again."""
        return tuple(language for language in LANGUAGES if self.standing(language) is not Standing.WRITTEN)

    def for_(self, reader: Reader) -> Words:
        """The text as this reader reads it; in the other language where theirs is owed."""
        return Words(self.in_(reader.language) or self.en or self.fr or "")

    def marked(self, reader: Reader) -> Words:
        """The same, and that it is in the other language only, where it is."""
        if self.in_(reader.language) or not (self.en or self.fr):
            return self.for_(reader)
        if self.en:
            return reader.gettext("{text} (in English only)", text=self.for_(reader))
        return reader.gettext("{text} (in French only)", text=self.for_(reader))

    def edited(self, *, en: str | None = None, fr: str | None = None) -> Bilingual:
        """After a save. A save of one language that changes it leaves the other stale, unless it only catches up (it was
        owed or stale itself); a save of both leaves neither.
        """
        new = Bilingual(en or self.en, fr or self.fr, self.stale)
        if en and fr:
            return replace(new, stale=None)
        if en and (en != self.en or self.stale == "en"):
            return replace(new, stale="fr" if new.fr and self.standing("en") is Standing.WRITTEN else None)
        if fr and (fr != self.fr or self.stale == "fr"):
            return replace(new, stale="en" if new.en and self.standing("fr") is Standing.WRITTEN else None)
        return new

    def still_right(self) -> Bilingual:
        """Somebody read the stale language and says that it still fits."""
        return replace(self, stale=None)

    def __post_init__(self) -> None:
        if self.stale is not None and not is_language(self.stale):
            raise ValueError(f"stale names a language, not {self.stale!r}")
