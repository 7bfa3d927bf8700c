"""The actions that every place has."""

from collections.abc import Sequence
from dataclasses import replace

from atendimento_tui.actions import reasons
from atendimento_tui.actions.action import GO, Action, Footer, PlaceRow

_FIRST = (
    Action(
        "geral.ajuda",
        "Ajuda",
        "Mostra esta ajuda.",
        keys=("f1", "question_mark"),
        where=(),
        calls="show_help",
        footer=Footer.ALWAYS,
    ),
    Action(
        "geral.comandos",
        "Mais",
        "Procura um comando pelo nome.",
        keys=("ctrl+p",),
        where=(),
        calls="show_commands",
        footer=Footer.ALWAYS,
    ),
)
"""Before those that go to a place. The registry knows the places, so `where` is filled in by `actions`."""

_LAST = (
    Action(
        "ir.escolher",
        "Ir para",
        "Vai para um lugar: {key} e a letra dele ({key} f fila).",
        keys=("g",),
        where=(),
        calls="choose_place",
        is_act=False,
    ),
    Action(
        "geral.pessoa",
        "Quem sou",
        "Escolhe quem está nesta janela.",
        keys=("u",),
        where=(),
        calls="choose_person",
    ),
    Action(
        "geral.procedimentos",
        "Procedimentos",
        "Procura um procedimento pelo código ou por palavras, com os sinais da tabela.",
        keys=("ctrl+t",),
        where=(),
        calls="look_up_procedure",
        permission="procedimentos.procurar",
        unless=(reasons.opening,),
    ),
    Action(
        "geral.alertas",
        "Alertas",
        "Mostra os alertas seus e dos seus grupos que ninguém leu; Enter abre o atendimento.",
        keys=("f7",),
        where=(),
        calls="show_alerts",
        unless=(reasons.opening,),
    ),
    Action(
        "geral.copia",
        "Copiar banco",
        "Faz uma cópia de segurança agora.",
        keys=(),
        where=(),
        calls="make_copy",
        permission="copias.fazer",
        unless=(reasons.opening,),
    ),
    Action(
        "geral.copias",
        "Cópias",
        "Lista as cópias de segurança, com a idade e a conferência de cada uma.",
        keys=(),
        where=(),
        calls="show_copies",
        unless=(reasons.opening,),
    ),
    Action(
        "geral.bloquear",
        "Bloquear",
        "Bloqueia a tela; a mesma pessoa volta ao ponto em que estava, com a senha.",
        keys=("f9",),
        where=(),
        calls="lock_now",
        unless=(reasons.opening, reasons.no_passwords),
    ),
    Action(
        "geral.senha",
        "Trocar a senha",
        "Troca a sua senha.",
        keys=(),
        where=(),
        calls="change_password",
        unless=(reasons.opening, reasons.no_passwords),
    ),
    Action(
        "geral.sair_da_conta",
        "Sair da conta",
        "Fecha o que está aberto, com os rascunhos guardados, para outra pessoa entrar.",
        keys=(),
        where=(),
        calls="sign_out",
        unless=(reasons.opening, reasons.no_passwords),
    ),
    Action(
        "geral.diagnostico",
        "Diagnóstico",
        "Mostra versões, banco, cópias, travas e defeitos, sem dados pessoais, para um relato de defeito.",
        keys=(),
        where=(),
        calls="show_diagnosis",
        unless=(reasons.opening,),
    ),
    Action(
        "geral.foto",
        "Foto da tela",
        "Salva a tela como imagem (SVG).",
        keys=(),
        where=(),
        calls="take_picture",
    ),
    Action(
        "geral.sair",
        "Sair",
        "Fecha o programa. Tudo o que foi feito já está gravado.",
        keys=("ctrl+q", "f10"),
        where=(),
        calls="leave",
    ),
)


def actions(rows: Sequence[PlaceRow]) -> tuple[Action, ...]:
    """The rows of these actions; among them those that go to a place.

    Args:
        rows: All places.
    """
    places = tuple(row.where for row in rows)
    going = (_going_to(row) for row in rows if row.title)
    return tuple(replace(action, where=places) for action in (*_FIRST, *going, *_LAST))


def _going_to(row: PlaceRow) -> Action:
    """The action that goes to a place."""
    return Action(
        f"{GO}{row.where}",
        row.title,
        row.help,
        keys=(row.key,) if row.key else (),
        where=(),
        calls="go",
        args=(row.where,),
        footer=row.footer,
        permission=row.permission,
        is_act=False,
        letter=row.letter,
    )
