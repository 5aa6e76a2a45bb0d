"""What the windows of meetings show, read in one transaction each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, Literal, TypeAlias
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from bot.caller import Caller
from cadre.ask.subjects import besides_groups, groups_named, others_named
from cadre.core import changes, clock
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Forbidden, Invalid
from cadre.core.reader import DEFAULT_ZONE, Actor
from cadre.core.rows import by_id
from cadre.decisions import service as decisions
from cadre.decisions.service import ActionView
from cadre.groups.models import Group
from cadre.meetings import almanac, arranging, choosing, minutes, repeating, rules, series
from cadre.meetings import service as meetings
from cadre.meetings.minutes import MinutesView
from cadre.meetings.records import is_over
from cadre.meetings.rights import meeting_row, require_arranger
from cadre.meetings.rules import Attendee
from cadre.meetings.sentence.places import zone_of
from cadre.meetings.series import Series
from cadre.meetings.views import IN_PERSON, TELECONFERENCE, Caution, InviteeFacts, MeetingForm, MeetingView
from cadre.meetings.when import When, understood
from cadre.notices.recipients import secretariat_mailbox
from cadre.notices.service import require_secretariat
from cadre.people import holders
from cadre.people.facts import PersonRef
from cadre.priorities.models import Priority

SERIES: Final = "series:"
"""What the list of a series is about; its number follows."""
PAST: Final = "past"
"""What the list of meetings is about that are over."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The meetings that come, and whether the reader may arrange any; ``subscribes``: and may have a calendar of their own."""

    meetings: tuple[MeetingView, ...]
    arranges: bool
    subscribes: bool = False


@dataclass(frozen=True, slots=True)
class Past:
    """The meetings that were, and what those decided that decided something, as the reader may know; with whether it is provisional."""

    meetings: tuple[MeetingView, ...]
    decided: Mapping[str, tuple[tuple[Bilingual, bool], ...]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A meeting as its window shows it. ``invitees``: None for whoever may not see who is invited; ``over``: it has begun; ``ended``: and
    is over; ``decided``: what it decided, as the reader may know, with whether that is provisional; ``agreed``: the actions agreed on at
    it, and ``minutes``: what was written of it, both for whoever is inside.

    ``page``, ``file``: addresses of its page and its calendar file, where there are any.
    """

    view: MeetingView
    invitees: tuple[InviteeFacts, ...] | None
    over: bool
    secretariat: bool
    page: str | None = None
    file: str | None = None
    ended: bool = False
    decided: tuple[tuple[Bilingual, bool], ...] = ()
    agreed: tuple[ActionView, ...] = ()
    minutes: MinutesView | None = None


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a form: the groups to choose from, and for a time what it is everywhere, and what speaks against it.

    ``meets``: whether it is known who meets. ``rule``: by which it comes again, ``times``: how often within a year; ``without``: the
    months in which it does not; ``there``: the zone of the place at which all meet; ``elsewhere``: that of the place that is named, where
    its clocks show another time.
    """

    groups: tuple[tuple[str, Bilingual], ...]
    invited: tuple[PersonRef, ...]
    begins: datetime | None
    attendees: tuple[Attendee, ...]
    cautions: tuple[Caution, ...]
    today: date = date.min
    meets: bool = True
    rule: Series | None = None
    times: int = 0
    without: tuple[date, ...] = ()
    there: str | None = None
    elsewhere: str | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """A form as a sentence fills it; ``heard``: what was understood, where it leaves a choice; ``foreign``: a group that it names and whose
    meetings the reader does not arrange; ``strange``: what was not understood; ``besides``: other groups that it names.
    """

    form: MeetingForm
    heard: When
    foreign: Bilingual | None
    strange: str = ""
    besides: tuple[Bilingual, ...] = ()


@dataclass(frozen=True, slots=True)
class Barred:
    """Whoever arranges no meetings: which priorities they lead all the same, and where the secretariat reads what is written to it."""

    priorities: tuple[Bilingual, ...]
    mailbox: str | None


def barred(session: Session, caller: Caller) -> Barred:
    """What to tell somebody who arranges no meetings."""
    held = holders.of_person(session, caller.actor.person) if caller.actor.person else ()
    led = by_id(session, Priority, {each.priority for each in held if each.priority and each.role == "lead"})
    return Barred(tuple(led[id_].name for id_ in sorted(led)), secretariat_mailbox(session))


def listing(session: Session, caller: Caller) -> Listing:
    """All that come, the next first."""
    return Listing(meetings.upcoming(session, caller.actor), bool(meetings.groups(session, caller.actor)))


def past(session: Session, caller: Caller) -> Past:
    """Those that are over, the last first."""
    found = meetings.past(session, caller.actor)
    return Past(found, _decided(session, found))


def _decided(session: Session, found: Sequence[MeetingView]) -> Mapping[str, tuple[tuple[Bilingual, bool], ...]]:
    """What some meetings decided: what is provisional still is for those who are inside."""
    taken, inside = almanac.decided(session, (view.id for view in found)), {view.id for view in found if view.inside}
    shown = {id_: tuple(each for each in all_ if id_ in inside or not each[1]) for id_, all_ in taken.items()}
    return {id_: all_ for id_, all_ in shown.items() if all_}


def of_series(session: Session, id_: int, caller: Caller) -> tuple[tuple[MeetingView, ...], int]:
    """All of a series, and the place of the next. Raises NotFound."""
    found, now = meetings.of_series(session, id_, caller.actor), clock.now(session)
    return found, sum(1 for view in found if view.ends_at and view.ends_at <= now)


def sheet(session: Session, id_: str, caller: Caller) -> Sheet:
    """One meeting. Raises NotFound."""
    view = meetings.meeting(session, id_, caller.actor)
    found = meetings.invitees(session, id_, caller.actor) if view.inside else None
    over, ended = is_over(session, view.facts), view.ends_at is not None and view.ends_at <= clock.now(session)
    shown = Sheet(view, found, over, caller.secretariat, ended=ended, decided=_decided(session, [view]).get(id_, ()))
    if found is None or view.cancelled or not ended:
        return shown
    return replace(shown, agreed=decisions.actions_of(session, id_, caller.actor), minutes=written(session, id_, caller.actor))


def written(session: Session, id_: str, actor: Actor) -> MinutesView | None:
    """What whoever was there may read of the minutes: nothing before they are circulated; None where nobody wrote any. Raises as
    ``minutes``.
    """
    try:
        found = minutes.minutes(session, id_, actor)
    except Invalid:
        return None
    return found if found.facts else None


Right: TypeAlias = Literal["arranger", "secretariat", "invited"]
"""Who may open a window about a meeting."""


def sheet_for(session: Session, id_: str, caller: Caller, right: Right) -> Sheet:
    """The same for a window in which something is done. Raises NotFound; Forbidden for whoever may not do it."""
    found = sheet(session, id_, caller)
    if right == "arranger":
        changes.seen_by(caller.actor, require_arranger)(session, found.view.facts.group)
    elif right == "secretariat":
        changes.seen_by(caller.actor, require_secretariat)(session)
    elif found.view.mine is None:
        raise Forbidden("invited")
    return found


def started(session: Session, sentence: str, caller: Caller) -> Started:
    """A form with what a sentence says; what it leaves open stays open."""
    zone, reader = caller.reader.zone, caller.reader
    today_ = clock.today(session, zone)
    heard = understood(sentence, today_)
    own = meetings.groups(session, caller.actor)
    meant = groups_named(session, heard.rest)
    named = [id_ for id_ in meant if id_ in {known for known, _ in own}]
    other = session.get(Group, meant[0]) if meant and not named else None
    form = MeetingForm(
        group=named[0] if named else own[0][0] if len(own) == 1 and not other else "",
        kind=IN_PERSON if heard.in_person else TELECONFERENCE,
        day=heard.days[0] if len(heard.days) == 1 and heard.days[0] >= today_ and not heard.passed else None,
        last_day=None if heard.passed else heard.last_day,
        month=heard.month,
        at=heard.times[0] if len(heard.times) == 1 else None,
        zone=heard.zone or zone,
        minutes=heard.minutes or 60,
        place_en=(heard.place or "") if reader.language == "en" else "",
        place_fr=(heard.place or "") if reader.language == "fr" else "",
        repeat=heard.repeat,
    )
    besides = [group.name for id_ in others_named(session, heard.rest, meant[:1]) if (group := session.get(Group, id_))]
    return Started(form, heard, other.name if other else None, besides_groups(session, heard.rest), tuple(besides))


def around(session: Session, form: MeetingForm, caller: Caller, besides: str | None = None) -> Around:
    """What stands around a form, as far as it is filled."""
    persons = form.invited if form.invited is not None else meetings.participants(session, form.group) if form.group else ()
    there = form.zone if form.kind == IN_PERSON else None
    found = meetings.attendees(session, persons, there)
    fixed = form.day and form.at and not rules.wrong_time(form.day, form.at, form.zone, form.fold, form.minutes)
    begins = rules.start(form.day, form.at, form.zone, form.fold) if fixed and form.day and form.at else None
    chosen = tuple(each.person for each in found) if form.invited is not None else ()
    today_, meets = clock.today(session, caller.reader.zone), bool(form.group or form.invited) and form.invited != ()
    known = Around(meetings.groups(session, caller.actor), chosen, begins, found, (), today_, meets, elsewhere=_elsewhere(form, begins))
    rule = repeating.of_form(form)
    if begins and rule:
        last = rule.first + repeating.AHEAD
        against = choosing.cautions_of_series(session, rule, last, form.minutes, persons, besides=besides)
        times = sum(1 for _ in series.days(rule, rule.first, last))
        return replace(known, cautions=against, rule=rule, times=times, without=series.without(rule, last))
    if begins is None:
        return known
    ends = form.last_day if there else None
    against = meetings.cautions(session, begins, form.minutes, persons, besides=besides, there=there, last=ends)
    return replace(known, cautions=against, there=there)


def _elsewhere(form: MeetingForm, begins: datetime | None) -> str | None:
    """The zone of the place that a form names, where its clocks show another time than those that were chosen."""
    named = zone_of(form.place_en or form.place_fr) if form.kind == IN_PERSON else None
    if named is None or named == form.zone:
        return None
    local = [begins.astimezone(ZoneInfo(zone)).utcoffset() for zone in (named, form.zone)] if begins else [named, form.zone]
    return named if local[0] != local[1] else None


def checked(session: Session, form: MeetingForm, caller: Caller, besides: str | None = None, *, onwards: bool = False) -> Around:
    """The same of a form that is sent; ``onwards``: of all that come from it on. Raises Invalid with all that cannot be taken."""
    row = meeting_row(session, besides) if besides else None
    view = meetings.meeting(session, besides, caller.actor) if onwards and besides else None
    whole = repeating.from_here(form, view.repeats, view.facts, view.occurrence) if view and view.repeats and view.occurrence else None
    changes.seen_by(caller.actor, require_arranger)(session, form.group)
    changes.seen_by(caller.actor, arranging.require_right)(session, form, whole, row)
    return around(session, whole or form, caller, besides)


def form_of(view: MeetingView, invitees: tuple[InviteeFacts, ...]) -> MeetingForm:
    """A meeting as the form in which it is changed."""
    facts = view.facts
    fixed = facts.held is not None and facts.held.first == facts.held.last
    return MeetingForm(
        group=facts.group,
        kind="in_person" if facts.kind == "in_person" else "teleconference",
        title_en=(facts.title and facts.title.en) or "",
        title_fr=(facts.title and facts.title.fr) or "",
        day=facts.held.first if facts.held and fixed else None,
        at=facts.at,
        zone=facts.zone or (facts.place and zone_of(facts.place.en or facts.place.fr or "")) or DEFAULT_ZONE,
        fold=view.fold or None,
        minutes=facts.minutes or 60,
        month=None if fixed else facts.held,
        last_day=facts.last_day,
        place_en=(facts.place and facts.place.en) or "",
        place_fr=(facts.place and facts.place.fr) or "",
        results_en="\n".join(each.en or "" for each in view.results).rstrip(),
        results_fr="\n".join(each.fr or "" for each in view.results).rstrip(),
        jurisdiction=facts.jurisdiction,
        link=(view.joining and view.joining.link) or "",
        joining=(view.joining and view.joining.text) or "",
        invited=tuple(each.person.id for each in invitees),
    )


def meanwhile(session: Session, id_: str, shown: int) -> Mapping[str, tuple[str | None, str | None]]:
    """What somebody else changed since a window was drawn."""
    return meetings.what_changed(session, id_, shown)


def today(session: Session, caller: Caller) -> date:
    """The day that it is where the reader is."""
    return clock.today(session, caller.reader.zone)
