"""participation calls"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision: str | None = "0003"


def upgrade() -> None:
    op.create_table(
        "call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("group", sa.String(length=80), nullable=True),
        sa.Column("priority", sa.String(length=80), nullable=True),
        sa.Column("group_kind", sa.String(length=80), nullable=True),
        sa.Column("owner", sa.String(length=80), nullable=True),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("name_fr", sa.Text(), nullable=True),
        sa.Column("name_stale", sa.String(length=2), nullable=True),
        sa.Column("description_en", sa.Text(), nullable=True),
        sa.Column("description_fr", sa.Text(), nullable=True),
        sa.Column("description_stale", sa.String(length=2), nullable=True),
        sa.Column("asked_en", sa.Text(), nullable=True),
        sa.Column("asked_fr", sa.Text(), nullable=True),
        sa.Column("asked_stale", sa.String(length=2), nullable=True),
        sa.Column("commitment_en", sa.Text(), nullable=True),
        sa.Column("commitment_fr", sa.Text(), nullable=True),
        sa.Column("commitment_stale", sa.String(length=2), nullable=True),
        sa.Column("criteria_en", sa.Text(), nullable=True),
        sa.Column("criteria_fr", sa.Text(), nullable=True),
        sa.Column("criteria_stale", sa.String(length=2), nullable=True),
        sa.Column("roles", sa.String(length=60), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("seats_each", sa.Integer(), nullable=True),
        sa.Column("capped", sa.Boolean(), nullable=False),
        sa.Column("confirms", sa.Boolean(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("first_meeting_text", sa.String(length=10), nullable=True),
        sa.Column("first_meeting_first", sa.Date(), nullable=True),
        sa.Column("first_meeting_last", sa.Date(), nullable=True),
        sa.Column("councils", sa.String(length=300), nullable=False),
        sa.Column("jurisdictions", sa.Text(), nullable=False),
        sa.Column("channels", sa.String(length=400), nullable=False),
        sa.Column("opens_at", sa.DateTime(), nullable=True),
        sa.Column("closes_at", sa.DateTime(), nullable=True),
        sa.Column("opened_at", sa.DateTime(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("concluded_at", sa.DateTime(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.Column("reason_en", sa.Text(), nullable=True),
        sa.Column("reason_fr", sa.Text(), nullable=True),
        sa.Column("reason_stale", sa.String(length=2), nullable=True),
        sa.Column("view_id", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["group"], ["group.id"], name=op.f("fk_call_group"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["group_kind"], ["group_kind.id"], name=op.f("fk_call_group_kind"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["owner"], ["group.id"], name=op.f("fk_call_owner"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["priority"], ["priority.id"], name=op.f("fk_call_priority"), initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call")),
        sa.UniqueConstraint("number", name=op.f("uq_call_number")),
        sa.UniqueConstraint("view_id", name=op.f("uq_call_view_id")),
    )
    with op.batch_alter_table("call", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_closes_at"), ["closes_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_call_first_meeting_first"), ["first_meeting_first"], unique=False)
        batch_op.create_index(batch_op.f("ix_call_first_meeting_last"), ["first_meeting_last"], unique=False)
        batch_op.create_index(batch_op.f("ix_call_group"), ["group"], unique=False)
        batch_op.create_index(batch_op.f("ix_call_opens_at"), ["opens_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_call_priority"), ["priority"], unique=False)

    op.create_table(
        "call_chair",
        sa.Column("call", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=80), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["call"], ["call.id"], name=op.f("fk_call_chair_call")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_call_chair_person")),
        sa.PrimaryKeyConstraint("call", "person", name=op.f("pk_call_chair")),
    )
    with op.batch_alter_table("call_chair", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_chair_person"), ["person"], unique=False)

    op.create_table(
        "call_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("answered_by", sa.String(length=200), nullable=True),
        sa.Column("view_id", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["call"], ["call.id"], name=op.f("fk_call_question_call")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_call_question_person"), initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_question")),
        sa.UniqueConstraint("view_id", name=op.f("uq_call_question_view_id")),
    )
    with op.batch_alter_table("call_question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_question_call"), ["call"], unique=False)
        batch_op.create_index(batch_op.f("ix_call_question_person"), ["person"], unique=False)

    op.create_table(
        "call_representative",
        sa.Column("call", sa.Integer(), nullable=False),
        sa.Column("jurisdiction", sa.String(length=80), nullable=False),
        sa.Column("person", sa.String(length=80), nullable=False),
        sa.Column("added", sa.Boolean(), nullable=False),
        sa.Column("delegated", sa.Boolean(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["call"], ["call.id"], name=op.f("fk_call_representative_call")),
        sa.ForeignKeyConstraint(["jurisdiction"], ["jurisdiction.id"], name=op.f("fk_call_representative_jurisdiction")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_call_representative_person")),
        sa.PrimaryKeyConstraint("call", "jurisdiction", "person", name=op.f("pk_call_representative")),
    )
    with op.batch_alter_table("call_representative", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_representative_person"), ["person"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call", sa.Integer(), nullable=False),
        sa.Column("jurisdiction", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("declined", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("answered_by", sa.String(length=200), nullable=True),
        sa.Column("recorded_by", sa.String(length=200), nullable=True),
        sa.Column("said_by", sa.String(length=200), nullable=True),
        sa.Column("said_on", sa.Date(), nullable=True),
        sa.Column("way", sa.String(length=10), nullable=True),
        sa.Column("contacted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["call"], ["call.id"], name=op.f("fk_invitation_call")),
        sa.ForeignKeyConstraint(
            ["jurisdiction"], ["jurisdiction.id"], name=op.f("fk_invitation_jurisdiction"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("call", "jurisdiction", name=op.f("uq_invitation_call_jurisdiction")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_jurisdiction"), ["jurisdiction"], unique=False)

    op.create_table(
        "letter",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("call", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.DateTime(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["call"], ["call.id"], name=op.f("fk_letter_call")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_letter")),
        sa.UniqueConstraint("call", name=op.f("uq_letter_call")),
    )
    op.create_table(
        "sign_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=80), nullable=False),
        sa.Column("jurisdiction", sa.String(length=80), nullable=True),
        sa.Column("stated", sa.Boolean(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("experience", sa.Text(), nullable=True),
        sa.Column("language", sa.String(length=4), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("endorsed", sa.String(length=3), nullable=True),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("nominated_by", sa.String(length=200), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=True),
        sa.Column("said_by", sa.String(length=200), nullable=True),
        sa.Column("said_on", sa.Date(), nullable=True),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("settled_by", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(["call"], ["call.id"], name=op.f("fk_sign_up_call")),
        sa.ForeignKeyConstraint(
            ["jurisdiction"], ["jurisdiction.id"], name=op.f("fk_sign_up_jurisdiction"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_sign_up_person"), initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_up")),
        sa.UniqueConstraint("call", "person", name=op.f("uq_sign_up_call_person")),
    )
    with op.batch_alter_table("sign_up", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_up_person"), ["person"], unique=False)

    with op.batch_alter_table("group", schema=None) as batch_op:
        batch_op.add_column(sa.Column("channel", sa.String(length=30), nullable=True))

    rungs = sa.table("rung", *(sa.column(name) for name in ("kind", "days", "recipients", "manner", "halfway")))
    ladder = ((-7, "digest", False), (-2, "digest", False), (0, "alone", False), (0, "digest", True))
    op.bulk_insert(
        rungs,
        [
            {"kind": "invitation", "days": days, "recipients": "representative", "manner": manner, "halfway": halfway}
            for days, manner, halfway in ladder
        ],
    )


def downgrade() -> None:
    op.execute("DELETE FROM rung WHERE kind = 'invitation'")
    with op.batch_alter_table("group", schema=None) as batch_op:
        batch_op.drop_column("channel")
    for table in ("sign_up", "letter", "invitation", "call_representative", "call_question", "call_chair", "call"):
        op.drop_table(table)
