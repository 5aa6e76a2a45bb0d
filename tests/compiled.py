"""Statements that are compiled once for all engines of a test run: each test has an engine of its own, which would begin anew."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from sqlalchemy import create_engine
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from cadre.core import database

_CACHE: Final[dict[Any, Any]] = {}


def share() -> None:
    """Let all engines from now on share what is compiled. The cache tells dialects apart by identity: here, one is as good as another."""
    for dialect in (SQLiteDialect_pysqlite, PGDialect_psycopg):
        setattr(dialect, "__eq__", lambda self, other: type(self) is type(other))  # noqa: B010  # mypy takes no assignment to a method
        setattr(dialect, "__hash__", lambda self: hash(type(self)))  # noqa: B010  # as above
    setattr(database, "create_engine", partial(create_engine, execution_options={"compiled_cache": _CACHE}))  # noqa: B010  # as above
