"""Tables of recommendations, governance rules, questions put to the Councils, positions, decisions, documents, actions and referrals."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.models import Audited, Base, UtcDateTime, bilingual, key, partial_date, ref

_ONE: Final = " + ".join(f'CASE WHEN "{name}" IS NULL THEN 0 ELSE 1 END' for name in ("priority", "group", "decision", "action")) + " = 1"
"""That a referral is of one thing, as SQL says it on either database."""


class Category(Audited, Base):
    """A question put to the Councils about a list of groups: shall they continue, be leveraged, change kind, be sunset?"""

    __tablename__ = "category"
    id: Mapped[str] = key()
    number: Mapped[int] = mapped_column(Integer)
    label: Mapped[Bilingual] = bilingual("label")
    question: Mapped[Bilingual] = bilingual("question")
    short: Mapped[Bilingual | None] = bilingual("short")


class Recommendation(Audited, Base):
    """One thing that the Councils are asked to agree on, about a group, a priority or all. ``status``: proposed, approved or declined.

    ``wording``: as it was asked; ``agreed``: how the decision reads, where that is otherwise; ``otherwise``: how it reads if that is not
    agreed, of one that asks so.
    """

    __tablename__ = "recommendation"
    id: Mapped[str] = key()
    topic: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20))
    number: Mapped[int | None] = mapped_column(Integer)
    category: Mapped[str | None] = ref("category")
    group: Mapped[str | None] = ref("group")
    priority: Mapped[str | None] = ref("priority")
    wording: Mapped[Bilingual | None] = bilingual("wording")
    consequence: Mapped[Bilingual | None] = bilingual("consequence")
    agreed: Mapped[Bilingual | None] = bilingual("agreed")
    otherwise: Mapped[Bilingual | None] = bilingual("otherwise")


class Rule(Audited, Base):
    """What every group must meet, if the recommendation that it belongs to is approved."""

    __tablename__ = "rule"
    id: Mapped[str] = key()
    number: Mapped[str] = mapped_column(String(10))
    recommendation: Mapped[str] = ref("recommendation")
    requires: Mapped[str | None] = mapped_column(String(20))
    wording: Mapped[Bilingual] = bilingual("wording")


class Question(Audited, Base):
    """What is put to a council: for positions, or only for comments (``kind``: position or consultation).

    ``state``: draft, scheduled, open, closed, settled or cancelled (``rules.TRANSITIONS``). ``rule``: consensus or majority; ``quorum``:
    half, majority, two_thirds or all of the seats; ``sees``: who sees the positions: seats, council or secretariat. ``reason``: why it
    was extended or cancelled last. ``category``: the question of the deck that it puts.
    """

    told = False
    __tablename__ = "question"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(12), default="position")
    state: Mapped[str] = mapped_column(String(10), default="draft")
    council: Mapped[str] = ref("group")
    category: Mapped[str | None] = ref("category", index=False)
    title: Mapped[Bilingual | None] = bilingual("title")
    background: Mapped[Bilingual | None] = bilingual("background")
    rule: Mapped[str] = mapped_column(String(10), default="consensus")
    quorum: Mapped[str] = mapped_column(String(10), default="majority")
    sees: Mapped[str] = mapped_column(String(12), default="seats")
    opens_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str] = mapped_column(String(200))
    reason: Mapped[Bilingual | None] = bilingual("reason")
    view_id: Mapped[str | None] = mapped_column(String(40), unique=True)


class QuestionPaper(Audited, Base):
    """A background paper of a question: what it is called, and where it is found in each language; or the ``version`` of a document that
    the council is asked to approve.
    """

    told = False
    __tablename__ = "question_paper"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    question: Mapped[int] = mapped_column(ForeignKey("question.id"), index=True)
    title: Mapped[Bilingual] = bilingual("title")
    address: Mapped[Bilingual | None] = bilingual("address")
    version: Mapped[int | None] = mapped_column(ForeignKey("document_version.id"), index=True)
    view_id: Mapped[str | None] = mapped_column(String(40), unique=True)


class QuestionItem(Audited, Base):
    """One thing of a question on which each seat takes a position: a recommendation of the registry, or free wording.

    ``set_aside_at``: when the secretariat said that nothing is decided on it (``reason``); what was decided is a ``Decision``.
    """

    told = False
    __tablename__ = "question_item"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    question: Mapped[int] = mapped_column(ForeignKey("question.id"))
    number: Mapped[int] = mapped_column(Integer)
    recommendation: Mapped[str | None] = ref("recommendation")
    wording: Mapped[Bilingual] = bilingual("wording")
    set_aside_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    set_aside_by: Mapped[str | None] = mapped_column(String(200))
    reason: Mapped[Bilingual | None] = bilingual("reason")
    __table_args__ = (UniqueConstraint("question", "number"),)


class QuestionSeat(Audited, Base):
    """A jurisdiction entitled to a position on a question. ``by_hand``: the secretariat said who speaks for it; else it is read off the
    roles once more at the opening, and frozen then.
    """

    told = False
    __tablename__ = "question_seat"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    question: Mapped[int] = mapped_column(ForeignKey("question.id"))
    jurisdiction: Mapped[str] = ref("jurisdiction")
    by_hand: Mapped[bool] = mapped_column(Boolean, default=False)
    __table_args__ = (UniqueConstraint("question", "jurisdiction"),)


class QuestionSpeaker(Audited, Base):
    """Somebody who takes the position of a seat, as its member or its ``alternate``."""

    told = False
    __tablename__ = "question_speaker"
    seat: Mapped[int] = mapped_column(ForeignKey("question_seat.id"), primary_key=True)
    person: Mapped[str] = mapped_column(String(80), ForeignKey("person.id"), primary_key=True, index=True)
    alternate: Mapped[bool] = mapped_column(Boolean, default=False)


class Position(Audited, Base):
    """The position of one seat on one item. ``stance``: supports, supports_with_comment, reserves, objects or does_not_take_part.

    ``version``: raised by each change, so that whoever saw an earlier one does not overwrite a later one. ``way``: slack, phone, email,
    meeting or letter; ``said_by``: the record of whoever gave it to the secretariat (``recorded_by``), on which day.
    """

    told = False
    __tablename__ = "position"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    item: Mapped[int] = mapped_column(ForeignKey("question_item.id"))
    seat: Mapped[int] = mapped_column(ForeignKey("question_seat.id"), index=True)
    stance: Mapped[str] = mapped_column(String(24))
    comment: Mapped[str | None] = mapped_column(Text)
    person: Mapped[str | None] = ref("person")
    taken_by: Mapped[str] = mapped_column(String(200))
    taken_at: Mapped[datetime] = mapped_column(UtcDateTime)
    way: Mapped[str] = mapped_column(String(10), default="slack")
    recorded_by: Mapped[str | None] = mapped_column(String(200))
    said_on: Mapped[date | None] = mapped_column(Date)
    version: Mapped[int] = mapped_column(Integer, default=1)
    __table_args__ = (UniqueConstraint("item", "seat"),)


class LatePosition(Audited, Base):
    """What a seat said after the closing: it does not count, and is kept for the secretariat, who is told. The last one stands."""

    told = False
    __tablename__ = "late_position"
    item: Mapped[int] = mapped_column(ForeignKey("question_item.id"), primary_key=True)
    seat: Mapped[int] = mapped_column(ForeignKey("question_seat.id"), primary_key=True)
    stance: Mapped[str] = mapped_column(String(24))
    comment: Mapped[str | None] = mapped_column(Text)
    person: Mapped[str | None] = ref("person", index=False)
    taken_by: Mapped[str] = mapped_column(String(200))
    taken_at: Mapped[datetime] = mapped_column(UtcDateTime)


class QuestionComment(Audited, Base):
    """What somebody of the council wrote in a consultation."""

    told = False
    __tablename__ = "question_comment"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    question: Mapped[int] = mapped_column(ForeignKey("question.id"), index=True)
    person: Mapped[str] = ref("person")
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    view_id: Mapped[str | None] = mapped_column(String(40), unique=True)


class Decision(Audited, Base):
    """A decision, as worded. ``state``: provisional while nobody has confirmed it, which gives it its number; ``item``: of the agenda.

    ``council``: whose it is; ``number``: which of its ``year`` there. ``outcome``: agreed or not_agreed; None for what a meeting decided.
    ``amended``: why it is otherwise than the positions came to. ``paper``: where it is found; ``changed``: what is otherwise from then on.
    """

    __tablename__ = "decision"
    id: Mapped[str] = key()
    number: Mapped[int | None] = mapped_column(Integer)
    year: Mapped[int | None] = mapped_column(Integer)
    council: Mapped[str | None] = ref("group")
    wording: Mapped[Bilingual] = bilingual("wording")
    state: Mapped[str | None] = mapped_column(String(12))
    outcome: Mapped[str | None] = mapped_column(String(12))
    meeting: Mapped[str | None] = ref("meeting")
    item: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))
    question_item: Mapped[int | None] = mapped_column(ForeignKey("question_item.id"), unique=True)
    taken: Mapped[PartialDate | None] = partial_date("taken")
    effective: Mapped[PartialDate | None] = partial_date("effective")
    review: Mapped[PartialDate | None] = partial_date("review")
    supersedes: Mapped[str | None] = ref("decision")
    paper: Mapped[Bilingual | None] = bilingual("paper")
    changed: Mapped[Bilingual | None] = bilingual("changed")
    follow_up: Mapped[Bilingual | None] = bilingual("follow_up")
    amended: Mapped[Bilingual | None] = bilingual("amended")
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    confirmed_by: Mapped[str | None] = mapped_column(String(200))
    view_id: Mapped[str | None] = mapped_column(String(40), unique=True)
    __table_args__ = (UniqueConstraint("council", "year", "number"),)


class DecisionCorrection(Audited, Base):
    """That a confirmed decision was corrected: how it was worded before, and why. ``fields``: what was corrected, names with blanks between
    them; what stood there before, the Changes keep.
    """

    told = False
    __tablename__ = "decision_correction"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    decision: Mapped[str] = ref("decision")
    before: Mapped[Bilingual] = bilingual("before")
    fields: Mapped[str] = mapped_column(String(120), default="wording", server_default="wording")
    reason: Mapped[Bilingual] = bilingual("reason")
    corrected_at: Mapped[datetime] = mapped_column(UtcDateTime)
    corrected_by: Mapped[str] = mapped_column(String(200))
    view_id: Mapped[str | None] = mapped_column(String(40), unique=True)


class Carried(Audited, Base):
    """That a decision was carried out, for one thing: ``target``, "group:bees". ``action``: which of ``cadre.oversight.actions``.

    ``view_id``: the window in which all of one click was previewed.
    """

    __tablename__ = "carried"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    decision: Mapped[str] = ref("decision", index=False)
    action: Mapped[str] = mapped_column(String(16))
    target: Mapped[str] = mapped_column(String(100))
    carried_at: Mapped[datetime] = mapped_column(UtcDateTime)
    carried_by: Mapped[str] = mapped_column(String(200))
    view_id: Mapped[str | None] = mapped_column(String(40))
    __table_args__ = (UniqueConstraint("decision", "action", "target"),)


class Closing(Audited, Base):
    """What is kept of a group that was dissolved: a closing note, what came of it, what was left unfinished.

    ``reopened``: the decision under which it goes on, if it does; the note stays.
    """

    __tablename__ = "closing"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    group: Mapped[str] = ref("group")
    decision: Mapped[str] = ref("decision")
    day: Mapped[PartialDate | None] = partial_date("day")
    note: Mapped[Bilingual | None] = bilingual("note")
    outcomes: Mapped[Bilingual | None] = bilingual("outcomes")
    unfinished: Mapped[Bilingual | None] = bilingual("unfinished")
    reopened: Mapped[str | None] = ref("decision", index=False)


class Document(Audited, Base):
    """Guidelines, a roadmap or a mandate of a council or group, whose text stands in its versions.

    ``kind``: guidelines, roadmap, mandate or other.
    """

    __tablename__ = "document"
    id: Mapped[str] = key()
    kind: Mapped[str] = mapped_column(String(12))
    group: Mapped[str] = ref("group")
    title: Mapped[Bilingual] = bilingual("title")
    view_id: Mapped[str | None] = mapped_column(String(40), unique=True)


class DocumentVersion(Audited, Base):
    """One version of a document: a draft until a decision approves it. A mandate is ``effective`` from a day until it ``expires``."""

    __tablename__ = "document_version"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    document: Mapped[str] = ref("document")
    number: Mapped[int] = mapped_column(Integer)
    text: Mapped[Bilingual] = bilingual("text")
    decision: Mapped[str | None] = ref("decision")
    effective: Mapped[PartialDate | None] = partial_date("effective")
    expires: Mapped[PartialDate | None] = partial_date("expires")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str] = mapped_column(String(200))
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    view_id: Mapped[str | None] = mapped_column(String(40), unique=True)
    __table_args__ = (UniqueConstraint("document", "number"),)


class Action(Audited, Base):
    """A next step: whose, by when, about which group. ``state``: open, done or dropped; unknown of those of the seed.

    ``meeting``: at which it was agreed.
    """

    __tablename__ = "action"
    id: Mapped[str] = key()
    wording: Mapped[Bilingual] = bilingual("wording")
    group: Mapped[str | None] = ref("group")
    owner: Mapped[str | None] = ref("person")
    due: Mapped[PartialDate | None] = partial_date("due")
    about: Mapped[str | None] = ref("group")
    meeting: Mapped[str | None] = ref("meeting")
    state: Mapped[str | None] = mapped_column(String(10))
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by: Mapped[str | None] = mapped_column(String(200))
    view_id: Mapped[str | None] = mapped_column(String(40), unique=True)


class Referral(Audited, Base):
    """That a priority, group, decision or next step, and only one of them, is *for* a table of deputy ministers, or comes *from* it.

    ``table``: the group that the table is; ``direction``: for or from; ``since``: the day from which it is so, where that is known.
    """

    __tablename__ = "referral"
    id: Mapped[str] = key()
    table: Mapped[str] = ref("group")
    direction: Mapped[str] = mapped_column(String(4))
    priority: Mapped[str | None] = ref("priority")
    group: Mapped[str | None] = ref("group")
    decision: Mapped[str | None] = ref("decision")
    action: Mapped[str | None] = ref("action")
    note: Mapped[Bilingual | None] = bilingual("note")
    since: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (CheckConstraint(_ONE, name="one_target"),)
