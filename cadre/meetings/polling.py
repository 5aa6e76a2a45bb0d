"""Finding a time: several are asked about, people say which suit them, and one becomes the meeting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import changes, clock
from cadre.core.errors import Conflict, Forbidden, Invalid, Message, NotFound
from cadre.core.reader import DEFAULT_ZONE, named
from cadre.core.typed import edited, tidy, too_long
from cadre.groups.models import Group
from cadre.groups.rights import require_going
from cadre.meetings import arranging, rules
from cadre.meetings.models import Invitee, Meeting, Poll, PollAnswer, PollSlot, PollVoice
from cadre.meetings.poll_reading import load_one, poll_row, takes_answers
from cadre.meetings.reading import load_one as load_meeting
from cadre.meetings.rights import require_arranger
from cadre.meetings.series import Wall, doubt
from cadre.meetings.views import MEETING, POLL, VOICE, Answer, MeetingForm, MeetingView, PollFacts, SlotAnswer
from cadre.notices.service import announce, announce_each, require_secretariat, secretariat, touch

MOST: Final = 20
"""Times that one poll asks about."""
FEWEST: Final = 2
ANSWERS: Final[tuple[SlotAnswer, ...]] = ("yes", "if_needed", "no")
COUNTS: Final[Mapping[str, Answer]] = {"yes": "accepted", "if_needed": "tentative"}
"""What somebody said of a time -> their answer to the meeting at it. Whoever cannot then is asked: they may send somebody."""


@dataclass(frozen=True, slots=True)
class PollForm:
    """What is typed of a poll. ``slots``: what the wall of ``zone`` shows; ``invited``: None for everybody confirmed in the group.

    ``link``, ``joining``: how to join the meeting that it becomes.
    """

    group: str
    slots: tuple[tuple[date, time], ...]
    closes_on: date | None
    title_en: str = ""
    title_fr: str = ""
    zone: str = DEFAULT_ZONE
    minutes: int = 60
    invited: tuple[str, ...] | None = None
    link: str = ""
    joining: str = ""


def open_poll(session: Session, form: PollForm, *, view_id: str | None = None) -> PollFacts:
    """Ask people which of several times suit them. Sent twice, it is one.

    Raises NotFound; Forbidden for anyone but the group's leads, co-chairs and the secretariat; Invalid with all that cannot be taken.
    """
    require_right(session, form)
    require_going(session, form.group)
    assert form.closes_on, "what has no closing day was refused"
    actor = changes.actor(session)
    same = session.scalar(select(Poll).where(Poll.view_id == view_id)) if view_id else None
    if same:
        return load_one(session, same, actor)
    row = Poll(group=form.group, zone=form.zone, minutes=form.minutes, closes_on=form.closes_on, state="open", view_id=view_id)
    row.title = edited(None, tidy(form.title_en), tidy(form.title_fr))
    row.opened_on, row.made_by, row.arranger = clock.today(session), actor.label[:200], actor.person
    row.link, row.joining = tidy(form.link) or None, tidy(form.joining) or None
    session.add(row)
    session.flush()
    session.add_all(PollSlot(poll=row.id, day=day, at=at) for day, at in sorted(set(form.slots)))
    asked = _asked(session, form)
    session.add_all(PollVoice(poll=row.id, person=person, must=must) for person, must in asked.items())
    session.flush()
    _tell(session, row, "poll_opened")
    return load_one(session, row, actor)


def require_right(session: Session, form: PollForm) -> None:
    """Raises Invalid with all that cannot be taken of a form; NotFound and Forbidden for its group."""
    require_arranger(session, form.group)
    if session.get(Group, form.group) is None:
        raise NotFound(form.group)
    found = too_long({name: tidy(getattr(form, name)) for name in ("title_en", "title_fr", "link", "joining")})
    if wrong := _wrong_times(session, form):
        found["slots"] = wrong
    if not 0 < form.minutes <= rules.LONGEST:
        found["minutes"] = Message("Between a minute and twelve hours.")
    if wrong := _wrong_end(session, form):
        found["closes_on"] = wrong
    found |= arranging.wrong_who_and_how(session, tidy(form.link), form.invited)
    if "invited" not in found and not _asked(session, form):
        found["invited"] = Message("Nobody is confirmed in this group yet: name those who are to be asked.")
    if found:
        raise Invalid(**found)


def _wrong_times(session: Session, form: PollForm) -> Message | None:
    times = sorted(set(form.slots))
    if not FEWEST <= len(times) <= MOST:
        return Message("Choose between {fewest} and {most} times.", {"fewest": FEWEST, "most": MOST})
    if any(doubt(Wall(day, at), ZoneInfo(form.zone)) for day, at in times):
        return Message("Clocks change on one of these nights: a time then does not come, or comes twice. Choose others.")
    if rules.start(*times[0], form.zone, None) <= clock.now(session):
        return Message("One of these times is past.")
    return None


def _wrong_end(session: Session, form: PollForm) -> Message | None:
    if form.closes_on is None:
        return Message("Choose a day.")
    if form.closes_on < clock.today(session, form.zone):
        return Message("This day is past.")
    if form.slots and form.closes_on > min(form.slots)[0]:
        return Message("People answer before the first of these times: choose an earlier day.")
    return None


def _asked(session: Session, form: PollForm) -> dict[str, bool]:
    """Who is asked -> whether the meeting cannot do without them."""
    return arranging.invited(session, MeetingForm(form.group, invited=form.invited))


def _tell(session: Session, row: Poll, kind: str, *, besides: str | None = None) -> None:
    """Word to all who are asked, each of their own voice: a message is drawn anew by what its reader answers, not by what others do."""
    voices = session.scalars(select(PollVoice).where(PollVoice.poll == row.id).order_by(PollVoice.id))
    whom = [(each.person, f"{VOICE}:{each.id}") for each in voices if each.person != besides]
    announce_each(session, kind, whom, {"by": named(changes.actor(session).label)})
    _draw_anew(session, row)


def _draw_anew(session: Session, row: Poll) -> None:
    """All messages about a poll tell how it stands now."""
    for voice in session.scalars(select(PollVoice.id).where(PollVoice.poll == row.id)):
        touch(session, VOICE, f"{VOICE}:{voice}")
    touch(session, POLL, f"{POLL}:{row.id}")


def answer(session: Session, id_: int, said: Mapping[int, SlotAnswer], *, person: str | None = None) -> PollFacts:
    """Say of some times whether they suit: yes, if need be, or no; the others stay as they are. The same again changes nothing.

    ``person``: whom the secretariat answers for, as it was told. Once all have answered, the arranger hears of it. Raises NotFound;
    Forbidden for whoever is not asked; Conflict where a time was chosen or the poll closed; Invalid after its last day.
    """
    actor, row = changes.actor(session), poll_row(session, id_, lock=True)
    recorded = person is not None and person != actor.person
    if recorded:
        require_secretariat(session)
    voice = session.scalar(select(PollVoice).where(PollVoice.poll == id_, PollVoice.person == (person or actor.person)))
    if voice is None:
        raise Forbidden("invited" if actor.person else "known")
    _require_open(session, row)
    if not takes_answers(session, row):
        raise Invalid(answer=Message("The last day to answer is past: nothing was changed."))
    slots = set(session.scalars(select(PollSlot.id).where(PollSlot.poll == id_)))
    if not said or not said.keys() <= slots or not set(said.values()) <= set(ANSWERS):
        raise Invalid(answer=Message("Choose one of those offered."))
    if _store(session, voice, said):
        _heard(session, row, voice, recorded=recorded)
    return load_one(session, row, actor)


def answer_slot(session: Session, slot_id: int, given: SlotAnswer) -> PollFacts:
    """Say of one time whether it suits. Raises as ``answer``."""
    found = session.scalar(select(PollSlot.poll).where(PollSlot.id == slot_id))
    if found is None:
        raise NotFound(str(slot_id))
    return answer(session, found, {slot_id: given})


def _store(session: Session, voice: PollVoice, said: Mapping[int, SlotAnswer]) -> bool:
    """What somebody said, into rows; gives whether anything is new."""
    rows = {each.slot: each for each in session.scalars(select(PollAnswer).where(PollAnswer.voice == voice.id))}
    fresh = {slot: given for slot, given in said.items() if slot not in rows or rows[slot].answer != given}
    for slot, given in fresh.items():
        if slot in rows:
            rows[slot].answer = given
        else:
            session.add(PollAnswer(slot=slot, voice=voice.id, answer=given))
    return bool(fresh)


def _heard(session: Session, row: Poll, voice: PollVoice, *, recorded: bool) -> None:
    """Who answered is not reminded any more, and of the last of them the arranger hears."""
    first, voice.answered_at = voice.answered_at is None, clock.now(session)
    session.flush()
    by, actor = {"by": named(changes.actor(session).label)}, changes.actor(session)
    if recorded:
        announce(session, "poll_recorded", f"{VOICE}:{voice.id}", [voice.person], by)
    silent = select(PollVoice.id).where(PollVoice.poll == row.id, PollVoice.answered_at.is_(None)).limit(1)
    if first and session.scalar(silent) is None:
        whom = [person for person in arrangers(session, row) if person != actor.person]
        announce(session, "poll_complete", f"{POLL}:{row.id}", whom, by)
    touch(session, VOICE, f"{VOICE}:{voice.id}")
    touch(session, POLL, f"{POLL}:{row.id}")


def arrangers(session: Session, row: Poll) -> tuple[str, ...]:
    """Who hears what came of a poll: whoever made it, else the secretariat."""
    return (row.arranger,) if row.arranger else secretariat(session)


def _require_open(session: Session, row: Poll) -> None:
    """Raises Conflict, with who chose or closed it and when, and the time that was chosen."""
    if row.state == "open":
        return
    by, at = changes.last(session, POLL, row.id, "state") or ("", clock.now(session))
    made = session.get(Meeting, row.meeting) if row.meeting else None
    chosen = Message("A time was chosen: {when}.", {"when": made.starts_at}) if made and made.starts_at else None
    raise Conflict(named(by), at, chosen or Message("This poll is closed, and no time was chosen."))


def choose(
    session: Session, id_: int, slot_id: int, *, link: str | None = None, joining: str | None = None, view_id: str | None = None
) -> MeetingView:
    """Make one of the times the meeting: all who were asked are invited, and what they said of it is their answer (``COUNTS``). Each has
    one message, the invitation; the arranger hears of it too where somebody else chose and they are not invited.

    ``link``, ``joining``: how to join, where that is another than the poll has. Sent twice, it is one. Raises NotFound; Forbidden for
    whoever may not arrange the group's meetings; Conflict where a time was chosen or the poll closed; Invalid for a time that is past.
    """
    row, actor = poll_row(session, id_, lock=True), changes.actor(session)
    require_arranger(session, row.group)
    slot = session.get(PollSlot, slot_id)
    if slot is None or slot.poll != id_:
        raise NotFound(str(slot_id))
    made = session.get(Meeting, row.meeting) if row.meeting else None
    if made and view_id and made.view_id == view_id:
        return load_meeting(session, made, actor)
    _require_open(session, row)
    view = arranging.schedule(session, _form(session, row, slot, link, joining), view_id=view_id, poll=id_)
    row.state, row.meeting = "chosen", view.id
    _take_over(session, slot, view.id)
    touch(session, MEETING, view.subject)
    invited = set(session.scalars(select(Invitee.person).where(Invitee.meeting == view.id)))
    others = [person for person in arrangers(session, row) if person != actor.person and person not in invited]
    announce(session, "poll_chosen", f"{POLL}:{id_}", others, {"by": named(actor.label)})
    _draw_anew(session, row)
    return load_meeting(session, session.get_one(Meeting, view.id), actor)


def _form(session: Session, row: Poll, slot: PollSlot, link: str | None, joining: str | None) -> MeetingForm:
    if rules.start(slot.day, slot.at, row.zone, None) <= clock.now(session):
        raise Invalid(slot=Message("This time is past."))
    return MeetingForm(
        group=row.group,
        title_en=(row.title and row.title.en) or "",
        title_fr=(row.title and row.title.fr) or "",
        day=slot.day,
        at=slot.at,
        zone=row.zone,
        minutes=row.minutes,
        link=(row.link or "") if link is None else link,
        joining=(row.joining or "") if joining is None else joining,
        invited=tuple(session.scalars(select(PollVoice.person).where(PollVoice.poll == row.id).order_by(PollVoice.id))),
    )


def _take_over(session: Session, slot: PollSlot, meeting: str) -> None:
    """What people said of a time is their answer to the meeting at it; whoever chose it although they cannot come does not come."""
    said = select(PollVoice.person, PollVoice.answered_at, PollAnswer.answer).join(PollAnswer, PollAnswer.voice == PollVoice.id)
    given = {row.person: row for row in session.execute(said.where(PollAnswer.slot == slot.id))}
    own = {changes.actor(session).person: "declined"}
    for each in session.scalars(select(Invitee).where(Invitee.meeting == meeting, Invitee.person.in_(given))):
        if answer := COUNTS.get(given[each.person].answer) or own.get(each.person):
            each.answer, each.answered_at = answer, given[each.person].answered_at
    session.flush()


def close(session: Session, id_: int) -> PollFacts:
    """End a poll without a time; all who were asked hear of it. Raises NotFound, Forbidden, Conflict as ``choose``."""
    row, actor = poll_row(session, id_, lock=True), changes.actor(session)
    require_arranger(session, row.group)
    _require_open(session, row)
    row.state = "closed"
    session.flush()
    _tell(session, row, "poll_closed", besides=actor.person)
    return load_one(session, row, actor)
