"""Arranging meetings: to schedule, change, move and cancel them. Whoever is invited is told once, and what changed is named."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
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
from cadre.groups.rights import require_going
from cadre.meetings import repeating, results, rules
from cadre.meetings.models import Invitee, Meeting, Series
from cadre.meetings.reading import load_one
from cadre.meetings.records import (
    SHOWN,
    TIMES,
    accept_own,
    answered,
    ask_again,
    fill,
    invite,
    is_over,
    new_row,
    one_day,
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
    require_going(session, form.group)
    row = new_row(session, form)
    row.view_id = view_id
    _expected(session, row, form)
    invite(session, row, invited(session, form))
    accept_own(session, row, whole=form.repeat is not None)
    if form.repeat:
        repeating.begin(session, row, form.repeat)
    tell(session, row, "meeting_invited", {name: value for name, value in (("series", row.series), ("poll", poll)) if value})
    return load_one(session, row, changes.actor(session))


def require_right(session: Session, form: MeetingForm, whole: MeetingForm | None = None, row: Meeting | None = None) -> None:
    """Raises Invalid with all that cannot be taken of a form; ``whole``: as it is of all that come from one meeting of a series on.

    ``row``: the meeting that is changed. Where it has a day and no hour yet, it needs none; nor does one in person.
    """
    texts = {name: tidy(getattr(form, name)) for name in _TEXTS}
    found = too_long(texts)
    unfixed = form.kind == IN_PERSON and form.day is None and form.month is not None
    wanted = form.month.last if unfixed and form.month else form.day
    if not unfixed:
        hourless = form.kind == IN_PERSON or (row is not None and one_day(row) is not None and row.at is None)
        found |= rules.wrong_time(form.day, form.at, form.zone, form.fold, form.minutes, hourless=hourless)
    if wanted and wanted < clock.today(session, form.zone):
        found["day"] = Message("This day is past.")
    elif form.day and form.at and not found and rules.start(form.day, form.at, form.zone, form.fold) <= clock.now(session):
        found["at"] = Message("This time is past.")
    found |= repeating.wrong(whole or form)
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
    session: Session,
    id_: str,
    form: MeetingForm,
    *,
    shown: int,
    why: Bilingual | None = None,
    onwards: bool = False,
    people: Collection[str] | None = None,
) -> MeetingView:
    """Change a meeting, or move it; ``onwards``: and all that come after it in its series. ``shown``: the revision that the window was
    drawn from; ``people``: whom it showed as invited, so that of two who invite at once neither takes out whom the other added; None:
    those who are. ``why``: told with it.

    After another time people are asked again, and whoever was to come in somebody's place is not until they are named again. Raises
    NotFound, Forbidden, Invalid; Meanwhile where somebody changed it since; Conflict where it was cancelled.
    """
    row = _open(session, id_, shown)
    onwards = onwards and row.series is not None
    rows = repeating.coming(session, row) if onwards else [row]
    require_right(session, form, repeating.from_here(form, *_of_series(session, row)) if onwards else None, row)
    before = {each: {name: getattr(each, name) for name in SHOWN} for each in rows}
    standing, given = {each: standing_in(session, each) for each in rows}, answered(session, rows)
    fresh, gone, listed = _others(session, rows, form, people)
    another = onwards and repeating.change_onwards(session, row, form)
    if not onwards:
        fill(row, form)
    _expected(session, row, form)
    moved = {each: _moved(each, before[each]) for each in rows}
    for each in rows:
        if not another and (moved[each] or each in listed):
            raise_revision(session, each)
            if TIMES & set(moved[each]):
                ask_again(session, each)
        each.reason = why if moved[each] or another else each.reason
    told, lost = set(fresh), _lost(given, answered(session, rows))
    for each in rows:
        what, off = moved[each], each.state == "cancelled"
        detail = {} if off else {"changed": what, "was": was(before[each], what), "onwards": onwards, "another": another}
        if what or another:
            told |= {*tell(session, each, "meeting_cancelled" if off else "meeting_changed", detail, besides=told, own={} if off else lost)}
    tell(session, row, "meeting_invited", {"series": row.series} if onwards else None, only=fresh)
    for each, people_ in gone.items():
        tell(session, each, "meeting_left", {"onwards": onwards, "another": another}, only=people_)
    for each, whom in standing.items():
        now, detail = standing_in(session, each), {"moved": bool(TIMES & set(moved[each]))}
        over = {other: {"of": names} for other, names in whom.items() if other not in now}
        tell(session, each, "meeting_standing_down", detail, only=sorted(over), own=over)
    return load_one(session, row, changes.actor(session))


def _moved(row: Meeting, before: Mapping[str, Any]) -> list[str]:
    """What of a meeting that people are shown is otherwise than before: a zone is not, where no time is known."""
    return [name for name in SHOWN if getattr(row, name) != before[name] and (name != "zone" or row.at)]


def _lost(before: Mapping[tuple[str, str], str | None], now: Collection[tuple[str, str]]) -> dict[str, dict[str, Any]]:
    """Whose answer is gone, as each is told it: with the name of whoever was to come in their place."""
    gone = [(person, other) for (meeting, person), other in before.items() if (meeting, person) not in now]
    others = {person: other for person, other in gone if other}
    return {person: {"asked_again": True, "stood_in": others.get(person)} for person, _other in gone}


def _of_series(session: Session, row: Meeting) -> tuple[Series, Meeting, date]:
    """A meeting's series, and its day by the rule."""
    assert row.occurrence
    return session.get_one(Series, row.series), row, row.occurrence


def _expected(session: Session, row: Meeting, form: MeetingForm) -> None:
    if row.kind == IN_PERSON:
        results.keep(session, row.id, form.results_en, form.results_fr)


def _others(
    session: Session, rows: Sequence[Meeting], form: MeetingForm, shown: Collection[str] | None
) -> tuple[list[str], dict[Meeting, list[str]], set[Meeting]]:
    """Invite whoever was added to some meetings, and take those off their lists who are not to come any more. Gives whom, each once: who
    is taken off, with the first meeting that it is so of; and of which meetings the list is another.

    ``shown``: those among whom was chosen; None: those who are invited to the first.
    """
    if form.invited is None:
        return [], {}, set()
    there = select(Invitee).where(Invitee.meeting.in_([each.id for each in rows])).order_by(Invitee.id)
    all_: dict[str, list[Invitee]] = {row.id: [] for row in rows}
    for each in session.scalars(there):
        all_[each.meeting].append(each)
    shown = {each.person for each in all_[rows[0].id]} if shown is None else set(shown)
    added, out = {person: must for person, must in invited(session, form).items() if person not in shown}, shown - set(form.invited)
    fresh: dict[str, None] = {}
    gone: dict[str, Meeting] = {}
    listed: set[Meeting] = set()
    for row in rows:
        off = [each for each in all_[row.id] if each.person in out]
        for each in off:
            gone.setdefault(each.person, row)
            session.delete(each)
        on = invite(session, row, added)
        changes.keep(session, MEETING, row.id, "invited", before=", ".join(each.person for each in off), after=", ".join(on))
        fresh |= dict.fromkeys(on)
        listed |= {row} if on or off else set()
    return list(fresh), {row: [person for person, of in gone.items() if of is row] for row in set(gone.values())}, listed


def was(before: Mapping[str, Any], moved: Iterable[str]) -> dict[str, Any]:
    """What stood there before, of what changed, as a notice keeps it."""
    return {name: plain(before[name]) for name in moved if name not in ("link", "joining")}


def cancel(session: Session, id_: str, why: Bilingual | None, *, shown: int, onwards: bool = False) -> MeetingView:
    """Cancel a meeting; ``onwards``: and all that come after it in its series. Everybody is told once. Raises as ``change``."""
    row = _open(session, id_, shown)
    onwards = onwards and row.series is not None
    rows = repeating.end(session, row) if onwards else [row]
    if not onwards:
        row.state = "cancelled"
        raise_revision(session, row)
    told: set[str] = set()
    for each in rows:
        each.reason = why
        told |= {*tell(session, each, "meeting_cancelled", {"onwards": onwards}, besides=told)}
    return load_one(session, row, changes.actor(session))


def _open(session: Session, id_: str, shown: int) -> Meeting:
    """A meeting that can be changed, its row locked; before it that of its series, for so does whoever changes all of it."""
    if series := session.scalar(select(Meeting.series).where(Meeting.id == id_)):
        session.get_one(Series, series, with_for_update=True, populate_existing=True)
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
