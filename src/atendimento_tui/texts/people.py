"""Texts of people and groups: the commands and the place."""

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
