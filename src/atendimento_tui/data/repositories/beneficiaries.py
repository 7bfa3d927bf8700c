"""The beneficiaries: the people whom the plan covers."""

from collections.abc import Mapping

from sqlalchemy import Connection, delete
from sqlmodel import col

from atendimento_tui.data import tables
from atendimento_tui.data.engine import insert_many, insert_one, update_one
from atendimento_tui.data.queries.beneficiaries import OF_TABLE
from atendimento_tui.domain.beneficiaries import ADDRESS, ITEMS, LIST_SIGN, MAIL, MAIL_PREFIX
from atendimento_tui.domain.text import folded, searched, searched_name

_NUMBERS = ("cpf", "cns", "card", "phone", "other_phones")
"""The items that digits of a search find."""


def insert_record(connection: Connection, values: Mapping[str, str]) -> int:
    """Insert a record.

    Args:
        values: Every item -> its stored value.

    Returns:
        The id of the beneficiary.
    """
    person = insert_one(connection, tables.Beneficiary, **_columns(values), version=1)
    _insert_contacts(connection, person, values)
    for section in (ADDRESS, MAIL):
        _insert_address(connection, person, section, values)
    return person


def update_record(
    connection: Connection, person: int, version: int, before: Mapping[str, str], after: Mapping[str, str]
) -> None:
    """Write the items of a record, and raise its version.

    Args:
        version: The version before the change.
        before, after: Every item -> its stored value.
    """
    update_one(connection, tables.Beneficiary, person, {**_columns(after), "version": version + 1})
    changed = [item for item in ITEMS if before[item.key] != after[item.key]]
    if any(item.is_list for item in changed):
        contact = tables.BeneficiaryContact
        connection.execute(delete(contact).where(col(contact.beneficiary_id) == person))
        _insert_contacts(connection, person, after)
    for section in {ADDRESS, MAIL} & {item.section for item in changed}:
        address = tables.BeneficiaryAddress
        of_person = (col(address.beneficiary_id) == person, col(address.kind) == section)
        connection.execute(delete(address).where(*of_person))
        _insert_address(connection, person, section, after)


def _columns(values: Mapping[str, str]) -> dict[str, object]:
    shown = values["social_name"] or values["name"]
    names = [searched_name(values[key]).rstrip(" ") for key in ("name", "social_name") if values[key]]
    numbers = [folded(values[key].replace(LIST_SIGN, " ")) for key in _NUMBERS if values[key]]
    return {
        **{key: values[key] for key in OF_TABLE},
        "holder_id": int(values["holder"]) if values["holder"] else None,
        "sort_name": searched(shown),
        "search": " ".join([" ".join(names), "", *numbers]),
    }


def _insert_contacts(connection: Connection, person: int, values: Mapping[str, str]) -> None:
    rows = [
        {"beneficiary_id": person, "kind": item.key, "value": value}
        for item in ITEMS
        if item.is_list and values[item.key]
        for value in values[item.key].split(LIST_SIGN)
    ]
    insert_many(connection, tables.BeneficiaryContact, rows)


def _insert_address(connection: Connection, person: int, section: str, values: Mapping[str, str]) -> None:
    parts = {item.key.removeprefix(MAIL_PREFIX): values[item.key] for item in ITEMS if item.section == section}
    if any(parts.values()):
        insert_one(connection, tables.BeneficiaryAddress, beneficiary_id=person, kind=section, **parts)
