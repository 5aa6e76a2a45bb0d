"""calls: the reminder two days before the closing has a day of its own"""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision: str | None = "0009"


def upgrade() -> None:
    op.execute("UPDATE rung SET manner = 'alone' WHERE kind = 'invitation' AND days = -2 AND manner = 'digest'")


def downgrade() -> None:
    op.execute("UPDATE rung SET manner = 'digest' WHERE kind = 'invitation' AND days = -2 AND manner = 'alone'")
