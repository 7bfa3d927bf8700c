"""Texts about the documents of tickets."""

from collections.abc import Iterable
from datetime import date

STATE = {"pedido": "falta", "recebido": "recebido", "aceito": "aceito", "recusado": "recusado"}
SIGN = {"pedido": "○", "recebido": "◐", "aceito": "●", "recusado": "✖"}
WAY = {"original": "original visto", "copia": "cópia em papel", "arquivo": "arquivo"}

AGAIN = " ({count}ª vez)"
ARRIVED = "chegou em {at}, anotado por {by}"
DECIDED = "conferido em {at}, anotado por {by}"
SAID_BY = "disse: {name}"
DUE = "corrigir até {day}"
ATTACHED = "anexo {number}: {name}"
NOT_NEEDED = "com as respostas de agora, não é pedido"

NO_ROW = "Não há atendimento na linha do cursor."
NOBODY = "sem nome"
LOADING = ("Lendo os documentos…",)
TABS = ("O que falta", "A conferir")
ORDERS = ("há mais tempo primeiro", "por pessoa", "pelo que falta")
FILTER = "Pessoa, documento, serviço ou protocolo"
EMPTY = (
    ("Nenhum atendimento espera documentos.", "Os que se pedem num atendimento aberto aparecem aqui."),
    ("Nenhum documento recebido está por conferir.", "No atendimento, a tecla k anota o que chegou e o aceita."),
)
COLUMN_PERSON = "Pessoa"
COLUMN_WHAT = "Documentos"
COLUMN_AGE = "Há"
COLUMN_SERVICE = "Serviço"
COLUMN_PROTOCOL = "Protocolo"
SINCE = "desde {at}"
DUE_LATE = "corrigir até {day}: venceu"
LIST_COPIED = "A lista foi enviada à área de transferência."

CHOOSE_TITLE = "Documentos de {protocol}"
CHOOSE_PLACEHOLDER = "Digite parte do nome do documento"
WHAT_TITLE = "{name}"
CAME = {
    "original": "Chegou: original visto",
    "copia": "Chegou: cópia em papel",
    "arquivo": "Chegou: arquivo",
}
CAME_NOTE = {"original": "visto e devolvido", "copia": "fica com a unidade", "arquivo": "um anexo deste atendimento"}
ACCEPT = "Aceito: está certo"
ACCEPT_NOTE = "quem confere o aceitou"
REFUSE = "Recusado: dizer por quê"
REFUSE_NOTE = "é pedido de novo"
UNDO = "Não chegou: foi engano"
UNDO_NOTE = "volta a faltar"
OPEN_FILE = "Abrir o arquivo"
WHICH_FILE = "Qual arquivo é “{name}”?"
REFUSE_TITLE = "{name}: por que foi recusado? ({protocol})"
REFUSE_REASON = "Por que foi recusado *"
REFUSE_SAID = "Quem recusou, se não foi você"
REFUSE_DUE = "Corrigir até"
REFUSE_HELP = {"disse": "o setor ou a pessoa, e por que meio", "ate": "dia, se há um limite"}
COPY_MISSING = "Copiar a mensagem do que falta"
COPY_MISSING_NOTE = "pronta para colar no WhatsApp ou no e-mail"
MISSING_COPIED = "A mensagem do que falta foi enviada à área de transferência."

MISSING_MESSAGE = (
    "Olá{name}! Sobre o protocolo {protocol} ({service}), da {unit}: para continuar, precisamos de:\n{items}"
)
MISSING_NAME = ", {name}"
MISSING_ITEM = "- {name}"
MISSING_WHY = " ({why})"
MISSING_REFUSED = ": o que recebemos não serviu ({reason})"
MISSING_DUE = ", até {due:%d/%m/%Y}"


def missing_line(missing: Iterable[tuple[str, str]]) -> str:
    """The missing documents on one line: `RG (ilegível), CPF`."""
    return ", ".join(f"{name} ({reason})" if reason else name for name, reason in missing)


def missing_message(
    person: str, protocol: str, service: str, unit: str, items: Iterable[tuple[str, str, str, date | None]]
) -> str:
    """The message that asks a person for what is missing.

    Args:
        person: The name of the person; empty if it is not known.
        items: Name, why it is needed, why it was refused, and the last day, of each document.
    """
    lines = [
        MISSING_ITEM.format(name=name)
        + (MISSING_REFUSED.format(reason=reason) if reason else MISSING_WHY.format(why=why) if why else "")
        + (MISSING_DUE.format(due=due) if due else "")
        for name, why, reason, due in items
    ]
    greeted = MISSING_NAME.format(name=person) if person else ""
    return MISSING_MESSAGE.format(name=greeted, protocol=protocol, service=service, unit=unit, items="\n".join(lines))


def age(seconds: float) -> str:
    """How long something waits: `12 min`, `5 h`, `3 dias`."""
    minutes = max(int(seconds) // 60, 0)
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h"
    return f"{minutes // (24 * 60)} dias"
