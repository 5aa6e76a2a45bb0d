"""What the log says of deliveries: one line each, with fields that name the notices, and nothing that people wrote."""

from __future__ import annotations

import logging
import re
import sys

import pytest

from bot.logs import Logfmt, fields
from tests.notices.scenarios import found, planned
from tests.workspace import Workspace


def line(message: str, *args: object, **extra: object) -> str:
    record = logging.LogRecord("cadre.test", logging.WARNING, "x.py", 1, message, args, None)
    record.__dict__.update(fields(**extra))
    return Logfmt().format(record)


def test_a_line_is_one_line_of_fields_whatever_stands_in_it() -> None:
    told = line("it said: %s", 'a "b"\nc=d', delivery=7, notices=("a:1", "b:2"), reason=None)
    assert re.fullmatch(r"time=\d{4}-\d\d-\d\dT[\d:.]+Z level=warning logger=cadre\.test msg=.* delivery=7 notices=a:1,b:2", told)
    assert r'msg="it said: a \"b\"\nc=d"' in told
    assert line("", other="").endswith('msg="" other=""')


def test_a_trace_stands_in_its_line() -> None:
    try:
        raise ValueError("broken")
    except ValueError:
        record = logging.LogRecord("cadre.test", logging.ERROR, "x.py", 1, "failed", (), sys.exc_info())
    told = Logfmt().format(record)
    assert "\n" not in told
    assert 'trace="Traceback' in told
    assert "ValueError: broken" in told


async def test_what_is_sent_fails_or_is_not_needed_is_logged_with_the_keys_of_its_notices(
    workspace: Workspace, caplog: pytest.LogCaptureFixture
) -> None:
    planned(workspace, "2027-01-28")
    pier = found(workspace).subject
    caplog.set_level(logging.INFO, "cadre.delivery")
    await workspace.until("2027-01-18T15:59")
    await workspace.fault("chat.postMessage", "error", error="is_archived")
    await workspace.until("2027-01-26")
    lines = [Logfmt().format(record) for record in caplog.records if record.name == "cadre.delivery"]
    mine = [each for each in lines if f"{pier}:2027-01-28:" in each]
    assert re.search(
        rf"msg=settled delivery=\d+ to=robin-ashgrove via=slack notices=\S*{pier}:2027-01-28:before-14:robin-ashgrove", mine[0]
    )
    assert any(re.search(r"level=error .* msg=failed delivery=\d+ .* reason=is_archived", each) for each in mine)
    assert not [each for each in lines if "Light the pier" in each or "Éclairer" in each], "nothing that people wrote"
