"""Texts of the `atendimento` command."""

DESCRIPTION = "Estação de trabalho de atendimento e suporte, no terminal. Sem comando, abre a tela."
USAGE = "uso"
COMMANDS = "comandos"
OPTIONS = "opções"
ARGUMENTS = "argumentos"
HELP = "mostra esta ajuda e sai"
VERSION = "mostra a versão e sai"
DATABASE = "arquivo ou URL do banco (também em ATENDIMENTO_DATABASE_URL)"
ACTING_AS = "na demonstração, quem está agindo; nos outros atendimentos, veja “atendimento entrar”"
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
TIMES = "mostra quanto os atendimentos levam, por serviço e canal, ao lado do tempo típico"
TIMES_DAYS = "quantos dias para trás (90 se não disser)"
NO_TIMES = "Nenhum atendimento aberto aqui neste período tem tempo medido. Para ver mais dias, use “--dias”."
IMPORT = "importa dados de outros sistemas"
IMPORT_PROCEDURES = "importa a tabela de procedimentos da operadora"
IMPORT_PROCEDURES_FILE = "a tabela, em CSV (ou .csv.gz)"
IMPORT_PROCEDURES_MAP = "o mapa, em TOML, que diz o que cada coluna significa"
IMPORT_BILLS = "importa os boletos dos beneficiários, para a segunda via"
IMPORT_BILLS_FILE = "a lista, em CSV (ou .csv.gz)"
IMPORT_BILLS_MAP = "o mapa, em TOML, que diz o que cada coluna significa"
IMPORT_PROBLEM = "linha {number}: {reason}"
IMPORT_LINES_LEFT_OUT = "Linhas que ficaram de fora: {count}. Corrija e importe de novo: o que já entrou não muda."
IMPORT_TRIAL = "só diz o que seria feito"
GUIA = "acha a guia pelo protocolo, número ou beneficiário, diz a situação e anota que foi informada"
GUIA_WAY = "por onde a pessoa perguntou: balcão, telefone, WhatsApp, aplicativo, e-mail (padrão: comando)"
GUIA_WHOM = "a quem a situação é informada"
GUIA_ONLY_LOOK = "só mostra: não anota no atendimento que a situação foi informada"
GUIA_NUMBER = "número da guia, protocolo, ou nome, CPF, carteirinha do beneficiário"
PROCEDURES = "a tabela de procedimentos da operadora"
PROCEDURES_FIND = "procura procedimentos pelo código ou por palavras"
PROCEDURES_FIND_TEXT = "o começo do código, ou palavras do termo"
PROCEDURES_SHOW = "mostra um procedimento e o que mudou nele"
PROCEDURES_CHANGE = "altera os sinais de um procedimento: auditoria, cobertura, OPME"
PROCEDURES_EXAMPLES = "inclui a lista curta que vem com o programa, com sinais de exemplo"
PROCEDURES_CODE = "o código"
PROCEDURES_TABLE = "a tabela (22, 18, 19, 20 ou 00), se várias têm o código"
PROCEDURES_FLAG = "sim, nao, ou vazio"
PROCEDURES_ITEM = "o item do art. 3º da RN 566 (I a XVII)"
PROCEDURES_DAY = "o dia (dd/mm/aaaa)"
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
OUTBOX_COMMANDS = "mensagens que saem: lista, reenvia, desiste, corrige o endereço"
OUTBOX = "lista as mensagens que esperam, falharam ou são incertas"
RECEIVE = "põe no seu atendimento uma resposta recebida por e-mail (.eml)"
RECEIVE_FILE = "o arquivo .eml; - lê da entrada"
RECEIVE_PROTOCOL = "o atendimento, se a resposta não o diz"
OUTBOX_ALL = "também as enviadas, as entregues e as que nunca saem"
OUTBOX_SHOW = "mostra uma mensagem inteira"
OUTBOX_RESEND = "manda enviar de novo, com o mesmo Message-ID; das incertas só uma pessoa decide"
OUTBOX_GIVE_UP = "desiste de enviar, com o motivo"
OUTBOX_ADDRESS = "corrige o endereço e manda enviar"
OUTBOX_DELIVERED = "anota que foi entregue à mão"
OUTBOX_NUMBER = "número da mensagem, o primeiro da lista"
OUTBOX_REASON = "por que não será enviada"
OUTBOX_NEW_ADDRESS = "endereço de e-mail"
OUTBOX_HOW = "como foi entregue"
SWEEP = "faz o que já devia ter acontecido sozinho: lembretes, avisos, fechamentos"
SCHEDULE = "mostra um temporizador (systemd e cron) que faz isto também quando nenhuma janela está aberta"
COPY = "faz uma cópia de segurança agora, com o atendimento em uso, e a confere"
COPY_TARGET = "arquivo ou pasta; sem ele, a pasta das cópias"
PRIVACY = "dados pessoais: exporta, retém e anonimiza os de um beneficiário"
PRIVACY_EXPORT = "mostra tudo o que há sobre a pessoa, completo, para entregar a ela; fica no histórico do cadastro"
PRIVACY_PDF = "grava em PDF"
PRIVACY_HOLD = "retém os dados da pessoa, como por um processo na justiça: ninguém os anonimiza"
PRIVACY_RELEASE = "acaba com a retenção"
PRIVACY_ANONYMISE = "apaga quem a pessoa foi: o cadastro e os textos dos atendimentos"
PRIVACY_TRIAL = "diz o que seria apagado, e não apaga nada"
PRIVACY_WHO = "CPF, CNS, carteirinha ou nome"
PRIVACY_WHY = "quem pediu, e por quê, sem o nome da pessoa"
PRIVACY_EXPIRED = "lista quem já pode ser anonimizado: atendimentos fora do prazo de guarda e sem cobertura"
PRIVACY_CLEAN = "limpa do arquivo do banco o que já foi apagado"
REMITTANCES = "os documentos que viajam aos setores, em remessas numeradas"
REMITTANCES_LIST = "lista as remessas abertas ou com documentos a caminho, com cada documento"
REMITTANCES_ALL = "também as que já tiveram resposta de todos os documentos"
REMITTANCES_CLOSE = "fecha a remessa aberta de um setor: ela recebe o próximo número, e os documentos ficam a caminho"
REMITTANCES_GROUP = "o nome do setor"
REMITTANCES_SAVE = "grava a lista em PDF nesta pasta, com as linhas para assinar"
REMITTANCES_TAKE = "anota que o setor recebeu um documento"
REMITTANCES_REFUSE = "anota que o setor recusou um documento, e por quê"
REMITTANCES_DOCUMENT = "a chave do documento, como “remessas listar --json” mostra, ou “todos”"
REMITTANCES_REASON = "o que deve ser ajustado"
REMITTANCES_SAID = "quem do setor respondeu, quando e por onde; só quem é do setor não precisa dizer"
REGISTER = "escreve na planilha do registro os protocolos que faltam, em sequência, uma vez por dia"
REGISTER_TRIAL = "diz o que seria escrito, e não escreve nada"
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
ATTACH = "anexa arquivos a um atendimento; “-” lê um da entrada padrão"
ATTACH_FILE = "arquivo a anexar; “-” para a entrada padrão"
ATTACH_NAME = "nome com que fica, em vez do nome do arquivo"
ATTACHMENTS = "lista os anexos de um atendimento, ou os salva numa pasta"
ATTACHMENTS_SAVE = "salva os anexos nesta pasta, sem gravar por cima de nada"
ATTACHMENTS_NUMBER = "só o anexo deste número"
DOCUMENTS = "mostra os documentos de um atendimento, ou todos os atendimentos que os esperam"
DOCUMENTS_OF = "protocolo do atendimento; sem ele, a lista de todos os que esperam documentos"
RECOVER = "recupera, da pasta das cópias, o conteúdo de anexos que falta ou está danificado"
RECOVER_FOLDER = "pasta das cópias, ou a pasta anexos-… que está nela; sem isso, a pasta das cópias"
VERIFY_CONTENTS = "lê também o conteúdo de cada anexo e o compara com o seu SHA-256"
CHECKED_CONTENTS = "Anexos conferidos: {percent} %"
MOVED_LOST = "De {count} anexos o conteúdo já faltava na origem: “atendimento verificar --anexos” diz quais."
MIGRATE = "leva um atendimento inteiro para outro banco, vazio, e confere; o de origem fica como está"
MIGRATE_SOURCE = "o banco em que o atendimento está: arquivo ou URL"
MIGRATE_TARGET = "o banco para onde vai: URL de um PostgreSQL vazio, ou arquivo novo"
VERIFY = "confere se os eventos são os que foram gravados: o encadeamento, os resumos, os atendimentos e a numeração"
RECOUNT = "refaz as contagens guardadas da fila, se “verificar” disser que diferem"
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
DIAGNOSIS = "diz versões, banco, cópias, travas, tamanhos e defeitos, sem dados pessoais: o que se manda com um relato de defeito"
DIAGNOSIS_FILE = "grava neste arquivo, que ainda não existe, em vez de mostrar"
MANUAL = "mostra o manual"
MANUAL_ROFF = "como o comando man o lê (roff)"
COMPLETE = "mostra ou instala o que faz a tecla Tab completar comandos, opções e arquivos"
COMPLETE_SHELL = "o interpretador de comandos: bash, zsh ou fish"
COMPLETE_INSTALL = "grava onde o interpretador procura"
PROTOCOL = "número do protocolo, com ou sem pontos"
AS_JSON = "em JSON"
AT = "instante ISO com fuso em que a conta é feita; sem ele, agora"
LIMIT = "quantos, no máximo"
FILTER = "só os que têm estas palavras"

CALENDARS = "os calendários: horários, feriados e dias avulsos"
CALENDARS_LIST = "lista os calendários e desde quando valem"
CALENDARS_TELL = "avisa o solicitante do prazo que mudou, com a mensagem proposta"
CALENDARS_KNOWN = "não avisa: o solicitante já sabe, e por quê"
CALENDARS_UNTOLD = "lista os atendimentos cujo prazo informado mudou sem aviso ao solicitante"
CALENDARS_SHOW = "mostra o horário, os dias marcados do ano e as versões"
CALENDARS_CHANGE = "muda o horário da semana a partir de um dia"
CALENDARS_DAY = "dá outro horário a um dia"
CALENDARS_HOLIDAYS = "feriados próprios e da cidade"
CALENDARS_ADD = "fecha um dia, com o seu nome"
CALENDARS_REMOVE = "desfaz um dia avulso: volta ao horário da semana e aos feriados do lugar"
CALENDARS_OPTIONAL = "diz o que se faz num ponto facultativo, todo ano: fecha, meio expediente, ou abre"
CALENDARS_OPTIONAL_NAME = "o ponto facultativo, como em: Carnaval"
CALENDARS_OPTIONAL_HOW = "fecha, meio ou abre"
CALENDARS_IMPORT = "fecha os feriados da cidade que estão num CSV"
CALENDARS_NAME = "nome do calendário; expediente e legal são os do atendimento"
CALENDARS_YEAR = "o ano; sem ele, este"
CALENDARS_HOURS = "o horário novo, como em: seg a sex 8-12 13-18"
CALENDARS_SINCE = "o dia a partir do qual vale (dd/mm/aaaa)"
CALENDARS_WHICH_DAY = "o dia (dd/mm/aaaa)"
CALENDARS_DAY_HOURS = "as horas em que se atende nesse dia, como em: 8-12"
CALENDARS_HOLIDAY = "o nome do feriado ou do decreto"
CALENDARS_FILE = "um CSV com as colunas data, nome e cidade ou codigo_ibge"
CALENDARS_IBGE = "o código da cidade no IBGE"
CALENDARS_MANY = "aceita que a cidade tenha muitos feriados"
CALENDARS_WHY = "o motivo; obrigatório para um dia que já passou"
CALENDARS_TRIAL = "só mostra que dias e que prazos mudariam"
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
PEOPLE_ON_DUTY = "só quem tem a tela aberta agora"
PEOPLE_ALL = "também quem saiu"
PEOPLE_FROM_DAY = "primeiro dia da ausência (dd/mm/aaaa)"
PEOPLE_UNTIL_DAY = "último dia; sem ele, um dia só"
PEOPLE_WHY = "motivo da ausência"
PEOPLE_REMOVE = "retira a ausência que começa neste dia"
GROUP_NAME = "nome do grupo"
PEOPLE_EMAIL = "endereço para onde vão as mensagens; vazio o retira"
PEOPLE_NEW_NAME = "o nome novo"
PEOPLE_ADD_MEMBER = "põe a pessoa no grupo (pode repetir)"
PEOPLE_REMOVE_MEMBER = "tira a pessoa do grupo (pode repetir)"

UNIT = "os dados e ajustes da unidade"
UNIT_SHOW = "mostra os dados e ajustes da unidade"
UNIT_CHANGE = "altera um dado ou ajuste da unidade"
SYSTEMS = "outros sistemas da operadora (ERP, CRM): o número de um atendimento em cada um, e o bloco que se cola nele"
SYSTEMS_SHOW = "mostra os sistemas, num texto que se pode alterar e devolver"
SYSTEMS_CHANGE = "toma os sistemas de um arquivo, feito como o que “sistemas ver” mostra"
SYSTEMS_FILE = "o arquivo TOML dos sistemas"
UNIT_SETTING = "qual: uma das palavras que “unidade ver” mostra"
UNIT_VALUE = "o valor novo; “” deixa em branco"
SIGN_IN = "entra com login e senha; os próximos comandos desta conta do computador usam a sessão, por 12 horas"
SIGN_OUT = "encerra a sessão de “entrar”"
LOGIN = "login da pessoa"
PASSWORD = "troca a sua senha; num atendimento em que ninguém tem senha, define a primeira, da supervisão"
PASSWORD_ONCE = "dá a outra pessoa uma senha que vale uma vez, por três dias (só a supervisão)"
PASSWORD_FILE = "lê as senhas deste arquivo, uma por linha (a atual, depois a nova), ou da entrada padrão com -"
SESSIONS = "quem está com janelas e sessões"
SESSIONS_LIST = "lista as sessões em uso"
SESSIONS_ON_DUTY = "só quem está com uma janela aberta agora"
SESSIONS_END = "encerra as sessões de uma pessoa; as janelas dela se bloqueiam, e nada do que digitou se perde"
TOKENS = "tokens de scripts, cada um com um papel"
TOKEN_MAKE = "cria um token e o mostra, uma vez só"
TOKEN_ROLE = "o que o script pode fazer: atendente, setor, auditor, analista, supervisor, ouvidoria, comite_integridade, administrador"
TOKEN_DAYS = "por quantos dias vale; sem isso, um ano"
TOKEN_LIST = "lista os tokens em uso"
TOKEN_END = "encerra um token"
TOKEN_NAME = "para que o token serve"
SIGNED_IN = "Você entrou como {name}. “atendimento sair” encerra a sessão."
SIGNED_OUT = "A sessão foi encerrada."
FIRST_PASSWORD = "A senha de {login} foi definida. Os outros recebem a sua com “atendimento senha --de-uma-vez LOGIN”."
ONE_TIME = "Entregue essa senha à pessoa: não se mostra de novo, vale uma vez, por três dias, e a pessoa escolhe outra ao entrar."
SESSIONS_ENDED = "Sessões encerradas: {count}."
TOKEN_MADE = "Guarde o token agora: não se mostra de novo. O script o diz em {variable}, ou num arquivo que só ele lê."
TOKEN_ENDED = "O token foi encerrado."
FOUND_ENTRY = "como se entra: senha (login e senha) ou sistema (a conta do computador é o login)"
FOUND_PASSWORD = "Senha da supervisão (ao menos 10 caracteres)"
FOUND_LOGIN = "login da primeira pessoa da supervisão; sem isso, vem do nome (com --entrada sistema, é a sua conta)"
FIRST_LOGIN = "O login de {name} é {login}."
NO_PASSWORD_YET = "Ninguém tem senha ainda: até haver uma, quem é dono do arquivo usa o atendimento sem ela. Defina a primeira com “atendimento senha {login}”."
OPEN_TO_OWNER = "Os papéis valem dentro do programa: quem pode abrir o arquivo por fora dele, como esta conta do computador, lê e altera tudo. Para várias contas num só computador, ponha o arquivo numa conta de serviço."
OPEN_TO_SERVER = "Os papéis valem dentro do programa: quem tem o endereço do banco, com a senha dele, lê e altera tudo."

MADE = "Atendimento criado em {path}."
IMPORTED = "Casos importados: {cases} (eventos: {events}). Casos que já estavam aqui: {already}."
IMPORT_LEFT_OUT = "Casos que ficaram de fora, porque têm linhas que não puderam ser lidas: {count} ({cases})."
IMPORT_GROWN = "Casos que já estavam aqui, têm mais eventos no arquivo e ficaram como estavam: {count}."
IMPORT_PROBLEMS_MORE = "E mais linhas que não puderam ser lidas: {count}. Corrija as de cima e importe de novo."
IMPORT_READING = "Lendo o registro: {percent} %"
IMPORT_PROGRESS = "Casos: {done} de {total}"
COPIED = "Linhas copiadas: {done} de {total}"
CHECKED = "Atendimentos conferidos: {done} de {total}"
CHECKED_TICKETS = "Atendimentos conferidos: {percent} %"
CHECKED_EVENTS = "Eventos conferidos com os resumos: {percent} %"
MOVED = "O atendimento está em {target}, conferido. Atendimentos: {tickets}. Linhas: {rows}."
MOVED_NEXT = "Feche as telas abertas em {source}, que ficou como estava, e abra o novo com --banco."
MOVED_HELD = (
    "Nenhuma mensagem sai do novo até que a supervisão libere: “atendimento liberar-envio”. Antes, encerre o antigo."
)
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
SECRET_GROUP_MADE = "Grupo criado, ainda sem ninguém: {name}. Diga quem é dele: atendimento grupos alterar GRUPO --incluir QUEM. Depois, só quem é dele muda isso."
GROUPS_MADE = "Grupos criados, por enquanto com a equipe toda: {names}."
CATALOG_EMPTY = "Nenhum serviço é oferecido."
COMPLETE_HOW = "Para instalar: “atendimento completar {shell} --instalar”."
COMPLETE_DONE = "Gravado em {path}."
COMPLETE_NEXT = {
    "bash": "Abra outro terminal. O Tab completa se o pacote bash-completion está instalado; sem ele, ponha no ~/.bashrc: source {path}",
    "zsh": "Ponha no ~/.zshrc, antes de compinit, e abra outro terminal: fpath=({folder} $fpath)",
    "fish": "Abra outro terminal.",
}
MIGRATED = "O banco foi atualizado para esta versão. A cópia de antes está em {path}."
EMPTY_QUEUE = "A fila está vazia."
DEMO_WAITING = "A demonstração de hoje está sendo criada em outro terminal: um instante."
DEMO_READY = "Demonstração em {path}."

PATH_LABELS = {
    "dados": "pasta dos dados",
    "banco": "banco",
    "demonstracao": "demonstração",
    "config": "configuração",
    "registro": "registro do programa",
    "rascunhos": "pasta dos rascunhos",
    "smtp_senha": "senha do servidor de e-mail",
}

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
EXPLAIN_HEAD = "Por que {protocol} vence {due}? ({clock})"
EXPLAIN_PAUSED = "{protocol} está pausado: sem vencimento até retomar. ({clock})"
EXPLAIN_TARGET = "Prazo de {target} ({basis}), no calendário “{calendar}”."
EXPLAIN_TOTAL = "Contado: {counted}. Resta: {left}."
EXPLAIN_RESULT = "Terminou {result}. Contado: {counted}."

BENEFICIARY_COMMANDS = "procura e mostra beneficiários"
BENEFICIARY_FIND = "procura por CPF, CNS, carteirinha, telefone ou nome; os números saem em parte escondidos"
BENEFICIARY_TEXT = "parte do número ou palavras do nome"
BENEFICIARY_SHOW = "mostra o cadastro, com os números em parte escondidos, a família e os atendimentos"
BENEFICIARY_WHO = "CPF, CNS, carteirinha ou nome, que ache uma pessoa só"
BENEFICIARY_AGES = "lista os dependentes que chegam a uma das idades do plano"
BENEFICIARY_DAYS = "nos próximos N dias (60)"
BENEFICIARY_IMPORT = "importa beneficiários de um CSV, por um mapa de colunas"
BENEFICIARY_FILE = "arquivo CSV"
BENEFICIARY_MAP = "arquivo TOML que diz de que coluna vem cada item do cadastro"
BENEFICIARY_TRIAL = "só diz o que seria novo, mudado e recusado, linha por linha"
BENEFICIARY_PROGRESS = "Importando: {percent}%"
BENEFICIARY_LINE = "linha {number}: {what}"
BENEFICIARY_CHANGES = "mudaria: {items}"
BENEFICIARY_DONE = "Novos: {new}. Mudados: {changed}. Iguais: {same}. Recusados: {refused}."
BENEFICIARY_WOULD = "Seriam novos: {new}. Mudados: {changed}. Iguais: {same}. Recusados: {refused}. Nada foi gravado."

AGENDA = "as vagas e os agendamentos"
AGENDA_SLOTS = "lista as vagas livres, as mais próximas primeiro, com o código de cada uma"
AGENDA_MONTH = "mostra quão cheio está cada dia de um mês, de um profissional ou de uma especialidade"
AGENDA_WHICH_MONTH = "o mês (mm/aaaa); o atual, se não disser"
AGENDA_MONTH_PICTURE = "grava o mês como imagem (SVG) neste arquivo"
AGENDA_BOOK = "marca uma vaga: abre o pedido com o protocolo, ou usa um aberto"
AGENDA_MOVE = "troca a vaga de um agendamento"
AGENDA_CANCEL = "desmarca um agendamento"
AGENDA_DAY_FOLDER = "grava a lista em PDF nesta pasta"
AGENDA_DAY_PRINTER = "imprime a lista nesta impressora"
AGENDA_ICS = "grava o arquivo de calendário (.ics) de um agendamento, para Google, Outlook e outros"
AGENDA_ICS_FOLDER = "a pasta em que o arquivo é gravado"
AGENDA_DAY = "lista as consultas de um dia"
AGENDA_SLOT = "o código da vaga, de “agenda vagas”"
AGENDA_OF_TICKET = "o protocolo de um pedido já aberto"
AGENDA_FOR_TICKET = "o protocolo do pedido: o limite conta da abertura, e nada livre no prazo fica registrado nele"
AGENDA_INSTEAD = "o número do agendamento importado que este substitui, de “horarios a-remarcar”"
AGENDA_IMPORTED = "em vez do protocolo: o número de um agendamento importado, que não tem pedido"
AGENDA_REQUEST = "identifica o pedido: repetido, nada se marca de novo"
AGENDA_FIELD = "a resposta a um campo do serviço, como motivo=dor; pode repetir"
AGENDA_WHY = "o motivo"
AGENDA_WHICH_DAY = "o dia (dd/mm/aaaa); hoje, se não disser"
AGENDA_WAITING = {
    "espera": "a lista de espera por vagas",
    "incluir": "põe um pedido na lista, ou abre um; o que já está nela guarda o lugar e passa a esperar o que se diz agora",
    "listar": "lista quem espera, em ordem, e o que foi oferecido",
    "oferecer": "oferece a quem espera uma vaga livre, ou as que foram devolvidas",
    "aceitar": "marca a vaga oferecida",
    "recusar": "registra a recusa; a vaga passa ao seguinte, e quem recusou guarda o lugar",
    "sair": "tira da lista",
    "protocolo": "o protocolo de um pedido aberto; sem ele, abre-se um",
    "vaga": "o código de uma vaga livre, de “agenda vagas”; sem ele, as devolvidas",
    "--especialidade": "a especialidade; sem ela, a do pedido",
    "--cidade": "a cidade; qualquer uma, se não disser",
    "--profissional": "o profissional; qualquer um, se não disser",
    "--ate": "o último dia que serve (dd/mm/aaaa); qualquer um, se não disser",
    "--sair": "também sai da lista",
}
AGENDA_OPTIONS = {
    "cidade": "começo do nome da cidade",
    "especialidade": "começo do nome da especialidade",
    "profissional": "começo do nome do profissional",
    "local": "começo do nome do local",
    "data": "o primeiro dia (dd/mm/aaaa)",
    "beneficiario": "CPF, CNS, carteirinha ou nome do beneficiário",
    "nascimento": "a data de nascimento dele, que confirma quem é",
    "canal": "por onde o pedido veio; aplicativo, se não disser",
}

SUPPLY_GROUPS = {
    "especialidades": "as especialidades da agenda, com o item da RN 566",
    "locais": "os locais de atendimento da agenda",
    "profissionais": "os profissionais da agenda",
    "horarios": "os horários dos profissionais",
}
SUPPLY_LIST = "lista"
SUPPLY_ADD = "inclui, ou altera o que já existe com o mesmo nome"
SUPPLY_CHANGE = "altera"
SUPPLY_NAME = "o nome"
SUPPLY_NEW_NAME = "o nome novo"
SUPPLY_WHICH = "o nome; de um profissional, também o número do conselho"
SUPPLY_SHOW = "mostra um profissional, com horários, ausências e os números deles"
SUPPLY_SHIPPED = "inclui a lista de especialidades que vem com o programa"
SUPPLY_ABSENCE = "anota uma ausência de um profissional, ou retira uma"
SUPPLY_ABSENT_FROM = "o primeiro dia (dd/mm/aaaa), ou dia e hora entre aspas"
SUPPLY_ABSENT_UNTIL = "o último dia, ou dia e hora; o primeiro, se não disser"
SUPPLY_ABSENT_WHY = "o motivo"
SUPPLY_ABSENT_REMOVE = "retira a ausência deste número"
SUPPLY_HOURS_ADD = "inclui um horário de um profissional"
SUPPLY_HOURS_END = "encerra um horário em um dia"
SUPPLY_HOURS_DAY = "tira um dia de um horário, ou inclui um"
SUPPLY_HOURS_NUMBER = "o número do horário, que “profissionais ver” mostra"
SUPPLY_DAY = "o dia (dd/mm/aaaa)"
SUPPLY_DAY_ADDED = "inclui o dia, em vez de tirar"
SUPPLY_TO_MOVE = "lista os agendamentos em horário fechado e os importados em conflito, com a mensagem pronta"
IMPORT_BOOKINGS = (
    "importa agendamentos feitos em outro sistema, como o aplicativo; nenhum se perde, os que colidem ficam em conflito"
)
IMPORT_BOOKINGS_FILE = "a lista, em CSV (ou .csv.gz)"
IMPORT_BOOKINGS_MAP = "o mapa, em TOML, que diz o que cada coluna significa"
IMPORT_BOOKINGS_TRIAL = "só diz o que seria feito, linha a linha: não vê que duas linhas da lista querem o mesmo lugar"
IMPORT_AGENDA = "importa horários de profissionais: um CSV com mapa, ou um iCalendar (.ics) de um profissional"
IMPORT_AGENDA_FILE = "a lista, em CSV (ou .csv.gz), ou o arquivo .ics"
IMPORT_AGENDA_MAP = "para um CSV: o mapa, em TOML, que diz o que cada coluna significa"
IMPORT_AGENDA_WHO = "para um .ics: o profissional"
SUPPLY_OPTIONS = {
    "item_rn566": "o item do art. 3º da RN 566 (I a XVII), ou vazio",
    "preparo": "o que se diz à pessoa que prepare",
    "ativa": "sim ou nao",
    "ativo": "sim ou nao",
    "endereco": "rua, número e complemento",
    "cidade": "a cidade; a da unidade, se não disser",
    "uf": "a sigla do estado; a da unidade, se não disser",
    "calendario": "o calendário cujos feriados fecham o local: expediente, legal, ou outro",
    "registro": "o conselho: CRM/SP 123456",
    "especialidades": "as especialidades, separadas por vírgula",
    "principal": "sim, se é esta a agenda que vale; nao, se é a de outro sistema",
    "encaixes": "quantos encaixes cabem numa vaga",
    "local": "o local de atendimento",
    "especialidade": "só esta especialidade; todas as do profissional, se não disser",
    "horas": "os dias e as horas: “seg-qua 8-12 13-17”; com --regra, só as horas: “8-12”",
    "regra": "uma regra de repetição (RRULE): FREQ=MONTHLY;BYDAY=1MO",
    "desde": "o primeiro dia (dd/mm/aaaa); hoje, se não disser",
    "ate": "o último dia (dd/mm/aaaa)",
    "vaga": "os minutos de uma vaga (30, se não disser)",
    "lugares": "quantas pessoas cabem numa vaga (1, se não disser)",
    "segunda": "sim, se a mesma pessoa pode ter outra consulta na mesma hora, com motivo",
}
