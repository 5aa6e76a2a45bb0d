"""Server-rendered pages: a template takes one page object, and shows of it nothing but words, markup and numbers."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from cadre.core.words import Words

HEADERS: Final = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
"""A personal page stays with the one it was made for: its address is its key."""
_POLICY: Final = {
    "default-src": "'none'",
    "style-src": "'nonce-{nonce}'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}


FRAME: Final = Path(__file__).with_name("frame")
"""The frame of all pages, their style, and the page that says why another is not shown."""


def environment(folder: Path) -> Environment:
    """The templates of a folder, and the frame that all pages share. What a template names and the page lacks is an error; so is any
    text that is not Words.
    """
    return Environment(
        loader=FileSystemLoader([folder, FRAME]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def respond(
    templates: Environment, name: str, page: object, status: int = 200, allowed: Mapping[str, str] = MappingProxyType({})
) -> HTMLResponse:
    """A page. Its style stands in it, under a nonce: nothing else is fetched, and no script runs, but for what is ``allowed``: directives
    of https://www.w3.org/TR/CSP3/, in which ``{nonce}`` is the page's own.
    """
    nonce = Words.verbatim(secrets.token_urlsafe(16))
    content = templates.get_template(name).render(page=page, nonce=nonce)
    policy = "; ".join(f"{directive} {sources}" for directive, sources in {**_POLICY, **allowed}.items())
    return HTMLResponse(content, status, HEADERS | {"Content-Security-Policy": policy.format(nonce=nonce)})


def _finalize(value: Any) -> Words | Markup | int | float:
    """What a template shows. Raises TypeError for a text that nobody worded for a reader."""
    if isinstance(value, Words | Markup | int | float) and not isinstance(value, bool):
        return value
    raise TypeError(f"a page shows words, markup and numbers, not {type(value).__name__}: {value!r:.60}")
