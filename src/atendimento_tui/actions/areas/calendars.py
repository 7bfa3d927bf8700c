"""The calendars."""

from atendimento_tui.actions import reasons
from atendimento_tui.actions.action import Action, Footer, PlaceRow

PLACE = PlaceRow(
    "calendarios",
    5,
    "calendars.screen",
    "CalendarsScreen",
    "Calendários",
    title="Calendários",
    help="Vai para os calendários: horários, feriados, dias avulsos, o ano inteiro.",
    letter="c",
)

_HERE = (PLACE.where,)

ACTIONS = (
    *(
        PLACE.action(name, title, help_text, keys, calls, needs=(reasons.opening,), permission="calendarios.alterar")
        for name, title, help_text, keys, calls in (
            ("horario", "Horário", "Muda o horário da semana a partir de um dia.", ("h",), "change_hours"),
            ("dia", "Dia", "Fecha o dia do cursor, ou lhe dá outro horário.", ("d",), "change_day"),
            (
                "facultativo",
                "Facultativo",
                "Diz o que se faz num ponto facultativo.",
                ("f",),
                "change_optional",
            ),
            ("desfazer", "Desfazer dia", "O dia do cursor volta ao horário da semana.", ("x",), "change_back"),
            ("importar", "Importar", "Fecha os feriados da cidade que estão num CSV.", ("i",), "import_days"),
        )
    ),
    Action(
        "calendarios.versoes",
        "Versões",
        "Mostra o horário, os dias marcados do ano e as versões.",
        ("v", "enter"),
        _HERE,
        "show_versions",
        footer=Footer.IF_ROOM,
        needs=(reasons.opening,),
    ),
    Action(
        "calendarios.avisar",
        "Avisar",
        "Lista os atendimentos cujo prazo informado mudou sem aviso, para abrir um.",
        ("exclamation_mark",),
        _HERE,
        "show_untold",
        permission="atendimento.ver",
        footer=Footer.IF_ROOM,
        needs=(reasons.opening,),
    ),
    *(
        Action(f"calendarios.{name}", title, help_text, keys, _HERE, calls, args, is_act=False)
        for name, title, help_text, keys, calls, args in (
            ("outro", "Calendário", "Passa ao próximo calendário.", ("tab",), "turn", (1,)),
            ("anterior", "Calendário anterior", "Volta ao calendário anterior.", ("shift+tab",), "turn", (-1,)),
            ("dia_seguinte", "Dia seguinte", "Vai ao dia seguinte.", ("right",), "move", (1,)),
            ("dia_anterior", "Dia anterior", "Vai ao dia anterior.", ("left",), "move", (-1,)),
            ("semana_seguinte", "Semana seguinte", "Vai à semana seguinte.", ("down",), "move", (7,)),
            ("semana_anterior", "Semana anterior", "Vai à semana anterior.", ("up",), "move", (-7,)),
            ("ano_seguinte", "Ano seguinte", "Mostra o ano seguinte.", ("pagedown",), "turn_year", (1,)),
            ("ano_anterior", "Ano anterior", "Mostra o ano anterior.", ("pageup",), "turn_year", (-1,)),
            ("hoje", "Hoje", "Vai ao dia de hoje.", ("home",), "today", ()),
        )
    ),
)
