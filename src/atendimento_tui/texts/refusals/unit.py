"""Refusals about the settings of the unit."""

SENTENCES = {
    "ajuste_desconhecido": "Não há ajuste chamado “{typed}”. Há: {known}.",
    "ajuste_email": "“{typed}” não é um endereço de e-mail. Nada foi alterado.",
    "ajuste_telefone": "“{typed}” não é um telefone: escreva com o DDD, como (11) 3333-4444. Nada foi alterado.",
    "ajuste_longo": "O texto tem {count} letras; cabem no máximo {most}. Nada foi alterado.",
    "ajuste_fora": "“{typed}” não serve: é preciso um número de {least} a {most}. Nada foi alterado.",
    "ajuste_servidor": "“{typed}” não é o nome nem o endereço de um servidor. Nada foi alterado.",
    "ajuste_escolha": "“{typed}” não serve: é preciso {choices}. Nada foi alterado.",
    "ajuste_mudou": "{actor} alterou isto enquanto você olhava; agora é “{value}”. Confira e grave de novo.",
}
"""Code of a refusal -> its sentence."""
