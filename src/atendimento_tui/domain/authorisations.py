"""Guias: the number and the state of an authorisation, and how somebody who asks for them is told.

A process keeps them in fields with these keys, so that a guia is found and told in the same way in every service.
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.tickets import Event, Ticket

NUMBER, STATE, PASSWORD, VALID_UNTIL = "guia", "situacao", "senha", "validade"
"""Keys of the fields: the number of the guia, its state, its password (senha), the last day of the password."""

TISS_STATES: Mapping[str, int] = MappingProxyType(
    {
        "Autorizado": 1,
        "Em análise": 2,
        "Negado": 3,
        "Aguardando justificativa técnica do solicitante": 4,
        "Aguardando documentação do prestador": 5,
        "Cancelada": 6,
        "Autorizado parcialmente": 7,
    }
)
"""State -> its code, `statusSolicitacao` of TISS 4.03.00."""

WAYS = ("balcão", "telefone", "WhatsApp", "aplicativo", "e-mail")
"""How somebody asks for the state of a guia and is told."""

BY_COMMAND = "comando"
"""The way of `atendimento guia`, if its call names no other."""

TOLD = "situacao_informada"
"""The kind of the event."""


def tell_state(ticket: Ticket, actor: int | None, at: datetime, way: str, to: str) -> Event:
    """The event that somebody asked for the state of the guia and was told.

    Args:
        at: The instant.
        way: One of `WAYS`, or `BY_COMMAND`.
        to: To whom it was told.

    Raises:
        Refused: The ticket has no such state, the way is unknown, or nobody is named.
    """
    state = ticket.fields.get(STATE, "")
    if not state:
        raise Refused("guia_sem_situacao", protocol=ticket.protocol)
    if way not in (*WAYS, BY_COMMAND):
        raise Refused("guia_sem_meio", typed=way, known=", ".join(WAYS))
    if not to.strip():
        raise Refused("guia_sem_quem")
    return Event(TOLD, at, actor, text=f"{state} · {way} · {to.strip()}")
