"""What a decision did in the registry, in words, once for all faces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from cadre.core.bilingual import Bilingual
from cadre.core.errors import Message
from cadre.core.french import article
from cadre.core.reader import Reader, named
from cadre.core.words import Words
from cadre.decisions.register import CarriedFacts, DecisionView

_DID: Final[Mapping[str, Message]] = {
    "continue": Message("{name} continues"),
    "leverage": Message("{name} supports the priorities"),
    "support": Message("{name} supports the priorities"),
    "transition": Message("{name} is of another kind"),
    "sunset": Message("{name} is dissolved"),
    "reopen": Message("{name} is reopened"),
    "restore": Message("{name} is as before"),
}
_TOLD: Final = 10


def carried(view: DecisionView, reader: Reader) -> Iterator[Words]:
    """What a decision did in the registry: when, for what; by whom, the secretariat is told."""
    _ = reader.gettext
    for at, by in dict.fromkeys((each.carried_at, each.carried_by) for each in view.carried):
        rows = [each for each in view.carried if (each.carried_at, each.carried_by) == (at, by)]
        values = {"moment": reader.moment(at), "what": _did(rows, reader)}
        if view.secretariat:
            yield _("Carried out {moment} by {who}: {what}.", **values, who=Words.verbatim(named(by)))
        else:
            yield _("Carried out {moment}: {what}.", **values)


def _did(rows: Sequence[CarriedFacts], reader: Reader) -> Words:
    ngettext = reader.ngettext
    told = [_done(row, row.name, reader) for row in rows if row.name and row.action in _DID]
    kinds = [row.target.partition(":")[0] for row in rows]
    more = [ngettext("and {n} more", "and {n} more", len(told) - _TOLD)] if len(told) > _TOLD else []
    priorities, plans = kinds.count("priority"), kinds.count("workplan")
    told = [*told[:_TOLD], *more]
    if priorities:
        told.append(ngettext("{n} priority has a working group", "{n} priorities have a working group", priorities))
    if plans:
        told.append(ngettext("{n} workplan is approved by it", "{n} workplans are approved by it", plans))
    return Words.joined("; ", told)


def _done(row: CarriedFacts, name: Bilingual, reader: Reader) -> Words:
    """What became of one group: "Ants becomes a community of practice"."""
    if row.action == "transition" and row.kind:
        kind = row.kind.for_(reader)
        return reader.gettext("{name} becomes {kind:a}", name=name.for_(reader), kind=reader.name(kind, article(kind)))
    return Message(_DID[row.action].msgid, {"name": name}).for_(reader)
