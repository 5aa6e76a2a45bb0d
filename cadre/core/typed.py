"""What people typed: tidied, kept beside its other language, and refused where it is too long."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cadre.core.bilingual import Bilingual
from cadre.core.errors import Message
from cadre.core.text import printable

LONGEST: Final = 3000
"""Characters of a text: more do not fit into a window of Slack."""

_DIGITS: Final = 3
"""Digits of the shortest telephone number."""


def tidy(text: str | None) -> str:
    """What somebody typed, without blanks around it and without what no file or database keeps."""
    return printable(text or "").strip()


def edited(text: Bilingual | None, en: str, fr: str) -> Bilingual | None:
    """A text after a save of what stands in a window, ``""`` where nothing does: that language stays as it is.

    A language that was changed alone leaves the other to be looked at again; a save of both as they stand says that both are right.
    """
    if not (en or fr):
        return text
    if text is None:
        return Bilingual(en or None, fr or None)
    fresh = {language: typed for language, typed in (("en", en), ("fr", fr)) if typed not in ("", text.en if language == "en" else text.fr)}
    return text.edited(**(fresh if len(fresh) == 1 else {"en": en or None, "fr": fr or None}))


def replaced(text: Bilingual | None, en: str, fr: str) -> Bilingual | None:
    """The same where the window showed both languages: one that was emptied is taken away, and owed from then on; None without either."""
    if not (en or fr):
        return None
    if text is None or (text.en and not en) or (text.fr and not fr):
        return Bilingual(en or None, fr or None)
    return edited(text, en, fr)


def in_parts(text: str) -> list[str]:
    """A long text as several that fit into a window each, parted at the end of a line where there is one."""
    parts: list[str] = []
    while len(text) > LONGEST:
        end = text.rfind("\n", 1, LONGEST + 1)
        end = end if end > 0 else LONGEST
        parts.append(text[:end])
        text = text[end:].removeprefix("\n")
    return [*parts, text]


def why(en: str, fr: str) -> tuple[Bilingual, dict[str, Message]]:
    """Why something is done, for people of either language; and what cannot be taken, by its field: it is written in both."""
    texts = {"reason_en": tidy(en), "reason_fr": tidy(fr)}
    said = Message("Say why, in both languages: it is told to those concerned.")
    wrong = too_long(texts) | {name: said for name, text in texts.items() if not text}
    return Bilingual(texts["reason_en"] or None, texts["reason_fr"] or None), wrong


def is_address(text: str) -> bool:
    """Whether something can be an e-mail address: that it reaches somebody, only a letter tells."""
    return "@" in text.strip("@") and " " not in text


def is_phone(text: str) -> bool:
    """Whether a text can be a telephone number: 311 is one, and so are "1 800 O-Canada" and "709-555-0101, poste 12"."""
    return sum(each.isdecimal() for each in text) >= _DIGITS


def too_long(fields: Mapping[str, str], most: int = LONGEST) -> dict[str, Message]:
    """Field errors for texts that are longer than can be kept."""
    return {name: Message("Use {n} characters at most.", {"n": most}) for name, text in fields.items() if len(text) > most}
