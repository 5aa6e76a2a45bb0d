"""From positions to a decision: confirmed as they came to, amended with a reason, or set aside; what a meeting decided; corrections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import changes, clock
from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.errors import Conflict, Invalid, Message, NotFound
from cadre.core.facts import of_row
from cadre.core.marks import mark, of_text
from cadre.core.reader import named
from cadre.core.typed import tidy, too_long, why
from cadre.decisions import question_reading as reading
from cadre.decisions import questions, rules
from cadre.decisions.facts import DecisionFacts
from cadre.decisions.models import Carried, Decision, DecisionCorrection, Question, QuestionItem, Recommendation
from cadre.decisions.question_facts import DECISION, Outcome, QuestionFacts
from cadre.decisions.question_rights import come_into, refusal, touch_all
from cadre.decisions.service import ANEW, decision_row, meanwhile, new_id, require_shown
from cadre.groups.models import Group
from cadre.notices.service import announce, announce_each, require_secretariat, told_last, touch
from cadre.people import holders

Decided = Literal["agreed", "not_agreed"]
CONFIRMED: Final = "confirmed"
TOLD: Final = ("decision_confirmed", "decision_corrected")
"""By which announcements people got the text of a decision."""
TEXTS: Final = ("wording", "paper", "changed", "follow_up", "amended")
_DAYS: Final = ("effective", "review")
_LEADING: Final = frozenset({"lead", "co_chair"})
_UNDOING: Final = ("reopen", "restore")
FIELDS: Final = ("wording", "effective", "review", "changed", "follow_up", "paper", "supersedes", "amended")
"""What of a decision can be corrected, in the order in which it is named."""
_BOTH: Final = Message("Write it in both languages.")


@dataclass(frozen=True, slots=True)
class DecisionDetails:
    """What is recorded of a decision, as it is typed. Texts are pairs, English and French; days as ISO text, a month or a year as well.

    ``outcome``, ``wording``: None for what the positions came to, as it was put. ``amended``: why it is otherwise.
    """

    outcome: Decided | None = None
    wording: tuple[str, str] | None = None
    effective: str = ""
    review: str = ""
    supersedes: str | None = None
    paper: tuple[str, str] = ("", "")
    changed: tuple[str, str] = ("", "")
    follow_up: tuple[str, str] = ("", "")
    amended: tuple[str, str] = ("", "")


def confirm(session: Session, item_id: int, details: DecisionDetails, *, view_id: str | None = None) -> DecisionFacts:
    """Confirm what positions on an item came to, or something else with a reason: it is a decision then, with its number, and all of the
    council are told. Sent twice, it is one.

    Raises Forbidden for anyone but the secretariat; NotFound; Conflict, with who and when, for one that was confirmed before; Invalid for a
    question that is not closed, and with all that cannot be taken.
    """
    row, item = _closed(session, item_id)
    same = session.scalar(select(Decision).where(Decision.question_item == item_id))
    if same is not None:
        if view_id and same.view_id == view_id:
            return of_row(same, DecisionFacts)
        raise Conflict(named(same.confirmed_by or ""), same.confirmed_at or clock.now(session))
    _require_open(session, item, row)
    return _confirm(session, row, item, _came_to(session, row)[item_id], details, view_id=view_id)


def confirm_all(session: Session, question: int, details: DecisionDetails) -> tuple[DecisionFacts, ...]:
    """Confirm all of a question, each as the positions came to, but what had no quorum. ``details``: what those that are agreed have in
    common; of these only the paper is of all.

    Raises as ``confirm``; Invalid where nothing is left that can be confirmed so.
    """
    require_secretariat(session)
    row = reading.question_row(session, question, lock=True)
    _require_closed(session, row)
    came_to = _came_to(session, row)
    left = [each for each in reading.load_one(session, row).items if not each.settled and came_to[each.id].result != "no_quorum"]
    if not left:
        raise Invalid(state=Message("Nothing is left here that can be confirmed as it is."))
    common: Mapping[str, DecisionDetails] = {
        "agreed": replace(details, outcome=None, wording=None),
        "not_agreed": DecisionDetails(paper=details.paper),
    }
    rows = [(session.get_one(QuestionItem, each.id), came_to[each.id]) for each in left]
    return tuple(_confirm(session, row, item, of, common[of.result]) for item, of in rows)


def set_aside(session: Session, item_id: int, reason_en: str, reason_fr: str) -> None:
    """Say that nothing is decided on an item: there was no quorum, or it is to be put again. Those who speak are told why. Raises as
    ``confirm``; Invalid without why.
    """
    row, item = _closed(session, item_id)
    decided = session.scalar(select(Decision).where(Decision.question_item == item_id))
    if decided is not None:
        raise Conflict(named(decided.confirmed_by or ""), decided.confirmed_at or clock.now(session))
    _require_open(session, item, row)
    item.reason, wrong = why(reason_en, reason_fr)
    if wrong:
        raise Invalid(**wrong)
    item.set_aside_at, item.set_aside_by = clock.now(session), changes.actor(session).label[:200]
    detail = {"by": named(item.set_aside_by), "items": [item.id]}
    announce_each(session, "item_set_aside", reading.load_one(session, row).speaking, detail)
    _settle(session, row)


def conclude(session: Session, question: int) -> QuestionFacts:
    """End a consultation that is closed: nothing is decided. Raises Forbidden for anyone but the secretariat; NotFound; Invalid."""
    require_secretariat(session)
    row = reading.question_row(session, question, lock=True)
    if row.kind != "consultation":
        raise Invalid(state=Message("Confirm or set aside each thing that was asked."))
    come_into(session, row, "settled")
    row.settled_at = clock.now(session)
    return reading.load_one(session, row)


def _closed(session: Session, item_id: int) -> tuple[Question, QuestionItem]:
    """A question that is closed, its row locked, and one thing of it."""
    require_secretariat(session)
    item = session.get(QuestionItem, item_id)
    if item is None:
        raise NotFound(str(item_id))
    row = reading.question_row(session, item.question, lock=True)
    session.refresh(item)  # it may have been set aside just before
    return row, item


def _require_open(session: Session, item: QuestionItem, row: Question) -> None:
    if item.set_aside_at is not None:
        raise Conflict(named(item.set_aside_by or ""), item.set_aside_at)
    _require_closed(session, row)


def _require_closed(session: Session, row: Question) -> None:
    if row.state in ("settled", "cancelled"):
        raise refusal(session, row)
    if row.state != "closed":
        raise Invalid(state=rules.REFUSED[row.state])  # type: ignore[index]  # the column holds nothing else


def _came_to(session: Session, row: Question) -> Mapping[int, Outcome]:
    facts = reading.load_one(session, row)
    return questions.outcomes(facts, reading.positions(session, [facts])[facts.id])


def _confirm(
    session: Session, row: Question, item: QuestionItem, came_to: Outcome, details: DecisionDetails, *, view_id: str | None = None
) -> DecisionFacts:
    outcome = details.outcome or (came_to.result if came_to.result != "no_quorum" else None)
    taken = PartialDate.day(clock.day(row.closed_at or clock.now(session)))
    texts, wrong = _typed(details, taken)
    wording = texts["wording"] or item.wording
    if outcome is None:
        wrong["outcome"] = Message("There was no quorum: set it aside, or say what is decided all the same, and why.")
    if (outcome != came_to.result or _differ(wording, item.wording)) and texts["amended"] is None:
        said = Message("Say why it is otherwise than the positions came to, in both languages.")
        wrong |= {"amended_en": said, "amended_fr": said}
    if wrong:
        raise Invalid(**wrong)
    made = Decision(id=new_id(session), council=row.council, outcome=outcome, question_item=item.id, view_id=view_id)
    made.wording, made.taken = wording, taken
    session.add(made)
    _fill(session, made, details, texts)
    session.flush()
    if item.recommendation:
        changes.under_decision(session, made.id)
        session.get_one(Recommendation, item.recommendation).status = rules.status_of(_outcomes(session, item))
        session.flush()
        changes.under_decision(session, None)
    speaking = reading.load_one(session, row).speaking
    _tell(session, made, {person for person, _seat in speaking}, item.recommendation)
    _settle(session, row)
    return of_row(made, DecisionFacts)


def _outcomes(session: Session, item: QuestionItem) -> list[str | None]:
    """What was decided on all that a question asks by the recommendation of an item; None of what is still open."""
    query = select(Decision.outcome).select_from(QuestionItem).join(Decision, Decision.question_item == QuestionItem.id, isouter=True)
    same = (QuestionItem.question == item.question) & (QuestionItem.recommendation == item.recommendation)
    return list(session.scalars(query.where(same)))


def confirm_of_meeting(session: Session, id_: str, details: DecisionDetails, *, seen: str | None = None) -> DecisionFacts:
    """Confirm what a meeting decided, as it was recorded: it gets its number, and all of the group are told. ``seen``: a mark of how the
    window showed it worded (``service.shown``).

    Raises Forbidden for anyone but the secretariat; NotFound; Conflict for one that was confirmed, or worded anew since; Invalid.
    """
    require_secretariat(session)
    row = decision_row(session, id_, lock=True)
    if row.state != "provisional":
        raise Conflict(named(row.confirmed_by or ""), row.confirmed_at or clock.now(session))
    require_shown(session, row, seen)
    texts, wrong = _typed(details, row.taken)
    wording = texts["wording"] or row.wording
    if wording.owed() and "wording_en" not in wrong:
        wrong |= {f"wording_{language}": _BOTH for language in wording.owed()}
    if row.council is None:
        wrong["state"] = Message("It is not recorded whose decision this is.")
    if wrong:
        raise Invalid(**wrong)
    row.wording, row.outcome = wording, details.outcome
    _fill(session, row, details, texts)
    session.flush()
    _tell(session, row, (), None)
    touch(session, "agenda", f"agenda:{row.meeting}")  # the agenda of the meeting shows it
    return of_row(row, DecisionFacts)


def correct(
    session: Session, id_: str, details: DecisionDetails, reason: tuple[str, str], *, seen: str, view_id: str | None = None
) -> None:
    """Put right what is recorded of a confirmed decision, but its outcome: how it was worded before is kept with the reason, and all who
    got the text get the new one. ``details``: all of it, as it is to stand; ``seen``: a mark of what the window showed (``shown_of``).

    Raises Forbidden for anyone but the secretariat; NotFound; Conflict where it was corrected since it was shown; Invalid with all that
    cannot be taken.
    """
    require_secretariat(session)
    row = decision_row(session, id_, lock=True)
    if view_id and session.scalar(select(DecisionCorrection.id).where(DecisionCorrection.view_id == view_id)):
        return
    if row.state != CONFIRMED:
        raise Invalid(state=Message("Only a confirmed decision is corrected: this one is still proposed."))
    if seen != shown_of(row):
        raise meanwhile(session, row, ANEW)
    texts, wrong = _typed(details, row.taken)
    why = {f"reason_{language}": tidy(text) for language, text in zip(("en", "fr"), reason, strict=True)}
    wrong |= too_long(why) | {name: _BOTH for name, text in why.items() if not text} | _wrong_link(session, row, details.supersedes)
    if row.amended and texts["amended"] is None:
        wrong |= {"amended_en": _BOTH, "amended_fr": _BOTH}
    if wrong:
        raise Invalid(**wrong)
    before, wording = of_details(row), row.wording
    row.wording = texts["wording"] or row.wording
    _set(session, row, details, texts)
    changed = {name for name, value in of_details(row).items() if value != before[name]}
    fields = [name for name in FIELDS if changed & {name, f"{name}_en", f"{name}_fr"}]
    if not fields:
        raise Invalid(wording_en=Message("This is how it reads already."))
    made = DecisionCorrection(decision=id_, corrected_at=clock.now(session), fields=" ".join(fields), view_id=view_id)
    made.corrected_by = changes.actor(session).label[:200]
    made.before, made.reason = wording, Bilingual(why["reason_en"], why["reason_fr"])
    session.add(made)
    session.flush()
    subject = f"{DECISION}:{id_}"
    got = told_last(session, TOLD, [subject]).get(subject, {})
    announce(session, "decision_corrected", subject, sorted(got), {"by": named(made.corrected_by)})
    touch(session, DECISION, subject)


def of_details(decision: Decision | DecisionFacts) -> dict[str, str]:
    """What the fields of a window show of what is recorded of a decision."""
    found = {name: value for text in TEXTS for name, value in of_text(text, getattr(decision, text)).items()}
    days = {name: day.text if (day := getattr(decision, name)) else "" for name in _DAYS}
    return found | days | {"supersedes": decision.supersedes or ""}


def shown_of(decision: Decision | DecisionFacts) -> str:
    """A mark of all that is recorded of a decision, by which a window knows later whether somebody corrected it."""
    return mark("\0".join(of_details(decision).values()))


def _wrong_link(session: Session, row: Decision, supersedes: str | None) -> dict[str, Message]:
    """Why a decision cannot supersede another, or cannot stop to: that one is not there, comes after it, or was undone by it."""
    if supersedes == row.supersedes:
        return {}
    undone = select(Carried.id).where(Carried.decision == row.id, Carried.action.in_(_UNDOING)).limit(1)
    if session.scalar(undone):
        return {"supersedes": Message("It has undone what that decision did: only another decision changes that.")}
    earlier = session.get(Decision, supersedes) if supersedes else None
    while earlier is not None:
        if earlier.id == row.id:
            return {"supersedes": Message("That decision supersedes this one.")}
        earlier = session.get(Decision, earlier.supersedes) if earlier.supersedes else None
    return {}


def _differ(one: Bilingual, other: Bilingual) -> bool:
    return (one.en, one.fr) != (other.en, other.fr)


def _typed(details: DecisionDetails, taken: PartialDate | None) -> tuple[dict[str, Bilingual | None], dict[str, Message]]:
    """The texts, of which each that is written is written in both languages; and what cannot be taken, by its field.

    ``taken``: the day on which it was decided.
    """
    found: dict[str, Bilingual | None] = {}
    wrong: dict[str, Message] = {}
    for name in TEXTS:
        english, french = (tidy(text) for text in getattr(details, name) or ("", ""))
        pair = {f"{name}_en": english, f"{name}_fr": french}
        wrong |= too_long(pair)
        if english or french or (name == "wording" and details.wording is not None):
            wrong |= {field: _BOTH for field, text in pair.items() if not text}
        found[name] = Bilingual(english, french) if english and french else None
    for name in _DAYS:
        try:
            _day(getattr(details, name))
        except ValueError:
            wrong[name] = Message("Write a day, a month or a year, such as 2027-03-15, 2027-03 or 2027.")
    if not wrong.keys() & _DAYS and (no := rules.wrong_review(_day(details.review), _day(details.effective) or taken)):
        wrong["review"] = no
    return found, wrong


def _day(text: str) -> PartialDate | None:
    return PartialDate.parse(text.strip()) if text.strip() else None


def _fill(session: Session, row: Decision, details: DecisionDetails, texts: Mapping[str, Bilingual | None]) -> None:
    """All that a decision has once it is confirmed: its number too. The row of its council is locked, for decisions are counted there."""
    now = clock.now(session)
    session.execute(select(Group.id).where(Group.id == row.council).with_for_update(key_share=True))
    taken = row.taken.first if row.taken else clock.today(session)
    row.year = taken.year
    given = select(Decision.number).where(Decision.council == row.council, Decision.year == row.year)
    row.number = rules.next_number(session.scalars(given))
    row.state, row.confirmed_at, row.confirmed_by = CONFIRMED, now, changes.actor(session).label[:200]
    _set(session, row, details, texts)


def _set(session: Session, row: Decision, details: DecisionDetails, texts: Mapping[str, Bilingual | None]) -> None:
    if details.supersedes and (session.get(Decision, details.supersedes) is None or details.supersedes == row.id):
        raise NotFound(details.supersedes)
    if details.supersedes and row.outcome == "not_agreed":
        raise Invalid(supersedes=Message("What was not agreed supersedes nothing: leave this empty."))
    row.effective, row.review = _day(details.effective) or row.taken, _day(details.review)
    row.supersedes = details.supersedes
    row.paper, row.changed, row.follow_up, row.amended = (texts[name] for name in TEXTS[1:])


def _tell(session: Session, row: Decision, speaking: Iterable[str], recommendation: str | None) -> None:
    """Those of the council, those who spoke, and those who lead the group that it is about."""
    groups = {str(row.council)}
    of = session.get(Recommendation, recommendation) if recommendation else None
    held = holders.of_groups(session, groups | ({of.group} if of and of.group else set()))
    concerned = {each.person.id for each in held if each.group in groups or each.role in _LEADING}
    told = sorted((concerned | set(speaking)) - {changes.actor(session).person or ""})
    announce(session, "decision_confirmed", f"{DECISION}:{row.id}", told, {"by": named(changes.actor(session).label)})


def _settle(session: Session, row: Question) -> None:
    """A question of which nothing is left to be decided is settled."""
    facts = reading.load_one(session, row)
    if all(item.settled for item in facts.items):
        come_into(session, row, "settled")
        row.settled_at = clock.now(session)
    touch_all(session, row)
