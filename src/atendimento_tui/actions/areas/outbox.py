"""The outbox: what is to be sent, and what did not leave."""

from atendimento_tui.actions import reasons
from atendimento_tui.actions.action import Action, Footer, PlaceRow

PLACE = PlaceRow(
    "saida",
    9,
    "outbox.screen",
    "OutboxScreen",
    "Saída de mensagens",
    title="Saída",
    help="Vai para as mensagens que esperam, falharam ou são incertas.",
    letter="s",
    permission="atendimento.ver",
)

_HERE = (PLACE.where,)

ACTIONS = (
    *(
        PLACE.action(name, title, help_text, keys, calls, needs=(reasons.opening, reasons.no_row), permission=right)
        for name, title, help_text, keys, calls, right in (
            ("ver", "Ver", "Mostra a mensagem inteira e o que o servidor disse.", ("enter",), "view_row", ""),
            (
                "reenviar",
                "Reenviar",
                "Manda enviar de novo, com o mesmo Message-ID.",
                ("r",),
                "resend",
                "atendimento.agir",
            ),
            (
                "endereco",
                "Endereço",
                "Corrige o endereço e manda enviar.",
                ("e",),
                "correct_address",
                "atendimento.agir",
            ),
            (
                "link",
                "Link",
                "Copia o link que abre o WhatsApp com o texto.",
                ("w",),
                "copy_link",
                "atendimento.agir",
            ),
            ("desistir", "Desistir", "Desiste de enviar, com o motivo.", ("d",), "give_up", "atendimento.agir"),
            (
                "entregue",
                "Entregue",
                "Anota que foi entregue à mão, e como.",
                ("m",),
                "confirm_delivered",
                "atendimento.agir",
            ),
        )
    ),
    Action(
        "saida.receber",
        "Receber",
        "Recebe um e-mail salvo (.eml): ele se junta ao atendimento a que responde.",
        ("ampersand",),
        _HERE,
        "receive",
        permission="atendimento.agir",
        footer=Footer.IF_ROOM,
        needs=(reasons.opening,),
    ),
    Action(
        "saida.todas",
        "Todas",
        "Mostra também as enviadas e as que nunca saem, ou só as pendências.",
        ("t",),
        _HERE,
        "toggle_all",
        permission="atendimento.ver",
        footer=Footer.IF_ROOM,
    ),
)
