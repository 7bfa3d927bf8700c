"""An open professional: hours, days that are otherwise, absences."""

from atendimento_tui import texts
from atendimento_tui.actions import reasons
from atendimento_tui.actions.action import PlaceRow
from atendimento_tui.actions.areas.providers import active, inactive
from atendimento_tui.actions.facts import Facts

PLACE = PlaceRow("profissional", 12, "providers.one", "ProviderScreen", "Profissional aberto")

_CHANGES = "agenda.oferta"


def no_hours(facts: Facts) -> str | None:
    """No hours are selected."""
    return None if facts.has_row else texts.providers.NO_HOURS


ACTIONS = (
    *(
        PLACE.action(name, title, help_text, keys, calls, needs=(reasons.opening, *needs), permission=right)
        for name, title, help_text, keys, calls, right, needs in (
            (
                "ver",
                "Ver",
                "Mostra tudo: cadastro, horários, dias sem e dias a mais, ausências, próxima vaga.",
                ("enter",),
                "view_all",
                "",
                (),
            ),
            (
                "incluir",
                "Incluir horário",
                "Inclui um horário: dias e horas, local, duração da vaga, lugares.",
                ("i",),
                "add_hours",
                _CHANGES,
                (),
            ),
            ("alterar", "Alterar", "Altera o horário do cursor.", ("a",), "change_hours", _CHANGES, (no_hours,)),
            (
                "encerrar",
                "Encerrar",
                "Diz o último dia do horário do cursor.",
                ("e",),
                "end_hours",
                _CHANGES,
                (no_hours,),
            ),
            (
                "sem_dia",
                "Sem o dia",
                "Tira um dia do horário do cursor.",
                ("minus",),
                "leave_day_out",
                _CHANGES,
                (no_hours,),
            ),
            (
                "mais_dia",
                "Mais um dia",
                "Põe no horário do cursor um dia que ele não tem, ou que tinha sido tirado.",
                ("plus",),
                "add_day",
                _CHANGES,
                (no_hours,),
            ),
            (
                "ausencia",
                "Ausência",
                "Anota férias ou congresso, ou retira a ausência.",
                ("f",),
                "absence",
                _CHANGES,
                (),
            ),
            (
                "cadastro",
                "Cadastro",
                "Altera nome, registro, especialidades e encaixes.",
                ("c",),
                "change",
                _CHANGES,
                (),
            ),
            (
                "desativar",
                "Desativar",
                "Deixa de oferecer o profissional; o que está marcado fica, e é listado para remarcar.",
                ("d",),
                "deactivate",
                _CHANGES,
                (inactive,),
            ),
            ("reativar", "Reativar", "Oferece de novo o profissional.", ("r",), "reactivate", _CHANGES, (active,)),
            (
                "importar",
                "Importar",
                "Importa os horários de um arquivo iCalendar (.ics); antes diz o que faria.",
                ("I",),
                "import_calendar",
                _CHANGES,
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
            ),
            ("todos", "Todos", "Mostra ou esconde os horários que já terminaram.", ("t",), "toggle_ended", "", ()),
            ("voltar", "Voltar", "Volta para a lista.", ("escape",), "go_back", "", ()),
        )
    ),
)
