"""What a meeting in person is to bring: its expected results, in both languages, as many as one likes."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from itertools import zip_longest

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.core.rows import chunks
from cadre.core.typed import replaced, tidy
from cadre.meetings.models import ExpectedResult


def of_meetings(session: Session, ids: Iterable[str]) -> dict[str, tuple[Bilingual, ...]]:
    """The expected results of meetings, in their order; those without any are left out."""
    found: dict[str, tuple[Bilingual, ...]] = {}
    for some in chunks(ids):
        for row in session.scalars(select(ExpectedResult).where(ExpectedResult.meeting.in_(some)).order_by(ExpectedResult.number)):
            found[row.meeting or ""] = (*found.get(row.meeting or "", ()), row.wording)
    return found


def keep(session: Session, meeting: str, english: str, french: str) -> None:
    """Store them as they are typed, one a line: a line of a language belongs to the same line of the other, also to an empty one."""
    rows = session.scalars(select(ExpectedResult).where(ExpectedResult.meeting == meeting).order_by(ExpectedResult.number)).all()
    typed = [pair for pair in zip_longest(_lines(english), _lines(french), fillvalue="") if any(pair)]
    for number, (row, pair) in enumerate(zip_longest(rows, typed), 1):
        if pair is None:
            session.delete(row)
            continue
        wording = replaced(row.wording if row else None, *pair)
        assert wording, "a pair has one language at least"
        if row:
            row.wording = wording
        else:
            session.add(ExpectedResult(id=secrets.token_hex(6), number=number, meeting=meeting, wording=wording))
    session.flush()


def _lines(text: str) -> list[str]:
    """As they stand, the empty ones too: what lacks a language keeps its place."""
    return [tidy(line).strip(" •-\t") for line in text.rstrip().splitlines()]
