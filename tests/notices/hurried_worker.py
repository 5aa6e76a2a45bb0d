"""A worker that is ``cadre worker`` in all but its hurry: it ticks all the time and keeps no pace. Tests start it as a process."""

from __future__ import annotations

import os
import signal
import time
from argparse import ArgumentParser
from contextlib import ExitStack
from datetime import timedelta
from typing import Any, Final
from unittest.mock import patch

from bot.app import duties
from bot.delivery import worker
from bot.logs import to_stderr
from bot.settings import load
from bot.slack import Slack
from cadre.notices import deliveries

EVERY: Final = 0.2
"""Seconds between two ticks."""


def main() -> None:
    """Work until SIGTERM. ``--busy``: seconds that SQLite waits for another writer; ``--dies-settling``: ends without a word as it is
    about to commit that it has sent so many messages: Slack has answered, and the registry does not know. ``--hangs-settling``: there it
    hangs, and all that a worker which is told to end waits for is twentyfold shorter.
    """
    parser = ArgumentParser()
    parser.add_argument("--busy", type=float)
    parser.add_argument("--dies-settling", type=int)
    parser.add_argument("--hangs-settling", action="store_true")
    given = parser.parse_args()
    with ExitStack() as patched:
        if given.busy is not None:
            patched.enter_context(patch("cadre.core.database._BUSY_SECONDS", given.busy))
        if given.dies_settling is not None:
            patched.enter_context(patch("cadre.notices.deliveries.settle", dying(given.dies_settling)))
        if given.hangs_settling:
            patched.enter_context(patch("cadre.notices.deliveries.settle", lambda *_: time.sleep(60)))
            patched.enter_context(patch("bot.delivery.worker.DRAIN", worker.DRAIN / 20))
            patched.enter_context(patch("bot.delivery.worker.END", worker.END / 20))
        settings = load(slack=True)
        to_stderr(settings.log_level)
        slack = Slack.with_token(settings.bot_token, settings.api_url)
        worker.run(settings, slack, duties(slack, None, pace=timedelta(0)), EVERY)


def dying(after: int) -> Any:
    """``deliveries.settle``, after which the process is killed, in the transaction in which so many are settled."""
    settle, settled = deliveries.settle, 0

    def last(*given: Any) -> set[int]:
        nonlocal settled
        done: set[int] = settle(*given)
        settled += len(done)
        if settled >= after:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    return last


if __name__ == "__main__":
    main()
