"""When somebody is to be told, on plain data: no session, no clock.

A ladder of rungs goes down to a due day and on after it. What is owed follows from the due day, the rungs and the people; on which day
and at what moment it is sent follows from where each of them lives and what they chose.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.core.calendar import FEDERAL, is_working_day, moment, working_day_after, working_day_before
from cadre.core.errors import Message
from cadre.core.i18n import Language
from cadre.core.reader import DEFAULT_ZONE, Reader
from cadre.core.words import Words

Manner = Literal["digest", "alone", "draft", "orphan", "announcement", "prompt"]
"""``digest`` waits for the digest; ``alone`` has its own day; ``draft`` is for the secretariat to send on or not; ``orphan`` is for nobody
but the secretariat, because nobody else can be told; an ``announcement`` comes at once; a ``prompt`` too, at whatever hour it is.
"""
AT_ONCE: Final = ("announcement", "prompt")  # told as soon as it happens, and never put into a digest
Rhythm = Literal["weekly", "daily", "at_once"]
Way = Literal["slack", "email", "both"]

OPENS: Final = 9 * 60
CLOSES: Final = 16 * 60 + 30
"""Minutes after midnight between which people are written to, where they live, unless they chose otherwise."""
_WEEK: Final = 7
AHEAD: Final = 14
"""Days ahead of which notices are planned; a preview looks further."""
FINAL: Final = frozenset({"overtaken", "by_hand", "failed"})
"""Reasons for a skip that stand even if the notice is owed again."""
SECRETARIAT: Final = "secretariat"
DUE: Final = "due"
"""The name of the rung on the due day."""
HALFWAY: Final = "halfway"
"""The name of the rung in the middle between the day on which something begins and its due day."""


@dataclass(frozen=True, slots=True)
class Step:
    """A rung of the ladder, as data: see ``cadre.notices.models.Rung``."""

    kind: str
    days: int
    every: int | None
    recipients: tuple[str, ...]
    manner: Manner
    halfway: bool = False


@dataclass(frozen=True, slots=True)
class Dated:
    """Something that is due on a day, as notices see it.

    ``settled``: why nobody need be told any more (``done``, ``submitted``, ``sunset`` …); None while it is open. ``people``: role word
    -> persons who hold it, confirmed, now. ``begins``: the day on which it opens, where it has one that rungs go by. ``heard``: when
    persons were last told of it by a message of its own (an invitation), after which no rung repeats within a day what they know;
    ``due_too``: but for the due day, which is told all the same.
    """

    kind: str
    subject: str
    due: date | None
    settled: str | None
    people: Mapping[str, tuple[str, ...]]
    begins: date | None = None
    heard: Mapping[str, datetime] = field(default_factory=dict)
    due_too: bool = False


def _nameless(session: Session, subjects: Collection[str]) -> Mapping[str, Bilingual]:
    return {}


def _unwritten(session: Session, subject: str, reader: Reader) -> Words | None:
    return None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of notice that an area declares. ``label``: what people and the secretariat call it; ``letter``: what the secretariat might
    write about one that is late.

    ``batch``: the subjects after one, in order, at most so many; ``some``: those asked for, of which any may be gone.
    ``names``: what subjects are called.
    """

    name: str
    label: Message
    batch: Callable[[Session, str, int], Sequence[Dated]]
    some: Callable[[Session, Collection[str]], Mapping[str, Dated]]
    names: Callable[[Session, Collection[str]], Mapping[str, Bilingual]] = _nameless
    letter: Callable[[Session, str, Reader], Words | None] = _unwritten


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody as notices reach them. ``place``: whose days off count; ``off``: the kinds that they do not want.

    ``user``: in Slack, if known there; ``email``: where they can be written to otherwise; ``unsaid``: nothing says in which language, so
    that a letter is in both.
    """

    person: str
    name: str = ""
    place: str = FEDERAL
    jurisdiction: str | None = None
    zone: str = DEFAULT_ZONE
    language: Language = "en"
    rhythm: Rhythm = "weekly"
    opens: int = OPENS
    closes: int = CLOSES
    off: frozenset[str] = frozenset()
    way: Way = "slack"
    user: str | None = None
    email: str | None = None
    unsaid: bool = False


@dataclass(frozen=True, slots=True)
class Break:
    """Days on which a jurisdiction, or with None everybody, is sent no reminder."""

    jurisdiction: str | None
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Owed:
    """That one person is owed word of one thing: the rung of the ladder, and the day that it falls on for them."""

    kind: str
    subject: str
    occurrence: date
    rung: str
    person: str
    manner: Manner
    on: date

    @property
    def key(self) -> str:
        """What there is one of, whatever is planned how often. A subject is called after its kind; another kind that tells of it too says
        so, for else two ladders would have one rung.
        """
        rung = self.rung if self.subject.startswith(f"{self.kind}:") else f"{self.kind}-{self.rung}"
        return f"{self.subject}:{self.occurrence.isoformat()}:{rung}:{self.person}"


@dataclass(frozen=True, slots=True)
class Around:
    """All that planning needs beside the subject: the rungs, the people, the pauses and what was snoozed."""

    steps: tuple[Step, ...]
    recipients: Mapping[str, Recipient]
    secretariat: tuple[str, ...] = ()
    breaks: tuple[Break, ...] = ()
    snoozed: Mapping[tuple[str, date, str], date] = field(default_factory=dict)


def drafts_of(subject: str) -> str:
    """What the drafts about a subject are put off under: apart from the reminders of the same."""
    return f"draft:{subject}"


def dropped(around: Around, subject: str, due: date) -> bool:
    """Whether the secretariat wants no more drafts about something that is late: none until its due day is another."""
    return any((drafts_of(subject), due, person) in around.snoozed for person in around.secretariat)


def slug(days: int, manner: Manner, *, halfway: bool = False) -> str:
    """The name of a rung: ``before-14``, ``due``, ``late-7``, ``draft-21``, ``halfway``."""
    if halfway:
        return HALFWAY
    if manner == "draft":
        return f"draft-{days}"
    return DUE if days == 0 else f"late-{days}" if days > 0 else f"before-{-days}"


def rungs(
    steps: Iterable[Step], kind: str, due: date, day: date, ahead: int = AHEAD, *, begins: date | None = None
) -> Iterator[tuple[Step, int]]:
    """The rungs of a kind that count on a day: for each step of the ladder those to come within ``ahead`` days, and of all that lie
    behind, the last: what came between is overtaken by it. Two steps may meet on that day. Gives the step and its days after the due day.

    ``begins``: the day from which halfway is counted; without it there is no such rung.
    """
    passed: dict[bool, list[tuple[Step, int]]] = {}
    for step in steps:
        first = middle(begins, due) if step.halfway else step.days
        if step.kind != kind or first is None:
            continue
        for days in _turns(first, None if step.halfway else step.every, (day - due).days, ahead):
            if due + timedelta(days) > day:
                yield step, days
            else:
                passed.setdefault(step.manner == "draft", []).append((step, days))
    for behind in passed.values():
        last = max(days for _, days in behind)
        yield from (each for each in behind if each[1] == last)


def middle(begins: date | None, due: date) -> int | None:
    """The day in the middle between two days, as days after the second, so negative; None where it would be the first, or there is none."""
    length = (due - begins).days if begins else 0
    return length // 2 - length if length > 1 else None


def _turns(first: int, every: int | None, gone: int, ahead: int) -> Iterator[int]:
    """The days of a step that are the last passed one or lie ahead. ``gone``: days since the due day, negative before it."""
    if not every:
        if first <= gone + ahead:
            yield first
        return
    if gone > first:
        first += (gone - first) // every * every
    yield from range(first, gone + ahead + 1, every)


def owed(subject: Dated, around: Around, day: date, ahead: int = AHEAD) -> Iterator[Owed]:
    """Notices owed for a subject on a day, the coming ``ahead`` days included.

    Source: governance rule G1 (twice-yearly approval), seed deck. A rung that falls on a day off moves to the working day before, a late
    one to the next. What is late comes to others than those whose it is, and as a draft, with the first digest from its day on.
    """
    if subject.settled or subject.due is None:
        return
    told: set[tuple[str, date]] = set()
    ladder = tuple(_by_ladder(subject, subject.due, around, day, ahead))
    put_off = _put_off(subject, subject.due, ladder, around, day)
    for made in ladder:
        if _heard(made, subject, around) or _held_back(made, ladder, around):
            continue
        until = around.snoozed.get((subject.subject, subject.due, made.person)) if made.manner != "draft" else None
        if until and made.on <= until:
            put_off[made.person] = until
        if until is None or made.on > until or made.rung == DUE:  # the due day is told whatever was put off before it
            told.add((made.person, made.on))
            yield made
    for person, until in put_off.items():
        if (person, until) not in told:
            yield Owed(subject.kind, subject.subject, subject.due, f"snoozed-{until.isoformat()}", person, "alone", until)


def _put_off(subject: Dated, due: date, ladder: Iterable[Owed], around: Around, day: date) -> dict[str, date]:
    """Until when those whose it is put it off, also where no rung lies before that day; not where a later rung has come since."""
    found: dict[str, date] = {}
    for person in sorted({each for held in subject.people.values() for each in held}) if around.snoozed else ():
        until, recipient = around.snoozed.get((subject.subject, due, person)), around.recipients.get(person)
        if not recipient or not until or until <= day - timedelta(AHEAD) or subject.kind in recipient.off:
            continue
        if not any(made.person == person and until < made.on <= day for made in ladder):
            found[person] = until
    return found


def spared(subject: Dated, around: Around, day: date) -> Iterator[Owed]:
    """What would be owed if its readers had not just been told of the same."""
    if subject.settled is None and subject.due and subject.heard:
        yield from (made for made in _by_ladder(subject, subject.due, around, day, AHEAD) if _heard(made, subject, around))


def _heard(made: Owed, subject: Dated, around: Around) -> bool:
    """Whether a rung lies before the day on which somebody is told of the thing itself, on it, or on the next."""
    at, recipient = subject.heard.get(made.person), around.recipients[made.person]
    if at is None or (subject.due_too and made.rung == DUE):
        return False
    told = proper(at, recipient, around.breaks).astimezone(ZoneInfo(recipient.zone)).date()
    return made.on <= told + timedelta(1)


def _held_back(made: Owed, ladder: Iterable[Owed], around: Around) -> bool:
    """Whether a pause puts a rung off until the day of a later one, or the working day before that: then that one alone is told."""
    recipient = around.recipients[made.person]
    if made.rung == DUE or made.manner == "draft" or free_of(made.on, recipient.jurisdiction, around.breaks) == made.on:
        return False
    following = working_day_after(free_day(made.on, recipient, around.breaks) + timedelta(1), recipient.place)
    return any(each.person == made.person and each.manner != "draft" and made.on < each.on <= following for each in ladder)


def _by_ladder(subject: Dated, due: date, around: Around, day: date, ahead: int) -> Iterable[Owed]:
    """What would be owed if nobody had put anything off. Whoever is named by two steps that meet on a day is told once, as the later
    step says.
    """
    return {(made.rung, made.person): made for made in _by_step(subject, due, around, day, ahead)}.values()


def _by_step(subject: Dated, due: date, around: Around, day: date, ahead: int) -> Iterator[Owed]:
    early = _early(subject, around)
    for step, days in rungs(around.steps, subject.kind, due, day, ahead, begins=subject.begins):
        people = named_by(step, subject, around)
        manner = step.manner
        if manner == "draft" and dropped(around, subject.subject, due):
            continue
        if manner != "draft" and not any(subject.people.values()):
            people, manner = around.secretariat, "orphan"
        name = slug(days, manner, halfway=step.halfway)
        for person in people:
            recipient = around.recipients.get(person)
            if recipient is None or subject.kind in recipient.off:
                continue
            on = _shifted(due, days, manner, recipient.place)
            if manner == "draft":
                on = _after_pauses(on, subject, around)
            if days > 0 and recipient.rhythm == "weekly" and (manner == "draft" or person not in early):
                on = next_digest(on, recipient.place)
            yield Owed(subject.kind, subject.subject, due, name, person, manner, on)


def _after_pauses(day: date, subject: Dated, around: Around) -> date:
    """The first day on which somebody whom a draft is about is in no pause: it is not written while all of them are."""
    people = {person for persons in subject.people.values() for person in persons} & around.recipients.keys()
    return min((free_of(day, around.recipients[person].jurisdiction, around.breaks) for person in people), default=day)


def _early(subject: Dated, around: Around) -> frozenset[str]:
    """Those who hear before something is late: it is theirs. For anyone else nothing comes before its day."""
    early = (step for step in around.steps if step.kind == subject.kind and (step.halfway or step.days <= 0))
    return frozenset(person for step in early for person in named_by(step, subject, around))


def named_by(step: Step, subject: Dated, around: Around) -> Sequence[str]:
    """Whom a step tells of a subject."""
    if step.manner == "draft":
        return around.secretariat
    found = (person for role in step.recipients for person in (around.secretariat if role == SECRETARIAT else subject.people.get(role, ())))
    return tuple(dict.fromkeys(found))


def _shifted(due: date, days: int, manner: Manner, place: str) -> date:
    """What has a day of its own a week before or earlier comes no earlier than that: there is time after a weekend too."""
    day = due + timedelta(days)
    later = days > 0 or (manner == "alone" and days <= -_WEEK)
    return working_day_after(day, place) if later else working_day_before(day, place)


def send_day(notice: Owed, recipient: Recipient, day: date, breaks: Iterable[Break] = ()) -> date:
    """The day on which a notice is sent: that of the digest that brings its week in advance, else its own; never one that is past.

    ``day``: today, where the recipient lives.
    """
    on = notice.on
    if recipient.rhythm == "weekly" and notice.manner in ("digest", "orphan"):
        own, following = digest_day(on, recipient.place), next_digest(day, recipient.place)
        if day <= own <= on:
            on = own
        elif on < following < notice.occurrence:
            on = following  # the digest that would have brought it has gone, and the next is soon enough
    return free_day(max(on, day), recipient, breaks)


def digest_day(day: date, place: str) -> date:
    """The day of the digest of a week: its Monday, or the first working day after it."""
    return working_day_after(day - timedelta(day.weekday()), place)


def next_digest(day: date, place: str) -> date:
    """The next day on which a digest is sent, from a day on."""
    own = digest_day(day, place)
    return own if day <= own else digest_day(day + timedelta(_WEEK), place)


def free_day(day: date, recipient: Recipient, breaks: Iterable[Break] = ()) -> date:
    """The day itself, or the first after it on which the recipient works and is in no pause."""
    while (works := free_of(working_day_after(day, recipient.place), recipient.jurisdiction, breaks)) != day:
        day = works
    return day


def free_of(day: date, jurisdiction: str | None, breaks: Iterable[Break]) -> date:
    """The day itself, or the first after it on which a jurisdiction is in no pause."""
    held = [each for each in breaks if each.jurisdiction in (None, jurisdiction)]
    while last := max((each.last for each in held if each.first <= day <= each.last), default=None):
        day = last + timedelta(1)
    return day


def opening(day: date, recipient: Recipient) -> datetime:
    """The instant at which a recipient may first be written to on a day, in UTC."""
    return moment(day, time(*divmod(recipient.opens, 60)), recipient.zone)


def proper(now: datetime, recipient: Recipient, breaks: Iterable[Break] = ()) -> datetime:
    """The first instant from now on that is in the recipient's working hours, in UTC: now itself, or the opening of a day."""
    local = now.astimezone(ZoneInfo(recipient.zone))
    day, minutes = local.date(), local.hour * 60 + local.minute
    works = is_working_day(day, recipient.place) and free_day(day, recipient, breaks) == day
    if works and recipient.opens <= minutes < recipient.closes:
        return now
    if works and minutes < recipient.opens:
        return opening(day, recipient)
    return opening(free_day(day + timedelta(1), recipient, breaks), recipient)
