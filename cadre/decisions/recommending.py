"""Recommendations: how each is put to a council; and those that the secretariat drafts, about a priority or a group."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import changes
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Forbidden, Invalid, Message, NotFound
from cadre.core.facts import of_row
from cadre.core.models import Provenance
from cadre.core.rows import added
from cadre.core.typed import tidy, too_long
from cadre.decisions.facts import RecommendationFacts
from cadre.decisions.models import Recommendation
from cadre.decisions.question_rights import sees_all
from cadre.groups.models import Group
from cadre.people import service as people
from cadre.priorities.models import Priority

PROPOSED: Final = "proposed"
GAPS: Final = "gaps"
"""What such a recommendation is on: what nobody works on, or who works on nothing."""


@dataclass(frozen=True, slots=True)
class RecommendationForm:
    """A recommendation as it is typed. ``priority`` or ``group``: what it is about; ``consequence``: what follows if it is agreed."""

    wording_en: str
    wording_fr: str
    consequence_en: str = ""
    consequence_fr: str = ""
    priority: str | None = None
    group: str | None = None


def propose(session: Session, form: RecommendationForm, *, view_id: str | None = None) -> RecommendationFacts:
    """Put a recommendation into the registry, proposed. The same window submitted twice makes one.

    Raises Forbidden for anyone but the secretariat; NotFound for what it is about; Invalid where a language is missing, for the Councils
    agree on the same words in both.
    """
    if not sees_all(session, changes.actor(session)):
        raise Forbidden
    texts = {name: tidy(getattr(form, name)) for name in ("wording_en", "wording_fr", "consequence_en", "consequence_fr")}
    if wrong := _wrong(texts):
        raise Invalid(**wrong)
    if (form.priority is None) == (form.group is None):
        raise ValueError("a recommendation is about a priority or a group")
    if (session.get(Priority, form.priority) if form.priority else session.get(Group, form.group or "")) is None:
        raise NotFound(form.priority or form.group or "")
    id_ = f"recommendation.{(view_id or secrets.token_hex(6)).lower()}"
    row = Recommendation(id=id_, topic=GAPS, status=PROPOSED, priority=form.priority, group=form.group)
    row.wording = Bilingual(texts["wording_en"], texts["wording_fr"])
    row.consequence = Bilingual(texts["consequence_en"], texts["consequence_fr"]) if texts["consequence_en"] else None
    same = select(Recommendation).where(Recommendation.id == id_)
    if session.scalars(same).first() is None and added(session, row, same):
        source = people.own_source(session)
        session.add(Provenance(subject=Recommendation.__tablename__, subject_id=id_, field="record", source=source, standing="stated"))
        session.flush()
    return of_row(session.scalars(same).one(), RecommendationFacts)


def _wrong(texts: dict[str, str]) -> dict[str, Message]:
    """Both languages of the wording; both of the consequence, or neither."""
    wrong = too_long(texts)
    for name in ("wording", "consequence"):
        wanted = name == "wording" or texts[f"{name}_en"] or texts[f"{name}_fr"]
        for language, told in (("en", Message("Write it in English too.")), ("fr", Message("Write it in French too."))):
            if wanted and not texts[f"{name}_{language}"]:
                wrong[f"{name}_{language}"] = told
    return wrong
