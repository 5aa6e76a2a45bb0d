"""Background papers of a question: what is found elsewhere, and versions of documents that a council is asked to approve."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.core.errors import Invalid, Message, NotFound
from cadre.core.rows import added
from cadre.core.typed import tidy, too_long
from cadre.decisions import rules
from cadre.decisions.models import Document, DocumentVersion, Question, QuestionPaper
from cadre.decisions.putting import draft_row, saved
from cadre.decisions.question_facts import QuestionFacts
from cadre.decisions.question_reading import load_one


def add_paper(session: Session, id_: int, title: tuple[str, str], address: tuple[str, str], *, view_id: str | None = None) -> QuestionFacts:
    """A background paper: what it is called and where it is found, in both languages. Raises as ``draft_row``; Invalid."""
    row = draft_row(session, id_)
    if view_id and session.scalar(select(QuestionPaper.id).where(QuestionPaper.view_id == view_id)):
        return load_one(session, row)
    texts = {f"{name}_{language}": tidy(text) for name, pair in (("title", title), ("address", address)) for language, text in _pair(pair)}
    wrong = too_long(texts)
    wrong |= {name: Message("Write it in both languages.") for name, text in texts.items() if not text}
    if no := _too_many(session, row):
        wrong["title_en"] = no
    for name in ("address_en", "address_fr"):
        if texts[name] and not texts[name].startswith(("https://", "http://")):
            wrong[name] = Message("Write a web address that begins with https://.")
    if wrong:
        raise Invalid(**wrong)
    paper = QuestionPaper(question=row.id, view_id=view_id, title=Bilingual(texts["title_en"], texts["title_fr"]))
    paper.address = Bilingual(texts["address_en"], texts["address_fr"])
    session.add(paper)
    return saved(session, row)


def add_version(session: Session, id_: int, version: int, *, view_id: str | None = None) -> QuestionFacts:
    """A version of a document that the council is asked to approve, as a paper: those who are asked read it, and it stays as it is then.

    Put twice, it is there once. Raises as ``draft_row``; NotFound; Invalid for one that was approved, or too many papers.
    """
    row = draft_row(session, id_)
    held = session.get(DocumentVersion, version)
    if held is None:
        raise NotFound(str(version))
    if held.decision is not None:
        raise Invalid(version=Message("This version is approved already."))
    if no := _too_many(session, row):
        raise Invalid(version=no)
    same = select(QuestionPaper).where(QuestionPaper.question == row.id, QuestionPaper.version == version)
    title = session.get_one(Document, held.document).title
    added(session, QuestionPaper(question=row.id, version=version, title=title, view_id=view_id), same)
    return saved(session, row)


def remove_paper(session: Session, id_: int, paper: int) -> QuestionFacts:
    """Take a background paper out. Raises as ``draft_row``; NotFound."""
    row = draft_row(session, id_)
    found = session.get(QuestionPaper, paper)
    if found is None or found.question != row.id:
        raise NotFound(str(paper))
    session.delete(found)
    return saved(session, row)


def _too_many(session: Session, row: Question) -> Message | None:
    many = session.scalar(select(func.count()).where(QuestionPaper.question == row.id)) or 0
    return Message("Choose {n} at most.", {"n": rules.MOST_PAPERS}) if many >= rules.MOST_PAPERS else None


def _pair(pair: tuple[str, str]) -> Iterable[tuple[str, str]]:
    return zip(("en", "fr"), pair, strict=True)
