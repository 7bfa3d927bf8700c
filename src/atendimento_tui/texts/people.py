"""Texts of people and groups: the commands and the place."""

ADDED = "{name} entrou no cadastro, com o login {login}."
CHANGED = "O cadastro de {name} está como pedido."
LEFT = "{name} não atende mais. Atendimentos repassados: {count}."
WOULD_LEAVE = "{name} deixaria de atender. Atendimentos a repassar: {count}."
LEFT_OVER = "{protocol} não pôde ser repassado: {reason}"
LEFT_SOME = (
    "Atendimentos que ficaram: {count}. Resolva o que está acima e repita o comando, que continua de onde parou."
)
BACK = "{name} atende de novo, com os mesmos login e grupos."
ABSENT = "{name} está ausente de {first} a {last}: {reason}."
ABSENCE_GONE = "A ausência de {name} foi retirada."
DRAFTS = "Os rascunhos que {name} não enviou ficam no computador dele; não são de outra pessoa."
HANDING_OVER = "Repassando: {done} de {total}"
DEFAULT_REASON = "{name} saiu do atendimento."
GROUP_REASON = "O grupo {name} não é mais usado."
FILE_DONE = "Pessoas incluídas: {new}. Já estavam: {same}."
FILE_WOULD = "Pessoas que seriam incluídas: {new}. Já estão: {same}."
FILE_WRONG = "Linhas erradas: {count}. Ninguém foi incluído; corrija o arquivo e repita."
GROUP_ADDED = "Grupo “{name}” incluído. Diga quem está nele com “grupos alterar”."
GROUP_CHANGED = "O grupo “{name}” está como pedido."
GROUP_LEFT = "O grupo “{name}” não é mais usado. Atendimentos repassados: {count}."
GROUP_IS_BACK = "O grupo “{name}” recebe atendimentos de novo."

INACTIVE = "saiu"
GROUP_INACTIVE = "desativado"
ABSENT_UNTIL = "ausente até {day}"
ACTIVE = "sem janela aberta"
ON_DUTY = "em serviço"
WORKS_UNTIL = "até {at}"
NOT_HERE = "sem janela aberta (horário {shift})"
BACK_AT = "fora do horário até {at}"

EVENT = {
    "incluida": "incluiu no cadastro",
    "alterada": "alterou",
    "desativada": "desativou",
    "reativada": "reativou",
    "ausencia": "anotou uma ausência",
    "ausencia_retirada": "retirou uma ausência",
    "incluido": "incluiu o grupo",
    "renomeado": "deu outro nome ao grupo",
    "alterado": "alterou o grupo",
    "membro_entrou": "pôs no grupo",
    "membro_saiu": "tirou do grupo",
    "desativado": "desativou o grupo",
    "reativado": "reativou o grupo",
    "senha": "trocou a senha",
    "senha_de_uma_vez": "deu uma senha provisória",
    "acesso_de_fora": "mudou o acesso sem ser do grupo sigiloso",
    "entrada": "entrou",
    "entrada_recusada": "recusou uma entrada com a senha errada",
    "saida": "saiu",
    "bloqueio": "bloqueou a tela",
    "desbloqueio": "desbloqueou a tela",
    "sessao_encerrada": "encerrou as sessões",
    "token_criado": "criou um token",
    "token_encerrado": "encerrou um token",
}
"""Kind of an event of a person or a group -> what somebody did."""

FIELD = {
    "name": "nome",
    "login": "login",
    "role": "papel",
    "groups": "grupos",
    "hours": "horário",
    "email": "e-mail",
    "first_day": "de",
    "last_day": "até",
    "reason": "motivo",
    "member": "pessoa",
    "nome": "token",
    "papel": "papel",
    "sessoes": "sessões",
}
"""Field of an event -> its name."""

# The place.
TABS = {"pessoas": "Pessoas", "grupos": "Grupos", "unidade": "Unidade"}
LOADING = ("Lendo o cadastro…",)
EMPTY = {
    "pessoas": ("Ninguém no cadastro.", "{add} inclui uma pessoa."),
    "grupos": ("Nenhum grupo.", "{add} inclui um grupo; depois diga quem está nele."),
    "unidade": ("Lendo os ajustes…",),
}
"""Tab -> text when it is empty, with what to do next."""
FILTER = "Filtrar por nome, login, papel ou grupo"
WITH_LEFT = "também quem saiu"
COLUMN_NAME = "Nome"
COLUMN_LOGIN = "Login"
COLUMN_ROLE = "Papel"
COLUMN_STANDING = "Situação"
COLUMN_HOURS = "Horário"
COLUMN_GROUPS = "Grupos"
COLUMN_GROUP = "Grupo"
COLUMN_HELD = "Em aberto"
COLUMN_SETTING = "Ajuste"
COLUMN_VALUE = "Valor"
UNIT_EVENTS = "O que mudou na unidade"
UNIT_NO_EVENTS = "Nada ainda."
NOT_IN_UNIT = "Isto se faz nas abas Pessoas e Grupos."
COLUMN_MEMBERS = "Pessoas"
COLUMN_EMAIL = "E-mail"
EMAIL_TITLE = "E-mail de {name}"
EMAIL_NOTE = "para onde vão as mensagens; em branco, não há"
EMAIL_CHANGED = "E-mail de {name}: {email}"
NO_EMAIL = "nenhum"
HOURS_OF_DESK = "o do atendimento"
DAYS = "de {first} a {last}"
ABSENCE = "Ausência {days}: {reason}"
HELD_COUNT = "Em aberto: {count}"
HELD_TITLE = "Em aberto ({count})"
HELD_MORE = "e mais {count}"
HELD_NOTHING = "Nada em aberto."
SERVICES_TITLE = "Serviços que encaminham a este grupo"
EVENTS_TITLE = "O que mudou"
NO_MEMBERS = "Ninguém ainda."
READING_HINT = "Esc fecha"
CHOOSE = "Digite parte do nome"
CHOOSE_ANSWER = "↑ ↓ escolhem · Enter confirma"
NO = "Não, deixar como está"
NO_ROW = "Nada está escolhido nesta lista."
ONLY_PEOPLE = "Isto se faz na aba Pessoas."
ONLY_GROUPS = "Isto se faz na aba Grupos."
HAS_LEFT = "Está desativado: reative antes."
HAS_NOT_LEFT = "Não está desativado."
KEEP_HINT_ONE = "Enter grava · Esc volta e guarda o digitado"
KEEP_HINT = "Enter: próximo campo · Ctrl+S grava · Esc volta e guarda o digitado"
ADD_PERSON_TITLE = "Incluir pessoa"
CHANGE_TITLE = "Alterar {name}"
LOGIN_NOTE = "em branco, é tirado do nome"
GROUPS_NOTE = "separados por vírgula; há: {groups}"
HOURS_NOTE = "como em: seg a sex 8-12 13-17; em branco, o do atendimento"
ABSENCE_TITLE = "Ausência de {name}"
ADD_ABSENCE = "Anotar outra ausência"
REMOVE_ABSENCE = "Retirar a ausência {days}"
FIRST_DAY = "Primeiro dia"
LAST_DAY = "Último dia"
ABSENCE_REASON = "Motivo"
DAY_NOTE = "dd/mm/aaaa"
LAST_DAY_NOTE = "dd/mm/aaaa; em branco, um dia só"
ABSENCE_REASON_NOTE = "férias, licença, curso"
MYSELF_QUESTION = "É o seu próprio cadastro. Sair do atendimento?"
MYSELF_ANSWER = "Sim, sou eu quem sai"
RECEIVER_TITLE = "{name} tem {count} em aberto. A quem passam?"
RECEIVER_QUEUE = "De volta à fila do grupo de cada um"
A_GROUP = "grupo"
ABSENT_QUESTION = "{name} está ausente até {day}. Passar assim mesmo?"
ABSENT_ANSWER = "Sim, passar assim mesmo"
TO_WHOM = "Passam para: {name}"
LEAVE_TITLE = "Desativar {name}"
LEAVE_REASON = "Motivo"
LEAVE_NOTHING = "Nada em aberto. O nome continua no histórico."
BACK_QUESTION = "Reativar {name}, com os mesmos login e grupos?"
BACK_ANSWER = "Sim, reativar"
PASSWORD_QUESTION = "Dar a {name} uma senha nova? A de antes deixa de valer."
PASSWORD_ANSWER = "Sim, dar uma senha provisória"
PASSWORD_TITLE = "Senha provisória de {name}"
PASSWORD_LOGIN = "Login: {login}"
PASSWORD = "Senha: {password}"
PASSWORD_NOTE = (
    "Anote agora: ela não é mostrada de novo.",
    "Vale para entrar uma vez, por três dias; ao entrar, a pessoa escolhe a sua.",
)
ADD_GROUP_TITLE = "Incluir grupo"
GROUP_NAME = "Nome"
GROUP_NAME_NOTE = "os serviços continuam a achá-lo pelo nome antigo"
GROUP_MADE = "Grupo “{name}” incluído. Diga quem está nele."
MEMBERS_TITLE = "Quem está em “{name}”? Enter põe ou tira"
IS_MEMBER = "● está no grupo"
JOINED = "{person} está em “{group}”."
LEFT_GROUP = "{person} saiu de “{group}”."
GROUP_QUESTION = "Desativar o grupo “{name}”? Ele não recebe mais atendimentos."
GROUP_ANSWER = "Sim, desativar"
