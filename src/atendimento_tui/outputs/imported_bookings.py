"""Bookings that were imported, as JSON."""

from typing import Any

from atendimento_tui.contracts.imported_bookings import BookingImport
from atendimento_tui.texts.refusals import of_line


def as_json(report: BookingImport, *, is_trial: bool) -> dict[str, Any]:
    """What an import did, or would do; of wrong lines the first ones."""
    return {
        "simulacao": is_trial,
        "novos": report.new,
        "mudados": report.changed,
        "iguais": report.same,
        "conflitos": report.conflicts,
        "fora_do_horario": report.closed,
        "linhas_de_fora": report.problems_count,
        "problemas": [{"linha": number, "motivo": of_line(*refusal)} for number, refusal in report.problems],
    }
