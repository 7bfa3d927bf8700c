"""Guias as plain lines of text and as JSON: what `atendimento guia` prints."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from atendimento_tui.contracts.authorisations import Guia
from atendimento_tui.domain.text import printable
from atendimento_tui.texts import authorisations as texts
from atendimento_tui.texts import formats


def state(guia: Guia) -> str:
    """The state with its code in TISS: `2 Em análise`; empty if it is unknown."""
    return texts.STATE.format(code=guia.code, state=guia.state) if guia.code else guia.state


def line(guia: Guia) -> str:
    """A guia in one line: protocol, state, number, password, validity, beneficiary, service."""
    parts = (
        formats.protocol_groups(guia.row.protocol),
        state(guia),
        texts.NUMBER.format(number=guia.number) if guia.number else texts.NO_NUMBER,
        texts.PASSWORD.format(password=guia.password) if guia.password else "",
        texts.VALID.format(day=formats.date(date.fromisoformat(guia.valid_until))) if guia.valid_until else "",
        guia.beneficiary,
        guia.row.service,
    )
    return printable("  ".join(filter(None, parts)), keep="").rstrip()


def as_json(guia: Guia, zone: ZoneInfo) -> dict[str, Any]:
    """A guia as `guia --json` lists it."""
    term = guia.row.term
    return {
        "protocolo": guia.row.protocol,
        "servico": guia.row.service,
        "beneficiario": guia.beneficiary or None,
        "guia": guia.number or None,
        "situacao": guia.state or None,
        "codigo_situacao": guia.code,
        "senha": guia.password or None,
        "validade": guia.valid_until or None,
        "prazo": term.due_at.astimezone(zone).isoformat() if term else None,
        "etapa": guia.row.step,
        "estado": guia.row.state,
    }
