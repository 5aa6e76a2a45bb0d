"""What App Home shows of notices."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from bot.blocks import Block
from bot.caller import Caller
from bot.kinds import KINDS
from bot.notices import views, windows
from cadre.core.changes import seen_by
from cadre.notices import failures, service
from cadre.notices.drafts import waiting


def summary(session: Session, caller: Caller) -> Iterable[Block]:
    """When and how whoever looks is told; nothing for those whom no notice reaches."""
    person = caller.reader.person
    if person is None:
        return ()
    own = views.summary(service.preference(session, person), KINDS, caller.reader)
    if not caller.secretariat:
        return own
    drafts = seen_by(caller.actor, waiting)(session, {kind.name: kind for kind in KINDS})
    return (*own, *windows.for_home(len(drafts), failures.count(session), caller.reader))
