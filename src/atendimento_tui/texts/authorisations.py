"""Texts of guias."""

STATE = "{code} {state}"
NUMBER = "guia {number}"
NO_NUMBER = "sem guia"
PASSWORD = "senha {password}"
VALID = "válida até {day}"
DUE = "prazo {day}"
FOUND_NONE = (
    "Nenhuma guia com esse protocolo, número ou beneficiário. Confira o número; o nome precisa de ao menos duas letras."
)

WHO_CALLED = "quem chamou o comando"
COLUMN_PROTOCOL = "Protocolo"
COLUMN_STATE = "Situação"
COLUMN_NUMBER = "Guia"
COLUMN_ABOUT = "Beneficiário"
COLUMN_DUE = "Prazo"
FACT_NUMBER = "Guia"
FACT_PASSWORD = "Senha"
FACT_VALID = "Senha válida até"
FACT_ABOUT = "Beneficiário"
FACT_SERVICE = "Serviço"
FACT_SUBJECT = "Pedido"
FACT_STEP = "Etapa"
FACT_ASKED = "Pedido em"
TOLD_TITLE = "Quem já foi informado"
TOLD_NOBODY = "Ninguém perguntou ainda."
PLACEHOLDER = "Protocolo, número da guia, ou nome, CPF ou carteirinha do beneficiário"
BEFORE_SEARCH = (
    "Digite o protocolo, o número da guia,",
    "ou o nome, CPF ou carteirinha do beneficiário.",
    "Acha também os pedidos encerrados.",
)
COPIED = "Situação da guia copiada."

TELL_TITLE = "A quem foi informada a situação da guia? ({protocol})"
TELL_WAY = "Por onde a pessoa perguntou? ({protocol})"
TOLD_WAY = "Por onde a pessoa perguntou"
TOLD_TO = "A quem foi informada"
TELL_PLACEHOLDER = "balcão, telefone, WhatsApp…"
STATE_TOLD = "Anotado: situação da guia informada."
