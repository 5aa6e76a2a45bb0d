"""What is read at the moment of a question and never kept: calls for participation, which are few and change at any moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from cadre.calls import queries
from cadre.calls.facts import CallFacts, Grid, Standing
from cadre.calls.rights import sees_all
from cadre.core import clock
from cadre.core.reader import OPERATOR, Actor
from cadre.core.sandbox import sandboxed


@dataclass(frozen=True, slots=True)
class Ledger:
    """The calls, as whoever asks may see them. ``channel``: in which everybody reads the answer, if it is not for one person alone."""

    session: Session
    seen_by: Actor
    channel: str | None = None

    @property
    def sees_all(self) -> bool:
        """Whether they may know who answered what, and who did not."""
        return sees_all(self.session, self.seen_by)

    @property
    def anyone(self) -> bool:
        """Whether they may know no more than anybody: the registry does not know them, or others read the answer too."""
        return self.seen_by.person is None and not self.sees_all

    @property
    def sandboxed(self) -> bool:
        """Whether what is invented is as good as what is real here."""
        return sandboxed(self.session)

    @property
    def now(self) -> datetime:
        """The moment of the question."""
        return clock.now(self.session)

    def calls(self) -> tuple[CallFacts, ...]:
        """Those that they may know of, and those that stand in the channel anyway: open ones first, then the newest."""
        seen = queries.calls(self.session, self.seen_by)
        if self.channel is None:
            return seen
        ids = {call.id for call in seen}
        there = queries.calls(self.session, OPERATOR)
        return tuple(call for call in there if call.id in ids or (call.opened_at and self.channel in call.channels))

    def grid(self, call: CallFacts) -> Grid | None:
        """Who answered what, and who did not; None for whoever may not see it."""
        return queries.grid(self.session, call.id, self.seen_by) if self.sees_all else None

    def standing(self, call: CallFacts) -> Standing:
        """Their own answer, and the answers of those for whom they may answer."""
        if self.anyone:
            return Standing(call, None, None, (), None, (), (), secretariat=False)
        return queries.standing(self.session, call.id, self.seen_by)
