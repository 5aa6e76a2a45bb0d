"""Many rows at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Final, TypeVar, cast

from sqlalchemy import Select, bindparam, inspect, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.core.models import Base

T = TypeVar("T")
_NAMES: Final = ("name", "title", "label", "wording", "place")
_IN_ONE: Final = 500


def chunks(items: Iterable[T]) -> Iterator[list[T]]:
    """So many at a time as one statement takes well."""
    whole = list(items)
    for start in range(0, len(whole), _IN_ONE):
        yield whole[start : start + _IN_ONE]


def added(session: Session, record: object, same: Select[Any]) -> bool:
    """Whether a record is made here: somebody else may have made it (``same``) at the same moment. Raises IntegrityError for anything else
    that the registry does not take.
    """
    try:
        with session.begin_nested():
            session.add(record)
    except IntegrityError:
        if session.scalars(same).first() is None:
            raise
        return False
    return True


def sent_in(model: type[T], view_id: str | None) -> Select[Any]:
    """The record that a window made which was sent before, if any: none of what was made without one."""
    window = cast("Any", model).view_id
    return select(model).where(window == view_id, window.is_not(None))


def found_or_added(session: Session, query: Select[T], fresh: T) -> T:
    """The one record that a query finds, locked; else a fresh one, or that which somebody else made at the same moment."""
    locked = query.with_for_update()
    found = session.scalars(locked).one_or_none()
    if found is None and added(session, fresh, query):
        return fresh
    return found or session.scalars(locked).one()


def called(session: Session, row: Any) -> Bilingual:
    """What a record is called: by its name, title, wording or place; one that has none, by the records that it joins; else by its id."""
    found = next((value for name in _NAMES if (value := getattr(row, name, None))), None)
    if isinstance(found, Bilingual):
        return found
    if found is None:
        ends = [called(session, end) for column in inspect(type(row)).columns if (end := referred(session, row, column.key))][:2]
        texts = [" – ".join(filter(None, (end.en or end.fr for end in ends))), " – ".join(filter(None, (end.fr or end.en for end in ends)))]
        return Bilingual(texts[0] or row.id, texts[1] or row.id)
    return Bilingual(str(found), str(found))


def referred(session: Session, row: Any, field: str | None) -> Any:
    """The record that a field of another names; None where it names none."""
    column = inspect(type(row)).columns.get(field) if field else None
    table = next((key.column.table for key in column.foreign_keys), None) if column is not None else None
    model = next((each.class_ for each in Base.registry.mappers if each.local_table is table), None) if table is not None else None
    return session.get(model, getattr(row, field or "")) if model and getattr(row, field or "") else None


def by_id(session: Session, model: type[T], ids: Iterable[Any]) -> dict[Any, T]:
    """Records of a table that are asked for by their id; any of them may be gone."""
    found: dict[Any, T] = {}
    for some in chunks(sorted(set(ids))):
        for row in session.scalars(_of(cast("Any", model)), {"ids": some}):
            found[cast("Any", row).id] = row
    return found


@cache
def _of(model: Any) -> Select[Any]:
    """Put together once: that takes longer than to carry it out."""
    return select(model).where(model.id.in_(bindparam("ids", expanding=True)))
