"""Drafting a question to a council: what is asked, who has a seat and speaks for it, by which rule, until when; and the ways out of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import changes, clock
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Invalid, Message, NotFound
from cadre.core.marks import kept, of_text
from cadre.core.reader import named
from cadre.core.rows import added, sent_in
from cadre.core.typed import edited, replaced, tidy, too_long
from cadre.decisions import asking, rules
from cadre.decisions.models import (
    Category,
    Question,
    QuestionItem,
    QuestionPaper,
    QuestionSeat,
    QuestionSpeaker,
    Recommendation,
)
from cadre.decisions.question_facts import CONSULTATION, QUORUMS, RULES, SEAT, SEES, QuestionFacts
from cadre.decisions.question_reading import load_one, question_row, speakers_of
from cadre.decisions.question_rights import come_into, refusal, touch_all
from cadre.groups.facts import COUNCILS
from cadre.groups.models import Group
from cadre.notices.service import announce, announce_each, require_secretariat
from cadre.people import seating
from cadre.people.models import Jurisdiction, Person

_EDITABLE: Final = ("draft", "scheduled")
_CHOICES: Final[Mapping[str, Collection[str]]] = {"rule": RULES, "quorum": QUORUMS, "sees": SEES}


@dataclass(frozen=True, slots=True)
class StartForm:
    """What a question is begun from. ``source``: a category (a slide of the deck), a recommendation, or nothing: wording of one's own."""

    council: str
    kind: str = "position"
    category: str | None = None
    recommendations: tuple[str, ...] = ()
    title_en: str = ""
    title_fr: str = ""
    wording_en: str = ""
    wording_fr: str = ""
    view_id: str | None = None


@dataclass(frozen=True, slots=True)
class TextForm:
    """What a question says, as its window holds it: what is emptied there is taken away."""

    title_en: str
    title_fr: str
    background_en: str
    background_fr: str


@dataclass(frozen=True, slots=True)
class HowForm:
    """By which rule and until when; who sees the positions. None: as it stands, for a consultation has no rule."""

    rule: str | None
    quorum: str | None
    sees: str | None
    opens_at: datetime | None
    closes_at: datetime | None


def begin(session: Session, form: StartForm) -> QuestionFacts:
    """A draft with all that is proposed: the recommendations as worded, the seats of the council. The same window submitted twice is one.

    Raises Forbidden for anyone but the secretariat; NotFound; Invalid where nothing is asked.
    """
    require_secretariat(session)
    same = sent_in(Question, form.view_id)
    if found := session.scalar(same):
        return load_one(session, found)
    council = session.get(Group, form.council)
    if council is None or council.kind not in COUNCILS:
        raise Invalid(council=Message("Choose a council."))
    asked = _asked(session, form)
    texts = {name: tidy(getattr(form, name)) for name in ("title_en", "title_fr", "wording_en", "wording_fr")}
    if wrong := _wrong_start(form, asked, texts):
        raise Invalid(**wrong)
    row = Question(kind=form.kind, council=council.id, category=form.category, made_at=clock.now(session), view_id=form.view_id)
    row.made_by = changes.actor(session).label[:200]
    category = session.get(Category, form.category) if form.category else None
    row.title = edited(None, texts["title_en"], texts["title_fr"]) or asking.title(session, category, asked)
    row.background = asking.background(category, asked)
    if not added(session, row, same):
        return load_one(session, session.scalars(same).one())
    wordings = [(each.id, wording) for each in asked for wording in asking.items(session, each)]
    if own := edited(None, texts["wording_en"], texts["wording_fr"]):
        wordings.append((None, own))  # type: ignore[arg-type]  # wording of one's own is of no recommendation
    for number, (recommendation, wording) in enumerate(wordings, start=1):
        session.add(QuestionItem(question=row.id, number=number, recommendation=recommendation, wording=wording))
    _seat(session, row, [place for place, _speakers in seating.standing(session, council.id)])
    return load_one(session, row)


def _asked(session: Session, form: StartForm) -> list[Recommendation]:
    """The recommendations that are put: those of a slide that are still proposed, those named."""
    query = select(Recommendation).order_by(Recommendation.number, Recommendation.id)
    if form.recommendations:
        found = list(session.scalars(query.where(Recommendation.id.in_(form.recommendations))))
        if missing := set(form.recommendations) - {each.id for each in found}:
            raise NotFound(", ".join(sorted(missing)))
        return found
    if form.category:
        if session.get(Category, form.category) is None:
            raise NotFound(form.category)
        return list(session.scalars(query.where(Recommendation.category == form.category, Recommendation.status == "proposed")))
    return []


def _wrong_start(form: StartForm, asked: Collection[Recommendation], texts: Mapping[str, str]) -> dict[str, Message]:
    wrong = too_long(texts) | too_long({name: texts[name] for name in ("title_en", "title_fr")}, rules.LONGEST_TITLE)
    if form.kind not in ("position", CONSULTATION):
        wrong["kind"] = Message("Choose one of those offered.")
    if len(asked) > rules.MOST_ITEMS:
        wrong["recommendations"] = Message("Choose {n} at most.", {"n": rules.MOST_ITEMS})
    if form.category and not asked:
        wrong["source"] = Message("Nothing of this is still proposed.")
    if not asked and not (texts["title_en"] or texts["title_fr"]):
        wrong["title_en"] = Message("Give it a title, in one language at least.")
    return wrong


def draft_row(session: Session, id_: int) -> Question:
    """A question that can still be written, its row locked. Raises Forbidden for anyone but the secretariat; NotFound; as ``refusal``."""
    require_secretariat(session)
    row = question_row(session, id_, lock=True)
    if row.state not in _EDITABLE:
        raise refusal(session, row)
    return row


def of_texts(question: QuestionFacts | Question) -> dict[str, str]:
    """What the fields of its texts show."""
    return of_text("title", question.title) | of_text("background", question.background)


def of_item(wording: Bilingual | None) -> dict[str, str]:
    """What the fields of one thing that is asked show."""
    return of_text("wording", wording)


def of_how(question: QuestionFacts | Question | HowForm) -> dict[str, str]:
    """What the fields of rule and times show: of moments the seconds, for a window shows no more."""
    moments = {name: getattr(question, name) for name in ("opens_at", "closes_at")}
    told = {name: str(int(moment.timestamp())) if moment else "" for name, moment in moments.items()}
    return {name: str(getattr(question, name)) for name in _CHOICES} | told


def save_texts(session: Session, id_: int, form: TextForm, *, shown: Mapping[str, str] | None = None) -> QuestionFacts:
    """What a question says. ``shown``: marks of what the window showed: what another wrote meanwhile in a field that was left stays.

    Raises as ``draft_row``; Invalid for texts that are too long, and for a field in which both wrote.
    """
    row = draft_row(session, id_)
    texts = {name: tidy(getattr(form, name)) for name in TextForm.__dataclass_fields__}
    now = of_texts(row)
    texts |= {name: now[name] for name in kept(now, texts, shown or {}, now)}
    wrong = too_long(texts) | too_long({name: texts[name] for name in ("title_en", "title_fr")}, rules.LONGEST_TITLE)
    if wrong:
        raise Invalid(**wrong)
    row.title = replaced(row.title, texts["title_en"], texts["title_fr"])
    row.background = replaced(row.background, texts["background_en"], texts["background_fr"])
    return saved(session, row)


def save_how(session: Session, id_: int, form: HowForm, *, shown: Mapping[str, str] | None = None) -> QuestionFacts:
    """Rule, quorum, who sees the positions, times. ``shown``: as of ``save_texts``. Raises as that; Invalid with all that is amiss."""
    row = draft_row(session, id_)
    form = replace(form, **{name: getattr(row, name) for name in _CHOICES if getattr(form, name) is None})
    stays = kept(of_how(row), of_how(form), shown or {}, ())
    form = replace(form, **{name: getattr(row, name) for name in stays})
    offered = Message("Choose one of those offered.")
    wrong = {name: offered for name, choices in _CHOICES.items() if getattr(form, name) not in choices}
    if form.closes_at and (no := rules.wrong_closing(form.closes_at, clock.now(session))):
        wrong["closes_at"] = no
    elif form.opens_at and form.closes_at and form.closes_at <= form.opens_at:
        wrong["closes_at"] = Message("The question must close after it opens.")
    if wrong:
        raise Invalid(**wrong)
    row.rule, row.quorum, row.sees = str(form.rule), str(form.quorum), str(form.sees)
    row.opens_at, row.closes_at = form.opens_at, form.closes_at
    return saved(session, row)


def save_item(
    session: Session, id_: int, item: int | None, wording_en: str, wording_fr: str, *, shown: Mapping[str, str] | None = None
) -> QuestionFacts:
    """Word one thing that is asked, or add one; emptied in both languages it is taken out. ``shown``: as of ``save_texts``. Raises as that;
    NotFound.
    """
    row = draft_row(session, id_)
    texts = {"wording_en": tidy(wording_en), "wording_fr": tidy(wording_fr)}
    items = session.scalars(select(QuestionItem).where(QuestionItem.question == row.id).order_by(QuestionItem.number)).all()
    held = next((each for each in items if each.id == item), None)
    if item is not None and held is None:
        raise NotFound(str(item))
    now = of_item(held.wording if held else None)
    texts |= {name: now[name] for name in kept(now, texts, shown or {}, now)}
    wrong = too_long(texts)
    if held is None and not any(texts.values()):
        wrong["wording_en"] = Message("Write it in one language at least.")
    if held is None and len(items) >= rules.MOST_ITEMS:
        wrong["wording_en"] = Message("Choose {n} at most.", {"n": rules.MOST_ITEMS})
    if wrong:
        raise Invalid(**wrong)
    wording = replaced(held.wording if held else None, texts["wording_en"], texts["wording_fr"])
    if held is None:
        number = max((each.number for each in items), default=0) + 1
        session.add(QuestionItem(question=row.id, number=number, wording=wording))
    elif wording is None:
        session.delete(held)
    else:
        held.wording = wording
    return saved(session, row)


def of_seats(places: Iterable[str]) -> dict[str, str]:
    """What the field of the seats shows."""
    return {"seats": " ".join(sorted(places))}


def of_speakers(members: Iterable[str], alternates: Iterable[str]) -> dict[str, str]:
    """What the fields show of who speaks for a seat."""
    return {"members": " ".join(sorted(members)), "alternates": " ".join(sorted(alternates))}


def set_seats(session: Session, id_: int, jurisdictions: Collection[str], *, shown: Mapping[str, str] | None = None) -> QuestionFacts:
    """Which governments are entitled to a position. Who speaks for those that are new is read off the roles. ``shown``: as of
    ``save_texts``.

    Raises as that; Invalid for nobody, or what is not in the registry.
    """
    row = draft_row(session, id_)
    now = of_seats(session.scalars(select(QuestionSeat.jurisdiction).where(QuestionSeat.question == row.id)))
    if kept(now, of_seats(jurisdictions), shown or {}, ()):
        jurisdictions = now["seats"].split()
    known = set(session.scalars(select(Jurisdiction.id).where(Jurisdiction.id.in_(list(jurisdictions)))))
    if not jurisdictions or set(jurisdictions) - known:
        raise Invalid(seats=Message("Say which governments have a seat."))
    _seat(session, row, jurisdictions)
    return saved(session, row)


def set_speakers(
    session: Session, id_: int, seat: int, members: Collection[str], alternates: Collection[str], *, shown: Mapping[str, str] | None = None
) -> QuestionFacts:
    """Who speaks for a seat: from then on as the secretariat said. While the question is open too, for representatives change: whoever is
    new hears of the question, whoever is taken off hears so, and a position that was taken stands until it is changed. ``shown``: as of
    ``save_texts``.

    Raises Forbidden for anyone but the secretariat; NotFound; Invalid for nobody, strangers, a question that is over, and for a field in
    which another said something else meanwhile.
    """
    require_secretariat(session)
    row = question_row(session, id_, lock=True)
    if row.state not in (*_EDITABLE, "open"):
        raise Invalid(state=rules.REFUSED[row.state])  # type: ignore[index]  # the column holds nothing else
    found = session.get(QuestionSeat, seat)
    if found is None or found.question != row.id:
        raise NotFound(str(seat))
    there = {each.person: each.alternate for each in session.scalars(select(QuestionSpeaker).where(QuestionSpeaker.seat == seat))}
    now = of_speakers(*([person for person, each in there.items() if each is alternate] for alternate in (False, True)))
    typed = of_speakers(members, alternates)
    typed |= {name: now[name] for name in kept(now, typed, shown or {}, ())}
    wanted = dict.fromkeys(typed["alternates"].split(), True) | dict.fromkeys(typed["members"].split(), False)
    if not wanted or set(wanted) - set(session.scalars(select(Person.id).where(Person.id.in_(list(wanted))))):
        raise Invalid(members=Message("Choose somebody."))
    still = {each.person.id for each in speakers_of(session, {seat: row.council})[seat] if not each.left} if there else set()
    new = _speak(session, found, wanted)
    found.by_hand = True
    touch_all(session, row)
    if row.state == "open":
        subject = f"{SEAT}:{found.id}"
        announce_each(session, "question_opened", ((person, subject) for person in new))
        gone = [person for person in sorted(there.keys() - wanted.keys()) if person in still]
        announce(session, "question_unseated", subject, gone, {"by": named(changes.actor(session).label)})
    return saved(session, row)


def _seat(session: Session, row: Question, jurisdictions: Collection[str]) -> None:
    there = {each.jurisdiction: each for each in session.scalars(select(QuestionSeat).where(QuestionSeat.question == row.id))}
    for place in sorted(there.keys() - set(jurisdictions)):
        _speak(session, there[place], {})
        session.flush()
        session.delete(there[place])
    for place in sorted(set(jurisdictions) - there.keys()):
        session.add(QuestionSeat(question=row.id, jurisdiction=place))
    session.flush()
    read_speakers(session, row)


def read_speakers(session: Session, row: Question) -> None:
    """Who speaks for the seats, read off the roles; those of which the secretariat said it stay."""
    standing = dict(seating.standing(session, row.council))
    of = (QuestionSeat.question == row.id, QuestionSeat.by_hand.is_(False))
    for seat in session.scalars(select(QuestionSeat).where(*of).order_by(QuestionSeat.id)):
        held = standing.get(seat.jurisdiction, ())
        _speak(session, seat, {each.person.id: each.role == seating.ALTERNATE for each in held})


def _speak(session: Session, seat: QuestionSeat, wanted: Mapping[str, bool]) -> list[str]:
    """Let these speak for a seat, and nobody else; gives those who are new."""
    there = {each.person: each for each in session.scalars(select(QuestionSpeaker).where(QuestionSpeaker.seat == seat.id))}
    for person in sorted(there.keys() - wanted.keys()):
        session.delete(there[person])
    for person in sorted(there.keys() & wanted.keys()):
        there[person].alternate = wanted[person]
    new = sorted(wanted.keys() - there.keys())
    session.add_all(QuestionSpeaker(seat=seat.id, person=person, alternate=wanted[person]) for person in new)
    return new


def saved(session: Session, row: Question) -> QuestionFacts:
    """A question after a change: one that was scheduled and lacks something now is a draft again."""
    facts = load_one(session, row)
    if row.state == "scheduled" and rules.owed(facts):
        come_into(session, row, "draft")
        facts = load_one(session, row)
    return facts


def remove_draft(session: Session, id_: int) -> None:
    """Throw a question away that was never opened. Raises as ``draft_row``."""
    row = draft_row(session, id_)
    _throw_away(session, row)


def _throw_away(session: Session, row: Question) -> None:
    seats = session.scalars(select(QuestionSeat).where(QuestionSeat.question == row.id)).all()
    for seat in seats:
        _speak(session, seat, {})
    session.flush()
    tables: tuple[Any, ...] = (QuestionSeat, QuestionItem, QuestionPaper)
    for table in tables:
        for each in session.scalars(select(table).where(table.question == row.id)):
            session.delete(each)
    session.flush()
    session.delete(row)
    session.flush()
