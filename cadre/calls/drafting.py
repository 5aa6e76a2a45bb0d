"""Drafting a call: what is proposed, what was written, when it opens; and the ways out of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from cadre.calls import rules
from cadre.calls.facts import CALL, INVITATION, SIGN_UP, SOUGHT, CallFacts, CallState
from cadre.calls.forms import DraftForm, Proposal
from cadre.calls.invitations import recount
from cadre.calls.late import in_time_after_all
from cadre.calls.meanwhile import TEXTS
from cadre.calls.models import Call, CallChair, Invitation, SignUp
from cadre.calls.reading import ACTIVE, call_row, load_one
from cadre.calls.records import given_up
from cadre.calls.seats import promote
from cadre.calls.speaking import representatives
from cadre.core import changes, clock
from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.errors import CadreError, Conflict, Invalid, Message, NotFound
from cadre.core.reader import named
from cadre.core.typed import edited, tidy, too_long, why
from cadre.groups.models import Group
from cadre.groups.rights import require_going
from cadre.notices.service import announce, require_secretariat, secretariat, touch
from cadre.people.facts import PersonRef
from cadre.people.models import Jurisdiction, Person, Role
from cadre.people.rules import holds
from cadre.priorities.models import Priority

_LEADING: Final = ("lead", "co_chair")
_FARTHEST: Final = timedelta(days=366)


def proposal(session: Session, *, group: str | None = None, priority: str | None = None) -> Proposal:
    """What is proposed for a call: of a group its own name; of a priority the working group that would carry it, co-chaired by its leads.

    Source: recommendation of the seed deck, "priorities should be turned into working groups (co-chaired by the current leads)". Raises
    NotFound.
    """
    if group is not None:
        found = session.get(Group, group)
        if found is None:
            raise NotFound(group)
        return Proposal(group, None, found.name, found.description, _leading(session, Role.group == group))
    carried = session.get(Priority, priority) if priority else None
    if carried is None:
        raise NotFound(priority or "")
    chairs = _leading(session, Role.priority == carried.id)
    if carried.group and (there := session.get(Group, carried.group)):
        return Proposal(there.id, carried.id, there.name, there.description or carried.description, chairs)
    name = Bilingual(f"{carried.name.en} Working Group", _french_name(carried.name.fr), carried.name.stale)
    return Proposal(None, carried.id, name, carried.description, chairs)


def _french_name(name: str | None) -> str | None:
    """ "Groupe de travail — Identité numérique": no article is guessed."""
    return f"Groupe de travail – {name}" if name else None


def _leading(session: Session, where: Any) -> tuple[PersonRef, ...]:
    """Those who lead now, confirmed or not: they are proposed, not named."""
    rows = session.execute(
        select(Role, Person.id, Person.name)
        .join(Person, Person.id == Role.person)
        .where(where, Role.role.in_(_LEADING))
        .order_by(Role.number)
    )
    today = clock.today(session)
    return tuple(dict.fromkeys(PersonRef(id_, name) for role, id_, name in rows if holds(role.since, role.until, today)))


def save_draft(session: Session, form: DraftForm, proposed: Mapping[str, Bilingual | None] | None = None) -> CallFacts:
    """Write a call, or change one that is not open yet. The same window submitted twice makes one. A language may be owed until it opens.

    ``proposed``: texts of a new call that nobody typed: they are as they are, what is to be looked at again included.
    Raises Forbidden for anyone but the secretariat; NotFound; Invalid with all that cannot be taken, and for a call that was opened.
    """
    require_secretariat(session)
    if form.id is None and form.view_id and (same := session.scalar(select(Call).where(Call.view_id == form.view_id))):
        return load_one(session, same)
    row = call_row(session, form.id, lock=True) if form.id is not None else None
    require_going(session, form.group)
    if row is not None and row.state not in ("draft", "scheduled"):
        raise Invalid(state=rules.REFUSED[state_of(row)])
    texts = _texts(form)
    if wrong := _wrong(session, form, texts, row):
        raise Invalid(**wrong)
    if row is None:
        row = Call(state="draft", made_at=clock.now(session), made_by=changes.actor(session).label[:200], view_id=form.view_id)
        try:
            with session.begin_nested():
                session.add(row)
        except IntegrityError:  # the same window, at the same moment
            return load_one(session, session.scalars(select(Call).where(Call.view_id == form.view_id)).one())
    _fill(session, row, form, texts)
    for name, text in (proposed or {}).items():
        setattr(row, name, text)
    session.flush()
    _seat_chairs(session, row, form.chairs)
    touch(session, CALL, f"{CALL}:{row.id}")
    facts = load_one(session, row)
    if row.state == "scheduled" and rules.owed(facts):
        row.state = "draft"
        facts = load_one(session, row)
    return facts


def _texts(form: DraftForm) -> dict[str, str | None]:
    """What was typed; None where a text stands in no field, and stays as it is."""
    typed = {f"{name}_{language}": getattr(form, f"{name}_{language}") for name in TEXTS for language in ("en", "fr")}
    return {name: None if text is None else tidy(text) for name, text in typed.items()}


def _saved(before: Bilingual | None, en: str | None, fr: str | None) -> Bilingual | None:
    """A text after a save: what is left empty in its field is emptied."""
    kept = before
    if before is not None and "" in (en, fr):
        left = Bilingual(None if en == "" else before.en, None if fr == "" else before.fr)
        kept = left if left.en or left.fr else None
    return edited(kept, en or "", fr or "")


def _fill(session: Session, row: Call, form: DraftForm, texts: Mapping[str, str | None]) -> None:
    row.group, row.priority = form.group or None, form.priority or None
    for name in TEXTS:
        setattr(row, name, _saved(getattr(row, name), texts[f"{name}_en"], texts[f"{name}_fr"]))
    group = session.get(Group, row.group) if row.group else None
    if group is not None and group.name.owed():  # it is the group's own: what is missing of it is written where it is missed
        group.name = edited(group.name, texts["name_en"] or "", texts["name_fr"] or "") or group.name
    if row.group is None:
        carried = session.get(Priority, row.priority) if row.priority else None
        row.group_kind, row.owner = (
            rules.WORKING_GROUP,
            carried.owner if carried else (form.councils[0] if len(form.councils) == 1 else None),
        )
    else:
        row.group_kind = row.owner = None
    row.roles = " ".join(role for role in SOUGHT if role in form.roles)
    row.seats, row.seats_each = form.seats, form.seats_each
    row.capped, row.confirms, row.public = form.capped, form.confirms, form.public
    row.first_meeting = PartialDate.parse(form.first_meeting.strip()) if form.first_meeting.strip() else None
    row.councils, row.jurisdictions = " ".join(form.councils), " ".join(form.jurisdictions)
    row.channels = " ".join(form.channels)
    row.opens_at, row.closes_at = form.opens_at, form.closes_at


def _wrong(session: Session, form: DraftForm, typed: Mapping[str, str | None], row: Call | None) -> dict[str, Message]:
    """All that cannot be taken, by the field that it stands in."""
    texts = {name: text or "" for name, text in typed.items()}
    wrong = too_long(texts) | _too_much(form, texts)
    if not form.group and _saved(row.name if row else None, typed["name_en"], typed["name_fr"]) is None:
        wrong["name_en"] = Message("Choose a group, or give the new one a name in one language at least.")
    if not set(form.roles) & set(SOUGHT):
        wrong["roles"] = Message("Choose one of those offered.")
    if form.opens_at and form.closes_at and form.closes_at <= form.opens_at:
        wrong["closes_at"] = Message("The call must close after it opens.")
    elif form.closes_at and (no := _no_closing(session, form.closes_at)):
        wrong["closes_at"] = no
    if form.first_meeting.strip() and (amiss := _amiss(form.first_meeting.strip(), clock.today(session))):
        wrong["first_meeting"] = amiss
    return wrong | _strangers(session, form)


def _no_closing(session: Session, moment: datetime) -> Message | None:
    """Why no call closes at a moment; None where one may."""
    now = clock.now(session)
    if moment <= now:
        return rules.PAST
    return None if moment < now + _FARTHEST else Message("Choose a moment within the coming year.")


def _too_much(form: DraftForm, texts: Mapping[str, str]) -> dict[str, Message]:
    long = Message("Use {n} characters at most.", {"n": rules.LONGEST_NAME})
    wrong = {name: long for name in ("name_en", "name_fr") if len(texts[name]) > rules.LONGEST_NAME}
    for name, number in (("seats", form.seats), ("seats_each", form.seats_each)):
        if number is not None and not 1 <= number <= rules.MOST_SEATS:
            wrong[name] = Message("Use a number from 1 to {n}.", {"n": rules.MOST_SEATS})
    if form.seats is not None and form.seats_each is not None and form.seats_each > form.seats and "seats" not in wrong:
        wrong.setdefault("seats_each", Message("These are more than the seats in all: {n}.", {"n": form.seats}))
    if len(form.channels) > rules.MOST_CHANNELS:
        wrong["channels"] = Message("Choose {n} at most.", {"n": rules.MOST_CHANNELS})
    return wrong


def _amiss(text: str, today: date) -> Message | None:
    """What cannot be taken of when the group first meets."""
    try:
        meets = PartialDate.parse(text)
    except ValueError:
        return Message("Write a day, a month or a year, such as 2027-03-15, 2027-03 or 2027.")
    return Message("This is past: the first meeting is still to come.") if meets.last < today else None


def _strangers(session: Session, form: DraftForm) -> dict[str, Message]:
    """What was chosen and is not in the registry any more."""
    gone = Message("Something chosen here is not in the registry any more. Choose again.")
    chosen: tuple[tuple[str, Any, Iterable[str]], ...] = (
        ("group", Group.id, [form.group] if form.group else []),
        ("priority", Priority.id, [form.priority] if form.priority else []),
        ("chairs", Person.id, form.chairs),
        ("councils", Group.id, form.councils),
        ("jurisdictions", Jurisdiction.id, form.jurisdictions),
    )
    wanted = {field: set(ids) for field, _, ids in chosen}
    known = {field: set(session.scalars(select(column).where(column.in_(sorted(wanted[field]))))) for field, column, _ in chosen}
    return {field: gone for field in wanted if wanted[field] - known[field]}


def _seat_chairs(session: Session, row: Call, wanted: Iterable[str]) -> None:
    there = {each.person: each for each in session.scalars(select(CallChair).where(CallChair.call == row.id))}
    for person in sorted(there.keys() - set(wanted)):
        session.delete(there[person])
    session.add_all(CallChair(call=row.id, person=person) for person in sorted(set(wanted) - there.keys()))


def schedule(session: Session, id_: int) -> CallFacts:
    """Let a call open at its time; one whose time has come opens with the next tick. Raises Forbidden for anyone but the secretariat;
    NotFound; Conflict where somebody else did it; Invalid for each thing that is missing, a language too. Sent twice, it is done once.
    """
    require_secretariat(session)
    row = call_row(session, id_, lock=True)
    if is_done(session, row, "scheduled"):
        return load_one(session, row)
    come_into(session, row, "scheduled")
    facts = load_one(session, row)
    if wrong := rules.owed(facts) | rules.wrong_times(row.opens_at, row.closes_at, clock.now(session)):
        raise Invalid(**wrong)
    return load_one(session, row)


def back_to_draft(session: Session, id_: int) -> CallFacts:
    """Let it not open after all; sent twice, it is done once. Raises as ``schedule``."""
    require_secretariat(session)
    row = call_row(session, id_, lock=True)
    if is_done(session, row, "draft"):
        return load_one(session, row)
    come_into(session, row, "draft")
    return load_one(session, row)


def extend(session: Session, id_: int, closes_at: datetime, reason_en: str, reason_fr: str) -> CallFacts:
    """Give more time, or open a closed call again: what came late is in time then. All concerned are told, and the posts say it.

    Raises Forbidden for anyone but the secretariat; NotFound; Invalid for a moment that is not later, and without its reason in both
    languages, or in a state in which it cannot be. Sent twice, it is done once.
    """
    require_secretariat(session)
    row = call_row(session, id_, lock=True)
    if row.state not in rules.ANSWERABLE:
        raise Invalid(state=rules.REFUSED[state_of(row)])
    reason, wrong = why(reason_en, reason_fr)
    if row.state == "open" and (row.closes_at, row.reason) == (closes_at, reason):
        return load_one(session, row)  # the same, sent twice
    if no := _no_closing(session, closes_at):
        wrong["closes_at"] = no
    elif closes_at <= min((at for at in (row.closes_at, row.closed_at) if at), default=closes_at):
        wrong["closes_at"] = Message("The new moment must be later than the one that stood.")
    if wrong:
        raise Invalid(**wrong)
    if row.state == "closed":
        come_into(session, row, "open")
    row.closes_at, row.closed_at, row.reason = closes_at, None, reason
    for place in in_time_after_all(session, row):
        recount(session, row, place, gone=True)
    touch_all(session, row)
    if row.capped:
        promote(session, row)
    owing = tell_concerned(session, row, "call_extended", unanswered_only=True)
    tell_concerned(session, row, "call_more_time", unanswered_only=False, besides=owing)
    return load_one(session, row)


def cancel(session: Session, id_: int, reason_en: str, reason_fr: str) -> CallFacts:
    """End a call without members: everybody who answered or was asked is told why. A group that only this call proposed is over with it.
    Raises as ``extend``.
    """
    require_secretariat(session)
    row = call_row(session, id_, lock=True)
    asked = row.opened_at is not None
    if is_done(session, row, "cancelled"):
        return load_one(session, row)
    come_into(session, row, "cancelled")
    reason, wrong = why(reason_en, reason_fr)
    if wrong:
        raise Invalid(**wrong)
    row.reason = reason
    if asked:
        given_up(session, row)
        tell_concerned(session, row, "call_cancelled", unanswered_only=False)
    return load_one(session, row)


def tell_concerned(session: Session, row: Call, kind: str, *, unanswered_only: bool, besides: Collection[str] = ()) -> Collection[str]:
    """The representatives of those who were asked; and, where all are concerned, those who offered to take part, the co-chairs and the
    other officers. Not those who hear of it ``besides``. Gives who is told.
    """
    query = select(Invitation).where(Invitation.call == row.id)
    rows = session.scalars(query.where(Invitation.state.in_(sorted(rules.UNANSWERED))) if unanswered_only else query).all()
    speaking = representatives(session, row, [each.jurisdiction for each in rows])
    persons = {person: None for people in speaking.values() for person in people}
    if not unanswered_only:
        persons |= dict.fromkeys(session.scalars(select(SignUp.person).where(SignUp.call == row.id, SignUp.state.in_(ACTIVE))))
        persons |= dict.fromkeys(session.scalars(select(CallChair.person).where(CallChair.call == row.id)))
        persons |= dict.fromkeys(officer for officer in secretariat(session) if officer != changes.actor(session).person)
    told = [person for person in persons if person not in besides]
    announce(session, kind, f"{CALL}:{row.id}", told, {"by": named(changes.actor(session).label)})
    return told


def state_of(row: Call) -> CallState:
    """The state, as one of those there are."""
    return next(state for state in rules.TRANSITIONS if state == row.state)


def is_done(session: Session, row: Call, state: CallState) -> bool:
    """Whether whoever acts brought a call, whose row is locked, into a state before: a click that is sent twice is done once. Raises
    Conflict where somebody else did, with who and when; by the clock it is refused as any other step.
    """
    if row.state != state:
        return False
    last = _brought(session, row)
    if last is None:
        return False
    if last[0] != changes.actor(session).label[:200]:
        raise Conflict(*last, rules.REFUSED[state])
    return True


def refusal(session: Session, id_: int) -> CadreError:
    """Why something cannot be done with a call as it stands: Conflict, with who brought it into this state and when; else Invalid, of one
    that closed by the clock with when it did. Raises NotFound.
    """
    row = call_row(session, id_)
    state = state_of(row)
    if last := _brought(session, row):
        return Conflict(*last, rules.REFUSED[state])
    if state == "closed" and row.closed_at:
        return Invalid(state=Message("This call closed by itself: {when}.", {"when": row.closed_at}))
    return Invalid(state=rules.REFUSED[state])


def _brought(session: Session, row: Call) -> tuple[str, datetime] | None:
    """Who brought a call into its state, and when; None where no person did: the clock, or whoever runs Cadre."""
    last = changes.last(session, CALL, row.id, "state")
    return None if last is None or last[0] == named(last[0]) else last


def come_into(session: Session, row: Call, state: CallState) -> None:
    """Bring a call, whose row is locked, into a state. Raises Invalid, with the reason, where it cannot come there from where it is."""
    if state not in rules.TRANSITIONS[state_of(row)]:
        raise Invalid(state=rules.REFUSED[state_of(row)])
    row.state = state
    touch_all(session, row)


def touch_all(session: Session, row: Call) -> None:
    """All messages that tell of a call, of an answer to it or of a jurisdiction that was asked say how it stands: they are drawn anew."""
    session.flush()
    touch(session, CALL, f"{CALL}:{row.id}")
    tables: tuple[tuple[str, type[Invitation] | type[SignUp]], ...] = ((INVITATION, Invitation), (SIGN_UP, SignUp))
    for kind, table in tables:
        for id_ in session.scalars(select(table.id).where(table.call == row.id).order_by(table.id)):
            touch(session, kind, f"{kind}:{id_}")


def remove_draft(session: Session, id_: int) -> None:
    """Throw a draft away that nobody was told of. Raises Forbidden for anyone but the secretariat; NotFound; Invalid once it was opened."""
    require_secretariat(session)
    row = call_row(session, id_, lock=True)
    if row.opened_at or row.state not in ("draft", "scheduled", "cancelled"):
        raise Invalid(state=rules.REFUSED[state_of(row)])
    for chair in session.scalars(select(CallChair).where(CallChair.call == row.id)).all():
        session.delete(chair)
    session.flush()
    session.delete(row)
