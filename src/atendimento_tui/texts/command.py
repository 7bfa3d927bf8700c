"""Texts of the `atendimento` command."""

DESCRIPTION = "Estação de trabalho de atendimento e suporte, no terminal. Sem comando, abre a tela."
USAGE = "uso"
COMMANDS = "comandos"
OPTIONS = "opções"
ARGUMENTS = "argumentos"
HELP = "mostra esta ajuda e sai"
VERSION = "mostra a versão e sai"
DATABASE = "arquivo ou URL do banco (também em ATENDIMENTO_DATABASE_URL)"
ACTING_AS = "quem está agindo"
DEMO = "abre um atendimento de demonstração, já mobiliado"
DEMO_ONLY_MAKE = "só cria e mostra o caminho"
FOUND = "cria um atendimento novo, respondendo às perguntas da primeira vez; vêm com ele os serviços do programa e os grupos deles"
FOUND_NAME = "nome da unidade"
FOUND_CITY = "cidade"
FOUND_UF = "sigla da UF, para os feriados"
FOUND_HOURS = "expediente, por exemplo: seg-sex 09:00-12:00 13:00-18:00; sab 09:00-13:00"
FOUND_ANS = "registro ANS, com seis dígitos, se houver"
FOUND_SUPERVISOR = "nome da primeira pessoa da supervisão"
FOUND_ATTENDANT = "nome de quem atende (pode repetir)"
FOUND_OPTIONAL = "ponto facultativo em que não se abre, por exemplo Carnaval (pode repetir)"
FOUND_MUNICIPAL = "arquivo CSV com os feriados municipais, da cidade ou de todas"
FOUND_IBGE = "código da cidade no IBGE, se não se acha pelo nome e pela UF"
FOUND_TAKE_DAYS = "toma os feriados do arquivo mesmo sendo mais do que uma cidade costuma ter"
QUEUE = "lista a fila"
MESSAGE = "mensagem para {to}, {channel}"
SHOW = "mostra um atendimento"
EXPLAIN = "explica por que um atendimento vence quando vence"
IMPORT = "importa dados de outros sistemas"
IMPORT_HISTORY = "importa o histórico de outro atendimento"
IMPORT_LOG = "o registro, em CSV (ou .csv.gz)"
IMPORT_MAP = "o mapa, em TOML, que diz o que cada coluna e rótulo significa"
EXPORT = "exporta dados"
EXPORT_DEADLINES = "exporta os prazos, um por linha, em planilha ou CSV"
EXPORT_FILE = (
    "o arquivo a gravar: terminado em .xlsx é uma planilha, que se abre com dois cliques; outro nome é um CSV, que numa "
    "planilha se abre por Dados > De Texto/CSV, com o protocolo como texto"
)
EXPORT_SEPARATOR = "o que separa as colunas do CSV: , ; | ou tab (planilhas em português esperam ;)"
EXPORT_REPLACE = "troca o arquivo, se já existe"
SWEEP = "faz o que já devia ter acontecido sozinho: lembretes, avisos, fechamentos"
SCHEDULE = "mostra um temporizador (systemd e cron) que faz isto também quando nenhuma janela está aberta"
COPY = "faz uma cópia de segurança agora, com o atendimento em uso, e a confere"
COPY_TARGET = "arquivo ou pasta; sem ele, a pasta das cópias"
COPIES = "lista as cópias de segurança, com a idade e a conferência de cada uma"
RESTORE = "volta a uma cópia de segurança; o banco que estava no lugar fica inteiro, com outro nome"
RESTORE_COPY = "a cópia (veja “atendimento copias”)"
RESTORE_TARGET = "arquivo ou URL em que ela é restaurada; sem ele, o banco em uso"
RESTORE_LAST = "o último protocolo que saiu antes de o banco se perder; a numeração continua depois dele"
RESTORE_SKIP = "quantos números pular, se o último protocolo não é conhecido (0, se nada saiu depois da cópia)"
RELEASE = "deixa sair mensagens de um atendimento restaurado"
CATALOG = "os serviços que o atendimento oferece"
CATALOG_VALIDATE = "diz se um arquivo descreve um serviço, e onde não"
CATALOG_INCLUDE = "passa a oferecer o serviço de um arquivo; o que já corre fica na versão em que começou"
CATALOG_LIST = "lista os serviços oferecidos"
CATALOG_FILE = "o arquivo TOML do serviço"
MIGRATE = "leva um atendimento inteiro para outro banco, vazio, e confere; o de origem fica como está"
MIGRATE_SOURCE = "o banco em que o atendimento está: arquivo ou URL"
MIGRATE_TARGET = "o banco para onde vai: URL de um PostgreSQL vazio, ou arquivo novo"
VERIFY = "confere se os eventos são os que foram gravados: o encadeamento, os resumos, os atendimentos e a numeração"
VERIFY_KEPT = "arquivo com um ou mais resumos guardados fora do banco"
DIGEST = "mostra o resumo mais novo de todos os eventos, numa linha que se guarda fora deste computador"
DIGEST_DAY = "o resumo desse dia"
SET_ASIDE = "dá outro nome a um banco danificado, com o que está ao lado dele; nada é apagado"
ASIDE = "O banco danificado de {path} está agora em {aside}, inteiro."
ASIDE_COPY = (
    "A cópia mais nova ao lado dele é {copy}: para voltar a ela: “atendimento --banco {path} restaurar {copy}”."
)
ASIDE_NO_COPY = "Não há cópia ao lado dele. Restaure a sua cópia de segurança, ou crie outro com “atendimento iniciar”."
PATHS = "mostra onde ficam os arquivos"
PROTOCOL = "número do protocolo, com ou sem pontos"
AS_JSON = "em JSON"
AT = "instante ISO com fuso em que a conta é feita; sem ele, agora"
LIMIT = "quantos, no máximo"
FILTER = "só os que têm estas palavras"

PEOPLE_COMMANDS = "as pessoas que atendem: papéis, grupos, ausências, quem sai"
PEOPLE_LIST = "lista as pessoas"
PEOPLE_ADD = "inclui uma pessoa, ou as de um arquivo CSV"
PEOPLE_CHANGE = "altera o cadastro de uma pessoa"
PEOPLE_LEAVE = "desativa quem sai, e passa o que tinha a outra pessoa, a um grupo ou de volta à fila"
PEOPLE_BACK = "reativa quem tinha saído"
PEOPLE_ABSENCE = "anota uma ausência (férias, licença), ou a retira"
GROUP_COMMANDS = "os grupos a que se encaminham atendimentos"
GROUP_LIST = "lista os grupos"
GROUP_ADD = "inclui um grupo"
GROUP_CHANGE = "dá outro nome a um grupo, ou muda quem está nele; os serviços continuam a achá-lo"
GROUP_LEAVE = "desativa um grupo que não se usa mais"
GROUP_BACK = "reativa um grupo"
PEOPLE_WHO = "login ou nome da pessoa"
PEOPLE_NAME = "nome"
PEOPLE_LOGIN = "login; sem ele, é tirado do nome"
PEOPLE_ROLE = (
    "papel: atendimento, análise, supervisão, administração, setor, auditoria, ouvidoria ou comitê de integridade"
)
PEOPLE_GROUP = "grupo da pessoa (pode repetir; o que se diz troca os grupos de antes)"
PEOPLE_NO_GROUPS = "tira a pessoa de todos os grupos"
PEOPLE_HOURS = "horário de trabalho, como em: seg a sex 8-12 13-17; vazio é o do atendimento"
PEOPLE_FILE = "um CSV com as colunas nome, login, papel, grupos, horario"
PEOPLE_TRIAL = "só diz o que seria feito"
PEOPLE_TO_PERSON = "a pessoa que recebe o que estava com quem sai"
PEOPLE_TO_GROUP = "o grupo que recebe"
PEOPLE_TO_QUEUE = "cada atendimento volta à fila do seu grupo, sem responsável"
PEOPLE_REASON = "o motivo, que fica no histórico de cada atendimento"
PEOPLE_MYSELF = "confirma que é de você mesmo que se trata"
PEOPLE_ALL = "também quem saiu"
PEOPLE_FROM_DAY = "primeiro dia da ausência (dd/mm/aaaa)"
PEOPLE_UNTIL_DAY = "último dia; sem ele, um dia só"
PEOPLE_WHY = "motivo da ausência"
PEOPLE_REMOVE = "retira a ausência que começa neste dia"
GROUP_NAME = "nome do grupo"
PEOPLE_NEW_NAME = "o nome novo"
PEOPLE_ADD_MEMBER = "põe a pessoa no grupo (pode repetir)"
PEOPLE_REMOVE_MEMBER = "tira a pessoa do grupo (pode repetir)"

UNIT = "os dados e ajustes da unidade"
UNIT_SHOW = "mostra os dados e ajustes da unidade"
UNIT_CHANGE = "altera um dado ou ajuste da unidade"
UNIT_SETTING = "qual: uma das palavras que “unidade ver” mostra"
UNIT_VALUE = "o valor novo; “” deixa em branco"
MADE = "Atendimento criado em {path}."
IMPORTED = "Casos importados: {cases} (eventos: {events}). Casos que já estavam aqui: {already}."
IMPORT_PROBLEM = "linha {number}: {reason}"
IMPORT_LEFT_OUT = "Casos que ficaram de fora, porque têm linhas que não puderam ser lidas: {count} ({cases})."
IMPORT_GROWN = "Casos que já estavam aqui, têm mais eventos no arquivo e ficaram como estavam: {count}."
IMPORT_PROBLEMS_MORE = "e mais {count} linhas que não puderam ser lidas. Corrija as de cima e importe de novo."
IMPORT_READING = "Lendo o registro: {percent} %"
IMPORT_PROGRESS = "{done} de {total} casos"
COPIED = "{done} de {total} linhas copiadas"
CHECKED = "{done} de {total} atendimentos conferidos"
CHECKED_TICKETS = "Atendimentos conferidos: {percent} %"
CHECKED_EVENTS = "Eventos conferidos com os resumos: {percent} %"
MOVED = "O atendimento está em {target}, conferido: {tickets} atendimentos, {rows} linhas."
MOVED_NEXT = "Feche as telas abertas em {source}, que ficou como estava, e abra o novo com --banco."
EXPORTED_CSV = (
    "Para abrir com dois cliques, exporte com um nome terminado em .xlsx: de um CSV a planilha mostra o protocolo como "
    "1,23457E+19, a não ser que ele seja importado como texto (Dados > De Texto/CSV)."
)
EXPORTED = "Prazos gravados em {path}: {count}."
SWEPT = {0: "Nada havia a fazer.", 1: "1 coisa aconteceu sozinha."}
SWEPT_MANY = "{count} coisas aconteceram sozinhas."
CATALOG_VALID = "{path} está certo: {name} ({key}), {steps} etapas."
CATALOG_INCLUDED = "{name} ({key}) passa a ser oferecido."
CATALOG_MAKE_GROUPS = "cria os grupos que o arquivo diz e que o atendimento não tem"
CATALOG_ENCODING = "{path} foi lido como {encoding}. Se um acento saiu errado, salve o arquivo em UTF-8."
GROUPS_MADE = "Grupos criados, por enquanto com a equipe toda: {names}."
CATALOG_EMPTY = "Nenhum serviço é oferecido."
MIGRATED = "O banco foi atualizado para esta versão. A cópia de antes está em {path}."
EMPTY_QUEUE = "A fila está vazia."
DEMO_WAITING = "A demonstração de hoje está sendo criada em outro terminal: um instante."
DEMO_READY = "Demonstração em {path}."

PATH_LABELS = {"dados": "pasta dos dados", "banco": "banco", "demonstracao": "demonstração", "config": "configuração"}

ENCODINGS = {
    "utf-8-sig": "UTF-8 com BOM",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 sem BOM",
    "utf-16-be": "UTF-16 sem BOM",
    "cp1252": "Windows-1252 (Latin-1)",
}
"""Encoding -> its usual name, for those that a message names."""

USAGE_ERRORS = (
    (r"the following arguments are required: (.*)", r"falta dizer: \1"),
    (r"unrecognized arguments: (.*)", r"não conheço: \1"),
    (r"argument : invalid choice: (.*) \(choose from (.*)\)", r"o comando \1 não existe; há \2"),
    (r"argument (.*): invalid choice: (.*) \(choose from (.*)\)", r"\1: \2 não existe; há \3"),
    (r"argument (.*): expected one argument", r"\1 pede um valor"),
    (r"argument (.*): expected at least one argument", r"\1 pede ao menos um valor"),
    (r"argument (.*): invalid int value: (.*)", r"\1: \2 não é um número inteiro"),
    (r"argument (.*): invalid .* value: (.*)", r"\1: \2 não é válido"),
    (r"argument (.*): ignored explicit argument (.*)", r"\1 não aceita valor (\2)"),
    (r"ambiguous option: (.*) could match (.*)", r"\1 pode ser \2"),
)
"""Messages of argparse -> their Portuguese form."""

INTERRUPTED = "Interrompido. O que já estava gravado continua gravado."

USAGE_ERROR = "uso incorreto: {problem}"
USAGE_HINT = "Veja como usar com: {program} --help"
SEVERITY_SHORT = "crit."
EXPLAIN_HEAD = "Por que {protocol} vence {due}? ({clock})"
EXPLAIN_PAUSED = "{protocol} está pausado: sem vencimento até retomar. ({clock})"
EXPLAIN_TARGET = "Prazo de {target} ({basis}), no calendário “{calendar}”."
EXPLAIN_TOTAL = "Contado: {counted}. Restam {left}."
EXPLAIN_RESULT = "Terminou {result}. Contado: {counted}."
