"""``cadre db`` and ``cadre doctor``: keeping the registry in order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bot import console, local_registry
from bot.console import Unusable, say
from cadre.core import schema
from cadre.core.clock import stale_zones
from cadre.core.database import Database, connect
from cadre.core.errors import Message
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.exchange import seed
from cadre.exchange.service import count_groups


def db(arguments: list[str]) -> int:
    """Bring the database up to date, or write a migration."""
    own = console.reader()
    _ = own.gettext
    parser = console.parser("db", Message("Bring the database up to date, or write a migration."), own)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar=_("VERB"))
    upgrading = Message("migrate the database; a SQLite file that is not there is made, empty")
    verbs.add_parser("upgrade", help=upgrading.for_(own), summary=upgrading, own=own)
    writing = Message("write what the models have and the migrations do not (developers)")
    revision = verbs.add_parser("revision", help=writing.for_(own), summary=writing, own=own)
    revision.add_argument("message", help=_("what changes, in a few words"))
    given = parser.parse_args(arguments)
    if given.verb == "upgrade":
        _upgrade(own)
    else:
        _revision(given.message)
    return 0


def _upgrade(own: Reader) -> None:
    path = local_registry.missing()
    if path:
        local_registry.make_empty(path)
    database = Database(local_registry.address())
    try:
        before = local_registry.revision_of(database)
        schema.upgrade(database.engine)
    finally:
        database.close()
    after = Words.verbatim(schema.newest())
    if before == after:
        say(own.gettext("The database was up to date already."))
    else:
        say(own.gettext("The database is up to date now: {revision}.", revision=after))


def _revision(message: str) -> None:
    from alembic import command  # noqa: PLC0415  # 0.2 s, for this command alone
    from alembic.config import Config  # noqa: PLC0415  # as above

    config = Config(toml_file=schema.ROOT / "pyproject.toml")
    with TemporaryDirectory() as folder:
        engine = connect(f"sqlite:///{folder}/scratch.sqlite")
        schema.upgrade(engine)
        with engine.execution_options(writes=True).begin() as connection:
            config.attributes["connection"] = connection
            command.revision(config, message, autogenerate=True)
        engine.dispose()


def doctor(arguments: list[str]) -> int:
    """See whether everything is as it should be, and what to do where it is not."""
    own = console.reader()
    summary = Message("See whether everything is as it should be, and what to do where it is not.")
    console.parser("doctor", summary, own).parse_args(arguments)
    well = True
    for good, words in _findings(own):
        say(own.gettext("Well: {finding}", finding=words) if good else own.gettext("Not so: {finding}", finding=words))
        well = well and good
    return 0 if well else 1


def _findings(own: Reader) -> Iterator[tuple[bool, Words]]:
    _ = own.gettext
    stale = stale_zones()
    if stale:
        zones = own.listed([Words.verbatim(zone) for zone in stale])
        yield False, _("the time zone data is old: {zones} would be an hour wrong. Run: make setup", zones=zones)
    else:
        yield True, _("the time zone data is current.")
    try:
        path = local_registry.missing()
        if path:
            yield False, _("there is no registry in {path} yet. Run: cadre chat", path=Words.verbatim(str(path)))
            return
        database = local_registry.opened()
    except Unusable as problem:
        yield False, problem.message.for_(own)
        return
    yield True, _("the database answers and is up to date: {address}", address=_shown(database))
    groups = database.read(count_groups)
    database.close()
    if groups:
        yield True, own.ngettext("the registry holds {n} group.", "the registry holds {n} groups.", groups)
    else:
        yield False, _("the registry is empty. Run: cadre import {path}", path=_relative(seed.PATH))


def _shown(database: Database) -> Words:
    return Words.verbatim(database.engine.url.render_as_string(hide_password=True))


def _relative(path: Path) -> Words:
    here = Path.cwd()
    return Words.verbatim(str(path.relative_to(here) if path.is_relative_to(here) else path))
