"""Settings: every environment variable, in one table, checked at start."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.utils import parseaddr
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final
from urllib.parse import unquote, urlsplit

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
_MAIL_PORTS: Final = {"smtps": 465, "smtp": 587}
"""Submission under TLS from the start, and with STARTTLS: RFC 8314."""
NAME: Final = "Cadre"
_SECRET: Final = 16
"""Characters that a token needs so that nobody guesses it."""


class Mode(StrEnum):
    """How Slack reaches Cadre."""

    HTTP = "http"
    SOCKET = "socket"


class Framework(StrEnum):
    """Who may open the pages of the framework: whoever has a signed link, or everybody, who then sees what everybody may know."""

    SIGNED = "signed"
    PUBLIC = "public"


class Unready(CadreError):
    """Cadre cannot start: all reasons at once, each with what to do."""

    def __init__(self, problems: list[Message]) -> None:
        super().__init__("; ".join(problem.msgid for problem in problems))
        self.problems = problems

    def told(self, reader: Reader) -> Words:
        """The reasons, one a line."""
        return Words.joined("\n", (problem.for_(reader) for problem in self.problems))


@dataclass(frozen=True, slots=True)
class Mail:
    """How e-mail leaves: by which server, under whose name, and who reads what people answer. ``tls``: from the first byte on."""

    host: str
    port: int
    tls: bool
    sender: Address
    reply_to: Address
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @classmethod
    def at(cls, url: str, sender: str, reply_to: str) -> Mail:
        """What the three variables say. Raises ValueError where one of them cannot be used."""
        parts = urlsplit(url)
        if parts.scheme not in _MAIL_PORTS or not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
            raise ValueError("no address of a mail server")
        return cls(
            host=parts.hostname,
            port=parts.port or _MAIL_PORTS[parts.scheme],
            tls=parts.scheme == "smtps",
            sender=_mailbox(sender, NAME),
            reply_to=_mailbox(reply_to),
            user=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
        )


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
    smtp_url: str = Field(default="", validation_alias="CADRE_SMTP_URL", repr=False)
    mail_from: str = Field(default="", validation_alias="CADRE_MAIL_FROM")
    mail_reply_to: str = Field(default="", validation_alias="CADRE_MAIL_REPLY_TO")
    metrics_token: str = Field(default="", validation_alias="CADRE_METRICS_TOKEN", repr=False)
    address: str = Field(default="", validation_alias="CADRE_ADDRESS")
    framework: Framework = Field(default=Framework.SIGNED, validation_alias="CADRE_FRAMEWORK")
    port: int = Field(default=3000, validation_alias="PORT", ge=0, le=65535)
    log_level: str = Field(default="INFO", validation_alias="CADRE_LOG_LEVEL")
    sandbox: bool = Field(default=False, validation_alias="CADRE_SANDBOX")

    @field_validator(
        *("bot_token", "signing_secret", "app_token", "database_url", "smtp_url", "mail_from", "mail_reply_to", "metrics_token", "address"),
        mode="before",
    )
    @classmethod
    def _bare(cls, value: Any) -> Any:
        """What is pasted often brings blanks along."""
        return value.strip() if isinstance(value, str) else value

    @field_validator("chosen_mode", "framework", "sandbox", "port", "log_level", mode="before")
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
    def link_secret(self) -> str:
        """What links to personal pages are signed with: whoever has it could act as Cadre anyway."""
        return self.signing_secret or self.bot_token

    @property
    def mode(self) -> Mode:
        """Socket Mode where there is an app-level token, unless something else is said."""
        return self.chosen_mode or (Mode.SOCKET if self.app_token else Mode.HTTP)

    @property
    def mail(self) -> Mail | None:
        """How e-mail leaves; None where it is off."""
        return Mail.at(self.smtp_url, self.mail_from, self.mail_reply_to) if self.smtp_url else None


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
_SERVERS: Final = {
    "tls": Words.verbatim("smtps://user:password@host:port"),
    "starttls": Words.verbatim("smtp://user:password@host:port"),
}
_EXAMPLE: Final = Words.verbatim("https://cadre.example.org")
_ALWAYS: Final = Message("always")
_FOR_MAIL: Final = Message("for e-mail")
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
    Variable(
        "CADRE_SMTP_URL",
        _FOR_MAIL,
        Message("The mail server: {tls}, or {starttls} for STARTTLS. Unset: no e-mail is sent.", _SERVERS),
    ),
    Variable(
        "CADRE_MAIL_FROM",
        _FOR_MAIL,
        Message("The address that e-mail comes from, such as {example}.", {"example": Words.verbatim("cadre@example.org")}),
    ),
    Variable("CADRE_MAIL_REPLY_TO", _FOR_MAIL, Message("The secretariat's address, to which answers to e-mail go.")),
    Variable(
        "CADRE_METRICS_TOKEN",
        _NO,
        Message(
            "The token (16 characters or more) with which {page} may be read from another computer. Unset: from this one only.",
            {"page": Words.verbatim("/metrics")},
        ),
    ),
    Variable(
        "CADRE_ADDRESS",
        _NO,
        Message("Where people reach the web server ({example}): messages and e-mail then lead to its pages.", {"example": _EXAMPLE}),
    ),
    Variable(
        "CADRE_FRAMEWORK",
        _NO,
        Message("public: everybody may open the pages of the framework, and sees what is open to all. Unset: signed, by links only."),
    ),
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
    problems = [
        *_of_database(settings),
        *_of_people(settings),
        *_of_mail(settings),
        *_of_metrics(settings),
        *_of_address(settings),
        *(_of_slack(settings) if slack else ()),
        *_of_zones(),
    ]
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


def _of_mail(settings: Settings) -> Iterator[Message]:
    """E-mail is off, or all of it can be used. What is wrong with the server's address is not repeated: it holds a password."""
    if not settings.smtp_url:
        return
    try:
        Mail.at(settings.smtp_url, "cadre@example.org", "cadre@example.org")
    except ValueError:
        yield Message(
            "CADRE_SMTP_URL is no address of a mail server. Write {tls} or {starttls}, with special characters of the password as in a "
            "web address: {code} for @.",
            _SERVERS | {"code": Words.verbatim("%40")},
        )
    for name, value in (("CADRE_MAIL_FROM", settings.mail_from), ("CADRE_MAIL_REPLY_TO", settings.mail_reply_to)):
        values = {"name": Words.verbatim(name), "value": Words.verbatim(value)}
        if not value:
            yield Message("{name} is not set, and e-mail needs it. Set it, or leave CADRE_SMTP_URL unset.", values)
            continue
        try:
            _mailbox(value)
        except ValueError:
            yield Message("{name} is no e-mail address: {value}.", values)


def _mailbox(text: str, name: str = "") -> Address:
    """An address, with a name or (then ``name`` is its) without: ``Cadre <cadre@example.org>``. Raises ValueError for anything else."""
    given, address = parseaddr(text)
    if not _ADDRESS.fullmatch(address) or not address.isascii():
        raise ValueError(f"no e-mail address: {text}")
    user, domain = address.rsplit("@", 1)
    return Address(given or name, user, domain)


def _of_metrics(settings: Settings) -> Iterator[Message]:
    if settings.metrics_token and len(settings.metrics_token) < _SECRET:
        yield Message("CADRE_METRICS_TOKEN is too short: it needs 16 characters or more.")


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


def _of_address(settings: Settings) -> Iterator[Message]:
    if settings.address and not re.fullmatch(r"https?://[^\s/?#]+(?:/[^\s?#]*)?", settings.address):
        yield Message("CADRE_ADDRESS is no web address. Write it as {example}.", {"example": _EXAMPLE})


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
