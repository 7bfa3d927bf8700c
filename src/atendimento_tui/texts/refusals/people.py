"""Refusals about people and groups."""

SENTENCES = {
    "sem_pessoa": "Diga quem está agindo: escolha a pessoa na janela, ou use --como NOME.",
    "pessoa_desconhecida": "Não há ninguém chamado “{name}” neste atendimento. Pessoas: {known}.",
    "nome_curto": "“{typed}” é curto demais para o nome de {which}: use ao menos {least} letras.",
    "nome_longo": "O nome de {which} tem {count} letras; cabem no máximo {most}.",
    "nome_vazio": "Diga um nome: {which} está em branco.",
}
"""Code of a refusal -> its sentence."""
