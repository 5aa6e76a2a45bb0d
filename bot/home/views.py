"""What App Home itself shows: a greeting and the choice of language. The rest is contributed by the capabilities."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.blocks import Block, Option, actions, header, radio, section
from cadre.core.i18n import Language
from cadre.core.reader import Reader
from cadre.core.words import Words

LANGUAGE: Final = "home.language"
AS_SLACK: Final = "slack"


def greeting(reader: Reader) -> Iterator[Block]:
    """The heading."""
    _ = reader.gettext
    yield header(_("Cadre, the memory of the Joint Councils"))


def language(chosen: Language | None, reader: Reader) -> Iterator[Block]:
    """In which language Cadre writes. Each language stands under its own name."""
    yield section(reader.gettext("In which language shall I write to you?"))
    yield from actions(languages(LANGUAGE, chosen, reader), block=LANGUAGE)


def languages(action: str, chosen: Language | None, reader: Reader) -> Block:
    """The languages to choose among."""
    options = (
        Option(reader.gettext("As Slack says"), AS_SLACK),
        Option(Words.verbatim("English"), "en"),
        Option(Words.verbatim("Français"), "fr"),
    )
    return radio(action, options, chosen or AS_SLACK)
