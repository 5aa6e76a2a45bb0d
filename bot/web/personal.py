"""What all personal pages have in common: whose they are, in which language they are shown, and why one is not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from starlette.requests import Request

from bot.links import GOOD_FOR, TOKEN, verify
from cadre.core import clock
from cadre.core.i18n import LANGUAGES, LOCALES, Language, is_language, language_of
from cadre.core.reader import Reader
from cadre.core.words import Words

_NAMES: Final[dict[Language, Words]] = {"en": Words.verbatim("English"), "fr": Words.verbatim("Français")}


@dataclass(frozen=True, slots=True)
class Other:
    """The same page in the other language."""

    address: Words
    language: Words
    name: Words


@dataclass(frozen=True, slots=True)
class Page:
    """What the frame of every page shows."""

    language: Words
    title: Words
    about: Words
    other: Other


@dataclass(frozen=True, slots=True)
class Way:
    """Where to go instead."""

    address: Words
    name: Words


@dataclass(frozen=True, slots=True)
class Refusal(Page):
    """Why a page is not shown, what to do, and where to go instead, if there is such a place."""

    heading: Words
    told: Words
    instead: Way | None = None


def whose(request: Request, secret: str, path: str) -> str | None:
    """The person whom the link is for; None where it is none of ours, for another page, or not good any more."""
    return verify(secret, request.query_params.get(TOKEN, ""), path, clock.real())


def reader_of(request: Request) -> Reader:
    """In the language chosen on the page, else the first of the two that the browser asks for."""
    chosen = request.query_params.get("lang")
    if is_language(chosen):
        return Reader(LOCALES[chosen])
    return Reader(LOCALES[_accepted(request.headers.get("accept-language", ""))])


def _accepted(header: str) -> Language:
    """https://www.rfc-editor.org/rfc/rfc9110#name-accept-language: weights from 0 to 1; of equal ones, the first."""
    wanted: list[tuple[float, Language]] = []
    for part in header.split(","):
        tag, _, weight = part.strip().partition(";")
        if tag.lower().replace("_", "-").split("-")[0] in LANGUAGES:
            wanted.append((_weight(weight), language_of(tag)))
    best = max(wanted, key=lambda each: each[0], default=None)
    return best[1] if best and best[0] > 0 else "en"


def _weight(text: str) -> float:
    name, _, value = text.strip().partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0


def other_of(request: Request, *keep: str) -> Other:
    """The page in the other language. ``keep``: what else of the address says which page it is."""
    language: Language = "en" if reader_of(request).language == "fr" else "fr"
    kept = [(key, value) for key in (TOKEN, *keep) for value in request.query_params.getlist(key) if value]
    query = urlencode([*kept, ("lang", language)])
    return Other(Words.verbatim(f"?{query}"), Words.verbatim(language), _NAMES[language])


def about(reader: Reader) -> Words:
    """What stands above each page."""
    return reader.gettext("Cadre, the memory of the Joint Councils")


def refusal(reader: Reader, other: Other, heading: Words, told: Words, instead: Way | None = None) -> Refusal:
    """Why a page is not shown. ``instead``: where to go."""
    return Refusal(Words.verbatim(reader.language), heading, about(reader), other, heading, told, instead)


def expired(reader: Reader, other: Other) -> Refusal:
    """The link is not good, or not any more."""
    _ = reader.gettext
    told = _(
        "Links to personal pages are good for {n} days. Get a new one in Slack: /cadre map, /cadre workplan, /cadre calls, /cadre gaps, "
        "/cadre health or /cadre notices, then “Web page”.",
        n=GOOD_FOR.days,
    )
    return refusal(reader, other, _("This link is not good any more"), told)
