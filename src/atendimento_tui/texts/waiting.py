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
OFFERS_MADE = "{count} vaga(s) oferecida(s) a quem espera."
NOBODY = "Ninguém que espera pode ficar com essa vaga."
REFUSED = "Recusa registrada. A vaga passa a quem espera em seguida."
LEFT = "Saiu da lista de espera."
