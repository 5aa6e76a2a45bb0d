"""Which kind of group do we need? A short guide: questions, answers and weights are data, in both languages (``cadre/data/kinds.yaml``)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.core.errors import Invalid, Message, NotFound
from cadre.groups.models import GroupKind, KindAdvice
from cadre.groups.rights import group_row
from cadre.people.service import require_secretariat

FILE: Final = Path(__file__).parents[1] / "data" / "kinds.yaml"
DRAFT: Final = "proposed"
"""The state of a group that is not one yet."""
_LOADER: Final[type[Any]] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer. ``weights``: kind -> how much it speaks for it; ``note``: what is said whatever is recommended."""

    id: str
    label: Bilingual
    more: Bilingual | None
    reason: Bilingual | None
    note: Bilingual | None
    weights: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the guide."""

    id: str
    question: Bilingual
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """What the guide recommends. ``close``: a kind that is as good, or nearly; ``reasons``: what speaks for the recommended one."""

    kind: str
    close: str | None
    reasons: tuple[Bilingual, ...]
    notes: tuple[Bilingual, ...]


@dataclass(frozen=True, slots=True)
class AdviceFacts:
    """The advice that is kept with a draft group."""

    group: str
    answers: Mapping[str, str]
    kind: str
    kind_name: Bilingual


@cache
def questions() -> tuple[Question, ...]:
    """The questions, in the order in which they are asked."""
    return tuple(
        Question(each["id"], _text(each["question"]), tuple(_choice(one) for one in each["answers"]))
        for each in yaml.load(FILE.read_text("utf-8"), _LOADER)  # noqa: S506  # the safe loader
    )


def _choice(given: Mapping[str, Any]) -> Choice:
    texts = {name: _text(given[name]) if name in given else None for name in ("more", "reason", "note")}
    return Choice(id=given["id"], label=_text(given["label"]), weights=given.get("weights", {}), **texts)


def _text(given: Mapping[str, str]) -> Bilingual:
    return Bilingual(given["en"], given["fr"])


def advise(answers: Mapping[str, str], asked: Sequence[Question]) -> Advice:
    """The kind for which the answers speak most; of two that are as good, the one that is named first in the questions.

    ``answers``: question -> answer. Raises Invalid for each question without an answer.
    """
    given = {each.id: next((one for one in each.choices if one.id == answers.get(each.id)), None) for each in asked}
    if missing := [name for name, choice in given.items() if choice is None]:
        raise Invalid(**{name: Message("Choose an answer.") for name in missing})
    chosen = [choice for choice in given.values() if choice]
    totals = dict.fromkeys((kind for each in asked for one in each.choices for kind in one.weights), 0)
    for choice in chosen:
        for kind, weight in choice.weights.items():
            totals[kind] += weight
    best, *others = sorted(totals, key=lambda kind: -totals[kind])
    close = others[0] if others and totals[others[0]] >= totals[best] - 1 else None
    return Advice(best, close, tuple(_reasons(best, chosen)), tuple(choice.note for choice in chosen if choice.note))


def _reasons(kind: str, chosen: Iterable[Choice]) -> Iterable[Bilingual]:
    for choice in chosen:
        if choice.reason and choice.weights.get(kind) and choice.weights[kind] == max(choice.weights.values()):
            yield choice.reason


def keep_advice(session: Session, group: str, answers: Mapping[str, str]) -> AdviceFacts:
    """Keep what the guide recommends with a draft group, which is of that kind from then on if it was of none.

    Raises Forbidden for anyone but the secretariat, Invalid for a group that is no draft, NotFound.
    """
    require_secretariat(session)
    row = group_row(session, group, lock=True)
    if row.state != DRAFT:
        raise Invalid(group=Message("Only a group that is proposed is a draft. Choose another."))
    advice = advise(answers, questions())
    if session.get(GroupKind, advice.kind) is None:
        raise NotFound(advice.kind)
    kept = session.scalar(select(KindAdvice).where(KindAdvice.group == group)) or KindAdvice(group=group)
    kept.answers = json.dumps({each.id: answers[each.id] for each in questions()}, separators=(",", ":"))
    kept.kind = advice.kind
    session.add(kept)
    row.kind = row.kind or advice.kind
    session.flush()
    found = kept_advice(session, group)
    assert found
    return found


def kept_advice(session: Session, group: str) -> AdviceFacts | None:
    """What is kept with a group; None where the guide was not asked for it."""
    row = session.execute(
        select(KindAdvice, GroupKind.name).join(GroupKind, GroupKind.id == KindAdvice.kind).where(KindAdvice.group == group)
    ).one_or_none()
    return AdviceFacts(group, json.loads(row[0].answers), row[0].kind, row[1]) if row else None
