"""meetings: the offsets of time zones that people were last told times by"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision: str | None = "0011"


def upgrade() -> None:
    op.create_table(
        "zone_offsets",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("offsets", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zone_offsets")),
    )


def downgrade() -> None:
    op.drop_table("zone_offsets")
