"""The minutes of a meeting: drafted, circulated, corrected, and approved at a later meeting of the same group. Until then: a draft."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import changes, clock
from cadre.core.bilingual import Bilingual, Standing
from cadre.core.errors import Conflict, Invalid, Message, NotFound
from cadre.core.facts import of_row
from cadre.core.i18n import LANGUAGES, Language
from cadre.core.reader import Actor, named
from cadre.core.typed import edited, tidy, too_long
from cadre.core.words import Words
from cadre.decisions import service as decisions
from cadre.decisions.facts import DecisionFacts
from cadre.meetings import approving, drafting, queries
from cadre.meetings.agenda import AgendaView, agenda
from cadre.meetings.facts import MeetingFacts
from cadre.meetings.models import Correction, Invitee, Meeting, Minutes
from cadre.meetings.reading import invitees as _invitees
from cadre.meetings.reading import meeting_facts
from cadre.meetings.records import is_over
from cadre.meetings.rights import meeting_row, require_arranger, require_planned
from cadre.meetings.views import AGENDA, MEETING, MINUTES, CorrectionFacts, MinutesFacts
from cadre.notices.service import announce, touch

_SHOWN: Final = 300
"""Characters of a changed line that are told."""
_LINES: Final = 20
"""Changed lines that are told; the minutes themselves say all."""


class Meanwhile(Conflict):
    """Somebody wrote since the window was drawn: whoever comes second sees their text (``facts``), and decides."""

    def __init__(self, facts: MinutesFacts) -> None:
        super().__init__(named(facts.changed_by), facts.changed_at)
        self.facts = facts


@dataclass(frozen=True, slots=True)
class MinutesView:
    """Minutes as one person sees them. ``facts``: None while nobody saved any; ``text``: as saved, else as proposed.

    ``altered``: they are other than what was circulated. ``approving``: later meetings of the group that have begun, the next first.
    ``corrections``: those that wait, for whoever chairs. ``elsewhere``: the decisions whose wording the saved minutes do not have;
    ``others_there``: they say otherwise than was recorded who was there. ``approved``: the meeting that approved them.
    """

    agenda: AgendaView
    facts: MinutesFacts | None
    text: Bilingual
    altered: bool
    approving: tuple[MeetingFacts, ...]
    corrections: tuple[CorrectionFacts, ...] = ()
    elsewhere: tuple[DecisionFacts, ...] = ()
    others_there: bool = False
    approved: MeetingFacts | None = None

    @property
    def draft(self) -> bool:
        """Whether every face says so: all is a draft until it is approved."""
        return self.facts is None or self.facts.state != "approved"


def minutes(session: Session, id_: str, seen_by: Actor) -> MinutesView:
    """The minutes of a meeting. While they are not circulated only those who arrange the meeting see them.

    Raises NotFound; Forbidden for whoever is neither invited nor may arrange it; Invalid before it has begun.
    """
    view = agenda(session, id_, seen_by)
    row = session.get(Minutes, id_)
    if not view.begun:
        raise Invalid(meeting=Message("This meeting has not begun yet."))
    arranges = view.meeting.may_arrange
    if not arranges and (row is None or row.sent is None):
        raise Invalid(meeting=Message("The minutes of this meeting were not circulated yet."))
    facts = of_row(row, MinutesFacts) if row else None
    written = (row.text if arranges else row.sent) if row else None
    altered = row is not None and row.sent is not None and _differs(row)
    at = session.get(Meeting, row.approved_at) if row and row.approved_at else None
    shown = MinutesView(view, facts, written or drafting.proposed(view), altered, (), approved=meeting_facts(at) if at else None)
    if not arranges:
        return shown
    waiting = tuple(of_row(each, CorrectionFacts) for each in _waiting(session, id_))
    elsewhere = tuple(each for each in view.decisions if written and not _has(written, each.wording))
    others = written is not None and drafting.other_attendance(written, view.invited)
    return replace(shown, approving=_approving(session, id_), corrections=waiting, elsewhere=elsewhere, others_there=others)


def _has(text: Bilingual, wording: Bilingual) -> bool:
    """Whether minutes have a decision as it is worded, in each language of both; line breaks do not count."""
    both = ((text.in_(language), wording.in_(language)) for language in LANGUAGES)
    return all(" ".join(said.split()) in " ".join(whole.split()) for whole, said in both if whole and said)


def save(session: Session, id_: str, text_en: str, text_fr: str, *, version: int) -> MinutesFacts:
    """Write the minutes. ``version``: which the window was drawn from, 0 for none. The same text again changes nothing.

    Raises NotFound; Forbidden for anyone who may not arrange the meeting; Invalid before it has begun, and for what cannot be taken;
    Meanwhile where somebody wrote since; Conflict once they are approved.
    """
    row, meeting = _open(session, id_)
    texts = {"text_en": tidy(text_en), "text_fr": tidy(text_fr)}
    wrong = too_long(texts, drafting.MOST)
    if not any(texts.values()):
        wrong["text"] = Message("Write it in one language at least.")
    if wrong:
        raise Invalid(**wrong)
    held = row.text if row else None
    fresh = edited(held, texts["text_en"], texts["text_fr"])
    if row is not None and fresh == held:
        return of_row(row, MinutesFacts)
    if row is not None and row.version != version:
        raise Meanwhile(of_row(row, MinutesFacts))
    if row is None:
        row = Minutes(meeting=meeting.id, state="draft", version=0)
        session.add(row)
    row.text, row.version = fresh, row.version + 1
    row.changed_at, row.changed_by = clock.now(session), changes.actor(session).label[:200]
    return _saved(session, row)


def circulate(session: Session, id_: str, *, heard: int | None = None) -> MinutesFacts:
    """Send the minutes to all who are invited, each told once; anew: with what changed since. Without a change nobody is told again.

    ``heard``: the last correction that was shown, 0 for none: those that came since wait on. Raises as ``save``; Invalid where
    nothing is written, or a language is owed.
    """
    row, _ = _open(session, id_)
    if row is None or row.text is None:
        raise Invalid(text_en=Message("Nothing is written yet."))
    if owed := {f"text_{language}": _OWED[row.text.standing(language), language] for language in row.text.owed()}:
        raise Invalid(**owed)
    if row.state == "circulated" and not _differs(row):
        return of_row(row, MinutesFacts)
    anew = row.sent is not None
    detail = {"by": _by(session)} | ({"changed": _changed(row)} if anew else {})
    row.state, row.circulated_at, row.sent = "circulated", clock.now(session), row.text
    for each in _waiting(session, id_):
        if heard is None or each.id <= heard:
            each.state = "taken"
    session.flush()
    announce(session, "minutes_again" if anew else "minutes_circulated", f"{MINUTES}:{id_}", _readers(session, id_), detail)
    return _saved(session, row)


_OWED: Final = {
    (Standing.OWED, "en"): Message("Minutes go out in both languages: the English text is still to be written."),
    (Standing.OWED, "fr"): Message("Minutes go out in both languages: the French text is still to be written."),
    (Standing.STALE, "en"): Message(
        "Minutes go out in both languages, and the French text was corrected since the English was written. "
        "Correct the English too, or say that it stands as it is."
    ),
    (Standing.STALE, "fr"): Message(
        "Minutes go out in both languages, and the English text was corrected since the French was written. "
        "Correct the French too, or say that it stands as it is."
    ),
}


def stands(session: Session, id_: str) -> MinutesFacts:
    """Say that the language that was not corrected fits the other as it is. The same again changes nothing.

    Raises as ``save``; Invalid where nothing is written.
    """
    row, _ = _open(session, id_)
    if row is None or row.text is None:
        raise Invalid(text_en=Message("Nothing is written yet."))
    if row.text.stale is None:
        return of_row(row, MinutesFacts)
    row.text, row.version = row.text.still_right(), row.version + 1
    row.changed_at, row.changed_by = clock.now(session), changes.actor(session).label[:200]
    return _saved(session, row)


def correct(session: Session, id_: str, text: str) -> None:
    """Tell those who chair the meeting what is wrong in its minutes. The same again, sent twice, is told once.

    Raises NotFound; Forbidden for whoever is not invited; Invalid for nothing, too much, or minutes that were not circulated; Conflict once
    they are approved.
    """
    actor, meeting = changes.actor(session), meeting_row(session, id_, lock=True)
    queries.invitees(session, id_, actor)
    row = session.get(Minutes, id_)
    said = tidy(text)
    if row is None or row.sent is None:
        raise Invalid(text=Message("The minutes of this meeting were not circulated yet."))
    _require_unapproved(row)
    if wrong := ({} if said else {"text": Message("Write what is to be corrected.")}) | too_long({"text": said}):
        raise Invalid(**wrong)
    by = actor.label[:200]
    if any((each.by, each.text) == (by, said) for each in _waiting(session, id_)):
        return
    session.add(Correction(meeting=id_, person=actor.person, by=by, at=clock.now(session), text=said, state="waiting"))
    detail = {"by": named(actor.label), "text": said}
    announce(session, "minutes_correction", f"{MINUTES}:{id_}", decisions.chairs(session, meeting.group), detail)


def set_aside(session: Session, correction: int) -> str:
    """Leave the minutes as they are, whatever somebody wanted corrected: they hear of it. Gives the meeting. The same again is nothing.

    Raises as ``save``.
    """
    found = session.get(Correction, correction)
    if found is None:
        raise NotFound(str(correction))
    _open(session, found.meeting)
    session.refresh(found)
    if found.state == "waiting":
        found.state = "aside"
        whom = [found.person] if found.person and found.person != changes.actor(session).person else []
        announce(session, "minutes_as_they_are", f"{MINUTES}:{found.meeting}", whom, {"by": _by(session), "text": found.text})
    return found.meeting


def approve(session: Session, id_: str, at: str) -> MinutesFacts:
    """Say that a later meeting of the same group, which has begun, approved the minutes as they were circulated.

    Raises as ``save``; Invalid for another meeting, where they were changed since they were circulated, and while a correction waits.
    """
    row, _ = _open(session, id_)
    if row is None or row.sent is None or _differs(row):
        raise Invalid(meeting=Message("Circulate the minutes first, as they stand: only what everybody has can be approved."))
    if at not in {each.id for each in _approving(session, id_)}:
        raise Invalid(meeting=Message("Minutes are approved at a later meeting of the same group, once it has begun."))
    if waiting := _waiting(session, id_):
        who = Words.joined(", ", dict.fromkeys(Words.verbatim(named(each.by)) for each in waiting))
        one = Message("A correction from {who} waits: circulate the minutes corrected, or set it aside first.", {"who": who})
        values: dict[str, Words | int] = {"n": len(waiting), "who": who}
        many = Message("{n} corrections wait ({who}): circulate the minutes corrected, or set them aside first.", values)
        raise Invalid(meeting=one if len(waiting) == 1 else many)
    row.state, row.approved_at = "approved", at
    row.changed_at, row.changed_by = clock.now(session), changes.actor(session).label[:200]
    return _saved(session, row)


def _approving(session: Session, id_: str) -> tuple[MeetingFacts, ...]:
    own = meeting_row(session, id_)
    query = select(Meeting).where(Meeting.group == own.group, Meeting.state == "planned")
    later = [row for row in session.scalars(query) if approving.is_before(own, row) and is_over(session, row)]
    return tuple(meeting_facts(row) for row in sorted(later, key=queries.order))


def _waiting(session: Session, id_: str) -> list[Correction]:
    query = select(Correction).where(Correction.meeting == id_, Correction.state == "waiting").order_by(Correction.id)
    return list(session.scalars(query))


def _open(session: Session, id_: str) -> tuple[Minutes | None, Meeting]:
    """Minutes that can be written, with their meeting, its row locked: two who save do it one after the other."""
    meeting = meeting_row(session, id_, lock=True)
    require_arranger(session, meeting.group)
    require_planned(session, meeting)
    if not is_over(session, meeting):
        raise Invalid(meeting=Message("This meeting has not begun yet."))
    row = session.get(Minutes, id_, populate_existing=True)
    if row:
        _require_unapproved(row)
    return row, meeting


def _require_unapproved(row: Minutes) -> None:
    if row.state == "approved":
        raise Conflict(named(row.changed_by), row.changed_at)


def _differs(row: Minutes) -> bool:
    return row.text is None or row.sent is None or (row.text.en, row.text.fr) != (row.sent.en, row.sent.fr)


def _changed(row: Minutes) -> dict[str, list[str]]:
    """The lines that are other than when the minutes were circulated, by language: what was before what is."""
    return {language: list(_new_lines(row, language))[:_LINES] for language in LANGUAGES}


def _new_lines(row: Minutes, language: Language) -> Iterator[str]:
    before, after = ([line for line in ((text and text.in_(language)) or "").splitlines() if line.strip()] for text in (row.sent, row.text))
    for _, since, until, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        yield from (f"− {line[:_SHOWN]}" for line in before[since:until] if line not in after)
        yield from (f"+ {line[:_SHOWN]}" for line in after[first:last] if line not in before)


def _readers(session: Session, id_: str) -> list[str]:
    """Everybody who is invited, who stands in, and who came: but for whoever circulates them."""
    found = _invitees(session, Invitee.meeting == id_)
    actor = changes.actor(session).person
    people = [person.id for each in found for person in (each.person, each.stands_in) if person]
    return [person for person in dict.fromkeys(people) if person != actor]


def _by(session: Session) -> str:
    return named(changes.actor(session).label)


def _saved(session: Session, row: Minutes) -> MinutesFacts:
    session.flush()
    touch(session, MINUTES, f"{MINUTES}:{row.meeting}")
    touch(session, MEETING, f"{MEETING}:{row.meeting}")
    if row.approved_at:
        touch(session, AGENDA, f"{AGENDA}:{row.approved_at}")
    return of_row(row, MinutesFacts)
