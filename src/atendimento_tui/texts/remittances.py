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
CLOSED_DONE = "Remessa {number} a {group} fechada, com {items} documento(s)."
TAKEN = "{name} de {protocol}: recebido."
REFUSED = "{name} de {protocol}: recusado."
NOTHING = "Nenhuma remessa aberta nem a caminho. Os documentos entram numa quando um atendimento é levado ao setor."

# the place
TITLE = "Remessas"
READING = "Lendo as remessas…"
EMPTY_LIST = ("Nenhum documento em remessa.", "Eles entram quando um atendimento é levado ao setor.")
COUNTS = "{open} na remessa · {way} a caminho"
WITH_ALL = "com as respondidas "
COLUMNS = ("Setor", "Remessa", "Protocolo", "Documento", "Beneficiário", "Situação")
NOT_ON_THE_WAY = "Esse documento não está a caminho."
NO_OPEN = "Nenhuma remessa aberta."
CHOOSE_GROUP = "Fechar a remessa de qual setor?"
CLOSE_QUESTION = "Fechar a remessa a {group}? Os documentos ficam a caminho."
CLOSE_YES = "Fechar e gravar a lista em PDF"
TAKE_TITLE = "{name}: o setor recebeu"
REFUSE_TITLE = "{name}: o setor recusou"
REASON = "Motivo *"
WHO_SAID = "Quem disse, quando e por onde"
WHO_NOTE = "em branco, se você é do setor"

# a ticket
ON_TICKET = "{name}: {state} · {number} a {group}"
