"""Refusals about remittances."""

SENTENCES = {
    "grupo_desconhecido_remessa": "Não há grupo chamado “{group}”. Nada foi fechado.",
    "remessa_vazia": "Não há remessa aberta com documentos para “{group}”. Nada foi fechado.",
    "remessa_desconhecida": "Não há a remessa {number} de “{group}”. Veja as que há com “atendimento remessas listar --todas”.",
    "documento_nao_a_caminho": "O documento “{name}” deste atendimento não está a caminho de um setor: a remessa está aberta, ou já houve resposta. Nada foi gravado.",
    "remessa_quem_disse": "Você não é de “{group}”: diga quem do setor respondeu, quando e por onde. O que você digitou continua aqui.",
}
"""Code of a refusal -> its sentence."""
