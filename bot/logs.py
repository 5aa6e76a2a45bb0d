"""Where the log goes, and how: a line for each thing that happened, in logfmt (https://brandur.org/logfmt), for people and tools."""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

_FIELDS: Final = "fields"
_PLAIN: Final = re.compile(r"[^\s\"=\\]+")
"""What stands in a line without quotation marks."""


def fields(**values: object) -> dict[str, Any]:
    """What a line names beside its message, as the ``extra`` of a logging call: numbers, keys, records; never what people wrote.

    None is left out; of several, each stands after a comma.
    """
    return {_FIELDS: {name: value for name, value in values.items() if value is not None}}


class Logfmt(logging.Formatter):
    """``time=… level=info logger=cadre.delivery msg=settled delivery=7 notices=…``; a trace stands in its line, quoted."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        values: dict[str, object] = {"time": moment, "level": record.levelname.lower(), "logger": record.name, "msg": record.getMessage()}
        found: Mapping[str, object] = getattr(record, _FIELDS, {})
        values |= found
        if record.exc_info:
            values["trace"] = self.formatException(record.exc_info)
        return " ".join(f"{name}={_value(value)}" for name, value in values.items())


def _value(value: object) -> str:
    if isinstance(value, Iterable) and not isinstance(value, str):
        value = ",".join(map(str, value))
    text = str(value)
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def to_stderr(level: str) -> None:
    """One line for each thing that happened, on standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Logfmt())
    logging.basicConfig(level=level, handlers=[handler], force=True)
