"""The mailboxes of the people in the sandbox: what Cadre sends them by e-mail stays here, and can be read."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.delivery.email import Letter, MailDelayed, MailRefused, as_message
from bot.sandbox.slack.faults import EMAIL, Fault, FaultKind, Faults
from bot.sandbox.slack.log import Log
from bot.sandbox.slack.stream import Stream
from bot.settings import Mail
from cadre.core import clock

MOST: Final = 1000
"""So many letters are kept; then the oldest go."""
OWN: Final = Mail.at("smtp://localhost", "cadre@demonstration.example", "secretariat@demonstration.example")
"""As a council would set it; no such server is ever called."""
_FAULTS: Final = {
    FaultKind.RATELIMITED: (451, "451 4.7.1 Too many letters, try again later"),
    FaultKind.ERROR: (550, "550 5.1.1 No such mailbox"),
    FaultKind.TIMEOUT: (None, "the mail server does not answer"),
    FaultKind.DOWN: (None, "the mail server is down"),
}


@dataclass(frozen=True, slots=True)
class Kept:
    """A letter that came. ``at``: in workspace time; ``sender`` and ``reply_to`` as they stand in its head."""

    n: int
    at: datetime
    letter: Letter
    sender: str
    reply_to: str


class Mailbox:
    """A Mailer for all people of the workspace. Each letter is written as for a real server, and fails as it would there."""

    def __init__(self, now: Callable[[], datetime], stream: Stream, faults: Faults, log: Log) -> None:
        self._now = now
        self._stream = stream
        self._faults = faults
        self._log = log
        self._kept: deque[Kept] = deque(maxlen=MOST)
        self._last = 0

    async def send(self, letter: Letter) -> None:
        """Keep a letter. Raises MailRefused for an address that is none and for the fault ``error``, MailDelayed for other faults."""
        began = clock.real()
        sent = {"to": letter.to, "subject": letter.subject, "key": letter.key}
        message = as_message(letter, OWN)
        fault = self._faults.take(EMAIL)
        if fault is None or fault.done:
            self._last += 1
            self._kept.append(Kept(self._last, self._now(), letter, str(message["From"]), str(message["Reply-To"])))
            self._stream.tell("mail", to=letter.to.casefold())
        if fault is None:
            self._log.add("mail", EMAIL, sent, {"ok": True}, status=250, began=began)
            return
        status, reason = _FAULTS[fault.kind]
        self._log.add("mail", EMAIL, sent, None, status=status, began=began, error=reason)
        raise _failure(fault, reason)

    def of(self, address: str | None = None) -> list[Kept]:
        """The letters to an address, or all; newest last."""
        return [each for each in self._kept if address is None or each.letter.to.casefold() == address.casefold()]

    def letter(self, number: int) -> Letter | None:
        """The letter with a number."""
        return next((each.letter for each in self._kept if each.n == number), None)

    def put_back(self, kept: Iterable[Kept]) -> None:
        """Let them hold these letters and no others. Numbers count on, so that no old address leads to a new letter."""
        self._kept = deque(kept, maxlen=MOST)


def _failure(fault: Fault, reason: str) -> MailRefused | MailDelayed:
    """What a sender hears: a refusal is for good, unless the letter was taken and only the answer is lost."""
    if fault.kind is FaultKind.ERROR and not fault.done:
        return MailRefused(fault.error or reason)
    return MailDelayed(reason, maybe_sent=fault.done or fault.kind is FaultKind.TIMEOUT)
