"""Texts of the outbox."""

NOT_WRITTEN = "o endereço não pode ser escrito em uma mensagem"

STATE = {
    "pendente": "na fila",
    "enviando": "enviando",
    "enviado": "enviada ao servidor",
    "incerto": "incerta: pode ter saído",
    "falhou": "falhou",
    "recusado": "recusada",
    "retido": "retida",
    "nunca enviado": "escrita, não enviada",
    "sem endereço": "sem endereço",
    "em mãos": "para entregar à mão",
    "entregue": "entregue, confirmada por pessoa",
    "desistido": "não será enviada",
    "devolvido": "devolvida",
}
"""State of a row -> its words."""

SENT_ONE = "Uma mensagem enviada ao servidor."
SENT_MANY = "{count} mensagens enviadas ao servidor."
FAILED_ONE = "Uma mensagem não saiu: “atendimento saida” diz por quê."
FAILED_MANY = "{count} mensagens não saíram: “atendimento saida” diz por quê."
