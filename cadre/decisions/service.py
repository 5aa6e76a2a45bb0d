"""What a meeting decided, and what is to be done next: recorded, put off, settled, and asked for.

A decision stands as provisional and without a number until somebody confirms it. Rights are checked here, at the moment of the act.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import changes, clock
from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.errors import Conflict, Forbidden, Invalid, Message, NotFound
from cadre.core.facts import of_row
from cadre.core.marks import mark
from cadre.core.reader import OPERATOR, Actor, named
from cadre.core.rows import added, by_id, sent_in
from cadre.core.typed import edited, tidy, too_long
from cadre.decisions.facts import ActionFacts, DecisionFacts
from cadre.decisions.models import Action, Decision, DocumentVersion, Referral
from cadre.groups.models import Group
from cadre.groups.rights import led_by, require_going
from cadre.notices.service import announce, touch
from cadre.people import holders
from cadre.people import service as people
from cadre.people.facts import PersonRef
from cadre.people.models import Person
from cadre.people.standing import forget

ACTION: Final = "action"
"""What notices call one: "action:3f…"."""
CHAIRS: Final = frozenset({"lead", "co_chair"})
CHAIR: Final = "co_chair"
PROVISIONAL: Final = "provisional"
OPEN: Final = "open"
DONE: Final = "done"
DROPPED: Final = "dropped"
ANEW: Final = Message("Somebody else changed this since: open it again to see how it stands.")
"""What is said to whoever saves what somebody else changed since they saw it."""


@dataclass(frozen=True, slots=True)
class DecisionForm:
    """A decision as it is typed, in one language at least; what is left empty is owed. ``id``: of one that is worded anew, ``seen``: what
    the window showed of it (``shown``).
    """

    group: str
    meeting: str
    wording_en: str = ""
    wording_fr: str = ""
    item: int | None = None
    taken: PartialDate | None = None
    id: str | None = None
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class ActionForm:
    """A next step as it is typed: what, who, by when. ``group``: of whom; ``meeting``: at which it was agreed."""

    group: str
    wording_en: str = ""
    wording_fr: str = ""
    owner: str | None = None
    due: date | None = None
    meeting: str | None = None


@dataclass(frozen=True, slots=True)
class ActionView:
    """A next step as one person sees it. ``mine``: it is theirs to do; ``chairs``: they chair its group, or act for the secretariat."""

    facts: ActionFacts
    group_name: Bilingual | None
    owner: PersonRef | None
    settled_by: str | None
    settled_at: datetime | None
    mine: bool
    chairs: bool

    @property
    def id(self) -> str:
        """Its record."""
        return self.facts.id

    @property
    def subject(self) -> str:
        """What notices call it."""
        return f"{ACTION}:{self.id}"

    @property
    def due(self) -> date | None:
        """The last day on which it is in time."""
        return self.facts.due.last if self.facts.due else None

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.facts.state == OPEN


def chairs(session: Session, group: str) -> tuple[str, ...]:
    """Who leads or co-chairs a group now, confirmed."""
    return tuple(dict.fromkeys(each.person.id for each in holders.of_groups(session, [group]) if each.role in CHAIRS))


def may_record(session: Session, group: str | None, actor: Actor) -> bool:
    """Whether somebody keeps the decisions and next steps of a group: its leads and co-chairs, the secretariat, whoever runs Cadre."""
    if actor == OPERATOR or people.is_secretariat(session, actor):
        return True
    return group in led_by(session, actor)


def record_decision(session: Session, form: DecisionForm, *, view_id: str | None = None) -> DecisionFacts:
    """Record what was decided, provisionally; or word it anew. Sent twice, it is one.

    Raises Forbidden; NotFound; Invalid for no words, or too many; Conflict, with who and when, for one that was confirmed since, or is
    worded otherwise than was shown.
    """
    _require(session, form.group)
    same = sent_in(Decision, view_id)
    if found := session.scalar(same):
        return of_row(found, DecisionFacts)
    english, french = _texts(form.wording_en, form.wording_fr)
    row = _provisional(session, form.id, form.meeting) if form.id else None
    if row is None:
        row = Decision(id=new_id(session), state=PROVISIONAL, council=form.group, meeting=form.meeting, item=form.item, view_id=view_id)
        row.taken = form.taken
        row.wording = Bilingual(english or None, french or None)
        if not added(session, row, same):
            row = session.scalars(same).one()
    elif (wording := edited(row.wording, english, french) or row.wording) != row.wording:
        require_shown(session, row, form.seen)
        row.wording = wording
    session.flush()
    return of_row(row, DecisionFacts)


def new_id(session: Session) -> str:
    """The id of a decision: it begins with its moment, so that those of a meeting stand in the order in which they were recorded."""
    return f"{int(clock.now(session).timestamp() * 1000):012x}{secrets.token_hex(2)}"


def withdraw_decision(session: Session, id_: str, meeting: str, group: str, why: str) -> None:
    """Take back a decision that is provisional: the record goes, and what it said stays among the Changes, with the reason.

    Raises Forbidden; NotFound; Invalid without a reason; Conflict for one that was confirmed since.
    """
    _require(session, group)
    said = tidy(why)
    if wrong := ({} if said else {"why": Message("Write why.")}) | too_long({"why": said}):
        raise Invalid(**wrong)
    row = _provisional(session, id_, meeting)
    changes.keep(session, "decision", id_, "withdrawn", before="", after=said)
    for referral in session.scalars(select(Referral).where(Referral.decision == id_)).all():
        forget(session, "referral", referral.id)
        session.delete(referral)
    session.delete(row)
    session.flush()


def shown(decision: Decision | DecisionFacts) -> str:
    """A mark of how a decision is worded, by which a window knows later whether somebody worded it anew."""
    return mark(f"{decision.wording.en}\0{decision.wording.fr}")


def require_shown(session: Session, row: Decision, seen: str | None) -> None:
    """Raises Conflict, with who and when, for a decision that was worded anew since a window showed it. ``seen``: its mark of that."""
    if seen and seen != shown(row):
        raise meanwhile(session, row, ANEW)


def meanwhile(session: Session, row: Decision | DocumentVersion, what: Message | None = None, *fields: str) -> Conflict:
    """What somebody else did to a record, or some of its fields: who, and when."""
    by, at = changes.last(session, row.__tablename__, row.id, *fields) or ("", clock.now(session))
    return Conflict(named(by), at, what, wrote=what == ANEW)


def decision_row(session: Session, id_: str, *, lock: bool = False) -> Decision:
    """A decision by its id, its row locked where it is to be changed. Raises NotFound."""
    query = select(Decision).where(Decision.id == id_).execution_options(populate_existing=True)
    found = session.scalar(query.with_for_update(key_share=True) if lock else query)
    if found is None:
        raise NotFound(id_)
    return found


def _provisional(session: Session, id_: str, meeting: str) -> Decision:
    found = decision_row(session, id_, lock=True)
    if found.meeting != meeting:
        raise NotFound(id_)
    if found.state != PROVISIONAL:
        raise meanwhile(session, found)
    return found


def decisions_of(session: Session, meeting: str) -> tuple[DecisionFacts, ...]:
    """What a meeting decided, by the items of its agenda, and then in the order in which it was recorded: an id begins with its moment."""
    rows = session.scalars(select(Decision).where(Decision.meeting == meeting)).all()
    return tuple(of_row(row, DecisionFacts) for row in sorted(rows, key=lambda row: (row.number or 0, row.item or 0, row.id)))


def record_action(session: Session, form: ActionForm, *, view_id: str | None = None) -> ActionView:
    """Record a next step; whoever is to do it is told. Sent twice, it is one. Raises Forbidden; Invalid with all that cannot be taken."""
    _require(session, form.group)
    same, actor = sent_in(Action, view_id), changes.actor(session)
    if found := session.scalar(same):
        return load(session, [found], actor)[0]
    require_going(session, form.group)
    wrong: dict[str, Message] = {}
    if form.owner is None or session.get(Person, form.owner) is None:
        wrong["owner"] = Message("Choose who is to do it.")
    if form.due is None:
        wrong["due"] = Message("Choose a day.")
    elif form.due < clock.today(session):
        wrong["due"] = Message("This day is past.")
    english, french = _texts(form.wording_en, form.wording_fr, wrong)
    row = Action(id=secrets.token_hex(6), group=form.group, owner=form.owner, meeting=form.meeting, state=OPEN, view_id=view_id)
    row.wording = Bilingual(english or None, french or None)
    row.due = PartialDate.day(form.due) if form.due else None
    if not added(session, row, same):
        return load(session, session.scalars(same).all(), actor)[0]
    if form.owner and form.owner != actor.person:
        announce(session, "action_given", f"{ACTION}:{row.id}", [form.owner], {"by": named(actor.label)})
    touch(session, ACTION, f"{ACTION}:{row.id}")
    return load(session, [row], actor)[0]


def settle_action(session: Session, id_: str, state: str) -> ActionView:
    """Say that a next step is done, or drop it. Done: whoever is to do it, its group's chair, the secretariat. Drop: the latter two.

    Raises NotFound; Forbidden; Conflict, which names who settled it before and when.
    """
    row, mine = _open(session, id_)
    if state not in (DONE, DROPPED):
        raise ValueError(state)
    if state == DROPPED or not mine:
        _require(session, row.group)
    actor = changes.actor(session)
    row.state, row.settled_at, row.settled_by = state, clock.now(session), actor.label[:200]
    session.flush()
    if row.owner and not mine:
        announce(session, "action_settled", f"{ACTION}:{id_}", [row.owner], {"by": named(actor.label)})
    touch(session, ACTION, f"{ACTION}:{id_}")
    return load(session, [row], actor)[0]


def put_off_action(session: Session, id_: str, due: date | None) -> ActionView:
    """Give a next step more time. Whoever is to do it may, its group's chair, and the secretariat; the others of them are told.

    Raises as ``settle_action``; Invalid for no day, or one that is no later than before.
    """
    row, mine = _open(session, id_)
    if not mine:
        _require(session, row.group)
    before = row.due.last if row.due else None
    if due is None:
        raise Invalid(due=Message("Choose a day."))
    if due < clock.today(session) or (before and due <= before):
        raise Invalid(due=Message("Choose a later day than before."))
    actor = changes.actor(session)
    row.due = PartialDate.day(due)
    session.flush()
    others = [each for each in (row.owner, *(chairs(session, row.group) if row.group else ())) if each and each != actor.person]
    detail = {"by": named(actor.label), "was": before.isoformat() if before else None}
    announce(session, "action_put_off", f"{ACTION}:{id_}", others, detail)
    touch(session, ACTION, f"{ACTION}:{id_}")
    return load(session, [row], actor)[0]


def action(session: Session, id_: str, seen_by: Actor) -> ActionView:
    """One next step. Raises NotFound."""
    row = session.get(Action, id_)
    if row is None:
        raise NotFound(id_)
    return load(session, [row], seen_by)[0]


def open_actions(
    session: Session, group: str | None = None, jurisdiction: str | None = None, person: str | None = None, *, seen_by: Actor | None = None
) -> tuple[ActionView, ...]:
    """Next steps that are still to be done, the most urgent first: of a group, of the people of a jurisdiction, of one person.

    Of those of the seed nobody has said whether they are open: they are not among them.
    """
    query = select(Action).where(Action.state == OPEN)
    if group:
        query = query.where(Action.group == group)
    if jurisdiction:
        query = query.join(Person, Person.id == Action.owner).where(Person.jurisdiction == jurisdiction)
    if person:
        query = query.where(Action.owner == person)
    rows = sorted(session.scalars(query), key=lambda row: (row.due.last if row.due else date.max, row.id))
    return load(session, rows, seen_by or Actor(""))


def actions_of(session: Session, meeting: str, seen_by: Actor) -> tuple[ActionView, ...]:
    """The next steps that a meeting agreed on, whatever became of them."""
    rows = session.scalars(select(Action).where(Action.meeting == meeting)).all()
    return load(session, sorted(rows, key=lambda row: (row.due.last if row.due else date.max, row.id)), seen_by)


def load(session: Session, rows: Sequence[Action], seen_by: Actor) -> tuple[ActionView, ...]:
    """From rows to next steps as somebody sees them."""
    groups = by_id(session, Group, _known(row.group for row in rows))
    owners = by_id(session, Person, _known(row.owner for row in rows))
    chaired, everywhere = led_by(session, seen_by), may_record(session, None, seen_by)
    return tuple(
        ActionView(
            facts=of_row(row, ActionFacts),
            group_name=groups[row.group].name if row.group else None,
            owner=PersonRef(row.owner, owners[row.owner].name) if row.owner else None,
            settled_by=named(row.settled_by) if row.settled_by else None,
            settled_at=row.settled_at,
            mine=row.owner is not None and row.owner == seen_by.person,
            chairs=everywhere or row.group in chaired,
        )
        for row in rows
    )


def _known(ids: Iterable[str | None]) -> Collection[str]:
    return {id_ for id_ in ids if id_}


def _open(session: Session, id_: str) -> tuple[Action, bool]:
    """A next step that can be settled, its row locked, and whether it is the acting person's to do."""
    query = select(Action).where(Action.id == id_).with_for_update().execution_options(populate_existing=True)
    row = session.scalar(query)
    if row is None:
        raise NotFound(id_)
    actor = changes.actor(session)
    mine = actor.person is not None and row.owner == actor.person
    if not mine:
        _require(session, row.group)
    if row.state in (DONE, DROPPED):
        raise Conflict(named(row.settled_by or ""), row.settled_at or clock.now(session))
    return row, mine


def _require(session: Session, group: str | None) -> None:
    if not may_record(session, group, changes.actor(session)):
        raise Forbidden(CHAIR)


def _texts(english: str, french: str, wrong: dict[str, Message] | None = None) -> tuple[str, str]:
    """Both languages, tidied. Raises Invalid with these errors and its own: one language is needed at least."""
    texts = {"wording_en": tidy(english), "wording_fr": tidy(french)}
    found = {**(wrong or {}), **too_long(texts)}
    if not any(texts.values()):
        found["wording"] = Message("Write it in one language at least.")
    if found:
        raise Invalid(**found)
    return texts["wording_en"], texts["wording_fr"]
