"""The actions that every place has."""

from collections.abc import Sequence

from atendimento_tui.actions import reasons
from atendimento_tui.actions.action import GO, Action, Footer, PlaceRow


def actions(rows: Sequence[PlaceRow]) -> tuple[Action, ...]:
    """The rows of these actions; among them those that go to a place.

    Args:
        rows: All places.
    """
    places = tuple(row.where for row in rows)
    return (
        Action(
            "geral.ajuda",
            "Ajuda",
            "Mostra esta ajuda.",
            keys=("f1", "question_mark"),
            where=places,
            calls="show_help",
            footer=Footer.ALWAYS,
        ),
        Action(
            "geral.comandos",
            "Mais",
            "Procura um comando pelo nome.",
            keys=("ctrl+p",),
            where=places,
            calls="show_commands",
            footer=Footer.ALWAYS,
        ),
        *(_going_to(row, places) for row in rows if row.title),
        Action(
            "ir.escolher",
            "Ir para",
            "Vai para um lugar: {key} e a letra dele ({key} f fila).",
            keys=("g",),
            where=places,
            calls="choose_place",
            is_act=False,
        ),
        Action(
            "geral.pessoa",
            "Quem sou",
            "Escolhe quem está nesta janela.",
            keys=("u",),
            where=places,
            calls="choose_person",
        ),
        Action(
            "geral.copia",
            "Copiar banco",
            "Faz uma cópia de segurança agora.",
            keys=(),
            where=places,
            calls="make_copy",
            permission="copias.fazer",
            unless=(reasons.opening,),
        ),
        Action(
            "geral.copias",
            "Cópias",
            "Lista as cópias de segurança, com a idade e a conferência de cada uma.",
            keys=(),
            where=places,
            calls="show_copies",
            unless=(reasons.opening,),
        ),
        Action(
            "geral.bloquear",
            "Bloquear",
            "Bloqueia a tela; a mesma pessoa volta ao ponto em que estava, com a senha.",
            keys=("f9",),
            where=places,
            calls="lock_now",
            unless=(reasons.opening, reasons.no_passwords),
        ),
        Action(
            "geral.senha",
            "Trocar a senha",
            "Troca a sua senha.",
            keys=(),
            where=places,
            calls="change_password",
            unless=(reasons.opening, reasons.no_passwords),
        ),
        Action(
            "geral.sair_da_conta",
            "Sair da conta",
            "Fecha o que está aberto, com os rascunhos guardados, para outra pessoa entrar.",
            keys=(),
            where=places,
            calls="sign_out",
            unless=(reasons.opening, reasons.no_passwords),
        ),
        Action(
            "geral.diagnostico",
            "Diagnóstico",
            "Mostra versões, banco, cópias, travas e defeitos, sem dados pessoais, para um relato de defeito.",
            keys=(),
            where=places,
            calls="show_diagnosis",
            unless=(reasons.opening,),
        ),
        Action(
            "geral.foto",
            "Foto da tela",
            "Salva a tela como imagem (SVG).",
            keys=(),
            where=places,
            calls="take_picture",
        ),
        Action(
            "geral.sair",
            "Sair",
            "Fecha o programa. Tudo o que foi feito já está gravado.",
            keys=("ctrl+q", "f10"),
            where=places,
            calls="leave",
        ),
    )


def _going_to(row: PlaceRow, places: tuple[str, ...]) -> Action:
    """The action that goes to a place."""
    return Action(
        f"{GO}{row.where}",
        row.title,
        row.help,
        keys=(row.key,) if row.key else (),
        where=places,
        calls="go",
        args=(row.where,),
        footer=row.footer,
        permission=row.permission,
        is_act=False,
        letter=row.letter,
    )
