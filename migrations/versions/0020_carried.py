"""carried: what decisions did in the registry, what is kept of dissolved groups, the decision that approved a workplan"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision: str | None = "0019"


def _text(name: str) -> tuple[sa.Column[str], ...]:
    return (
        sa.Column(f"{name}_en", sa.Text(), nullable=True),
        sa.Column(f"{name}_fr", sa.Text(), nullable=True),
        sa.Column(f"{name}_stale", sa.String(length=2), nullable=True),
    )


def upgrade() -> None:
    op.create_table(
        "carried",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(length=80), nullable=False),
        sa.Column("action", sa.String(length=16), nullable=False),
        sa.Column("target", sa.String(length=100), nullable=False),
        sa.Column("carried_at", sa.DateTime(), nullable=False),
        sa.Column("carried_by", sa.String(length=200), nullable=False),
        sa.Column("view_id", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["decision"], ["decision.id"], name=op.f("fk_carried_decision"), initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carried")),
        sa.UniqueConstraint("decision", "action", "target", name=op.f("uq_carried_decision_action_target")),
    )
    op.create_table(
        "closing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group", sa.String(length=80), nullable=False),
        sa.Column("decision", sa.String(length=80), nullable=False),
        sa.Column("day_text", sa.String(length=10), nullable=True),
        sa.Column("day_first", sa.Date(), nullable=True),
        sa.Column("day_last", sa.Date(), nullable=True),
        *_text("note"),
        *_text("outcomes"),
        *_text("unfinished"),
        sa.Column("reopened", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["decision"], ["decision.id"], name=op.f("fk_closing_decision"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["group"], ["group.id"], name=op.f("fk_closing_group"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["reopened"], ["decision.id"], name=op.f("fk_closing_reopened"), initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closing")),
    )
    with op.batch_alter_table("closing", schema=None) as batch_op:
        for column in ("day_first", "day_last", "decision", "group"):
            batch_op.create_index(batch_op.f(f"ix_closing_{column}"), [column], unique=False)
    with op.batch_alter_table("workplan", schema=None) as batch_op:
        batch_op.add_column(sa.Column("decision", sa.String(length=80), nullable=True))
        batch_op.create_index(batch_op.f("ix_workplan_decision"), ["decision"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_workplan_decision"), "decision", ["decision"], ["id"], initially="DEFERRED", deferrable=True
        )


def downgrade() -> None:
    with op.batch_alter_table("workplan", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_workplan_decision"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_workplan_decision"))
        batch_op.drop_column("decision")
    op.drop_table("closing")
    op.drop_table("carried")
