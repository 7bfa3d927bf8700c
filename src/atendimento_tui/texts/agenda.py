"""Texts of the agenda: looking up free slots."""

PLACEHOLDERS = {
    "city": "Cidade",
    "specialty": "Especialidade",
    "doctor": "Profissional",
    "since": "A partir de (dd/mm)",
}
"""What stands in an empty field of the filter."""

READING = "Lendo a agenda…"


COLUMN = "{weekday} {day}"
COLUMN_TODAY = "{weekday} {day} · hoje"
COLUMN_LATE = "{weekday} {day} ▲ após limite"

ENTRY = "{at} {provider}"
ENTRY_PLACES = "{at} ({free}) {provider}"
MORE = "há mais neste dia"

FIRST = " 1ª vaga: {at} "
NONE = " Nenhuma vaga livre "
LATER = " A partir de {at} "
LIMIT = "· RN 566, {item}: até {day} ({days} dias úteis) "
LIMIT_AT_ONCE = "· RN 566, {item}: atendimento imediato "
WITHIN = "● no prazo "
MISSED = "▲ nada livre no prazo "
CHOSEN = "profissional escolhido: o limite da RN 566 não se aplica "

EMPTY = (
    "Nenhuma vaga livre com este filtro nos próximos 120 dias.",
    "Apague uma palavra do filtro (Esc volta aos campos e apaga),",
    "escolha outra cidade ou outro profissional, ou ponha a pessoa na fila de espera.",
)

EMPTY_SUPPLY = (
    "A agenda ainda não tem profissionais.",
    "Inclua-os com “atendimento profissionais incluir”, “atendimento locais incluir”",
    "e “atendimento horarios incluir”, ou importe com “atendimento importar agenda”.",
)

NO_DAY = "“{typed}” não é um dia: escreva dd/mm "

GONE = "A vaga em que você estava acaba de ser ocupada. O cursor ficou no lugar, sobre a seguinte."

WHO = "{provider}{registration} · {specialty}"
WHEN = "{at}, {minutes} min"
PREPARATION = "Preparo: {text}"

END = "Não há vagas livres depois."
BEGIN = "Estas são as vagas mais próximas."

TO_MOVE_TITLE = "Agendamentos a remarcar"
NOTHING_TO_MOVE = "Nenhum agendamento precisa ser remarcado."
TO_MOVE_LINE = "{at} · {name} · {provider}, {site}"
TO_MOVE_MESSAGE = (
    "Olá, {name}. O seu atendimento de {specialty} com {provider}, em {at}, {site}, não poderá ser feito nesse horário. "
    "Vamos remarcar: diga, por favor, o melhor dia e período. Protocolo {protocol}."
)
TO_MOVE_COPIED = "Mensagem copiada. Telefone: {phone}."
TO_MOVE_NO_PHONE = "não há"
SOMEBODY = "(nome não informado)"
