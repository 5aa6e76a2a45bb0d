"""Which language somebody reads, and the catalogue of the French."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from threading import Barrier

import pytest
from babel.messages import Message
from babel.messages.pofile import read_po

from cadre.core.french import Name
from cadre.core.i18n import CATALOGUES, Language, is_language, language_of
from cadre.core.reader import Reader
from cadre.core.words import Words

ENGLISH, FRENCH = Reader("en_CA"), Reader("fr_CA")


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("fr", "fr"), ("fr_CA", "fr"), ("fr-CA", "fr"), ("fr-FR", "fr"), ("fr_FR", "fr"), ("FR-ca", "fr"), ("fr_CA.UTF-8", "fr"),
        ("en-US", "en"), ("en_CA", "en"), ("de-DE", "en"), ("fry", "en"), ("frr_DE", "en"), ("", "en"), (None, "en"),
    ],
)  # fmt: skip
def test_a_locale_counts_by_language_alone(locale: str | None, language: Language) -> None:
    assert language_of(locale) == language


def test_there_are_two_languages() -> None:
    assert [value for value in ("en", "fr", "EN", "de", "fr_CA", "", None, 1) if is_language(value)] == ["en", "fr"]


@cache
def messages() -> list[Message]:
    """What the French catalogue translates."""
    with (CATALOGUES / "fr_CA" / "LC_MESSAGES" / "cadre.po").open("rb") as source:
        return [message for message in read_po(source, locale="fr_CA") if message.id and not message.fuzzy and all(_forms(message.string))]


def _forms(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ("",))


def values(text: str) -> dict[str, Words]:
    """Something for each place of a message."""
    return {name: Name.make("X", "fr", "le", True) for name in re.findall(r"\{(\w+)", text) if name != "n"}


def test_none_one_and_two_things() -> None:
    """In English, none are many; in French, none is like one."""
    plural = [message for message in messages() if not isinstance(message.id, str)]
    assert plural
    for message in plural:
        one, many = _forms(message.id)
        un, plusieurs = _forms(message.string)
        put = values(one + many)
        assert [ENGLISH.ngettext(one, many, n, **put) for n in (0, 1, 2)] == [
            text.format(n=n, **put) for n, text in ((0, many), (1, one), (2, many))
        ]
        assert [FRENCH.ngettext(one, many, n, **put) for n in (0, 1, 2)] == [
            text.format(n=n, **put) for n, text in ((0, un), (1, un), (2, plusieurs))
        ]
    one, many = "{n} group", "{n} groups"
    assert ENGLISH.ngettext(one, many, 1234) == "1,234 groups"


def test_two_threads_in_two_languages_never_mix() -> None:
    plain = {message.id: str(message.string) for message in messages() if isinstance(message.id, str) and "{" not in message.id}
    assert len(plain) > 5
    start = Barrier(4)

    def told(reader: Reader) -> list[dict[str, str]]:
        start.wait(5)
        return [{id_: reader.gettext(id_) for id_ in plain} for _ in range(50)]

    with ThreadPoolExecutor(4) as threads:
        english, french, english_too, french_too = threads.map(told, (ENGLISH, FRENCH, ENGLISH, FRENCH))
    for each in (*english, *english_too):
        assert each == {id_: id_ for id_ in plain}
    for each in (*french, *french_too):
        assert each == plain
