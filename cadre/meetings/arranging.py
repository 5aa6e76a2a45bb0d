"""Arranging meetings: to schedule, change, move and cancel them. Whoever is invited is told once, and what changed is named."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import changes, clock
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Conflict, Invalid, Message, NotFound
from cadre.core.models import Change
from cadre.core.reader import named
from cadre.core.typed import tidy, too_long
from cadre.groups.models import Group
from cadre.meetings import repeating, results, rules
from cadre.meetings.models import Invitee, Meeting
from cadre.meetings.reading import load_one
from cadre.meetings.records import (
    SHOWN,
    TIMES,
    accept_own,
    ask_again,
    fill,
    invite,
    is_over,
    new_row,
    plain,
    raise_revision,
    standing_in,
    tell,
)
from cadre.meetings.rights import CHAIRS, INVITED, meeting_row, require_arranger, require_planned
from cadre.meetings.views import IN_PERSON, MEETING, MeetingForm, MeetingView
from cadre.people import holders
from cadre.people.models import Person

_TEXTS: Final = ("title_en", "title_fr", "place_en", "place_fr", "results_en", "results_fr", "link", "joining")


class Meanwhile(Conflict):
    """Somebody changed the meeting since it was shown: whoever comes second sees what (``what_changed``), and decides."""


def schedule(session: Session, form: MeetingForm, *, view_id: str | None = None, poll: int | None = None) -> MeetingView:
    """Make a meeting of a group, and invite people to it: those named, else all who are confirmed in the group. Sent twice, it is one.

    ``poll``: in which its time was found; whoever calls counts what was said there, and the invitation speaks of it.
    Raises NotFound; Forbidden for anyone but its leads, co-chairs and the secretariat; Invalid with all that cannot be taken.
    """
    require_arranger(session, form.group)
    group = session.get(Group, form.group)
    if group is None:
        raise NotFound(form.group)
    same = session.scalar(select(Meeting).where(Meeting.view_id == view_id)) if view_id else None
    if same:
        return load_one(session, same, changes.actor(session))
    require_right(session, form)
    row = new_row(session, form)
    row.view_id = view_id
    _expected(session, row, form)
    invite(session, row, invited(session, form))
    accept_own(session, row, whole=form.repeat is not None)
    if form.repeat:
        repeating.begin(session, row, form.repeat)
    tell(session, row, "meeting_invited", {name: value for name, value in (("series", row.series), ("poll", poll)) if value})
    return load_one(session, row, changes.actor(session))


def require_right(session: Session, form: MeetingForm) -> None:
    """Raises Invalid with all that cannot be taken of a form."""
    texts = {name: tidy(getattr(form, name)) for name in _TEXTS}
    found = too_long(texts)
    unfixed = form.kind == IN_PERSON and form.day is None and form.month is not None
    wanted = form.month.last if unfixed and form.month else form.day
    if not unfixed:
        found |= rules.wrong_time(form.day, form.at, form.zone, form.fold, form.minutes)
    if wanted and wanted < clock.today(session, form.zone):
        found["day"] = Message("This day is past.")
    elif form.day and form.at and not found and rules.start(form.day, form.at, form.zone, form.fold) <= clock.now(session):
        found["at"] = Message("This time is past.")
    found |= repeating.wrong(form)
    if form.day and form.last_day and form.last_day < form.day:
        found["last_day"] = Message("The last day comes after the first.")
    found |= wrong_who_and_how(session, texts["link"], form.invited)
    if found:
        raise Invalid(**found)


def wrong_who_and_how(session: Session, link: str, people: Collection[str] | None) -> dict[str, Message]:
    """What cannot be taken of whom a form names and how they are to join: of a meeting, and of a poll that becomes one."""
    found: dict[str, Message] = {}
    if link and not link.startswith(("https://", "http://")):
        found["link"] = Message("An address begins with https://. Numbers and codes belong in the field below.")
    if people and set(session.scalars(select(Person.id).where(Person.id.in_(people)))) != set(people):
        found["invited"] = Message("Choose one of those offered.")
    return found


def invited(session: Session, form: MeetingForm) -> dict[str, bool]:
    """Who is invited -> whether the meeting cannot do without them: its leads and co-chairs."""
    held = [each for each in holders.of_groups(session, [form.group]) if each.role in INVITED]
    musts = {each.person.id for each in held if each.role in CHAIRS}
    wanted = form.invited if form.invited is not None else tuple(dict.fromkeys(each.person.id for each in held))
    return {person: person in musts for person in wanted}


def change(
    session: Session, id_: str, form: MeetingForm, *, shown: int, why: Bilingual | None = None, onwards: bool = False
) -> MeetingView:
    """Change a meeting, or move it; ``onwards``: and all that come after it in its series. ``shown``: the revision that the window was
    drawn from. ``why``: told with it.

    After another time people are asked again, and whoever was to come in somebody's place is not until they are named again. Raises
    NotFound, Forbidden, Invalid; Meanwhile where somebody changed it since; Conflict where it was cancelled.
    """
    row = _open(session, id_, shown)
    require_right(session, form)
    before = {name: getattr(row, name) for name in SHOWN}
    standing = {each: standing_in(session, each) for each in (repeating.coming(session, row) if onwards and row.series else [row])}
    fresh, gone = _others(session, row, form)
    for each in standing:
        if each is not row:
            _as_well(session, each, fresh, gone)
    if onwards and row.series:
        repeating.change_onwards(session, row, form)
    else:
        fill(row, form)
    _expected(session, row, form)
    row.reason = why
    moved = [name for name in SHOWN if getattr(row, name) != before[name] and (name != "zone" or row.at)]  # without a time it shows nowhere
    if (moved or fresh or gone) and not onwards:
        raise_revision(session, row)
    if TIMES & set(moved) and not onwards:
        ask_again(session, row)
    if moved or onwards:
        tell(session, row, "meeting_changed", {"changed": moved, "was": was(before, moved), "onwards": onwards}, besides=fresh)
    whole = {"series": row.series} if onwards and row.series else {}
    tell(session, row, "meeting_invited", whole, only=fresh)
    tell(session, row, "meeting_left", {"onwards": bool(whole)}, only=gone)
    for each, whom in standing.items():
        if over := whom - standing_in(session, each):
            tell(session, each, "meeting_standing_down", only=sorted(over))
    return load_one(session, row, changes.actor(session))


def _expected(session: Session, row: Meeting, form: MeetingForm) -> None:
    if row.kind == IN_PERSON:
        results.keep(session, row.id, form.results_en, form.results_fr)


def _others(session: Session, row: Meeting, form: MeetingForm) -> tuple[dict[str, bool], list[str]]:
    """Invite whoever was added, and take those off the list who are not to come any more; gives both: those as ``invited`` does."""
    if form.invited is None:
        return {}, []
    there = session.scalars(select(Invitee.person).where(Invitee.meeting == row.id))
    gone, wanted = [person for person in there if person not in form.invited], invited(session, form)
    fresh = _as_well(session, row, wanted, gone)
    return {person: wanted[person] for person in fresh}, gone


def _as_well(session: Session, row: Meeting, fresh: Mapping[str, bool], gone: Collection[str]) -> list[str]:
    """Invite some to a meeting, and take others off its list; gives those who were not invited before."""
    off = session.scalars(select(Invitee).where(Invitee.meeting == row.id, Invitee.person.in_(gone))).all()
    for each in off:
        session.delete(each)
    on = invite(session, row, fresh)
    changes.keep(session, MEETING, row.id, "invited", before=", ".join(each.person for each in off), after=", ".join(on))
    return on


def was(before: Mapping[str, Any], moved: Iterable[str]) -> dict[str, Any]:
    """What stood there before, of what changed, as a notice keeps it."""
    return {name: plain(before[name]) for name in moved if name not in ("link", "joining")}


def cancel(session: Session, id_: str, why: Bilingual | None, *, shown: int, onwards: bool = False) -> MeetingView:
    """Cancel a meeting; ``onwards``: and all that come after it in its series. Everybody is told once. Raises as ``change``."""
    row = _open(session, id_, shown)
    if onwards and row.series:
        repeating.end(session, row)
    else:
        row.state = "cancelled"
        raise_revision(session, row)
    row.reason = why
    tell(session, row, "meeting_cancelled", {"onwards": onwards})
    return load_one(session, row, changes.actor(session))


def _open(session: Session, id_: str, shown: int) -> Meeting:
    """A meeting that can be changed, its row locked."""
    row = meeting_row(session, id_, lock=True)
    require_arranger(session, row.group)
    require_planned(session, row)
    if row.revision != shown:
        raise Meanwhile(named(row.changed_by or ""), row.changed_at or clock.now(session))
    if is_over(session, row):
        raise Invalid(day=Message("This meeting is over: nothing of when and where it was can be changed."))
    return row


def what_changed(session: Session, id_: str, shown: int) -> dict[str, tuple[str | None, str | None]]:
    """For whoever comes second: field -> before and after, of all that was changed since the revision that they were shown."""
    of = (Change.subject == MEETING, Change.subject_id == id_)
    made = select(Change.at).where(*of, Change.field == "revision", Change.after == str(shown)).order_by(Change.id.desc()).limit(1)
    since = session.scalar(made)
    found: dict[str, tuple[str | None, str | None]] = {}
    for row in session.scalars(select(Change).where(*of, Change.at > since).order_by(Change.id)) if since else ():
        if row.field in _SHOWN:
            found[row.field] = (found.get(row.field, (row.before, None))[0], row.after)
    return found


_SHOWN: Final = frozenset(
    {*SHOWN, "invited", "state", "title_en", "title_fr", "place_en", "place_fr", "held_text", "reason_en", "reason_fr"}
)
"""The same as the Changes name them: a text has a column for each language; who is invited stands in rows of its own."""
