"""snapshots: the framework as it was on a day; the index of the Changes by which the framework of any day is found"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision: str | None = "0021"

_INDEX = "ix_change_subject"
_BEFORE = ["subject", "subject_id"]


def upgrade() -> None:
    op.create_table(
        "snapshot",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("taken_at", sa.DateTime(), nullable=False),
        sa.Column("why", sa.String(length=10), nullable=False),
        sa.Column("occasion", sa.String(length=120), nullable=False),
        sa.Column("meeting", sa.String(length=80), nullable=True),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("format", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["meeting"], ["meeting.id"], name=op.f("fk_snapshot_meeting"), initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_snapshot")),
        sa.UniqueConstraint("occasion", name=op.f("uq_snapshot_occasion")),
    )
    with op.batch_alter_table("snapshot", schema=None) as batch_op:
        for column in ("day", "meeting"):
            batch_op.create_index(batch_op.f(f"ix_snapshot_{column}"), [column], unique=False)
    _indexed([*_BEFORE, "field", "at"])


def downgrade() -> None:
    _indexed(_BEFORE)
    op.drop_table("snapshot")


def _indexed(columns: list[str]) -> None:
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.drop_index(_INDEX)
        batch_op.create_index(_INDEX, columns, unique=False)
