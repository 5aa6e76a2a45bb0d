"""Answers in a review: by whoever is asked, for themselves; by the secretariat, as they were told.

A fact that somebody said is right is said to be right by them: it is confirmed by the secretariat, all such with one click.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import changes, clock
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Conflict, Invalid, Message, NotFound
from cadre.core.marks import kept
from cadre.core.reader import named
from cadre.core.typed import replaced, tidy, too_long
from cadre.framework.models import ReviewItem, ReviewPacket
from cadre.framework.review import require_open, touch_all
from cadre.framework.review_facts import ANSWERS, ITEM, PACKET, Line, View
from cadre.framework.review_reading import AUTHOR, review_row, view
from cadre.framework.review_rules import ATTENDANCE, FACT, PLAN, SLIDE
from cadre.meetings.inviting import Rsvp, respond
from cadre.meetings.views import Answer
from cadre.notices.service import announce, secretariat, touch
from cadre.oversight.rights import require_secretariat
from cadre.people.models import Person
from cadre.people.standing import confirm_fact

WRONG: Final = "review_wrong"
RECORDED: Final = "review_recorded"
"""Kinds of notices: to the secretariat, that a fact is not right; to whoever is asked, that an answer was recorded for them."""
BY_PHONE: Final = "phone"
LONGEST: Final = 600
"""Characters of what is said on a slide: more does not fit on one."""


def says_right(session: Session, packet: int, shown: Mapping[int, str]) -> View:
    """Facts are right, as they were shown. ``shown``: item -> mark (``Line.mark``).

    Raises Forbidden for whoever's packet it is not, but for the secretariat, which records it; NotFound; Invalid for a review that is over,
    for what is not with them any more and for a fact that says something else by now; Conflict where another answered otherwise.
    """
    held = _packet(session, packet)
    found = _open_view(session, held)
    for item, mark in sorted(shown.items()):
        line = _own(found, held, item, FACT)
        if line.mark != mark:
            raise Invalid(fact=Message("A fact says something else by now. Look at it again."))
        row = _row(session, item)
        if row.answer == "right" and row.shown == mark:
            continue
        _require_free(session, row, held)
        row.shown, row.text = mark, None
        _answered(session, row, held, "right")
    return _done(session, held)


def says_wrong(session: Session, packet: int, item: int, text: str) -> View:
    """A fact is not right, and what is: the secretariat is told, which corrects it. Raises as ``says_right``."""
    held = _packet(session, packet)
    line = _own(_open_view(session, held), held, item, FACT)
    written = tidy(text)
    if not written:
        raise Invalid(text=Message("Say what is right instead."))
    if wrong := too_long({"text": written}):
        raise Invalid(**wrong)
    row = _row(session, item)
    if (row.answer, row.text) != ("wrong", written):
        _require_free(session, row, held)
        row.shown, row.text = line.mark, written
        _answered(session, row, held, "wrong")
        announce(session, WRONG, f"{ITEM}:{item}", secretariat(session), {"by": named(changes.actor(session).label)})
    return _done(session, held)


def up_to_date(session: Session, packet: int, item: int) -> View:
    """A workplan says all that there is to say. Raises as ``says_right``; Invalid for one that is not handed in."""
    held = _packet(session, packet)
    line = _own(_open_view(session, held), held, item, PLAN)
    if line.plan and line.plan.awaited:
        raise Invalid(plan=Message("This workplan is not handed in yet: open it, and submit it."))
    row = _row(session, item)
    if row.answer != "done" and line.open:
        _answered(session, row, held, "done")
    return _done(session, held)


def write_slide(session: Session, packet: int, item: int, typed: Mapping[str, str], shown: Mapping[str, str]) -> View:
    """What is to be said in the meeting, in one language or both: ``slide_en``, ``slide_fr``. ``shown``: marks of what the window showed.

    Raises as ``says_right``; Invalid also where another wrote in the same language meanwhile.
    """
    held = _packet(session, packet)
    _own(_open_view(session, held), held, item, SLIDE)
    row = _row(session, item)
    now = of_slide(row.slide)
    wanted = {name: tidy(typed.get(name)) for name in now}
    if wrong := too_long(wanted, LONGEST):
        raise Invalid(**wrong)
    stays = kept(now, wanted, shown, tuple(now))
    texts = {name: now[name] if name in stays else value for name, value in wanted.items()}
    if texts == now and row.answer:
        return _done(session, held)
    if not any(texts.values()):
        raise Invalid(slide=Message("Write it in one language at least."))
    for name in (name for name in texts if texts[name] != now[name]):
        changes.keep(session, ReviewItem.__tablename__, item, AUTHOR[name], before="", after=held.person)
    row.slide = replaced(row.slide, texts["slide_en"], texts["slide_fr"])
    _answered(session, row, held, "done")
    return _done(session, held)


def of_slide(text: Bilingual | None) -> dict[str, str]:
    """What the window of a slide shows of a text."""
    return {"slide_en": (text.en if text else "") or "", "slide_fr": (text.fr if text else "") or ""}


def attend(session: Session, packet: int, answer: Answer, *, shown: int | None = None) -> View:
    """Whether somebody comes to the meeting: as they answer its invitation. Raises as ``says_right``, and as ``respond``."""
    held = _packet(session, packet)
    found = _open_view(session, held)
    if answer not in ANSWERS or not any(line.kind == ATTENDANCE for line in found.of(held.person)):
        raise Invalid(answer=Message("This is not with you any more."))
    own = _own_word(session, held)
    rsvp = Rsvp(answer) if own else Rsvp(answer, held.person, way=BY_PHONE, said_by=found.people[held.person].name)
    respond(session, found.review.meeting, rsvp, shown=shown)
    return _done(session, held)


def confirm_said(session: Session, id_: int) -> int:
    """All facts stand that somebody said are right, and that say what they said then. Gives how many.

    Raises Forbidden for anyone but the secretariat, NotFound, Invalid once the review is over.
    """
    require_secretariat(session, changes.actor(session))
    row = review_row(session, id_, lock=True)
    require_open(session, row)
    n = 0
    for line in view(session, row).lines:
        item = session.get(ReviewItem, line.id) if line.state == "right" and line.waits else None
        if item and item.shown == line.mark:
            confirm_fact(session, *_of_key(item.key))
            _settled(session, item)
            n += 1
    session.flush()
    touch_all(session, id_)
    return n


def seen_to(session: Session, item: int) -> int:
    """The secretariat saw to what somebody said is not right, also once the review is over. Gives the review. Raises Forbidden, NotFound,
    Conflict.
    """
    require_secretariat(session, changes.actor(session))
    row = _row(session, item)
    if row.settled_at:
        raise Conflict(named(row.settled_by or ""), row.settled_at)
    if row.answer == "wrong":
        _settled(session, row)
        touch_all(session, row.review)
        touch(session, WRONG, f"{ITEM}:{item}")
    return row.review


def _of_key(key: str) -> tuple[str, str, str]:
    subject, id_, field = key.split("/")
    return subject, id_, field


def _settled(session: Session, row: ReviewItem) -> None:
    row.settled_at, row.settled_by = clock.now(session), changes.actor(session).label[:200]
    session.flush()


def _packet(session: Session, id_: int) -> ReviewPacket:
    """A packet of one's own; the secretariat records what it was told. Raises Forbidden, NotFound."""
    found = session.get(ReviewPacket, id_)
    if found is None:
        raise NotFound(str(id_))
    if not _own_word(session, found):
        require_secretariat(session, changes.actor(session))
    return found


def _own_word(session: Session, packet: ReviewPacket) -> bool:
    return packet.person == changes.actor(session).person


def _open_view(session: Session, packet: ReviewPacket) -> View:
    """What a person is asked, in a review that nobody closes meanwhile. Raises Invalid once it is over."""
    row = review_row(session, packet.review, hold=True)
    require_open(session, row)
    return view(session, row, only=packet.person)


def _own(found: View, packet: ReviewPacket, item: int, kind: str) -> Line:
    """What a person answers. Raises NotFound; Invalid for what is not with them any more: a role ended, a group is dissolved."""
    line = next((each for each in found.of(packet.person) if each.id == item and each.counts), None)
    if line is None:
        raise Invalid(item=Message("This is not with you any more: your role, or the group, changed meanwhile."))
    if line.kind != kind:
        raise NotFound(str(item))
    return line


def _row(session: Session, item: int) -> ReviewItem:
    query = select(ReviewItem).where(ReviewItem.id == item).execution_options(populate_existing=True).with_for_update()
    found = session.scalar(query)
    if found is None:
        raise NotFound(str(item))
    return found


def _require_free(session: Session, row: ReviewItem, packet: ReviewPacket) -> None:
    """Raises Conflict where another gave another answer: theirs stands until they change it, or the secretariat has seen to it."""
    if row.answer and row.person != packet.person and row.at and not row.settled_at:
        who = row.recorded_by or session.get_one(Person, row.person).name
        raise Conflict(named(who), row.at, Message("This is answered already."))


def _answered(session: Session, row: ReviewItem, packet: ReviewPacket, answer: str) -> None:
    actor = changes.actor(session)
    own = _own_word(session, packet)
    row.answer, row.person, row.at = answer, packet.person, clock.now(session)
    row.recorded_by, row.way = (None, None) if own else (actor.label[:200], BY_PHONE)
    row.settled_at = row.settled_by = None
    session.flush()
    if not own:
        announce(session, RECORDED, f"{PACKET}:{packet.id}", [packet.person], {"by": named(actor.label)})


def _done(session: Session, packet: ReviewPacket) -> View:
    """All who are asked the same see it as answered."""
    touch_all(session, packet.review)
    return view(session, review_row(session, packet.review), only=packet.person)
