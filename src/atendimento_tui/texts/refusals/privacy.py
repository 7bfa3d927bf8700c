"""Refusals about personal data."""

SENTENCES = {
    "ja_anonimizado": "Esta pessoa já foi anonimizada. Nada foi alterado.",
    "anonimizar_retido": "Os dados desta pessoa estão retidos: {reason}. Nada foi alterado. Quando isso acabar, chame “atendimento dados-pessoais liberar”.",
    "retido_por_outro_motivo": "Os dados desta pessoa já estão retidos por outro motivo: {reason}. Nada foi alterado. Confira esse motivo; para pôr outro, acabe antes com a retenção.",
    "nome_nao_confere": "O nome digitado não é o desta pessoa: {name}. Nada foi alterado.",
    "anonimizar_cedo": "Ainda não se pode anonimizar esta pessoa: há atendimento aberto, mensagem que espera, ou atendimento encerrado há menos de {years} anos, que é o prazo de guarda da unidade. Nada foi alterado.",
}
"""Code of a refusal -> its sentence."""
