"""Letters reach a mail server as people will read them, and what the server says decides what becomes of them.

The server is a real one, on this computer.
"""

from __future__ import annotations

import asyncio
import email
import email.policy
import ssl
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword

from bot.delivery import email as letters
from bot.delivery.email import Letter, MailDelayed, MailRefused, Part, Smtp, as_message, letter_html, letter_text
from bot.face import File
from bot.letters import closing
from bot.settings import Mail
from cadre.core import clock
from cadre.core.i18n import LOCALES
from cadre.core.reader import Reader
from cadre.core.words import Words

KEY = "workplan:digital-identity:2027-H1:camille-beaulieu"
HOME = "https://cadre.example.org/workplans/digital-identity?cycle=2027-H1&from=mail"


def words(text: str) -> Words:
    return Words.verbatim(text)


PARTS = (
    Part(None, (words("Bonjour Camille,"),)),
    Part(
        words("Plan de travail : identité numérique"),
        (words("Il est dû le 1er\xa0mars\xa02027. " * 6), words("Ligne un\nLigne deux")),
        ((words("Ouvrir le plan"), HOME),),
    ),
)
LETTER = Letter.of(
    to="camille@demonstration.example",
    name="Camille Beaulieu",
    subject=words("Plan de travail à remettre d'ici 7\xa0jours : « Identité numérique », secrétariat et coprésidence"),
    parts=PARTS,
    key=KEY,
    language="fr",
)


@dataclass
class Post:
    """A mail server's doings: it takes letters, or answers as the test says. ``stays``: as long as it waits with its answer."""

    port: int = 0
    taken: list[EmailMessage] = field(default_factory=list)
    envelopes: list[Envelope] = field(default_factory=list)
    recipient: str = "250 OK"
    content: str = "250 OK"
    stays: float = 0.0
    hangs_up: bool = False

    @property
    def mail(self) -> Mail:
        return Mail.at(f"smtp://127.0.0.1:{self.port}", "Cadre <cadre@example.org>", "Secrétariat <secretariat@example.org>")

    async def handle_RCPT(self, server: Any, session: Any, envelope: Envelope, address: str, _: Any) -> str:  # noqa: N802  # its name there
        envelope.rcpt_tos.append(address)
        return self.recipient

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Envelope) -> str:  # noqa: N802  # as above
        await asyncio.sleep(self.stays)
        if self.hangs_up:
            assert server.transport
            server.transport.close()
            return "421 gone"
        assert isinstance(envelope.content, bytes)
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.taken.append(message)
        self.envelopes.append(envelope)
        return self.content


@asynccontextmanager
async def serving(post: Post, over: ssl.SSLContext | None = None, **more: Any) -> AsyncIterator[Post]:
    """A mail server on this computer, for as long as the block runs; ``over``: encrypted from the first byte."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(post, hostname="localhost", loop=loop, **more), "127.0.0.1", 0, ssl=over)
    post.port = server.sockets[0].getsockname()[1]
    async with server:
        yield post
    await asyncio.sleep(0.01)  # connections end by themselves


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    async with serving(Post()) as made:
        yield made


@pytest.fixture(scope="module")
def own_certificate(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    """What a mail server has that nobody vouches for."""
    folder: Path = tmp_path_factory.mktemp("certificate")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    making = ("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2")
    subprocess.run([*making, "-subj", "/CN=localhost", "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


def form(message: EmailMessage, kind: str) -> str:
    """What a letter says in one of its forms."""
    part = message.get_body((kind,))
    assert part is not None
    content: str = part.get_content()
    return content


async def test_a_letter_arrives_in_both_forms_with_all_accents(post: Post) -> None:
    await Smtp(post.mail).send(LETTER)
    [message] = post.taken
    assert message.get_content_type() == "multipart/alternative"
    assert message["Subject"] == LETTER.subject
    assert form(message, "plain").replace("\r\n", "\n").strip() == LETTER.text
    assert form(message, "html").replace("\r\n", "\n").strip() == LETTER.html.strip()
    assert {part.get_content_charset() for part in message.iter_parts()} == {"utf-8"}
    assert (post.envelopes[0].mail_from, post.envelopes[0].rcpt_tos) == ("cadre@example.org", ["camille@demonstration.example"])


async def test_its_head_says_who_writes_and_that_nobody_typed_it(post: Post) -> None:
    await Smtp(post.mail).send(LETTER)
    message = post.taken[0]
    assert message["From"] == "Cadre <cadre@example.org>"
    assert message["To"] == "Camille Beaulieu <camille@demonstration.example>"
    assert message["Reply-To"] == "Secrétariat <secretariat@example.org>"
    assert message["Content-Language"] == "fr-CA"
    assert message["Auto-Submitted"] == "auto-generated"
    assert abs(parsedate_to_datetime(message["Date"]) - clock.real()) < timedelta(minutes=1)


async def test_each_attempt_has_the_same_message_id_and_another_delivery_has_not(post: Post) -> None:
    for letter in (LETTER, LETTER, replace(LETTER, key=f"{KEY}:2")):
        await Smtp(post.mail).send(letter)
    first, again, other = (message["Message-ID"] for message in post.taken)
    assert first == again != other
    assert first.endswith("@example.org>")
    assert "camille" not in first


@pytest.mark.parametrize("name", ["Beaulieu, Camille", 'Camille "Cam" Beaulieu', "Éléonore, " * 30, "", "x\r\nBcc: everyone@example.org"])
async def test_no_name_becomes_another_header(post: Post, name: str) -> None:
    await Smtp(post.mail).send(replace(LETTER, name=name, subject=words(f"{name}\nBcc: all@example.org\0")))
    message = post.taken[0]
    assert [each.addr_spec for each in message["To"].addresses] == ["camille@demonstration.example"]
    raw = dict(message.raw_items())["To"]
    assert str(make_header(decode_header(raw))).rpartition(" <")[0].replace("\\", "").strip('"') == " ".join(name.split()).strip('"')
    assert message["Subject"] == " ".join(f"{name} Bcc: all@example.org".split())
    assert message["Bcc"] is None
    assert not message.defects


@pytest.mark.parametrize("to", ["", "camille", "camille@example", "a@b.ca>\r\nBcc: c@d.ca", "a@b.ca, c@d.ca", "é@example.org", "a@..ca"])
async def test_what_is_no_address_is_refused_and_nothing_is_sent(post: Post, to: str) -> None:
    with pytest.raises(MailRefused):
        await Smtp(post.mail).send(replace(LETTER, to=to))
    assert post.taken == []


async def test_an_address_in_an_accented_domain_is_written_as_mail_servers_know_it(post: Post) -> None:
    await Smtp(post.mail).send(replace(LETTER, to="camille@québec.example"))
    assert post.envelopes[0].rcpt_tos == ["camille@xn--qubec-csa.example"]


async def test_what_mail_cannot_hold_is_left_out(post: Post) -> None:
    await Smtp(post.mail).send(replace(LETTER, text=words("Half a character: \ud83d, nothing: \0.")))
    assert form(post.taken[0], "plain").strip() == "Half a character: , nothing: ."


async def test_an_unknown_recipient_is_refused_for_good_with_the_reason(post: Post) -> None:
    post.recipient = "550 5.1.1 No such user here"
    with pytest.raises(MailRefused) as caught:
        await Smtp(post.mail).send(LETTER)
    assert caught.value.reason == "550 5.1.1 No such user here"


async def test_refused_content_is_refused_for_good(post: Post) -> None:
    post.content = "554 5.7.1 Looks like spam"
    with pytest.raises(MailRefused, match="Looks like spam"):
        await Smtp(post.mail).send(LETTER)


@pytest.mark.parametrize("stage", ["recipient", "content"])
async def test_try_again_later_delays_and_nothing_was_sent(post: Post, stage: str) -> None:
    setattr(post, stage, "451 4.7.1 Greylisted")
    with pytest.raises(MailDelayed, match="Greylisted") as caught:
        await Smtp(post.mail).send(LETTER)
    assert not caught.value.maybe_sent


async def test_a_server_that_is_away_delays() -> None:
    with pytest.raises(MailDelayed) as caught:
        await Smtp(Post(port=1).mail).send(LETTER)
    assert not caught.value.maybe_sent
    assert caught.value.reason


async def test_a_server_that_hangs_up_over_the_letter_may_have_taken_it(post: Post) -> None:
    post.hangs_up = True
    with pytest.raises(MailDelayed) as caught:
        await Smtp(post.mail).send(LETTER)
    assert caught.value.maybe_sent


async def test_a_server_that_does_not_answer_holds_up_nobody_else(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters, "PATIENCE", 0.3)
    post.stays = 0.6
    began, turns = clock.ticks(), 0
    sending = asyncio.create_task(Smtp(post.mail).send(LETTER))
    while not sending.done():
        await asyncio.sleep(0.01)
        turns += 1
    with pytest.raises(MailDelayed) as caught:
        await sending
    assert caught.value.maybe_sent
    assert clock.ticks() - began < 0.6
    assert turns > 10


async def test_cadre_says_who_it_is_and_is_delayed_where_it_is_not_let_in(own_certificate: ssl.SSLContext) -> None:
    def authenticate(server: Any, session: Any, envelope: Any, mechanism: str, given: LoginPassword) -> AuthResult:
        return AuthResult(success=(given.login, given.password) == (b"cadre@x", b"s:3/cr@t"), handled=False)

    async with serving(Post(), authenticator=authenticate, auth_required=True, tls_context=own_certificate) as post:
        for password, let_in in (("s%3A3%2Fcr%40t", True), ("wrong", False)):
            url = f"smtp://cadre%40x:{password}@127.0.0.1:{post.port}"
            sending = Smtp(Mail.at(url, "cadre@example.org", "cadre@example.org")).send(LETTER)
            if let_in:
                await sending
            else:
                with pytest.raises(MailDelayed, match="535"):
                    await sending
    assert len(post.taken) == 1


async def test_on_this_computer_it_is_encrypted_where_that_is_offered(own_certificate: ssl.SSLContext) -> None:
    async with serving(Post(), tls_context=own_certificate, require_starttls=True) as post:
        await Smtp(post.mail).send(LETTER)
    assert len(post.taken) == 1
    async with serving(Post(), own_certificate) as post:
        await Smtp(replace(post.mail, tls=True)).send(LETTER)
    assert len(post.taken) == 1


@pytest.mark.parametrize("offered", [False, True])
async def test_elsewhere_no_letter_and_no_password_goes_unencrypted_or_to_just_anybody(
    monkeypatch: pytest.MonkeyPatch, own_certificate: ssl.SSLContext, offered: bool
) -> None:
    monkeypatch.setattr(letters, "is_loopback", lambda _: False)
    async with serving(Post(), tls_context=own_certificate if offered else None, auth_require_tls=False) as post:
        with pytest.raises(MailDelayed, match=r"(?i)certificate|STARTTLS"):
            await Smtp(replace(post.mail, user="cadre", password="s3cret")).send(LETTER)
    assert post.taken == []


def test_plain_text_is_complete_wrapped_and_keeps_its_addresses_whole() -> None:
    lines = letter_text(PARTS).splitlines()
    assert lines[:4] == ["Bonjour Camille,", "", "Plan de travail : identité numérique", "-" * 36]
    assert "Ligne un" in lines
    assert lines[-2:] == ["Ouvrir le plan", HOME]
    assert max(len(line) for line in lines if line != HOME) <= 72
    assert all("1er\xa0mars\xa02027" in line or "1er" not in line for line in lines), "what belongs together is not torn apart"


def test_html_says_the_same_in_the_readers_language_and_lets_nobody_add_markup() -> None:
    tricks = words("<script>alert(1)</script> & co")
    shown = letter_html(tricks, (Part(tricks, (tricks,), ((tricks, f'{HOME}"><script>'),)),), "fr")
    assert '<html lang="fr-CA">' in shown
    assert "<script" not in shown
    assert shown.count("&lt;script&gt;alert(1)&lt;/script&gt; &amp; co") == 5
    assert "cycle=2027-H1&amp;from=mail&#34;&gt;&lt;script&gt;" in shown
    assert "Ligne un<br>Ligne deux" in LETTER.html
    assert "http" not in LETTER.html.replace("https://cadre.example.org", ""), "nothing is fetched from anywhere"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "/workplans", "https://a.example/\nBcc: x", "data:text/html,x"])
def test_a_letter_leads_to_the_web_or_to_a_mailbox(url: str) -> None:
    with pytest.raises(ValueError, match="no address"):
        Part(None, links=((words("Here"), url),))


def test_a_letter_fits_old_servers() -> None:
    sent = as_message(LETTER, Post(port=25).mail).as_bytes()
    assert sent.isascii()
    assert max(map(len, sent.split(b"\r\n"))) <= 998
    assert b"\n" not in sent.replace(b"\r\n", b"")


def test_a_letter_about_ones_own_work_says_nothing_of_those_for_whom_one_answers() -> None:
    said = [" ".join(closing(Reader(LOCALES["en"]), None, asks=True, in_slack=False, own=own)) for own in (True, False)]
    assert ["for whom you answer" in text for text in said] == [False, True]


def test_an_invitation_is_a_form_of_the_letter_and_a_file_of_it() -> None:
    content = "BEGIN:VCALENDAR\r\nSUMMARY:Réunion\r\nEND:VCALENDAR\r\n"
    letter = replace(LETTER, files=(File("m1.ics", "REQUEST", content.encode()),))
    sent = as_message(letter, Post(port=25).mail)
    read = email.message_from_bytes(sent.as_bytes(), policy=email.policy.default)
    assert read.get_content_type() == "multipart/mixed"
    forms, file = read.iter_parts()
    assert [each.get_content_type() for each in forms.iter_parts()] == ["text/plain", "text/html", "text/calendar"]
    form = list(forms.iter_parts())[-1]
    for each in (form, file):
        assert (each.get_content_type(), each["content-type"].params["method"]) == ("text/calendar", "REQUEST")
        assert each.get_content().replace("\r\n", "\n") == content.replace("\r\n", "\n")
    assert (form.get_filename(), file.get_filename()) == (None, "m1.ics")
    assert read["Content-Language"] == "fr-CA"
    assert sent.as_bytes().isascii()


def test_of_several_files_none_is_a_form_of_the_letter() -> None:
    files = tuple(File(f"m{n}.ics", method, b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n") for n, method in enumerate(("REQUEST", "CANCEL")))
    read = email.message_from_bytes(as_message(replace(LETTER, files=files), Post(port=25).mail).as_bytes(), policy=email.policy.default)
    forms, *rest = read.iter_parts()
    assert [each.get_content_type() for each in forms.iter_parts()] == ["text/plain", "text/html"]
    assert [each["content-type"].params["method"] for each in rest] == ["REQUEST", "CANCEL"]
