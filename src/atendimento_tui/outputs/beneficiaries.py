"""Beneficiaries as text and as JSON. Numbers are masked, as the services give them or here."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from atendimento_tui.contracts.beneficiaries import BeneficiaryRow, ComingOfAge, RecordView
from atendimento_tui.domain.beneficiaries import ITEMS
from atendimento_tui.domain.process.record import masked_item
from atendimento_tui.domain.trail import Changes, Value
from atendimento_tui.outputs.as_text import in_columns, one_line
from atendimento_tui.outputs.bills import bill_line
from atendimento_tui.texts import beneficiaries as texts
from atendimento_tui.texts import formats, words


def row_as_json(row: BeneficiaryRow) -> dict[str, Any]:
    """A found beneficiary."""
    return {
        "id": row.id,
        "nome": row.name,
        "cpf": masked_item("cpf", row.cpf) or None,
        "carteirinha": masked_item("card", row.card) or None,
        "telefone": masked_item("phone", row.phone) or None,
        "plano": row.plan or None,
    }


def row_lines(rows: Iterable[BeneficiaryRow]) -> Iterator[str]:
    """Found beneficiaries in columns."""
    return in_columns(tuple(value or words.NOTHING for value in list(row_as_json(row).values())[1:]) for row in rows)


def change_lines(changes: Changes, people: Mapping[int, str]) -> Iterator[str]:
    """What an event of a record changed, a line an item: before and after.

    Args:
        changes: Item or other field -> (before, after), as people read them.
        people: Beneficiary -> name, for the holder.
    """
    for name, (before, after) in changes.items():
        label, to = texts.FIELD.get(name, name), _value(people, name, after)
        is_fact = name in texts.WITHOUT_BEFORE
        yield f"{label}: {to}" if is_fact else f"{label}: {_value(people, name, before)} → {to}"


def _value(people: Mapping[int, str], name: str, value: Value) -> str:
    if value is None or value == "":
        return words.NOTHING
    if name == "holder":
        return people.get(int(value), words.NOTHING)
    if name == "protocolo":
        return formats.protocol_groups(str(value))
    return str(value)


def record_as_json(view: RecordView, zone: ZoneInfo) -> dict[str, Any]:
    """A record, by the words of the items."""
    return {
        "id": view.record.id,
        "versao": view.record.version,
        **{item.word: view.values[item.key] or None for item in ITEMS},
        "familia": [
            {"id": each.id, "nome": each.name, "parentesco": each.values["relation"] or None} for each in view.family
        ],
        "boletos": [
            {
                "competencia": each.competence,
                "centavos": each.cents,
                "vencimento": each.due_on.isoformat(),
                "pago_em": each.paid_on.isoformat() if each.paid_on else None,
            }
            for each in view.bills
        ],
        "atendimentos": [
            {
                "protocolo": each.protocol,
                "servico": each.service,
                "assunto": each.subject,
                "estado": each.state,
                "aberto": each.opened_at.astimezone(zone).isoformat() if each.opened_at else None,
            }
            for each in view.tickets
        ],
    }


def record_lines(view: RecordView, zone: ZoneInfo, today: date) -> Iterator[str]:
    """A record, one item a line."""
    for item in ITEMS:
        if value := view.values[item.key]:
            yield one_line(f"{texts.ITEM_NAMES[item.key]}: {value}")
    for each in view.family:
        role = texts.IS_HOLDER if each.id == view.record.holder else each.values["relation"]
        yield one_line(f"{texts.FAMILY_TITLE}: {each.name}, {role}")
    for bill in view.bills:
        yield one_line(f"{texts.BILLS_TITLE}: {bill_line(bill, today)}")
    for ticket in view.tickets:
        at = formats.date(ticket.opened_at.astimezone(zone)) if ticket.opened_at else words.NOTHING
        protocol, state = formats.protocol_groups(ticket.protocol), words.STATE.get(ticket.state, ticket.state)
        yield one_line(f"{protocol}  {at}  {state}  {ticket.service or ''}  {ticket.subject}")


def age_as_json(each: ComingOfAge) -> dict[str, Any]:
    """A dependent who comes of age."""
    return {
        **row_as_json(each.person),
        "idade": each.age,
        "dia": each.on.isoformat(),
        "dias": each.days,
        "titular": each.holder or None,
    }


def age_lines(found: Iterable[ComingOfAge]) -> Iterator[str]:
    """Dependents who come of age, in columns."""
    return in_columns(
        (formats.date(each.on), texts.AGE.format(age=each.age), each.person.name, each.holder or words.NOTHING)
        for each in found
    )
