"""Links to personal pages: each names the person who may use it, and one page, and expires. No account, no cookie."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from itsdangerous import BadData, URLSafeSerializer

from cadre.core import clock
from cadre.core.i18n import Language

TOKEN: Final = "k"  # noqa: S105  # the name of the parameter, not a token
"""Where a page's address carries it: ``/workplans/…?k=…``."""
_SALT: Final = "cadre.web.links"
GOOD_FOR: Final = timedelta(days=30)
"""As long as a reminder is of use."""


def sign(secret: str, person: str, path: str, expires: datetime) -> str:
    """A token with which a person may see the page at a path, until a moment of real time."""
    signed = _serializer(secret).dumps([person, path, int(expires.timestamp())])
    return signed if isinstance(signed, str) else signed.decode("ascii")


def verify(secret: str, token: str, path: str, now: datetime) -> str | None:
    """Whose token it is; None where it is none of ours, is for another page, or has expired. ``now``: real time."""
    try:
        person, of, expires = _serializer(secret).loads(token)
    except (BadData, ValueError, TypeError):
        return None
    return str(person) if of == path and now.timestamp() < expires else None


def address(base: str, secret: str, person: str, path: str, expires: datetime) -> str:
    """The whole address of a page, for one person. ``base``: where the web server is reached."""
    return f"{base.rstrip('/')}{path}?{TOKEN}={sign(secret, person, path, expires)}"


@dataclass(frozen=True, slots=True)
class Links:
    """Where people reach the web server, and what links to it are signed with."""

    base: str
    secret: str

    def to(self, person: str, path: str, language: Language) -> str:
        """The whole address of a page for one person, in their language, good for a while."""
        return f"{address(self.base, self.secret, person, path, clock.real() + GOOD_FOR)}&lang={language}"


def _serializer(secret: str) -> URLSafeSerializer:
    """A key of its own is derived from the secret, which may serve for other things. Raises ValueError for an empty one."""
    if not secret:
        raise ValueError("links cannot be signed without a secret")
    return URLSafeSerializer(secret, salt=_SALT, signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256})
