"""Refusals about files that are read and written."""

SENTENCES = {
    "arquivo_ilegivel": "Não foi possível ler {path} ({detail}). Nada foi alterado.",
    "arquivo_grande": "{path} tem mais de {limit} KiB: não é o arquivo que se espera aqui. Nada foi alterado.",
    "arquivo_sem_codificacao": "Não foi possível ler {path}: a linha {line} não é texto em UTF-8, UTF-16 nem Windows-1252. No programa que fez o arquivo, use “Salvar como” e escolha a codificação UTF-8 (numa planilha, “CSV UTF-8”). Nada foi alterado.",
    "arquivo_cresce": "{path} tem {size} bytes e passa de {most} MiB quando descompactado: não é um registro comum. Nada foi alterado. Se é, descompacte-o e importe o arquivo descompactado.",
    "arquivo_nao_grava": "Não foi possível gravar {path} ({detail}). O arquivo anterior, se havia, está intacto.",
    "saida_existe": "Já existe {path}. Nada foi alterado. Diga outro nome, ou --substituir para trocar o arquivo pelo novo.",
    "saida_no_banco": "{path} é um banco de dados, ou um dos arquivos dele: nada se grava por cima. Nada foi alterado. Diga outro nome.",
    "saida_sem_pasta": "Não foi possível gravar {path}: a pasta {folder} não existe. Crie-a, ou diga outro lugar.",
    "saida_nao_e_arquivo": "{path} não é um arquivo comum. Nada foi alterado. Diga o nome de um arquivo.",
    "planilha_sem_separador": "{path} é uma planilha, que não tem separador. Tire --separador, ou diga um nome terminado em .csv.",
    "saida_fechada": "A resposta não tem para onde ir: a saída está fechada.",
    "saida_nao_grava": "A resposta não pôde ser escrita ({detail}). O que já estava gravado no banco continua lá.",
    "toml_invalido": "{path} não é um TOML válido: linha {line}, coluna {column}: {toml}. Nada foi alterado.",
}
"""Code of a refusal -> its sentence."""
