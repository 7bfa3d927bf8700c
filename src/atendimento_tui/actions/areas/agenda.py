"""The agenda: free slots."""

from atendimento_tui import texts
from atendimento_tui.actions import reasons
from atendimento_tui.actions.action import Action, Footer, PlaceRow
from atendimento_tui.actions.facts import Facts

PLACE = PlaceRow(
    "agenda",
    4,
    "agenda.screen",
    "AgendaScreen",
    "Agenda",
    title="Agenda",
    help="Vai para a agenda: vagas livres por cidade, especialidade, profissional e dia.",
    key="f4",
    letter="a",
    permission="agenda.procurar",
)

_HERE = (PLACE.where,)


def no_slot(facts: Facts) -> str | None:
    """No slot is under the cursor."""
    return None if facts.has_row else texts.agenda.NO_SLOT


ACTIONS = (
    Action(
        "agenda.reservar",
        "Reservar",
        "Reserva a vaga do cursor para todos, pede os dados e agenda, com o protocolo do pedido.",
        ("enter",),
        _HERE,
        "hold_slot",
        footer=Footer.IF_ROOM,
        needs=(reasons.opening, no_slot),
        permission="agenda.marcar",
    ),
    Action(
        "agenda.vagas",
        "Vagas",
        "Sai dos campos do filtro e vai às vagas.",
        ("down",),
        _HERE,
        "to_grid",
        footer=Footer.IF_ROOM,
        is_act=False,
    ),
    *(
        Action(
            f"agenda.{name}",
            title,
            help_text,
            keys,
            _HERE,
            calls,
            args=args,
            footer=Footer.IF_ROOM,
            needs=(reasons.opening,),
            permission="agenda.procurar" if calls in ("turn", "show_month") else "",
        )
        for name, title, help_text, keys, calls, args in (
            (
                "procurar",
                "Procurar",
                "Volta das vagas ao filtro: cidade, especialidade, profissional, dia.",
                ("slash",),
                "search_again",
                (),
            ),
            ("depois", "Dias seguintes", "Mostra as vagas dos dias seguintes.", ("pagedown",), "turn", (1,)),
            ("antes", "Dias anteriores", "Volta às vagas mais próximas.", ("pageup",), "turn", (-1,)),
            (
                "mes",
                "Mês",
                "Mostra quão cheio está cada dia do mês; Enter vai ao dia.",
                ("c",),
                "show_month",
                (),
            ),
            ("limpar", "Limpar", "Apaga o filtro inteiro; em um campo, Esc apaga só esse.", ("x",), "clear_filter", ()),
        )
    ),
    Action(
        "agenda.a_remarcar",
        "A remarcar",
        "Lista os agendamentos em horário fechado e os importados em conflito, com a mensagem pronta.",
        ("m",),
        _HERE,
        "list_to_move",
        footer=Footer.IF_ROOM,
        needs=(reasons.opening,),
        permission="atendimento.ver",
    ),
    Action(
        "agenda.oferta",
        "Oferta",
        "Vai para a oferta da agenda: profissionais, locais, especialidades, horários.",
        ("o",),
        _HERE,
        "go",
        args=("oferta",),
        footer=Footer.IF_ROOM,
        needs=(reasons.opening,),
        permission="agenda.procurar",
        is_act=False,
    ),
    Action(
        "agenda.ocupadas",
        "Encaixe",
        "Mostra também as vagas ocupadas que aceitam encaixe (Enter pede o motivo), ou só as livres.",
        ("v",),
        _HERE,
        "show_taken",
        footer=Footer.IF_ROOM,
        needs=(reasons.opening,),
        permission="agenda.procurar",
    ),
    *(
        Action(
            f"agenda.{name}",
            title,
            help_text,
            (key,),
            _HERE,
            calls,
            footer=Footer.IF_ROOM,
            needs=(reasons.opening,),
            permission="agenda.marcar",
        )
        for name, title, help_text, key, calls in (
            (
                "esperar",
                "Esperar vaga",
                "Põe na lista de espera o atendimento para o qual se procura a vaga, ou um pedido novo.",
                "e",
                "put_on_list",
            ),
            (
                "espera",
                "Lista de espera",
                "Mostra quem espera por vaga e o que foi oferecido; registra a resposta.",
                "l",
                "show_waiting",
            ),
        )
    ),
)
