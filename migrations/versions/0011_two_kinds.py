"""notices: of two kinds that tell of one subject, each has its own keys; cycles: the day of the meeting that due dates were last told by"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision: str | None = "0010"

_AHEAD = "kind = 'meeting_ahead' AND manner NOT IN ('announcement', 'prompt')"


def upgrade() -> None:
    with op.batch_alter_table("planning", schema=None) as batch_op:
        batch_op.add_column(sa.Column("spoken", sa.Text(), nullable=True))
    op.execute(f"UPDATE notice SET key = replace(key, ':' || rung || ':', ':' || kind || '-' || rung || ':') WHERE {_AHEAD}")  # noqa: S608  # a constant


def downgrade() -> None:
    with op.batch_alter_table("planning", schema=None) as batch_op:
        batch_op.drop_column("spoken")
    op.execute(f"UPDATE notice SET key = replace(key, ':' || kind || '-' || rung || ':', ':' || rung || ':') WHERE {_AHEAD}")  # noqa: S608  # a constant
