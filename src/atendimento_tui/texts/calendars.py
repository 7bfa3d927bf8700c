"""Texts of calendars."""

CLOCK_MOVED = "{clock}: de {before} para {after}"
NEW_DATE_SUBJECT = "Novo prazo do protocolo {protocol}"
NEW_DATE_BODY = """O prazo do atendimento {protocol} ({service}) mudou, porque mudaram os dias em que atendemos.
{dates}"""
NEW_DATE_TITLE = "Novo prazo de {protocol}"
NEW_DATE_SEND = "Avisar com a mensagem proposta"
NEW_DATE_SEND_NOTE = "pode ser alterada antes"
NEW_DATE_KNOWN = "Não avisar"
NEW_DATE_KNOWN_NOTE = "já sabe; diz como"
NEW_DATE_REASON = "Novo prazo de {protocol}: por que não avisar"
NEW_DATE_SENT = "Aviso do novo prazo registrado em {protocol}."
NEW_DATE_KEPT = "Fica registrado em {protocol} que não se avisa."
NO_NEW_DATE = "Nenhuma data informada mudou neste atendimento."
TO_TELL_TITLE = "Prazos informados que mudaram: {count}"
TO_TELL_FIND = "Digite parte de um protocolo ou serviço"
TO_TELL_NONE = "Nenhum prazo informado mudou sem aviso."
TO_TELL_LINE = "informado {told}, vence {due}"
SINCE = "vale desde {day}"
FIRST = "a primeira versão"
CONFIRMED = "confirmada em {at} por {who}"
FROM_DAY = "a partir de {day}"
CLOSED = "fechado"
REASON = {"holiday": "feriado", "special": "horário próprio", "closed": "sem expediente"}
EFFECT = "{name}, a partir de {day}:"
MORE_DAYS = "e outros dias"
MOVES = "Prazos correndo que mudam de data: {count} de {running}."
NO_GROUP = "sem grupo"
MORE_MOVES = "e mais {count}"
WAS_TOLD = " (informado {due})"
NOTHING_WRITTEN = "Simulação: nada foi alterado."
CHANGED = "{name} alterado. Atendimentos que passaram à versão nova: {moved}."
TOLD = "informado {due}, {how}"
HOW_TOLD = {"comprovante": "no comprovante", "mensagem": "em mensagem", "sabido": "por outro meio"}

MONTHS = (
    "janeiro",
    "fevereiro",
    "março",
    "abril",
    "maio",
    "junho",
    "julho",
    "agosto",
    "setembro",
    "outubro",
    "novembro",
    "dezembro",
)
WEEK = "s  t  q  q  s  s  d"
LEGEND = "{holiday} feriado  {special} horário próprio  (apagado: sem expediente)"
HOURS_TITLE = "Horário de {name}"
HOURS_LABEL = "Horário da semana"
HOURS_NOTE = "como em: seg a sex 8-12 13-18; sáb 9-13"
SINCE_LABEL = "Vale a partir de"
DAY_TITLE = "{name}: um dia"
DAY_LABEL = "Dia"
DAY_NOTE = "dd/mm/aaaa"
NAME_LABEL = "Motivo de fechar"
NAME_NOTE = "o nome do feriado ou do decreto; em branco se há horas abaixo"
DAY_HOURS_LABEL = "Horas em que se atende"
DAY_HOURS_NOTE = "como em: 8-12; em branco para o dia fechado"
REASON_LABEL = "Por que um dia que já passou"
REASON_NOTE = "só para os últimos 7 dias"
OPTIONAL_TITLE = "{name}: pontos facultativos"
OPTIONAL_DAY = "Ponto facultativo"
OPTIONAL_HOW = "O que se faz"
OPTIONAL = {"fecha": "fecha", "meio": "meio expediente", "abre": "abre"}
BACK_TITLE = "{name}: desfazer {day}"
IMPORT_TITLE = "{name}: feriados da cidade"
FILE_LABEL = "Arquivo CSV"
FILE_NOTE = "com as colunas data e nome, e cidade ou codigo_ibge se for de várias"
PREVIEW_TITLE = "{name} a partir de {day}: prazos que mudam, {count} de {running}"
CONFIRM = "Confirmar a mudança"
KEEP = "Deixar como está"
FIND = "Digite parte de um protocolo, dia ou grupo"
VERSIONS_TITLE = "{name}, {year}"
READING_HINT = "Esc volta"
DONE = "{name} alterado. Os prazos que correm passam à versão nova."
NEXT_YEAR = "Faltam os feriados próprios ou da cidade de {year} em: {names}."
