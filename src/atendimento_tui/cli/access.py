"""Commands for accounts: `entrar`, `sair`, `senha`, `sessoes`, `token`. No password is an argument: `ps` shows it."""

import argparse
from typing import TYPE_CHECKING, Any

import atendimento_tui
from atendimento_tui import domain, outputs, services
from atendimento_tui import texts as all_texts
from atendimento_tui.account import terminal_name
from atendimento_tui.cli.common import opened, opened_by_anybody, print_json
from atendimento_tui.cli.parser import add_command, add_group
from atendimento_tui.cli.secrets import add_file_option, ask_line, kept_token, passwords, write_token
from atendimento_tui.cli.streams import put, say
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.texts import command as texts

if TYPE_CHECKING:
    from atendimento_tui.services.desk import Desk


def add(commands: Any) -> None:
    """Add these commands to the parser."""
    entering = add_command(commands, "entrar", texts.SIGN_IN, _sign_in)
    changing = add_command(commands, "senha", texts.PASSWORD, _password)
    changing.add_argument("--de-uma-vez", action="store_true", help=texts.PASSWORD_ONCE)
    for parser in (entering, changing):
        parser.add_argument("login", metavar="LOGIN", nargs="?", help=texts.LOGIN)
        add_file_option(parser)
    add_command(commands, "sair", texts.SIGN_OUT, _sign_out)

    sessions = add_group(commands, "sessoes", texts.SESSIONS)
    listed = add_command(sessions, "listar", texts.SESSIONS_LIST, _list_sessions)
    listed.add_argument("--em-servico", action="store_true", help=texts.SESSIONS_ON_DUTY)
    ended = add_command(sessions, "encerrar", texts.SESSIONS_END, _end_sessions)
    ended.add_argument("login", metavar="LOGIN", help=texts.LOGIN)

    tokens = add_group(commands, "token", texts.TOKENS)
    made = add_command(tokens, "criar", texts.TOKEN_MAKE, _make_token)
    made.add_argument("--papel", required=True, metavar="PAPEL", help=texts.TOKEN_ROLE)
    made.add_argument("--dias", type=int, metavar="N", help=texts.TOKEN_DAYS)
    tokens_listed = add_command(tokens, "listar", texts.TOKEN_LIST, _list_tokens)
    revoked = add_command(tokens, "encerrar", texts.TOKEN_END, _end_token)
    for parser in (made, revoked):
        parser.add_argument("nome", metavar="NOME", help=texts.TOKEN_NAME)
    for parser in (listed, tokens_listed):
        parser.add_argument("--json", action="store_true", help=texts.AS_JSON)


def _sign_in(args: argparse.Namespace) -> int:
    with opened_by_anybody(args) as desk:
        _refuse_without_passwords(desk)
        login = args.login or ask_line(all_texts.accounts.FIELDS["login"])
        typed = passwords(args, (all_texts.accounts.FIELDS["password"],))
        new = ""
        while True:
            try:
                done = services.access.sign_in(
                    desk, login, typed[0], kind=domain.accounts.COMMAND, place=terminal_name(), new_password=new
                )
                break
            except Refused as refused:
                if refused.code != "senha_a_trocar" or new:
                    raise
                say(all_texts.refusals.sentence(*refused.refusal))
                new = typed[1] if len(typed) > 1 else _new_password(args)
        write_token(desk, done.token)
        zone = desk.zone
    say(texts.SIGNED_IN.format(name=done.name))
    for each in done.told:
        at = all_texts.formats.instant(each.at.astimezone(zone))
        say(all_texts.accounts.WAY_IN_CHANGED.format(at=at, actor=each.actor, name=each.name))
    return 0


def _sign_out(args: argparse.Namespace) -> int:
    with opened_by_anybody(args) as desk:
        token = kept_token(desk)
        if not token:
            raise Refused("sem_sessao")
        services.access.sign_out(desk, token)
        write_token(desk, "")
    say(texts.SIGNED_OUT)
    return 0


def _password(args: argparse.Namespace) -> int:
    if args.de_uma_vez:
        return _one_time_password(args)
    with opened_by_anybody(args) as desk:
        _refuse_without_passwords(desk)
        fields = all_texts.accounts.FIELDS
        entry = services.access.entry(desk)
        if entry.has_passwords:
            login = args.login or ask_line(fields["login"])
            old, new = passwords(args, (fields["password"], fields["new"]), twice=True)
            services.access.change_password(desk, login, old, new)
            say(all_texts.accounts.CHANGED)
            return 0
        name = ask_line(fields["name"]) if not (entry.first or args.login) else ""
        [new] = passwords(args, (fields["new"],), twice=True)
        login = services.access.set_first_password(desk, new, login=args.login or entry.first_login, name=name)
    say(texts.FIRST_PASSWORD.format(login=login))
    return 0


def _one_time_password(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        _refuse_without_passwords(desk)
        person = services.access.person_with_login(desk, args.login or ask_line(all_texts.accounts.FIELDS["login"]))
        put(services.access.give_one_time_password(desk, person))
    say(texts.ONE_TIME)
    return 0


def _new_password(args: argparse.Namespace) -> str:
    [new] = passwords(args, (all_texts.accounts.FIELDS["new"],), twice=True)
    return new


def _refuse_without_passwords(desk: "Desk") -> None:
    way = desk.unit.entry
    if way == domain.accounts.CHOICE:
        raise Refused("entrada_demonstracao")
    if way != domain.accounts.PASSWORD:
        raise Refused("entrada_e_do_sistema")


def _list_sessions(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        if args.em_servico:
            duty, zone = services.access.on_duty(desk), desk.zone
            if args.json:
                print_json([outputs.as_json.on_duty(row, zone) for row in duty])
            for row in () if args.json else duty:
                put(outputs.as_text.on_duty_line(row, zone))
            return 0
        sessions, zone = services.access.sessions(desk), desk.zone
    _put_sessions(args, sessions, zone)
    return 0


def _put_sessions(args: argparse.Namespace, sessions: Any, zone: Any) -> None:
    if args.json:
        print_json([outputs.as_json.session(row, zone) for row in sessions])
        return
    for row in sessions:
        put(outputs.as_text.session_line(row, zone))


def _end_sessions(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        count = services.access.revoke_sessions(desk, services.access.person_with_login(desk, args.login))
    say(texts.SESSIONS_ENDED.format(count=count))
    return 0


def _make_token(args: argparse.Namespace) -> int:
    roles = domain.access.PEOPLE_ROLES
    if args.papel not in roles:
        raise Refused("token_papel", role=args.papel, known=", ".join(roles))
    with opened(args) as desk:
        put(services.access.create_token(desk, args.nome, args.papel, days=args.dias))
    say(texts.TOKEN_MADE.format(variable=atendimento_tui.paths.TOKEN_VARIABLE))
    return 0


def _list_tokens(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        tokens, zone = services.access.tokens(desk), desk.zone
    _put_sessions(args, tokens, zone)
    return 0


def _end_token(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        services.access.revoke_token(desk, args.nome)
    say(texts.TOKEN_ENDED)
    return 0
