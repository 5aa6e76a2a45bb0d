"""reviews before meetings in person: what is asked of whom, what was answered, and when those who are silent are reminded"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision: str | None = "0022"

AHEAD = (("review_ahead", -42, "secretariat", "digest"), ("review_ahead", -21, "secretariat", "alone"))
"""When the secretariat is told that a review can be opened."""
LADDER = (("review_packet", -14, "asked", "digest"), ("review_packet", -7, "asked", "alone"), ("review_packet", -2, "asked", "alone"))
"""When those are reminded of whom something is still asked: days before the meeting."""


def upgrade() -> None:
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting", sa.String(length=80), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("opened_by", sa.String(length=200), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("closed_by", sa.String(length=200), nullable=True),
        sa.Column("snapshot", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["meeting"], ["meeting.id"], name=op.f("fk_review_meeting"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["snapshot"], ["snapshot.number"], name=op.f("fk_review_snapshot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("meeting", name=op.f("uq_review_meeting")),
    )
    _indexed("review", "state")
    op.create_table(
        "review_packet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_review_packet_person"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["review"], ["review.id"], name=op.f("fk_review_packet_review")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_packet")),
        sa.UniqueConstraint("review", "person", name=op.f("uq_review_packet_review_person")),
    )
    _indexed("review_packet", "person")
    op.create_table(
        "review_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=False),
        sa.Column("shown", sa.String(length=8), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("slide_en", sa.Text(), nullable=True),
        sa.Column("slide_fr", sa.Text(), nullable=True),
        sa.Column("slide_stale", sa.String(length=2), nullable=True),
        sa.Column("person", sa.String(length=80), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=True),
        sa.Column("recorded_by", sa.String(length=200), nullable=True),
        sa.Column("way", sa.String(length=20), nullable=True),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("settled_by", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_review_item_person"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["review"], ["review.id"], name=op.f("fk_review_item_review")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_item")),
        sa.UniqueConstraint("review", "kind", "subject", "key", name=op.f("uq_review_item_review_kind_subject_key")),
    )
    op.create_table(
        "review_record",
        sa.Column("review", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["review"], ["review.id"], name=op.f("fk_review_record_review")),
        sa.PrimaryKeyConstraint("review", name=op.f("pk_review_record")),
    )
    rungs = sa.table("rung", *(sa.column(name) for name in ("kind", "days", "recipients", "manner", "halfway")))
    rows = [dict(zip(("kind", "days", "recipients", "manner"), row, strict=True)) | {"halfway": False} for row in (*AHEAD, *LADDER)]
    op.bulk_insert(rungs, rows)


def downgrade() -> None:
    op.execute("DELETE FROM rung WHERE kind IN ('review_ahead', 'review_packet')")
    for table in ("review_record", "review_item", "review_packet", "review"):
        op.drop_table(table)


def _indexed(table: str, column: str) -> None:
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.create_index(batch_op.f(f"ix_{table}_{column}"), [column], unique=False)
