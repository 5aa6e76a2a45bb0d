"""How the state of groups reads in Slack: one's own first, with buttons to mend; the others folded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.blocks import Block, Message, Modal, actions, button, context, divider, header, link, listed, section
from bot.markup import bold
from bot.modals import Frame
from bot.oversight import actions as of
from bot.oversight.views import ROWS, turns
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.oversight import wording
from cadre.oversight.health import Report
from cadre.oversight.rules import Finding, Health

_OWN: Final = 8
"""Of one's own groups, so many are told in full: each takes up to four blocks of the hundred of a window."""


def window(found: Report, web: str | None, reader: Reader, frame: Frame) -> Modal:
    """All groups that somebody may see."""
    _, own = reader.gettext, wording.in_order(found.own, reader)
    blocks: list[Block] = [section(wording.total(found, reader))]
    blocks += context(*remarks(found, reader))
    if not frame.start:
        for each in own[:_OWN]:
            blocks += [divider(), *_in_full(each, found, reader)]
    rows = (*own[_OWN:], *wording.in_order(found.others, reader))
    if rows and own:
        blocks += [divider(), header(_("Other groups"))]
    blocks += (row(each, found, reader) for each in rows[frame.start : frame.start + ROWS])
    blocks += turns(of.HEALTH, frame, len(rows), reader)
    if web:
        blocks += actions(link(_("Web page"), of.PAGE, web))
    return Modal(_("State of groups"), tuple(blocks), close=_("Close"), metadata=frame.packed())


def remarks(found: Report, reader: Reader) -> Iterator[Words]:
    """That the rules are only proposed, and that there is nothing to compare with, where that is so."""
    if found.all and not found.agreed:
        yield wording.proposed_rules(reader)
    if found.all and not any(each.group.id in found.since for each in found.all):
        yield wording.nothing_kept(reader)


def message(found: Report, reader: Reader) -> Message:
    """The same where no window can be opened: one's own, and the button that opens the rest."""
    told = wording.total(found, reader)
    lines = [
        reader.gettext("{group}: {standing}", group=each.group.name.for_(reader), standing=wording.standing(each, reader))
        for each in (*wording.in_order(found.own, reader), *wording.in_order(found.others, reader))[:_OWN]
    ]
    opens = button(reader.gettext("State of groups"), of.HEALTH, Frame().packed())
    return Message(told, (section(told), *listed(lines), *actions(opens)))


def row(found: Health, report: Report, reader: Reader) -> Block:
    """A group, folded."""
    name = found.group.name.for_(reader)
    spoken = reader.gettext("Details: {name}", name=name)
    details = button(reader.gettext("Details"), of.HEALTH, Frame(found.group.id).packed(), spoken=spoken)
    moved = wording.since(found, report.since.get(found.group.id), reader)
    return section(Words.joined("\n", (bold(name), wording.standing(found, reader), *((moved,) if moved else ()))), details)


def group(found: Health, report: Report, reader: Reader, frame: Frame) -> Modal:
    """A group, with all that is found of it."""
    _ = reader.gettext
    blocks: list[Block] = [*_in_full(found, report, reader, all_=True), *actions(button(_("All groups"), of.HEALTH, Frame().packed()))]
    return Modal(_("State of a group"), tuple(blocks), close=_("Close"), metadata=frame.packed())


def _in_full(found: Health, report: Report, reader: Reader, *, all_: bool = False) -> Iterator[Block]:
    """What is open, and the buttons to mend it; ``all_``: what is in order too."""
    name = found.group.name.for_(reader)
    yield section(Words.joined("\n", (bold(name), wording.standing(found, reader))))
    open_ = (*found.in_("to_complete"), *found.in_("unknown"))
    told = found.findings if all_ else open_
    yield from listed(wording.line(each, reader) for each in told)
    if moved := wording.since(found, report.since.get(found.group.id), reader):
        yield from context(moved)
    if report.edits or found in report.own:
        yield from actions(*_mends(found, open_, name, reader, edits=report.edits))


def _mends(found: Health, open_: tuple[Finding, ...], name: Words, reader: Reader, *, edits: bool) -> Iterator[Block]:
    """A button for each thing that can be mended from here by whoever looks; one for what is mended in one place."""
    seen: set[str] = set()
    for each in open_:
        action, label = of.MENDS[each.requirement]
        if (each.requirement in of.SECRETARIAT and not edits) or (action == of.PLAN and each.plan is None) or action in seen:
            continue
        seen.add(action)
        spoken = reader.gettext("{label}: {name}", label=label.for_(reader), name=name)
        yield button(label.for_(reader), f"{action}:{found.group.id}", _value(found, each), spoken=spoken)


def _value(found: Health, each: Finding) -> str:
    """What a button is about: a workplan, the group, or nothing."""
    if each.plan:
        return Frame(each.plan).packed()
    return found.group.id if each.requirement in of.SECRETARIAT else ""
