"""whether the messages that tell of a change were looked for"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision: str | None = "0004"


def upgrade() -> None:
    with op.batch_alter_table("touched", schema=None) as batch_op:
        batch_op.add_column(sa.Column("looked", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("touched", schema=None) as batch_op:
        batch_op.drop_column("looked")
