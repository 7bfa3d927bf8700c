"""Refusals about the register of protocols."""

SENTENCES = {
    "registro_sem_ajuste": "Falta dizer qual é a planilha do registro: a parte [registro], com arquivo e colunas, no arquivo de configuração ({path}). Nada foi alterado.",
    "registro_sem_arquivo": '{path}: em [registro], arquivo deve ser um caminho completo, como arquivo = "/mnt/registro/Protocolos.xlsx". Nada foi alterado.',
    "registro_nao_xlsx": "{file} não é uma planilha .xlsx. Salve-a nesse formato e diga o novo nome. Nada foi alterado.",
    "registro_planilha": "{path}: em [registro], planilha deve ser o nome de uma aba, entre aspas. Nada foi alterado.",
    "registro_sem_colunas": '{path}: em [registro], falta colunas, uma lista como [registro.colunas] com A = "numero", B = "protocolo", C = "data". Uma coluna pode mostrar: {known}, ou campo.CHAVE. Nada foi alterado.',
    "registro_hora": '{path}: em [registro], hora deve ser como hora = "18:00". Nada foi alterado.',
    "registro_coluna": "{path}: em [registro], “{letter}” não é a letra de uma coluna. Nada foi alterado.",
    "registro_fato": "{path}: em [registro], a coluna {letter} não pode mostrar “{fact}”. Pode: {known}, ou campo.CHAVE. Nada foi alterado.",
    "registro_falta_coluna": "{path}: em [registro], uma coluna, e só uma, deve mostrar “{fact}”. Nada foi alterado.",
    "registro_inexistente": "Não há a planilha {file}. Confira o nome e se a pasta está ligada. Nada foi alterado; os protocolos esperam e não se perdem.",
    "registro_em_uso": "Outra janela está escrevendo o registro em {file} agora. Nada foi alterado. Tente de novo daqui a pouco.",
    "registro_aberto": "A planilha {file} está aberta em outro programa. Nada foi alterado. Feche-a e tente de novo; os protocolos esperam e não se perdem.",
    "registro_sem_planilha": "A planilha não tem a aba “{sheet}”. Há: {known}. Nada foi alterado.",
    "registro_nao_planilha": "{file} não é uma planilha .xlsx, ou tem senha. Nada foi alterado.",
    "registro_perderia": "{file} tem partes que se perderiam ao gravar (macros, gráficos, figuras ou regras que este programa não conhece): {parts}. Nada foi alterado. Use no registro uma planilha sem elas.",
    "registro_mudou": "Alguém gravou {file} enquanto o registro era escrito. A gravação dele ficou e nada se perdeu. Tente de novo.",
}
"""Code of a refusal -> its sentence."""
