"""The documents that all tickets wait for."""

from atendimento_tui.actions import reasons
from atendimento_tui.actions.action import Action, Footer, PlaceRow
from atendimento_tui.actions.facts import Facts
from atendimento_tui.texts import documents as texts

PLACE = PlaceRow(
    "documentos",
    6,
    "documents.screen",
    "DocumentsScreen",
    "Documentos",
    title="Documentos",
    help="Vai para os documentos: que atendimentos os esperam, de quem, e há quanto tempo.",
    key="f5",
    letter="d",
    permission="atendimento.ver",
)

_HERE = (PLACE.where,)


def nothing(facts: Facts) -> str | None:
    """No ticket is selected."""
    return None if facts.has_row else texts.NO_ROW


ACTIONS = (
    *(
        Action(f"documentos.{name}", title, help_text, keys, _HERE, calls, footer=Footer.IF_ROOM, needs=needs)
        for name, title, help_text, keys, calls, needs in (
            (
                "abrir",
                "Abrir",
                "Abre o atendimento nos documentos, para anotar o que chegou.",
                ("enter",),
                "open_row",
                (reasons.opening, nothing),
            ),
            (
                "ordem",
                "Ordem",
                "Muda a ordem: os que esperam há mais tempo, por pessoa, ou pelo que falta.",
                ("o",),
                "turn_order",
                (reasons.opening,),
            ),
            (
                "copiar",
                "Copiar lista",
                "Copia a lista que se vê, uma linha por atendimento.",
                ("y",),
                "copy_list",
                (reasons.opening, nothing),
            ),
            (
                "filtrar",
                "Filtrar",
                "Filtra por pessoa, documento, serviço ou protocolo.",
                ("slash",),
                "open_filter",
                (),
            ),
        )
    ),
    *(
        Action(f"documentos.aba_{at}", title, help_text, (str(at),), _HERE, "show_tab", args=(at,), is_act=False)
        for at, title, help_text in (
            (1, "O que falta", "Mostra os atendimentos em que falta documento."),
            (2, "A conferir", "Mostra os que têm documento recebido e ainda não conferido."),
        )
    ),
)
