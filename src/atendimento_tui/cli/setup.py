"""The command that creates a desk."""

import argparse
from pathlib import Path
from typing import Any

import atendimento_tui
from atendimento_tui import services
from atendimento_tui.cli.common import clock
from atendimento_tui.cli.parser import add_command
from atendimento_tui.cli.streams import say
from atendimento_tui.texts import command as texts


def add(commands: Any) -> None:
    """Add these commands to the parser."""
    founding = add_command(commands, "iniciar", texts.FOUND, _create)
    founding.add_argument("--unidade", required=True, metavar="NOME", help=texts.FOUND_NAME)
    founding.add_argument("--cidade", required=True, metavar="CIDADE", help=texts.FOUND_CITY)
    founding.add_argument("--uf", required=True, metavar="UF", help=texts.FOUND_UF)
    founding.add_argument("--horario", default="seg-sex 09:00-18:00", metavar="H", help=texts.FOUND_HOURS)
    founding.add_argument("--registro-ans", default="", metavar="N", help=texts.FOUND_ANS)
    founding.add_argument("--supervisor", required=True, metavar="NOME", help=texts.FOUND_SUPERVISOR)
    founding.add_argument("--atendente", action="append", default=[], metavar="NOME", help=texts.FOUND_ATTENDANT)
    founding.add_argument("--facultativo", action="append", default=[], metavar="DIA", help=texts.FOUND_OPTIONAL)
    founding.add_argument("--municipais", type=Path, metavar="CSV", help=texts.FOUND_MUNICIPAL)
    founding.add_argument("--codigo-ibge", default="", metavar="N", help=texts.FOUND_IBGE)
    founding.add_argument("--aceitar-municipais", action="store_true", help=texts.FOUND_TAKE_DAYS)


def _create(args: argparse.Namespace) -> int:
    database = atendimento_tui.paths.database(args.banco)
    new = services.setup.new_desk(
        name=args.unidade,
        city=args.cidade,
        uf=args.uf,
        hours=args.horario,
        ans_registration=args.registro_ans,
        supervisor=args.supervisor,
        attendants=args.atendente,
        optional_days=args.facultativo,
        municipal_file=args.municipais,
        ibge_code=args.codigo_ibge,
        take_many_days=args.aceitar_municipais,
    )
    with services.setup.create_desk(database, new, clock()) as desk:
        say(texts.MADE.format(path=desk.name))
    return 0
