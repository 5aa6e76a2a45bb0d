"""A window that is shown once more, because somebody changed meanwhile what it is about: with what they wrote, and what was typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.blocks import Block, Option, context, listed, section
from bot.modals import Frame
from cadre.core.reader import Reader, named
from cadre.core.words import Words
from cadre.workplans.meanwhile import Meanwhile, changed, mark, marks


@dataclass(frozen=True, slots=True)
class Writing(Frame):
    """What a window with fields keeps of itself: also marks of what its fields showed when it was opened."""

    shown: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Form:
    """What the fields of a window hold. ``now``: what the registry says; ``typed``: what was typed over what had been shown;
    ``theirs``: what somebody else changed meanwhile; ``people``: names for those who were chosen.
    """

    now: Mapping[str, str]
    typed: Mapping[str, str] = field(default_factory=dict)
    theirs: tuple[str, ...] = ()
    problem: Meanwhile | None = None
    people: tuple[Option, ...] = ()

    def __getitem__(self, name: str) -> str:
        """What stands in a field: what was typed, else what the registry says."""
        return self.typed.get(name, self.now[name])

    def block(self, name: str) -> str:
        """What a field is called. What a field of the same name holds stays in it when the window is drawn anew
        (https://docs.slack.dev/reference/methods/views.update): one that is to show what others wrote has another name.
        """
        return f"{name}:{mark(self.now[name])}" if name in self.theirs and name not in self.typed else name

    def framed(self, frame: Frame) -> Writing:
        """What its window keeps."""
        return Writing(frame.about, frame.start, frame.under, marks(self.now))

    def head(self, labels: Mapping[str, tuple[Words, Words]], reader: Reader) -> Iterator[Block]:
        """Who changed what meanwhile. ``labels``: of each field its name, and what stands there now."""
        if self.problem is None:
            return
        yield section(told(self.problem, reader))
        yield from listed(now(labels, self.theirs, reader))
        yield from context(reader.gettext("What you wrote still stands below. Save it all the same, or change it first."))

    def submit(self, reader: Reader) -> Words:
        """What the button says that saves it."""
        return save(reader, again=self.problem is not None)


def save(reader: Reader, *, again: bool) -> Words:
    """What the button says that saves. ``again``: although somebody changed it meanwhile."""
    return reader.gettext("Save all the same") if again else reader.gettext("Save")


def now(labels: Mapping[str, tuple[Words, Words]], names: Iterable[str], reader: Reader) -> Iterator[Words]:
    """What stands in fields now."""
    _ = reader.gettext
    theirs = [labels[name] for name in names if name in labels]
    yield from (_("{name}: {what}", name=name, what=text or _("nothing any more")) for name, text in theirs)


def told(problem: Meanwhile, reader: Reader) -> Words:
    """Who was first, and that nothing is lost."""
    _ = reader.gettext
    who = Words.verbatim(named(problem.who)) if problem.who else _("Somebody")
    return _("{who} changed this while you were writing: {when}. Nothing of yours is saved yet.", who=who, when=reader.moment(problem.when))


def anew(
    now: Mapping[str, str], typed: Mapping[str, str], shown: Mapping[str, str], problem: Meanwhile, people: tuple[Option, ...] = ()
) -> Form:
    """The same window, once more. ``typed``: all that stands in it; ``shown``: the marks that it kept."""
    mine = {name: value for name, value in typed.items() if mark(value) != shown.get(name)}
    return Form(now, mine, tuple(changed(shown, now)), problem, people)
