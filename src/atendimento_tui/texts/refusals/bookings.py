"""Refusals about holds and bookings."""

SENTENCES = {
    "agendamento_estado": "O agendamento está “{booking}” e não pode passar a “{then}”. Nada foi alterado.",
    "agendamento_ainda_nao": "O agendamento é {when}: ainda não se sabe se o beneficiário comparece. Nada foi alterado.",
}
"""Code of a refusal -> its sentence."""
