"""Refusals about the waiting list."""

SENTENCES = {
    "espera_sem_entrada": "O atendimento {protocol} não está na lista de espera. Nada foi gravado.",
    "espera_sem_oferta": "Nenhuma vaga está oferecida ao atendimento {protocol}: a oferta acabou ou já foi respondida. Veja a lista de espera. Nada foi gravado.",
    "espera_oferecida": "Ao atendimento {protocol} há uma vaga oferecida. Responda primeiro à oferta. Nada foi gravado.",
    "espera_sem_especialidade": "Diga a especialidade por que {protocol} espera. Nada foi gravado.",
    "espera_cidade": "“{typed}” não é uma cidade onde se atende. Há: {known}. Deixe vazio para qualquer uma.",
    "espera_dia": "{day} já passou: diga um dia a partir de hoje, ou deixe vazio.",
}
"""Code of a refusal -> its sentence."""
