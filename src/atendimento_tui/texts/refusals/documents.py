"""Refusals about documents."""

SENTENCES = {
    "documento_desconhecido": "O atendimento {protocol} não pede o documento “{name}”. Nada foi alterado.",
    "documento_sem_motivo": "Diga por que “{name}” foi recusado: quem pediu vai lê-lo.",
    "documento_nao_chegou": "“{name}” ainda não chegou, ou foi recusado: anote primeiro que chegou. Nada foi alterado.",
    "documento_ja_aceito": "“{name}” já foi aceito. Para pedir de novo, recuse-o, com o motivo. Nada foi alterado.",
    "documento_forma": "“{name}” não se recebe assim. Pode vir como: {ways}. Nada foi alterado.",
    "documento_sem_anexo": "Para “{name}” como arquivo, escolha um anexo deste atendimento; anexe-o antes. Nada foi alterado.",
    "documento_igual": "“{name}” já está assim. Nada foi alterado.",
    "documento_forma_desconhecida": "“{typed}” não é uma forma de receber. Há: original, copia, arquivo. Nada foi alterado.",
}
"""Code of a refusal -> its sentence."""
