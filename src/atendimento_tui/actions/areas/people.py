"""People, groups and the settings of the unit."""

from atendimento_tui.actions import reasons
from atendimento_tui.actions.action import Action, PlaceRow

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
        PLACE.action(name, title, help_text, keys, calls, needs=needs, unless=unless, permission=right)
        for name, title, help_text, keys, calls, right, needs, unless in (
            (
                "ver",
                "Ver",
                "Mostra tudo o que se sabe: ausências, o que tem em aberto, o que mudou.",
                ("enter",),
                "view_row",
                "",
                (reasons.opening, reasons.no_row),
                (),
            ),
            (
                "incluir",
                "Incluir",
                "Inclui uma pessoa, ou um grupo.",
                ("i",),
                "add",
                "pessoas.alterar",
                (reasons.opening, reasons.of_unit),
                (),
            ),
            (
                "alterar",
                "Alterar",
                "Altera o cadastro da pessoa, o nome do grupo ou o ajuste da unidade.",
                ("a",),
                "change",
                "pessoas.alterar",
                (reasons.opening, reasons.no_row),
                (),
            ),
            (
                "ausencia",
                "Ausência",
                "Anota férias, licença ou curso, ou retira a ausência.",
                ("f",),
                "absence",
                "pessoas.alterar",
                (reasons.no_row, reasons.not_people),
                (reasons.left,),
            ),
            (
                "membros",
                "Membros",
                "Põe pessoas no grupo, ou tira.",
                ("m",),
                "members",
                "pessoas.alterar",
                (reasons.no_row, reasons.not_groups),
                (reasons.left,),
            ),
            (
                "desativar",
                "Desativar",
                "Desativa quem sai, e passa o que tinha em aberto.",
                ("d",),
                "deactivate",
                "pessoas.alterar",
                (reasons.opening, reasons.of_unit, reasons.no_row),
                (),
            ),
            (
                "reativar",
                "Reativar",
                "Reativa quem tinha saído.",
                ("r",),
                "reactivate",
                "pessoas.alterar",
                (reasons.no_row, reasons.not_left),
                (),
            ),
            (
                "senha",
                "Senha",
                "Dá uma senha provisória, que se troca ao entrar.",
                ("s",),
                "password",
                "acessos.alterar",
                (reasons.no_row, reasons.not_people),
                (reasons.left,),
            ),
            (
                "email",
                "E-mail",
                "Altera o endereço para onde vão as mensagens da pessoa ou do grupo.",
                ("e",),
                "email",
                "pessoas.alterar",
                (reasons.opening, reasons.of_unit, reasons.no_row),
                (reasons.left,),
            ),
            ("todos", "Todos", "Mostra ou esconde quem saiu.", ("t",), "toggle_former", "", (), ()),
            (
                "filtrar",
                "Filtrar",
                "Filtra a lista enquanto se digita.",
                ("slash",),
                "open_filter",
                "",
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
