"""Pictures of the framework as SVG, PNG or PDF, drawn in a process of its own."""

from __future__ import annotations

import atexit
import os
import pickle
import subprocess
import sys
import tempfile
import threading
from contextlib import ExitStack, suppress
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import IO, Final, Literal, get_args

from cadre.core.errors import CadreError
from cadre.framework.engine import DRAWN, HEAD
from cadre.framework.graph import Graph

Form = Literal["svg", "png", "pdf"]
FORMS: Final[tuple[Form, ...]] = get_args(Form)
SECONDS: Final = 20.0
"""How long a drawing may take."""
_KEPT: Final = 12
_MUCH: Final = 1 << 20
_ROOT: Final = Path(__file__).parents[2]
FONTS: Final = Path(__file__).parent / "fonts"
"""The type faces of all pictures, with their licences."""
_FONTS_CONF: Final = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{folder}</cachedir></fontconfig>
"""


class DrawingFailed(CadreError):
    """A picture could not be drawn: its text equivalent can be shown instead, and the next picture may well be drawn."""


class Renderer:
    """Who draws: a process that begins with the first picture, draws one at a time, and ends with this one.

    Safe to call from several threads. Where a drawing takes longer than ``seconds``, or the process dies of it, that drawing fails, and
    the next one begins another process.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._turn = threading.Lock()
        self._drawing: _Process | None = None

    def draw(self, graph: Graph, form: Form) -> bytes:
        """A picture. Waits its turn. Raises DrawingFailed."""
        message = pickle.dumps((graph, form, self._seconds + 1))
        with self._turn:
            if self._drawing is None or self._drawing.is_over:
                self._end()
                self._drawing = _Process()
            try:
                return self._drawing.asked(message, self._seconds)
            except DrawingFailed:
                raise
            except (OSError, EOFError) as problem:
                raise DrawingFailed(self._end() or str(problem)) from problem
            except BaseException:  # broken off in the middle: what it answers then is no answer to the next
                self._end()
                raise

    def close(self) -> None:
        """End the process, if there is one."""
        with self._turn:
            self._end()

    def _end(self) -> str | None:
        drawing, self._drawing = self._drawing, None
        return drawing.ended() if drawing else None


class _Process:
    """The process that draws, and what belongs to it."""

    def __init__(self) -> None:
        with ExitStack() as holding:
            self._said: IO[bytes] = holding.enter_context(tempfile.TemporaryFile())
            fonts = holding.enter_context(tempfile.TemporaryDirectory(prefix="cadre-fonts-", ignore_cleanup_errors=True))
            # what it reads from is closed when this process ends, however it ends: so it ends too
            self._process = holding.enter_context(
                subprocess.Popen(
                    [sys.executable, "-m", "cadre.framework.engine", fonts],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=self._said,
                    cwd=_ROOT,
                    env={**os.environ, "FONTCONFIG_FILE": _configured(Path(fonts))},
                )
            )
            holding.callback(self._process.kill)
            self._held = holding.pop_all()

    @property
    def is_over(self) -> bool:
        """Whether it ended."""
        return self._process.poll() is not None

    def asked(self, message: bytes, seconds: float) -> bytes:
        """What it draws. Raises OSError or EOFError where it ended instead, and DrawingFailed where it said that it cannot."""
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        before = self._complaints()
        slow = threading.Timer(seconds, process.kill)
        slow.start()
        try:
            process.stdin.write(HEAD.pack(b"D", len(message)) + message)
            process.stdin.flush()
            kind, size = HEAD.unpack(_exactly(process.stdout, HEAD.size))
            content = _exactly(process.stdout, size)
        finally:
            slow.cancel()
        if kind != DRAWN:
            raise DrawingFailed(content.decode(errors="replace"))
        if self._complaints() != before:  # Graphviz leaves a label out that it cannot read, and says so
            raise DrawingFailed(self._last())
        return content

    def _complaints(self) -> int:
        return self._read().count(b"Error:")

    def _read(self) -> bytes:
        return os.pread(self._said.fileno(), _MUCH, 0)

    def _last(self) -> str:
        return self._read().decode(errors="replace").strip()[-300:]

    def ended(self) -> str:
        """End it. What it said last, and what it ended with."""
        self._process.kill()
        said = f"the drawing process ended with {self._process.wait()} ({self._last()})"
        if self._process.stdin:
            with suppress(BrokenPipeError):  # of what was not read
                self._process.stdin.close()
        self._held.close()
        return said


def _configured(folder: Path) -> str:
    """A configuration with the fonts that are shipped and no others, so that a picture is the same on every machine.

    The fonts are linked from a folder that may be written to: fontconfig leaves files of its own beside them.
    """
    for font in FONTS.glob("*.[ot]tf"):
        (folder / font.name).symlink_to(font)
    file = folder / "fonts.conf"
    file.write_text(_FONTS_CONF.format(folder=escape(str(folder))), encoding="utf-8")
    return str(file)


def _exactly(stream: IO[bytes], size: int) -> bytes:
    content = stream.read(size)
    if len(content) < size:
        raise EOFError
    return content


_SHARED: Final = Renderer()
atexit.register(_SHARED.close)


@lru_cache(maxsize=_KEPT)
def draw(graph: Graph, form: Form) -> bytes:
    """A picture, drawn by the one process that all of this process share; the same picture is drawn once. Raises DrawingFailed."""
    return _SHARED.draw(graph, form)
