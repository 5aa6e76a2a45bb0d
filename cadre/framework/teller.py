"""Texts of a picture in one language or both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cadre.core.bilingual import Bilingual
from cadre.core.errors import Message
from cadre.core.i18n import LOCALES
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.framework.graph import Told, Tongue


@dataclass(frozen=True)
class Teller:
    """Tells each text in the languages of a picture, once where both say the same."""

    readers: tuple[Reader, ...]

    @classmethod
    def in_(cls, tongue: Tongue) -> Teller:
        """English, French, or both, English first."""
        locales = LOCALES.values() if tongue == "both" else (LOCALES[tongue],)
        return cls(tuple(Reader(locale=locale) for locale in locales))

    def __call__(self, text: Bilingual | Message | Callable[..., Words | None], *given: Any) -> Told:
        """A text of the registry, a message, or what a function makes of what is given, for a reader; what is empty is left out."""
        make: Callable[..., Words | None] = text.for_ if isinstance(text, Bilingual | Message) else text
        return tuple(dict.fromkeys(Words(words) for reader in self.readers if (words := make(*given, reader))))

    def marked(self, text: Bilingual) -> Told:
        """The same, and that it is in the other language only, where one language is told and that one is owed."""
        return self(text if len(self.readers) > 1 else text.marked)

    def once(self, make: Callable[..., Words], *given: Any) -> Words:
        """The same on one line."""
        return Words.joined(" / ", self(make, *given))
