"""Desks of older versions of the program: the rows of a desk of today in the tables of an older migration."""

import json
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Column, MetaData, Table, insert, inspect, select

from atendimento_tui.data import tables
from atendimento_tui.data.engine import Connection, make_engine, plain, reading, reset_sequences, url_of, writing
from atendimento_tui.data.schema import _MIGRATIONS
from atendimento_tui.data.tables.columns import DERIVED

CHAINED = "0025"
"""The migration that chains events of tickets, and takes texts out of their changes."""


def make_older(source: str | Path, target: str | Path, revision: str) -> None:
    """Copy a desk of today into an empty database, as an older version would have written it.

    Args:
        source: The desk, closed.
        target: The address of the new one.
        revision: The newest migration that it has.
    """
    today, engine = make_engine(url_of(source)), make_engine(url_of(target))
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    with reading(today) as old, writing(engine) as new:
        config.attributes["connection"] = new
        command.upgrade(config, revision)
        _copy(old, new, is_chained=revision >= CHAINED)
    today.dispose()
    engine.dispose()


def _copy(source: Connection, target: Connection, *, is_chained: bool) -> None:
    names = set(inspect(target).get_table_names())
    for table in tables.Unit.metadata.sorted_tables:
        if table.name not in names or DERIVED in table.info:
            continue
        known = {column["name"] for column in inspect(target).get_columns(table.name)}
        copied = [column for column in table.columns if column.name in known]
        rows = [dict(row._mapping) for row in source.execute(select(*copied))]  # noqa: SLF001 - public in SQLAlchemy
        if table.name == "event" and not is_chained:
            rows = [_unchained(dict(row._mapping), known) for row in source.execute(select(plain(tables.Event)))]  # noqa: SLF001
        if rows:
            plain_table = Table(table.name, MetaData(), *(Column(column.name, column.type) for column in copied))
            target.execute(insert(plain_table), rows)
            reset_sequences(target, [table])


def _unchained(row: dict[str, Any], known: set[str]) -> dict[str, Any]:
    """An event with its texts in its changes, and without a hash."""
    data, texts = json.loads(row["changes"]), [row["text"], *(json.loads(row["words"]) if row["words"] else ())]

    def said(value: Any) -> Any:
        return texts[value] if isinstance(value, int) else value

    data.pop("dito", None)
    if "subject" in data.get("campos", {}):
        data["campos"]["subject"] = [said(value) for value in data["campos"]["subject"]]
    for clock in data.get("prazos", ()):
        if "motivo" in clock:
            clock["motivo"] = said(clock["motivo"])
    if "respostas" in data:
        data["respostas"] = {key: number for key, (number, _) in data["respostas"].items()}
    return {name: row[name] for name in known if name != "changes"} | {"changes": json.dumps(data, ensure_ascii=False)}
