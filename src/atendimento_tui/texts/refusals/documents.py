"""Refusals about documents."""

SENTENCES = {
    "documento_desconhecido": "O atendimento {protocol} não pede o documento “{name}”. Nada foi alterado.",
    "documento_sem_motivo": "Diga por que “{name}” foi recusado: quem pediu vai lê-lo.",
}
"""Code of a refusal -> its sentence."""
