"""The lines of a review, each with its buttons: the same in the message that brings a packet, and in windows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from bot.blocks import Block, actions, button, section
from bot.framework import review_actions as of
from bot.modals import Frame
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.framework import review_wording as wording
from cadre.framework.review_facts import ANSWERS, Line
from cadre.framework.review_rules import ATTENDANCE, FACT, PLAN, SLIDE
from cadre.groups import wording as groups

_IN_ONE: Final = 90
"""Facts that one button says are right: of more, their marks do not fit into it."""


def frame(*about: object) -> str:
    """The value of a button that opens a window."""
    return Frame(":".join(str(each) for each in about)).packed()


def packet(id_: int, lines: Sequence[Line], revision: int, reader: Reader) -> Iterator[Block]:
    """All that one person is asked: what is open with its buttons, what is answered with who did."""
    together: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        if line.counts:
            together.setdefault((line.kind, line.subject), []).append(line)
    for number, those in enumerate(sorted(together.values(), key=_order)):
        if any(line.open for line in those):
            yield from _open(id_, those, revision, reader, number)
        else:
            yield _answered(id_, those, reader)


def _order(lines: Sequence[Line]) -> tuple[bool, int]:
    return not any(line.open for line in lines), (FACT, PLAN, SLIDE, ATTENDANCE).index(lines[0].kind)


def _open(id_: int, lines: Sequence[Line], revision: int, reader: Reader, number: int) -> Iterator[Block]:
    _, line, told = reader.gettext, lines[0], wording.asked(lines, reader)
    if line.kind == FACT:
        yield section(told, button(_("Look at them"), f"{of.OPEN}:{number}", frame("facts", id_, line.subject), spoken=told))
    elif line.kind == SLIDE:
        yield section(told, button(_("Write"), f"{of.SLIDE}:{number}", f"{id_}:{line.id}", spoken=told))
    elif line.kind == PLAN and line.plan:
        yield section(told)
        plan = button(_("Open the workplan"), of.PLAN, Frame(line.plan.id).packed())
        done = button(_("It is up to date"), of.UP_TO_DATE, f"{id_}:{line.id}")
        yield from actions(plan, *(() if line.plan.awaited else (done,)), block=f"review.plan:{line.id}")
    elif line.kind == ATTENDANCE:
        yield from attendance(id_, line, revision, reader)


def attendance(id_: int, line: Line, revision: int, reader: Reader) -> Iterator[Block]:
    """Whether somebody comes, with what they can answer."""
    _ = reader.gettext
    yield section(wording.asked((line,), reader))
    names = {"accepted": _("I come"), "tentative": _("Perhaps"), "declined": _("I do not come")}
    buttons = (button(names[each], f"{of.ATTEND}:{each}", f"{id_}:{each}:{revision}") for each in ANSWERS)
    yield from actions(*buttons, block=f"review.attend:{line.id}")


def _answered(id_: int, lines: Sequence[Line], reader: Reader) -> Block:
    """What is done, by whom; a slide and attendance can be changed, and facts looked at again."""
    _, line = reader.gettext, lines[0]
    done = Words.joined(" ", dict.fromkeys(wording.state(each, reader) for each in lines if line.kind != FACT))
    if line.kind == FACT:
        who = dict.fromkeys(each.who for each in lines if each.who)
        of_what = groups.named(line.name, reader)
        names = reader.name(reader.listed(Words.verbatim(each) for each in who))
        done = _("Facts of {name}: answered by {who}.", name=of_what, who=names) if who else _("Facts of {name}: settled.", name=of_what)
        return section(_("✓ {what}", what=done), button(_("Look at them"), f"{of.OPEN}:done:{line.id}", frame("facts", id_, line.subject)))
    if line.kind == ATTENDANCE:
        return section(_("✓ {what}", what=done), button(_("Change"), f"{of.OPEN}:attend:{line.id}", frame("attend", id_)))
    told = _("✓ {name}: {what}", name=line.name.for_(reader), what=done)
    if line.kind == SLIDE and line.slide:
        return section(told, button(_("Change"), f"{of.SLIDE}:done:{line.id}", f"{id_}:{line.id}"))
    return section(told)


def facts(id_: int, lines: Sequence[Line], reader: Reader) -> Iterator[Block]:
    """Facts one by one: right, or not; all at once, for whoever has read them here."""
    _ = reader.gettext
    open_ = [line for line in lines if line.open and line.kind == FACT]
    for line in lines:
        if line.kind != FACT or not line.counts:
            continue
        told = wording.fact(line, reader) if line.says else line.name.for_(reader)
        if not line.open:
            yield section(Words.joined("\n", (told, _("✓ {what}", what=wording.state(line, reader)))))
            continue
        yield section(told)
        right = button(_("It is right"), of.RIGHT, marks(id_, (line,)), spoken=_("It is right: {what}", what=told))
        wrong = button(_("It is not right"), of.WRONG, f"{id_}:{line.id}", spoken=_("It is not right: {what}", what=told))
        yield from actions(right, wrong, block=f"review.fact:{line.id}")
    if len(open_) > 1:
        all_ = button(_("All of these are right"), of.RIGHT, marks(id_, open_[:_IN_ONE]), "primary")
        yield from actions(all_, block="review.all")


def marks(id_: int, lines: Sequence[Line]) -> str:
    """Facts as they were shown: the value of the button that says they are right."""
    return f"{id_}|{','.join(f'{line.id}:{line.mark}' for line in lines)}"


def corrected(line: Line, reader: Reader) -> Iterator[Block]:
    """What the secretariat does about a fact that is not right."""
    _ = reader.gettext
    kind, _dot, id_ = line.subject.partition(":")
    if kind == "group":
        yield button(_("Open the group"), of.GROUP, id_)
    yield button(_("It is seen to"), of.SEEN_TO, str(line.id), "primary")
