"""The types of the columns: instants, texts in two languages, dates as they are known."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.core.database import Database
from cadre.core.dates import PartialDate
from cadre.core.models import SeenEvent, Source
from cadre.core.reader import OPERATOR

NAIVE = datetime(2026, 12, 1, 9)  # noqa: DTZ001  # what is refused


INSTANTS = {
    "E1": datetime(2026, 12, 1, 9, tzinfo=UTC),
    "E2": datetime(2026, 12, 1, 9, tzinfo=ZoneInfo("America/Winnipeg")),
    "E3": datetime(2026, 12, 1, 9, 30, 15, 123456, tzinfo=ZoneInfo("America/St_Johns")),
    "E4": datetime(2026, 11, 1, 1, 30, fold=1, tzinfo=ZoneInfo("America/Toronto")),
    "E5": datetime(2026, 12, 31, 23, 30, tzinfo=timezone(timedelta(hours=-7))),
}


def test_an_instant_comes_back_as_the_same_instant_in_utc(database: Database) -> None:
    def fill(session: Session) -> None:
        session.add_all(SeenEvent(team="T1", event=event, at=at) for event, at in INSTANTS.items())

    def stored(session: Session) -> dict[str, datetime]:
        return {row.event: row.at for row in session.scalars(select(SeenEvent))}

    def written(session: Session) -> list[str]:
        return [str(at)[:19] for at in session.scalars(text("SELECT at FROM seen_event ORDER BY event"))]

    database.write(OPERATOR, fill)
    assert database.read(stored) == {event: at.astimezone(UTC) for event, at in INSTANTS.items()}
    assert all(at.tzinfo is UTC for at in database.read(stored).values())
    assert database.read(written) == [at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S") for at in INSTANTS.values()]


def test_instants_are_compared_as_instants(database: Database) -> None:
    nine = datetime(2026, 12, 1, 9, tzinfo=ZoneInfo("America/Vancouver"))
    database.write(OPERATOR, lambda session: session.add(SeenEvent(team="T1", event="E1", at=nine)))
    noon = datetime(2026, 12, 1, 12, 30, tzinfo=ZoneInfo("America/St_Johns"))
    assert database.read(lambda session: session.scalars(select(SeenEvent.event).where(SeenEvent.at == noon)).all()) == ["E1"]


def test_an_instant_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="an instant without a time zone"):
        database.write(OPERATOR, lambda session: session.add(SeenEvent(team="T1", event="E1", at=NAIVE)))
    with pytest.raises(StatementError, match="an instant without a time zone"):
        database.read(lambda session: session.scalars(select(SeenEvent).where(SeenEvent.at < NAIVE)).all())


def test_texts_and_dates_come_back_as_they_were(database: Database) -> None:
    title = Bilingual("Deck", "Présentation – « cœur »", "fr")

    def fill(session: Session) -> None:
        session.add(Source(id="deck", origin="seed", title=title, attested=PartialDate.parse("2017-10")))
        session.add(Source(id="page", origin="public", title=Bilingual("Page", None)))

    def read(session: Session) -> list[tuple[Bilingual, PartialDate | None]]:
        return [(source.title, source.attested) for source in session.scalars(select(Source).order_by(Source.id))]

    database.write(OPERATOR, fill)
    assert database.read(read) == [(title, PartialDate.parse("2017-10")), (Bilingual("Page", None), None)]


def test_the_database_compares_the_days_that_a_date_may_mean(database: Database) -> None:
    def fill(session: Session) -> None:
        for text_ in ("2016", "2017-10", "2017-10-03", "2018-01"):
            session.add(Source(id=text_, origin="seed", title=Bilingual(text_, text_), attested=PartialDate.parse(text_)))

    def within_2017(session: Session) -> list[str]:
        table = Source.__table__.c
        query = select(Source.id).where(table.attested_first >= date(2017, 1, 1), table.attested_last <= date(2017, 12, 31))
        return list(session.scalars(query.order_by(Source.id)))

    database.write(OPERATOR, fill)
    assert database.read(within_2017) == ["2017-10", "2017-10-03"]
