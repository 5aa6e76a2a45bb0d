"""notices: of two kinds that tell of one subject, each has its own keys; cycles: the day of the meeting that due dates were last told by"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision: str | None = "0010"

_AHEAD = "kind = 'meeting_ahead' AND manner NOT IN ('announcement', 'prompt')"
_FIXED = "SELECT held_first FROM meeting WHERE meeting.id = cycle.meeting AND held_first = held_last AND state = 'planned'"


def upgrade() -> None:
    with op.batch_alter_table("planning", schema=None) as batch_op:
        batch_op.add_column(sa.Column("spoken", sa.Text(), nullable=True))
    with op.batch_alter_table("cycle", schema=None) as batch_op:
        batch_op.add_column(sa.Column("by_hand", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("fixed_on", sa.Date(), nullable=True))
    op.execute(f"UPDATE cycle SET by_hand = (1 = 1), fixed_on = ({_FIXED}) WHERE meeting IS NOT NULL")  # noqa: S608  # a constant
    op.execute(f"UPDATE notice SET key = replace(key, ':' || rung || ':', ':' || kind || '-' || rung || ':') WHERE {_AHEAD}")  # noqa: S608  # a constant


def downgrade() -> None:
    with op.batch_alter_table("planning", schema=None) as batch_op:
        batch_op.drop_column("spoken")
    with op.batch_alter_table("cycle", schema=None) as batch_op:
        batch_op.drop_column("fixed_on")
        batch_op.drop_column("by_hand")
    op.execute(f"UPDATE notice SET key = replace(key, ':' || kind || '-' || rung || ':', ':' || rung || ':') WHERE {_AHEAD}")  # noqa: S608  # a constant
