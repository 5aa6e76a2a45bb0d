"""The registry of the workplans' tests, with alignments, on either database."""

from tests.oversight import conftest as oversight

world = oversight.world
