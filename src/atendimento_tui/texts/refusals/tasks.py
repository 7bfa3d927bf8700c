"""Refusals about tasks."""

SENTENCES = {
    "tarefa_desconhecida": "O atendimento {protocol} não tem essa tarefa. Nada foi alterado.",
    "tarefa_ja_feita": "A tarefa “{task}” já foi concluída.",
}
"""Code of a refusal -> its sentence."""
