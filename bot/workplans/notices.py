"""How notices about workplans and activities read, and what can be done about them where they stand."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.blocks import Block, button
from bot.face import Alike, Face, Told
from bot.workplans import notice_parts as parts
from bot.workplans import pages, titles, views, wording
from cadre.core.bilingual import Bilingual
from cadre.core.reader import Reader, named
from cadre.core.rows import by_id
from cadre.core.words import Words
from cadre.workplans import service as workplans
from cadre.workplans.carrying import newest
from cadre.workplans.facts import ACTIVITY, WORKPLAN, ActivityFacts, ExtensionFacts, WorkplanFacts
from cadre.workplans.models import Activity, Workplan
from cadre.workplans.reading import load, load_activities, times_handed_in
from cadre.workplans.rules import missing


@Alike
def _workplans(session: Session, subjects: Collection[str]) -> Mapping[str, WorkplanFacts]:
    ids = sorted(subject.partition(":")[2] for subject in subjects)
    rows = session.scalars(select(Workplan).where(Workplan.id.in_(ids))).all()
    return {plan.subject: plan for plan in load(session, rows)}


@Alike
def _activities(session: Session, subjects: Collection[str]) -> Mapping[str, ActivityFacts]:
    """Each where it goes on by now: what is said of it in an earlier message counts there."""
    by_now = newest(session, (int(subject.partition(":")[2]) for subject in subjects))
    rows = by_id(session, Activity, by_now.values())
    facts = {activity.id: activity for activity in load_activities(session, list(rows.values()))}
    return {f"{ACTIVITY}:{id_}": facts[last] for id_, last in by_now.items() if last in facts}


@Alike
def _extensions(session: Session, subjects: Collection[str]) -> Mapping[str, Mapping[int, ExtensionFacts]]:
    found: dict[str, dict[int, ExtensionFacts]] = {}
    for each in workplans.extensions_of(session, subjects):
        found.setdefault(each.subject, {})[each.id] = each
    return found


@Alike
def _times(session: Session, subjects: Collection[str]) -> Mapping[str, parts.HandedInFacts]:
    plans = _workplans(session, subjects)
    times = times_handed_in(session, [plan.id for plan in plans.values()])
    return {subject: parts.HandedInFacts(plan, times.get(plan.id, ())) for subject, plan in plans.items()}


def _workplan_headline(plan: WorkplanFacts, told: Told, reader: Reader) -> Words:
    """What, due when, how late; once it is handed in, by whom."""
    target, when, days = wording.target(plan, reader), reader.date(plan.due), (told.day - plan.due).days
    settled = wording.settled(plan, reader)
    asked = wording.more_time(plan.asked_until, reader)
    if not plan.awaited:
        return parts.sentences(reader.gettext("Workplan of {target}.", target=target), settled, parts.changed(plan, reader))
    if days == 0:
        due = reader.gettext("{target}: the workplan is due today, {date}.", target=target, date=when)
    elif days < 0:
        due = reader.ngettext(
            "{target}: the workplan is due {date}, in {n} day.",
            "{target}: the workplan is due {date}, in {n} days.",
            -days,
            target=target,
            date=when,
        )
    else:
        due = reader.ngettext(
            "{target}: the workplan was due {date}, {n} day ago.",
            "{target}: the workplan was due {date}, {n} days ago.",
            days,
            target=target,
            date=when,
        )
    return parts.sentences(due, settled, parts.put_off(plan, told, reader), asked)


def _workplan_controls(plan: WorkplanFacts, told: Told, reader: Reader) -> tuple[Block, ...]:
    _ = reader.gettext
    if not plan.awaited:
        return ()
    submit = (button(_("Submit"), views.SUBMIT, plan.id, style="primary"),) if plan.activities else ()
    return (parts.open_(plan.id, reader), *submit, button(_("More time"), views.EXTEND, plan.id))


def _activity_headline(activity: ActivityFacts, told: Told, reader: Reader) -> Words:
    """What, due when, how late; and what was said of it last, and by whom."""
    title, target = wording.title(activity, reader), activity.target.marked(reader)
    if not activity.open:
        return parts.sentences(reader.gettext("{title} ({target}).", title=title, target=target), parts.said(activity, reader))
    due = wording.due(activity.due, told.day, reader) if activity.due else reader.gettext("no due date")
    what = reader.gettext("{title} ({target}): {due}.", title=title, target=target, due=due)
    mine = any(owner.id == told.person for owner in activity.remaining)
    late = activity.due is not None and activity.due < told.day
    said = None if activity.state == "not_started" else parts.once_said(activity, reader) if late else parts.said(activity, reader)
    asked, put_off = wording.more_time(activity.asked_until, reader), parts.put_off(activity, told, reader)
    return parts.sentences(what, None if mine else parts.whose(activity, reader), put_off, said, parts.obstacle(activity, reader), asked)


def _activity_controls(activity: ActivityFacts, told: Told, reader: Reader) -> tuple[Block, ...]:
    return tuple(_of_activity(activity, reader)) if activity.open else ()


def _of_activity(activity: ActivityFacts, reader: Reader) -> Iterator[Block]:
    _, value = reader.gettext, views.named(activity)
    yield button(_("Done"), views.DONE, value, style="primary")
    yield button(_("On track"), views.ON_TRACK, value)
    yield button(_("At risk"), views.AT_RISK, value)
    if activity.due:
        yield button(_("More time"), views.EXTEND, value)
    yield button(_("Reassign"), views.REASSIGN, value)


def _submitted_headline(facts: parts.HandedInFacts, told: Told, reader: Reader) -> Words:
    """Once it is settled, how and by whom: of this time, and of no later one."""
    plan = facts.then(told)
    _, values = reader.gettext, {"target": wording.target(plan, reader), "who": parts.by(told, reader)}
    again = told.detail.get("again")
    what = (
        _("{target}: the workplan was submitted again by {who}.", **values)
        if again
        else _("{target}: the workplan was submitted by {who}.", **values)
    )
    return parts.sentences(what, None if plan.state == "submitted" else wording.settled(plan, reader), parts.changed(plan, reader))


def _submitted_controls(facts: parts.HandedInFacts, told: Told, reader: Reader) -> tuple[Block, ...]:
    return (parts.open_(facts.plan.id, reader),) if facts.last(told) else ()


def _returned_headline(facts: parts.HandedInFacts, told: Told, reader: Reader) -> Words:
    _ = reader.gettext
    what = _("{target}: {who} returned the workplan.", target=wording.target(facts.plan, reader), who=parts.by(told, reader))
    return parts.sentences(what, parts.reason(told, reader))


def _returned_controls(facts: parts.HandedInFacts, told: Told, reader: Reader) -> tuple[Block, ...]:
    return _workplan_controls(facts.plan, told, reader) if facts.last(told) else ()


def _page_of(facts: parts.HandedInFacts, told: Told) -> str | None:
    return pages.path(facts.plan.id)


def _not_complete(plan: WorkplanFacts, told: Told) -> bool:
    return plan.state != "complete"


def _accepted_headline(plan: WorkplanFacts, told: Told, reader: Reader) -> Words:
    _, values = reader.gettext, {"target": wording.target(plan, reader), "who": parts.by(told, reader)}
    if plan.state != "complete":
        return parts.sentences(_("{target}: {who} accepted the workplan.", **values), wording.settled(plan, reader))
    if missing(plan):
        return _("{target}: {who} accepted the workplan. The Council can approve it once it stands in both languages.", **values)
    return _("{target}: {who} accepted the workplan. The Council can approve it now.", **values)


def _approved_headline(plan: WorkplanFacts, told: Told, reader: Reader) -> Words:
    """At which meeting: earlier announcements say its id only, which means nothing to people. And whether the record still stands."""
    _, values = reader.gettext, {"target": wording.target(plan, reader), "who": parts.by(told, reader)}
    meeting = told.detail.get("meeting")
    if isinstance(meeting, dict):
        name = wording.meeting(Bilingual(meeting["en"], meeting["fr"]), reader)
        what = _("{target}: the Council approved the workplan at the meeting {meeting}. Recorded by {who}.", meeting=name, **values)
    else:
        what = _("{target}: the Council approved the workplan. Recorded by {who}.", **values)
    return parts.sentences(what, None if plan.state == "approved" else wording.settled(plan, reader), parts.changed(plan, reader))


def _unapproved_headline(plan: WorkplanFacts, told: Told, reader: Reader) -> Words:
    _ = reader.gettext
    what = _("{target}: {who} took back the approval that was recorded.", target=wording.target(plan, reader), who=parts.by(told, reader))
    return parts.sentences(what, parts.reason(told, reader))


def _assigned_headline(activity: ActivityFacts, told: Told, reader: Reader) -> Words:
    what = reader.gettext("{who} gave you this to carry out.", who=parts.by(told, reader))
    return parts.sentences(what, _activity_headline(activity, told, reader))


def _asked_headline(requests: Mapping[int, ExtensionFacts], told: Told, reader: Reader) -> Words:
    _, asked = reader.gettext, parts.request_of(requests, told)
    answer = None
    if asked.settled_by and asked.state == "approved":
        answer = _("Given by {who}.", who=Words.verbatim(named(asked.settled_by)))
    elif asked.settled_by and asked.state == "refused":
        answer = _("Not given; settled by {who}.", who=Words.verbatim(named(asked.settled_by)))
    return parts.sentences(wording.extension(asked, reader), answer)


def _asked_controls(requests: Mapping[int, ExtensionFacts], told: Told, reader: Reader) -> tuple[Block, ...]:
    asked = parts.request_of(requests, told)
    return views.answers(asked, reader) if asked.state == "asked" else (parts.open_(asked.plan, reader),)


def _answered_headline(requests: Mapping[int, ExtensionFacts], told: Told, reader: Reader) -> Words:
    _, asked = reader.gettext, parts.request_of(requests, told)
    values = {"name": wording.of_extension(asked, reader), "who": parts.by(told, reader), "until": parts.until(told, reader)}
    if told.detail.get("approved"):
        return _("{name}: {who} gave you time until {until}.", **values)
    return parts.sentences(
        _("{name}: {who} did not grant more time (until {until}). The due date stays.", **values), parts.reason(told, reader)
    )


def _extension_page(requests: Mapping[int, ExtensionFacts], told: Told) -> str | None:
    return pages.path(parts.request_of(requests, told).plan)


def _none(facts: Any, told: Told, reader: Reader) -> tuple[Block, ...]:
    return ()


def _workplan_page(plan: WorkplanFacts, told: Told) -> str | None:
    return pages.path(plan.id)


def _activity_page(activity: ActivityFacts, told: Told) -> str | None:
    return pages.path(activity.workplan)


def _opened_headline(plan: WorkplanFacts, told: Told, reader: Reader) -> Words:
    what = reader.gettext("{target}: a new half-year begins, and its workplan can be written.", target=wording.target(plan, reader))
    if not plan.awaited:
        return parts.sentences(what, wording.settled(plan, reader), parts.changed(plan, reader))
    due = reader.gettext("{what}.", what=wording.due(plan.due, told.day, reader).sentence)
    asked = wording.more_time(plan.asked_until, reader)
    return parts.sentences(what, due, wording.settled(plan, reader), parts.put_off(plan, told, reader), asked)


def _moved(plan: WorkplanFacts, told: Told, values: dict[str, Words], reader: Reader) -> Words:
    """From which day a due date moved to which, and by whom, or with what."""
    _ = reader.gettext
    if told.detail.get("follows") == "meeting" and plan.meeting_name:
        meeting = plan.meeting_name.marked(reader)
        return _(
            "{target}: the workplan is due on {day} instead of {before}, for the meeting that is to approve it: {meeting}.",
            meeting=meeting,
            **values,
        )
    if "follows" in told.detail:
        return _(
            "{target}: the workplan is due on {day} instead of {before}. No meeting that is to approve it is fixed any more.", **values
        )
    return _("{target}: {who} moved the due date of the workplan from {before} to {day}.", who=parts.by(told, reader), **values)


def _moved_headline(plan: WorkplanFacts, told: Told, reader: Reader) -> Words:
    target = wording.target(plan, reader)
    if "from" not in told.detail:  # told before both days were kept
        return parts.sentences(
            reader.gettext("{target}: {who} moved the due date of the workplan.", target=target, who=parts.by(told, reader))
        )
    was, day = (date.fromisoformat(told.detail[name]) for name in ("from", "to"))
    what = _moved(plan, told, {"target": target, "before": reader.date(was), "day": reader.date(day)}, reader)
    now = reader.gettext("By now it is due {date}.", date=reader.date(plan.due)) if plan.awaited and plan.due != day else None
    return parts.sentences(what, now, None if plan.awaited else wording.settled(plan, reader), wording.more_time(plan.asked_until, reader))


def _activity_moved_headline(activity: ActivityFacts, told: Told, reader: Reader) -> Words:
    """From which day its due date moved to which, and by whom; and how it stands, where that is otherwise by now."""
    _, day = reader.gettext, date.fromisoformat(told.detail["to"])
    what = _(
        "{title} ({target}): {who} moved the due date from {before} to {day}.",
        title=wording.title(activity, reader),
        target=activity.target.for_(reader),
        who=parts.by(told, reader),
        before=reader.date(date.fromisoformat(told.detail["from"])),
        day=reader.date(day),
    )
    if not activity.open:
        return parts.sentences(what, parts.said(activity, reader))
    return parts.sentences(
        what, _("By now it is due {date}.", date=reader.date(activity.due)) if activity.due and activity.due != day else None
    )


def _closed(activity: ActivityFacts, told: Told) -> bool:
    return not activity.open


def _handed_in(plan: WorkplanFacts, told: Told) -> bool:
    return not plan.awaited


def _looked_at(facts: parts.HandedInFacts, told: Told) -> bool:
    return facts.then(told).state != "submitted"


def _not_approved(plan: WorkplanFacts, told: Told) -> bool:
    return plan.state != "approved"


def _answered(requests: Mapping[int, ExtensionFacts], told: Told) -> bool:
    return parts.request_of(requests, told).state != "asked"


def _extension_title(requests: Mapping[int, ExtensionFacts], told: Told, reader: Reader) -> Words:
    return titles.extension(parts.request_of(requests, told), told, reader)


def _title_of(facts: parts.HandedInFacts, told: Told, reader: Reader) -> Words:
    return titles.SETTLED[told.kind](facts.plan, told, reader)


_FACES: Final = (
    Face(WORKPLAN, _workplans, _workplan_headline, _workplan_controls, _workplan_page, title=titles.workplan),
    Face(ACTIVITY, _activities, _activity_headline, _activity_controls, _activity_page, title=titles.activity),
    Face("workplan_opened", _workplans, _opened_headline, _workplan_controls, _workplan_page, _handed_in, title=titles.OPENED),
    Face("workplan_moved", _workplans, _moved_headline, _workplan_controls, _workplan_page, _handed_in, title=titles.moved),
    Face("workplan_submitted", _times, _submitted_headline, _submitted_controls, _page_of, _looked_at, title=_title_of),
    Face("workplan_returned", _times, _returned_headline, _returned_controls, _page_of, title=_title_of),
    Face("workplan_accepted", _workplans, _accepted_headline, _none, _workplan_page, _not_complete),
    Face("workplan_approved", _workplans, _approved_headline, _none, _workplan_page, _not_approved),
    Face("workplan_unapproved", _workplans, _unapproved_headline, _none, _workplan_page),
    Face("extension_asked", _extensions, _asked_headline, _asked_controls, _extension_page, _answered, title=_extension_title),
    Face("extension_settled", _extensions, _answered_headline, _asked_controls, _extension_page, title=_extension_title),
    Face("activity_moved", _activities, _activity_moved_headline, _activity_controls, _activity_page, _closed, title=titles.activity_moved),
    Face("activity_assigned", _activities, _assigned_headline, _activity_controls, _activity_page, title=titles.assigned),
)
FACES: Final = tuple(replace(face, own=True, title=face.title or titles.SETTLED[face.kind], part=face.kind == ACTIVITY) for face in _FACES)
