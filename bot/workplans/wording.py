"""How workplans and activities are worded, wherever they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from bot.blocks import cut
from bot.markup import bold
from cadre.core.bilingual import Bilingual
from cadre.core.i18n import is_language
from cadre.core.reader import Reader, named
from cadre.core.words import Words
from cadre.people.facts import PersonRef
from cadre.workplans import logic_wording
from cadre.workplans import wording as told
from cadre.workplans.facts import (
    ActivityFacts,
    ActivityState,
    ExtensionFacts,
    Line,
    PutOff,
    Seen,
    WorkplanFacts,
)
from cadre.workplans.rules import STATES

changed_since = told.changed_since
cycle = told.cycle
dots = told.dots
due = told.due
meeting = told.meeting
more_time = told.more_time
SHAPES = told.SHAPES
outcome = logic_wording.outcome
plan_state = told.plan_state
standing = told.standing
to_be_approved = told.to_be_approved

BULLET: Final = "• "
"""What the line of an activity begins with in a kept text."""
_TITLE: Final = 200
TEXT: Final = 700
"""Characters of a title and of a text that are shown where others stand around them."""


def activity_state(state: ActivityState, reader: Reader) -> Words:
    """ "On track"."""
    return STATES[state].for_(reader).sentence


def target(plan: WorkplanFacts, reader: Reader) -> Words:
    """Whose workplan it is."""
    return plan.target_name.marked(reader)


def row(plan: WorkplanFacts, today: date | None, reader: Reader) -> Words:
    """A workplan in a list, on two lines."""
    below = dots((cycle(plan.half, reader), standing(plan, today, reader)))
    return Words.joined("\n", (target(plan, reader), below))


def activity_due(activity: ActivityFacts, today: date | None, reader: Reader) -> Words:
    """ "Due March 1, 2027, 3 days late"."""
    if activity.due is None:
        return reader.gettext("No due date yet") if activity.open else reader.gettext("No due date")
    return due(activity.due, today, reader, waits=activity.open).sentence


def planned(activity: ActivityFacts, reader: Reader) -> tuple[Words, Words]:
    """What is planned of an activity: its number, and its title in each language, when it is due, who carries it out, what it feeds."""
    titles = [short(Words.verbatim(text), _TITLE) for each in reader.languages if (text := activity.title.in_(each))]
    feeds = outcome(activity.outcome, reader) if activity.outcome else None
    rest = dots((Words.joined(" / ", titles), activity_due(activity, None, reader), owners(activity, reader), feeds))
    return reader.gettext("Activity {number}", number=activity.number), rest


def differences(compared: Iterable[Line], reader: Reader) -> Iterator[Words]:
    """What became of a text, a line each: only what differs, under the activity that it says something of."""
    _ = reader.gettext
    for line in compared:
        text = short(said_in(line), _TITLE)
        match line.change:
            case "added":
                yield _("Now: {text}", text=text)
            case "removed":
                yield _("Before: {text}", text=text)
            case _:
                yield text


def said_in(line: Line) -> Words:
    """What a line of a kept text says, without the sign that it begins with."""
    return Words.verbatim(line.text.removeprefix("– ").removeprefix(BULLET))


def people(persons: Iterable[PersonRef], reader: Reader) -> Words:
    """ "Robin Ashgrove and Camille Clairval"; empty for nobody."""
    return reader.listed(Words.verbatim(person.name) for person in persons)


def owners(activity: ActivityFacts, reader: Reader) -> Words:
    """Who carries it out, and who did until they left."""
    now = people(activity.remaining, reader) if activity.remaining or activity.gone else reader.gettext("Nobody yet")
    return Words.joined("; ", (each for each in (now, gone(activity, reader)) if each))


def gone(activity: ActivityFacts, reader: Reader) -> Words | None:
    """Who carries it out no more, because they left."""
    if not activity.gone:
        return None
    return reader.ngettext(
        "{names} no longer holds a role there",
        "{names} no longer hold a role there",
        len(activity.gone),
        names=people(activity.gone, reader),
    )


def numbered(activity: ActivityFacts, reader: Reader) -> Words:
    """ "3. Plant the orchard"."""
    return reader.gettext("{number}. {title}", number=activity.number, title=title(activity, reader))


def goes(activity: ActivityFacts, reader: Reader) -> Words:
    """ "At risk · Rain": its state, and its note, marked where it is in the other language only."""
    note = brief(activity.note, reader, TEXT) if activity.note else None
    return dots((activity_state(activity.state, reader), note))


def going_on(seen: Seen, reader: Reader) -> Words | None:
    """That what is open goes on in the next workplan, where it does."""
    if not any(each.open and each.id in seen.going_on for each in seen.plan.activities):
        return None
    return reader.gettext("Its open activities go on in the next workplan.")


def as_said(activity: ActivityFacts, reader: Reader) -> Words:
    """ "3. Plant the orchard: At risk · Rain"."""
    return reader.gettext("{name}: {what}", name=numbered(activity, reader), what=goes(activity, reader))


def title(activity: ActivityFacts, reader: Reader) -> Words:
    """What it is called, where it stands among others."""
    return brief(activity.title, reader)


def brief(text: Bilingual, reader: Reader, limit: int = _TITLE) -> Words:
    """As much of a text as a line has room for, and that it is in the other language only, where it is."""
    english, french = (text_ and short(Words.verbatim(text_), limit) for text_ in (text.en, text.fr))
    return Bilingual(english, french).marked(reader)


def last_said(activity: ActivityFacts, reader: Reader) -> Words | None:
    """By whom and when its state was last said; None where it never was."""
    if activity.told_at is None or activity.told_by is None:
        return None
    day = reader.date(reader.local(activity.told_at).date())
    return reader.gettext("Last update: {date}, {who}", date=day, who=Words.verbatim(named(activity.told_by)))


def settled(plan: WorkplanFacts, reader: Reader) -> Words | None:
    """Who brought it into its state, and when; None for a draft that nobody touched."""
    if plan.settled_at is None or plan.settled_by is None:
        return None
    _ = reader.gettext
    values = {"who": Words.verbatim(named(plan.settled_by)), "date": reader.date(reader.local(plan.settled_at).date())}
    match plan.state:
        case "submitted":
            return _("Submitted by {who}, {date}.", **values)
        case "complete" if plan.reason:
            why = in_language(plan.reason, plan.reason_in, reader)
            return _("The approval was taken back by {who}, {date}. Reason: {reason}", reason=why, **values)
        case "complete":
            return _("Accepted by {who}, {date}. It waits for the approval of the Council.", **values)
        case "returned":
            return _("Returned by {who}, {date}.", **values)
        case "approved" if plan.approved_name:
            held = meeting(plan.approved_name, reader)
            if plan.decision:
                values["number"] = Words.verbatim(plan.decision)
                return _("Approved at the meeting {meeting} (decision {number}). Recorded by {who}, {date}.", meeting=held, **values)
            return _("Approved at the meeting {meeting}. Recorded by {who}, {date}.", meeting=held, **values)
        case "approved":
            return _("Approved. Recorded by {who}, {date}.", **values)
        case _:
            return None


def owed(seen: Seen, reader: Reader) -> Iterator[Words]:
    """What is still to be written, or looked at again: a sentence for each language in which something is."""
    _, numbers = reader.gettext, {str(activity.id): activity.number for activity in seen.plan.activities}
    told: dict[str, list[Words]] = {"en": [], "fr": []}
    for field, language in seen.owed:
        kind, _colon, id_ = field.partition(":")
        match kind:
            case "title":
                told[language].append(_("the title of activity {number}", number=numbers.get(id_, 0)))
            case "note":
                told[language].append(_("the note of activity {number}", number=numbers.get(id_, 0)))
            case _:
                told[language].append(_("the aim"))
    if told["en"]:
        yield _("To write or review in English: {texts}.", texts=reader.listed(told["en"]))
    if told["fr"]:
        yield _("To write or review in French: {texts}.", texts=reader.listed(told["fr"]))


def undated(seen: Seen, reader: Reader) -> Words | None:
    """Of how many activities it is still to be said when they are due, to those who write the workplan: in bold, for nothing else reminds
    of it.
    """
    n = sum(day_owed(activity, seen) for activity in seen.plan.activities)
    if not n:
        return None
    return bold(
        reader.ngettext(
            "{n} activity has no due date yet: nobody is reminded of it.",
            "{n} activities have no due date yet: nobody is reminded of them.",
            n,
        )
    )


def day_owed(activity: ActivityFacts, seen: Seen) -> bool:
    """Whether those who look write the workplan and still have to say when an activity is due."""
    waits = activity.open and activity.due is None and activity.id not in seen.going_on
    return seen.may_edit and waits and seen.plan.state != "approved"


def put_off(given: PutOff | None, reader: Reader) -> Words | None:
    """Who gave or took more time, when, and when it was due before."""
    if given is None:
        return None
    _, before = reader.gettext, reader.date(given.before)
    values = {"who": Words.verbatim(named(given.who)), "day": reader.date(reader.local(given.at).date()), "before": before}
    if given.taken:
        return _("{who} took more time on {day}; it was due {before}.", **values)
    return _("More time given by {who}, {day}; it was due {before}.", **values)


def of_extension(asked: ExtensionFacts, reader: Reader) -> Words:
    """What more time is for: a workplan, or an activity and whose it is."""
    target = asked.target.marked(reader)
    if asked.name == asked.target:
        return reader.gettext("Workplan of {target}", target=target)
    return reader.gettext("{title} ({target})", title=brief(asked.name, reader), target=target)


def extension(asked: ExtensionFacts, reader: Reader) -> Words:
    """What somebody asks for, and why: of what, instead of which due date, and how much time was given for it already. Once it is
    answered: on which day they asked, with all as it stood then.
    """
    _ = reader.gettext
    values = {
        "name": brief(asked.name, reader),
        "target": asked.target.marked(reader),
        "who": Words.verbatim(named(asked.asked_by)),
        "until": reader.date(asked.until),
        "before": reader.date(asked.before),
        "day": reader.date(reader.local(asked.asked_at).date()),
    }
    waits, n, of_plan = asked.state == "asked", asked.taken, asked.name == asked.target
    if waits and of_plan:
        what = _("{target}: {who} asks for time until {until} instead of {before} for the workplan.", **values)
    elif waits:
        what = _("{name} ({target}): {who} asks for time until {until} instead of {before}.", **values)
    elif of_plan:
        what = _("{target}: {who} asked on {day} for time until {until} instead of {before} for the workplan.", **values)
    else:
        what = _("{name} ({target}): {who} asked on {day} for time until {until} instead of {before}.", **values)
    now = _("By now it is due {date}.", date=reader.date(asked.due)) if waits and asked.due and asked.due != asked.before else None
    if waits:
        taken = reader.ngettext("{n} day was given for it already.", "{n} days were given for it already.", n) if n else None
    else:
        taken = reader.ngettext("{n} day had been given for it by then.", "{n} days had been given for it by then.", n) if n else None
    reason = _("Reason: “{reason}”.", reason=short(Words.verbatim(asked.reason.rstrip("."))))
    return Words.joined(" ", (each for each in (what, now, taken, reason) if each))


def short(text: Words, limit: int = TEXT) -> Words:
    """The beginning of a text that may fill a screen by itself."""
    return Words.verbatim(cut(text, limit))


def in_language(text: str, language: str | None, reader: Reader, limit: int = TEXT) -> Words:
    """What somebody wrote in one language, marked where it is not the reader's; of what was written before it was kept, nobody knows."""
    told = short(Words.verbatim(text), limit)
    return Bilingual(**{"en": None, "fr": None, language: told}).marked(reader) if is_language(language) else told


def lines(parts: Iterable[Words | None]) -> Words:
    """Texts one below the other; those that are not there are left out."""
    return Words.joined("\n", (part for part in parts if part))
