"""A drawn map made ready for a page: its links lead where the visitor may go on, what is searched for is marked, and it says what it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape, unescape
from typing import Final

from markupsafe import Markup

from cadre.core.words import Words

_ROOT: Final = re.compile(r'<svg\b([^>]*?) width="[^"]*" height="[^"]*"([^>]*)>\s*<title>.*?</title>\s*(?:<desc>.*?</desc>)?', re.DOTALL)
_DECLARED: Final = re.compile(r"\A<\?xml[^>]*\?>\s*")
_LINK: Final = re.compile(r'(xlink:href=")(/framework/[^"]*)(")')
_NODE: Final = re.compile(r'(<g id="([^"]*)" class="node )')


def linked(svg: bytes, link: Callable[[str], str]) -> bytes:
    """The same with other addresses: each path of ours as ``link`` makes it."""
    return _LINK.sub(lambda found: found[1] + escape(link(unescape(found[2]))) + found[3], svg.decode()).encode()


def shown(svg: bytes, link: Callable[[str], str], label: Words, found: Iterable[str] | None) -> Markup:
    """It as a part of a page. ``label``: what it shows; ``found``: the nodes that a search found, if there was one.

    A picture of links is a document of its own for a screen reader (https://www.w3.org/TR/graphics-aria-1.0/), described by the text that
    stands below it. Its own title would be told wherever the pointer rests on it.
    """
    text = _DECLARED.sub("", linked(svg, link).decode())
    look = "drawn" if found is None else "drawn searched"
    head = rf'<svg\1\2 id="map" class="{look}" role="graphics-document" aria-label="{_literal(label)}" aria-describedby="same">'
    text, roots = _ROOT.subn(head, text, count=1)
    if not roots:
        raise ValueError("a drawing that does not begin as drawings do")
    if found is not None:
        ids = frozenset(found)
        text = _NODE.sub(lambda node: f"{node[1]}found " if unescape(node[2]) in ids else node[1], text)
    return Markup(text)  # noqa: S704  # checked, element by element, before it left the renderer


def _literal(words: Words) -> str:
    """For a template of ``re``."""
    return escape(words).replace("\\", r"\\")
