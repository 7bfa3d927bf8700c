"""Texts of people and groups: the commands and the place."""

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

WHO = "login ou nome da pessoa"
NAME = "nome"
LOGIN = "login; sem ele, é tirado do nome"
ROLE = "papel: {roles}"
GROUP = "grupo da pessoa (pode repetir; o que se diz troca os grupos de antes)"
NO_GROUPS = "tira a pessoa de todos os grupos"
HOURS = "horário de trabalho, como em: seg a sex 8-12 13-17; vazio é o do atendimento"
FILE = "um CSV com as colunas nome, login, papel, grupos, horario"
TRIAL = "só diz o que seria feito"
TO_PERSON = "a pessoa que recebe o que estava com quem sai"
TO_GROUP = "o grupo que recebe"
TO_QUEUE = "cada atendimento volta à fila do seu grupo, sem responsável"
REASON = "o motivo, que fica no histórico de cada atendimento"
MYSELF = "confirma que é de você mesmo que se trata"
ALL = "também quem saiu"
FROM_DAY = "primeiro dia da ausência (dd/mm/aaaa)"
UNTIL_DAY = "último dia; sem ele, um dia só"
WHY = "motivo da ausência"
REMOVE = "retira a ausência que começa neste dia"
GROUP_NAME = "nome do grupo"
NEW_NAME = "o nome novo"
ADD_MEMBER = "põe a pessoa no grupo (pode repetir)"
REMOVE_MEMBER = "tira a pessoa do grupo (pode repetir)"

ADDED = "{name} foi incluído no cadastro, com o login {login}."
CHANGED = "O cadastro de {name} está como pedido."
LEFT = "{name} não atende mais. Atendimentos repassados: {count}."
WOULD_LEAVE = "{name} seria desativado. Atendimentos a repassar: {count}."
LEFT_OVER = "{protocol} não pôde ser repassado: {reason}"
LEFT_SOME = "Ficaram {count} atendimento(s): resolva o que está acima e repita o comando, que continua de onde parou."
BACK = "{name} atende de novo, com os mesmos login e grupos."
ABSENT = "{name} está ausente de {first} a {last}: {reason}."
ABSENCE_GONE = "A ausência de {name} foi retirada."
DRAFTS = "Os rascunhos que {name} não enviou ficam no computador dele; não são de outra pessoa."
HANDING_OVER = "Repassando: {done} de {total}"
DEFAULT_REASON = "{name} saiu do atendimento."
GROUP_REASON = "O grupo {name} não é mais usado."
FILE_DONE = "Pessoas incluídas: {new}. Já estavam: {same}."
FILE_WOULD = "Pessoas que seriam incluídas: {new}. Já estão: {same}."
FILE_LINE = "linha {number}: {reason}"
FILE_WRONG = "Linhas erradas: {count}. Ninguém foi incluído; corrija o arquivo e repita."
GROUP_ADDED = "Grupo “{name}” incluído. Diga quem está nele com “grupos alterar”."
GROUP_CHANGED = "O grupo “{name}” está como pedido."
GROUP_LEFT = "O grupo “{name}” não é mais usado. Atendimentos repassados: {count}."
GROUP_IS_BACK = "O grupo “{name}” recebe atendimentos de novo."

INACTIVE = "saiu"
GROUP_INACTIVE = "desativado"
ABSENT_UNTIL = "ausente até {day}"
ABSENT_UNTIL_SHORT = "ausente até {day}"
ACTIVE = "atende"

EVENT = {
    "incluida": "incluiu no cadastro",
    "alterada": "alterou",
    "desativada": "desativou",
    "reativada": "reativou",
    "ausencia": "anotou uma ausência",
    "ausencia_retirada": "retirou uma ausência",
    "incluido": "incluiu o grupo",
    "renomeado": "deu outro nome ao grupo",
    "membro_entrou": "pôs no grupo",
    "membro_saiu": "tirou do grupo",
    "desativado": "desativou o grupo",
    "reativado": "reativou o grupo",
    "senha": "trocou a senha",
    "senha_de_uma_vez": "deu uma senha de uma vez",
    "login": "mudou o login",
    "entrada": "entrou",
    "saida": "saiu",
}
"""Kind of an event of a person or a group -> what somebody did."""

FIELD = {
    "name": "nome",
    "login": "login",
    "role": "papel",
    "groups": "grupos",
    "hours": "horário",
    "first_day": "de",
    "last_day": "até",
    "reason": "motivo",
    "member": "pessoa",
}
"""Field of an event -> its name."""
