"""Texts of the waiting list."""

SLOT = "{specialty} com {provider}, {at}, {site}"
OFFERED = "{slot}; vale até {until}"
WISH = "{specialty} · {provider} · {city} · {until}"
ANY_PROVIDER = "qualquer profissional"
ANY_CITY = "qualquer cidade"
UNTIL = "até {day}"
ANY_DAY = "qualquer dia"

MESSAGE = (
    "Olá, {name}. Abriu uma vaga de {specialty} com {provider}: {when}, em {site}, {address}. "
    "Quer ficar com ela? Responda até {until}; depois disso ela passa a quem espera em seguida. Protocolo {protocol}."
)

LINE = "{place}º  {since}  {name}  {wish}{refusals}"
REFUSALS = " · recusou {count}"
LINE_OFFER = "    oferecida: {offer}"
EMPTY = "Ninguém espera por vaga."

PUT = "Na lista de espera: {wish}."
OFFER_MADE = "Vaga oferecida a quem espera."
OFFERS_MADE = "Vagas oferecidas a quem espera: {count}."
NOBODY = "Ninguém que espera pode ficar com essa vaga."
REFUSED = "Recusa registrada. A vaga passa a quem espera em seguida."
LEFT = "Saiu da lista de espera."

TITLE = "Esperar vaga · protocolo {protocol}"
ABOVE = "Quando uma vaga for devolvida, ela é oferecida a quem espera, em ordem."
HINT = "Ctrl+S põe na lista · Esc desiste · F1 ajuda"
LABELS = {
    "specialty": "Especialidade",
    "city": "Cidade",
    "provider": "Profissional",
    "until": "Último dia que serve",
}
NOTES = {
    "specialty": "vazio: a que o pedido diz",
    "city": "vazio: qualquer uma",
    "provider": "vazio: qualquer um",
    "until": "dd/mm/aaaa; vazio: qualquer dia",
}
ABANDONED = "Ninguém entrou na lista de espera. O pedido {protocol} ficou abandonado."
KEPT = "Ninguém entrou na lista de espera. O que foi digitado no pedido {protocol} fica guardado."
NOT_PUT = "Ninguém entrou na lista de espera. O pedido {protocol} continua aberto."

LIST_TITLE = "Lista de espera"
CHOICE = "{place}º {name} · {specialty}"
CHOICE_OFFERED = "oferecida: {offer}"
CHOICE_WAITS = "desde {since} · {wish}"
ACTS_TITLE = "Lista de espera: {name}"
ACCEPT = "Aceitou: agendar"
REFUSE = "Recusou: a vaga passa ao seguinte"
COPY = "Copiar a mensagem da oferta"
SHOW = "Abrir o atendimento"
LEAVE = "Tirar da lista"
REFUSE_TITLE = "Recusa da vaga · {name}"
LEAVE_TITLE = "Sai da lista de espera · {name}"
STAYS = "Continua na lista, no mesmo lugar"
YES_NO = {"sim": "sim", "nao": "não"}
REASON = "O que disse"
OFFER_OVER = "a oferta foi respondida ou acabou"
OFFER_STAYS = "Nada foi agendado. A vaga continua oferecida até o fim da oferta."

IN_TICKET = "Lista de espera"
WAITS = "desde {since}: {wish}{refusals}"
OFFER = "Vaga oferecida"
ANSWER_IT = "{offer}; responda na lista de espera da agenda"
