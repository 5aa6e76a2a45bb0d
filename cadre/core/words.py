"""Text that a person will read, told apart from any other string by its type."""

from __future__ import annotations

from collections.abc import Iterable


class Words(str):
    """Text for people, in the reader's language.

    Made only by a reader's ``gettext`` and formatters, by ``Bilingual.for_``, by ``joined`` and by ``verbatim``. Views accept
    nothing else, so that mypy finds a text that nobody translated: an f-string, ``+`` and ``join`` give a plain ``str``.
    """

    __slots__ = ()

    @classmethod
    def joined(cls, separator: str, parts: Iterable[Words]) -> Words:
        """Several texts as one, with punctuation or line breaks between them."""
        return Words(separator.join(parts))

    @property
    def sentence(self) -> Words:
        """The text as a sentence begins: with a capital."""
        return Words(self[:1].upper() + self[1:])

    @property
    def inside(self) -> Words:
        """The text inside a sentence: with a small letter."""
        return Words(self[:1].lower() + self[1:])

    @property
    def paragraphs(self) -> list[Words]:
        """The paragraphs of a longer text, which blank lines separate."""
        return [Words(part.strip()) for part in self.split("\n\n") if part.strip()]

    @classmethod
    def verbatim(cls, text: str) -> Words:
        """What nobody translates: people's own words, names of people, identifiers, addresses."""
        return Words(text)
