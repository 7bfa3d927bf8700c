"""Texts about personal data."""

from datetime import date

from atendimento_tui.texts import formats

TITLE = "Dados pessoais"
RECORD, CHANGES, MESSAGES, FILES, HISTORY = (
    "Cadastro",
    "O que foi feito com o cadastro e com os boletos",
    "Mensagens",
    "Anexos",
    "Histórico",
)
BILLS, RECEIVED, TASKS, NUMBERS, DOCUMENTS = (
    "Boletos",
    "Respostas recebidas",
    "Tarefas",
    "Números em outros sistemas",
    "Documentos em remessas",
)
BOOKINGS = "Agendamentos"
HEADING = ("Quando", "Quem", "O quê", "Texto")
TO, SENT_FILES, REQUESTER = "Para", "Arquivos que foram junto", "Solicitante"
TICKET = "Atendimento {protocol}: {service}"
SUBJECT, CHANNEL, OPENED, CLOSED = "Assunto", "Canal", "Aberto em", "Encerrado em"
SYSTEM = "sistema"

SAVED = "Gravado em {path}, que só você pode ler."
EXPORTED = "A exportação ficou no histórico do cadastro, com quem a fez e por quê."
HELD = "Os dados desta pessoa ficam retidos: ninguém os anonimiza até “dados-pessoais liberar”."
FREE = "Os dados desta pessoa não estão mais retidos."
NOBODY = "Ninguém tem todos os atendimentos fora do prazo de guarda. Nada foi alterado."
FILE = "dados-pessoais"
WOULD = "Seria apagado de {name}, sem volta:"
WOULD_RECORD = "do cadastro: {items}"
WOULD_ROWS = "e mais, com {tickets}: {counts}"
ROWS = {
    "bill": "boletos",
    "beneficiary_contact": "outros contatos",
    "beneficiary_address": "endereços",
    "event": "textos do histórico",
    "field_value": "respostas",
    "message": "mensagens",
    "received": "respostas recebidas",
    "attachment": "anexos",
    "external_number": "números em outros sistemas",
    "task": "tarefas",
    "booking": "agendamentos com motivo",
}
"""Table -> what its rows are."""
COUNTED = "{what} {count}"
STAYS = "Fica, sem dizer de quem é: protocolo, serviço, etapas, grupo, dias, prazos, escolhas e números."
COPY = "  cópia de segurança: {path}"
NOTHING_CHANGED = "Nada foi alterado."
DONE = "Anonimizado. Agora chama-se “{name}”. Foram apagados o cadastro e os textos de {tickets}; números, etapas, dias e prazos ficam."
ELSEWHERE = "Isto não apaga o que já saiu do banco: as cópias de segurança, planilhas e arquivos exportados, o registro de protocolos, e-mails enviados, e o que outros atendimentos dizem da pessoa."
NOT_SCRUBBED = "Falta limpar o arquivo do banco, porque outra janela o usava. Feche as outras janelas e chame “atendimento dados-pessoais limpar”."
CLEAN = "O arquivo do banco está limpo: do que foi apagado nada ficou nele."

# the place
REASON = "Quem pediu, e por quê"
REASON_NOTE = "sem o nome da pessoa: fica no histórico do cadastro, com o seu nome"
EXPORT_TITLE = "Exportar os dados de {name}"
EXPORT_WHERE = "Tudo o que há sobre a pessoa, completo, para entregar a ela. O arquivo vai para {folder}"
FORM = "Formato"
FORMS = {"pdf": "PDF", "txt": "texto", "json": "JSON"}
"""Ending of a file -> the word of its form."""
HOLD_TITLE = "Reter os dados de {name}"
HOLD_REASON = "Por que não podem ser apagados"
HELD_HERE = "Os dados de {name} ficam retidos: ninguém os anonimiza até a retenção acabar."
RELEASE_TITLE = "Os dados de {name} estão retidos: {reason}"
RELEASE = "Acabar com a retenção"
ANONYMISE_TITLE = "Anonimizar {name}"
CANNOT_TITLE = "{name} não pode ser anonimizado agora"
TYPED = "Digite o nome da pessoa"
TYPED_NOTE = "para apagar de verdade; não há volta"
EXPIRED_TITLE = "Quem já pode ser anonimizado ({count}) · Enter mostra o que seria apagado"
NOT_SCRUBBED_HERE = "Falta limpar o arquivo do banco, porque outra janela o usava. Feche as outras janelas e chame “Limpar o apagado” (Ctrl+P)."

_TICKETS = {0: "nenhum atendimento", 1: "1 atendimento"}
_EXPIRED_ASIDE = "desde {since} · {tickets}"
_EXPIRED = "{since}  {name}  ({tickets})"


def tickets(count: int) -> str:
    """A number of tickets."""
    return _TICKETS.get(count, f"{formats.number(count)} atendimentos")


def expired_aside(since: date, count: int) -> str:
    """Since when somebody's data need not be kept, and how many tickets there are."""
    return _EXPIRED_ASIDE.format(since=formats.date(since), tickets=tickets(count))


def expired(name: str, since: date, count: int) -> str:
    """Somebody whose data need not be kept, and since when."""
    return _EXPIRED.format(since=formats.date(since), name=name, tickets=tickets(count))
