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
ENTRY_TAKEN = "{at} ocupada · {provider}"
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
    "escolha outra cidade ou outro profissional, ou ponha na lista de espera ({key}):",
    "quando uma vaga for devolvida, ela é oferecida a quem espera, em ordem.",
)

EMPTY_SUPPLY = (
    "A agenda ainda não tem profissionais.",
    "Inclua-os na oferta da agenda, com os locais e os horários: {keys} em qualquer lista,",
    "ou ↓ e {key} aqui.",
)

WITH_TAKEN = " Também as vagas ocupadas que aceitam encaixe "
SQUEEZE_IN = "Encaixe: {slot}"
SQUEEZE_IN_REASON = "Motivo do encaixe"

NO_DAY = "“{typed}” não é um dia: escreva dd/mm "

NO_SLOT = "Nenhuma vaga no cursor: escolha outra cidade, especialidade ou dia."

GONE = "A vaga em que você estava acaba de ser ocupada. O cursor ficou no lugar, sobre a seguinte."

WHO = "{provider}{registration} · {specialty}"
WHEN = "{at}, {minutes} min"
PREPARATION = "Preparo: {text}"

END = "Não há vagas livres depois."
BEGIN = "Estas são as vagas mais próximas."

TO_MOVE_TITLE = "Agendamentos a remarcar"
NOTHING_TO_MOVE = "Nenhum agendamento precisa ser remarcado."
TO_MOVE_LINE = "{at} · {name} · {provider}, {site} · {why}"
TO_MOVE_WHY = {
    "closed": "horário fechado",
    "taken": "conflito: o horário é de outra pessoa",
    "busy": "conflito: a pessoa já tem consulta nessa hora",
}
TO_MOVE_MESSAGE = (
    "Olá{name}. O seu atendimento{specialty} com {provider}, em {at}, {site}, não poderá ser feito nesse horário. "
    "Vamos remarcar: diga, por favor, o melhor dia e período.{protocol}"
)
TO_MOVE_ACTS = {
    "copy": "Copiar a mensagem para a pessoa",
    "show": "Abrir o atendimento, para remarcar",
    "move": "Remarcar: escolher outra vaga e abrir um pedido no lugar dele",
    "cancel": "Desmarcar, com motivo",
}
TO_MOVE_CANCEL_TITLE = "Desmarcar um agendamento importado"
TO_MOVE_CANCEL_WHY = "Motivo"
INSTEAD = "no lugar do importado nº {number}, {name} "
INSTEAD_HINT = "Escolha a vaga nova. Ao agendar, o importado fica como remarcado. Esc no filtro vazio desiste."
TO_MOVE_NAME = ", {name}"
TO_MOVE_SPECIALTY = " de {specialty}"
TO_MOVE_PROTOCOL = " Protocolo {protocol}."
TO_MOVE_NUMBER = "nº {number}"
TO_MOVE_COPIED = "Mensagem copiada. Telefone: {phone}."
TO_MOVE_NO_PHONE = "não há"
SLOTS_LIMIT = "RN 566, {item}: até {day}, contado o dia do pedido."
SLOTS_MISSED = "Nada livre dentro desse prazo."
LIMIT_MISSED = "{specialty}{where} (RN 566, {item}): nada livre até {day}; {free}"
LIMIT_WHERE = " em {cities}"
LIMIT_FIRST = "a primeira vaga é {at}, {provider}, {site}"
LIMIT_NONE = "nenhuma vaga nos próximos {days} dias"
LIMIT_TOLD = "Registrado no atendimento: nada livre no prazo da RN 566."
APP_CHANNEL = "aplicativo"
OPENED = "Pedido aberto com o protocolo {protocol}."
CANCELLED = "Consulta desmarcada; a vaga está livre."
DAY_TITLE = "Consultas de {day}"
DAY_HEADING = ("Hora", "Profissional", "Local", "Pessoa", "Estado", "Protocolo")
DAY_FILE = "consultas-{day}"
DAY_PRINTED = "Lista impressa em {printer}."
DAY_SAVED = "Lista gravada em {path}."
EMPTY_DAY = "Nenhuma consulta nesse dia."
SAID = "{when}, com {provider}, {specialty}, em {site}: {address}, {city}.{preparation} Protocolo {protocol}."
SAID_PREPARATION = " {text}."
EVENT = "Consulta{specialty} com {provider}"
EVENT_SPECIALTY = " de {name}"
EVENT_PROTOCOL = "Protocolo {protocol}"
EVENT_FILE = "consulta-{protocol}"

MONTH = "{name} de {year}"
MONTH_WEEK = ("segunda", "terça", "quarta", "quinta", "sexta", "sábado", "domingo")
MONTH_MANY = "{count} profissionais"
MONTH_FREE = ("{free}/{places} livres", "{free} livres", "{free}")
MONTH_FREE_ONE = ("{free}/{places} livre", "{free} livre", "{free}")
MONTH_FULL = ("cheio",)
MONTH_OVER = ("nada livre", "—")
MONTH_PAST = ("{taken}/{places} ocup.", "{taken} ocup.", "{taken}")
MONTH_HOLIDAY = ("feriado",)
MONTH_LATER = ("não aberto", "—")
MONTH_NOTHING = ("—",)
MONTH_LIMIT = "limite RN 566"
MONTH_ABOUT = ("{free} de {slots} vagas livres", "{free} de {places} lugares livres, em {slots} vagas")
MONTH_ABOUT_PAST = ("{taken} de {slots} vagas ocupadas", "{taken} de {places} lugares ocupados, em {slots} vagas")
"""Where each slot has one place, and where some have more."""

MONTH_OVER_DAY = "Esse dia já passou: escolha hoje ou um dia depois."
MONTH_HINT = "↑↓←→ dia · PgUp PgDn mês · Enter vai ao dia · Esc fecha"
MONTH_SAVED = "Imagem gravada em {path}."
BAR_TAKEN, BAR_FREE = "█", "░"

SOMEBODY = "(nome não informado)"

HELD = "Vaga reservada por {left}"
HELD_OVER = "A reserva acabou. Ao gravar, a vaga é tomada de novo se ainda estiver livre."
BOOK_TITLE = "Agendar · protocolo {protocol}"
MOVE_TITLE = "Remarcar · protocolo {protocol}"
MOVES = "No lugar de {slot}"
MOVE_HINT = "Ctrl+S remarca · Esc desiste; a consulta fica como está · F1 ajuda"
UNFINISHED = "Há um pedido de consulta por terminar"
UNFINISHED_WHICH = "Escolha como começar"
GO_ON = "Continuar o que foi digitado"
BEGIN_ANEW = "Começar vazio: o que foi digitado é apagado"
OPENED_ALREADY = (
    "O pedido já foi aberto com a pessoa e as respostas acima; aqui elas não mudam mais. "
    "Se não eram essas, saia com Esc e faça um pedido novo."
)
BENEFICIARY = "Beneficiário"
CHANNEL = "Canal"
OFFER_HINT = "Ctrl+S agenda · Esc desiste; a oferta continua · F1 ajuda"
BOOK_HINT = "Ctrl+S agenda · Esc desiste e solta a vaga · F1 ajuda"
FOR_TICKET = "para o atendimento {protocol} "
UNKNOWN_PERSON = "Esta pessoa não tem cadastro: saia com Esc, cadastre-a em F8 (Beneficiários) e volte. O que foi digitado fica guardado."
RELEASED = "A vaga está livre de novo. O pedido {protocol} ficou abandonado: nada foi agendado."
RELEASED_KEPT = (
    "A vaga está livre de novo: nada foi agendado. O que foi digitado no pedido {protocol} fica guardado; "
    "Enter em outra vaga continua."
)
NOT_RELEASED = "Sem resposta do banco: a vaga se solta sozinha no fim da contagem. Nada foi agendado, e o que foi digitado fica guardado."
RELEASED_TICKET = "A vaga está livre de novo. O atendimento {protocol} continua onde estava."
READ_ALOUD_TITLE = "Agendado: leia em voz alta"
READ_ALOUD = (
    "Consulta de {specialty} com {provider}",
    "{weekday}, {day}, às {at}",
    "{site}, {address}, {city}",
    "Preparo: {preparation}",
    "Protocolo {protocol}",
)
READ_ALOUD_HINT = "Esc fecha; o atendimento fica aberto embaixo"
WEEKDAYS = ("segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado", "domingo")
