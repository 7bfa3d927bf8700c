"""Texts of the table of procedures."""

FLAGS = {
    "audit": "auditoria",
    "covered": "cobertura",
    "opme": "OPME",
    "pac": "PAC",
    "elective": "internação eletiva",
}
"""Flag -> its name, in the order in which people read them."""

VALUES = {"sim": "sim", "nao": "não", "": "não informado"}
FLAG = "{name}: {value}"
RN566 = "RN 566: item {item}, {days} dias úteis"
RN566_AT_ONCE = "RN 566: item {item}, imediato"
SOURCE = "fonte: {source}"
EXAMPLE = "sinais de exemplo: confira com a tabela da operadora"
TABLE = "tabela {table}"

WRONG_DIGIT = "▲ o dígito verificador de {code} não confere: leia o código de novo"
UNKNOWN = "▲ {code} não está na tabela da operadora: pode seguir, com as respostas dadas à mão"
NOT_YET = "▲ {code} só vale a partir de {day}"
NO_MORE = "▲ {code} deixou de valer em {day}"
OUT_OF_FORCE = "fora de vigência"

SEARCH_PLACEHOLDER = "código ou palavras"
FOUND_NONE = "Nenhum procedimento com essas palavras. Um código de 8 a 10 dígitos pode ser digitado mesmo assim."

# the place to look up
TITLE = "Procedimentos"
EMPTY_TABLE = "A tabela está vazia. A supervisão importa a da operadora: atendimento importar procedimentos ARQUIVO.csv --mapa MAPA.toml; ou carrega a de exemplo: atendimento procedimentos exemplos."
BEGIN = "Digite o começo do código ou palavras do termo (duas letras ou mais)."
LOOKUP_HINT = "↑↓ escolhe · Enter copia o código · Esc volta"
COPIED = "Código {code} copiado."

# the command
IMPORTED = "Procedimentos novos: {new}. Mudados: {changed}. Como estavam: {same}."
WOULD_IMPORT = "Seriam novos: {new}. Mudariam: {changed}. Ficariam como estão: {same}. Nada foi gravado."
IMPORT_DIGITS = "Códigos cujo dígito verificador não confere: {count}. Entraram assim mesmo."
IMPORT_PROGRESS = "Lendo a tabela: {percent} %"
CHANGED = "{code}: {changes}."
SAME = "{code} já estava assim."
EXAMPLES = "Procedimentos de exemplo incluídos: {new}. Já estavam na tabela: {same}. Os sinais (auditoria, cobertura, OPME) são exemplos: a operadora decide os seus."

KINDS = {"incluido": "incluído", "alterado": "alterado"}
BY = "{at} · {actor} · {kind}: {changes}"
FIELDS = {
    **FLAGS,
    "term": "termo",
    "first_day": "início",
    "last_day": "fim",
    "rn566": "item da RN 566",
    "source": "fonte",
}
CHANGE = "{name} {value}"
NOTHING = "vazio"
