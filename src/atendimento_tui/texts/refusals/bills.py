"""Refusals about bank bills."""

SENTENCES = {
    "campo_invalido_boleto": "“{field}” não é um boleto: {problem}.",
    "campo_invalido_numero_boleto": (
        "“{field}” não é uma linha digitável nem um código de barras: {problem}. Outro número tem até {most} letras e dígitos."
    ),
    "boleto_valor": "O valor é {cents}, e a linha digitável diz {cents_of_line}.",
    "boleto_vencimento": "O vencimento é {due}, e a linha digitável diz {one} ou {other}.",
    "boleto_sem_pessoa": "Não há CPF, CNS nem carteirinha: não se sabe de quem é o boleto.",
    "boleto_pessoa_desconhecida": "Nenhum beneficiário tem esse número ({number}). Importe ou cadastre a pessoa e repita.",
    "boleto_repetido": "O mesmo boleto já está na linha {line}.",
    "boleto_de_outro": "Esse boleto já foi importado para outro beneficiário.",
    "mapa_sem_pessoa": "{path} não diz de quem é cada boleto: em [colunas] escreva cpf, cns ou carteirinha. Nada foi gravado.",
    "boleto_sem_beneficiario": "{protocol} não tem beneficiário, e os boletos são de um. Nada foi alterado.",
    "boleto_nenhum": (
        "Não há boletos importados deste beneficiário. Peça ao financeiro a lista e importe-a com “atendimento importar "
        "boletos ARQUIVO --mapa MAPA”, ou oriente a pessoa pelo portal. O que você digitou continua aqui."
    ),
    "boleto_sem_competencia": "Não há boleto de {month} deste beneficiário. Há: {known}. O que você digitou continua aqui.",
    "boleto_varios": "Há {count} boletos de {month} deste beneficiário: escolha um pela linha digitável. O que você digitou continua aqui.",
    "boleto_de_fora": "Esse boleto não está entre os importados deste beneficiário. O que você digitou continua aqui.",
    "boleto_pago": "O boleto de {month} foi pago em {paid}: não há segunda via a emitir. O que você digitou continua aqui.",
}
