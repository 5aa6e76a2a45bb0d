"""Many rows at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Final, TypeVar, cast

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

T = TypeVar("T")
_IN_ONE: Final = 500


def chunks(items: Iterable[T]) -> Iterator[list[T]]:
    """So many at a time as one statement takes well."""
    whole = list(items)
    for start in range(0, len(whole), _IN_ONE):
        yield whole[start : start + _IN_ONE]


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
