"""The register of decisions: those that are confirmed, for everybody; for the secretariat also those of meetings that wait for that."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy import column, select, table
from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.errors import NotFound
from cadre.core.facts import of_row
from cadre.core.models import Change
from cadre.core.reader import Actor
from cadre.core.rows import by_id, chunks
from cadre.decisions.confirming import CONFIRMED
from cadre.decisions.facts import DecisionFacts
from cadre.decisions.models import Carried, Decision, DecisionCorrection, Document, DocumentVersion, Question, QuestionItem
from cadre.decisions.question_facts import DECISION
from cadre.decisions.question_rights import sees_all
from cadre.groups.models import Group, GroupKind

_MEETING: Final = table("meeting", column("id"), column("title_en"), column("title_fr"), column("held_text"))


@dataclass(frozen=True, slots=True)
class CorrectionFacts:
    """That a decision was corrected: how it was worded before, why, when and by whom. ``fields``: what was corrected, names with blanks
    between them.
    """

    before: Bilingual
    reason: Bilingual
    corrected_at: datetime
    corrected_by: str
    fields: str = "wording"

    @property
    def worded(self) -> bool:
        """Whether its wording was corrected."""
        return "wording" in self.fields.split()


@dataclass(frozen=True, slots=True)
class CarriedFacts:
    """What a decision was carried out for: ``action`` as ``cadre.oversight.actions`` names it, ``target`` "group:bees" and its name;
    ``kind``: of group, that it became by it.
    """

    action: str
    target: str
    carried_at: datetime
    carried_by: str
    name: Bilingual | None = None
    kind: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class MeetingRef:
    """A meeting that decided something: its title, if it has one, and when it was held, as far as that is known."""

    id: str
    title: Bilingual | None
    held: PartialDate | None


@dataclass(frozen=True, slots=True)
class ApprovedRef:
    """A version of a document that a decision approved."""

    document: str
    title: Bilingual
    number: int


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision in the register. ``council_name``: whose; ``question``, ``title``: the question that it came of; ``rule``: by which;
    ``recommendation``: what was asked there, where it was one; ``meeting``: where it was decided;
    ``approves``: the versions of documents that it approved.

    ``supersedes``, ``superseded_by``: other decisions; ``corrections``: the oldest first; ``secretariat``: whoever looks may correct it;
    ``carried``: what it did in the registry, the first first.
    """

    facts: DecisionFacts
    council_name: Bilingual | None
    question: int | None = None
    title: Bilingual | None = None
    rule: str | None = None
    recommendation: str | None = None
    supersedes: DecisionFacts | None = None
    superseded_by: tuple[DecisionFacts, ...] = ()
    corrections: tuple[CorrectionFacts, ...] = ()
    secretariat: bool = False
    carried: tuple[CarriedFacts, ...] = ()
    meeting: MeetingRef | None = None
    approves: tuple[ApprovedRef, ...] = ()

    @property
    def subject(self) -> str:
        """What notices call it."""
        return f"{DECISION}:{self.facts.id}"


def register(session: Session, actor: Actor, *, council: str | None = None, year: int | None = None) -> tuple[DecisionView, ...]:
    """The decisions that somebody may know of, the newest first: those that wait to be confirmed before all others."""
    officer = sees_all(session, actor)
    query = select(Decision)
    if council:
        query = query.where(Decision.council == council)
    if year:
        query = query.where(Decision.year == year)
    rows = [row for row in session.scalars(query) if row.state != "provisional" or officer]
    rows.sort(key=lambda row: (row.state == "provisional", row.year or 0, row.council or "", row.number or 0, row.id), reverse=True)
    return views(session, rows, officer=officer)


def decision(session: Session, id_: str, actor: Actor) -> DecisionView:
    """One decision. Raises NotFound, also for one that nobody has confirmed, but for the secretariat."""
    row, officer = session.get(Decision, id_), sees_all(session, actor)
    if row is None or (row.state == "provisional" and not officer):
        raise NotFound(id_)
    return views(session, [row], officer=officer)[0]


def some(session: Session, ids: Collection[str]) -> Mapping[str, DecisionView]:
    """Decisions by their id, for whoever was told of them; any may be gone."""
    found = views(session, list(by_id(session, Decision, ids).values()), officer=False)
    return {view.facts.id: view for view in found}


def choices(session: Session) -> tuple[DecisionView, ...]:
    """The decisions that a new one may supersede, the newest first: not what was not agreed."""
    rows = [row for row in session.scalars(select(Decision).where(Decision.state == CONFIRMED)) if row.outcome != "not_agreed"]
    return views(session, sorted(rows, key=lambda row: (row.year or 0, row.number or 0), reverse=True), officer=False)


def views(session: Session, rows: Sequence[Decision], *, officer: bool) -> tuple[DecisionView, ...]:
    """From rows to decisions with what belongs to them, in their order."""
    councils = by_id(session, Group, {row.council for row in rows if row.council})
    asked = _asked(session, {row.question_item for row in rows if row.question_item})
    before = by_id(session, Decision, {row.supersedes for row in rows if row.supersedes})
    after: dict[str | None, tuple[DecisionFacts, ...]] = {}
    for row in superseding(session, [row.id for row in rows]):
        after[row.supersedes] = (*after.get(row.supersedes, ()), of_row(row, DecisionFacts))
    corrected = _corrections(session, [row.id for row in rows])
    carried = carried_out(session, [row.id for row in rows])
    approved = _approved(session, [row.id for row in rows])
    met = _met(session, {row.meeting for row in rows if row.meeting})
    return tuple(
        DecisionView(
            facts=of_row(row, DecisionFacts),
            council_name=councils[row.council].name if row.council in councils else None,
            question=of[0].id if (of := asked.get(row.question_item)) else None,
            title=of[0].title if of else None,
            rule=of[0].rule if of else None,
            recommendation=of[1] if of else None,
            supersedes=of_row(before[row.supersedes], DecisionFacts) if row.supersedes in before else None,
            superseded_by=after.get(row.id, ()),
            corrections=tuple(corrected.get(row.id, ())),
            secretariat=officer,
            carried=carried.get(row.id, ()),
            meeting=met.get(row.meeting or ""),
            approves=tuple(approved.get(row.id, ())),
        )
        for row in rows
    )


def _asked(session: Session, items: Iterable[int]) -> dict[int | None, tuple[Question, str | None]]:
    """The questions of some items, each with the recommendation that the item is."""
    found: dict[int | None, tuple[Question, str | None]] = {}
    for ids in chunks(items):
        query = select(QuestionItem.id, Question, QuestionItem.recommendation).join(Question, Question.id == QuestionItem.question)
        found |= {id_: (of, asked) for id_, of, asked in session.execute(query.where(QuestionItem.id.in_(ids)))}
    return found


def _met(session: Session, ids: Iterable[str]) -> dict[str, MeetingRef]:
    """Meetings by their id. They are of a layer above: by the name of their table, as references to them are."""
    of = _MEETING.c
    found: dict[str, MeetingRef] = {}
    for part in chunks(ids):
        rows = session.execute(select(of.id, of.title_en, of.title_fr, of.held_text).where(of.id.in_(part)))
        for id_, english, french, held in rows:
            title = Bilingual(english, french) if english or french else None
            found[id_] = MeetingRef(id_, title, PartialDate.parse(held) if held else None)
    return found


def _approved(session: Session, ids: Iterable[str]) -> dict[str, list[ApprovedRef]]:
    found: dict[str, list[ApprovedRef]] = {}
    for part in chunks(ids):
        query = select(DocumentVersion, Document).join(Document, Document.id == DocumentVersion.document)
        for version, of in session.execute(query.where(DocumentVersion.decision.in_(part)).order_by(DocumentVersion.id)):
            found.setdefault(str(version.decision), []).append(ApprovedRef(of.id, of.title, version.number))
    return found


def superseding(session: Session, ids: Iterable[str]) -> list[Decision]:
    """The decisions that supersede some, the last one last: what was not agreed supersedes nothing."""
    agreed = Decision.state == CONFIRMED, Decision.outcome.is_distinct_from("not_agreed")
    query = select(Decision).where(*agreed).order_by(Decision.confirmed_at, Decision.id)
    return [row for part in chunks(ids) for row in session.scalars(query.where(Decision.supersedes.in_(part)))]


def carried_out(session: Session, ids: Iterable[str]) -> dict[str, tuple[CarriedFacts, ...]]:
    """By decision, what it was carried out for."""
    rows = [
        row for part in chunks(ids) for row in session.scalars(select(Carried).where(Carried.decision.in_(part)).order_by(Carried.id)).all()
    ]
    groups = by_id(session, Group, {row.target.partition(":")[2] for row in rows if row.target.startswith("group:")})
    became = _became(session, {row.decision for row in rows if row.action == "transition"})
    kinds = by_id(session, GroupKind, {*became.values(), *(row.kind for row in groups.values() if row.kind)}) if became else {}
    found: dict[str, list[CarriedFacts]] = {}
    for row in rows:
        group = groups.get(row.target.partition(":")[2])
        facts = CarriedFacts(row.action, row.target, row.carried_at, row.carried_by, group.name if group else None)
        if group and row.action == "transition":
            kind = kinds.get(became.get((row.decision, group.id), group.kind or ""))
            facts = replace(facts, kind=kind.name if kind else None)
        found.setdefault(row.decision, []).append(facts)
    return {id_: tuple(each) for id_, each in found.items()}


def _became(session: Session, decisions: Iterable[str]) -> dict[tuple[str, str], str]:
    """The kind that each group became under some decisions, which of them it was."""
    of = (Change.subject == "group", Change.field == "kind", Change.after.is_not(None))
    rows = [row for ids in chunks(decisions) for row in session.scalars(select(Change).where(Change.decision.in_(ids), *of))]
    return {(str(row.decision), row.subject_id): str(row.after) for row in sorted(rows, key=lambda row: row.id)}


def _corrections(session: Session, ids: Iterable[str]) -> dict[str, list[CorrectionFacts]]:
    found: dict[str, list[CorrectionFacts]] = {}
    for part in chunks(ids):
        query = select(DecisionCorrection).where(DecisionCorrection.decision.in_(part)).order_by(DecisionCorrection.id)
        for row in session.scalars(query):
            found.setdefault(row.decision, []).append(of_row(row, CorrectionFacts))
    return found
