"""Who takes part by an answer, for which jurisdiction, and whether whoever says so may."""

from __future__ import annotations

import re
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.calls import came
from cadre.calls.facts import SOUGHT, WORK_LANGUAGES
from cadre.calls.forms import Newcomer, SignUpForm
from cadre.calls.models import Call, SignUp
from cadre.calls.records import newcomer, written_in
from cadre.calls.rights import acting_person, acts_for
from cadre.calls.speaking import place_of, represented
from cadre.core import changes
from cadre.core.errors import Forbidden, Invalid, Message, NotFound
from cadre.core.typed import tidy, too_long
from cadre.core.words import Words
from cadre.people.models import Jurisdiction, Person

TAKEN: Final = Message("By the registry, this address belongs to somebody of another government. Put somebody of yours forward.")
_NAME: Final = 200
_ADDRESS: Final = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+")


def wrong(session: Session, call: Call, form: SignUpForm) -> dict[str, Message]:
    """All that cannot be taken of an answer, by the field that it stands in."""
    found = too_long({"experience": tidy(form.experience)})
    offered = Message("Choose one of those offered.")
    if form.role not in SOUGHT or form.role not in call.roles.split():
        found["role"] = offered
    if form.language not in WORK_LANGUAGES:
        found["language"] = offered
    found |= came.wrong(session, call, said(form), recorded=False)
    if form.jurisdiction and session.get(Jurisdiction, form.jurisdiction) is None:
        found["jurisdiction"] = offered
    if form.person is None and form.newcomer:
        found |= wrong_newcomer(form.newcomer)
    return found


def said(form: SignUpForm) -> came.Said:
    """How the answer came, as the secretariat typed it."""
    return came.Said(form.said_by, form.way, form.said_on, form.teller)


def wrong_newcomer(newcomer: Newcomer) -> dict[str, Message]:
    """What cannot be taken of somebody who is not in the registry yet."""
    found: dict[str, Message] = {}
    if not tidy(newcomer.name) or len(newcomer.name) > _NAME:
        found["name"] = Message("Write their name.")
    if not tidy(newcomer.email):
        found["email"] = Message("Write their e-mail address.")
    elif not _ADDRESS.fullmatch(tidy(newcomer.email)) or len(newcomer.email) > _NAME:
        found["email"] = Message("This is not an e-mail address: it looks like name@example.org.")
    return found


def who(session: Session, call: Call, form: SignUpForm) -> tuple[Person, bool]:
    """Who takes part, their record locked, and whether the secretariat records it. Raises Forbidden, NotFound; Invalid where it does not
    say who told it so.
    """
    own = form.person is None and form.newcomer is None
    if own or (form.person is not None and form.person == changes.actor(session).person and form.way is None):
        return _person(session, acting_person(session)), False
    found = _person(session, form.person) if form.person else None
    if found is None and form.newcomer:
        _may(session, call, form.jurisdiction, form)  # nobody learns whose address it is who may not answer for them
        found = newcomer(session, form.newcomer, form.jurisdiction)
    if found is None:
        raise NotFound(form.person or "")
    try:
        recorded = _may(session, call, found.jurisdiction or form.jurisdiction, form)
    except Forbidden as problem:
        if form.newcomer is None:
            raise
        raise Invalid(email=TAKEN) from problem
    if wrong := came.wrong(session, call, said(form), recorded=recorded):
        raise Invalid(**wrong)
    written_in(session, found.id, form.language)
    return found, recorded


def _may(session: Session, call: Call, jurisdiction: str | None, form: SignUpForm) -> bool:
    where = place_of(session, call, jurisdiction) if jurisdiction else None
    return acts_for(session, call, where, recording=form.way is not None)


def _person(session: Session, id_: str) -> Person:
    """Somebody's record, locked: what is sent twice at the same moment makes one row."""
    found = session.scalar(select(Person).where(Person.id == id_).with_for_update(key_share=True))
    if found is None:
        raise NotFound(id_)
    return found


def whence(session: Session, call: Call, person: Person, form: SignUpForm, *, recorded: bool, held: SignUp) -> tuple[str, bool]:
    """Of which jurisdiction somebody takes part, and whether that is only their word. Who changes what others put them forward for
    (``held``) stays where these said. Raises Invalid where nobody knows, and where the secretariat records somebody who by the registry is
    of another without saying that it knows so.
    """
    actor, said = changes.actor(session), form.jurisdiction
    of = place_of(session, call, person.jurisdiction) if person.jurisdiction else None
    if recorded and said and of and of != place_of(session, call, said) and not form.elsewhere:
        name = {"name": Words.verbatim(person.name)}
        raise Invalid(elsewhere=Message("By the registry, {name} is of another government. Say here that this is right.", name))
    told = held.nominated_by or held.recorded_by
    if said is None and held.state == "offered" and told and held.jurisdiction and not held.stated:
        return held.jurisdiction, False
    if said and said != person.jurisdiction:
        answers_for = recorded or bool(represented(session, call, actor.person, among=[said]))
        if answers_for and not recorded and actor.person != person.id and _spoken_for(session, call, held, said):
            name = {"name": Words.verbatim(person.name)}
            raise Invalid(person=Message("Another government has put {name} forward. The secretariat can change that.", name))
        if recorded or person.jurisdiction is None or (answers_for and actor.person == person.id):
            return place_of(session, call, said), not answers_for
    if of is None:
        raise Invalid(jurisdiction=Message("Say for which government or body: the registry does not know it yet."))
    return of, False


def _spoken_for(session: Session, call: Call, held: SignUp, said: str) -> bool:
    """Whether somebody takes part in the name of another jurisdiction than that which is ``said``."""
    return held.state == "offered" and held.endorsed == "yes" and held.jurisdiction != place_of(session, call, said)
