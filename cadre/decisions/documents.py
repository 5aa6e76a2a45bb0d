"""Guidelines, roadmaps and mandates: documents of a council or group in both languages, whose versions a decision approves."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import changes, clock
from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.errors import Invalid, Message, NotFound
from cadre.core.facts import of_row
from cadre.core.marks import kept, mark, of_text
from cadre.core.rows import by_id, chunks, sent_in
from cadre.core.typed import edited, replaced, tidy, too_long
from cadre.decisions.confirming import CONFIRMED
from cadre.decisions.facts import DecisionFacts
from cadre.decisions.models import Decision, Document, DocumentVersion, Question, QuestionPaper
from cadre.decisions.service import ANEW, meanwhile
from cadre.groups.editing import adopt_mandate
from cadre.groups.rights import group_row, require_going
from cadre.notices.service import require_secretariat

KINDS: Final = ("guidelines", "roadmap", "mandate", "other")
MANDATE: Final = "mandate"
_BOTH: Final = Message("Write it in both languages.")


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """One version. ``decision``: which approved it, ``by`` that decision itself; None while it is a draft. ``effective``, ``expires``: of a
    mandate.
    """

    id: int
    number: int
    text: Bilingual
    decision: str | None
    effective: PartialDate | None
    expires: PartialDate | None
    made_by: str
    by: DecisionFacts | None = None

    @property
    def draft(self) -> bool:
        """Whether no decision has approved it."""
        return self.decision is None

    def expired(self, day: date) -> bool:
        """Whether it ran out before a day. A date that knows only its month ends with its last day: nothing is taken from a mandate that it
        has.
        """
        return self.expires is not None and self.expires.last < day


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """A document with its versions, the newest first."""

    id: str
    kind: str
    group: str
    title: Bilingual
    versions: tuple[VersionFacts, ...]

    @property
    def draft(self) -> VersionFacts | None:
        """The version that is being written, if any."""
        return next((each for each in self.versions if each.draft), None)

    def standing(self, day: date) -> VersionFacts | None:
        """The approved version that took effect last by a day, also where it ran out since: no earlier one comes back by that."""
        return next((each for each in self.versions if not each.draft and not (each.effective and each.effective.first > day)), None)

    def in_force(self, day: date) -> VersionFacts | None:
        """The approved version that holds on a day; None where there is none, or it expired before."""
        newest = self.standing(day)
        return None if newest is None or newest.expired(day) else newest


@dataclass(frozen=True, slots=True)
class VersionForm:
    """A draft as it is typed. Days as ISO text, a month or a year as well; only of a mandate."""

    text_en: str
    text_fr: str
    effective: str = ""
    expires: str = ""


def begin(session: Session, kind: str, group: str, title_en: str, title_fr: str, *, view_id: str | None = None) -> DocumentFacts:
    """A document without a version. A group has one mandate: asked for again, it is that one.

    Raises Forbidden for anyone but the secretariat; NotFound; Invalid for no title, or no such kind.
    """
    require_secretariat(session)
    group_row(session, group, lock=True)
    same = session.scalar(sent_in(Document, view_id))
    if kind == MANDATE and same is None:
        same = session.scalar(select(Document).where(Document.kind == MANDATE, Document.group == group).order_by(Document.id))
    if same is not None:
        return _load(session, [same])[0]
    require_going(session, group)
    texts = {"title_en": tidy(title_en), "title_fr": tidy(title_fr)}
    wrong = too_long(texts)
    if kind not in KINDS:
        wrong["kind"] = Message("Choose one of those offered.")
    if not any(texts.values()):
        wrong["title_en"] = Message("Give it a title, in one language at least.")
    if wrong:
        raise Invalid(**wrong)
    row = Document(id=secrets.token_hex(6), kind=kind, group=group, view_id=view_id)
    row.title = edited(None, texts["title_en"], texts["title_fr"])  # type: ignore[assignment]  # one of the two is there
    session.add(row)
    session.flush()
    return _load(session, [row])[0]


def of_next(found: DocumentFacts) -> dict[str, str]:
    """What the fields of its next version show: those of the draft, else the text of the newest."""
    draft = found.draft
    base = draft or next(iter(found.versions), None)
    days = {"effective": draft and draft.effective, "expires": draft and draft.expires}
    return of_text("text", base.text if base else None) | {name: day.text if day else "" for name, day in days.items()}


def mark_of(version: VersionFacts | DocumentVersion) -> str:
    """A mark of what a version says, by which a window knows later whether somebody changed it."""
    return mark("\0".join((*of_text("text", version.text).values(), str(version.effective), str(version.expires))))


def save_draft(
    session: Session, document: str, form: VersionForm, *, shown: Mapping[str, str] | None = None, view_id: str | None = None
) -> DocumentFacts:
    """Write the draft of the next version, or change it: an approved one is never changed. Sent twice, it is one. ``shown``: marks of what
    the window showed: what another wrote meanwhile in a field that was left stays.

    Raises Forbidden for anyone but the secretariat; NotFound; Invalid with all that cannot be taken, and for a field in which both wrote.
    """
    require_secretariat(session)
    row = _held(session, document)
    require_going(session, row.group)
    _require_free(session, document)
    if view_id and session.scalar(select(DocumentVersion.id).where(DocumentVersion.view_id == view_id)):
        return _load(session, [row])[0]
    typed = {name: tidy(getattr(form, name)) for name in VersionForm.__dataclass_fields__}
    (found,) = _load(session, [row])
    now = of_next(found) if found.versions else {}
    typed |= {name: now[name] for name in kept(now, typed, shown or {}, now)}
    texts = {name: typed[name] for name in ("text_en", "text_fr")}
    days, wrong = _days(typed)
    wrong |= too_long(texts)
    if not any(texts.values()):
        wrong["text_en"] = Message("Write it in one language at least.")
    if wrong:
        raise Invalid(**wrong)
    draft = session.get_one(DocumentVersion, found.draft.id) if found.draft else None
    if draft is None:
        last = max((each.number for each in found.versions), default=0)
        draft = DocumentVersion(document=document, number=last + 1, made_at=clock.now(session), view_id=view_id)
        draft.made_by = changes.actor(session).label[:200]
        draft.text = Bilingual(texts["text_en"] or None, texts["text_fr"] or None)
        session.add(draft)
    draft.text = replaced(draft.text, texts["text_en"], texts["text_fr"]) or draft.text
    draft.effective, draft.expires = days
    session.flush()
    return _load(session, [row])[0]


def _require_free(session: Session, document: str) -> None:
    """Raises Invalid for a draft that is put to a council at this moment: what those who are asked read stays as it is."""
    put = select(Question.id).join(QuestionPaper, QuestionPaper.question == Question.id)
    put = put.join(DocumentVersion, DocumentVersion.id == QuestionPaper.version)
    asked = (DocumentVersion.document == document) & DocumentVersion.decision.is_(None) & Question.state.in_(("open", "closed"))
    if session.scalar(put.where(asked).limit(1)):
        raise Invalid(state=Message("This version is put to a council: it stays as it is until that question is settled."))


def owed(found: DocumentFacts) -> dict[str, Message]:
    """Why its draft cannot be approved yet, by field; nothing where it can."""
    of = {"title": found.title, **({"text": found.draft.text} if found.draft else {})}
    return {f"{name}_{language}": _BOTH for name, text in of.items() for language in text.owed()}


def save_title(session: Session, document: str, title_en: str, title_fr: str) -> DocumentFacts:
    """What a document is called. Raises Forbidden for anyone but the secretariat; NotFound; Invalid where both languages are emptied."""
    require_secretariat(session)
    row = _held(session, document)
    texts = {"title_en": tidy(title_en), "title_fr": tidy(title_fr)}
    wrong = too_long(texts)
    if not any(texts.values()):
        wrong["title_en"] = Message("Give it a title, in one language at least.")
    if wrong:
        raise Invalid(**wrong)
    row.title = replaced(row.title, texts["title_en"], texts["title_fr"]) or row.title
    session.flush()
    return _load(session, [row])[0]


def proposed(session: Session) -> tuple[DocumentFacts, ...]:
    """The documents of which a version is proposed."""
    return tuple(each for each in documents(session) if each.draft)


def _days(typed: Mapping[str, str]) -> tuple[tuple[PartialDate | None, PartialDate | None], dict[str, Message]]:
    found: dict[str, PartialDate | None] = {"effective": None, "expires": None}
    wrong: dict[str, Message] = {}
    for name in found:
        try:
            found[name] = PartialDate.parse(typed[name]) if typed[name] else None
        except ValueError:
            wrong[name] = Message("Write a day, a month or a year, such as 2027-03-15, 2027-03 or 2027.")
    effective, expires = found["effective"], found["expires"]
    if effective and expires and expires.last <= effective.first:
        wrong["expires"] = Message("It must expire after it takes effect.")
    return (effective, expires), wrong


def approve(session: Session, version: int, decision: str, *, seen: str | None = None) -> DocumentFacts:
    """A decision approves a draft: it is the text from then on, and is never changed. Approved twice by the same, it is approved once.
    ``seen``: a mark of how it was shown (``mark_of``).

    Raises Forbidden for anyone but the secretariat; NotFound; Invalid for a decision that is not confirmed or does not agree, and for a
    text that is owed in a language; Conflict, with who and when, where another decision approved it, or somebody changed it since.
    """
    require_secretariat(session)
    row, by = session.get(DocumentVersion, version), session.get(Decision, decision)
    if row is None or by is None:
        raise NotFound(str(version) if row is None else decision)
    document = _held(session, row.document)
    session.refresh(row)
    if row.decision == decision:
        return _load(session, [document])[0]
    if row.decision is not None:
        raise meanwhile(session, row, None, "decision")
    if seen and seen != mark_of(row):
        raise meanwhile(session, row, ANEW)
    wrong: dict[str, Message] = {}
    if by.state != CONFIRMED or by.outcome == "not_agreed":
        wrong["decision"] = Message("Only a confirmed decision that agrees to it approves a document.")
    wrong |= owed(_load(session, [document])[0])
    if wrong:
        raise Invalid(**wrong)
    changes.under_decision(session, decision)
    row.decision, row.approved_at = decision, clock.now(session)
    row.effective = row.effective or by.effective or by.taken
    session.flush()
    changes.under_decision(session, None)
    found = _load(session, [document])[0]
    adopt(session, found, clock.today(session))
    return found


def adopt(session: Session, found: DocumentFacts, day: date) -> bool:
    """The group's record reads as the version of its mandate that stands on a day, under the decision that approved it; it goes on doing
    so once that ran out.

    Gives whether that is another text than before. Where none stands, it goes on saying what it said.
    """
    version = found.standing(day) if found.kind == MANDATE else None
    if version is None:
        return False
    changes.under_decision(session, version.decision)
    done = adopt_mandate(session, found.group, version.text)
    session.flush()
    changes.under_decision(session, None)
    return done


def document(session: Session, id_: str) -> DocumentFacts:
    """One document. Raises NotFound."""
    return _load(session, [_row(session, id_)])[0]


def documents(session: Session, *, group: str | None = None, kind: str | None = None) -> tuple[DocumentFacts, ...]:
    """All there are: of a group, of a kind."""
    query = select(Document).order_by(Document.kind, Document.id)
    query = query.where(Document.group == group) if group else query
    return _load(session, session.scalars(query.where(Document.kind == kind) if kind else query).all())


def mandates(session: Session, groups: Sequence[str]) -> dict[str, DocumentFacts]:
    """The mandates of some groups: those that stand as documents."""
    rows = [
        row
        for part in chunks(groups)
        for row in session.scalars(select(Document).where(Document.kind == MANDATE, Document.group.in_(part)))
    ]
    return {each.group: each for each in _load(session, sorted(rows, key=lambda row: row.id))}


def _row(session: Session, id_: str) -> Document:
    found = session.get(Document, id_)
    if found is None:
        raise NotFound(id_)
    return found


def _held(session: Session, id_: str) -> Document:
    """A document of which something is to be written, the row of its group locked: the mandate in force is written there, too."""
    found = _row(session, id_)
    group_row(session, found.group, lock=True)
    return found


def _load(session: Session, rows: Sequence[Document]) -> tuple[DocumentFacts, ...]:
    found: list[DocumentVersion] = []
    for part in chunks(row.id for row in rows):
        query = select(DocumentVersion).where(DocumentVersion.document.in_(part)).order_by(DocumentVersion.number.desc())
        found += session.scalars(query)
    decided = by_id(session, Decision, {each.decision for each in found if each.decision})
    versions: dict[str, list[VersionFacts]] = {}
    for each in found:
        versions.setdefault(each.document, []).append(_version(each, decided.get(each.decision or "")))
    return tuple(DocumentFacts(row.id, row.kind, row.group, row.title, tuple(versions.get(row.id, ()))) for row in rows)


def _version(row: DocumentVersion, by: Decision | None) -> VersionFacts:
    fields = VersionFacts.__dataclass_fields__.keys() - {"by"}
    return VersionFacts(**{name: getattr(row, name) for name in fields}, by=of_row(by, DecisionFacts) if by else None)
