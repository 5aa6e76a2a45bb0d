"""Half-year cycles, due dates, states and texts of workplans, on plain data: no session, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from difflib import SequenceMatcher
from types import MappingProxyType
from typing import Final, Literal
from zoneinfo import ZoneInfo

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate, Precision
from cadre.core.errors import Message
from cadre.core.i18n import Language
from cadre.core.reader import DEFAULT_ZONE, Reader
from cadre.core.words import Words
from cadre.workplans.facts import ActivityFacts, ActivityState, Line, OutcomeFacts, WorkplanFacts, WorkplanState

DueBy = Literal["calendar", "meeting", "moved"]

OPENS_DAYS: Final = 120
"""A cycle opens so many days before its calendar date: four months in which to write a workplan. That there are two a year is governance
rule G1, seed deck; how long before is ours.
"""
_NEAR_DAYS: Final = 90
"""A meeting is of the half whose calendar date its due date lies so near to: of two halves none has the same."""
BY_RIGHT_DAYS: Final = 14
"""Days after the due date that those who lead may take without asking, all extensions of one thing counted together."""
MOST: Final = 80
"""Activities of a workplan: of more, Slack keeps no marks of what somebody has read of each."""
FARTHEST_DAYS: Final = 3 * 366
"""A due date further ahead is a slip of the finger."""
FINAL: Final[frozenset[ActivityState]] = frozenset({"done", "dropped"})
TRANSITIONS: Final[Mapping[WorkplanState, frozenset[WorkplanState]]] = {
    "draft": frozenset({"submitted"}),
    "returned": frozenset({"submitted"}),
    "submitted": frozenset({"complete", "returned"}),
    "complete": frozenset({"approved", "returned"}),
    "approved": frozenset(),
}
"""Into which states a workplan may come from each. Only a Council approves, and only what the secretariat found complete.

A wrong record of an approval is no state of the workplan: it is taken back, and the workplan is complete as before.
"""
STATES: Final[Mapping[ActivityState, Message]] = {
    "not_started": Message("not started"),
    "on_track": Message("on track"),
    "at_risk": Message("at risk"),
    "off_track": Message("off track"),
    "done": Message("done"),
    "dropped": Message("dropped"),
}
_MARCH: Final = 3
_SEPTEMBER: Final = 9


def half_of(day: date) -> str:
    """The half whose calendar due date comes next, that day included: 1 March ends the first half's, 1 September the second's."""
    if day <= date(day.year, _MARCH, 1):
        return f"{day.year}-1"
    return f"{day.year}-2" if day <= date(day.year, _SEPTEMBER, 1) else f"{day.year + 1}-1"


def calendar_due(half: str) -> date:
    """1 March or 1 September: when a half's workplans are due while no meeting is fixed."""
    year, number = half.split("-")
    return date(int(year), _MARCH if number == "1" else _SEPTEMBER, 1)


def before(half: str) -> str:
    """The half before: "2027-1" -> "2026-2"."""
    year, number = half.split("-")
    return f"{year}-1" if number == "2" else f"{int(year) - 1}-2"


def after(half: str) -> str:
    """The half after: "2026-2" -> "2027-1"."""
    year, number = half.split("-")
    return f"{year}-2" if number == "1" else f"{int(year) + 1}-1"


def opens(half: str) -> date:
    """The day on which a half's cycle opens."""
    return calendar_due(half) - timedelta(days=OPENS_DAYS)


def fixed_day(held: PartialDate | None) -> date | None:
    """The day of a meeting; None while none is fixed."""
    return held.first if held is not None and held.precision is Precision.DAY else None


def due(half: str, day: date | None, offset: int, moved_cycle: date | None, moved_plan: date | None) -> tuple[date, DueBy]:
    """When a workplan is due, and what that goes by: its own new date, the cycle's, the meeting that is to approve it, the calendar.

    ``day``: of the meeting, once it is fixed (``fixed_day``). ``offset``: days after it, negative before.
    """
    if moved := moved_plan or moved_cycle:
        return moved, "moved"
    if day:
        return day + timedelta(days=offset), "meeting"
    return calendar_due(half), "calendar"


def is_for(half: str, day: date | None, offset: int, today: date) -> bool:
    """Whether a meeting on a day is the one that is to approve a half's workplans, where nobody said which is. Not one for which they
    would be late already: that, the secretariat decides.
    """
    if day is None:
        return False
    due_day = day + timedelta(days=offset)
    return due_day >= today and abs((due_day - calendar_due(half)).days) <= _NEAR_DAYS


def days_late(plan: WorkplanFacts, day: date) -> int:
    """How many days ago a workplan was due that somebody waits for; 0 for any other."""
    return max(0, (day - plan.due).days) if plan.waited_for else 0


def owed(plan: WorkplanFacts) -> tuple[tuple[str, Language], ...]:
    """What is still to be written in a language, or looked at again: field (``aim``, ``title:12``, ``note:12``) and language.

    A text that stands in neither language was left out, and is not owed.
    """
    return tuple((field, language) for field, text, _ in _texts(plan) for language in text.owed())


def _texts(plan: WorkplanFacts) -> Iterator[tuple[str, Bilingual, ActivityFacts | None]]:
    if plan.aim:
        yield "aim", plan.aim, None
    for activity in plan.activities:
        yield f"title:{activity.id}", activity.title, activity
        if activity.note:
            yield f"note:{activity.id}", activity.note, activity


def missing(plan: WorkplanFacts) -> dict[str, Message]:
    """Why a workplan cannot be published yet: field and language (``aim_fr``, ``title:12_en``) -> what is owed. A note says how
    something goes, and is no part of what is approved.
    """
    return {
        f"{field}_{language}": replace(_OWING[kind, language], values={"n": activity.number} if activity else {})
        for field, text, activity in _texts(plan)
        if (kind := field.partition(":")[0]) != "note"
        for language in text.owed()
    }


_OWING: Final[Mapping[tuple[str, Language], Message]] = {
    ("aim", "en"): Message("The aim is still to be written in English, or looked at again."),
    ("aim", "fr"): Message("The aim is still to be written in French, or looked at again."),
    ("title", "en"): Message("The title of activity {n} is still to be written in English, or looked at again."),
    ("title", "fr"): Message("The title of activity {n} is still to be written in French, or looked at again."),
}


def cannot_approve(held: PartialDate | None, handed_in: datetime | None, today: date) -> Message | None:
    """Why a meeting cannot have approved a workplan; None where it may have, by as much of its date as is known.

    Source: governance rule G1, seed deck: a Council approves a workplan, so it was there to be approved. The day counts where the
    secretariat is.
    """
    if held is None:
        return Message("The date of this meeting is not known yet.")
    if held.first > today:
        return Message("This meeting is still to come.")
    if handed_in and held.last < handed_in.astimezone(ZoneInfo(DEFAULT_ZONE)).date():
        return Message("This meeting was held before the workplan was submitted.")
    return None


def _planned(text: str, reader: Reader) -> list[str]:
    """The lines of a frozen text that say what is planned; not those that say how it goes, states and notes."""
    _, nothing = reader.gettext, Words.verbatim("")
    going = (str(_("– state: {state}", state=nothing)), str(_("– note: {text}", text=nothing)))
    return [line for line in text.splitlines() if not line.startswith(going)]


def text_of(plan: WorkplanFacts, reader: Reader) -> Words:
    """A workplan as it is frozen: a line for each thing said, so that two of them compare well. No numbers: these change."""
    return Words.joined("\n", _lines(plan, reader))


def _lines(plan: WorkplanFacts, reader: Reader) -> Iterator[Words]:
    _ = reader.gettext
    if plan.aim:
        for paragraph in _split(plan.aim.for_(reader)):
            yield _("Aim: {text}", text=paragraph)
    for activity in plan.activities:
        yield headed(activity.title, reader)
        if activity.due:
            yield _("– due date: {date}", date=reader.date(activity.due))
        if activity.owners:
            yield _("– carried out by: {names}", names=reader.listed(Words.verbatim(owner.name) for owner in activity.owners))
        if activity.outcome:
            yield _feeds(activity.outcome, reader)
        yield _("– state: {state}", state=STATES[activity.state].for_(reader))
        if activity.note:
            for paragraph in _split(activity.note.for_(reader)):
                yield _("– note: {text}", text=paragraph)


def _feeds(outcome: OutcomeFacts, reader: Reader) -> Words:
    """What of the logic model an activity feeds."""
    _, text = reader.gettext, _flat(outcome.wording.for_(reader))
    return _("– feeds the output: {text}", text=text) if outcome.term == "output" else _("– feeds the outcome: {text}", text=text)


def headed(title: Bilingual, reader: Reader) -> Words:
    """The line of a frozen text under which all stands that is said of an activity."""
    return Words.joined(" ", (_BULLET, _flat(title.for_(reader))))


_BULLET: Final = Words.verbatim("•")


def _split(text: Words) -> list[Words]:
    return [Words.verbatim(line.strip()) for line in text.splitlines() if line.strip()]


def _flat(text: Words) -> Words:
    return Words.verbatim(" ".join(text.split()))


def difference(old: str, new: str, heads: Mapping[str, Sequence[str]] = MappingProxyType({})) -> tuple[Line, ...]:
    """What became of a text, line by line: each line that went before the one that came for it.

    An activity is compared with itself, whatever it is called by now (``heads``: what headed it then, and what heads it now, each in its
    order where several were called the same); one that is gone, or of which nobody knows, with the one of the same title, or of nearly
    the same: "due in May" of two activities are not the same line.
    """
    was, now = _parts(old), _parts(new)
    lines: list[Line] = []
    left = {head: iter(each) for head, each in heads.items()}
    called = [next(left.get(part[0], iter(())), part[0]) for part in was]
    for change, i, j, k, m in _opcodes(called, [part[0] for part in now]):
        if change == "equal":
            for before_, after in zip(was[i:j], now[k:m], strict=True):
                lines += _line_by_line(before_, after)
        else:
            lines += (line for before_, after in _paired(was[i:j], now[k:m]) for line in _line_by_line(before_, after))
    return tuple(lines)


def replanned(old: str, new: str, reader: Reader, heads: Mapping[str, Sequence[str]] = MappingProxyType({})) -> tuple[Line, ...]:
    """What a text plans otherwise than before: the lines that went and came, each under the activity that it says something of.
    ``heads``: as in ``difference``.
    """
    told: list[Line] = []
    above: Line | None = None
    for line in difference("\n".join(_planned(old, reader)), "\n".join(_planned(new, reader)), heads):
        if line.text.startswith(_BULLET):
            above = line if line.change == "same" else None
        if line.change != "same":
            told += [above, line] if above else [line]
            above = None
    return tuple(told)


def _parts(text: str) -> list[list[str]]:
    """A text in parts: each activity with what is said of it, each line before them alone."""
    parts: list[list[str]] = []
    for line in text.splitlines():
        if line.startswith(_BULLET) or not parts or not parts[-1][0].startswith(_BULLET):
            parts.append([line])
        else:
            parts[-1].append(line)
    return parts


def _line_by_line(was: list[str], now: list[str]) -> Iterator[Line]:
    if was and now and was[0] != now[0] and was[0].startswith(_BULLET) and now[0].startswith(_BULLET):
        yield from (Line("removed", was[0]), Line("added", now[0]))
        was, now = was[1:], now[1:]
    for change, i, j, k, m in _opcodes(was, now):
        if change == "equal":
            yield from (Line("same", text) for text in was[i:j])
        else:
            for before_, after in _paired([[text] for text in was[i:j]], [[text] for text in now[k:m]]):
                yield from (Line("removed", text) for text in before_)
                yield from (Line("added", text) for text in after)


def _paired(was: Sequence[list[str]], now: Sequence[list[str]]) -> Iterator[tuple[list[str], list[str]]]:
    """Each part that went with the one that came for it, or with nothing; those that are new where they stand."""
    start = 0
    for part in was:
        at = next((place for place in range(start, len(now)) if _alike(part, now[place])), None)
        if at is None:
            yield part, []
        else:
            yield from (([], new) for new in now[start:at])
            yield part, now[at]
            start = at + 1
    yield from (([], part) for part in now[start:])


def _alike(was: list[str], now: list[str]) -> bool:
    """Whether a part came for another: a line that says the same thing, or an activity under a title of which most is the same."""
    if not (was[0].startswith(_BULLET) and now[0].startswith(_BULLET)):
        return was[0].partition(":")[0] == now[0].partition(":")[0]
    return SequenceMatcher(None, was[0], now[0], autojunk=False).ratio() > _ALIKE


_ALIKE: Final = 0.6


def _opcodes(was: list[str], now: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, was, now, autojunk=False).get_opcodes()


def wrong_day(day: date, today: date) -> Message | None:
    """Why a new due date cannot be taken; None where it can."""
    if day < today:
        return Message("This date is past. Choose today or a later day.")
    if day > today + timedelta(days=FARTHEST_DAYS):
        return Message("Choose a day within the next three years.")
    return None


def by_right(granted: Iterable[tuple[date, date]], present: date) -> date:
    """The last day until which more time need not be asked for. ``granted``: before and until of what was taken by right already."""
    taken = sum((later - earlier).days for earlier, later in granted)
    return present + timedelta(days=BY_RIGHT_DAYS - taken)


def late_first(plan: WorkplanFacts, today: date) -> tuple[int, date, str]:
    """The order in which the secretariat looks at workplans: the latest, what waits for it, what is to come, what is settled."""
    if days_late(plan, today):
        return 0, plan.due, plan.id
    order: Mapping[WorkplanState, int] = {"submitted": 1, "draft": 2, "returned": 2, "complete": 3, "approved": 4}
    return order[plan.state], plan.due, plan.id


def most_urgent(plan: WorkplanFacts, mine: frozenset[int]) -> tuple[date, str]:
    """The order in which somebody looks at their own: by what is due next, the workplan itself or one of their activities."""
    days = [activity.due for activity in plan.activities if activity.id in mine and activity.open and activity.due]
    if plan.waited_for:
        days.append(plan.due)
    return min(days, default=date.max), plan.id
