"""Texts of guias."""

STATE = "{code} {state}"
NUMBER = "guia {number}"
NO_NUMBER = "sem guia"
PASSWORD = "senha {password}"
VALID = "válida até {day}"
FOUND_NONE = (
    "Nenhuma guia com esse protocolo, número ou beneficiário. Confira o número; o nome precisa de ao menos duas letras."
)

TELL_TITLE = "A quem foi informada a situação da guia? ({protocol})"
TELL_WAY = "Por onde a pessoa perguntou? ({protocol})"
TELL_PLACEHOLDER = "balcão, telefone, WhatsApp…"
STATE_TOLD = "Anotado: situação da guia informada."
