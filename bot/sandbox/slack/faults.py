"""What the workspace does when it is told to misbehave."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

ANY: Final = "*"
"""Stands for every method."""
SOCKET: Final = "socket"
"""Stands for the connections of Socket Mode."""
EMAIL: Final = "email"
"""Stands for the mail server. It is none of Slack's: a fault of all methods leaves it alone."""


class FaultKind(StrEnum):
    """How a call goes wrong."""

    RATELIMITED = "ratelimited"
    """429, with Retry-After."""
    ERROR = "error"
    """Slack's own refusal with the code that is given; without one, 500."""
    TIMEOUT = "timeout"
    """No answer comes, until the caller gives up."""
    DOWN = "down"
    """503, without Slack's JSON; for ``socket``, all connections drop."""


@dataclass(slots=True)
class Fault:
    """``times``: the next so many calls; ``every``: of the calls that come, only each so-manieth. ``done``: what was asked is done all the
    same, only its answer does not come.
    """

    kind: FaultKind
    times: int
    error: str | None = None
    retry_after: int = 1
    done: bool = False
    every: int = 1
    passed: int = 0


@dataclass
class Faults:
    """Which method misbehaves how. A method's own fault comes before the one of all."""

    _planned: dict[str, Fault] = field(default_factory=dict)

    def plan(self, method: str, fault: Fault) -> None:
        """From now on; 0 times: no more, and of all methods no method."""
        if fault.times > 0:
            self._planned[method] = fault
        elif method == ANY:
            self.clear()
        else:
            self._planned.pop(method, None)

    def take(self, method: str) -> Fault | None:
        """The fault of the call that comes now."""
        for name in (method,) if method == EMAIL else (method, ANY):
            fault = self._planned.get(name)
            if fault:
                fault.passed += 1
                if fault.passed % fault.every:
                    return None
                fault.times -= 1
                if fault.times <= 0:
                    del self._planned[name]
                return fault
        return None

    def clear(self) -> None:
        """All is well again."""
        self._planned.clear()
