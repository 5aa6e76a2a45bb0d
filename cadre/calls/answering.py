"""Who offers to take part: for themselves, put forward by their jurisdiction, or recorded by the secretariat."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from cadre.calls import came, rules, seats, whom
from cadre.calls.came import Came, Said
from cadre.calls.facts import CALL, SIGN_UP, SignUpFacts
from cadre.calls.forms import SignUpForm
from cadre.calls.invitations import recount
from cadre.calls.late import put_forward_late
from cadre.calls.models import Call, SignUp
from cadre.calls.reading import ACTIVE, call_row, load_sign_ups
from cadre.calls.rights import acts_for, is_over, require_open
from cadre.calls.speaking import representatives, represented
from cadre.core import changes, clock
from cadre.core.errors import Conflict, Invalid, Message, NotFound
from cadre.core.models import Change
from cadre.core.reader import named
from cadre.core.text import fold
from cadre.core.typed import tidy
from cadre.notices.service import announce, require_secretariat, secretariat, touch

_ELSEWHERE: Final = Message(
    "What was answered in time stands, now that the call is closed: it is for another government. The secretariat can change that."
)
_CONTENT = ("state", "role", "language", "experience", "jurisdiction", "stated", "endorsed", "recorded_by", "said_by", "said_on", "way")


def sign_up(session: Session, form: SignUpForm) -> SignUpFacts:
    """Offer to take part, change what one offered, or put somebody else forward. One row a call and person: sent twice, it is one.

    For oneself; a representative for somebody of their jurisdiction; the secretariat for anybody who told it so (``said_by``, ``way``).
    A capped call gives a seat while there is one, else a place in the queue. After the closing it is kept, marked late, and the
    secretariat decides. Raises Forbidden, NotFound, Conflict where it was settled; Invalid with all that cannot be taken, and for a call
    that takes no answers.
    """
    capped = call_row(session, form.call).capped  # its seats are given one after the other
    call = call_row(session, form.call, lock=capped, hold=not capped)
    require_open(call)
    if wrong := whom.wrong(session, call, form):
        raise Invalid(**wrong)
    person, recorded = whom.who(session, call, form)
    row = _row(session, call.id, person.id)
    if row is None or row.state == "withdrawn" or (row.state == "declined" and not is_over(session, call)):
        row = _anew(session, row or SignUp(call=call.id, person=person.id))
    jurisdiction, stated = whom.whence(session, call, person, form, recorded=recorded, held=row)
    if row.state in ("accepted", "declined"):
        raise Conflict(row.settled_by or "", row.settled_at or row.changed_at)
    before = _content(row)
    was, asked, counted = row.jurisdiction if row.state == "offered" else None, row.endorsed == "", _counts(row)
    how = came.heard(session, call, jurisdiction, whom.said(form), recorded=recorded)
    late = came.late(session, call, how)
    moved = _fill(row, form if recorded else _kept(session, row, form), jurisdiction, late=late, recorded=recorded)
    row.stated = stated
    _mark(session, row, how, person.name)
    speaking = representatives(session, call, [jurisdiction])[jurisdiction]
    speaks = recorded or changes.actor(session).person in speaking
    spoken_for = _speak(call, row, row.endorsed == "yes" and was == jurisdiction, speaks, late)
    if _content(row) == before:
        return _facts(session, row)
    row.changed_at = clock.now(session)
    if moved and call.capped and form.role in rules.SEATED:
        seats.take(session, call, row)
    session.add(row)
    session.flush()
    if call.capped and was:
        seats.promote(session, call) if moved or was == jurisdiction else seats.corrected(session, call, row)
    recount(session, call, jurisdiction, how if counted or _counts(row) else None)
    if late and spoken_for:
        put_forward_late(session, call, jurisdiction, how)
    if was and was != jurisdiction:
        recount(session, call, was, gone=True)
    _tell(session, row, how, to_endorse=None if asked and was == jurisdiction else speaking)
    return _facts(session, row)


def _speak(call: Call, row: SignUp, spoken: bool, speaks: bool, late: bool) -> bool:
    """Whether an offer speaks for its jurisdiction: whoever makes it ``speaks`` for that, or somebody has ``spoken`` for it before."""
    row.endorsed = "yes" if spoken or speaks else "" if call.confirms else None
    row.spoken_late = (spoken or speaks) and not row.late and (row.spoken_late if spoken else late)
    if not spoken:
        row.endorsed_by = row.endorser = None
    return spoken or speaks


def _row(session: Session, call: int, person: str) -> SignUp | None:
    """The one row of a person in a call, locked."""
    found: SignUp | None = session.scalar(_SAME, {"call": call, "person": person})
    return found


_SAME: Final = (
    select(SignUp)
    .where(SignUp.call == bindparam("call"), SignUp.person == bindparam("person"))
    .with_for_update()
    .execution_options(populate_existing=True)
)


def _anew(session: Session, row: SignUp) -> SignUp:
    """An offer that is made now; of one that was withdrawn before, or declined before there was more time, nothing is left."""
    row.state, row.role, row.language, row.waiting, row.late = "withdrawn", "", "", False, False
    row.endorsed_by = row.endorser = row.message = row.settled_at = row.settled_by = None
    row.made_at = row.changed_at = clock.now(session)
    return row


def _counts(row: SignUp) -> bool:
    """Whether it answers for its jurisdiction: what is late does not before the secretariat takes it up."""
    return row.state == "offered" and row.endorsed == "yes" and not (row.late or row.spoken_late)


def _content(row: SignUp) -> tuple[object, ...]:
    """What an answer says: one that says the same again changes nothing."""
    return tuple(getattr(row, name) for name in _CONTENT)


def _kept(session: Session, row: SignUp, form: SignUpForm) -> SignUpForm:
    """What somebody said of themselves stands, whoever puts them forward after that."""
    if changes.actor(session).person == row.person or row.nominated_by or row.state != "offered":
        return form
    return replace(form, experience=row.experience or form.experience, language=row.language)


def _fill(row: SignUp, form: SignUpForm, jurisdiction: str, *, late: bool, recorded: bool) -> bool:
    """What was typed; gives whether it is another place than the one that they had, or it was in time after all: that takes its turn.

    Raises Invalid for another place in what was answered in time, once the call is closed: only the secretariat changes that.
    """
    in_time = row.state == "offered" and not row.late
    corrected = recorded and in_time and row.role == form.role  # who is only of another government than was written keeps their turn
    elsewhere = row.jurisdiction != jurisdiction and not corrected
    moved = row.state != "offered" or row.role != form.role or elsewhere or (row.late and not late)
    if moved and in_time and late and not recorded and row.jurisdiction != jurisdiction:
        raise Invalid(jurisdiction=_ELSEWHERE)
    if moved and in_time and late and not recorded:
        raise Invalid(role=Message("What was answered in time stands, now that the call is closed. The secretariat can change the role."))
    if moved:
        row.place, row.waiting, row.late = None, False, late and not in_time
    row.state, row.role, row.language, row.jurisdiction = "offered", form.role, form.language, jurisdiction
    row.experience = tidy(form.experience) or None
    return moved


def _mark(session: Session, row: SignUp, how: Came, name: str) -> None:
    """Who said it, and how it came. Whoever was put forward and then says more of it stays put forward; who told the secretariat so of
    themselves was put forward by nobody: the officer only writes it down.
    """
    actor = changes.actor(session)
    own = how.teller == row.person or fold(how.said_by or "") == fold(name) if how.recorded else actor.person == row.person
    if not own:
        row.nominated_by, row.nominator = (how.said_by, how.teller) if how.recorded else (actor.label[:200], actor.person)
    came.stamp(session, row, how)


def withdraw(
    session: Session,
    sign_up_id: int,
    *,
    said_by: str | None = None,
    way: str | None = None,
    said_on: date | None = None,
    teller: str | None = None,
) -> SignUpFacts:
    """Take an answer back, at once also after the closing and once it was accepted, for nobody can be made to take part; the secretariat is
    told then. In a capped call that is open, whoever waits first gets the seat and hears of it.

    ``said_by``, ``way``, ``said_on``, ``teller``: where the secretariat was told so (``came.Said``): that person and whose answer it was
    get a confirmation. Raises NotFound; Forbidden for anyone but the person, a representative of the jurisdiction and the secretariat;
    Conflict where it was declined; Invalid for a call that is over, and with all that cannot be taken of how it came.
    """
    call, row = _answer(session, sign_up_id)
    actor, how = changes.actor(session), Said(said_by, way, said_on, teller)
    own = actor.person == row.person or (row.jurisdiction and represented(session, call, actor.person, among=[row.jurisdiction]))
    if way is not None or not own:
        require_secretariat(session)
    if wrong := came.wrong(session, call, how, recorded=way is not None):
        raise Invalid(**wrong)
    if row.state == "declined":
        raise Conflict(row.settled_by or "", row.settled_at or row.changed_at)
    if row.state in ACTIVE:
        heard = came.heard(session, call, row.jurisdiction, how, recorded=way is not None)
        _withdrawn(session, call, row, heard)
    return _facts(session, row)


def _withdrawn(session: Session, call: Call, row: SignUp, how: Came) -> None:
    """Whose answer it was hears of it, whoever gave it for them, and whoever was asked to confirm it."""
    actor = changes.actor(session)
    asked = representatives(session, call, [row.jurisdiction])[row.jurisdiction] if row.endorsed == "" and row.jurisdiction else {}
    concerned = (how.teller, row.person, row.nominator, row.endorser, *asked)
    _leave(session, call, row, how)
    knows = {actor.person, *(secretariat(session) if is_over(session, call) else ())}  # the secretariat hears of it as such
    told = [person for person in dict.fromkeys(concerned) if person and person not in knows]
    announce(session, "sign_up_withdrawn", f"{SIGN_UP}:{row.id}", told, {"by": named(actor.label), "recorded": how.recorded})


def _answer(session: Session, id_: int) -> tuple[Call, SignUp]:
    """A call and an answer to it, both locked, in this order. Raises NotFound; Invalid for a call that is over."""
    of = session.scalar(select(SignUp.call).where(SignUp.id == id_))
    if of is None:
        raise NotFound(str(id_))
    call = call_row(session, of, lock=True)
    require_open(call)
    return call, session.scalars(select(SignUp).where(SignUp.id == id_).with_for_update().execution_options(populate_existing=True)).one()


def _leave(session: Session, call: Call, row: SignUp, how: Came) -> None:
    came.stamp(session, row, how)
    row.state, row.changed_at, row.place, row.waiting = "withdrawn", clock.now(session), None, False
    row.message = row.settled_at = row.settled_by = None
    row.endorsed, row.nominated_by, row.nominator = ("no" if row.endorsed == "no" else None), None, None
    row.endorsed_by = row.endorser = None
    touch(session, SIGN_UP, f"{SIGN_UP}:{row.id}")
    free = call.capped and seats.promote(session, call)
    if row.jurisdiction:
        recount(session, call, row.jurisdiction, gone=True)
    if is_over(session, call):
        actor = changes.actor(session)
        officers = [person for person in secretariat(session) if person != actor.person]
        detail = {"by": named(actor.label), "over": True, "free": free}
        announce(session, "sign_up_withdrawn", f"{SIGN_UP}:{row.id}", officers, detail)


def endorse(session: Session, sign_up_id: int, *, stands: bool) -> SignUpFacts:
    """A representative confirms what somebody of their jurisdiction offered, which answers for it from then on, or does not: another is put
    forward then.

    Raises NotFound; Forbidden for anyone but representatives and the secretariat; Conflict where somebody settled it already; Invalid for a
    call that is over.
    """
    call, row = _answer(session, sign_up_id)
    by_secretariat = acts_for(session, call, row.jurisdiction)
    if row.endorsed in ("yes", "no") or row.state != "offered":
        raise Conflict(_last(session, row), row.changed_at)
    row.endorsed, row.changed_at = ("yes" if stands else "no"), clock.now(session)
    row.spoken_late = stands and not row.late and is_over(session, call) and not by_secretariat
    actor = changes.actor(session)
    row.endorsed_by, row.endorser = actor.label[:200], actor.person
    if not stands:
        _leave(session, call, row, Came())
    elif row.jurisdiction:
        recount(session, call, row.jurisdiction, Came() if _counts(row) else None)
    by = {"by": named(actor.label), "stands": stands}
    announce(session, "sign_up_endorsed", f"{SIGN_UP}:{row.id}", [row.person] if row.person != actor.person else [], by)
    if row.spoken_late:
        announce(session, "sign_up_late", f"{SIGN_UP}:{row.id}", secretariat(session), by)
    touch(session, SIGN_UP, f"{SIGN_UP}:{row.id}")
    return _facts(session, row)


def _last(session: Session, row: SignUp) -> str:
    """Who changed an answer last, by the Changes."""
    of = (Change.subject == SIGN_UP, Change.subject_id == str(row.id))
    return session.scalar(select(Change.by).where(*of).order_by(Change.id.desc()).limit(1)) or ""


def _tell(session: Session, row: SignUp, how: Came, *, to_endorse: Collection[str] | None) -> None:
    """Whoever was put forward hears of it, and whoever told the secretariat; representatives who are to confirm are asked, once
    (``to_endorse``: None where they were), the secretariat where there are none; of what is late, the secretariat decides.
    """
    actor = changes.actor(session)
    subject, by = f"{SIGN_UP}:{row.id}", {"by": named(actor.label)}
    touch(session, CALL, f"{CALL}:{row.call}")
    touch(session, SIGN_UP, subject)
    concerned = [*([row.person] if actor.person != row.person else []), *came.confirming(session, how, row.person)]
    if concerned:
        announce(session, "sign_up_recorded", subject, concerned, {**by, "said_by": row.said_by, "recorded": how.recorded})
    if row.endorsed == "" and to_endorse is not None:
        announce(session, "sign_up_to_endorse", subject, to_endorse or secretariat(session), by)
    if (row.late or row.spoken_late) and not how.recorded:
        announce(session, "sign_up_late", subject, secretariat(session), by)


def _facts(session: Session, row: SignUp) -> SignUpFacts:
    session.flush()
    return load_sign_ups(session, SignUp.id == row.id)[0]
