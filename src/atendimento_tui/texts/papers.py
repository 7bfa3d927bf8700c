"""Texts about papers: the slip, a process's papers, how they are given."""

PDF_TITLE = "Atendimento"
PAGE = "página {number} de {count}"
FILE = "papel"

# the history, and what the person reads after the act
SLIP = "Comprovante"
APPOINTMENT = "Consulta para a agenda (.ics)"
PRINTED_ONE = "{name}: impresso em {printer}"
PRINTED = "{name}: {copies} vias impressas em {printer}"
SAVED = "{name}: PDF gravado em arquivo"
SAVED_AT = "{name}: PDF gravado em {path}"
FILE_SAVED = "{name}: gravado em arquivo"
SAVED_AS = {".pdf": (SAVED_AT, SAVED), ".ics": ("{name}: gravado em {path}", FILE_SAVED)}
"""Ending of the file -> what the person reads, what the history says."""
GIVEN = {
    "palavra": "Comprovante: protocolo dito de viva voz",
    "email": "Comprovante: e-mail escrito ao solicitante; a caixa de saída o envia",
    "whatsapp": "Comprovante: entregue por link do WhatsApp",
    "copia": "Comprovante: copiado para colar em outro sistema",
}

MAIL_SUBJECT = "Protocolo {protocol}"

# the choices
CHOOSE_PAPER = "Entregar de {protocol}: qual papel?"
MESSAGE = "WhatsApp: {about}"
CHOOSE_WAY = "{name} de {protocol}: como entregar?"
CHOOSE_PLACEHOLDER = "Digite parte do nome"
DUE = "a imprimir"
COPIES = "{count} vias"
PRINT = "Imprimir em {printer}"
SAVE = "Gravar o PDF numa pasta"
PRINT_NO_FORM = "Imprimir em {printer}, sem o formulário"
SAVE_NO_FORM = "Gravar o PDF sem o formulário"
BY_WORD = "Por palavra"
BY_WORD_NOTE = "registra que o protocolo foi dito"
BY_MAIL = "Por e-mail"
BY_MAIL_NOTE = "escreve ao solicitante"
BY_WHATSAPP = "Por WhatsApp"
BY_WHATSAPP_NOTE = "mostra o link e o QR"
BY_CLIPBOARD = "Copiar"
BY_CLIPBOARD_NOTE = "para colar em outro sistema"
NO_PRINTER = "A impressora {printer}, do arquivo de ajustes, não está nesta máquina; há: {found}."
NO_PRINTERS = "nenhuma"
DUE_TOLD = "A imprimir: {names}. {key} imprime."
ACT_SAID = "{said}."

# the link
LINK_TEXT = "Protocolo {protocol}"
LINK_DUE = "Protocolo {protocol} prazo {due}"
LINK_TITLE = "WhatsApp: aponte a câmera para o QR, ou copie o link"
LINK_HINT = "Enter registra que foi entregue · c copia o link · Esc volta sem registrar"
LINK_COPIED = "Link enviado à área de transferência."
