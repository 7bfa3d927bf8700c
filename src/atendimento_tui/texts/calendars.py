"""Texts of calendars."""

CLOCK_MOVED = "{clock}: de {before} para {after}"
SINCE = "vale desde {day}"
FIRST = "a primeira versão"
CONFIRMED = "confirmada em {at} por {who}"
FROM_DAY = "a partir de {day}"
CLOSED = "fechado"
REASON = {"holiday": "feriado", "special": "horário próprio", "closed": "sem expediente"}
EFFECT = "{name}, a partir de {day}:"
MORE_DAYS = "e outros dias"
MOVES = "{count} de {running} prazos correndo mudam de data."
NO_GROUP = "sem grupo"
MORE_MOVES = "e mais {count}"
WAS_TOLD = " (informado {due})"
NOTHING_WRITTEN = "Simulação: nada foi alterado."
CHANGED = "{name} alterado. {moved} atendimento(s) passaram à versão nova."
TOLD = "informado {due}, {how}"
HOW_TOLD = {"comprovante": "no comprovante", "mensagem": "em mensagem"}
