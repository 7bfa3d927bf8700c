"""Commands for people and groups: `pessoas` and `grupos`."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from atendimento_tui import outputs, services
from atendimento_tui import texts as all_texts
from atendimento_tui.cli.common import clock, opened, print_json, progress
from atendimento_tui.cli.parser import add_command, add_group
from atendimento_tui.cli.streams import put, say
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.texts import command as texts

if TYPE_CHECKING:
    from atendimento_tui.contracts.people import HandedOver, PersonRow, Receiver, Staff
    from atendimento_tui.services.desk import Desk


def add(commands: Any) -> None:
    """Add these commands to the parser."""
    people = add_group(commands, "pessoas", texts.PEOPLE_COMMANDS)
    listed = add_command(people, "listar", texts.PEOPLE_LIST, _list_people)
    listed.add_argument("--em-servico", action="store_true", help=texts.PEOPLE_ON_DUTY)
    included = add_command(people, "incluir", texts.PEOPLE_ADD, _add_person)
    included.add_argument("nome", nargs="?", metavar="NOME", help=texts.PEOPLE_NAME)
    included.add_argument("--de", type=Path, metavar="CSV", help=texts.PEOPLE_FILE)
    included.add_argument("--simular", action="store_true", help=texts.PEOPLE_TRIAL)
    changed = add_command(people, "alterar", texts.PEOPLE_CHANGE, _change_person)
    changed.add_argument("pessoa", metavar="QUEM", help=texts.PEOPLE_WHO)
    changed.add_argument("--nome", metavar="NOME", help=texts.PEOPLE_NAME)
    changed.add_argument("--sem-grupos", action="store_true", help=texts.PEOPLE_NO_GROUPS)
    for parser in (included, changed):
        parser.add_argument("--login", metavar="LOGIN", help=texts.PEOPLE_LOGIN)
        parser.add_argument("--papel", metavar="PAPEL", help=texts.PEOPLE_ROLE)
        parser.add_argument("--grupo", action="append", metavar="GRUPO", help=texts.PEOPLE_GROUP)
        parser.add_argument("--horario", metavar="H", help=texts.PEOPLE_HOURS)
    left = add_command(people, "desativar", texts.PEOPLE_LEAVE, _let_person_go)
    left.add_argument("pessoa", metavar="QUEM", help=texts.PEOPLE_WHO)
    left.add_argument("--eu-mesmo", action="store_true", help=texts.PEOPLE_MYSELF)
    back = add_command(people, "reativar", texts.PEOPLE_BACK, _take_person_back)
    back.add_argument("pessoa", metavar="QUEM", help=texts.PEOPLE_WHO)
    absent = add_command(people, "ausencia", texts.PEOPLE_ABSENCE, _note_absence)
    absent.add_argument("pessoa", metavar="QUEM", help=texts.PEOPLE_WHO)
    absent.add_argument("--de", metavar="DIA", help=texts.PEOPLE_FROM_DAY)
    absent.add_argument("--ate", metavar="DIA", default="", help=texts.PEOPLE_UNTIL_DAY)
    absent.add_argument("--motivo", metavar="TEXTO", default="", help=texts.PEOPLE_WHY)
    absent.add_argument("--retirar", metavar="DIA", help=texts.PEOPLE_REMOVE)

    groups = add_group(commands, "grupos", texts.GROUP_COMMANDS)
    groups_listed = add_command(groups, "listar", texts.GROUP_LIST, _list_groups)
    made = add_command(groups, "incluir", texts.GROUP_ADD, _add_group)
    edited = add_command(groups, "alterar", texts.GROUP_CHANGE, _change_group)
    edited.add_argument("--nome", metavar="NOME", help=texts.PEOPLE_NEW_NAME)
    for parser in (changed, edited):
        parser.add_argument("--email", metavar="ENDEREÇO", help=texts.PEOPLE_EMAIL)
    edited.add_argument("--incluir", action="append", default=[], metavar="QUEM", help=texts.PEOPLE_ADD_MEMBER)
    edited.add_argument("--retirar", action="append", default=[], metavar="QUEM", help=texts.PEOPLE_REMOVE_MEMBER)
    unused = add_command(groups, "desativar", texts.GROUP_LEAVE, _let_group_go)
    used = add_command(groups, "reativar", texts.GROUP_BACK, _take_group_back)
    for parser in (made, edited, unused, used):
        parser.add_argument("grupo", metavar="GRUPO", help=texts.GROUP_NAME)
    for parser in (left, unused):
        _add_receiver(parser)
    for parser in (listed, groups_listed):
        parser.add_argument("--todos", action="store_true", help=texts.PEOPLE_ALL)
        parser.add_argument("--json", action="store_true", help=texts.AS_JSON)


def _add_receiver(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--para", metavar="QUEM", help=texts.PEOPLE_TO_PERSON)
    parser.add_argument("--para-grupo", metavar="GRUPO", help=texts.PEOPLE_TO_GROUP)
    parser.add_argument("--a-fila", action="store_true", help=texts.PEOPLE_TO_QUEUE)
    parser.add_argument("--motivo", metavar="TEXTO", help=texts.PEOPLE_REASON)
    parser.add_argument("--simular", action="store_true", help=texts.PEOPLE_TRIAL)


def _list_people(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        people, zone = services.staff.staff(desk, clock()).people, desk.zone
    shown = [row for row in people if row.is_on_duty or (not args.em_servico and (row.is_active or args.todos))]
    if args.json:
        print_json([outputs.as_json.person(row) for row in shown])
    elif shown:
        put("\n".join(outputs.as_text.people_lines(shown, zone)))
    return 0


def _list_groups(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        groups = services.staff.staff(desk, clock()).groups
    shown = [row for row in groups if row.is_active or args.todos]
    if args.json:
        print_json([outputs.as_json.group(row) for row in shown])
    elif shown:
        put("\n".join(outputs.as_text.groups_lines(shown)))
    return 0


def _add_person(args: argparse.Namespace) -> int:
    if (args.nome is None) == (args.de is None):
        raise Refused("nome_ou_arquivo")
    with opened(args) as desk:
        if args.de:
            return _include_file(desk, args)
        row = services.staff.add_person(desk, {"name": args.nome, **_typed(args)}, clock())
    say(all_texts.people.ADDED.format(name=row.name, login=row.login))
    return 0


def _include_file(desk: "Desk", args: argparse.Namespace) -> int:
    read = services.people_file.include_people(desk, args.de, clock(), trial=args.simular)
    for number, refusal in read.problems:
        say(all_texts.refusals.in_file(number, *refusal))
    if read.problems:
        say(all_texts.people.FILE_WRONG.format(count=len(read.problems)))
        return 1
    for name in read.new:
        put(outputs.as_text.one_line(name))
    say(
        (all_texts.people.FILE_WOULD if args.simular else all_texts.people.FILE_DONE).format(
            new=len(read.new), same=read.same
        )
    )
    return 0


def _typed(args: argparse.Namespace) -> dict[str, str]:
    """The items that the call names."""
    given = {"login": args.login, "role": args.papel, "hours": args.horario}
    if args.grupo:
        given["groups"] = "; ".join(args.grupo)
    return {name: value for name, value in given.items() if value is not None}


def _change_person(args: argparse.Namespace) -> int:
    typed = _typed(args)
    if args.nome is not None:
        typed["name"] = args.nome
    if args.sem_grupos:
        typed["groups"] = ""
    with opened(args) as desk:
        row = _person(desk, args.pessoa)
        if typed or args.email is None:
            row = services.staff.change_person(desk, row.id, typed, clock())
        if args.email is not None:
            row = services.addresses.set_person_email(desk, row.id, args.email, clock())
    say(all_texts.people.CHANGED.format(name=row.name))
    return 0


def _let_person_go(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        known = services.staff.staff(desk, clock())
        row = services.person_items.person_named(known, args.pessoa)
        to = _receiver(known, args, row.name, row.held)
        reason = args.motivo or all_texts.people.DEFAULT_REASON.format(name=row.name)
        if args.simular:
            done = services.leaving.hand_over_all(desk, clock(), to, reason, "", person=row.id, trial=True)
            say(all_texts.people.WOULD_LEAVE.format(name=row.name, count=done.done))
            return 0
        done = services.leaving.let_go(
            desk,
            row.id,
            clock(),
            to,
            reason,
            uuid4().hex,
            confirmed=args.eu_mesmo,
            told=progress(all_texts.people.HANDING_OVER),
        )
    say(all_texts.people.LEFT.format(name=row.name, count=done.done))
    say(all_texts.people.DRAFTS.format(name=row.name))
    return _say_left(done)


def _let_group_go(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        known = services.staff.staff(desk, clock())
        row = services.groups.group_named(known, args.grupo)
        done = services.leaving.NOTHING
        if row.held:
            to = _receiver(known, args, row.name, row.held)
            reason = args.motivo or all_texts.people.GROUP_REASON.format(name=row.name)
            done = services.leaving.hand_over_all(
                desk,
                clock(),
                to,
                reason,
                uuid4().hex,
                group=row.id,
                trial=args.simular,
                told=progress(all_texts.people.HANDING_OVER),
            )
        if args.simular:
            say(all_texts.people.WOULD_LEAVE.format(name=row.name, count=done.done))
            return 0
        if done.left:
            return _say_left(done)
        services.groups.deactivate_group(desk, row.id, clock())
    say(all_texts.people.GROUP_LEFT.format(name=row.name, count=done.done))
    return 0


def _receiver(known: "Staff", args: argparse.Namespace, name: str, held: int) -> "Receiver":
    """The receiver that the call names."""
    if sum(bool(each) for each in (args.para, args.para_grupo, args.a_fila)) > 1:
        raise Refused("um_destino")
    if args.para:
        person = services.person_items.person_named(known, args.para)
        return services.leaving.to_person(person)
    if args.para_grupo:
        group = services.groups.group_named(known, args.para_grupo)
        return services.leaving.to_group(group)
    if held and not args.a_fila:
        raise Refused("sem_destino", name=name, count=held)
    return services.leaving.TO_THE_QUEUE


def _say_left(done: "HandedOver") -> int:
    for each in done.left:
        reason = all_texts.refusals.sentence(*each.why) if each.why else ""
        say(all_texts.people.LEFT_OVER.format(protocol=all_texts.formats.protocol_groups(each.protocol), reason=reason))
    if done.left:
        say(all_texts.people.LEFT_SOME.format(count=len(done.left)))
    return int(bool(done.left))


def _take_person_back(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        row = services.staff.reactivate_person(desk, _person(desk, args.pessoa).id, clock())
    say(all_texts.people.BACK.format(name=row.name))
    return 0


def _note_absence(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        row = _person(desk, args.pessoa)
        if args.retirar:
            services.absences.remove_absence_on(desk, row.id, args.retirar, clock())
            say(all_texts.people.ABSENCE_GONE.format(name=row.name))
            return 0
        typed = {"first": args.de or "", "last": args.ate, "reason": args.motivo}
        services.absences.add_absence(desk, row.id, typed, clock())
    say(all_texts.people.ABSENT.format(name=row.name, first=args.de, last=args.ate or args.de, reason=args.motivo))
    return 0


def _add_group(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        row = services.groups.add_group(desk, args.grupo, clock())
    say(all_texts.people.GROUP_ADDED.format(name=row.name))
    return 0


def _change_group(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        known = services.staff.staff(desk, clock())
        row = services.groups.group_named(known, args.grupo)
        joining = [services.person_items.person_named(known, who) for who in args.incluir]
        leaving = [services.person_items.person_named(known, who) for who in args.retirar]
        if args.nome is not None:
            row = services.groups.rename_group(desk, row.id, args.nome, clock())
        for people, belongs in ((joining, True), (leaving, False)):
            for person in people:
                row = services.groups.set_member(desk, row.id, person.id, clock(), belongs=belongs)
        if args.email is not None:
            row = services.addresses.set_group_email(desk, row.id, args.email, clock())
    say(all_texts.people.GROUP_CHANGED.format(name=row.name))
    return 0


def _take_group_back(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        row = services.groups.group_named(services.staff.staff(desk, clock()), args.grupo)
        row = services.groups.reactivate_group(desk, row.id, clock())
    say(all_texts.people.GROUP_IS_BACK.format(name=row.name))
    return 0


def _person(desk: "Desk", wanted: str) -> "PersonRow":
    return services.person_items.person_named(services.staff.staff(desk, clock()), wanted)
