"""What is read at the moment of a question and never kept: calls for participation, meetings, actions and workplans, which change
at any moment.

What reads them is loaded when they are asked about: every other question is answered sooner without.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.errors import Forbidden, Invalid
from cadre.core.reader import OPERATOR, Actor
from cadre.core.sandbox import sandboxed
from cadre.decisions.models import Document

if TYPE_CHECKING:
    from collections.abc import Collection

    from cadre.calls.facts import CallFacts, Grid, Standing
    from cadre.core.bilingual import Bilingual
    from cadre.decisions.documents import VersionFacts
    from cadre.decisions.question_facts import Standing as QuestionStanding
    from cadre.decisions.register import DecisionView
    from cadre.decisions.service import ActionView
    from cadre.meetings.almanac import Decided
    from cadre.meetings.views import InviteeFacts, MeetingView
    from cadre.oversight.gaps import Gaps
    from cadre.oversight.health import Report
    from cadre.oversight.history import History, Kind
    from cadre.oversight.rules import Health
    from cadre.workplans.facts import ActivityFacts
    from cadre.workplans.facts import Standing as WorkplanStanding
    from cadre.workplans.logic_rules import CouncilChoice, Model

_EVER: Final = date(9000, 1, 1)
"""After every meeting."""


@dataclass(frozen=True)
class Ledger:
    """The calls, as whoever asks may see them. ``channel``: in which everybody reads the answer, if it is not for one person alone."""

    session: Session
    seen_by: Actor
    channel: str | None = None

    @cached_property
    def sees_all(self) -> bool:
        """Whether they may know who answered what, and who did not."""
        from cadre.calls.rights import sees_all  # noqa: PLC0415  # see above

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
        from cadre.calls import queries  # noqa: PLC0415  # see above

        seen = queries.calls(self.session, self.seen_by)
        if self.channel is None:
            return seen
        ids = {call.id for call in seen}
        there = queries.calls(self.session, OPERATOR)
        return tuple(call for call in there if call.id in ids or (call.opened_at and self.channel in call.channels))

    def grid(self, call: CallFacts) -> Grid | None:
        """Who answered what, and who did not; None for whoever may not see it."""
        from cadre.calls import queries  # noqa: PLC0415  # see above

        return queries.grid(self.session, call.id, self.seen_by) if self.sees_all else None

    def standing(self, call: CallFacts) -> Standing:
        """Their own answer, and the answers of those for whom they may answer."""
        from cadre.calls import queries  # noqa: PLC0415  # see above
        from cadre.calls.facts import Standing  # noqa: PLC0415  # see above

        if self.anyone:
            return Standing(call, None, None, (), None, (), (), secretariat=False)
        return queries.standing(self.session, call.id, self.seen_by)

    @property
    def alone(self) -> bool:
        """Whether whoever asks reads the answer alone, and the registry knows them."""
        return self.channel is None and self.seen_by.person is not None

    def meetings(self, first: date, last: date = _EVER) -> tuple[MeetingView, ...]:
        """All that are, or may be, on one of some days, those that were cancelled too."""
        from cadre.meetings import almanac  # noqa: PLC0415  # see above

        return almanac.between(self.session, first, last, self.seen_by)

    def past_meetings(self, groups: Collection[str] | None) -> tuple[MeetingView, ...]:
        """Those that are over, the latest first; of some groups where asked."""
        from cadre.meetings import almanac  # noqa: PLC0415  # see above

        return almanac.past(self.session, self.seen_by, groups)

    def invitees(self, meeting: MeetingView) -> tuple[InviteeFacts, ...] | None:
        """Who is invited and comes, by name; None for whoever may not know, or does not read it alone."""
        from cadre.meetings import queries  # noqa: PLC0415  # see above

        if self.channel is not None:
            return None
        try:
            return queries.invitees(self.session, meeting.id, self.seen_by)
        except Forbidden:
            return None

    def minutes(self, meeting: MeetingView) -> Bilingual | None:
        """What the minutes of a meeting say; None for whoever may not read them, or does not read the answer alone."""
        from cadre.meetings import minutes  # noqa: PLC0415  # see above

        if self.channel is not None:
            return None
        try:
            return minutes.minutes(self.session, meeting.id, self.seen_by).text
        except (Forbidden, Invalid):
            return None

    def decided(self) -> tuple[Decided, ...]:
        """What meetings decided, the latest first; what is provisional still only to who may know it and reads the answer alone."""
        from cadre.meetings import almanac  # noqa: PLC0415  # see above

        return almanac.decisions(self.session, self.seen_by if self.channel is None else Actor(""))

    def decisions(self) -> tuple[DecisionView, ...]:
        """The register, the newest first; what nobody has confirmed only where the secretariat reads the answer alone."""
        from cadre.decisions import register  # noqa: PLC0415  # see above

        return register.register(self.session, self.seen_by if self.channel is None else Actor(""))

    def questions(self) -> tuple[QuestionStanding, ...]:
        """The questions put to the Councils that they may know of, the newest first; none where others read the answer too."""
        from cadre.decisions import questions  # noqa: PLC0415  # see above

        return questions.questions(self.session, self.seen_by) if self.known else ()

    def mandate(self, group: str) -> VersionFacts | None:
        """The version that the mandate of a group reads as; None where it is kept in none, as of most groups."""
        if self.session.scalar(select(Document.id).where(Document.kind == "mandate", Document.group == group).limit(1)) is None:
            return None
        from cadre.decisions import mandates  # noqa: PLC0415  # see above

        return mandates.standing(self.session, group)

    def actions(self) -> tuple[ActionView, ...]:
        """Next steps that are still to be done, the most urgent first."""
        from cadre.decisions import service  # noqa: PLC0415  # see above

        return service.open_actions(self.session, seen_by=self.seen_by)

    @property
    def secretariat(self) -> bool:
        """Whether the secretariat reads the answer alone."""
        from cadre.people.service import is_secretariat  # noqa: PLC0415  # see above

        return self.channel is None and is_secretariat(self.session, self.seen_by)

    @property
    def known(self) -> bool:
        """Whether somebody reads the answer alone whom the registry, or the settings, know."""
        return self.alone or self.secretariat

    def workplans(self) -> tuple[WorkplanStanding, ...]:
        """Those that they may see, of the last half first; none where others read the answer too."""
        from cadre.workplans import service  # noqa: PLC0415  # see above

        return service.standings(self.session, self.seen_by) if self.channel is None else ()

    def activities(self) -> tuple[tuple[WorkplanStanding, ActivityFacts], ...]:
        """The activities that are to be done, each with its workplan, of those that they may see; none where others read it too."""
        from cadre.workplans import service  # noqa: PLC0415  # see above

        return service.open_activities(self.session, self.seen_by) if self.channel is None else ()

    def has_workplan(self, kind: str, id_: str) -> bool:
        """Whether there is a workplan of a group or priority, be it one that they may not see."""
        from cadre.workplans.cycles import of_target  # noqa: PLC0415  # see above

        return bool(of_target(self.session, ("group" if kind == "group" else "priority", id_)))

    def health(self) -> Report | None:
        """How the groups stand that they may see; None for whoever may see none, or does not read the answer alone."""
        from cadre.oversight import health  # noqa: PLC0415  # see above

        if not self.known:
            return None
        try:
            return health.report(self.session, self.seen_by)
        except Forbidden:
            return None

    def standing_of_all(self) -> tuple[Health, ...]:
        """How all groups stand: of that only what follows from public facts may be told to whoever may not see it."""
        from cadre.oversight import health  # noqa: PLC0415  # see above

        return health.report(self.session, OPERATOR).all

    def gaps(self) -> Gaps | None:
        """The live gap analysis; None for whoever may not see it, or does not read the answer alone."""
        from cadre.oversight import gaps  # noqa: PLC0415  # see above

        if not self.known:
            return None
        try:
            return gaps.gaps(self.session, self.seen_by)
        except Forbidden:
            return None

    def logic_models(self) -> tuple[CouncilChoice, ...] | None:
        """The councils, each with how much its logic model holds, one's own first; None for whoever has no role, or does not read the
        answer alone.
        """
        from cadre.workplans import logic  # noqa: PLC0415  # see above

        if not self.known:
            return None
        try:
            return logic.councils(self.session, self.seen_by)
        except Forbidden:
            return None

    def logic_model(self, council: str) -> Model:
        """The logic model of a council, for whoever may see them."""
        from cadre.workplans import logic  # noqa: PLC0415  # see above

        return logic.model(self.session, council, self.seen_by)

    def history(self, kind: Kind, id_: str, since: datetime | None) -> History:
        """What changed in a group or priority; only what is public where others read the answer too."""
        from cadre.oversight import history  # noqa: PLC0415  # see above

        return history.history(self.session, kind, id_, since, self.seen_by if self.channel is None else Actor(""))
