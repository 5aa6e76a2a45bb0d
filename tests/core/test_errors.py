"""What went wrong, worded for whoever reads it."""

from __future__ import annotations

from datetime import UTC, datetime

from cadre.core.errors import CadreError, Conflict, Forbidden, Invalid, Message, NotFound
from cadre.core.reader import Reader
from cadre.core.words import Words


def test_a_message_is_worded_later() -> None:
    message = Message("{name} has {n} groups", {"name": Words.verbatim("Bev"), "n": 1234})
    assert message.for_(Reader("en_CA")) == "Bev has 1,234 groups"
    assert message.for_(Reader("fr_CA")) == "Bev has 1\u00a0234 groups"


def test_each_error_says_for_the_log_what_it_is() -> None:
    when = datetime(2026, 12, 1, 9, tzinfo=UTC)
    errors = [NotFound("SCGI"), Forbidden(), Forbidden("lead"), Invalid(en=Message("write it")), Conflict("Sam", when)]
    assert all(isinstance(error, CadreError) for error in errors)
    assert [str(error) for error in errors] == ["SCGI", "only secretariat", "only lead", "en: write it", "Sam at 2026-12-01T09:00:00+00:00"]
