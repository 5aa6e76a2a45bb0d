"""Settings: every environment variable, in one table, checked at start."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy.exc import DBAPIError

from bot import revision
from cadre.core import clock, schema
from cadre.core.database import Database, parse_url
from cadre.core.errors import CadreError, Message
from cadre.core.reader import Reader
from cadre.core.words import Words

SLACK_API: Final = "https://slack.com/api/"
_ADDRESS: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR")


class Mode(StrEnum):
    """How Slack reaches Cadre."""

    HTTP = "http"
    SOCKET = "socket"


class Unready(CadreError):
    """Cadre cannot start: all reasons at once, each with what to do."""

    def __init__(self, problems: list[Message]) -> None:
        super().__init__("; ".join(problem.msgid for problem in problems))
        self.problems = problems

    def told(self, reader: Reader) -> Words:
        """The reasons, one a line."""
        return Words.joined("\n", (problem.for_(reader) for problem in self.problems))


class Settings(BaseSettings):
    """What the environment says."""

    model_config = SettingsConfigDict(extra="ignore", hide_input_in_errors=True)

    database_url: str = Field(default="", validation_alias="CADRE_DATABASE_URL")
    bot_token: str = Field(default="", validation_alias="SLACK_BOT_TOKEN", repr=False)
    signing_secret: str = Field(default="", validation_alias="SLACK_SIGNING_SECRET", repr=False)
    app_token: str = Field(default="", validation_alias="SLACK_APP_TOKEN", repr=False)
    chosen_mode: Mode | None = Field(default=None, validation_alias="CADRE_MODE")
    api_url: str = Field(default=SLACK_API, validation_alias="SLACK_API_URL")
    secretariat: Annotated[frozenset[str], NoDecode] = Field(default=frozenset(), validation_alias="CADRE_SECRETARIAT")
    port: int = Field(default=3000, validation_alias="PORT", ge=0, le=65535)
    log_level: str = Field(default="INFO", validation_alias="CADRE_LOG_LEVEL")
    sandbox: bool = Field(default=False, validation_alias="CADRE_SANDBOX")

    @field_validator("bot_token", "signing_secret", "app_token", "database_url", mode="before")
    @classmethod
    def _bare(cls, value: Any) -> Any:
        """What is pasted often brings blanks along."""
        return value.strip() if isinstance(value, str) else value

    @field_validator("chosen_mode", "sandbox", "port", "log_level", mode="before")
    @classmethod
    def _unset(cls, value: Any, info: Any) -> Any:
        """An empty variable is one that is not set."""
        return cls.model_fields[info.field_name].default if value == "" else value

    @field_validator("secretariat", mode="before")
    @classmethod
    def _addresses(cls, value: Any) -> Any:
        """Addresses between commas or blanks, in any capitals."""
        return frozenset(re.split(r"[\s,;]+", value.strip().casefold())) - {""} if isinstance(value, str) else value

    @field_validator("api_url", mode="after")
    @classmethod
    def _slash(cls, value: str) -> str:
        return f"{(value or SLACK_API).rstrip('/')}/"

    @field_validator("log_level", mode="after")
    @classmethod
    def _level(cls, value: str) -> str:
        if value.upper() not in _LEVELS:
            raise ValueError(value)
        return value.upper()

    @property
    def mode(self) -> Mode:
        """Socket Mode where there is an app-level token, unless something else is said."""
        return self.chosen_mode or (Mode.SOCKET if self.app_token else Mode.HTTP)


@dataclass(frozen=True, slots=True)
class Variable:
    """One line of the table: its name, when it is needed, what it is."""

    name: str
    needed: Message
    meaning: Message


_ADDRESSES: Final = {
    "file": Words.verbatim("sqlite:////path/to/registry.sqlite"),
    "server": Words.verbatim("postgresql://user:password@host/name"),
}
_ALWAYS: Final = Message("always")
_NO: Final = Message("no")

VARIABLES: Final = (
    Variable(
        "CADRE_DATABASE_URL",
        _ALWAYS,
        Message("The registry: {file} or {server}.", _ADDRESSES),
    ),
    Variable(
        "SLACK_BOT_TOKEN",
        Message("for Slack"),
        Message("The bot token, xoxb-…: OAuth & Permissions, after installing the app."),
    ),
    Variable(
        "SLACK_APP_TOKEN",
        Message("for Socket Mode"),
        Message("The app-level token, xapp-…, with the scope {scope}.", {"scope": Words.verbatim("connections:write")}),
    ),
    Variable("SLACK_SIGNING_SECRET", Message("for HTTP"), Message("The signing secret: Basic Information, App Credentials.")),
    Variable("CADRE_MODE", _NO, Message("http or socket. Unset: socket where SLACK_APP_TOKEN is set, else http.")),
    Variable("CADRE_SECRETARIAT", _NO, Message("E-mail addresses of the first secretariat members, between commas.")),
    Variable("PORT", _NO, Message("The port of the web server: 3000 unless set.")),
    Variable("SLACK_API_URL", _NO, Message("Another address of Slack's Web API, for a sandbox or a proxy.")),
    Variable("CADRE_LOG_LEVEL", _NO, Message("DEBUG, INFO, WARNING or ERROR: INFO unless set.")),
    Variable("CADRE_SANDBOX", _NO, Message("1 to work on a registry that is marked as a sandbox.")),
)


def load(*, slack: bool) -> Settings:
    """The settings, for a process that speaks to Slack or not. Raises Unready, with everything that is wrong with them."""
    try:
        settings = Settings()
    except ValidationError as problem:
        names = sorted({str(error["loc"][0]) for error in problem.errors()})
        meanings = {variable.name: variable.meaning for variable in VARIABLES}
        raise Unready([told for name in names for told in (_wrong(name), meanings[name])]) from problem
    problems = [*_of_database(settings), *_of_people(settings), *(_of_slack(settings) if slack else ()), *_of_zones()]
    if problems:
        raise Unready(problems)
    return settings


def check_registry(settings: Settings, database: Database) -> None:
    """That the registry can be worked on. Raises Unready where it cannot be reached, is not migrated, or is a sandbox's."""
    _require_file(database)
    try:
        problem = revision.behind(schema.revision(database.engine)) or revision.refuse_sandbox(database, allowed=settings.sandbox)
        if problem:
            raise Unready([problem])
    except DBAPIError as problem:
        reason = Words.verbatim(str(problem.orig).strip().splitlines()[0] if problem.orig else type(problem).__name__)
        told = Message("The database does not answer ({reason}). Start it, or correct CADRE_DATABASE_URL.", {"reason": reason})
        raise Unready([told]) from problem


def _require_file(database: Database) -> None:
    """SQLite would make an empty file of any name: one that was mistyped, say."""
    url = database.engine.url
    if url.get_backend_name() == "sqlite" and url.database and not Path(url.database).exists():
        raise Unready([Message("There is no registry in {path}. Make one: cadre db upgrade", {"path": Words.verbatim(url.database)})])


def markdown_table(reader: Reader) -> Words:
    """The table of the README, in either language."""
    _ = reader.gettext
    lines = [_("| Variable | Needed | What it is |"), Words.verbatim("|---|---|---|")]
    for variable in VARIABLES:
        cells = (Words.verbatim(f"`{variable.name}`"), variable.needed.for_(reader), variable.meaning.for_(reader))
        lines.append(Words.joined("", (Words.verbatim("| "), Words.joined(" | ", cells), Words.verbatim(" |"))))
    return Words.joined("\n", lines)


def _of_database(settings: Settings) -> Iterator[Message]:
    if not settings.database_url:
        yield Message("CADRE_DATABASE_URL is not set. Set it to the registry: {file} or {server}.", _ADDRESSES)
        return
    try:
        parse_url(settings.database_url)
    except ValueError:
        yield Message("CADRE_DATABASE_URL is no database address. Write {file} or {server}.", _ADDRESSES)


def _of_people(settings: Settings) -> Iterator[Message]:
    wrong = sorted(address for address in settings.secretariat if not _ADDRESS.fullmatch(address))
    if wrong:
        values = {"addresses": Words.verbatim(", ".join(wrong))}
        yield Message("CADRE_SECRETARIAT holds what is no e-mail address: {addresses}.", values)


def _of_slack(settings: Settings) -> Iterator[Message]:
    if not settings.bot_token:
        yield Message("SLACK_BOT_TOKEN is not set. Copy the bot token (xoxb-…) from “OAuth & Permissions” of the Slack app.")
    elif not settings.bot_token.startswith("xoxb-"):
        yield _kind("SLACK_BOT_TOKEN", "xoxb-")
    if settings.mode is Mode.HTTP and not settings.signing_secret:
        yield Message("SLACK_SIGNING_SECRET is not set. Copy it from “Basic Information” of the Slack app, or use Socket Mode.")
    if settings.mode is Mode.SOCKET and not settings.app_token:
        yield Message("SLACK_APP_TOKEN is not set, and Socket Mode needs it. Make one under “Basic Information” of the Slack app.")
    elif settings.app_token and not settings.app_token.startswith("xapp-"):
        yield _kind("SLACK_APP_TOKEN", "xapp-")


def _of_zones() -> Iterator[Message]:
    stale = clock.stale_zones()
    if stale:
        zones = Words.verbatim(", ".join(stale))
        yield Message("The time zone data is out of date ({zones} would be an hour wrong). Run: make setup", {"zones": zones})


def _kind(name: str, prefix: str) -> Message:
    values = {"name": Words.verbatim(name), "prefix": Words.verbatim(prefix)}
    return Message("{name} is a token of the wrong kind: it must begin with {prefix}.", values)


def _wrong(name: str) -> Message:
    return Message("{name} has a value that cannot be used. What it is for:", {"name": Words.verbatim(name)})
