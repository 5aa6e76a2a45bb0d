"""The table of snapshots of the framework."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from cadre.core.models import Base, Immutable, UtcDateTime, ref


class Snapshot(Immutable, Base):
    """The framework as it was on a ``day``, whole: never changed. ``why``: by_hand, meeting or nightly.

    ``occasion``: what it was taken for, so that what comes by itself comes once: "meeting:…", "nightly:2027-03-02". ``content``: the World
    as compressed JSON in a ``format``, without its day; ``digest``: SHA-256 of that JSON. ``counts``: how much is in it, "groups:22 …".
    Not audited: nobody states it.
    """

    __tablename__ = "snapshot"
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    day: Mapped[date] = mapped_column(Date, index=True)
    taken_at: Mapped[datetime] = mapped_column(UtcDateTime)
    why: Mapped[str] = mapped_column(String(10))
    occasion: Mapped[str] = mapped_column(String(120), unique=True)
    meeting: Mapped[str | None] = ref("meeting")
    by: Mapped[str] = mapped_column(String(200))
    format: Mapped[int] = mapped_column(Integer)
    digest: Mapped[str] = mapped_column(String(64))
    counts: Mapped[str] = mapped_column(Text)
    content: Mapped[bytes] = mapped_column(LargeBinary)
