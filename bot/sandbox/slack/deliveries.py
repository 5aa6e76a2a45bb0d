"""What the workspace delivers to Cadre: over signed HTTP or Socket Mode, events again where they were not taken."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, Protocol
from urllib.parse import urlencode

import aiohttp
from slack_sdk.signature import SignatureVerifier

from bot.sandbox.slack.log import Log
from bot.sandbox.slack.workspace import Payload
from cadre.core import clock

SECONDS: Final = 3.0
"""Within which Slack wants an answer."""
RETRIES: Final = (0.0, 0.2, 1.0)
"""Seconds before each repetition of an event. Slack: at once, after one minute, after five."""
_REMEMBERED: Final = 200


class Kind(StrEnum):
    """What is delivered, in the words of Socket Mode's envelopes."""

    EVENT = "events_api"
    COMMAND = "slash_commands"
    INTERACTION = "interactive"


@dataclass(frozen=True, slots=True)
class Retry:
    """A repetition: which one, and why: https://docs.slack.dev/apis/events-api/#retries"""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What came back. ``status``: None where nothing did; ``reason``: why it failed; ``body``: what Cadre answered with."""

    status: int | None
    body: Any = None
    reason: str | None = None
    no_retry: bool = False

    @property
    def taken(self) -> bool:
        """Whether Cadre took it."""
        return self.reason is None


class Carrier(Protocol):
    """A way to Cadre."""

    async def carry(self, kind: Kind, payload: Payload, retry: Retry | None) -> Receipt:
        """Deliver, and wait for the answer, three seconds at most."""


class Http:
    """To the request address of the manifest, signed: https://docs.slack.dev/authentication/verifying-requests-from-slack"""

    def __init__(self, session: aiohttp.ClientSession, address: str, secret: str) -> None:
        self._session = session
        self._address = address
        self._signer = SignatureVerifier(secret)

    async def carry(self, kind: Kind, payload: Payload, retry: Retry | None) -> Receipt:
        """Events as JSON, commands as a form, everything else as JSON in a form's ``payload``."""
        body, content_type = _written(kind, payload)
        stamp = str(int(clock.real().timestamp()))
        headers = {
            "content-type": content_type,
            "x-slack-request-timestamp": stamp,
            "x-slack-signature": self._signer.generate_signature(timestamp=stamp, body=body) or "",
        }
        if retry:
            headers |= {"x-slack-retry-num": str(retry.number), "x-slack-retry-reason": retry.reason}
        try:
            async with asyncio.timeout(SECONDS), self._session.post(self._address, data=body, headers=headers) as response:
                text = await response.text()
        except TimeoutError:
            return Receipt(None, reason="http_timeout")
        except aiohttp.ClientError:
            return Receipt(None, reason="connection_failed")
        found = _read(text) if "json" in response.headers.get("content-type", "") else text
        reason = None if 200 <= response.status < 300 else "http_error"
        return Receipt(response.status, found, reason, response.headers.get("x-slack-no-retry") == "1")


def _written(kind: Kind, payload: Payload) -> tuple[bytes, str]:
    if kind is Kind.EVENT:
        return json.dumps(payload, ensure_ascii=False).encode(), "application/json"
    fields = payload if kind is Kind.COMMAND else {"payload": json.dumps(payload, ensure_ascii=False)}
    return urlencode(fields).encode(), "application/x-www-form-urlencoded"


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


@dataclass
class Deliveries:
    """Sends, repeats and remembers. ``pending``: what is under way, repetitions that wait included."""

    log: Log
    carrier: Carrier | None = None
    pending: set[asyncio.Task[Any]] = field(default_factory=set)
    _sent: deque[Payload] = field(default_factory=lambda: deque(maxlen=_REMEMBERED))

    def event(self, payload: Payload) -> None:
        """Deliver an event in the background, up to three times more where it is not taken."""
        self._sent.append(payload)
        self._keep(asyncio.create_task(self._repeatedly(payload)))

    def again(self, last: int) -> int:
        """Deliver the last events once more, all at once, as Slack does where an acknowledgement was lost. How many there were."""
        events = list(self._sent)[-last:]
        for payload in events:
            self._keep(asyncio.create_task(self._carried(Kind.EVENT, payload, Retry(1, "http_timeout"))))
        return len(events)

    async def now(self, kind: Kind, payload: Payload) -> Receipt:
        """Deliver a command or an interaction: once, while the person waits."""
        carried = asyncio.create_task(self._carried(kind, payload, None))
        self._keep(carried)
        return await carried

    async def quiet(self) -> None:
        """Wait until nothing is under way."""
        while self.pending:
            await asyncio.wait(set(self.pending))

    def forget(self) -> None:
        """Nothing is repeated any more."""
        for task in self.pending:
            task.cancel()
        self._sent.clear()

    def _keep(self, task: asyncio.Task[Any]) -> None:
        self.pending.add(task)
        task.add_done_callback(self.pending.discard)

    async def _repeatedly(self, payload: Payload) -> None:
        retry = None
        for number, pause in enumerate((*RETRIES, None), 1):
            receipt = await self._carried(Kind.EVENT, payload, retry)
            if receipt.taken or receipt.no_retry or pause is None:
                return
            await asyncio.sleep(pause)
            retry = Retry(number, receipt.reason or "unknown_error")

    async def _carried(self, kind: Kind, payload: Payload, retry: Retry | None) -> Receipt:
        began = clock.real()
        if self.carrier is None:
            receipt = Receipt(None, reason="connection_failed")
        else:
            receipt = await self.carrier.carry(kind, payload, retry)
        self.log.add(
            "delivery",
            _name(kind, payload),
            payload,
            receipt.body,
            status=receipt.status,
            began=began,
            retry=retry.number if retry else None,
            error=receipt.reason,
        )
        return receipt


def _name(kind: Kind, payload: Payload) -> str:
    if kind is Kind.EVENT:
        return str(payload["event"]["type"])
    return str(payload["command"] if kind is Kind.COMMAND else payload["type"])
