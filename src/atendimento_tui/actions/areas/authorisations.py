"""Guias: finding them, and telling their state."""

from atendimento_tui.actions import reasons
from atendimento_tui.actions.action import PlaceRow

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

ACTIONS = (
    PLACE.action(
        "abrir",
        "Abrir",
        "Abre o atendimento da guia.",
        ("enter",),
        "open_ticket",
        needs=reasons.HAS_TICKET,
        permission="atendimento.ver",
    ),
    PLACE.action(
        "informar",
        "Informar",
        "Anota que alguém perguntou pela situação da guia e foi informado: por onde e a quem.",
        ("asterisk",),
        "tell_state",
        needs=reasons.HAS_TICKET,
        permission="atendimento.comentar",
    ),
    PLACE.action(
        "copiar",
        "Copiar",
        "Copia a situação da guia em uma linha, para colar numa mensagem.",
        ("y",),
        "copy_state",
        needs=reasons.HAS_TICKET,
    ),
    PLACE.action("procurar", "Procurar", "Volta ao campo da procura.", ("slash",), "search_again"),
)
