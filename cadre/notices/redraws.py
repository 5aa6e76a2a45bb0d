"""Messages that tell of what changed since they were drawn: each is wanted in a newer version."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import timedelta
from typing import Any, Final, TypeAlias

from sqlalchemy import BindParameter, Update, bindparam, case, select, union, update
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.rows import chunks
from cadre.notices.models import Delivery, DeliveryItem, Notice, Touched
from cadre.notices.posts import anew_at

_IN_ONE: Final = 100
"""Subjects in one transaction, so that it is a short one."""
DRAWN_FOR: Final = timedelta(days=60)
"""Messages older than this are left as they are."""


Leaning: TypeAlias = Callable[[Session, Collection[str]], Sequence[tuple[str, str]]]
"""What else tells of subjects that changed: kinds and subjects of its own. An area above theirs says so (``bot.app``)."""


def none(session: Session, subjects: Collection[str]) -> Sequence[tuple[str, str]]:
    """Nothing tells of anything but itself."""
    return ()


def draw_anew(session: Session, leaning: Leaning = none) -> bool:
    """Have the messages and posts drawn anew that tell of what changed: of some of it. Gives whether there may be more. ``leaning``: what
    else tells of it, which is planned anew too.

    Any number of processes may do so at once: each takes what no other has in hand.
    """
    rows = session.execute(_UNLOOKED).all()
    if rows:
        changed = {row.subject for row in rows}
        others = [each for each in leaning(session, changed) if each[1] not in changed]
        _want(session, sorted(changed | {subject for _kind, subject in others}))
        session.add_all(Touched(kind=kind, subject=subject, looked=True) for kind, subject in others)
        _set(session, update(Touched).where(Touched.id.in_([row.id for row in rows])).values(looked=True))
    return len(rows) == _IN_ONE


_UNLOOKED: Final = (
    select(Touched.id, Touched.subject)
    .where(Touched.looked.is_(False))
    .order_by(Touched.id)
    .limit(_IN_ONE)
    .with_for_update(skip_locked=True)
)
_SUBJECTS: Final[BindParameter[Any]] = bindparam("subjects", expanding=True)
_HOLDING: Final = union(
    select(DeliveryItem.delivery).join(Notice, Notice.id == DeliveryItem.notice).where(Notice.subject.in_(_SUBJECTS)),
    select(Delivery.id).where(Delivery.subject.in_(_SUBJECTS)),
)
_WANTED: Final = (
    select(Delivery.id, Delivery.channel, Delivery.state, Delivery.at)
    .where(Delivery.id.in_(bindparam("ids", expanding=True)))
    .order_by(Delivery.id)
    .with_for_update()
)


def _want(session: Session, subjects: Sequence[str]) -> None:
    """Messages that are under way, too: they may have been worded before the change. First by the subjects, then by number: a search
    among all that was ever sent would take too long.
    """
    now = clock.now(session)
    ids = sorted(session.scalars(_HOLDING, {"subjects": list(subjects)}))
    for some in chunks(ids):
        locked = session.execute(_WANTED, {"ids": some}).all()
        for row in locked:
            if row.channel and row.state == "sent":
                _set(session, update(Delivery).where(Delivery.id == row.id).values(at=anew_at(row.at, now)))
        due, post = Delivery.state == "due", Delivery.channel.is_not(None)
        kept = Delivery.state.in_(("sent", "redraw")) & (post | (Delivery.sent_at > now - DRAWN_FOR))
        _set(
            session,
            update(Delivery)
            .where(Delivery.id.in_([row.id for row in locked]), Delivery.via == "slack", due | kept)
            .values(
                wanted=Delivery.wanted + 1,
                state=case((due, "due"), else_="redraw"),
                at=case((due | post | (Delivery.at < now), Delivery.at), else_=now),
                attempts=case((due, Delivery.attempts), else_=0),
            ),
        )


def _set(session: Session, statement: Update) -> None:
    session.execute(statement, execution_options={"synchronize_session": False})
