"""The list of a remittance: on paper, with lines to sign on, and as text."""

from collections.abc import Iterator, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from atendimento_tui.contracts.desk import UnitInfo
from atendimento_tui.contracts.remittances import ItemRow, RemittanceRow
from atendimento_tui.outputs.as_text import in_columns
from atendimento_tui.outputs.pdf import Rows, Sheet, Signatures, Table
from atendimento_tui.texts import formats
from atendimento_tui.texts import remittances as texts

_WIDTHS = (1, 5, 6, 6, 3)


def list_sheet(unit: UnitInfo, row: RemittanceRow, items: Sequence[ItemRow], zone: ZoneInfo) -> Sheet:
    """The list, with a column to be ticked for each item, and two lines to sign on."""
    closed = row.closed_at and formats.instant(row.closed_at.astimezone(zone))
    facts = (
        (texts.TO, row.group),
        (texts.CLOSED, f"{closed} · {row.closed_by}".rstrip(" ·") if closed else texts.STILL_OPEN),
        (texts.COUNT, formats.number(len(items))),
    )
    lines = [
        (str(at), formats.protocol_groups(each.protocol), each.name, each.about, "")
        for at, each in enumerate(items, start=1)
    ]
    table = Table(texts.LIST_HEADING, lines, _WIDTHS)
    header = tuple(filter(None, (unit.name, unit.address)))
    return Sheet(
        texts.LIST_TITLE.format(number=number_of(row)), (Rows(facts), table, Signatures(texts.SIGNATURES)), header
    )


def number_of(row: RemittanceRow | ItemRow) -> str:
    """The number of a remittance as people read it."""
    return texts.OPEN if row.number is None else f"{row.number}/{row.year}"


def state_of(item: ItemRow) -> str:
    """The state of an item, with the reason and who said it."""
    said = texts.SAID_BY.format(who=item.said_by) if item.said_by else ""
    return " ".join(filter(None, (texts.STATE[item.state], f"“{item.reason}”" if item.reason else "", said)))


def lines(remittances: Sequence[RemittanceRow], items: Sequence[ItemRow]) -> Iterator[str]:
    """Each remittance with its items, as `remessas listar` prints them."""
    for row in remittances:
        yield texts.LINE.format(group=row.group, number=number_of(row), pending=row.pending, items=row.items)
        own = [each for each in items if each.remittance == row.id]
        cells = [("  " + formats.protocol_groups(it.protocol), it.name, it.about, state_of(it)) for it in own]
        yield from in_columns(cells)


def as_data(remittances: Sequence[RemittanceRow], items: Sequence[ItemRow], zone: ZoneInfo) -> list[dict[str, Any]]:
    """The remittances for other programs."""
    return [
        {
            "setor": row.group,
            "ano": row.year,
            "numero": row.number,
            "aberta_em": row.opened_at.astimezone(zone).isoformat(),
            "fechada_em": row.closed_at.astimezone(zone).isoformat() if row.closed_at else None,
            "fechada_por": row.closed_by or None,
            "itens": [
                {
                    "protocolo": each.protocol,
                    "documento": each.document,
                    "nome": each.name,
                    "estado": each.state,
                    "motivo": each.reason or None,
                    "disse": each.said_by or None,
                    "em": each.at.astimezone(zone).isoformat(),
                    "por": each.by or None,
                }
                for each in items
                if each.remittance == row.id
            ],
        }
        for row in remittances
    ]
