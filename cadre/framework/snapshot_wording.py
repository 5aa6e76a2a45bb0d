"""Snapshots in words, once for all faces."""

from __future__ import annotations

from collections.abc import Sequence

from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.framework import ends
from cadre.framework.kept import SnapshotFacts
from cadre.groups.wording import by


def total(found: Sequence[SnapshotFacts], reader: Reader) -> Words:
    """How many there are, and how they come about."""
    _ = reader.gettext
    how = _("One is taken at each in-person meeting of a Council, and at night where something changed. None is ever changed.")
    many = reader.ngettext("{n} snapshot.", "{n} snapshots.", len(found)) if found else _("There is no snapshot yet.")
    return Words.joined(" ", (many, how))


def told(each: SnapshotFacts, reader: Reader, *, who: bool = True) -> tuple[Words, Words]:
    """What it is, and how much is in it. ``who``: whoever took it is to be named."""
    _, ngettext = reader.gettext, reader.ngettext
    number, when = Words.verbatim(str(each.number)), reader.moment(each.taken_at)
    if each.meeting:
        about = _("{meeting}; taken {moment}", meeting=ends.named(each.meeting).for_(reader), moment=when)
    elif each.why == "nightly":
        about = _("taken at night, {moment}", moment=when)
    elif not who:
        about = _("taken {moment}", moment=when)
    else:
        about = _("taken {moment} by {who}", moment=when, who=by(each.by, reader))
    counts = each.counts
    held = (
        ngettext("{n} group", "{n} groups", counts.get("groups", 0)),
        ngettext("{n} priority", "{n} priorities", counts.get("priorities", 0)),
        ngettext("{n} role", "{n} roles", counts.get("roles", 0)),
        ngettext("{n} confirmed decision", "{n} confirmed decisions", counts.get("decisions", 0)),
        ngettext("{n} fact that nobody confirmed", "{n} facts that nobody confirmed", counts.get("doubts", 0)),
    )
    return _("Snapshot {number}: {about}", number=number, about=about), reader.listed(held)
