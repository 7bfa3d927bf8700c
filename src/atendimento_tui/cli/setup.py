"""The command that creates a desk."""

import argparse
from pathlib import Path
from typing import Any

import atendimento_tui
from atendimento_tui import services
from atendimento_tui.account import account_name
from atendimento_tui.cli.common import clock
from atendimento_tui.cli.parser import add_command
from atendimento_tui.cli.secrets import add_file_option, is_terminal, passwords
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
    founding.add_argument("--entrada", choices=("senha", "sistema"), default="senha", help=texts.FOUND_ENTRY)
    founding.add_argument("--login", default="", metavar="LOGIN", help=texts.FOUND_LOGIN)
    add_file_option(founding)
    founding.add_argument("--aceitar-municipais", action="store_true", help=texts.FOUND_TAKE_DAYS)


def _create(args: argparse.Namespace) -> int:
    database = atendimento_tui.paths.database(args.banco)
    by_system = args.entrada == "sistema"
    password, again = ("", None) if by_system else _first_password(args)
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
        entry=args.entrada,
        login=args.login or (account_name(None) if by_system else ""),
        password=password,
        again=again,
    )
    with services.setup.create_desk(database, new, clock(), password=password) as desk:
        say(texts.MADE.format(path=desk.name))
        if not by_system:
            login = services.access.entry(desk).first_login
            text = texts.FIRST_LOGIN if password else texts.NO_PASSWORD_YET
            say(text.format(name=args.supervisor.strip(), login=login))
        say(texts.OPEN_TO_OWNER if desk.file else texts.OPEN_TO_SERVER)
    return 0


def _first_password(args: argparse.Namespace) -> tuple[str, str | None]:
    """The password of the supervisor, and the same typed again; no password where nobody can be asked."""
    if args.senha_arquivo is None and not is_terminal():
        return "", None
    [password, *_] = passwords(args, (texts.FOUND_PASSWORD,), twice=True)
    return password, password
