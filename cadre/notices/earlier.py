"""What other messages told the same person of the same: for those that are to be drawn anew, and for those too long to show all in full."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from cadre.notices.facts import Job
from cadre.notices.models import Delivery, DeliveryItem, Notice
from cadre.notices.rules import AT_ONCE
from cadre.notices.service import JOINED, RENEWED

FULL: Final = 8
"""Things that a message shows in full; each of the others has a line. Slack takes 50 blocks."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """``first``, ``last``: the first and the last message that told somebody of something, by way, person, kind (or ``RENEWED``) and
    subject; ``sent``: when those were sent that are to be drawn anew.
    """

    first: Mapping[tuple[str, str | None, str, str], int] = field(default_factory=dict)
    last: Mapping[tuple[str, str | None, str, str], int] = field(default_factory=dict)
    sent: Mapping[int, datetime | None] = field(default_factory=dict)

    def is_first(self, job: Job, row: Any) -> bool:
        """Whether no message before this one told of it; said only of those that do not show all in full."""
        return self.first.get((job.via, job.person, _theme(row), row.subject)) == job.id

    def is_told_later(self, job: Job, row: Any) -> bool:
        """Whether a later message tells of it, and has what can be done about it; said only of those that are drawn anew."""
        return job.redraw and repeats(row) and self.last.get((job.via, job.person, _theme(row), row.subject), job.id) > job.id


def repeats(row: Any) -> bool:
    """Whether a notice tells of what a later one tells again: reminders do, what says how something stands last, and what asks anew."""
    return row.manner not in AT_ONCE or bool(row.detail and json.loads(row.detail).keys() & {JOINED, RENEWED})


def _theme(row: Any) -> str:
    """What a later message tells again: the same kind; of what asks anew, any kind that does; of what was moved, reminders of it."""
    said = json.loads(row.detail) if row.detail else {}
    return RENEWED if RENEWED in said else row.subject.partition(":")[0] if JOINED in said else str(row.kind)


def earlier(session: Session, jobs: Collection[Job], items: Mapping[int, Sequence[Any]]) -> Earlier:
    """What was told before and since, where anything hangs on it: most messages are sent once, and short."""
    drawn = [job for job in jobs if job.redraw and job.person]
    crowded = [job for job in jobs if job.person and len(items.get(job.id, ())) > FULL]
    if not drawn and not crowded:
        return Earlier()
    wanted = {job.id: job for job in (*drawn, *crowded)}
    rows = [row for id_ in wanted for row in items.get(id_, ()) if repeats(row)]
    moved = Notice.detail.contains(f'"{JOINED}": true')
    of_moved = [(moved & Notice.subject.startswith(f"{kind}:"), kind) for kind in sorted({row.subject.partition(":")[0] for row in rows})]
    theme = case((Notice.detail.contains(f'"{RENEWED}": true'), RENEWED), *of_moved, else_=Notice.kind)
    brought = (
        select(Delivery.via, Delivery.person, theme.label("theme"), Notice.subject, Delivery.id)
        .join(DeliveryItem, DeliveryItem.delivery == Delivery.id)
        .join(Notice, Notice.id == DeliveryItem.notice)
        .where(Notice.subject.in_(sorted({row.subject for row in rows})), Notice.state != "skipped")
        .where(Delivery.person.in_(sorted({job.person for job in wanted.values() if job.person})))
        .where(Delivery.state.in_(("due", "sent", "redraw")))
        .subquery()
    )
    key = (brought.c.via, brought.c.person, brought.c.theme, brought.c.subject)
    told = select(*key, func.min(brought.c.id), func.max(brought.c.id)).group_by(*key)
    found = session.execute(told).all() if rows else ()
    sent = select(Delivery.id, Delivery.sent_at).where(Delivery.id.in_([job.id for job in drawn]))
    return Earlier(
        first={(way, person, kind, subject): id_ for way, person, kind, subject, id_, _last in found},
        last={(way, person, kind, subject): id_ for way, person, kind, subject, _first, id_ in found},
        sent={row.id: row.sent_at for row in session.execute(sent)} if drawn else {},
    )
