"""Two officers write the same draft at once: each keeps what the other wrote, and sees it where both wrote in one field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from cadre.calls.facts import CallFacts
from cadre.core.i18n import LANGUAGES
from cadre.core.marks import kept
from cadre.core.typed import tidy

TEXTS: Final = ("name", "description", "asked", "commitment", "criteria")
"""What a call says, in both languages."""


def of_texts(call: CallFacts) -> dict[str, str]:
    """What the fields of a draft's texts show."""
    texts = {name: getattr(call, name) for name in TEXTS}
    return {f"{name}_{language}": (text and text.in_(language)) or "" for name, text in texts.items() for language in LANGUAGES}


def of_settings(call: CallFacts) -> dict[str, str]:
    """What its other fields show."""
    councils, places = (id_ for id_, _name in call.councils), (each.id for each in call.jurisdictions)
    held = {
        **{name: getattr(call, name) for name in ("roles", "seats", "seats_each", "capped", "confirms", "public", "channels")},
        "first_meeting": call.first_meeting.text if call.first_meeting else None,
        "chairs": tuple(chair.id for chair in call.chairs),
        "councils": tuple(councils),
        "jurisdictions": tuple(places),
        "opens_at": call.opens_at,
        "closes_at": call.closes_at,
    }
    return {name: _text(value) for name, value in held.items()}


def merged(call: CallFacts, typed: Mapping[str, Any], shown: Mapping[str, str]) -> dict[str, Any]:
    """What is to be saved of what stands in a window: not what was shown there and another changed since. ``shown``: marks of that.

    Raises Invalid for each field in which both wrote, and not the same.
    """
    now, texts = of_texts(call) | of_settings(call), of_texts(call)
    stays = kept(now, {name: _text(value) for name, value in typed.items()}, shown, texts)
    return {name: value for name, value in typed.items() if name not in stays}


def _text(value: object) -> str:
    """A value as one text, by which it is known from others."""
    if isinstance(value, datetime):
        return str(int(value.timestamp()))  # a window shows seconds
    if isinstance(value, tuple):
        return " ".join(sorted(value))
    return tidy(value) if isinstance(value, str) else str(value or "")
