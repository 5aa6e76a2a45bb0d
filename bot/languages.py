"""The choice of the language in which somebody is written to, wherever it is made."""

from __future__ import annotations

from typing import Final

from bot.blocks import Block, Option, radio
from cadre.core.i18n import Language
from cadre.core.reader import Reader
from cadre.core.words import Words

AS_SLACK: Final = "slack"


def languages(action: str, chosen: Language | None, reader: Reader) -> Block:
    """The languages to choose among, each under its own name. ``chosen``: None for the one that Slack says."""
    options = (
        Option(reader.gettext("As Slack says"), AS_SLACK),
        Option(Words.verbatim("English"), "en"),
        Option(Words.verbatim("Français"), "fr"),
    )
    return radio(action, options, chosen or AS_SLACK)
