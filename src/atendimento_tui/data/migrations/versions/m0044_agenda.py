"""The agenda: who offers appointments, what is open, bookings, and the waiting list."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0044"
down_revision = "0043"


def upgrade() -> None:
    """Create the tables, empty."""
    _make_supply()
    _make_availability()
    _make_bookings()
    for table, columns in (
        ("availability", ("provider_id", "site_id")),
        ("open_interval", ("availability_id", "site_id", "starts")),
        ("open_until", ("day",)),
        ("provider", ("searched",)),
        ("provider_specialty", ("specialty_id",)),
        ("site", ("searched",)),
        ("booking", ("beneficiary_id", "moved_from", "ticket_id", "token")),
        ("occupied", ("booking_id",)),
        ("waiting_entry", ("beneficiary_id", "offered_booking_id", "ticket_id")),
    ):
        for column in columns:
            op.create_index(f"ix_{table}_{column}", table, [column])
    op.create_index("ix_booking_provider", "booking", ["provider_id", "starts_at"])
    op.create_index("ix_booking_site", "booking", ["site_id", "starts_at"])
    op.create_index("ix_booking_source", "booking", ["source", "source_key"])
    op.create_index("ix_booking_state", "booking", ["state", "held_until"])
    op.create_index("ix_waiting_entry_order", "waiting_entry", ["state", "specialty_id", "since"])


def _make_supply() -> None:
    op.create_table(
        "specialty",
        _key(),
        *_texts("name", "searched", "rn566", "preparation"),
        _flag("active"),
        sa.UniqueConstraint("searched"),
    )
    op.create_table(
        "provider",
        _key(),
        *_texts("name", "searched", "council", "council_number", "council_state"),
        _flag("master"),
        _number("squeeze_ins"),
        _flag("active"),
    )
    op.create_table(
        "provider_specialty",
        sa.Column("provider_id", sa.Integer(), sa.ForeignKey("provider.id"), primary_key=True),
        sa.Column("specialty_id", sa.Integer(), sa.ForeignKey("specialty.id"), primary_key=True),
    )
    site = ("name", "address", "city", "state", "searched", "calendar")
    op.create_table("site", _key(), *_texts(*site), _flag("active"))


def _make_availability() -> None:
    op.create_table(
        "availability",
        _key(),
        _of("provider", required=True),
        _of("site", required=True),
        _of("specialty"),
        *_texts("rule"),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        *map(_number, ("starts", "ends")),
        *_texts("zone"),
        *map(_number, ("slot_minutes", "capacity")),
        _flag("second_allowed"),
        *_texts("source", "source_key"),
        _flag("active"),
    )
    op.create_table(
        "availability_exception",
        sa.Column("availability_id", sa.Integer(), sa.ForeignKey("availability.id"), primary_key=True),
        sa.Column("day", sa.Date(), primary_key=True),
        _flag("added"),
    )
    op.create_table(
        "provider_absence",
        _key(),
        _of("provider", required=True),
        *(sa.Column(name, UTCDateTime(), nullable=False) for name in ("starts_at", "ends_at")),
        *_texts("reason"),
        sa.Column("actor_id", sa.Integer(), sa.ForeignKey("person.id"), nullable=True),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.UniqueConstraint("provider_id", "starts_at", "ends_at"),
    )
    op.create_table(
        "open_interval",
        sa.Column("provider_id", sa.Integer(), sa.ForeignKey("provider.id"), primary_key=True),
        sa.Column("starts", sa.Integer(), primary_key=True),
        sa.Column("availability_id", sa.Integer(), sa.ForeignKey("availability.id"), primary_key=True),
        _number("ends"),
        _of("site", required=True),
        _of("specialty"),
        sa.Column("day", sa.Date(), nullable=False),
        *map(_number, ("slot_minutes", "capacity")),
    )
    op.create_table(
        "open_until",
        sa.Column("provider_id", sa.Integer(), sa.ForeignKey("provider.id"), primary_key=True),
        sa.Column("day", sa.Date(), nullable=False),
    )


def _make_bookings() -> None:
    op.create_table(
        "booking",
        _key(),
        _of("provider", required=True),
        _of("site", required=True),
        _of("specialty"),
        *(sa.Column(name, UTCDateTime(), nullable=False) for name in ("starts_at", "ends_at")),
        _number("place"),
        *_texts("state"),
        _of("beneficiary"),
        _number("beneficiary_place"),
        *_texts("name"),
        _of("ticket"),
        *_texts("channel", "token"),
        sa.Column("held_until", UTCDateTime(), nullable=True),
        sa.Column("held_by", sa.Integer(), sa.ForeignKey("person.id"), nullable=True),
        *_texts("reason"),
        sa.Column("moved_from", sa.Integer(), sa.ForeignKey("booking.id"), nullable=True),
        *_texts("source", "source_key"),
        sa.Column("booked_at", UTCDateTime(), nullable=True),
        sa.Column("booked_by", sa.Integer(), sa.ForeignKey("person.id"), nullable=True),
    )
    op.create_table(
        "occupied",
        sa.Column("resource", AutoString(), primary_key=True),
        sa.Column("resource_id", sa.Integer(), primary_key=True),
        sa.Column("quantum", sa.Integer(), primary_key=True),
        sa.Column("place", sa.Integer(), primary_key=True),
        _of("booking", required=True),
    )
    op.create_table(
        "waiting_entry",
        _key(),
        _of("specialty", required=True),
        _of("provider"),
        *_texts("city"),
        _of("beneficiary"),
        _of("ticket"),
        sa.Column("since", UTCDateTime(), nullable=False),
        *_texts("state"),
        sa.Column("offered_booking_id", sa.Integer(), sa.ForeignKey("booking.id"), nullable=True),
        _number("refusals"),
        sa.Column("until", sa.Date(), nullable=True),
    )


def _key() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), primary_key=True)


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, AutoString(), nullable=False) for name in names]


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _of(table: str, *, required: bool = False) -> sa.Column[int]:
    return sa.Column(f"{table}_id", sa.Integer(), sa.ForeignKey(f"{table}.id"), nullable=not required)
