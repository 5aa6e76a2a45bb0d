"""posts in channels, and reminders halfway"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0002"


def upgrade() -> None:
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.add_column(sa.Column("subject", sa.String(length=120), nullable=True))
        batch_op.create_index(batch_op.f("ix_delivery_subject"), ["subject"], unique=False)

    with op.batch_alter_table("rung", schema=None) as batch_op:
        batch_op.add_column(sa.Column("halfway", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.drop_constraint(batch_op.f("uq_rung_kind_days_manner"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_rung_kind_days_manner_halfway"), ["kind", "days", "manner", "halfway"])


def downgrade() -> None:
    op.execute("DELETE FROM rung WHERE halfway")
    with op.batch_alter_table("rung", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_rung_kind_days_manner_halfway"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_rung_kind_days_manner"), ["kind", "days", "manner"])
        batch_op.drop_column("halfway")

    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delivery_subject"))
        batch_op.drop_column("subject")
