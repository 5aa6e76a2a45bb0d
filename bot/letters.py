"""What a letter by e-mail says besides its news: its subject, how it is answered, why it came. For whoever sends it, and for previews."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.blocks import cut
from cadre.core.reader import Reader
from cadre.core.words import Words

_SUBJECT: Final = 150
"""Characters: more than a phone shows, so that what a name ends with is not lost where there is room."""

TITLE: Final = 100
"""Characters of a title beside which a day stands in a subject: so the day is never cut from it."""


def subject(headline: Words) -> Words:
    """The subject of a letter that tells of one thing: no bracket stays open in it."""
    kept = cut(headline.removesuffix("."), _SUBJECT)
    opened = kept.rfind("(")
    return Words.verbatim(f"{kept[:opened].rstrip()}…" if opened > kept.rfind(")") else kept)


def _answering(reader: Reader, mailbox: str | None) -> Words:
    """How to do without buttons what is asked. ``mailbox``: where the secretariat is written to, besides by a reply."""
    _ = reader.gettext
    if mailbox is None:
        return _("To answer, reply to this e-mail: the secretariat reads it, records what you say, and confirms it to you.")
    return _(
        "To answer, reply to this e-mail or write to the secretariat ({address}): it records what you say, and confirms it to you.",
        address=Words.verbatim(mailbox),
    )


def closing(reader: Reader, mailbox: str | None, *, asks: bool, in_slack: bool, own: bool = False) -> Iterator[Words]:
    """How to answer and where answers go, why somebody gets it, and how to have it otherwise. ``asks``: something waits for an answer;
    ``in_slack``: they can choose for themselves how they are written to; ``own``: they answer for nobody else.
    """
    _ = reader.gettext
    if asks:
        yield _answering(reader, mailbox)
    if own:
        yield _("I write this for the secretariat of the Joint Councils, because it concerns you.")
    else:
        yield _("I write this for the secretariat of the Joint Councils, because it concerns you or those for whom you answer.")
    if mailbox and not asks:
        yield _("If you answer, the secretariat reads it: {address}", address=Words.verbatim(mailbox))
    elif not asks:
        yield _("If you answer, the secretariat reads it.")
    if in_slack:
        yield _("When and how I write to you: /cadre notices in Slack, or a word to the secretariat.")
    else:
        yield _("To be written to otherwise, or no more: a word to the secretariat.")
