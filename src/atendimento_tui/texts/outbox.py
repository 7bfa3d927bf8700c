"""Texts of the outbox."""

from datetime import datetime
from zoneinfo import ZoneInfo

from atendimento_tui.texts import formats

NOT_WRITTEN = "o endereço não pode ser escrito em uma mensagem"

STATE = {
    "pendente": "na fila",
    "enviando": "enviando",
    "enviado": "enviada ao servidor",
    "incerto": "incerta: pode ter saído",
    "falhou": "falhou",
    "recusado": "recusada",
    "retido": "retida",
    "nunca enviado": "escrita, não enviada",
    "sem endereço": "sem endereço",
    "em mãos": "para entregar à mão",
    "entregue": "entregue, confirmada por pessoa",
    "desistido": "não será enviada",
    "devolvido": "devolvida",
}
"""State of a row -> its words."""

SENT_ONE = "Uma mensagem enviada ao servidor."
SENT_MANY = "{count} mensagens enviadas ao servidor."
FAILED_ONE = "Uma mensagem não saiu: “atendimento saida listar” diz por quê."
FAILED_MANY = "{count} mensagens não saíram: “atendimento saida listar” diz por quê."

SENT_AT = "enviada {at} ao servidor"
NEXT_TRY = "falhou: {reply}; nova tentativa {at}"
NO_TRY = "falhou: {reply}; espera que alguém a reenvie"
REFUSED = "recusada: {reply}"
LEAVES_AT = "na fila, sai {at}"
GIVEN_UP = "não será enviada: {reply}"
BOUNCED = "devolvida: {reply}"
DELIVERED = "entregue {at}, confirmada por pessoa"
RECIPIENT = "{to}: {state}"

NUMBER, PROTOCOL, TO, WRITTEN, STANDS, SUBJECT = "Número", "Protocolo", "Para", "Escrita", "Situação", "Assunto"
CARRIES = "Leva"

# What was received.
EML_NAME = "resposta.eml"
REACHED, NOT_REACHED = "por {way}: falou com o cliente", "por {way}: não conseguiu falar"
QUOTED = "Resposta de {sender}, recebida em {at}:"
RECEIVED = "A resposta está no atendimento {protocol}."
BOUNCE = "Uma mensagem do atendimento {protocol} voltou; a saída mostra por quê."
DEMO_FILE, DEMO_SENDER = "comprovante.txt", "Contas médicas, por telefone"
DEMO_ANSWER = "O procedimento foi conferido com a guia e o lançamento."
KNOWN = "Esta resposta já estava no atendimento {protocol}. Nada foi alterado."
NO_PAPER = "o atendimento não tem mais o papel que a mensagem leva"
NO_CONTENT = "falta o conteúdo de um anexo"

ANSWERED_TITLE = "A que mensagem responde"
FROM_FILE, FROM_FILE_NOTE = "De um e-mail salvo", "arquivo .eml"
FILE_TITLE, FILE_TITLE_ANY = "E-mail que responde a {protocol}", "E-mail recebido: o arquivo .eml"
SAID = "{said}"
ANSWERS_NONE = "A nenhuma destas"
ANSWER_TITLE = "Resposta recebida: na primeira linha, quem respondeu e como; depois, a resposta"
ANSWER_KEPT = "Resposta anotada no atendimento {protocol}."
ATTEMPT_TITLE = "Tentativa de falar com o cliente"
ATTEMPT_SAID = "O que foi dito, ou o que aconteceu"
ATTEMPT_KEPT = "Contato anotado no atendimento {protocol}."

# The place.
READING = ("Lendo a saída…",)
EMPTY_LIST = ("Nada espera e nada falhou.", "t mostra também o que já saiu.")
NOT_SENDING = (
    "Esta mesa não envia e-mail.",
    "t mostra o que foi escrito e não enviado; o servidor fica nos ajustes da unidade.",
)
COUNTS = "Saída: {count} na lista, {failed} à espera de uma pessoa"
WITH_ALL = "todas as mensagens"
ONE_TITLE = "Mensagem {number}"
READING_HINT = "Esc fecha"
RESEND_DOUBT = "Pode ter saído: o servidor não chegou a responder. Enviar de novo, com o mesmo Message-ID?"
RESEND_YES = "Sim, enviar de novo"
ADDRESS, ADDRESS_TITLE = "E-mail", "Endereço da mensagem {number}"
REASON, GIVE_UP_TITLE = "Por que não será enviada", "Desistir da mensagem {number}"
HOW, DELIVERED_TITLE = "Como foi entregue", "Entrega da mensagem {number}"
LINK_ONLY_WHATSAPP = "Só mensagens de WhatsApp têm link."
LINK_COPIED = "Link copiado. Depois de enviar, m anota a entrega."
GIVE_TITLE = "Mensagem de WhatsApp de {protocol}"
GIVE_COPY = "Copiar o link"
GIVE_COPY_FILES = "Copiar o link e gravar os arquivos"
GIVE_DONE = "Já enviei: anotar a entrega"
BY_WHATSAPP = "por WhatsApp"
GIVEN = "Entrega anotada no atendimento {protocol}."
LINK_AND_FILES = "Link copiado. Anexe à conversa, porque um link só leva texto: {paths}. Depois, m anota a entrega."
HEADER_ONE = "Uma mensagem não saiu"
HEADER_MANY = "{count} mensagens não saíram"

# The command.
EMPTY = "A saída está vazia: nada espera, nada falhou."
RESENT = "A mensagem {number} volta para a fila."
GAVE_UP = "A mensagem {number} não será enviada."
ADDRESSED = "A mensagem {number} vai para {address}."
DONE_BY_HAND = "A mensagem {number} está anotada como entregue."


def told(
    state: str, state_at: datetime | None, next_at: datetime | None, reply: str, now: datetime, zone: ZoneInfo
) -> str:
    """What is true of a message to one recipient, as a person reads it. What only lies there is never called sent."""

    def moment(at: datetime | None) -> str:
        if at is None:
            return ""
        local, today = at.astimezone(zone), now.astimezone(zone)
        return f"às {formats.clock(local)}" if local.date() == today.date() else formats.moment(local, today)

    match state:
        case "enviado":
            return SENT_AT.format(at=moment(state_at))
        case "pendente" if next_at and next_at > now:
            return LEAVES_AT.format(at=moment(next_at))
        case "falhou":
            return (NEXT_TRY if next_at else NO_TRY).format(reply=reply, at=moment(next_at))
        case "recusado":
            return REFUSED.format(reply=reply)
        case "devolvido":
            return BOUNCED.format(reply=reply)
        case "desistido":
            return GIVEN_UP.format(reply=reply)
        case "entregue":
            return DELIVERED.format(at=moment(state_at))
    return STATE.get(state, state)
