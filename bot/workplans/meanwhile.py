"""A window that is shown once more, because somebody changed meanwhile what it is about: with what they wrote, and what was typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.blocks import Block, Option, context, listed, section
from bot.modals import Frame
from cadre.core.errors import Message
from cadre.core.marks import changed, mark, marks
from cadre.core.reader import Reader, named
from cadre.core.words import Words
from cadre.workplans.meanwhile import Meanwhile


@dataclass(frozen=True, slots=True)
class Writing(Frame):
    """What a window with fields keeps of itself: also marks of what its fields showed when it was opened."""

    shown: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Act:
    """What a window is to do, worded for one that is shown once more. ``undone``: what is not done yet; ``below``: what can be done now;
    ``button``: that it is done all the same.
    """

    undone: Message
    below: Message
    button: Message


SAVE: Final = Act(
    Message("Nothing of yours is saved yet."),
    Message("What you wrote still stands below. Save it all the same, or change it first."),
    Message("Save all the same"),
)
SUBMIT: Final = Act(
    Message("Nothing is submitted yet."),
    Message("Submit the workplan as it stands now, or close this window."),
    Message("Submit all the same"),
)
ACCEPT: Final = Act(
    Message("Nothing is accepted yet."), Message("Accept it as it stands now, or close this window."), Message("Accept all the same")
)
RETURN: Final = Act(
    Message("Nothing is returned yet."),
    Message("The reason that you wrote still stands below. Return the workplan all the same, or close this window."),
    Message("Return all the same"),
)
APPROVE: Final = Act(
    Message("Nothing is recorded yet."),
    Message("What you chose still stands below. Record it all the same, or change it first."),
    Message("Record all the same"),
)
MOVE: Final = Act(
    Message("Nothing is moved yet."),
    Message("The day that you chose still stands below. Move the due date all the same, or change it first."),
    Message("Move all the same"),
)
UNCHANGED: Final = Act(
    Message("“Nothing changed” is not recorded yet."),
    Message("Look at what it says now, and choose again."),
    Message("Nothing changed"),
)


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

    def head(self, labels: Mapping[str, tuple[Words, Words]], reader: Reader, act: Act = SAVE) -> Iterator[Block]:
        """Who changed what meanwhile. ``labels``: of each field its name, and what stands there now."""
        if self.problem is None:
            return
        yield section(told(self.problem, reader, act))
        yield from listed(now(labels, self.theirs, reader))
        yield from context(act.below.for_(reader))

    def submit(self, reader: Reader, act: Act = SAVE, first: Words | None = None) -> Words:
        """What the button says that does it; ``first``: where nobody changed anything meanwhile, "Save" if it is not named."""
        return act.button.for_(reader) if self.problem else first or save(reader, again=False)


def save(reader: Reader, *, again: bool) -> Words:
    """What the button says that saves. ``again``: although somebody changed it meanwhile."""
    return SAVE.button.for_(reader) if again else reader.gettext("Save")


def now(labels: Mapping[str, tuple[Words, Words]], names: Iterable[str], reader: Reader) -> Iterator[Words]:
    """What stands in fields now."""
    _ = reader.gettext
    theirs = [labels[name] for name in names if name in labels]
    yield from (_("{name}: {what}", name=name, what=text or _("nothing any more")) for name, text in theirs)


def told(problem: Meanwhile, reader: Reader, act: Act = SAVE) -> Words:
    """Who was first, and that nothing is done yet."""
    _ = reader.gettext
    who = Words.verbatim(named(problem.who)) if problem.who else _("Somebody")
    values = {"who": who, "when": reader.moment(problem.when)}
    if act in (SAVE, RETURN):
        first = _("{who} changed this while you were writing: {when}.", **values)
    else:
        first = _("{who} changed this after you had opened it: {when}.", **values)
    return Words.joined(" ", (first, act.undone.for_(reader)))


def anew(
    now: Mapping[str, str], typed: Mapping[str, str], shown: Mapping[str, str], problem: Meanwhile, people: tuple[Option, ...] = ()
) -> Form:
    """The same window, once more. ``typed``: all that stands in it; ``shown``: the marks that it kept."""
    mine = {name: value for name, value in typed.items() if mark(value) != shown.get(name)}
    return Form(now, mine, tuple(changed(shown, now)), problem, people)
