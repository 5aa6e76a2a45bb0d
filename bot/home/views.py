"""What App Home itself shows: a greeting and the choice of language. The rest is contributed by the capabilities."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.blocks import Block, actions, header, section
from bot.languages import languages
from cadre.core.i18n import Language
from cadre.core.reader import Reader

LANGUAGE: Final = "home.language"


def greeting(reader: Reader) -> Iterator[Block]:
    """The heading."""
    _ = reader.gettext
    yield header(_("Cadre, the memory of the Joint Councils"))


def language(chosen: Language | None, reader: Reader) -> Iterator[Block]:
    """In which language Cadre writes. Each language stands under its own name."""
    yield section(reader.gettext("In which language shall I write to you?"))
    yield from actions(languages(LANGUAGE, chosen, reader), block=LANGUAGE)
