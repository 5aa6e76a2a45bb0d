"""Two officers write the same draft at once: each keeps what the other wrote, and sees it where both wrote in one field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from cadre.calls.facts import CallFacts
from cadre.core.errors import Invalid, Message
from cadre.core.i18n import LANGUAGES
from cadre.core.marks import changed, mark
from cadre.core.typed import tidy
from cadre.core.words import Words

TEXTS: Final = ("name", "description", "asked", "commitment", "criteria")
"""What a call says, in both languages."""
_SHOWN: Final = 100
"""Characters that are shown of what another wrote: there is room for no more beside a field."""


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
    now = {name: value for name, value in (of_texts(call) | of_settings(call)).items() if name in typed}
    theirs = changed(shown, now)
    kept = {name for name in theirs if mark(_text(typed[name])) == shown.get(name, mark(""))}
    if both := [name for name in theirs if name not in kept and _text(typed[name]) != now[name]]:
        texts = of_texts(call)
        raise Invalid(**{name: _says(now[name] if name in texts else "") for name in both})
    return {name: value for name, value in typed.items() if name not in kept}


def _says(text: str) -> Message:
    if not text:
        return Message("Somebody changed this meanwhile. Open this window again to see it.")
    cut = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
    return Message("Somebody wrote here meanwhile: “{text}” Take that over, or open this window again.", {"text": Words.verbatim(cut)})


def _text(value: object) -> str:
    """A value as one text, by which it is known from others."""
    if isinstance(value, datetime):
        return str(int(value.timestamp()))  # a window shows seconds
    if isinstance(value, tuple):
        return " ".join(sorted(value))
    return tidy(value) if isinstance(value, str) else str(value or "")
