"""workplans: the language in which it is said why one was returned"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision: str | None = "0014"


def upgrade() -> None:
    with op.batch_alter_table("workplan", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reason_in", sa.String(length=2), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("workplan", schema=None) as batch_op:
        batch_op.drop_column("reason_in")
