"""Texts of calendars."""

CLOCK_MOVED = "{clock}: de {before} para {after}"
TOLD = "informado {due} ({how}, {told})"
HOW_TOLD = {"comprovante": "comprovante", "mensagem": "mensagem"}
