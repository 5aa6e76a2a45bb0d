"""The registry that the terminal works on: the one that CADRE_DATABASE_URL names, else a file of this person's own.

A SQLite file that is not there yet is made at its first use, with the real registry in it. A database that is there is
never migrated or filled unasked.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from bot.console import Unusable, reader, tell
from bot.revision import behind, refuse_sandbox
from cadre.core.database import Database, parse_url
from cadre.core.errors import Message
from cadre.core.reader import OPERATOR
from cadre.core.schema import revision, upgrade
from cadre.core.words import Words

if TYPE_CHECKING:
    from cadre.exchange.service import ImportReport

_SETTING: Final = "CADRE_DATABASE_URL"


def address() -> URL:
    """Where the registry is. Raises Unusable for a setting that names no database."""
    setting = os.environ.get(_SETTING)
    if not setting:
        import platformdirs  # noqa: PLC0415  # nobody else needs it

        return URL.create("sqlite", database=str(platformdirs.user_data_path("cadre") / "registry.sqlite"))
    try:
        url = parse_url(setting)
    except ValueError as problem:
        raise Unusable(_no_address()) from problem
    if url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:"):
        raise Unusable(_no_address())
    return url


def _no_address() -> Message:
    return Message(
        "{setting} must name a database, such as {file} or {server}.",
        {
            "setting": Words.verbatim(_SETTING),
            "file": Words.verbatim("sqlite:////home/me/registry.sqlite"),
            "server": Words.verbatim("postgresql://cadre@localhost/cadre"),
        },
    )


def has_mail() -> bool:
    """Whether whoever runs Cadre here sends e-mail: as the settings say, and in a sandbox in any case."""
    return bool(os.environ.get("CADRE_SMTP_URL")) or os.environ.get("CADRE_SANDBOX") == "1"


def missing() -> Path | None:
    """The SQLite file that is still to be made; None where there is a database already."""
    url = address()
    path = Path(url.database or "")
    return path if url.get_backend_name() == "sqlite" and not path.exists() else None


def create(path: Path, text: str | bytes) -> ImportReport | None:
    """Make a SQLite registry that holds a registry file; None where another process made one meanwhile.

    It is made beside its place and put there whole: nothing half-made is ever found. Raises InvalidFile, and Unusable
    where it cannot be written.
    """
    from tempfile import TemporaryDirectory  # noqa: PLC0415  # a registry is made once, a question asked often

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".cadre-", dir=path.parent) as folder:
            made = Path(folder) / path.name
            report = _filled(made, text)
            made.chmod(0o600)
            try:
                os.link(made, path)
            except FileExistsError:
                return None
            except OSError:  # a file system without hard links
                made.rename(path)
    except OSError as problem:
        raise Unusable(_unwritable(path, problem)) from problem
    tell(reader().gettext("A new registry was made: {path}", path=Words.verbatim(str(path))))
    return report


def make_empty(path: Path) -> None:
    """Make a SQLite file, empty, for its owner only, as ``create`` does. Raises Unusable where it cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except OSError as problem:
        raise Unusable(_unwritable(path, problem)) from problem


def _unwritable(path: Path, problem: OSError) -> Message:
    values = {"path": Words.verbatim(str(path)), "reason": Words.verbatim(problem.strerror or "")}
    return Message("{path} cannot be written ({reason}).", values)


def _filled(path: Path, text: str | bytes) -> ImportReport:
    from cadre.exchange.service import import_file  # noqa: PLC0415  # as above, and 0.1 s

    database = Database(URL.create("sqlite", database=str(path)))
    try:
        upgrade(database.engine)
        return database.write(OPERATOR, import_file, text)
    finally:
        database.close()


def ready() -> Database:
    """The registry, made first where there is none. Raises Unusable where it cannot be reached or is not up to date."""
    path = missing()
    if path:
        from cadre.exchange.seed import real_registry  # noqa: PLC0415  # as above

        create(path, real_registry())
    return opened()


def opened() -> Database:
    """The registry that is there. Raises Unusable where it cannot be reached, is not up to date, or is a sandbox's."""
    database = Database(address())
    problem = behind(revision_of(database)) or refuse_sandbox(database, allowed=os.environ.get("CADRE_SANDBOX") == "1")
    if problem:
        database.close()
        raise Unusable(problem)
    return database


def revision_of(database: Database) -> str | None:
    """The revision of a database; None for one that was never migrated. Raises Unusable where it cannot be reached."""
    try:
        return revision(database.engine)
    except DBAPIError as problem:
        database.close()
        reason = str(problem.orig).strip().partition("\n")[0]
        values = {
            "address": Words.verbatim(database.engine.url.render_as_string(hide_password=True)),
            "reason": Words.verbatim(reason),
            "setting": Words.verbatim(_SETTING),
        }
        message = Message("The database {address} cannot be reached ({reason}). Start it, or correct {setting}.", values)
        raise Unusable(message) from problem
