"""One measured figure, beside what it may be."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """``limit`` is the most that ``value`` may be, in the same unit; None where the figure stands for comparison only."""

    name: str
    value: float
    limit: float | None
    unit: str

    @property
    def met(self) -> bool:
        """Whether it keeps within its limit."""
        return self.limit is None or self.value <= self.limit
