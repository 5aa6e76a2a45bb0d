"""Text as Slack's markup takes it: what is typed is shown as it was typed, what Cadre sets in bold is bold, addresses are links."""

from __future__ import annotations

import re
from typing import Final

from cadre.core.words import Words

_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_ESCAPING: Final = str.maketrans(_ENTITIES)
_MARKUP: Final = re.compile(r"(?<!\w)([*_~`])(?=\S)[^\n]*(?<=\S)\1(?!\w)|^>", re.MULTILINE)
"""https://docs.slack.dev/messaging/formatting-message-text/#basic-formatting"""
_SIGN: Final = re.compile(r"(?<!\w)[*_~`]|[*_~`](?!\w)|^>")
_ALIKE: Final = str.maketrans({"*": "\u2217", "_": "\u02cd", "~": "\u223c", "`": "\u02cb", ">": "\u203a"})
"""Signs that look the same as Slack's markup, which has no way to be escaped, and that it takes for nothing."""
_BOLD: Final = ("\u0002", "\u0003")
_IN_BOLD: Final = str.maketrans(dict.fromkeys(_BOLD, "*"))
_PLAIN: Final = str.maketrans(dict.fromkeys(_BOLD))
"""What Cadre itself sets in bold, until it is known where it stands: whatever stars are typed are not that."""
_ADDRESS: Final = re.compile(r"https?://[^\s<>&|()\x02\x03]+(?:&(?!lt;|gt;)[^\s<>&|()\x02\x03]+)*(?<![.,;:!?])")


def escaped(text: str, limit: int) -> str:
    """Text as Slack's markup takes it: its three special characters escaped, signs that it would take for markup shown as they were typed,
    what is ``bold`` in bold, web addresses made links, which stay as they are, cut to fit.
    """
    linked = _ADDRESS.sub(lambda found: f"<{found[0]}>", _as_typed(text).translate(_ESCAPING)).translate(_IN_BOLD)
    if len(linked) <= limit:
        return linked
    length, kept = 2, 0  # for the …, and the end of what is bold
    for kept, character in enumerate(text):  # noqa: B007  # where it stopped is what is wanted
        length += len(_ENTITIES.get(character, character))
        if length > limit:
            break
    head = at_word(text[:kept])
    unclosed = _BOLD[1] if head.rfind(_BOLD[0]) > head.rfind(_BOLD[1]) else ""
    return (_as_typed(head) + unclosed).translate(_ESCAPING).translate(_IN_BOLD) + "…"


def _as_typed(text: str) -> str:
    """A text of which Slack takes nothing for its markup: in each line that it would, signs that look the same; never in an address."""
    return "\n".join(_alike(line) if looks_marked(line) else line for line in text.split("\n"))


def _alike(line: str) -> str:
    parts, end = [], 0
    for address in _ADDRESS.finditer(line):
        parts += [line[end : address.start()], address[0]]
        end = address.end()
    parts.append(line[end:])
    for at in range(0, len(parts), 2):
        parts[at] = _SIGN.sub(lambda sign: sign[0].translate(_ALIKE), parts[at])
    return "".join(parts)


def bold(text: Words) -> Words:
    """A heading, or a name, within a section: https://docs.slack.dev/messaging/formatting-message-text/#basic-formatting."""
    return Words.verbatim(text.join(_BOLD))


def unmarked(text: str) -> str:
    """The same where there is no markup: nothing is bold."""
    return text.translate(_PLAIN)


def looks_marked(text: str) -> bool:
    """Whether Slack would take something typed for its markup, as bold, a quotation or code: it has no way to escape these. An address
    is an address, whatever signs are in it.
    """
    return _MARKUP.search(_ADDRESS.sub("x", text)) is not None


def at_word(text: str) -> str:
    """A text that was cut, ending at the end of a word where one is near."""
    head, space, _ = text.rpartition(" ")
    return head.rstrip(" ,;:") if space and len(head) > len(text) * 0.8 else text
