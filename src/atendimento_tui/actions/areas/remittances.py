"""The remittances: batches of documents for a department."""

from atendimento_tui.actions import reasons
from atendimento_tui.actions.action import Action, Footer, PlaceRow
from atendimento_tui.actions.facts import Facts
from atendimento_tui.texts import remittances as texts

PLACE = PlaceRow(
    "remessas",
    7,
    "remittances.screen",
    "RemittancesScreen",
    "Remessas",
    title="Remessas",
    help="Vai para as remessas: os documentos que vão aos setores, os que estão a caminho e as respostas.",
    letter="r",
    permission="atendimento.ver",
)

_HERE = (PLACE.where,)


def no_batch(facts: Facts) -> str | None:
    """No remittance is selected."""
    return None if facts.has_row else texts.NO_BATCH


ACTIONS = (
    *(
        PLACE.action(name, title, help_text, keys, calls, needs=(reasons.opening, no_batch), permission=right)
        for name, title, help_text, keys, calls, right in (
            (
                "abrir",
                "Abrir",
                "Passa da remessa aos documentos dela; de um documento, abre o atendimento.",
                ("enter",),
                "open_row",
                "",
            ),
            (
                "fechar",
                "Fechar",
                "Fecha a remessa aberta, que ganha número, e imprime ou grava a lista.",
                ("f",),
                "close_batch",
                "remessas.fechar",
            ),
            (
                "receber",
                "Setor recebeu",
                "Anota que o setor recebeu o documento do cursor.",
                ("r",),
                "take_item",
                "atendimento.documentos",
            ),
            (
                "recusar",
                "Setor recusou",
                "Anota que o setor recusou o documento do cursor, e o motivo.",
                ("x",),
                "refuse_item",
                "atendimento.documentos",
            ),
            ("lista", "Lista", "Imprime ou grava de novo a lista da remessa.", ("i",), "give_list", PLACE.permission),
        )
    ),
    Action(
        "remessas.outra",
        "Outra lista",
        "Passa das remessas aos documentos, e de volta.",
        ("tab",),
        _HERE,
        "other_table",
        footer=Footer.IF_ROOM,
        needs=(no_batch,),
    ),
    Action(
        "remessas.todas",
        "Todas",
        "Mostra também as remessas já respondidas, ou só as pendentes.",
        ("t",),
        _HERE,
        "toggle_all",
        permission="atendimento.ver",
        footer=Footer.IF_ROOM,
    ),
    Action(
        "remessas.registro",
        "Registro",
        "Escreve na planilha do registro os protocolos que ainda não estão nela, depois de dizer quais.",
        ("e",),
        _HERE,
        "write_register",
        footer=Footer.IF_ROOM,
        unless=(reasons.opening,),
        permission="registro.escrever",
    ),
)
