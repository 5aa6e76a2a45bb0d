"""How reviews are worded, once for Slack, App Home and letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.framework.review_facts import ANSWERS, OPEN, Line, ReviewFacts, View, standing
from cadre.framework.review_rules import FACT, PLAN, SLIDE
from cadre.groups import wording as groups
from cadre.meetings import wording as meetings
from cadre.workplans.wording import meeting


def name(review: ReviewFacts, reader: Reader) -> Words:
    """The meeting before which it is: "Charlottetown (March 2, 2027)"."""
    return review.name.for_(reader)


def title(review: ReviewFacts, reader: Reader) -> Words:
    """ "Review before the meeting: Charlottetown (March 2, 2027)"."""
    return reader.gettext("Review before the meeting: {meeting}", meeting=name(review, reader))


def fact(line: Line, reader: Reader) -> Words:
    """What the registry has: "Description: …", "Co-chair: Ann Lake"."""
    subject, _, field = line.key.split("/")
    assert line.says is not None, "a fact says something"
    return groups.fact(subject, field, line.says, line.role, reader)


def asked(lines: Sequence[Line], reader: Reader) -> Words:
    """What is asked by some lines of one kind about one thing."""
    _, first = reader.gettext, lines[0]
    of = first.name.for_(reader)
    if first.kind == FACT:
        n = sum(line.open for line in lines)
        if first.own:
            return reader.ngettext("Your own role: {n} fact to confirm", "Your own role: {n} facts to confirm", n)
        return reader.ngettext("{name}: {n} fact to confirm", "{name}: {n} facts to confirm", n, name=of)
    if first.kind == PLAN:
        return _("{name}: update the workplan ({why})", name=of, why=reader.listed(_why(first, reader)))
    if first.kind == SLIDE:
        return _("{name}: your slide, what is to be said in the meeting", name=of)
    return _("Do you come to the meeting?")


def _why(line: Line, reader: Reader) -> Iterator[Words]:
    need = line.plan
    if need is None:
        return
    if need.awaited:
        yield reader.gettext("to be submitted by {date}", date=reader.date(need.due))
    if need.late:
        yield reader.ngettext("{n} late activity", "{n} late activities", need.late)
    if need.silent:
        yield reader.ngettext("{n} activity without news", "{n} activities without news", need.silent)


def brief(lines: Sequence[Line], reader: Reader) -> Iterator[Words]:
    """What is still open of one group or priority, below its name."""
    facts = sum(line.kind == FACT and line.open for line in lines)
    if facts:
        yield reader.ngettext("{n} fact to confirm", "{n} facts to confirm", facts)
    for line in lines:
        if line.open and line.kind == PLAN:
            yield reader.gettext("workplan: {why}", why=reader.listed(_why(line, reader)))
        elif line.open and line.kind == SLIDE:
            yield reader.gettext("slide")


def each(line: Line, reader: Reader) -> Words:
    """One open line in full, for a letter and a list."""
    if line.kind != FACT:
        return asked((line,), reader)
    told = fact(line, reader)
    return told if line.own else reader.gettext("{name}: {what}", name=line.name.for_(reader), what=told)


def state(line: Line, reader: Reader) -> Words:
    """What became of one that is not open: who answered what, and who saw to it."""
    told = [_answer(line, reader)]
    if line.recorded_by:
        told.append(reader.gettext("Recorded by {name}.", name=Words.verbatim(line.recorded_by)))
    if line.state == "right" and line.settled_by:
        told.append(reader.gettext("Confirmed by {name}.", name=groups.by(line.settled_by, reader)))
    elif line.state == "wrong" and line.settled_by:
        told.append(reader.gettext("{name} saw to it.", name=groups.by(line.settled_by, reader)))
    return Words.joined(" ", told)


def said(line: Line, reader: Reader) -> Words:
    """What became of one, below the name of what it is of: with the fact, where it is one."""
    if line.kind != FACT or not line.says:
        return state(line, reader)
    return Words.joined("\n   ", (fact(line, reader), state(line, reader)))


def _answer(line: Line, reader: Reader) -> Words:
    _, who = reader.gettext, Words.verbatim(line.who or "")
    if line.state in ANSWERS:
        return _("Attendance: {answer}.", answer=meetings.answer(line.state, reader))  # type: ignore[arg-type]  # one of them
    if line.state == "right":
        return _("{who} says that it is right.", who=who)
    if line.state == "wrong":
        return _("{who} says that it is not right: “{text}”", who=who, text=Words.verbatim(line.text or ""))
    if line.state == "done" and line.kind == SLIDE and line.slide:
        text = line.slide.marked(reader)
        if line.also:
            names = {"who": reader.name(line.who or ""), "other": reader.name(line.also)}
            return _("{who} and {other} wrote: “{text}”", text=text, **names)
        return _("{who} wrote: “{text}”", who=who, text=text)
    if line.state == "done":
        return _("{who} says that it is up to date.", who=who)
    if line.state == "open":
        return _("No answer.")
    if line.kind == FACT and line.settled_by:
        return _("Confirmed by {name}.", name=groups.by(line.settled_by, reader))
    return _("Settled: nothing is missing any more.")


def how_far(lines: Sequence[Line], reader: Reader) -> Words:
    """ "all answered", "answered in part: 2 of 5", "no answer"."""
    _, counting = reader.gettext, [line for line in lines if line.counts]
    names = {"all": _("✓ all answered"), "silent": _("✗ no answer")}
    found = standing(tuple(counting))
    if found != "part":
        return names[found]
    return _("◐ answered in part: {n} of {all}", n=sum(not line.open for line in counting), all=len(counting))


def counted(view: View, reader: Reader) -> Words:
    """How many things are answered, and how many people are silent still."""
    counting = [line for line in view.lines if line.counts]
    done = sum(not line.open for line in counting)
    told = reader.ngettext("{n} of {all} things is answered.", "{n} of {all} things are answered.", done, all=len(counting))
    n = len(view.silent)
    if view.review.state != OPEN:
        had_not = reader.ngettext("{n} person had not answered everything.", "{n} people had not answered everything.", n)
        return Words.joined(" ", (told, had_not)) if n else told
    return Words.joined(" ", (told, reader.ngettext("Waited for: {n} person.", "Waited for: {n} people.", n)))


def over(review: ReviewFacts, reader: Reader) -> Words:
    """That a review is over, when and by whom."""
    _ = reader.gettext
    values = {"meeting": meeting(review.name, reader), "date": reader.date(review.closed_at.date()) if review.closed_at else Words("")}
    if review.state == "ended":
        if review.cancelled:
            return _("The review before {meeting} ended on {date}: the meeting is cancelled.", **values)
        return _("The review before {meeting} ended on {date}: its council is no more.", **values)
    if not review.closed_by:
        return _("The review before {meeting} closed by itself on {date}, after the meeting.", **values)
    return _("The review before {meeting} was closed on {date} by {who}.", who=groups.by(review.closed_by, reader), **values)


def kept(review: ReviewFacts, reader: Reader) -> Words | None:
    """Which snapshot was taken with it."""
    return reader.gettext("Snapshot {n} of the framework was taken with it.", n=review.snapshot) if review.snapshot else None
