"""Texts of the diagnosis. The keys of values are the same in JSON."""

TITLE = "Diagnóstico"
HINT = "S salva em arquivo · C copia · Esc volta"
HEAD = "Diagnóstico do atendimento, sem dados pessoais."
PARTS = {
    "programa": "Programa",
    "terminal": "Terminal",
    "disco": "Disco",
    "arquivo": "Arquivo do banco",
    "banco": "Banco",
    "esquema": "Migração",
    "travas": "Travas",
    "copias": "Cópias de segurança",
    "tabelas": "Tabelas (linhas arredondadas para cima, até 100 no mínimo; bytes com índices)",
    "uso": "Uso",
    "email": "Servidor de e-mail",
    "registro": "Defeitos e recusas no registro, por tipo",
}
FAILED = "não foi possível ler: {problem}"
YES, NO, UNKNOWN = "sim", "não", "—"
NOTHING = "nada"
OTHERS_CAN_OPEN = (
    "Outras contas deste computador podem abrir o arquivo do banco: os papéis e o sigilo valem só dentro do programa. "
    "Para fechá-lo: chmod 600, ou a conta de serviço de docs/rights.md."
)
SAVED = "Diagnóstico gravado em {path}."
COPIED = "Diagnóstico copiado."
