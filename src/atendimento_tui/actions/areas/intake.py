"""A new intake."""

from atendimento_tui.actions import reasons
from atendimento_tui.actions.action import Action, Footer, PlaceRow

PLACE = PlaceRow(
    "novo",
    3,
    "intake.screen",
    "IntakeScreen",
    "Novo atendimento",
    title="Novo",
    help="Começa um atendimento novo: o protocolo sai na hora.",
    key="f3",
    letter="n",
    footer=Footer.IF_ROOM,
    permission="atendimento.abrir",
)

_HERE = (PLACE.where,)

ACTIONS = (
    Action(
        "novo.gravar",
        "Gravar",
        "Grava o atendimento novo, que entra na fila.",
        keys=("ctrl+s",),
        where=_HERE,
        calls="save",
        permission="atendimento.abrir",
        footer=Footer.IF_ROOM,
        needs=(reasons.choosing, reasons.done),
    ),
    Action(
        "novo.entregar",
        "Entregar",
        "Entrega o comprovante ou um papel do atendimento gravado.",
        keys=("semicolon",),
        where=_HERE,
        calls="give_papers",
        footer=Footer.IF_ROOM,
        permission="atendimento.agir",
        needs=(reasons.not_done,),
    ),
    Action(
        "novo.copiar",
        "Copiar",
        "Copia o comprovante do atendimento gravado.",
        keys=("y",),
        where=_HERE,
        calls="copy_slip",
        footer=Footer.IF_ROOM,
        needs=(reasons.not_done,),
    ),
    Action(
        "novo.seguinte",
        "Outro",
        "Começa outro atendimento depois de gravar um.",
        keys=("ctrl+n",),
        where=_HERE,
        calls="begin_another",
        needs=(reasons.not_done,),
    ),
    Action(
        "novo.descartar",
        "Descartar",
        "Descarta o rascunho escolhido, depois de confirmar.",
        keys=("ctrl+l",),
        where=_HERE,
        calls="discard",
        footer=Footer.IF_ROOM,
        needs=(reasons.not_choosing, reasons.no_draft),
    ),
)
