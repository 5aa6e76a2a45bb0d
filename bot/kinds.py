"""The kinds of notice that have a ladder, each declared by its own area: for planning, previews and people's choices."""

from __future__ import annotations

from typing import Final

from cadre.workplans.notices import ACTIVITIES, WORKPLANS

from cadre.notices.rules import Kind

KINDS: Final[tuple[Kind, ...]] = (WORKPLANS, ACTIVITIES)
