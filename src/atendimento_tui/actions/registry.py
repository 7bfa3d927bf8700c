"""All actions of the program, one row each, with their keys, texts and conditions.

Bindings, footer, command palette, help, the checks of the settings file, the keys that a process may not use and
`docs/keys.md` are generated from these rows. A new action is a row here and the method that `calls` names. A new place
is a member of `Where`, a row of `PLACE_ROWS` and its actions.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from atendimento_tui.actions import reasons
from atendimento_tui.actions.action import GO, Action, Footer
from atendimento_tui.texts import actions as texts
from atendimento_tui.texts import queue

PROCESS = "processo."
"""Prefix of the ids of actions of a process."""

_OF_PROCESS = "Ação da etapa em que o atendimento está."


class Where(StrEnum):
    """Where an action is available: places of the program, and parts that several places have."""

    QUEUE = "fila"
    TICKET = "atendimento"
    INTAKE = "novo"
    PEOPLE = "pessoas"
    CALENDARS = "calendarios"
    LIST = "lista"
    DIALOG = "dialogo"


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place: it has a header, a footer, help and the command palette.

    Its mode, its style sheet, its early import and the action that goes to it follow from this row.

    Attributes:
        where: Its name, that of its mode, and the first word of the ids of its actions.
        module: Its module in `screens/`. A file beside it with the ending `.tcss` is its style sheet.
        screen: Its class in that module.
        heading: The heading of its actions in the help.
        title: The title of the action that goes to it; none if it is opened from another place, as a ticket is.
        help: The sentence of that action in help and palette.
        key: The key that goes to it from everywhere, if it has one.
        letter: Its letter after the key of `ir.escolher`.
        footer: Whether the footer shows the action that goes to it.
        permission: What the person's role must allow for it.
    """

    where: Where
    module: str
    screen: str
    heading: str
    title: str = ""
    help: str = ""
    key: str = ""
    letter: str = ""
    footer: Footer = Footer.NEVER
    permission: str = ""


PLACE_ROWS = (
    PlaceRow(
        Where.QUEUE, "queue.screen", "QueueScreen", "Fila", title="Fila", help="Vai para a fila.", key="f2", letter="f"
    ),
    PlaceRow(Where.TICKET, "tickets.screen", "TicketScreen", "Atendimento aberto"),
    PlaceRow(
        Where.INTAKE,
        "intake.screen",
        "IntakeScreen",
        "Novo atendimento",
        title="Novo",
        help="Começa um atendimento novo: o protocolo sai na hora.",
        key="f3",
        letter="n",
        footer=Footer.IF_ROOM,
        permission="atendimento.abrir",
    ),
    PlaceRow(
        Where.PEOPLE,
        "people.screen",
        "PeopleScreen",
        "Pessoas, grupos e unidade",
        title="Pessoas",
        help="Vai para as pessoas, os grupos e os ajustes da unidade.",
        letter="p",
    ),
    PlaceRow(
        Where.CALENDARS,
        "calendars.screen",
        "CalendarsScreen",
        "Calendários",
        title="Calendários",
        help="Vai para os calendários: horários, feriados, dias avulsos, o ano inteiro.",
        letter="c",
    ),
)

PLACES = tuple(row.where for row in PLACE_ROWS)


def _going_to(row: PlaceRow) -> Action:
    """The action that goes to a place."""
    return Action(
        f"{GO}{row.where}",
        row.title,
        row.help,
        keys=(row.key,) if row.key else (),
        where=PLACES,
        calls="go",
        args=(row.where,),
        footer=row.footer,
        permission=row.permission,
        is_act=False,
        letter=row.letter,
    )


_QUEUE, _TICKET, _INTAKE = (Where.QUEUE,), (Where.TICKET,), (Where.INTAKE,)
_PEOPLE = (Where.PEOPLE,)
_CALENDARS = (Where.CALENDARS,)
_LIST, _DIALOG = (Where.LIST,), (Where.DIALOG,)
_ON_TICKET = (Where.QUEUE, Where.TICKET)

_HAS_TICKET = (reasons.opening, reasons.no_ticket)

ACTIONS: tuple[Action, ...] = (
    # Actions on a ticket, both on its row in the queue and where it is open.
    Action(
        "fila.assumir",
        "Assumir",
        "Assume o atendimento: você passa a responder por ele.",
        keys=("a",),
        where=_ON_TICKET,
        calls="act_on_ticket",
        permission="atendimento.assumir",
        args=("claim",),
        footer=Footer.IF_ROOM,
        needs=_HAS_TICKET,
        unless=(reasons.closed, reasons.has_owner),
    ),
    Action(
        "fila.comentar",
        "Comentar",
        "Escreve um comentário no atendimento.",
        keys=("c",),
        where=_ON_TICKET,
        calls="act_on_ticket",
        permission="atendimento.comentar",
        args=("comment",),
        footer=Footer.IF_ROOM,
        needs=_HAS_TICKET,
    ),
    Action(
        "fila.pausar",
        "Pausar",
        "Pausa o prazo, com o motivo: o atendimento aguarda alguém de fora.",
        keys=("s",),
        where=_ON_TICKET,
        calls="act_on_ticket",
        permission="atendimento.pausar",
        args=("pause",),
        footer=Footer.IF_ROOM,
        needs=_HAS_TICKET,
        unless=(reasons.closed, reasons.paused, reasons.in_validation),
    ),
    Action(
        "fila.retomar",
        "Retomar",
        "Retoma o atendimento pausado: o prazo volta a correr.",
        keys=("r",),
        where=_ON_TICKET,
        calls="act_on_ticket",
        permission="atendimento.retomar",
        args=("resume",),
        footer=Footer.IF_ROOM,
        needs=_HAS_TICKET,
        unless=(reasons.closed, reasons.not_paused),
    ),
    Action(
        "fila.explicar",
        "Por quê?",
        "Mostra por que o prazo vence quando vence: cada intervalo contado ou pulado.",
        keys=("p",),
        where=_ON_TICKET,
        calls="explain",
        permission="atendimento.ver",
        footer=Footer.IF_ROOM,
        needs=_HAS_TICKET,
        unless=(reasons.no_term,),
    ),
    Action(
        "fila.agir",
        "Agir",
        "Mostra as ações da etapa e as tarefas, para escolher uma.",
        keys=("full_stop",),
        where=_ON_TICKET,
        calls="choose_action",
        permission="atendimento.agir",
        needs=_HAS_TICKET,
        in_action_bar=True,
    ),
    Action(
        "fila.encaminhar",
        "Encaminhar",
        "Passa o atendimento a um grupo ou a uma pessoa, com o motivo.",
        keys=("e",),
        where=_ON_TICKET,
        calls="act_on_ticket",
        permission="atendimento.encaminhar",
        args=("hand_over",),
        needs=_HAS_TICKET,
        unless=(reasons.closed,),
        in_action_bar=True,
    ),
    Action(
        "fila.criticidade",
        "Criticidade",
        "Muda a criticidade, com o motivo; os prazos se ajustam.",
        keys=("h",),
        where=_ON_TICKET,
        calls="act_on_ticket",
        permission="atendimento.criticidade",
        args=("change_severity",),
        needs=_HAS_TICKET,
        unless=(reasons.closed,),
        in_action_bar=True,
    ),
    Action(
        "fila.copiar",
        "Copiar nº",
        "Copia o protocolo; no atendimento aberto, também uma linha ou todo o histórico.",
        keys=("y",),
        where=_ON_TICKET,
        calls="copy_protocol",
        needs=_HAS_TICKET,
    ),
    # The queue.
    Action(
        "fila.filtrar",
        "Filtrar",
        "Filtra a lista enquanto se digita; acentos e maiúsculas não importam.",
        keys=("slash",),
        where=_QUEUE,
        calls="open_filter",
        footer=Footer.IF_ROOM,
    ),
    Action(
        "fila.abrir",
        "Abrir",
        "Abre o atendimento: histórico, prazos, documentos e ações.",
        keys=("enter",),
        where=_QUEUE,
        calls="open_ticket",
        permission="atendimento.ver",
        footer=Footer.IF_ROOM,
        needs=_HAS_TICKET,
    ),
    Action(
        "fila.proximo",
        "Próximo",
        "Assume o primeiro atendimento livre desta lista, e vai a ele.",
        keys=("plus", "equals_sign"),
        where=_QUEUE,
        calls="claim_next",
        permission="atendimento.assumir",
    ),
    Action(
        "fila.aba_seguinte",
        "Aba",
        "Vai para a próxima aba da fila.",
        keys=("tab", "right"),
        where=_QUEUE,
        calls="turn",
        args=(1,),
        is_act=False,
    ),
    Action(
        "fila.aba_anterior",
        "Aba anterior",
        "Volta para a aba anterior da fila.",
        keys=("shift+tab", "left"),
        where=_QUEUE,
        calls="turn",
        args=(-1,),
        is_act=False,
    ),
    *(
        Action(
            f"fila.aba_{number}",
            queue.TABS[tab],
            help_text,
            keys=(str(number),),
            where=_QUEUE,
            calls="show_tab",
            args=(number,),
            is_act=False,
        )
        for number, (tab, help_text) in enumerate(
            (
                ("minha", "Mostra os atendimentos que são seus."),
                ("grupo", "Mostra os atendimentos dos seus grupos."),
                ("validacao", "Mostra os que aguardam a validação do cliente."),
                ("terceiros", "Mostra os que aguardam alguém de fora."),
                ("vencendo", "Mostra os que estão vencendo ou vencidos."),
                ("todas", "Mostra a fila inteira."),
            ),
            start=1,
        )
    ),
    # An open ticket, in addition to the actions of its step.
    Action(
        "atendimento.documentos",
        "Documentos",
        "Confere os documentos: recebido, ou por que foi recusado.",
        keys=("k",),
        where=_TICKET,
        calls="check_documents",
        permission="atendimento.documentos",
        footer=Footer.IF_ROOM,
        unless=(*_HAS_TICKET, reasons.no_documents, reasons.closed),
    ),
    Action(
        "atendimento.corrigir",
        "Corrigir",
        "Corrige uma resposta, com o motivo; os prazos se ajustam.",
        keys=("comma",),
        where=_TICKET,
        calls="correct_an_answer",
        permission="atendimento.corrigir",
        needs=(reasons.no_corrections,),
        in_action_bar=True,
    ),
    Action(
        "atendimento.citado",
        "Citado",
        "Vai ao atendimento cujo protocolo é citado no histórico ou numa mensagem.",
        keys=("enter",),
        where=_TICKET,
        calls="go_to_named",
    ),
    Action(
        "atendimento.secao_seguinte",
        "Seção",
        "Vai para a próxima seção do atendimento.",
        keys=("tab",),
        where=_TICKET,
        calls="turn",
        args=(1,),
        is_act=False,
    ),
    Action(
        "atendimento.secao_anterior",
        "Seção anterior",
        "Volta para a seção anterior do atendimento.",
        keys=("shift+tab",),
        where=_TICKET,
        calls="turn",
        args=(-1,),
        is_act=False,
    ),
    Action(
        "atendimento.voltar",
        "Voltar",
        "Volta para a fila, com o cursor no atendimento.",
        keys=("escape",),
        where=_TICKET,
        calls="go_back",
    ),
    # A new intake.
    Action(
        "novo.gravar",
        "Gravar",
        "Grava o atendimento novo, que entra na fila.",
        keys=("ctrl+s",),
        where=_INTAKE,
        calls="save",
        footer=Footer.IF_ROOM,
        needs=(reasons.choosing, reasons.done),
    ),
    Action(
        "novo.copiar",
        "Copiar",
        "Copia o comprovante do atendimento gravado.",
        keys=("y",),
        where=_INTAKE,
        calls="copy_slip",
        footer=Footer.IF_ROOM,
        needs=(reasons.not_done,),
    ),
    Action(
        "novo.seguinte",
        "Outro",
        "Começa outro atendimento depois de gravar um.",
        keys=("ctrl+n",),
        where=_INTAKE,
        calls="begin_another",
        needs=(reasons.not_done,),
    ),
    Action(
        "novo.descartar",
        "Descartar",
        "Descarta o rascunho escolhido, depois de confirmar.",
        keys=("ctrl+l",),
        where=_INTAKE,
        calls="discard",
        footer=Footer.IF_ROOM,
        needs=(reasons.not_choosing, reasons.no_draft),
    ),
    # People and groups.
    *(
        Action(f"pessoas.{name}", title, help_text, keys, _PEOPLE, calls, footer=footer, needs=needs, unless=unless)
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
        Action(f"pessoas.{name}", title, help_text, keys, _PEOPLE, calls, args, is_act=False)
        for name, title, help_text, keys, calls, args in (
            ("aba_seguinte", "Aba", "Vai para a próxima aba.", ("tab", "right"), "turn", (1,)),
            ("aba_anterior", "Aba anterior", "Volta para a aba anterior.", ("shift+tab", "left"), "turn", (-1,)),
            ("aba_1", "Pessoas", "Mostra as pessoas.", ("1",), "show_tab", (1,)),
            ("aba_2", "Grupos", "Mostra os grupos.", ("2",), "show_tab", (2,)),
            ("aba_3", "Unidade", "Mostra os dados e ajustes da unidade.", ("3",), "show_tab", (3,)),
        )
    ),
    # Calendars.
    *(
        Action(
            f"calendarios.{name}",
            title,
            help_text,
            keys,
            _CALENDARS,
            calls,
            footer=Footer.IF_ROOM,
            needs=(reasons.opening,),
            permission="calendarios.alterar",
        )
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
        _CALENDARS,
        "show_versions",
        footer=Footer.IF_ROOM,
        needs=(reasons.opening,),
    ),
    *(
        Action(f"calendarios.{name}", title, help_text, keys, _CALENDARS, calls, args, is_act=False)
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
    # Every place.
    Action(
        "geral.ajuda",
        "Ajuda",
        "Mostra esta ajuda.",
        keys=("f1", "question_mark"),
        where=PLACES,
        calls="show_help",
        footer=Footer.ALWAYS,
    ),
    Action(
        "geral.comandos",
        "Mais",
        "Procura um comando pelo nome.",
        keys=("ctrl+p",),
        where=PLACES,
        calls="show_commands",
        footer=Footer.ALWAYS,
    ),
    *(_going_to(row) for row in PLACE_ROWS if row.title),
    Action(
        "ir.escolher",
        "Ir para",
        "Vai para um lugar: {key} e a letra dele ({key} f fila).",
        keys=("g",),
        where=PLACES,
        calls="choose_place",
        is_act=False,
    ),
    Action(
        "geral.pessoa",
        "Quem sou",
        "Escolhe quem está nesta janela.",
        keys=("u",),
        where=PLACES,
        calls="choose_person",
    ),
    Action(
        "geral.copia",
        "Copiar banco",
        "Faz uma cópia de segurança agora.",
        keys=(),
        where=PLACES,
        calls="make_copy",
        unless=(reasons.opening,),
    ),
    Action(
        "geral.copias",
        "Cópias",
        "Lista as cópias de segurança, com a idade e a conferência de cada uma.",
        keys=(),
        where=PLACES,
        calls="show_copies",
        unless=(reasons.opening,),
    ),
    Action(
        "geral.bloquear",
        "Bloquear",
        "Bloqueia a tela; a mesma pessoa volta ao ponto em que estava, com a senha.",
        keys=("f9",),
        where=PLACES,
        calls="lock_now",
        unless=(reasons.opening, reasons.no_passwords),
    ),
    Action(
        "geral.senha",
        "Trocar a senha",
        "Troca a sua senha.",
        keys=(),
        where=PLACES,
        calls="change_password",
        unless=(reasons.opening, reasons.no_passwords),
    ),
    Action(
        "geral.sair_da_conta",
        "Sair da conta",
        "Fecha o que está aberto, com os rascunhos guardados, para outra pessoa entrar.",
        keys=(),
        where=PLACES,
        calls="sign_out",
        unless=(reasons.opening, reasons.no_passwords),
    ),
    Action(
        "geral.diagnostico",
        "Diagnóstico",
        "Mostra versões, banco, cópias, travas e defeitos, sem dados pessoais, para um relato de defeito.",
        keys=(),
        where=PLACES,
        calls="show_diagnosis",
        unless=(reasons.opening,),
    ),
    Action(
        "geral.foto",
        "Foto da tela",
        "Salva a tela como imagem (SVG).",
        keys=(),
        where=PLACES,
        calls="take_picture",
    ),
    Action(
        "geral.sair",
        "Sair",
        "Fecha o programa. Tudo o que foi feito já está gravado.",
        keys=("ctrl+q", "f10"),
        where=PLACES,
        calls="leave",
    ),
    # A list. The rows are pairs of opposite directions, because the help shows them in pairs.
    *(
        Action(f"lista.{name}", title, title, keys=keys, where=_LIST, calls=calls, args=args, fixed=True)
        for name, title, keys, calls, args in (
            ("acima", "linha acima", ("up", "k"), "move", (-1,)),
            ("abaixo", "linha abaixo", ("down", "j"), "move", (1,)),
            ("pagina_acima", "página acima", ("pageup",), "page", (-1,)),
            ("pagina_abaixo", "página abaixo", ("pagedown",), "page", (1,)),
            ("primeira", "primeira linha", ("home",), "first", ()),
            ("ultima", "última linha", ("end", "G"), "last", ()),
            ("abrir", "abre a linha", ("enter",), "select", ()),
        )
    ),
    # Dialogs.
    *(
        Action(f"{name}", title, title, keys=keys, where=_DIALOG, calls=calls, fixed=True, priority=priority)
        for name, title, keys, calls, priority in (
            ("dialogo.ajuda", "mostra como se preenche", ("f1",), "help", False),
            ("dialogo.gravar", "grava", ("ctrl+s",), "save", True),
            ("dialogo.voltar", "volta; o que foi digitado fica guardado", ("escape",), "back", False),
            ("acao.confirmar", "confirma uma ação que não pede nada", ("enter",), "save", False),
            ("letras.voltar", "volta sem escolher", ("escape",), "dismiss", False),
            ("escolha.voltar", "volta sem escolher", ("escape",), "back", False),
            ("diagnostico.salvar", "salva o diagnóstico em um arquivo", ("s",), "save", False),
            ("diagnostico.copiar", "copia o diagnóstico", ("c",), "copy", False),
            ("leitura.voltar", "fecha o que se lê", ("escape", "q"), "dismiss", False),
            ("entrada.entrar", "confirma a senha", ("ctrl+s",), "enter", True),
            ("entrada.voltar", "volta; na entrada, sai do programa", ("escape",), "back", False),
            ("primeira.criar", "cria o banco, na primeira vez", ("ctrl+s",), "make", True),
            ("primeira.sair", "sai sem criar nada, na primeira vez", ("escape",), "leave", False),
        )
    ),
)

FIRST: Mapping[Where, tuple[str, ...]] = MappingProxyType({Where.QUEUE: ("ir.novo", "fila.abrir")})
"""The first actions in the footer and the help of a place, in their order."""

QUIT = "geral.sair"
QUIT_KEY = "ctrl+q"
"""The action that ends the program, and the key that always does."""


def registry() -> Mapping[str, Action]:
    """All actions by id."""
    return _BY_ID


def headings() -> dict[str, str]:
    """The headings of the help, by the group of the actions."""
    return {**texts.GROUPS, **{row.where: row.heading for row in PLACE_ROWS}}


def of_process(key: str, letter: str | None, label: str) -> Action:
    """An action of a ticket's step. It exists only while the ticket is open."""
    keys = (letter,) if letter else ()
    return Action(f"{PROCESS}{key}", label, _OF_PROCESS, keys, (Where.TICKET,), "do_step_action", (key,))


def shown_in(*wheres: str) -> tuple[Action, ...]:
    """The actions available in one of these places or parts, in the order of the registry."""
    return tuple(action for action in ACTIONS if not set(wheres).isdisjoint(action.where))


def named(ids: Iterable[str]) -> tuple[Action, ...]:
    """The actions with these ids."""
    return tuple(_BY_ID[each] for each in ids)


def settable() -> frozenset[str]:
    """The ids of the actions whose keys the settings file can change."""
    return frozenset(action.id for action in ACTIONS if not action.fixed)


def by_letter() -> dict[str, Action]:
    """Letter after the key of `ir.escolher` -> its action."""
    return {action.letter: action for action in ACTIONS if action.letter}


def reserved_letters() -> frozenset[str]:
    """The keys of one character used in the queue and in an open ticket. Actions of a process cannot have them."""
    used = shown_in(Where.QUEUE, Where.TICKET, Where.LIST)
    return frozenset(key for action in used for key in action.keys if len(key) == 1)


_BY_ID: Mapping[str, Action] = MappingProxyType({action.id: action for action in ACTIONS})
