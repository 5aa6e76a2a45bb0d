"""What was settled earlier: undone by a decision that supersedes another, and workplans that a meeting approved, under its decision."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Invalid, Message
from cadre.core.i18n import LOCALES
from cadre.core.models import Change
from cadre.core.reader import Reader
from cadre.core.rows import by_id
from cadre.decisions.asking import worded
from cadre.decisions.models import Action, Carried, Recommendation
from cadre.decisions.service import DROPPED, OPEN
from cadre.groups.models import Group, GroupKind, Link
from cadre.meetings.models import Meeting
from cadre.oversight import closing
from cadre.oversight.actions import Action as ActionName
from cadre.oversight.actions import Edit
from cadre.oversight.drafts import Draft, Offer
from cadre.people import holders
from cadre.people.models import Person, Role
from cadre.priorities.models import Alignment, Priority
from cadre.workplans.facts import WorkplanFacts
from cadre.workplans.models import Cycle, Workplan
from cadre.workplans.moving import approving
from cadre.workplans.reading import load
from cadre.workplans.rules import cannot_approve, missing
from cadre.workplans.wording import cycle

_GROUP: Final = "group:"
_KEPT: Final = ("working_group", "workplans", "reopen")
"""What is not undone by itself: what came of it goes its own way."""


def done_by(session: Session, decision: str) -> tuple[Carried, ...]:
    """What a decision was carried out for."""
    return tuple(session.scalars(select(Carried).where(Carried.decision == decision).order_by(Carried.id)))


def undo(draft: Draft) -> None:
    """The groups that an earlier decision dissolved are reopened; of the others, what it changed is as before, where nothing else changed
    it since. What it approved is proposed again. Raises Invalid where it changed nothing that can be undone.
    """
    session, earlier = draft.session, str(draft.decision.supersedes)
    done = done_by(session, earlier)
    rows = [row for row in done if row.target.startswith(_GROUP) and row.action not in _KEPT]
    kept = {row.target for row in done if row not in rows}
    if not rows and any(row.action == "working_group" for row in done):
        raise Invalid(choice=Message("Working groups that the earlier decision made go on: choose “Groups are dissolved”, and name them."))
    if not rows:
        raise Invalid(choice=Message("The earlier decision changed nothing that can be undone."))
    draft.groups = by_id(session, Group, {row.target.removeprefix(_GROUP) for row in rows})
    for row in rows:
        group = draft.groups[row.target.removeprefix(_GROUP)]
        action: ActionName = "reopen" if row.action == "sunset" else "restore"
        draft.step(action, row.target)
        draft.state(action, group)
        if action == "reopen":
            _reopen(draft, earlier, group)
        else:
            draft.edits += _restore(session, earlier, group, kept)
    draft.edits += _unapproved(draft, earlier, everything=not kept)


def _unapproved(draft: Draft, earlier: str, *, everything: bool) -> Iterator[Edit]:
    """The recommendations that the earlier decision approved: about the groups, and where nothing of it is kept those about none."""
    session = draft.session
    rows = {row.id: row for row in session.scalars(select(Recommendation).order_by(Recommendation.number, Recommendation.id))}
    for each in _under(session, earlier, "recommendation", rows):
        row = rows[each.subject_id]
        concerns = row.group in draft.groups if row.group else everything
        if concerns and each.field == "status" and row.status == each.after == "approved" and each.before:
            yield Edit("proposes", row.id, worded(session, row), row.status, each.before)


def _under(session: Session, decision: str, subject: str, ids: Collection[str]) -> list[Change]:
    """What was changed of some records under a decision, the first change of each field."""
    of = (Change.decision == decision, Change.subject == subject, Change.subject_id.in_(ids))
    first: dict[tuple[str, str], Change] = {}
    for each in session.scalars(select(Change).where(*of).order_by(Change.id)):
        first.setdefault((each.subject_id, each.field), each)
    return list(first.values())


def _reopen(draft: Draft, earlier: str, group: Group) -> None:
    """The roles that ended are offered one by one, for people have moved on; the actions that were dropped are open again, and no group
    takes over from it any more.
    """
    session = draft.session
    roles = {row.id: row for row in session.scalars(select(Role).where(Role.group == group.id))}
    ended = {each.subject_id for each in _under(session, earlier, "role", roles) if each.field == "until_text"}
    people = by_id(session, Person, {roles[id_].person for id_ in ended})
    holding = {(each.person.id, each.role) for each in holders.of_groups(session, [group.id])}
    for id_ in sorted(ended, key=lambda id_: (roles[id_].number or 0, id_)):
        role, name = roles[id_], people[roles[id_].person].name
        if (role.person, role.role) not in holding or (role.until and role.until.last <= draft.day.first):
            edit = Edit("begins", id_, Bilingual(name, name), "", role.role, group.name, draft.day)
            draft.offers.append(Offer(f"role:{id_}", edit, ticked=False))
    for row in _dropped(session, earlier, group.id):
        draft.edits.append(Edit("reopens", row.id, row.wording, DROPPED, OPEN))
    links = {row.id: row for row in session.scalars(select(Link).where(Link.source_group == group.id, Link.kind == closing.BECOMES))}
    after = by_id(session, Group, {row.target_group for row in links.values()})
    for id_ in sorted({each.subject_id for each in _under(session, earlier, "link", links)}):
        taker = links[id_].target_group
        draft.edits.append(Edit("unlinked", id_, group.name, taker, "", after[taker].name))
    draft.edits.append(Edit("reopened", group.id, group.name, day=draft.day))
    if group.channel:
        draft.edits.append(Edit("tells", group.id, group.name, "", group.channel))


def _dropped(session: Session, earlier: str, group: str) -> Iterator[Action]:
    rows = {row.id: row for row in session.scalars(select(Action).where(Action.group == group, Action.state == DROPPED))}
    for each in _under(session, earlier, "action", rows):
        if each.field == "state" and each.after == DROPPED:
            yield rows[each.subject_id]


def _restore(session: Session, earlier: str, group: Group, kept: Collection[str]) -> Iterator[Edit]:
    """Kind, kind to come, state and strengths as they were, but for what another decision or somebody changed since; what was added is
    gone again. ``kept``: what else the decision did, of which nothing is undone.
    """
    kinds = {row.id: row.name for row in session.scalars(select(GroupKind))}
    for each in _under(session, earlier, "group", [group.id]):
        if each.field not in ("kind", "target_kind", "state") or getattr(group, each.field) != each.after:
            continue
        what, before, after = each.field, each.after or "", each.before or ""
        if what == "state":
            yield Edit("state", group.id, group.name, before, after)
        else:
            was, now = kinds.get(before), kinds.get(after)
            yield Edit("kind" if what == "kind" else "target", group.id, group.name, before, after, now, was=was)
    rows = {row.id: row for row in session.scalars(select(Alignment).where(Alignment.group == group.id))}
    names = by_id(session, Priority, {row.priority for row in rows.values()})
    of = (Change.subject == "alignment", Change.subject_id.in_(rows), Change.decision.is_distinct_from(earlier))
    since = set(session.scalars(select(Change.subject_id).where(*of)))
    for each in _under(session, earlier, "alignment", rows):
        row = rows[each.subject_id]
        if each.field != "strength" or row.strength != each.after:
            continue
        if each.before:
            yield Edit("strength", row.id, group.name, row.strength, each.before, names[row.priority].name)
        elif f"priority:{row.priority}" not in kept and row.id not in since:
            yield Edit("unaligned", row.id, group.name, row.strength, "", names[row.priority].name)
    todo = {row.id: row for row in session.scalars(select(Action).where(Action.group == group.id, Action.state == OPEN))}
    for each in _under(session, earlier, "action", todo):
        if each.field == "state" and each.before is None:  # to renew the mandate
            yield Edit("drops", each.subject_id, todo[each.subject_id].wording, OPEN, DROPPED)


def workplans(draft: Draft) -> None:
    """The workplans that the meeting of a decision approves: those that it approved come under the decision; those that are complete are
    offered, where they stand in both languages and were handed in by then. Source: governance rule G1, seed deck.

    Raises Invalid where the decision was not taken at a meeting, or none is there.
    """
    session = draft.session
    meeting = session.get(Meeting, draft.decision.meeting) if draft.decision.meeting else None
    if meeting is None:
        raise Invalid(choice=Message("Workplans are approved at a meeting, and this decision was not taken at one."))
    councils = set(session.scalars(select(Cycle.council).distinct()))
    own = {council for council in councils if meeting.group in approving(session, council)}
    query = select(Workplan).join(Cycle, Cycle.id == Workplan.cycle).where(Cycle.council.in_(own)).order_by(Workplan.id)
    under = session.scalars(query.where(Workplan.approved_at == meeting.id, Workplan.decision.is_(None))).all()
    for each in load(session, under):
        draft.edits.append(Edit("under", each.id, _name(each), "", draft.decision.id))
        draft.step("workplans", f"workplan:{each.id}")
    for each in load(session, session.scalars(query.where(Workplan.state == "complete")).all()):
        if not (missing(each) or cannot_approve(meeting.held, each.handed_in, clock.today(session))):
            draft.offers.append(Offer(f"plan:{each.id}", Edit("approves", each.id, _name(each), "complete", "approved"), ticked=True))
    if not draft.edits and not draft.offers:
        raise Invalid(choice=Message("No workplan of this council can be approved, or was approved, at this meeting."))


def _name(facts: WorkplanFacts) -> Bilingual:
    """ "Bees (cycle of March 2027)"."""
    name, said = facts.target_name, [cycle(facts.half, Reader(LOCALES[language])).inside for language in ("en", "fr")]
    return Bilingual(f"{name.en or name.fr} ({said[0]})", f"{name.fr or name.en} ({said[1]})")
