"""Refusals about the import of a history: its map and its lines."""

SENTENCES = {
    "mapa_invalido": "O mapa {path} tem um erro em “{place}”: {problem}. Nada foi alterado.",
    "colunas_faltando": "Faltam em {path} as colunas {missing}. Colunas encontradas: {found}. Nada foi alterado.",
    "cabecalho_longo": "A primeira linha de {path} não tem fim: devia ter os nomes das colunas. Nada foi alterado. Confira se o arquivo é um CSV.",
    "linha_incompleta": "a linha não tem todas as colunas",
    "rotulo_fora_do_mapa": "o rótulo não está no mapa",
    "instante_ilegivel": "o instante não pode ser lido",
    "aspas_abertas": "as aspas abertas nesta linha não se fecham: o que vem depois delas foi tomado por um só campo, e os casos dessas linhas ficaram de fora",
    "linha_longa": "a linha é longa demais: passa de 1 milhão de letras",
    "caso_longo": "o caso que começa nesta linha tem mais de 20 mil linhas",
}
"""Code of a refusal -> its sentence."""
