"""Lists in which a series does not drown everything else: one of its meetings stands for all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cadre.meetings.views import MeetingView


@dataclass(frozen=True, slots=True)
class Row:
    """A meeting in a list, and how many of its series stand behind it."""

    view: MeetingView
    more: int = 0


def grouped(found: Iterable[MeetingView], apart: Iterable[str] = ()) -> tuple[Row, ...]:
    """The first of each series in a list, for all of it that was not cancelled; what is in no series by itself. ``apart``: records that
    have something of their own to show, and stand by themselves.
    """
    own = set(apart)
    rows: dict[object, list[MeetingView]] = {}
    for view in found:
        if view.series and view.cancelled:
            continue
        rows.setdefault(view.id if view.series is None or view.id in own else view.series, []).append(view)
    return tuple(Row(views[0], len(views) - 1) for views in rows.values())
