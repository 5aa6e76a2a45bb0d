"""Where the log goes."""

from __future__ import annotations

import logging
import sys


def to_stderr(level: str) -> None:
    """One line for each thing that happened, on standard error."""
    logging.basicConfig(level=level, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s", force=True)
