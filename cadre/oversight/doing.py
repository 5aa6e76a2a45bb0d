"""The changes of a decision, done: each record by record, in the transaction of whoever carries it out."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.calls import beginning, drafting
from cadre.core import changes, clock
from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.errors import Message
from cadre.core.i18n import LOCALES
from cadre.core.ids import free_id, spelled
from cadre.core.models import Provenance
from cadre.core.reader import Reader, named
from cadre.core.rows import chunks
from cadre.core.typed import tidy
from cadre.decisions.models import Action, Closing, Decision, Recommendation
from cadre.decisions.rules import shown
from cadre.decisions.service import ACTION, DROPPED, OPEN, chairs, settle_action
from cadre.groups.models import Group, Link
from cadre.groups.rights import source_for
from cadre.groups.roles import store_role
from cadre.notices import posts
from cadre.notices.service import announce, announce_each, touch
from cadre.oversight import closing
from cadre.oversight.actions import Edit
from cadre.oversight.drafts import CarryForm
from cadre.people.identities import CONFIRMED
from cadre.people.models import Role
from cadre.people.standing import RECORD, confirm_fact, forget, restate
from cadre.priorities.models import Alignment, Priority
from cadre.workplans import settling
from cadre.workplans.models import Workplan

RENEWED_WITHIN: Final = timedelta(days=90)
"""How long the co-chairs of a group that is of another kind have to renew its mandate, unless the secretariat gives them another day."""
CLOSING: Final = "closing"
"""What posts and notices call a group that was dissolved: "closing:12"."""
DISSOLVED: Final = "group_dissolved"
REOPENED: Final = "group_reopened"
"""What those hear whose roles end with a group, or begin anew."""


@dataclass(frozen=True, slots=True)
class Doing:
    """What all changes of one decision have in common."""

    session: Session
    decision: Decision
    form: CarryForm
    day: PartialDate
    told: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """By kind of announcement, who hears of what once all is done."""
    closed: dict[str, int] = field(default_factory=dict)
    """What is kept of the groups that were dissolved, by their record."""

    @property
    def label(self) -> str:
        """The number of the decision."""
        return shown(self.decision.year, self.decision.number)

    def group(self, edit: Edit) -> Group:
        """The group that a change is about."""
        return self.session.get_one(Group, edit.record)


def in_both(message: Message) -> Bilingual:
    """A text that is kept in both languages."""
    return Bilingual(*(str(message.for_(Reader(LOCALES[language]))) for language in ("en", "fr")))


def why(of: Doing) -> Bilingual:
    """Why what a dissolved group had ahead does not come."""
    return in_both(Message("The group is dissolved (decision {number}).", {"number": Bilingual(of.label, of.label)}))


def do(of: Doing, edit: Edit) -> None:
    """One change. What a group has ahead ends all at once (``cadre.meetings.ending.stop``), and not here."""
    _DO[edit.what](of, edit)


def tell(of: Doing) -> None:
    """Those whose confirmed roles ended with a group, or begin anew, hear of it: not whoever does it."""
    session, by = of.session, changes.actor(of.session)
    if of.closed:
        stands = (Provenance.subject == "role") & (Provenance.subject_id == Role.id) & (Provenance.field == RECORD)
        ended = Role.__table__.c.until_text == of.day.text, Provenance.standing == CONFIRMED
        for some in chunks(of.closed):
            query = select(Role.person, Role.group).join(Provenance, stands).where(Role.group.in_(some), *ended)
            for person, group in session.execute(query.order_by(Role.group, Role.number, Role.id)):
                of.told.setdefault(DISSOLVED, []).append((person, f"{CLOSING}:{of.closed[str(group)]}"))
    for kind, told in of.told.items():
        announce_each(session, kind, dict.fromkeys(each for each in told if each[0] != by.person), {"by": named(by.label)})


def _column(name: str) -> Callable[[Doing, Edit], None]:
    def change(of: Doing, edit: Edit) -> None:
        setattr(of.group(edit), name, edit.after or None)
        restate(of.session, "group", edit.record, name, source_for(of.session, edit.record), confirmed=True)

    return change


def _strength(of: Doing, edit: Edit) -> None:
    row = of.session.get_one(Alignment, edit.record)
    row.strength = edit.after
    restate(of.session, "alignment", row.id, "strength", source_for(of.session, row.group), confirmed=True)


def _stated(of: Doing, subject: str, id_: str, group: str | None) -> None:
    """A new record, which the decision confirms."""
    of.session.add(Provenance(subject=subject, subject_id=id_, field=RECORD, source=source_for(of.session, group), standing="stated"))
    of.session.flush()
    confirm_fact(of.session, subject, id_)


def _align(of: Doing, group: str, priority: str) -> None:
    row = Alignment(id=free_id(of.session, Alignment, f"{group}.{priority}"), group=group, priority=priority, strength="supports")
    of.session.add(row)
    of.session.flush()
    _stated(of, "alignment", row.id, group)


def _aligned(of: Doing, edit: Edit) -> None:
    _align(of, edit.record, edit.after)


def _unaligned(of: Doing, edit: Edit) -> None:
    forget(of.session, "alignment", edit.record)
    of.session.delete(of.session.get_one(Alignment, edit.record))


def _founds(of: Doing, edit: Edit) -> None:
    carried = of.session.get_one(Priority, edit.record)
    id_ = free_id(of.session, Group, spelled(edit.of.en or edit.of.fr or "", "group"))
    row = Group(id=id_, name=edit.of, kind=edit.after, state="active", owner=carried.owner, description=carried.description)
    of.session.add(row)
    of.session.flush()
    _stated(of, "group", id_, carried.owner)
    carried.group = id_
    _align(of, id_, carried.id)


def _ends(of: Doing, edit: Edit) -> None:
    with of.session.no_autoflush:  # a group has many: they are written together
        of.session.get_one(Role, edit.record).until = of.day


def _begins(of: Doing, edit: Edit) -> None:
    held = of.session.get_one(Role, edit.record)
    values = {"role": held.role, "jurisdiction": held.jurisdiction, "on_behalf_of": held.on_behalf_of, "since": of.day, "until": None}
    store_role(of.session, str(held.group), held.person, values, source_for(of.session, held.group))
    latest = of.session.scalar(select(Closing.id).where(Closing.group == held.group).order_by(Closing.id.desc()).limit(1))
    of.told.setdefault(REOPENED, []).append((held.person, f"{CLOSING}:{latest}"))


def _leads(of: Doing, edit: Edit) -> None:
    """A lead of a priority co-chairs its working group: a role that was only proposed is confirmed."""
    priority, _, person = edit.record.partition("|")
    group = str(of.session.get_one(Priority, priority).group)
    same = (Role.group == group, Role.person == person, Role.role == "co_chair")
    held = next((row for row in of.session.scalars(select(Role).where(*same).order_by(Role.id)) if row.until is None), None)
    if held is None:
        values = {"role": "co_chair", "jurisdiction": edit.after or None, "on_behalf_of": None, "since": of.day, "until": None}
        store_role(of.session, group, person, values, source_for(of.session, group))
        return
    held.since = held.since or of.day
    of.session.flush()
    confirm_fact(of.session, "role", held.id)


def _closes_call(of: Doing, edit: Edit) -> None:
    said = why(of)
    drafting.cancel(of.session, int(edit.record), said.en or "", said.fr or "")


def _drops(of: Doing, edit: Edit) -> None:
    settle_action(of.session, edit.record, DROPPED)


def _reopens(of: Doing, edit: Edit) -> None:
    row = of.session.get_one(Action, edit.record)
    row.state, row.settled_at, row.settled_by = OPEN, None, None
    touch(of.session, ACTION, f"{ACTION}:{row.id}")


def _renew(of: Doing, edit: Edit) -> None:
    """A next step for the co-chairs, for the mandate was that of another kind of group: it names the kind, and the decision."""
    whom, number = chairs(of.session, edit.record), Bilingual(of.label, of.label)
    row = Action(id=secrets.token_hex(6), group=edit.record, owner=next(iter(whom), None), state=OPEN)
    assert edit.other
    values = {"group": edit.of, "kind": edit.other, "number": number}
    row.wording = in_both(Message("Renew the mandate of {group} (now: {kind}; decision {number})", values))
    row.due = PartialDate.day(max(of.day.last, clock.today(of.session)) + RENEWED_WITHIN)
    of.session.add(row)
    of.session.flush()
    announce(of.session, "action_given", f"{ACTION}:{row.id}", whom, {"by": named(changes.actor(of.session).label)})
    touch(of.session, ACTION, f"{ACTION}:{row.id}")


def _becomes(of: Doing, edit: Edit) -> None:
    row = Link(id=free_id(of.session, Link, f"{edit.record}.becomes.{edit.after}"), source_group=edit.record, target_group=edit.after)
    row.kind = closing.BECOMES
    of.session.add(row)
    of.session.flush()
    _stated(of, "link", row.id, edit.record)


def _unlinked(of: Doing, edit: Edit) -> None:
    forget(of.session, "link", edit.record)
    of.session.delete(of.session.get_one(Link, edit.record))


def _call(of: Doing, edit: Edit) -> None:
    beginning.begin(of.session, group=None, priority=edit.record)


def _approves(of: Doing, edit: Edit) -> None:
    settling.approve(of.session, edit.record, of.decision.meeting or "")
    _under(of, edit)


def _under(of: Doing, edit: Edit) -> None:
    of.session.get_one(Workplan, edit.record).decision = of.decision.id


def _recommends(of: Doing, edit: Edit) -> None:
    of.session.get_one(Recommendation, edit.record).status = edit.after


def _closing(of: Doing, edit: Edit) -> None:
    row = Closing(group=edit.record, decision=of.decision.id)
    row.day = of.day
    for name in ("note", "outcomes", "unfinished"):
        english, french = (tidy(text) or None for text in getattr(of.form, name))
        setattr(row, name, Bilingual(english, french) if english or french else None)
    of.session.add(row)
    of.session.flush()
    of.closed[edit.record] = row.id


def _tells(of: Doing, edit: Edit) -> None:
    """The channel of a group hears that it is over, or goes on."""
    latest = select(Closing).where(Closing.group == edit.record).order_by(Closing.id.desc()).limit(1)
    row = of.session.scalars(latest).one()
    touch(of.session, CLOSING, f"{CLOSING}:{row.id}")
    posts.post(of.session, f"{CLOSING}:{row.id}" + (":reopened" if row.reopened else ""), [edit.after])


def _reopened(of: Doing, edit: Edit) -> None:
    if row := closing.last(of.session, edit.record):
        row.reopened = of.decision.id
        of.session.flush()


def _together(of: Doing, edit: Edit) -> None:
    """Done with all else that the group has ahead."""


_DO: Final[Mapping[str, Callable[[Doing, Edit], None]]] = {
    "state": _column("state"),
    "kind": _column("kind"),
    "target": _column("target_kind"),
    "owner": _column("owner"),
    "strength": _strength,
    "aligned": _aligned,
    "unaligned": _unaligned,
    "founds": _founds,
    "ends": _ends,
    "begins": _begins,
    "leads": _leads,
    "cancels": _together,
    "ends_series": _together,
    "closes_poll": _together,
    "closes_call": _closes_call,
    "drops": _drops,
    "reopens": _reopens,
    "renew": _renew,
    "becomes": _becomes,
    "unlinked": _unlinked,
    "call": _call,
    "approves": _approves,
    "under": _under,
    "recommends": _recommends,
    "proposes": _recommends,
    "closing": _closing,
    "tells": _tells,
    "reopened": _reopened,
}
