"""What is for a table of deputy ministers, or comes from it: the list, and the window in which one thing is marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.blocks import (
    Block,
    Message,
    Modal,
    Option,
    actions,
    button,
    context,
    field,
    header,
    listed,
    menu,
    radio,
    search,
    section,
    text_input,
)
from bot.decisions import actions as of
from bot.markup import bold
from bot.modals import Frame
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.decisions import referral_wording as wording
from cadre.decisions.referrals import DIRECTIONS, ReferralFacts, TableRef, Thing

MARKED: Final = "decisions.marked"
ROWS: Final = 40
_FEW: Final = 10
_FIELD: Final = "decisions.field"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the window of one thing shows: it, how it is marked, the tables. ``thing``: None where it is still to be chosen."""

    thing: Thing | None
    marks: tuple[ReferralFacts, ...]
    tables: tuple[TableRef, ...]


def listed_referrals(found: Sequence[ReferralFacts], reader: Reader, frame: Frame, note: Words | None = None, *, officer: bool) -> Modal:
    """All that is marked, by table, what is for it before what comes from it."""
    _ = reader.gettext
    blocks: list[Block] = [*(context(note) if note else ()), section(summary(found, reader))]
    table = ""
    for each in found[frame.start : frame.start + ROWS]:
        if each.table.id != table:
            table = each.table.id
            blocks.append(header(each.table.name.for_(reader)))
        blocks.append(_row(each, reader, officer=officer, named=True))
    ways = [button(_("Mark something"), of.REFER, "", "primary")] if officer else []
    if frame.start + ROWS < len(found):
        ways.append(button(_("Those that follow"), f"{of.REFERRALS}:after", str(frame.start + ROWS)))
    blocks += actions(*ways, block="decisions.referrals_ways")
    return Modal(_("Deputy ministers"), tuple(blocks), close=_("Close"), metadata=frame.packed())


def summary(found: Sequence[ReferralFacts], reader: Reader) -> Words:
    """How much is marked."""
    n = len(found)
    if not n:
        return reader.gettext("Nothing is marked as for a table of deputy ministers, or as coming from one.")
    return reader.ngettext(
        "{n} thing is marked as for a table of deputy ministers, or as coming from one.",
        "{n} things are marked as for a table of deputy ministers, or as coming from one.",
        n,
    )


def message(found: Sequence[ReferralFacts], reader: Reader) -> Message:
    """The same where no window can be opened."""
    told = summary(found, reader)
    lines = [Words.joined(" · ", (wording.thing(each.thing, reader), wording.way(each, reader))) for each in found[:_FEW]]
    return Message(told, (section(told), *listed(lines), *actions(button(reader.gettext("Open"), of.REFERRALS))))


def _row(found: ReferralFacts, reader: Reader, *, officer: bool, named: bool) -> Block:
    lines = [bold(wording.thing(found.thing, reader))] if named else []
    told = Words.joined("\n", [*lines, wording.mark(found, reader)])
    _ = reader.gettext
    spoken = _("Take the mark away: {name}", name=wording.thing(found.thing, reader))
    return section(told, button(_("Take the mark away"), f"{of.UNREFER}:{found.id}", found.id, spoken=spoken) if officer else None)


def refer(sheet: Sheet, reader: Reader, frame: Frame, note: Words | None = None) -> Modal:
    """One thing: how it is marked, and the fields by which it is marked; for the secretariat."""
    _ = reader.gettext
    blocks: list[Block] = [*(context(note) if note else ())]
    if sheet.thing:
        blocks.append(section(bold(wording.thing(sheet.thing, reader))))
    blocks += [_row(each, reader, officer=True, named=False) for each in sheet.marks]
    blocks += actions(*_ways(sheet.thing, reader), block="decisions.refer_ways")
    if not sheet.tables:
        blocks.append(section(_("The registry has no table of deputy ministers: add a group of that kind first.")))
        return Modal(_("Deputy ministers"), tuple(blocks), close=_("Close"), metadata=frame.packed())
    if sheet.thing is None:
        blocks.append(field("about", _("What"), search(of.THINGS, _("Type a name, or words of a decision"))))
    offered = [Option(each.name.for_(reader), each.id) for each in sheet.tables]
    blocks.append(field("table", _("Table"), menu(_FIELD, offered, offered[0].value if len(offered) == 1 else None)))
    ways = {"for": _("For the table"), "from": _("From the table")}
    blocks.append(field("direction", _("Which way"), radio(_FIELD, [Option(ways[each], each) for each in DIRECTIONS])))
    for language in reader.languages:
        told = _("Note, in English") if language == "en" else _("Note, in French")
        blocks.append(field(f"note_{language}", told, text_input(_FIELD, tall=True), optional=True))
    blocks += context(_("Everybody may see this mark, and the map shows it."))
    return Modal(_("Deputy ministers"), tuple(blocks), _("Close"), _("Mark"), MARKED, frame.packed())


def _ways(thing: Thing | None, reader: Reader) -> Iterator[Block]:
    _ = reader.gettext
    if thing and thing.kind == "group":
        yield button(_("Back to the group"), of.GROUP_CARD, thing.id)
    if thing and thing.kind == "decision":
        yield button(_("Back to the decision"), of.DECISION, thing.id)
    yield button(_("All that is marked"), of.REFERRALS)
