"""What a workplan plans otherwise than a text of it that was kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.core.i18n import LOCALES, Language
from cadre.core.models import Change
from cadre.core.reader import Actor, Reader
from cadre.workplans.carrying import carries_on
from cadre.workplans.cycles import half_of_plan, of_target
from cadre.workplans.facts import ACTIVITY, Line, WorkplanFacts
from cadre.workplans.models import Activity, WorkplanText
from cadre.workplans.reading import KEPT, load_one, target_of
from cadre.workplans.rights import plan_row, require_sight
from cadre.workplans.rules import headed, replanned
from cadre.workplans.settling import frozen


def compared(session: Session, id_: str, seen_by: Actor, language: Language) -> tuple[Line, ...] | None:
    """What a workplan plans otherwise than the text of its group or priority that was approved last, in an earlier half or in this one:
    in a language, or in the other where only that one changed.

    An approval that was taken back is none. None where no text was approved. Raises NotFound, Forbidden.
    """
    plan = plan_row(session, id_)
    require_sight(session, plan, seen_by)
    half = half_of_plan(session, plan)
    halves = {other.id: of for of, other in of_target(session, target_of(plan)) if of <= half}
    of_approvals = select(WorkplanText).where(WorkplanText.workplan.in_(sorted(halves)), WorkplanText.event.in_(("approved", "withdrawn")))
    newest = {row.workplan: row for row in session.scalars(of_approvals.order_by(WorkplanText.version))}
    approved = (row for row in newest.values() if row.event == "approved")
    last = max(approved, key=lambda row: halves[row.workplan], default=None)
    return _replanned(session, last, load_one(session, plan), language) if last else None


def since_kept(session: Session, id_: str, seen_by: Actor, language: Language) -> tuple[Line, ...]:
    """What a workplan plans otherwise than the text that was handed in or, once it is, approved: in a language, or in the other where only
    that one changed. Nothing for one that is being written. Raises NotFound, Forbidden.
    """
    plan = plan_row(session, id_)
    require_sight(session, plan, seen_by)
    facts = load_one(session, plan)
    if not facts.changed_since:
        return ()
    kept = select(WorkplanText).where(WorkplanText.workplan == id_, WorkplanText.event == KEPT[facts.state])
    last = session.scalars(kept.order_by(WorkplanText.version.desc()).limit(1)).one()
    return _replanned(session, last, facts, language)


def _replanned(session: Session, kept: WorkplanText, plan: WorkplanFacts, language: Language) -> tuple[Line, ...]:
    then, now, reader = kept.text, frozen(plan), Reader(LOCALES[language])
    titles = _titles(session, kept, plan)
    both = (
        replanned(then.in_(each) or "", now.in_(each) or "", reader.in_language(each), _heads(titles, reader.in_language(each)))
        for each in reader.languages
    )
    return next((lines for lines in both if lines), ())


def _heads(titles: Iterable[tuple[Bilingual, Bilingual]], reader: Reader) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for then, now in titles:
        found.setdefault(headed(then, reader), []).append(headed(now, reader))
    return found


def _titles(session: Session, kept: WorkplanText, plan: WorkplanFacts) -> list[tuple[Bilingual, Bilingual]]:
    """Of each activity that stood in a kept text, there or carried over since, in its order: what it was called then, and is called now;
    of one that was not carried over, what it was called then.
    """
    rows = session.scalars(select(Activity).where(Activity.workplan == kept.workplan).order_by(Activity.number, Activity.id))
    stood = {row.id: row for row in rows}
    same = select(WorkplanText).where(WorkplanText.workplan == kept.workplan, WorkplanText.version <= kept.version)
    written = min(row.at for row in session.scalars(same) if row.text == kept.text)  # approved as handed in: the text is older
    titles = _titles_at(session, stood, written)
    now = {_origin(session, activity.id, stood): activity.title for activity in plan.activities}
    return [(title, now.get(origin, title)) for origin, title in titles.items()]


def _origin(session: Session, id_: int, stood: Mapping[int, Activity]) -> int | None:
    """The activity of a former half, among those of the kept text, that another carries on; itself where it is one of them."""
    while id_ not in stood:
        row = session.get(Activity, id_)
        before = carries_on(row) if row else None
        if before is None:
            return None
        id_ = before
    return id_


def _titles_at(session: Session, rows: Mapping[int, Activity], at: datetime) -> dict[int, Bilingual]:
    """What activities were called at a moment, by what was changed since."""
    since = select(Change).where(Change.subject == ACTIVITY, Change.subject_id.in_([str(id_) for id_ in rows]), Change.at > at)
    was: dict[tuple[str, str], str | None] = {}
    for change in session.scalars(since.order_by(Change.id)):
        was.setdefault((change.subject_id, change.field), change.before)
    return {
        id_: Bilingual(was.get((str(id_), "title_en"), row.title.en), was.get((str(id_), "title_fr"), row.title.fr))
        for id_, row in rows.items()
    }
