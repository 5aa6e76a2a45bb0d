"""``cadre ask`` and ``cadre chat``."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from bot import console, local_registry
from bot.ask import text
from cadre.ask import service
from cadre.ask.answer import Answer
from cadre.core.database import Database
from cadre.core.errors import Message
from cadre.core.i18n import LANGUAGES, Language, language_of
from cadre.core.reader import Reader
from cadre.core.text import fold
from cadre.core.words import Words

_STREAM: Final = Path("-")
_LANGUAGES: Final[dict[str, Language]] = {
    **dict.fromkeys(("en", "english", "anglais"), "en"),
    **dict.fromkeys(("fr", "french", "francais"), "fr"),
}


def ask(arguments: list[str]) -> int:
    """Answer a question, or a file of them."""
    own = console.reader()
    _ = own.gettext
    parser = console.parser("ask", Message("Answer a question, or a file of them."), own)
    parser.add_argument("question", nargs="*", help=_("what you want to know, in English or French"))
    parser.add_argument("--lang", choices=LANGUAGES, help=_("your language, where the question does not tell"))
    parser.add_argument("--json", action="store_true", help=_("as a JSON object"))
    parser.add_argument("--batch", type=Path, help=_("a file of questions, a JSON object a line; - reads standard input"))
    parser.settle_usage()
    given = parser.parse_intermixed_args(arguments)
    reader = console.reader(given.lang)
    asked = " ".join(given.question).strip()
    if bool(asked) == bool(given.batch):
        console.tell(reader.gettext("Ask something: {example}", example=Words.verbatim('cadre ask "qui dirige l\'identité numérique"')))
        return 2
    with closing(local_registry.ready()) as database:
        if given.batch:
            return 0 if _batch(database, _lines(given.batch), reader) else 1
        answer = database.read(service.answer, asked, reader)
    print(_json(asked, answer, reader) if given.json else text.render(answer, reader, _paper()))
    return 0


def _lines(file: Path) -> Iterator[bytes]:
    if file == _STREAM:
        yield from sys.stdin.buffer
        return
    try:
        opened = file.open("rb")
    except OSError as problem:
        values = {"file": Words.verbatim(str(file)), "reason": Words.verbatim(problem.strerror or "")}
        raise console.Unusable(Message("{file} cannot be read ({reason}).", values)) from problem
    with opened:
        yield from opened


def _batch(database: Database, lines: Iterable[bytes], reader: Reader) -> bool:
    """Answer each line; say which cannot be. Returns whether all could be."""
    well = True
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            question, asking = _asked(line, reader)
        except ValueError:
            well = False
            message = reader.gettext(
                "Line {line}: this is no object such as {example}.",
                line=Words.verbatim(str(number)),
                example=Words.verbatim('{"question": "…", "lang": "fr"}'),
            )
            console.tell(message)
            continue
        print(_json(question, database.read(service.answer, question, asking), asking))
    return well


def _asked(line: bytes, reader: Reader) -> tuple[str, Reader]:
    """The question of a line, and whoever asks it. Raises ValueError for a line that is none."""
    try:
        found: Any = json.loads(line.decode("utf-8-sig"))
    except RecursionError as problem:
        raise ValueError("nested too deeply") from problem
    if not isinstance(found, dict) or not isinstance(found.get("question"), str):
        raise ValueError("no question")
    lang = found.get("lang") or reader.locale
    if not isinstance(lang, str):
        raise ValueError("no language")
    return found["question"], reader.in_language(language_of(lang))


def _json(question: str, answer: Answer, reader: Reader) -> str:
    said = {
        "question": question,
        "lang": answer.language,
        "intent": answer.intent,
        "text": text.render(answer, reader),
    }
    return json.dumps(said, ensure_ascii=False)


def _paper() -> text.Paper:
    if not sys.stdout.isatty():
        return text.PLAIN
    shades = os.environ.get("TERM") != "dumb" and not os.environ.get("NO_COLOR")
    columns = os.get_terminal_size(sys.stdout.fileno()).columns
    return text.Paper(max(columns, 20) if columns else None, shades)


def chat(arguments: list[str]) -> int:
    """A conversation: type questions, read answers. /quit ends it."""
    own = console.reader()
    parser = console.parser("chat", Message("A conversation: type questions, read answers. /quit ends it."), own)
    parser.add_argument("--lang", choices=LANGUAGES, help=own.gettext("the language to begin in"))
    lang = parser.parse_args(arguments).lang
    with closing(local_registry.ready()) as database:
        conversation = Conversation(database, console.reader(lang), _paper())
        person = sys.stdin.isatty()
        if person:
            with contextlib.suppress(ImportError):
                import readline  # noqa: F401, PLC0415  # makes input() know arrow keys and history
            print(conversation.welcome(), end="\n\n")
        for line in _typed(person):
            reply = conversation.hear(line)
            if reply:
                print(reply, end="\n\n", flush=True)
            if conversation.over:
                break
        if person:
            print(conversation.farewell())
    return 0


def _typed(person: bool) -> Iterator[str]:
    """Lines, until Ctrl-D, Ctrl-C or the end of a pipe."""
    try:
        while True:
            yield input("> " if person else "")
    except (EOFError, KeyboardInterrupt):
        if person:
            print()


class Conversation:
    """What was said so far, and in whose language."""

    def __init__(self, database: Database, reader: Reader, paper: text.Paper = text.PLAIN) -> None:
        self.database = database
        self.reader = reader
        self.paper = paper
        self.over = False
        self._last: Answer | None = None
        self._offered: tuple[text.Choice, ...] = ()

    def welcome(self) -> str:
        """The first words."""
        _ = self.reader.gettext
        return self.paper.line(_("Ask about the Joint Councils, in English or French. /help says what else you can type; /quit ends."))

    def farewell(self) -> str:
        """The last."""
        return self.reader.gettext("Goodbye.")

    def hear(self, line: str) -> str:
        """What to reply to a line: a command, the number of a choice, or a question."""
        words = line.strip()
        if not words:
            return ""
        if words.startswith("/"):
            verb, _, rest = fold(words[1:]).partition(" ")
            return self._command(verb, rest.strip())
        if words.isdecimal() and len(words) < len("100") and 0 < int(words) <= len(self._offered):
            choice = self._offered[int(words) - 1]
            return self._answer(choice.question, choice.subject)
        return self._answer(words, None)

    def _answer(self, question: str, chosen: str | None) -> str:
        answer = self.database.read(service.answer, question, self.reader, self._last, chosen)
        self._last, self._offered = answer, text.choices(answer)
        return text.render(answer, self.reader, self.paper, numbered=True)

    def _command(self, verb: str, rest: str) -> str:
        _ = self.reader.gettext
        match verb:
            case "quit" | "exit" | "quitter":
                self.over = True
                return ""
            case "lang" | "langue":
                return self._speak(rest)
            case "help" | "aide":
                return "\n".join(self.paper.line(line) for line in self._help())
            case _:
                command = Words.verbatim(f"/{verb}")
                return self.paper.line(_("There is no command {command}. /help lists what you can type.", command=command))

    def _speak(self, name: str) -> str:
        if name not in _LANGUAGES:
            return self.paper.line(self.reader.gettext("Which language? /lang en or /lang fr"))
        self.reader = self.reader.in_language(_LANGUAGES[name])
        return self.paper.line(self.reader.gettext("We speak English now."))

    def _help(self) -> Iterator[Words]:
        _ = self.reader.gettext
        yield _("A question, in English or French: who leads digital identity?")
        yield _("A number: what stands below the answer under that number.")
        yield _("/lang fr: speak French. A question is answered in its own language.")
        yield _("/quit: end the conversation. So does Ctrl-D.")
