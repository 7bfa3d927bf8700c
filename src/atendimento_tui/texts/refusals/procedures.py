"""Refusals about the table of procedures."""

SENTENCES = {
    "mapa_sem_tabela": (
        "{path} não diz a tabela: escreva tabela = “22” (18, 19, 20 ou 00) entre aspas comuns, ou a coluna dela em "
        "[colunas]. Nada foi gravado."
    ),
    "procedimento_sem_codigo": "“{typed}” não é um código de procedimento: são 8 a 10 dígitos.",
    "procedimento_sem_termo": "O termo está vazio ou tem mais de {most} caracteres.",
    "procedimento_sem_tabela": "Não há tabela “{typed}”: há {known}.",
    "procedimento_sem_dia": "“{typed}” não é um dia: escreva dd/mm/aaaa.",
    "procedimento_sem_item": "“{typed}” não é um item do art. 3º da RN 566: escreva I a XVII.",
    "procedimento_sem_sinal": "“{typed}” não é sim nem não.",
    "procedimento_repetido": "O código {typed} já está na linha {line}.",
    "procedimento_desconhecido": "O procedimento “{typed}” não está na tabela. Procure com “atendimento procedimentos buscar TEXTO”. Nada foi alterado.",
    "procedimento_sem_mudanca": "Diga o que muda: --auditoria sim, por exemplo. Nada foi alterado.",
}
"""Code of a refusal -> its sentence."""
