"""The beneficiaries: found and registered."""

import re
from collections.abc import Mapping
from datetime import date, datetime

from atendimento_tui.contracts.beneficiaries import BeneficiaryRow
from atendimento_tui.data.engine import Connection, advisory_lock, reading, writing
from atendimento_tui.data.queries import beneficiaries
from atendimento_tui.data.repositories.beneficiaries import insert_beneficiary
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.names import checked_name
from atendimento_tui.domain.process.schema import FieldRule
from atendimento_tui.domain.process.values import masked_as, read_value
from atendimento_tui.domain.refusals import Refused, Wrong
from atendimento_tui.domain.text import entered, searched_words, written
from atendimento_tui.services.access_control import needs, require_now
from atendimento_tui.services.desk import Desk

FOUND_AT_MOST = 20
"""Maximum beneficiaries in a search result."""

_BORN_AT_MOST_YEARS_AGO = 130
"""Maximum age; a higher one is a typing error."""


@needs(Permission.FIND_BENEFICIARY)
def find_beneficiaries(desk: Desk, typed: str) -> list[BeneficiaryRow]:
    """Beneficiaries by any part of CPF, card or phone, or by words of the name."""
    words, digits = searched_words(written(typed)), "".join(c for c in typed if c.isdigit())
    if not words:
        return []
    with reading(desk.engine) as connection:
        if len(digits) >= 3:
            return beneficiaries.with_digits(connection, digits, FOUND_AT_MOST)
        return beneficiaries.with_words(connection, words, FOUND_AT_MOST)


@needs(Permission.ADD_BENEFICIARY)
def add_beneficiary(
    desk: Desk,
    now: datetime,
    *,
    name: str,
    cpf: str = "",
    card: str = "",
    phone: str = "",
    born_on: str = "",
    plan: str = "",
) -> BeneficiaryRow:
    """Register a beneficiary once: the same data again is the same person.

    So a retry after a crash, or a key pressed twice, returns the person registered the first time.

    Args:
        cpf: With or without punctuation.
        card: Number of the card.
        born_on: ISO date, or dd/mm/yyyy.

    Raises:
        Refused: A value is invalid; nothing identifies the person; a number belongs to another person.
    """
    today, wrong = now.astimezone(desk.zone).date(), Wrong()
    facts = {"name": "", "cpf": "", "card": "", "phone": "", "born_on": "", "plan": written(plan).strip()}
    with wrong.at("name"):
        if not entered(name).strip():
            raise Refused("nome_vazio", which="beneficiário")
        facts["name"] = checked_name(_checked("pessoa", "Nome", name), "beneficiário")
    with wrong.at("cpf"):
        facts["cpf"] = _checked("cpf", "CPF", cpf)
    with wrong.at("card"):
        facts["card"] = _card(card)
    with wrong.at("phone"):
        facts["phone"] = _checked("telefone", "Telefone", phone)
    with wrong.at("born_on"):
        facts["born_on"] = _born(born_on, today)
    wrong.refuse()
    if not (facts["cpf"] or facts["card"] or facts["born_on"]):
        raise Refused("sem_identidade")
    with writing(desk.engine) as connection:
        require_now(connection, desk, Permission.ADD_BENEFICIARY)
        advisory_lock(connection, "beneficiarios")  # of two who register the same person at once, one finds the other's
        if known := _known(connection, facts):
            return known
        return insert_beneficiary(connection, facts)


def _known(connection: Connection, facts: Mapping[str, str]) -> BeneficiaryRow | None:
    """The same person, registered before.

    Raises:
        Refused: One of the numbers belongs to another person.
    """
    if again := beneficiaries.with_facts(connection, facts):
        return again
    if facts["cpf"] and (owner := beneficiaries.with_facts(connection, {"cpf": facts["cpf"]})):
        raise Refused("cpf_ja_cadastrado", name=owner.name, cpf=masked_as("cpf", owner.cpf) or None)
    if facts["card"] and (owner := beneficiaries.with_facts(connection, {"card": facts["card"]})):
        raise Refused("carteirinha_ja_cadastrada", name=owner.name, cpf=masked_as("cpf", owner.cpf) or None)
    return None


def _checked(kind: str, label: str, typed: str) -> str:
    """A parsed answer."""
    rule = FieldRule.model_validate({"chave": kind, "rotulo": label, "tipo": kind})
    return read_value(rule, typed)


def _card(typed: str) -> str:
    number = re.sub(r"[\s.\-/]", "", written(typed))
    if not re.fullmatch("[0-9A-Za-z]{0,30}", number):
        raise Refused("carteirinha_invalida", typed=typed)
    return number


def _born(typed: str, today: date) -> str:
    written = _checked("data", "Nascimento", typed)
    if not written:
        return ""
    day = date.fromisoformat(written)
    if day > today or day.year < today.year - _BORN_AT_MOST_YEARS_AGO:
        raise Refused("nascimento_impossivel", day=day)
    return written
