"""How corrections of a decision are worded, once for all faces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from cadre.core.errors import Message
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.decisions.register import CorrectionFacts, DecisionView

CORRECTED: Final[Mapping[str, Message]] = {
    "wording": Message("wording"),
    "effective": Message("date of effect"),
    "review": Message("review date"),
    "changed": Message("what changes"),
    "follow_up": Message("follow-up"),
    "paper": Message("paper"),
    "supersedes": Message("what it supersedes"),
    "amended": Message("why it is otherwise than the positions came to"),
}
"""What of a decision was corrected, inside a sentence."""


def fields(of: CorrectionFacts, reader: Reader) -> Words:
    """What was corrected."""
    return Words.joined(", ", (CORRECTED[name].for_(reader) for name in of.fields.split() if name in CORRECTED))


def corrections(view: DecisionView, reader: Reader) -> Iterator[Words]:
    """That a decision was corrected, when, what and why; and how it read before."""
    _ = reader.gettext
    for each in view.corrections:
        day, why = reader.date(reader.local(each.corrected_at).date()), each.reason.for_(reader)
        yield _("Corrected {date}: {what}. Reason: {reason}", date=day, what=fields(each, reader), reason=why)
        if each.worded:
            yield _("It read before: {text}", text=each.before.for_(reader))
