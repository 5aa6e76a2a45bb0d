"""The registry as it is read for answers: all facts at one moment, in memory, frozen.

A question touches a dozen tables and must be answered in two milliseconds; the registry changes a few times a day. So facts are
loaded once and kept until the registry's revision is raised, in each process for itself.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.facts import AliasFacts, ProvenanceFacts, SourceFacts, TermFacts, by_id, load
from cadre.core.models import Alias, Change, Provenance, Source, Term
from cadre.decisions import models as decision_tables
from cadre.decisions.facts import ActionFacts, CategoryFacts, ClosingFacts, DecisionFacts, RecommendationFacts, ReferredFacts, RuleFacts
from cadre.groups import models as group_tables
from cadre.groups.facts import GroupFacts, GroupKindFacts, LinkFacts, ObjectiveFacts
from cadre.meetings import models as meeting_tables
from cadre.meetings.facts import ExpectedResultFacts, MeetingFacts
from cadre.people import models as people_tables
from cadre.people.facts import JurisdictionFacts, PersonFacts, RoleFacts
from cadre.priorities import models as priority_tables
from cadre.priorities.facts import AlignmentFacts, PriorityFacts

RECORD = "record"
"""The provenance of a record as a whole."""
_NOT: Final = "none"
"""The strength of an alignment by which it was stated that a group does not serve a priority: it supports it as little as one without."""
_SUBJECTS: Final = {
    "terms": "term",
    "jurisdictions": "jurisdiction",
    "people": "person",
    "roles": "role",
    "groups": "group",
    "links": "link",
    "objectives": "objective",
    "priorities": "priority",
    "alignments": "alignment",
    "meetings": "meeting",
    "expected_results": "expected_result",
    "recommendations": "recommendation",
    "rules": "rule",
    "decisions": "decision",
    "actions": "action",
    "referrals": "referral",
}
"""What a directory holds of one council or another, and what Aliases and Provenance call it; sources, kinds and categories are for all."""


_BY_STEP: Final = {"group": ("kind", "state", "target_kind"), "recommendation": ("status",)}
"""What of a record stands by what was done under a decision."""
_UNDOING: Final = ("reopen", "restore")


@dataclass(frozen=True, slots=True)
class StepFacts:
    """What was done last of a record under a decision: as ``cadre.oversight.actions`` names it, of a recommendation "recommends".

    ``undid``: what an earlier decision did, where that was undone.
    """

    action: str
    decision: DecisionFacts
    day: date
    undid: str | None = None


@dataclass(frozen=True, slots=True)
class Directory:
    """All facts, by id where they have names, in the order of their sources where they have an order."""

    sources: dict[str, SourceFacts]
    terms: dict[str, TermFacts]
    aliases: tuple[AliasFacts, ...]
    acronyms: dict[tuple[str, str], str]
    """Subject and language -> its first acronym."""
    provenance: dict[tuple[str, str, str], ProvenanceFacts]
    jurisdictions: dict[str, JurisdictionFacts]
    people: dict[str, PersonFacts]
    roles: tuple[RoleFacts, ...]
    kinds: dict[str, GroupKindFacts]
    groups: dict[str, GroupFacts]
    links: tuple[LinkFacts, ...]
    objectives: tuple[ObjectiveFacts, ...]
    priorities: dict[str, PriorityFacts]
    alignments: tuple[AlignmentFacts, ...]
    meetings: tuple[MeetingFacts, ...]
    expected_results: tuple[ExpectedResultFacts, ...]
    categories: dict[str, CategoryFacts]
    recommendations: tuple[RecommendationFacts, ...]
    rules: tuple[RuleFacts, ...]
    decisions: tuple[DecisionFacts, ...]
    actions: tuple[ActionFacts, ...]
    closings: dict[str, ClosingFacts]
    """What is kept of each group that is dissolved now."""
    steps: dict[tuple[str, str], StepFacts]
    """What was done last under a decision of the Councils, by table and record: of groups and priorities, and what was recommended."""
    carried_out: frozenset[str]
    """The decisions that were carried out."""
    referrals: tuple[ReferredFacts, ...] = ()

    def step(self, subject: str, id_: str, field: str = RECORD) -> StepFacts | None:
        """What a field stands by: what was done last under a decision, unless it was stated or confirmed otherwise since."""
        found = self.steps.get((subject, id_))
        if found is None or field not in _BY_STEP.get(subject, ()):
            return None
        confirmed = self.confirmed(subject, id_, field)
        return None if confirmed and confirmed > found.day else found

    def origin(self, subject: str, id_: str, field: str = RECORD) -> ProvenanceFacts | None:
        """Where a fact comes from: the field's own provenance, else its record's."""
        return self.provenance.get((subject, id_, field)) or self.provenance.get((subject, id_, RECORD))

    def doubt(self, subject: str, id_: str, field: str) -> ProvenanceFacts | None:
        """The provenance of a field, if it was corrected, inferred or worded by us, and nobody confirmed it."""
        found = self.provenance.get((subject, id_, field))
        if found is None or found.standing == "confirmed":
            return None
        source = self.sources.get(found.source)
        return found if found.doubtful or (source and source.origin == "ours") else None

    def confirmed(self, subject: str, id_: str, field: str = RECORD) -> date | None:
        """The day on which somebody confirmed a fact."""
        found = self.origin(subject, id_, field)
        return found.confirmed_on if found and found.standing == "confirmed" else None


def read(session: Session) -> Directory:
    """All facts of the registry, from the database."""
    ranked = sorted(load(session, people_tables.Role, RoleFacts), key=lambda role: (role.number or 0, role.id))
    held = sorted(load(session, meeting_tables.Meeting, MeetingFacts), key=lambda m: m.held.first if m.held else date.max)
    asked = load(session, decision_tables.Recommendation, RecommendationFacts)
    aliases = load(session, Alias, AliasFacts)
    return Directory(
        sources=by_id(load(session, Source, SourceFacts)),
        terms=by_id(load(session, Term, TermFacts)),
        aliases=aliases,
        acronyms={(f"{a.subject}:{a.subject_id}", a.language): a.text for a in reversed(aliases) if a.kind == "acronym"},
        provenance={(p.subject, p.subject_id, p.field): p for p in load(session, Provenance, ProvenanceFacts)},
        jurisdictions=by_id(load(session, people_tables.Jurisdiction, JurisdictionFacts)),
        people=by_id(load(session, people_tables.Person, PersonFacts)),
        roles=tuple(ranked),
        kinds=by_id(load(session, group_tables.GroupKind, GroupKindFacts)),
        groups=by_id(load(session, group_tables.Group, GroupFacts)),
        links=load(session, group_tables.Link, LinkFacts),
        objectives=tuple(sorted(load(session, group_tables.Objective, ObjectiveFacts), key=lambda o: o.number)),
        priorities=by_id(load(session, priority_tables.Priority, PriorityFacts)),
        alignments=tuple(tie for tie in load(session, priority_tables.Alignment, AlignmentFacts) if tie.strength != _NOT),
        meetings=tuple(held),
        expected_results=_of_the_deck(session),
        categories=by_id(tuple(sorted(load(session, decision_tables.Category, CategoryFacts), key=lambda category: category.number))),
        recommendations=tuple(sorted(asked, key=lambda recommendation: recommendation.number or 0)),
        rules=tuple(sorted(load(session, decision_tables.Rule, RuleFacts), key=lambda rule: rule.number)),
        decisions=tuple(
            sorted(load(session, decision_tables.Decision, DecisionFacts), key=lambda d: (d.number is None, d.number or 0, d.id))
        ),
        actions=load(session, decision_tables.Action, ActionFacts),
        closings={each.group: each for each in load(session, decision_tables.Closing, ClosingFacts) if each.reopened is None},
        steps=_steps(session),
        carried_out=frozenset(session.scalars(select(decision_tables.Carried.decision).distinct())),
        referrals=load(session, decision_tables.Referral, ReferredFacts),
    )


def _steps(session: Session) -> dict[tuple[str, str], StepFacts]:
    decisions = by_id(load(session, decision_tables.Decision, DecisionFacts))
    found: dict[tuple[str, str], StepFacts] = {}
    did: dict[tuple[str | None, str], str] = {}
    for row in session.scalars(select(decision_tables.Carried).order_by(decision_tables.Carried.id)):
        subject, _sep, id_ = row.target.partition(":")
        under = decisions[row.decision]
        undid = did.get((under.supersedes, row.target)) if row.action in _UNDOING else None
        did[row.decision, row.target] = row.action
        found[subject, id_] = StepFacts(row.action, under, clock.day(row.carried_at), undid)
    of = (Change.subject == "recommendation", Change.field == "status", Change.decision.is_not(None))
    for change in session.scalars(select(Change).where(*of).order_by(Change.id)):
        if change.decision in decisions:
            found[change.subject, change.subject_id] = StepFacts("recommends", decisions[change.decision], clock.day(change.at))
    return found


def _of_the_deck(session: Session) -> tuple[ExpectedResultFacts, ...]:
    """What the presentation was to bring; what a meeting is to bring that was arranged here stands with the meeting."""
    found = load(session, meeting_tables.ExpectedResult, ExpectedResultFacts)
    ours = set(session.scalars(select(meeting_tables.Meeting.id).where(meeting_tables.Meeting.made_by.is_not(None))))
    return tuple(sorted((each for each in found if each.meeting not in ours), key=lambda result: result.number))


def parts(whole: Directory) -> tuple[Directory, Directory | None]:
    """The facts of the real Councils, and those that were invented to show Cadre; None where there are none, as in most registries.

    A record is of the demonstration if its source is, or if it belongs to something of it: the group that one of its calls made.
    """
    shown = {source.id for source in whole.sources.values() if source.origin == "demonstration"}
    if not shown:
        return whole, None
    invented: set[tuple[str, str | None]] = {
        (entry.subject, entry.subject_id) for entry in whole.provenance.values() if entry.field == RECORD and entry.source in shown
    }
    invented |= _belonging(whole, invented)
    invented |= _tying(whole, invented)
    shared = _holding(whole, invented)
    return _only(whole, lambda subject: subject not in invented), _only(whole, (invented | shared).__contains__)


def _belonging(whole: Directory, invented: Collection[tuple[str, str | None]]) -> set[tuple[str, str]]:
    """Groups that belong to an invented council or carry an invented priority, and people from invented places."""
    carried = {priority.group for priority in whole.priorities.values() if ("priority", priority.id) in invented}
    groups = {("group", g.id) for g in whole.groups.values() if ("group", g.owner) in invented or g.id in carried}
    return groups | {("person", p.id) for p in whole.people.values() if ("jurisdiction", p.jurisdiction) in invented}


def _tying(whole: Directory, invented: Collection[tuple[str, str | None]]) -> set[tuple[str, str]]:
    """Roles, alignments, meetings, what came of these, what is recommended and decided, that have an invented end."""
    met = {("meeting", m.id) for m in whole.meetings if ("group", m.group) in invented}
    known = {*invented, *met}
    ends = {("role", r.id): (("person", r.person), ("group", r.group), ("priority", r.priority)) for r in whole.roles}
    tied = {("alignment", a.id): (("group", a.group), ("priority", a.priority)) for a in whole.alignments}
    agreed = {("action", a.id): (("group", a.group), ("group", a.about), ("meeting", a.meeting)) for a in whole.actions}
    decided = {("decision", d.id): (("meeting", d.meeting), ("group", d.council)) for d in whole.decisions}
    proposed = {("recommendation", r.id): (("group", r.group), ("priority", r.priority)) for r in whole.recommendations}
    found = met | {tie for tie, of in (ends | tied | agreed | decided | proposed).items() if any(end in known for end in of)}
    marked = {("referral", m.id): (("group", m.table), tuple(m.about.split(":", 1))) for m in whole.referrals}
    return found | {mark for mark, of in marked.items() if any(end in {*known, *found} for end in of)}


def _holding(whole: Directory, invented: set[tuple[str, str | None]]) -> set[tuple[str, str | None]]:
    """The people who hold a role in something invented, and whence they are: a real one who co-chairs such a group is named with it."""
    held = [role for role in whole.roles if {("group", role.group), ("priority", role.priority)} & invented]
    people = [whole.people[role.person] for role in held if role.person in whole.people]
    places = {role.jurisdiction for role in held} | {person.jurisdiction for person in people}
    return {("person", person.id) for person in people} | {("jurisdiction", place) for place in places if place}


def _only(whole: Directory, wanted: Callable[[tuple[str, str]], bool]) -> Directory:
    """The records of a directory that are wanted, by their table and id, and the names of these."""
    kept: dict[str, Any] = {}
    for field, subject in _SUBJECTS.items():
        records = getattr(whole, field)
        if isinstance(records, dict):
            kept[field] = {id_: record for id_, record in records.items() if wanted((subject, id_))}
        else:
            kept[field] = tuple(record for record in records if wanted((subject, record.id)))
    kept["roles"] = tuple(_held_among(kept["roles"], kept))
    return replace(whole, **kept, aliases=tuple(alias for alias in whole.aliases if wanted((alias.subject, alias.subject_id))))


def _held_among(roles: Iterable[RoleFacts], kept: Mapping[str, Any]) -> Iterator[RoleFacts]:
    """Roles of people and in groups or on priorities that are kept: nothing is told of one whose other end nobody may name; and of one that
    is held on behalf of such a council, on whose behalf is left out.
    """
    for role in roles:
        if role.person in kept["people"] and (role.group in kept["groups"] or role.priority in kept["priorities"]):
            yield role if role.on_behalf_of in kept["groups"] else replace(role, on_behalf_of=None)
