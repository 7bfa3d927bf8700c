"""Guias: finding them, and telling their state."""

from atendimento_tui.actions import reasons
from atendimento_tui.actions.action import Action, Footer, PlaceRow

PLACE = PlaceRow(
    "guias",
    10,
    "authorisations.screen",
    "GuiasScreen",
    "Guias",
    title="Guias",
    help="Vai para as guias: acha por protocolo, número ou beneficiário, também de pedidos encerrados.",
    letter="u",
    permission="atendimento.ver",
    first=("guias.abrir", "guias.informar", "atendimento.continuar"),
)

_HERE = (PLACE.where,)

ACTIONS = (
    Action(
        "guias.abrir",
        "Abrir",
        "Abre o atendimento da guia.",
        keys=("enter",),
        where=_HERE,
        calls="open_ticket",
        permission="atendimento.ver",
        footer=Footer.IF_ROOM,
        needs=reasons.HAS_TICKET,
    ),
    Action(
        "guias.informar",
        "Informar",
        "Anota que alguém perguntou pela situação da guia e foi informado: por onde e a quem.",
        keys=("asterisk",),
        where=_HERE,
        calls="tell_state",
        permission="atendimento.comentar",
        footer=Footer.IF_ROOM,
        needs=reasons.HAS_TICKET,
    ),
    Action(
        "guias.copiar",
        "Copiar",
        "Copia a situação da guia em uma linha, para colar numa mensagem.",
        keys=("y",),
        where=_HERE,
        calls="copy_state",
        footer=Footer.IF_ROOM,
        needs=reasons.HAS_TICKET,
    ),
    Action(
        "guias.procurar",
        "Procurar",
        "Volta ao campo da procura.",
        keys=("slash",),
        where=_HERE,
        calls="search_again",
        footer=Footer.IF_ROOM,
    ),
)
