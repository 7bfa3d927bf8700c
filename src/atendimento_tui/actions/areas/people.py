"""People, groups and the settings of the unit."""

from atendimento_tui.actions import reasons
from atendimento_tui.actions.action import Action, Footer, PlaceRow

PLACE = PlaceRow(
    "pessoas",
    4,
    "people.screen",
    "PeopleScreen",
    "Pessoas, grupos e unidade",
    title="Pessoas",
    help="Vai para as pessoas, os grupos e os ajustes da unidade.",
    letter="p",
)

_HERE = (PLACE.where,)

ACTIONS = (
    *(
        Action(f"pessoas.{name}", title, help_text, keys, _HERE, calls, footer=footer, needs=needs, unless=unless)
        for name, title, help_text, keys, calls, footer, needs, unless in (
            (
                "ver",
                "Ver",
                "Mostra tudo o que se sabe: ausências, o que tem em aberto, o que mudou.",
                ("enter",),
                "view_row",
                Footer.IF_ROOM,
                (reasons.opening, reasons.no_row),
                (),
            ),
            (
                "incluir",
                "Incluir",
                "Inclui uma pessoa, ou um grupo.",
                ("i",),
                "add",
                Footer.IF_ROOM,
                (reasons.opening, reasons.of_unit),
                (reasons.no_right_to_people,),
            ),
            (
                "alterar",
                "Alterar",
                "Altera o cadastro da pessoa, o nome do grupo ou o ajuste da unidade.",
                ("a",),
                "change",
                Footer.IF_ROOM,
                (reasons.opening, reasons.no_row),
                (reasons.no_right_to_people,),
            ),
            (
                "ausencia",
                "Ausência",
                "Anota férias, licença ou curso, ou retira a ausência.",
                ("f",),
                "absence",
                Footer.IF_ROOM,
                (reasons.no_row, reasons.not_people),
                (reasons.no_right_to_people, reasons.left),
            ),
            (
                "membros",
                "Membros",
                "Põe pessoas no grupo, ou tira.",
                ("m",),
                "members",
                Footer.IF_ROOM,
                (reasons.no_row, reasons.not_groups),
                (reasons.no_right_to_people, reasons.left),
            ),
            (
                "desativar",
                "Desativar",
                "Desativa quem sai, e passa o que tinha em aberto.",
                ("d",),
                "leave",
                Footer.IF_ROOM,
                (reasons.opening, reasons.of_unit, reasons.no_row),
                (reasons.no_right_to_people,),
            ),
            (
                "reativar",
                "Reativar",
                "Reativa quem tinha saído.",
                ("r",),
                "take_back",
                Footer.IF_ROOM,
                (reasons.no_row, reasons.not_left),
                (reasons.no_right_to_people,),
            ),
            (
                "senha",
                "Senha",
                "Dá uma senha de uma vez, que se troca ao entrar.",
                ("s",),
                "password",
                Footer.IF_ROOM,
                (reasons.no_row, reasons.not_people),
                (reasons.no_right_to_people, reasons.left),
            ),
            ("todos", "Todos", "Mostra ou esconde quem saiu.", ("t",), "toggle_left", Footer.IF_ROOM, (), ()),
            (
                "filtrar",
                "Filtrar",
                "Filtra a lista enquanto se digita.",
                ("slash",),
                "open_filter",
                Footer.IF_ROOM,
                (),
                (),
            ),
        )
    ),
    *(
        Action(f"pessoas.{name}", title, help_text, keys, _HERE, calls, args, is_act=False)
        for name, title, help_text, keys, calls, args in (
            ("aba_seguinte", "Aba", "Vai para a próxima aba.", ("tab", "right"), "turn", (1,)),
            ("aba_anterior", "Aba anterior", "Volta para a aba anterior.", ("shift+tab", "left"), "turn", (-1,)),
            ("aba_1", "Pessoas", "Mostra as pessoas.", ("1",), "show_tab", (1,)),
            ("aba_2", "Grupos", "Mostra os grupos.", ("2",), "show_tab", (2,)),
            ("aba_3", "Unidade", "Mostra os dados e ajustes da unidade.", ("3",), "show_tab", (3,)),
        )
    ),
)
