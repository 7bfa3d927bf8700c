"""Refusals about beneficiaries."""

SENTENCES = {
    "sem_beneficiario": "Diga de quem se trata: procure o beneficiário e confirme que é a pessoa. Nada do que foi digitado se perdeu.",
    "sem_identidade": "Diga o CPF, o nascimento ou a carteirinha: sem um deles, ninguém reconhece depois que é a pessoa.",
    "nascimento_impossivel": "Ninguém nasceu em {day}: confira o dia, o mês e o ano.",
    "cpf_ja_cadastrado": "Esse CPF já é de {name}, CPF {cpf}. Volte com Esc e procure por essa pessoa; nada foi gravado.",
    "carteirinha_ja_cadastrada": "Essa carteirinha já é de {name}, CPF {cpf}. Volte com Esc e procure por essa pessoa; nada foi gravado.",
    "cns_ja_cadastrado": "Esse CNS já é de {name}, CPF {cpf}. Volte com Esc e procure por essa pessoa; nada foi gravado.",
    "nada_confirmado": "Nenhuma mudança foi conferida com o comprovante: confira antes o que muda. Nada foi gravado.",
    "cadastro_mudou_depois": "{actor} mudou “{item}” no cadastro em {at}, depois da conferência. Volte à conferência e compare de novo; nada foi gravado.",
    "mapa_item": "O mapa {path} fala, em [{place}], de “{word}”, que não é um item do cadastro. Há: {known}. Nada foi alterado.",
    "mapa_sem_chave": "O mapa {path} precisa dizer, em [colunas], a coluna do nome e a de um número que identifique a pessoa: cpf, cns ou carteirinha. Nada foi alterado.",
    "linha_repetida": "a mesma pessoa já está na linha {line}.",
    "linha_sem_numero": "falta o número que identifica a pessoa: CPF, CNS ou carteirinha.",
    "item_longo": "“{field}” tem {count} caracteres; o máximo é {most}. Nada foi gravado.",
    "beneficiario_desconhecido": "Nenhum beneficiário com esses dados. Procure por CPF, CNS, carteirinha, telefone ou nome.",
    "beneficiario_repetido": "Há mais de um beneficiário com esses dados: diga o CPF, o CNS ou a carteirinha.",
    "titular_desconhecido": "Nenhum beneficiário com o CPF ou a carteirinha “{typed}”: cadastre antes o titular.",
    "titular_de_si": "A própria pessoa não pode ser o titular dela. Deixe o titular em branco.",
    "titular_dependente": "Essa pessoa é dependente, e ninguém depende de um dependente: diga o titular do plano.",
    "titular_com_dependentes": "Há {count} dependentes desta pessoa: quem é titular não pode ser dependente. Mude antes o titular deles.",
    "titular_sem_parentesco": "Diga o parentesco com o titular.",
    "parentesco_sem_titular": "Há um parentesco, mas nenhum titular: diga o titular, ou apague o parentesco.",
    "sem_motivo_de_ver": "Diga por que precisa ver os dados completos (ao menos {least} letras): o motivo fica no histórico.",
    "idades_invalidas": "“{typed}” não são idades: escreva números de 1 a 99, como em 18, 21, 24.",
}
"""Code of a refusal -> its sentence."""
