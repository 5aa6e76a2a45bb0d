"""logic model: its stages, what feeds what; what is for a table of deputy ministers, or comes from it"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision: str | None = "0020"

_ONE = " + ".join(f'CASE WHEN "{name}" IS NULL THEN 0 ELSE 1 END' for name in ("priority", "group", "decision", "action")) + " = 1"


def _ref(name: str, *, nullable: bool = True) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=80), nullable=nullable)


def _to(table: str, name: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([name], [f"{target}.id"], name=op.f(f"fk_{table}_{name}"), initially="DEFERRED", deferrable=True)


def upgrade() -> None:
    with op.batch_alter_table("outcome", schema=None) as batch_op:
        batch_op.add_column(_ref("priority"))
        batch_op.add_column(sa.Column("retired", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("view_id", sa.String(length=40), nullable=True))
        batch_op.create_index(batch_op.f("ix_outcome_priority"), ["priority"], unique=False)
        batch_op.create_unique_constraint(batch_op.f("uq_outcome_view_id"), ["view_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_outcome_priority"), "priority", ["priority"], ["id"], initially="DEFERRED", deferrable=True
        )
    op.create_table(
        "feed",
        _ref("id", nullable=False),
        _ref("source", nullable=False),
        _ref("target", nullable=False),
        _to("feed", "source", "outcome"),
        _to("feed", "target", "outcome"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed")),
        sa.UniqueConstraint("source", "target", name=op.f("uq_feed_source_target")),
    )
    with op.batch_alter_table("feed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feed_target"), ["target"], unique=False)
    op.create_table(
        "referral",
        _ref("id", nullable=False),
        _ref("table", nullable=False),
        sa.Column("direction", sa.String(length=4), nullable=False),
        *(_ref(name) for name in ("priority", "group", "decision", "action")),
        sa.Column("note_en", sa.Text(), nullable=True),
        sa.Column("note_fr", sa.Text(), nullable=True),
        sa.Column("note_stale", sa.String(length=2), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        _to("referral", "table", "group"),
        *(_to("referral", name, name) for name in ("priority", "group", "decision", "action")),
        sa.CheckConstraint(_ONE, name=op.f("ck_referral_one_target")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
    )
    with op.batch_alter_table("referral", schema=None) as batch_op:
        for column in ("table", "priority", "group", "decision", "action"):
            batch_op.create_index(batch_op.f(f"ix_referral_{column}"), [column], unique=False)


def downgrade() -> None:
    op.drop_table("referral")
    op.drop_table("feed")
    with op.batch_alter_table("outcome", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_outcome_priority"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_outcome_view_id"), type_="unique")
        batch_op.drop_index(batch_op.f("ix_outcome_priority"))
        for column in ("view_id", "retired", "priority"):
            batch_op.drop_column(column)
