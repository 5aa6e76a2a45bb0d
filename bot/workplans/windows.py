"""The small windows in which something is written about a workplan, and what is said once it is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from bot.blocks import (
    Block,
    Modal,
    Option,
    actions,
    button,
    context,
    day_picker,
    field,
    menu,
    radio,
    search_many,
    section,
    text_input,
)
from bot.modals import Frame
from bot.workplans import wording
from bot.workplans.meanwhile import Form
from bot.workplans.views import OPEN
from cadre.core.bilingual import Bilingual, Standing
from cadre.core.errors import Message
from cadre.core.i18n import Language
from cadre.core.marks import of_text
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.people.facts import PersonRef
from cadre.workplans.facts import ActivityFacts, OutcomeFacts, Seen, WorkplanFacts
from cadre.workplans.meanwhile import of_activity

ACTIVITY: Final = "workplans.activity"
AIM: Final = "workplans.aim_written"
EXTENSION: Final = "workplans.extension_asked"
OWNERS: Final = "workplans.owners"
RISK: Final = "workplans.risk"
CANDIDATES: Final = "workplans.candidates"
STATE: Final = "state"
NOTE: Final = "note"
FIELD: Final = "workplans.field"
"""What its fields are called."""


def activity(
    plan: WorkplanFacts,
    known: ActivityFacts | None,
    outcomes: Sequence[OutcomeFacts],
    reader: Reader,
    frame: Frame,
    *,
    form: Form | None = None,
) -> Modal:
    """Where an activity is added or changed. The reader's own language comes first. ``form``: what stands in it, shown once more."""
    _ = reader.gettext
    title, note = (known.title, known.note) if known else (None, None)
    form = form or Form(of_activity(known) if known else dict.fromkeys(_LABELS, ""))
    labels = {name: label.for_(reader) for name, label in _LABELS.items()}
    feeds = [Option(wording.outcome(outcome, reader), outcome.id) for outcome in outcomes]
    due = date.fromisoformat(form["due"]) if form["due"] else None
    blocks: list[Block] = [*context(wording.target(plan, reader)), *(form.head(_now(known, labels, reader), reader) if known else ())]
    blocks += [
        *_in_both("title", labels, title, reader, form),
        *_may_be_owed(reader),
        field(form.block("due"), labels["due"], day_picker(FIELD, due), optional=True),
        _owners(known.owners if known else (), reader, form, optional=True),
    ]
    if feeds:
        blocks.append(field(form.block("outcome"), labels["outcome"], menu(FIELD, feeds, form["outcome"]), optional=True))
    blocks += _in_both("note", labels, note, reader, form, tall=True)
    heading = _("Edit an activity") if known else _("Add an activity")
    return window(heading, blocks, reader, form.framed(frame), submit=form.submit(reader), callback=ACTIVITY)


_LABELS: Final = {
    "title_en": Message("Title, in English"),
    "title_fr": Message("Title, in French"),
    "due": Message("Due date"),
    "owners": Message("Who carries it out"),
    "outcome": Message("Output or outcome that it feeds"),
    "note_en": Message("Note, in English"),
    "note_fr": Message("Note, in French"),
}
AIMS: Final = {"aim_en": Message("Aim, in English"), "aim_fr": Message("Aim, in French")}


def _now(known: ActivityFacts, labels: Mapping[str, Words], reader: Reader) -> dict[str, tuple[Words, Words]]:
    """What the registry says of an activity, as people read it, under the names of the fields."""
    told = {name: wording.short(Words.verbatim(text)) for name, text in of_activity(known).items()} | {
        "due": reader.date(known.due) if known.due else Words.verbatim(""),
        "owners": wording.people(known.owners, reader),
        "outcome": wording.outcome(known.outcome, reader) if known.outcome else Words.verbatim(""),
    }
    return {name: (label, told[name]) for name, label in labels.items()}


def aim(plan: WorkplanFacts, reader: Reader, frame: Frame, form: Form | None = None) -> Modal:
    """Where the aim is written, in both languages or in one. ``form``: what stands in it, shown once more."""
    form = form or Form(of_text("aim", plan.aim))
    labels = {name: label.for_(reader) for name, label in AIMS.items()}
    now = {name: (label, wording.short(Words.verbatim(form.now[name]))) for name, label in labels.items()}
    fields = _in_both("aim", labels, None, reader, form, tall=True)
    blocks = [*context(wording.target(plan, reader)), *form.head(now, reader), *fields, *_may_be_owed(reader)]
    return window(reader.gettext("Aim"), blocks, reader, form.framed(frame), submit=form.submit(reader), callback=AIM)


def extension(seen: Seen, known: ActivityFacts | None, at_once: date | None, reader: Reader, frame: Frame) -> Modal:
    """Where somebody takes or asks for more time, for the workplan or for an activity of it. ``at_once``: the last day that is given
    without asking.
    """
    _, of = reader.gettext, known or seen.plan
    waits = of.asked_until is not None and not seen.may_settle
    name = wording.numbered(known, reader) if known else wording.target(seen.plan, reader)
    until = _("Now due: {date}", date=reader.date(of.due)) if of.due else None
    told = [_asked_already(of.asked_until, at_once if waits else None, reader)] if of.asked_until else []
    if waits and at_once is None:
        return Modal(_("More time"), (section(name), *(section(each) for each in told)), close=_("Close"), metadata=frame.packed())
    blocks = [
        section(name),
        *(section(each) for each in told),
        field("until", _("New due date"), day_picker(FIELD), hint=until),
        field("reason", _("Reason"), text_input(FIELD, tall=True), hint=_given(at_once, reader, any_day=seen.may_settle or waits)),
    ]
    return window(_("More time"), blocks, reader, frame, submit=_("Send"), callback=EXTENSION)


def _given(at_once: date | None, reader: Reader, *, any_day: bool) -> Words:
    """Until when time is given without asking."""
    _ = reader.gettext
    if any_day:
        return _("It is given at once.")
    if at_once is None:
        return _("The secretariat is asked.")
    return _("Until {date}, it is given at once. Beyond that, the secretariat is asked.", date=reader.date(at_once))


def _asked_already(until: date, at_once: date | None, reader: Reader) -> Words:
    """What is to be known before anything is written: there is one request at a time, beside the days that are given at once."""
    _, asked = reader.gettext, reader.date(until)
    if at_once is None:
        return _("The secretariat was asked for time until {date} already, and has not answered yet.", date=asked)
    return _(
        "The secretariat was asked for time until {date} already, and has not answered yet. Until {day} you may still take it without "
        "asking.",
        date=asked,
        day=reader.date(at_once),
    )


def owners(known: ActivityFacts, reader: Reader, frame: Frame, form: Form | None = None) -> Modal:
    """Where an activity is given to others. ``form``: what stands in it, shown once more."""
    form = form or Form({"owners": of_activity(known)["owners"]})
    now = _now(known, {"owners": _LABELS["owners"].for_(reader)}, reader)
    blocks = [section(wording.numbered(known, reader)), *form.head(now, reader), _owners(known.owners, reader, form, optional=False)]
    return window(reader.gettext("Reassign"), blocks, reader, form.framed(frame), submit=form.submit(reader), callback=OWNERS)


def going(known: ActivityFacts, language: Language) -> dict[str, str]:
    """How an activity goes: its state, and its note in a language."""
    name = f"{NOTE}_{language}"
    return {STATE: known.state, name: of_text(NOTE, known.note)[name]}


def risk(known: ActivityFacts, reader: Reader, frame: Frame, form: Form | None = None) -> Modal:
    """Where somebody says what stands in the way of an activity. ``form``: what stands in it, shown once more."""
    _, note = reader.gettext, f"{NOTE}_{reader.language}"
    form = form or Form(going(known, reader.language))
    states = [Option(wording.activity_state(state, reader), state) for state in ("at_risk", "off_track")]
    now = {
        STATE: (_("State"), wording.activity_state(known.state, reader)),
        note: (_LABELS[note].for_(reader), wording.short(Words.verbatim(form.now[note]))),
    }
    blocks = [
        section(wording.numbered(known, reader)),
        *form.head(now, reader),
        field(STATE, _("State"), radio(FIELD, states, form.typed.get(STATE, "off_track" if known.state == "off_track" else "at_risk"))),
        field(form.block(note), _("What stands in the way?"), text_input(FIELD, form[note], tall=True)),
    ]
    return window(_("At risk"), blocks, reader, form.framed(frame), submit=form.submit(reader), callback=RISK)


def receipt(heading: Words, told: Words, reader: Reader, about: str = "") -> Modal:
    """What was stored. ``about``: the workplan to go back to."""
    _ = reader.gettext
    back = button(_("Back to the workplan"), OPEN, Frame(about).packed())
    return Modal(heading, (section(told), *(actions(back) if about else ())), close=_("Close"), metadata=Frame(about).packed())


def window(heading: Words, blocks: Sequence[Block], reader: Reader, frame: Frame, *, submit: Words, callback: str) -> Modal:
    """One with fields."""
    return Modal(heading, tuple(blocks), reader.gettext("Cancel"), submit, callback, frame.packed())


def _in_both(
    name: str, labels: Mapping[str, Words], text: Bilingual | None, reader: Reader, form: Form, *, tall: bool = False
) -> list[Block]:
    """A field for each language, the reader's own first."""
    return [
        field(
            form.block(f"{name}_{language}"),
            labels[f"{name}_{language}"],
            text_input(FIELD, form[f"{name}_{language}"], tall=tall),
            _stale(text, language, reader),
            optional=True,
        )
        for language in reader.languages
    ]


def _stale(text: Bilingual | None, language: Language, reader: Reader) -> Words | None:
    """What a save of a text means that its other language left behind."""
    if text is None or text.standing(language) is not Standing.STALE:
        return None
    return reader.gettext("The other language changed since. Change this too; saved as it stands, it counts as right.")


def _owners(held: Sequence[PersonRef], reader: Reader, form: Form, *, optional: bool) -> Block:
    _ = reader.gettext
    known = {person.id: Option(Words.verbatim(person.name), person.id) for person in held} | {each.value: each for each in form.people}
    chosen = set(form["owners"].split(","))
    now = [option for id_, option in known.items() if id_ in chosen]
    return field(form.block("owners"), _("Who carries it out"), search_many(CANDIDATES, _("Type a name"), now), optional=optional)


def _may_be_owed(reader: Reader) -> list[Block]:
    return list(context(reader.gettext("One language is enough for now: the other is then owed.")))
