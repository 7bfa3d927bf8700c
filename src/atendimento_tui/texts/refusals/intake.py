"""Refusals about intakes and their drafts."""

SENTENCES = {
    "intake_ja_terminado": "O registro do atendimento {protocol} já foi terminado. Nada foi alterado.",
    "rascunho_em_uso": "O rascunho de {protocol} está aberto em outra janela. Continue nela, ou feche-a.",
    "nao_aberto": "O registro do atendimento {protocol} não foi terminado. Nada foi alterado.",
}
"""Code of a refusal -> its sentence."""
