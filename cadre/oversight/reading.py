"""The picture of the registry on a day, read by a handful of statements, whatever the number of groups.

Columns are read, not records: a thousand groups take a tenth of the time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import Select, String, and_, case, cast, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.models import Provenance, Source
from cadre.decisions.documents import MANDATE
from cadre.decisions.models import Action, Document, DocumentVersion, Recommendation, Rule
from cadre.groups.doubts import DOUBTFUL
from cadre.groups.models import Group, GroupKind, Link, Objective
from cadre.meetings.models import Meeting
from cadre.oversight import facts
from cadre.oversight.facts import (
    OVER,
    RULES,
    Actions,
    Activities,
    CycleNow,
    GroupNow,
    Mandate,
    Meetings,
    Picture,
    Plan,
    Post,
    PriorityNow,
    Tie,
)
from cadre.people.facts import PersonRef
from cadre.people.models import Jurisdiction, Person, Role
from cadre.people.rules import holds
from cadre.priorities.models import Alignment, Priority
from cadre.workplans import rules as workplans
from cadre.workplans.carrying import COPY
from cadre.workplans.cycles import Later
from cadre.workplans.models import Activity, Cycle, Workplan

_CONFIRMED: Final = "confirmed"
_RECORD: Final = "record"
_GOVERNING: Final = ("federal", "province", "territory")
_DEPARTMENT: Final = "department"
_PLANNED: Final = "planned"
_OPEN: Final = "open"


def picture(session: Session, day: date, also: Collection[str] = ()) -> Picture:
    """The registry as it stands, looked at on a day. Groups that are over are not in it, but for those that are ``also`` wanted."""
    rows = session.execute(_GROUPS).all()
    councils = {row.id: _text(row) for row in rows if facts.is_council(row.kind)}
    owners = {row.id: (row.owner, row.parent) for row in rows}
    groups = {row.id: _group(row, councils, owners) for row in rows if row.id not in councils and (row.state != OVER or row.id in also)}
    plans, places = _plans(session), session.execute(_JURISDICTIONS).all()
    governing = [row.id for row in places if row.kind in _GOVERNING]
    return Picture(
        day=day,
        groups=groups,
        priorities=tuple(_priority(row, groups) for row in session.execute(_PRIORITIES)),
        ties=tuple(_ties(session, groups)),
        posts=tuple(_post(row, day) for row in session.execute(_POSTS)),
        mandates=mandates(session, day, {row.id: row.mandate for row in rows}),
        cycles=_cycles(session),
        plans=plans,
        meetings=_meetings(session, day),
        actions={row.group: Actions(row.late or 0, row.unclear or 0) for row in session.execute(_actions(day))},
        activities=_activities(session, day, plans),
        doubtful={row.id: row.n for row in session.execute(_DOUBTS)},
        agreed=frozenset(session.scalars(_AGREED)),
        councils=councils,
        jurisdictions={row.id: _text(row) for row in places},
        governments={each: tuple(row.id for row in places if (row.kind, row.parent) == (_DEPARTMENT, each)) for each in governing},
        proposals=_proposals(session),
    )


def mandates(session: Session, day: date, written: Mapping[str, bool]) -> dict[str, Mandate]:
    """What is known of the mandate of each group: ``written`` says whether its record holds one.

    Of a mandate that is kept in versions, the last approved one that is in force by ``day`` counts, and says when it runs out.
    """
    found = {group: Mandate(defined) for group, defined in written.items()}
    for row in session.execute(_VERSIONS):
        if row.effective_first is None or row.effective_first <= day:
            found[row.group] = Mandate(True, _partial(row.expires_text))
    return found


def _group(row: Any, councils: Mapping[str, Bilingual], owners: Mapping[str, tuple[str | None, str | None]]) -> GroupNow:
    above = tuple(_above(row.owner, owners))
    needs = {name for name in RULES if getattr(row, f"needs_{name}")} if row.kind else None
    return GroupNow(
        id=row.id,
        name=_text(row),
        state=row.state,
        kind=Bilingual(row.kind_en, row.kind_fr) if row.kind else None,
        needs=None if needs is None else frozenset(needs),
        council=next((id_ for id_ in above if id_ in councils), None),
        above=frozenset(id_ for id_ in above if id_ in councils),
        looked_at=row.standing == _CONFIRMED,
    )


def _priority(row: Any, groups: Collection[str]) -> PriorityNow:
    carried = row.group if row.group in groups else None
    title = _bilingual(row.title_en, row.title_fr)
    return PriorityNow(row.id, _text(row), row.number, carried, row.owner, row.source, title, row.confirmed_by)


def _above(owner: str | None, owners: Mapping[str, tuple[str | None, str | None]]) -> Iterator[str]:
    """What a group comes to, the nearest first; a circle ends where it began."""
    seen: set[str] = set()
    while owner and owner in owners and owner not in seen:
        seen.add(owner)
        yield owner
        above, parent = owners[owner]
        owner = above or parent


def _ties(session: Session, groups: Mapping[str, GroupNow]) -> Iterator[Tie]:
    """The one of many thousands that takes time: rows are taken apart by place, and sources are few."""
    titles: dict[str | None, Bilingual | None] = {None: None}
    for row in session.execute(_ALIGNMENTS):
        group, priority, strength, why_en, why_fr, stale, source, by, title_en, title_fr = row
        if source not in titles:
            titles[source] = _bilingual(title_en, title_fr)
        if group in groups:
            yield Tie(group, priority, strength, why_en, why_fr, stale, source, titles[source], by)


def _post(row: Any, day: date) -> Post:
    since, until = (_partial(text) for text in (row.since_text, row.until_text))
    return Post(
        person=PersonRef(row.person, row.name),
        role=row.role,
        held=holds(since, until, day),
        group=row.group,
        priority=row.priority,
        jurisdiction=row.jurisdiction,
        confirmed=row.standing == _CONFIRMED,
        doubtful=row.standing in DOUBTFUL,
    )


def _cycles(session: Session) -> dict[str, tuple[CycleNow, ...]]:
    """By council, the latest half first."""
    found: dict[str, list[CycleNow]] = {}
    for row in session.execute(_CYCLES):
        held = _partial(row.held_text)
        due, _by = workplans.due(row.half, workplans.fixed_day(held), row.offset, row.moved_to, None)
        found.setdefault(row.council, []).append(CycleNow(row.half, due, held))
    return {council: tuple(sorted(cycles, key=lambda each: each.half, reverse=True)) for council, cycles in found.items()}


def _plans(session: Session) -> dict[str, dict[str, Plan]]:
    """By group, then by half."""
    found: dict[str, dict[str, Plan]] = {}
    for row in session.execute(_PLANS):
        found.setdefault(row.group, {})[row.half] = Plan(row.id, row.half, row.state)
    return found


def _activities(session: Session, day: date, plans: Mapping[str, Mapping[str, Plan]]) -> dict[str, Activities]:
    """Of each group, the activities that are late: one that goes on in a later workplan, and those of a workplan that a later one
    replaces, count no more.
    """
    found: dict[str, Activities] = {}
    for row in session.execute(_LATE.where(Activity.due < day)):
        later = Later(tuple(plans[row.group][half].state for half in sorted(plans[row.group]) if half > row.half))
        if not later.replaces_activities:
            found[row.group] = Activities(found.get(row.group, Activities()).late + row.n, row.workplan)
    return found


def _meetings(session: Session, day: date) -> dict[str, Meetings]:
    """The last that is surely over, and the next that is not, of each group: of those that were cancelled, none."""
    last, next_ = (
        {row.group: _partial(row.held_text) for row in session.execute(_nearest(which, day))} for which in (_over_by, _not_over_by)
    )
    return {group: Meetings(last.get(group), next_.get(group)) for group in last.keys() | next_.keys()}


def _nearest(over: Any, day: date) -> Select[Any]:
    """The date of the meeting of each group that lies nearest to a day, on one side of it."""
    where, nearest = over(day)
    best = select(_MEETING.group, nearest.label("edge")).where(where, _MEETING.state == _PLANNED).group_by(_MEETING.group).subquery()
    return (
        select(_MEETING.group, func.min(_MEETING.held_text).label("held_text"))
        .join(best, and_(_MEETING.group == best.c.group, _MEETING.held_last == best.c.edge))
        .where(_MEETING.state == _PLANNED)
        .group_by(_MEETING.group)
    )


def _over_by(day: date) -> tuple[Any, Any]:
    return _MEETING.held_last < day, func.max(_MEETING.held_last)


def _not_over_by(day: date) -> tuple[Any, Any]:
    return _MEETING.held_last >= day, func.min(_MEETING.held_last)


def _actions(day: date) -> Any:
    late = and_(Action.state == _OPEN, Action.__table__.c.due_last < day)
    counted = (func.sum(case((late, 1), else_=0)).label("late"), func.sum(case((Action.state.is_(None), 1), else_=0)).label("unclear"))
    return select(Action.group, *counted).where(Action.group.is_not(None)).group_by(Action.group)


def _proposals(session: Session) -> dict[str, tuple[Bilingual, ...]]:
    """What waits for the Councils, by what it is about."""
    found: dict[str, list[Bilingual]] = {}
    for row in session.execute(_WAITING):
        about = f"priority:{row.priority}" if row.priority else f"group:{row.group}"
        found.setdefault(about, []).append(Bilingual(row.wording_en, row.wording_fr))
    return {about: tuple(texts) for about, texts in found.items()}


def _text(row: Any) -> Bilingual:
    return Bilingual(row.name_en, row.name_fr)


def _bilingual(en: str | None, fr: str | None, stale: str | None = None) -> Bilingual | None:
    return Bilingual(en, fr, stale) if en or fr else None


def _partial(text: str | None) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


def _of(subject: str, id_: Any, field: str = _RECORD) -> Any:
    """The provenance of a record as a whole, or of one field."""
    return and_(Provenance.subject == subject, Provenance.subject_id == id_, Provenance.field == field)


_GROUP: Final = Group.__table__.c
_MEETING: Final = Meeting.__table__.c
_KIND: Final = GroupKind.__table__.c
_ROLE: Final = Role.__table__.c
_GROUPS: Final = (
    select(_GROUP.id, _GROUP.name_en, _GROUP.name_fr, _GROUP.kind, _GROUP.state, _GROUP.owner, _GROUP.parent)
    .add_columns(or_(_GROUP.mandate_en.is_not(None), _GROUP.mandate_fr.is_not(None)).label("mandate"))
    .add_columns(_KIND.name_en.label("kind_en"), _KIND.name_fr.label("kind_fr"), *(_KIND[f"needs_{name}"] for name in sorted(RULES)))
    .add_columns(Provenance.standing)
    .join_from(Group.__table__, GroupKind.__table__, _KIND.id == _GROUP.kind, isouter=True)
    .join(Provenance, _of("group", _GROUP.id), isouter=True)
    .order_by(_GROUP.id)
)
_PRIORITY: Final = Priority.__table__.c
_PRIORITIES: Final = (
    select(_PRIORITY.id, _PRIORITY.name_en, _PRIORITY.name_fr, _PRIORITY.number, _PRIORITY.group, _PRIORITY.owner)
    .add_columns(Provenance.source, Provenance.confirmed_by, Source.__table__.c.title_en, Source.__table__.c.title_fr)
    .join_from(Priority.__table__, Provenance, _of("priority", _PRIORITY.id, "group"), isouter=True)
    .join(Source, Source.id == Provenance.source, isouter=True)
    .order_by(_PRIORITY.number, _PRIORITY.id)
)
_ALIGNMENT: Final = Alignment.__table__.c
_ALIGNMENTS: Final = (
    select(_ALIGNMENT.group, _ALIGNMENT.priority, _ALIGNMENT.strength)
    .add_columns(_ALIGNMENT.rationale_en, _ALIGNMENT.rationale_fr, _ALIGNMENT.rationale_stale, Provenance.source, Provenance.confirmed_by)
    .add_columns(Source.__table__.c.title_en, Source.__table__.c.title_fr)
    .join_from(Alignment.__table__, Provenance, _of("alignment", _ALIGNMENT.id), isouter=True)
    .join(Source, Source.id == Provenance.source, isouter=True)
    .order_by(_ALIGNMENT.id)
)
_POSTS: Final = (
    select(_ROLE.person, _ROLE.role, _ROLE.group, _ROLE.priority, _ROLE.since_text, _ROLE.until_text, Person.name, Provenance.standing)
    .add_columns(func.coalesce(_ROLE.jurisdiction, Person.jurisdiction).label("jurisdiction"))
    .join_from(Role.__table__, Person, Person.id == _ROLE.person)
    .join(Provenance, _of("role", _ROLE.id), isouter=True)
    .order_by(_ROLE.number, _ROLE.id)
)
_CYCLES: Final = select(Cycle.council, Cycle.half, Cycle.offset, Cycle.moved_to, _MEETING.held_text).join_from(
    Cycle, Meeting.__table__, _MEETING.id == Cycle.meeting, isouter=True
)
_PLANS: Final = (
    select(Workplan.id, Workplan.group, Workplan.state, Cycle.half)
    .join(Cycle, Cycle.id == Workplan.cycle)
    .where(Workplan.group.is_not(None))
)
_COPY: Final = aliased(Activity)
_LATE: Final = (
    select(Workplan.group, Activity.workplan, Cycle.half, func.count().label("n"))
    .join(Workplan, Workplan.id == Activity.workplan)
    .join(Cycle, Cycle.id == Workplan.cycle)
    .where(Workplan.group.is_not(None), Activity.state.not_in(sorted(workplans.FINAL)))
    .where(~select(_COPY.id).where(_COPY.view_id == literal(COPY) + cast(Activity.id, String)).exists())
    .group_by(Workplan.group, Activity.workplan, Cycle.half)
    .order_by(Cycle.half)
)
_LINK: Final = Link.__table__.c
_OBJECTIVE: Final = Objective.__table__.c
_DOUBTED: Final = func.coalesce(_LINK.source_group, _OBJECTIVE.group, Provenance.subject_id)
_DOUBTS: Final = (
    select(_DOUBTED.label("id"), func.count().label("n"))
    .join_from(Provenance, Link.__table__, and_(Provenance.subject == "link", _LINK.id == Provenance.subject_id), isouter=True)
    .join(Objective.__table__, and_(Provenance.subject == "objective", _OBJECTIVE.id == Provenance.subject_id), isouter=True)
    .where(Provenance.subject.in_(("group", "link", "objective")), Provenance.standing.in_(DOUBTFUL))
    .group_by(_DOUBTED)
)
"""Of the same records as on the card of a group (``cadre.groups.doubts``)."""
_AGREED: Final = (
    select(Rule.requires).join(Recommendation, Recommendation.id == Rule.recommendation).where(Recommendation.status == "approved")
)
_PLACE: Final = Jurisdiction.__table__.c
_JURISDICTIONS: Final = select(_PLACE.id, _PLACE.name_en, _PLACE.name_fr, _PLACE.kind, _PLACE.parent)
_WAITING: Final = (
    select(Recommendation.priority, Recommendation.group, Recommendation.__table__.c.wording_en, Recommendation.__table__.c.wording_fr)
    .where(Recommendation.status == "proposed", Recommendation.category.is_(None))
    .where(or_(Recommendation.priority.is_not(None), Recommendation.group.is_not(None)))
    .order_by(Recommendation.id)
)
_VERSIONS: Final = (
    select(Document.group, DocumentVersion.__table__.c.effective_first, DocumentVersion.__table__.c.expires_text)
    .join(Document, Document.id == DocumentVersion.document)
    .where(Document.kind == MANDATE, DocumentVersion.approved_at.is_not(None))
    .order_by(DocumentVersion.number)
)
