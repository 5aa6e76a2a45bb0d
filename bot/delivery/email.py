"""Letters: what Cadre sends by e-mail, and the server that takes it."""

from __future__ import annotations

import asyncio
import re
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as LINES
from email.utils import format_datetime
from hashlib import sha256
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import urlsplit

import aiosmtplib
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot import reasons
from bot.face import File
from bot.loopback import is_loopback
from bot.settings import Mail
from cadre.core import clock
from cadre.core.errors import CadreError
from cadre.core.i18n import LOCALES, Language
from cadre.core.text import printable
from cadre.core.words import Words

PATIENCE: Final = 10.0
"""Seconds that a server has to take a letter, from the connection to its last answer."""
_LEAVING: Final = 1.0
"""Seconds that it has to say goodbye. By then the letter is its own."""
_WIDTH: Final = 72
_LONGEST: Final = 300
"""Characters of a server's reason that are kept."""
_LINKS: Final = frozenset({"http", "https", "mailto"})
_ADDRESS: Final = re.compile(r"([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+)@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")
"""As browsers take one: https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address, but with a dot in the domain."""
_POLICY: Final = LINES.clone(cte_type="7bit")  # any server takes it, also one that knows nothing of 8BITMIME
_TEMPLATES: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
)


class MailRefused(CadreError):
    """The letter will never be taken as it is: the server does not know the address, or does not take the content.

    To send it again is of no use. ``reason``: the server's own word.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class MailDelayed(CadreError):
    """The letter was not taken now, and may be later: no connection, no answer in time, "try again", or Cadre was not let in.

    ``maybe_sent``: the connection ended between the letter and the server's answer to it, so that nobody knows whether it was taken.
    Sent again, it has the same Message-ID, by which most mailboxes show it once.
    """

    def __init__(self, reason: str, *, maybe_sent: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.maybe_sent = maybe_sent


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a letter: a headline where it has one, paragraphs, and links (what they are called, where they lead)."""

    headline: Words | None
    lines: tuple[Words, ...] = ()
    links: tuple[tuple[Words, str], ...] = ()
    language: Language | None = None
    """Where it is another than that of the letter."""

    def __post_init__(self) -> None:
        """Raises ValueError for a link that does not lead to the web or to a mailbox."""
        for _, url in self.links:
            if urlsplit(url).scheme not in _LINKS or re.search(r"\s", url):
                raise ValueError(f"no address that a letter may lead to: {url}")


@dataclass(frozen=True, slots=True)
class Letter:
    """What one person is sent. ``text`` says all that ``html`` says; ``key`` names the delivery: repeated, it stays the same."""

    to: str
    name: str
    subject: Words
    text: Words
    html: str
    key: str
    language: Language
    files: tuple[File, ...] = ()
    also: Language | None = None
    """The other language, of a letter in both."""

    @classmethod
    def of(
        cls,
        *,
        to: str,
        name: str,
        subject: Words,
        parts: Sequence[Part],
        key: str,
        language: Language,
        files: tuple[File, ...] = (),
        also: Language | None = None,
    ) -> Letter:
        """A letter that says its parts in both forms."""
        return cls(to, name, subject, letter_text(parts), letter_html(subject, parts, language), key, language, files, also)


class Mailer(Protocol):
    """Somebody who takes letters."""

    async def send(self, letter: Letter) -> None:
        """Hand a letter over. Raises MailRefused where it is of no use to try again, MailDelayed where it is."""


class Smtp:
    """A Mailer that hands letters to a mail server: RFC 5321, submission as in RFC 6409. One connection for each."""

    def __init__(self, mail: Mail) -> None:
        self._mail = mail

    async def send(self, letter: Letter) -> None:
        """Hand a letter over. Raises as ``Mailer`` says: MailRefused for 5xx to the recipient or the content, else MailDelayed.

        That the server does not let Cadre in, or not under this sender's name, delays: somebody will correct the settings.
        """
        message = as_message(letter, self._mail)
        server = self._server()
        handing_over = False
        try:
            async with asyncio.timeout(PATIENCE):
                await server.connect()
                await server.mail(self._mail.sender.addr_spec)
                await server.rcpt(_address(letter).addr_spec)
                handing_over = True
                await server.data(message.as_bytes())
            with suppress(aiosmtplib.SMTPException, OSError):
                await server.quit(timeout=_LEAVING)
        except (aiosmtplib.SMTPRecipientRefused, aiosmtplib.SMTPDataError) as problem:
            raise (MailRefused if problem.code >= 500 else MailDelayed)(_reason(problem)) from problem  # RFC 5321, 4.2.1
        except aiosmtplib.SMTPResponseException as problem:
            raise MailDelayed(_reason(problem)) from problem
        except (aiosmtplib.SMTPException, OSError) as problem:  # OSError: also TimeoutError, and TLS that fails
            raise MailDelayed(_reason(problem), maybe_sent=handing_over) from problem
        finally:
            server.close()

    def _server(self) -> aiosmtplib.SMTP:
        """Encrypted, unless it is on this computer: there it is where it is offered, whatever certificate it has."""
        own = is_loopback(self._mail.host)
        return aiosmtplib.SMTP(
            hostname=self._mail.host,
            port=self._mail.port,
            username=self._mail.user,
            password=self._mail.password,
            use_tls=self._mail.tls,
            start_tls=False if self._mail.tls else None if own else True,
            validate_certs=not own,
            timeout=PATIENCE,
        )


def as_message(letter: Letter, mail: Mail) -> EmailMessage:
    """A letter as it is sent. Raises MailRefused for an address that is none.

    Auto-Submitted (RFC 3834) and, for Exchange, X-Auto-Response-Suppress keep absence notes from answering.
    """
    message = EmailMessage(_POLICY)
    message["From"] = mail.sender
    message["To"] = _address(letter)
    message["Reply-To"] = mail.reply_to
    message["Subject"] = _one_line(letter.subject)
    message["Date"] = format_datetime(clock.real())
    message["Message-ID"] = message_id(letter.key, mail)
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    message.set_content(printable(letter.text))
    message.add_alternative(printable(letter.html), subtype="html")
    _carry(message, letter.files)
    message["Content-Language"] = ", ".join(
        _lang(each) for each in (letter.language, letter.also) if each
    )  # what stands there before the content becomes its first form's
    return message


def _carry(message: EmailMessage, files: Sequence[File]) -> None:
    """Calendar files as RFC 6047 (iMIP) has them. One alone is also another form of the letter: there Outlook looks for an invitation."""
    if len(files) == 1:
        message.add_alternative(files[0].content.decode(), subtype="calendar", params={"method": files[0].method})
    for each in files:
        message.add_attachment(each.content.decode(), subtype="calendar", params={"method": each.method}, filename=each.name)


def message_id(key: str, mail: Mail) -> str:
    """The Message-ID of a delivery: the same for each attempt, and nothing in it can be read."""
    return f"<{sha256(key.encode()).hexdigest()[:40]}@{mail.sender.domain}>"


def letter_html(subject: Words, parts: Sequence[Part], language: Language) -> str:
    """A letter for the eye: one column, headings, colours of its own in the light and in the dark, nothing fetched from anywhere."""
    return _TEMPLATES.get_template("letter.html").render(lang=_lang(language), tag=_lang, subject=subject, parts=parts)


def letter_text(parts: Sequence[Part]) -> Words:
    """The same as plain text, in lines of at most 72 characters; each address on a line of its own, so that it stays whole."""
    return Words.joined("\n\n", (Words.joined("\n\n", _paragraphs(part)) for part in parts))


def _paragraphs(part: Part) -> Iterator[Words]:
    if part.headline:
        headline = _wrapped(part.headline)
        rule = Words.verbatim("-" * max(map(len, headline.splitlines())))
        yield Words.joined("\n", (headline, rule))
    for line in part.lines:
        yield Words.joined("\n", (_wrapped(Words.verbatim(row)) for row in line.splitlines()))
    for label, url in part.links:
        yield Words.joined("\n", (_wrapped(label), Words.verbatim(url)))


def _wrapped(text: Words) -> Words:
    return Words.verbatim(textwrap.fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False))


def _address(letter: Letter) -> Address:
    """Whom a letter is for. Only what a header can hold: a name with line breaks must not become another header."""
    try:
        user, domain = letter.to.rsplit("@", 1)
        found = _ADDRESS.fullmatch(f"{user}@{domain.encode('idna').decode()}")
    except ValueError:
        found = None
    if found is None:
        raise MailRefused(reasons.NO_ADDRESS)
    return Address(_one_line(letter.name), found[1], found[2])


def _one_line(text: str) -> str:
    """Without line breaks of any kind; no-break spaces stay."""
    return re.sub("[ \t]+", " ", printable(" ".join(text.splitlines()))).strip()


def _lang(language: Language) -> str:
    return LOCALES[language].replace("_", "-")


def _reason(problem: Exception) -> str:
    """What a server said, with its code, in one line; what went wrong, where it said nothing."""
    if isinstance(problem, aiosmtplib.SMTPResponseException):
        return _one_line(f"{problem.code} {problem.message}")[:_LONGEST]
    return _one_line(str(problem) or type(problem).__name__)[:_LONGEST]
