"""The people whom the desk serves."""

import re
from datetime import date

from atendimento_tui.data import models
from atendimento_tui.data.engine import insert_one, writing
from atendimento_tui.domain.identifiers import normalised
from atendimento_tui.domain.process import FieldRule
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import entered, folded
from atendimento_tui.services.desk import Desk


def add_beneficiary(
    desk: Desk,
    *,
    name: str,
    cpf: str = "",
    card: str = "",
    phone: str = "",
    born_on: str = "",
    plan: str = "",
) -> int:
    """Write down somebody whom the plan covers.

    Args:
        cpf: With or without its dots.
        card: Number of the card.
        born_on: ISO date.

    Returns:
        The beneficiary's id.

    Raises:
        Refused: A number or the date makes no sense, or there is no name.
    """
    plain_name = entered(name).strip()
    if not plain_name:
        raise Refused("nome_vazio", which="beneficiário")
    values = {
        "name": plain_name,
        "cpf": _checked("cpf", cpf),
        "card": re.sub(r"[\s.\-/]", "", entered(card)),
        "phone": _checked("telefone", phone),
        "born_on": _day(born_on),
        "plan": entered(plan).strip(),
    }
    with writing(desk.engine) as connection:
        return insert_one(connection, models.Beneficiary, **values, search=folded(plain_name))


def _checked(kind: str, typed: str) -> str:
    """A number as it is kept."""
    rule = FieldRule.model_validate({"chave": kind, "rotulo": kind, "tipo": kind})
    text = entered(typed).strip()
    return normalised(rule, text) if text else ""


def _day(written: str) -> str:
    text = entered(written).strip()
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise Refused("data_invalida", text=text) from None
