"""Personal data: how long they are kept, what is erased when a person is anonymised, and what stays.

What stays are facts that tell nobody who the person was: numbers, choices, days, the steps and the clocks.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType

from dateutil.relativedelta import relativedelta

from atendimento_tui.domain.process.schema import FieldRule

KEPT_TYPES = frozenset(
    ("escolha", "sim_nao", "numero", "dinheiro", "competencia", "procedimento", "data", "hora", "protocolo")
)
"""Types of fields whose answers stay, unless the field is marked as personal (`pessoal`)."""

ERASED, DELETED = "erased", "deleted"

_OF_RECORD = (
    *("name", "social_name", "sort_name", "search", "cpf", "cns", "card", "phone", "email", "born_on", "mother"),
    *("plan", "relation", "active_until", "held_because"),
)

OF_A_PERSON: Mapping[str, tuple[str, frozenset[str]]] = MappingProxyType(
    {
        "beneficiary": (
            ERASED,
            frozenset(_OF_RECORD),
        ),
        "beneficiary_contact": (DELETED, frozenset()),
        "beneficiary_address": (DELETED, frozenset()),
        "requester": (ERASED, frozenset(("name",))),
        "ticket": (ERASED, frozenset(("subject", "search"))),
        "event": (ERASED, frozenset(("text", "words", "salt"))),
        "field_value": (ERASED, frozenset(("text", "salt"))),
        "clock_pause": (ERASED, frozenset(("reason",))),
        "ticket_text": (DELETED, frozenset()),
        "message": (ERASED, frozenset(("subject", "body"))),
        "addressee": (ERASED, frozenset(("address", "reply"))),
        "received": (DELETED, frozenset()),
        "message_file": (DELETED, frozenset()),
        "task": (ERASED, frozenset(("text",))),
        "attachment": (DELETED, frozenset()),
        "external_number": (DELETED, frozenset()),
        "bill": (DELETED, frozenset()),
        "remittance_item": (ERASED, frozenset(("reason", "said_by"))),
        "booking": (ERASED, frozenset(("name", "reason"))),
        "attached_content": (DELETED, frozenset()),
        "trail_value": (ERASED, frozenset(("text", "salt"))),
    }
)
"""Table -> whether the rows of a person are erased or deleted, and the columns that are erased."""

NAME = "Anonimizado {number}"
"""The name of an anonymised person; the number is that of the row."""


def stays(rule: FieldRule | None) -> bool:
    """Whether an answer to the field stays. One to a field that the process no longer has does not."""
    return rule is not None and rule.type in KEPT_TYPES and not rule.personal


def kept_until(closed: Iterable[datetime | None], years: int) -> date | None:
    """The day until which the newest of these tickets must be kept; None without a ticket (RN 623; docs/privacy.md).

    Args:
        closed: When each ticket ended, in the zone of the desk; None for an open one.
        years: The unit's term, in years after the end.
    """
    ends = [each for each in closed if each is not None]
    return max(ends).date() + relativedelta(years=years) if ends else None
