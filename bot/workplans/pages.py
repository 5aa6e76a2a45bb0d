"""The web page of a workplan, for one person: reached by a signed link, in either language, without JavaScript."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.registry import Registry
from bot.web.personal import Other, Page, Refusal, about, expired, other_of, reader_of, refusal, whose
from bot.web.templates import environment, respond
from bot.workplans import wording
from bot.workplans.views import concerned
from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Forbidden, NotFound
from cadre.core.i18n import Language
from cadre.core.reader import Actor, Reader, named
from cadre.core.typed import LONGEST
from cadre.core.words import Words
from cadre.notices.recipients import recipients
from cadre.workplans import service as workplans
from cadre.workplans.facts import ActivityFacts, Line, Seen, TextFacts, WorkplanFacts

PATH: Final = "/workplans/{id}"
_TEMPLATES: Final = environment(Path(__file__).with_name("templates"))
_ADDED, _REMOVED, _SAME = Words.verbatim("+"), Words.verbatim("−"), Words.verbatim(" ")


@dataclass(frozen=True, slots=True)
class Text:
    """A text, and the language that it is in: not the page's where that one is owed."""

    words: Words
    language: Words

    @property
    def paragraphs(self) -> list[Words]:
        """Its lines."""
        return [Words.verbatim(line) for line in self.words.splitlines() if line.strip()]


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """A row of the table."""

    title: Text
    outcome: Words | None
    note: Text | None
    kind: Words
    shape: Words
    state: Words
    due: Words
    late: bool
    owners: Words
    said: Words | None


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """A line of the difference: ``mark`` is seen, ``spoken`` heard; ``head``: an activity, of which the lines below say something."""

    change: str
    mark: Words
    spoken: Words
    text: Words
    head: bool


@dataclass(frozen=True, slots=True)
class Version:
    """A frozen text."""

    heading: Words
    language: Words
    lines: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Labels:
    """What headings say."""

    aim: Words
    no_aim: Words
    activities: Words
    no_activity: Words
    activity: Words
    state: Words
    due: Words
    owners: Words
    since: Words
    difference: Words
    no_difference: Words
    versions: Words
    no_version: Words


@dataclass(frozen=True, slots=True)
class WorkplanPage(Page):
    """All that the page shows."""

    cycle: Words
    standing: Words
    late: bool
    settled: tuple[Words, ...]
    owed: tuple[Words, ...]
    aim: Text | None
    activities: tuple[ActivityRow, ...]
    since: tuple[DifferenceLine, ...]
    difference: tuple[DifferenceLine, ...]
    versions: tuple[Version, ...]
    labels: Labels


@dataclass(frozen=True, slots=True)
class Read:
    """What the registry says of a workplan to one person. ``day``: today, where they are; ``zone``: where that is; ``since``: what
    changed since it was handed in.
    """

    seen: Seen
    texts: tuple[TextFacts, ...]
    compared: tuple[Line, ...] | None
    day: date
    zone: str
    since: tuple[Line, ...] = ()


def routes(registry: Registry, secret: str) -> list[Route]:
    """The address of the page. ``secret``: what links are signed with."""
    return [Route(PATH, _endpoint(registry, secret), methods=["GET"])]


def path(id_: str) -> str:
    """Where the page of a workplan is, for a link to be signed."""
    return PATH.format(id=id_)


def _endpoint(registry: Registry, secret: str) -> Callable[[Request], Awaitable[Response]]:
    async def workplan(request: Request) -> Response:
        """A link is good for one person and one page; what that person may see is asked of the registry each time."""
        reader, other = reader_of(request), other_of(request)
        person = whose(request, secret, path(request.path_params["id"]))
        if person is None:
            return _respond("refusal.html", expired(reader, other), 403)
        try:
            read = await registry.read(_read, request.path_params["id"], person, reader.language)
        except (Forbidden, NotFound):
            return _respond("refusal.html", _not_yours(reader, other), 404)
        shown = workplan_page(read, Reader(reader.locale, read.zone, person), other)
        return _respond("workplan.html", shown)

    return workplan


def _respond(template: str, page: WorkplanPage | Refusal, status: int = 200) -> Response:
    return respond(_TEMPLATES, template, page, status)


def _read(session: Session, id_: str, person: str, language: Language) -> Read:
    known = recipients(session, [person]).get(person)
    if known is None:
        raise NotFound(person)
    actor = Actor(known.name, person, known.email)
    return Read(
        seen=workplans.workplan(session, id_, actor),
        texts=tuple(workplans.texts(session, id_, actor)),
        compared=workplans.compared(session, id_, actor, language),
        day=clock.today(session, known.zone),
        zone=known.zone,
        since=workplans.since_kept(session, id_, actor, language),
    )


def _not_yours(reader: Reader, other: Other) -> Refusal:
    _ = reader.gettext
    told = _("This workplan is gone, or you may not see it. Ask the secretariat.")
    return refusal(reader, other, _("There is nothing here for you"), told)


def workplan_page(read: Read, reader: Reader, other: Other) -> WorkplanPage:
    """The page of a workplan."""
    plan, seen = read.seen.plan, read.seen
    today = read.day if concerned(seen) else None
    return WorkplanPage(
        language=Words.verbatim(reader.language),
        title=reader.gettext("Workplan: {target}", target=wording.target(plan, reader)),
        about=about(reader),
        other=other,
        cycle=wording.dots((plan.council_name.for_(reader), wording.cycle(plan.half, reader))),
        standing=wording.standing(plan, today, reader),
        late=today is not None and plan.waited_for and plan.due < today,
        settled=tuple(_settled(plan, read.day, reader)),
        owed=tuple(wording.owed(seen, reader)),
        aim=_text(plan.aim, reader) if plan.aim else None,
        activities=tuple(_row(activity, today, reader) for activity in plan.activities),
        since=() if plan.state == "approved" else _lines(read.since, reader),
        difference=_lines(read.compared or (), reader),
        versions=tuple(_version(text, reader) for text in read.texts),
        labels=_labels(read, reader),
    )


def _settled(plan: WorkplanFacts, day: date, reader: Reader) -> list[Words]:
    _ = reader.gettext
    told = [wording.settled(plan, reader)]
    if plan.reason and plan.state == "returned":
        told.append(_("Reason: {reason}", reason=wording.in_language(plan.reason, plan.reason_in, reader, LONGEST)))
    told += [wording.to_be_approved(plan, day, reader), wording.more_time(plan.asked_until, reader)]
    return [line for line in told if line]


def _row(activity: ActivityFacts, day: date | None, reader: Reader) -> ActivityRow:
    title = _text(activity.title, reader)
    return ActivityRow(
        title=replace(title, words=reader.gettext("{number}. {title}", number=activity.number, title=title.words)),
        outcome=wording.outcome(activity.outcome, reader) if activity.outcome else None,
        note=_text(activity.note, reader) if activity.note else None,
        kind=Words.verbatim(activity.state),
        shape=wording.SHAPES[activity.state],
        state=wording.activity_state(activity.state, reader),
        due=wording.activity_due(activity, day, reader),
        late=activity.open and activity.due is not None and day is not None and activity.due < day,
        owners=wording.owners(activity, reader),
        said=wording.last_said(activity, reader),
    )


def _lines(compared: Sequence[Line], reader: Reader) -> tuple[DifferenceLine, ...]:
    _ = reader.gettext
    marks = {"added": (_ADDED, _("Added:")), "removed": (_REMOVED, _("Removed:"))}
    nothing = (_SAME, Words.verbatim(""))
    return tuple(
        DifferenceLine(line.change, *marks.get(line.change, nothing), text=wording.said_in(line), head=line.text.startswith(wording.BULLET))
        for line in compared
    )


def _version(text: TextFacts, reader: Reader) -> Version:
    _ = reader.gettext
    values = {"number": Words.verbatim(str(text.version)), "who": Words.verbatim(named(text.by)), "when": reader.moment(text.at)}
    if text.event == "submitted":
        heading = _("Version {number}: submitted by {who}, {when}", **values)
    elif text.event == "withdrawn":
        heading = _("Version {number}: the approval was taken back by {who}, {when}", **values)
    elif text.meeting_name:
        heading = _("Version {number}: approved at the meeting {meeting}", meeting=wording.meeting(text.meeting_name, reader), **values)
    else:
        heading = _("Version {number}: approved; recorded by {who}, {when}", **values)
    shown = _text(text.text, reader)
    return Version(heading, shown.language, tuple(shown.paragraphs))


def _labels(read: Read, reader: Reader) -> Labels:
    _, approved = reader.gettext, read.seen.plan.state == "approved"
    return Labels(
        aim=_("Aim"),
        no_aim=_("No aim is written yet."),
        activities=_("Activities"),
        no_activity=_("There are no activities yet."),
        activity=_("Activity"),
        state=_("State"),
        due=_("Due date"),
        owners=_("Who carries it out"),
        since=_("What changed since it was submitted"),
        difference=_("What changed since it was approved") if approved else _("What changed since the last approved text"),
        no_difference=_("No text was approved before.") if read.compared is None else _("Nothing changed."),
        versions=_("Texts that were kept"),
        no_version=_("None was kept yet: the text is kept when it is submitted and when it is approved."),
    )


def _text(text: Bilingual, reader: Reader) -> Text:
    """In the reader's language, else in the other one."""
    language: Language = reader.language if text.in_(reader.language) else "en" if text.en else "fr"
    return Text(text.for_(reader), Words.verbatim(language))
