"""Texts about remittances: the place, the command, the list on paper."""

STATE = {"na_remessa": "na remessa", "a_caminho": "a caminho", "recebido": "recebido", "recusado": "recusado"}
OPEN = "aberta"
SAID_BY = "(disse {who})"
LINE = "{group} · remessa {number} · {pending} de {items} sem resposta"
NUMBER = "Remessa {number}"

# on paper
LIST_TITLE = "Remessa {number}"
TO = "Para"
CLOSED = "Fechada"
STILL_OPEN = "ainda aberta"
COUNT = "Documentos"
LIST_HEADING = ("Nº", "Protocolo", "Documento", "Beneficiário", "Recebido")
SIGNATURES = ("Entregue por, data", "Recebido por, data")
FILE = "remessa"
PRINTED = "Lista impressa em {printer}."
SAVED = "Lista gravada em {path}."

# what was done
CLOSED_DONE = "Remessa {number} a {group} fechada. Documentos: {items}."
TAKEN = "{name} de {protocol}: recebido."
REFUSED = "{name} de {protocol}: recusado."
NOTHING = "Nenhuma remessa aberta nem a caminho. Os documentos entram numa quando um atendimento é levado ao setor."

# the place
READING = "Lendo as remessas…"
EMPTY_LIST = (
    "Nenhuma remessa aberta nem a caminho.",
    "Os documentos entram numa quando um atendimento",
    "é levado ao setor. A tecla t mostra as respondidas.",
)
COUNTS = "{open} na remessa · {way} a caminho"
WITH_ALL = "com as respondidas "
GROUP = "Setor"
BATCH = "Remessa"
DAY = "Dia"
STANDS = "Situação"
DOCUMENTS = "Docs"
WAY = "A caminho"
TAKEN_COUNT = "Receb."
REFUSED_COUNT = "Recus."
PERSON = "Beneficiário"
DOCUMENT = "Documento"
PROTOCOL = "Protocolo"
NEXT = "próxima"
ANSWERED = "respondida"
NOBODY = "sem beneficiário"
SINCE = "desde {at}, por {by}"
NO_BATCH = "Não há remessa na linha do cursor."
NOT_OPEN = "Essa remessa já está fechada; a tecla i imprime ou grava a lista de novo."
NOT_ON_THE_WAY = "Esse documento não está a caminho: a remessa está aberta, ou o setor já respondeu."
CLOSE_QUESTION = "Fechar a remessa a {group}? Os documentos ficam a caminho."
LIST_QUESTION = "Lista da remessa {number} a {group}"
TAKE_TITLE = "{name}: o setor recebeu"
REFUSE_TITLE = "{name}: o setor recusou"
TO_WHERE = "remessa {number} a {group}"
REASON = "Motivo *"
WHO_SAID = "Quem disse, quando e por onde"
WHO_NOTE = "em branco, se você é do setor"

# a ticket
ON_TICKET = "remessa {number} a {group}: {state}"
