"""Refusals about beneficiaries."""

SENTENCES = {
    "sem_beneficiario": "Diga de quem se trata: procure o beneficiário e confirme que é a pessoa. Nada do que foi digitado se perdeu.",
    "sem_identidade": "Diga o CPF, o nascimento ou a carteirinha: sem um deles, ninguém reconhece depois que é a pessoa.",
    "nascimento_impossivel": "Ninguém nasceu em {day}: confira o dia, o mês e o ano.",
    "carteirinha_invalida": "“{typed}” não é um número de carteirinha: confira os dígitos.",
    "cpf_ja_cadastrado": "Esse CPF já é de {name}, CPF {cpf}. Volte com Esc e procure por essa pessoa; nada foi gravado.",
    "carteirinha_ja_cadastrada": "Essa carteirinha já é de {name}, CPF {cpf}. Volte com Esc e procure por essa pessoa; nada foi gravado.",
}
"""Code of a refusal -> its sentence."""
