"""Refusals about guias."""

SENTENCES = {
    "guia_sem_situacao": "{protocol} não tem situação de guia para informar. Nada foi gravado.",
    "guia_sem_meio": "“{typed}” não é um meio: diga {known}. Nada foi gravado.",
    "guia_sem_quem": "Diga a quem foi informada a situação. Nada foi gravado.",
}
"""Code of a refusal -> its sentence."""
