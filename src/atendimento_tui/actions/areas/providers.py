"""Who offers appointments: professionals, sites, specialties."""

from atendimento_tui import texts
from atendimento_tui.actions import reasons
from atendimento_tui.actions.action import Action, PlaceRow
from atendimento_tui.actions.facts import Facts

PLACE = PlaceRow(
    "oferta",
    11,
    "providers.screen",
    "SupplyScreen",
    "Oferta da agenda",
    title="Oferta da agenda",
    help="Vai para a oferta da agenda: profissionais, locais, especialidades, horários.",
    letter="o",
    permission="agenda.procurar",
)

_HERE = (PLACE.where,)
_CHANGES = "agenda.oferta"


def no_row(facts: Facts) -> str | None:
    """Nothing is selected."""
    return None if facts.has_row else texts.providers.NO_ROW


def inactive(facts: Facts) -> str | None:
    """The selected professional, site or specialty is not offered any more."""
    return texts.providers.IS_INACTIVE if facts.has_left else None


def active(facts: Facts) -> str | None:
    """The selected professional, site or specialty is offered."""
    return None if facts.has_left else texts.providers.IS_ACTIVE


ACTIONS = (
    *(
        PLACE.action(
            name, title, help_text, keys, calls, needs=(reasons.opening, *needs), unless=unless, permission=right
        )
        for name, title, help_text, keys, calls, right, needs, unless in (
            (
                "abrir",
                "Abrir",
                "Abre o profissional, com horários, ausências e a próxima vaga; mostra o local ou a especialidade.",
                ("enter",),
                "open_row",
                "",
                (no_row,),
                (),
            ),
            (
                "incluir",
                "Incluir",
                "Inclui um profissional, um local ou uma especialidade.",
                ("i",),
                "add",
                _CHANGES,
                (),
                (),
            ),
            (
                "alterar",
                "Alterar",
                "Altera o cadastro do profissional, do local ou da especialidade.",
                ("a",),
                "change",
                _CHANGES,
                (no_row,),
                (),
            ),
            (
                "desativar",
                "Desativar",
                "Deixa de oferecer; o que está marcado fica, e é listado para remarcar.",
                ("d",),
                "deactivate",
                _CHANGES,
                (no_row, inactive),
                (),
            ),
            (
                "reativar",
                "Reativar",
                "Oferece de novo o que estava inativo.",
                ("r",),
                "reactivate",
                _CHANGES,
                (no_row, active),
                (),
            ),
            (
                "padrao",
                "Lista padrão",
                "Inclui as especialidades da lista que vem com o programa, com o item da RN 566.",
                ("p",),
                "include_shipped",
                _CHANGES,
                (),
                (),
            ),
            (
                "importar",
                "Importar",
                "Importa horários de um CSV com o seu mapa, ou de um arquivo iCalendar; antes diz o que faria.",
                ("I",),
                "choose_import",
                _CHANGES,
                (),
                (),
            ),
            (
                "a_remarcar",
                "A remarcar",
                "Lista os agendamentos em horário fechado e os importados em conflito, com a mensagem pronta.",
                ("m",),
                "list_to_move",
                "atendimento.ver",
                (),
                (),
            ),
            ("todos", "Todos", "Mostra ou esconde o que está inativo.", ("t",), "toggle_former", "", (), ()),
            ("filtrar", "Filtrar", "Filtra a lista enquanto se digita.", ("slash",), "open_filter", "", (), ()),
        )
    ),
    *(
        Action(f"oferta.{name}", title, help_text, keys, _HERE, calls, args, is_act=False)
        for name, title, help_text, keys, calls, args in (
            ("aba_seguinte", "Aba", "Vai para a próxima aba.", ("tab", "right"), "turn", (1,)),
            ("aba_anterior", "Aba anterior", "Volta para a aba anterior.", ("shift+tab", "left"), "turn", (-1,)),
            ("aba_1", "Profissionais", "Mostra os profissionais.", ("1",), "show_tab", (1,)),
            ("aba_2", "Locais", "Mostra os locais.", ("2",), "show_tab", (2,)),
            ("aba_3", "Especialidades", "Mostra as especialidades.", ("3",), "show_tab", (3,)),
        )
    ),
)
