"""Refusals about the answers to the fields of a process."""

SENTENCES = {
    "campo_vazio": "Falta responder “{field}”.",
    "faltam_campos": "Falta responder: {fields}. Nada foi alterado.",
    "campo_invalido": "“{typed}” não serve para “{field}”. Nada foi alterado.",
    "campo_curto": "“{field}” pede uma resposta de pelo menos {least} caracteres. Nada foi alterado.",
    "campo_invalido_texto": "“{typed}” não é uma resposta para “{field}”: diga o que foi decidido e por quê.",
    "campo_invalido_cpf": "“{typed}” não é um CPF: confira os onze dígitos de “{field}”.",
    "campo_invalido_cnpj": "“{typed}” não é um CNPJ: confira os quatorze caracteres de “{field}”; os doze primeiros podem ser letras.",
    "campo_sem_ddd": "Falta o DDD em “{field}”: escreva-o na frente de “{typed}”.{areas}",
    "campo_invalido_cns": "“{typed}” não é um número do cartão nacional de saúde: confira os quinze dígitos de “{field}”.",
    "campo_invalido_cns_via": "O 16º número do cartão é a via, não faz parte do CNS: em “{field}”, digite só os quinze primeiros.",
    "campo_invalido_telefone": "“{typed}” não é um telefone: em “{field}”, escreva com o DDD, como (11) 98765-4321.",
    "campo_invalido_email": "“{typed}” não é um e-mail: em “{field}”, escreva como nome@exemplo.com.br.",
    "campo_invalido_data": "“{typed}” não é uma data: em “{field}”, escreva como 31/12/2026.",
    "campo_invalido_hora": "“{typed}” não é uma hora: em “{field}”, escreva como 14:30.",
    "campo_invalido_dinheiro": "“{typed}” não é um valor: em “{field}”, escreva como R$ 1.234,56.",
    "campo_invalido_competencia": "“{typed}” não é uma competência: em “{field}”, escreva o mês e o ano, como 12/2026.",
    "campo_invalido_procedimento": "“{typed}” não é um código de procedimento: “{field}” tem de 8 a 10 dígitos.",
    "campo_invalido_protocolo": "“{typed}” não é um número de protocolo: “{field}” tem 14 ou 20 dígitos.",
    "campo_invalido_numero": "“{typed}” não é um número: confira “{field}”.",
    "campo_invalido_escolha": "“{typed}” não é uma opção de “{field}”. Há: {options}.",
    "campo_invalido_sim_nao": "“{typed}” não serve para “{field}”: responda sim ou não.",
    "campo_invalido_pessoa": "“{typed}” não é um nome: confira “{field}”.",
    "formulario": "{beside} Nada foi gravado.",
    "campo_longo": "um campo é longo demais: passa de 131.072 letras",
}
"""Code of a refusal -> its sentence."""
