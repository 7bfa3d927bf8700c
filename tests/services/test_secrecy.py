"""The tickets of a secret service exist only for the members of its group: a walk over every service by all others."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from atendimento_tui.contracts.agenda import AgendaFilter
from atendimento_tui.contracts.attachments import Attached
from atendimento_tui.contracts.bookings import HoldAsked
from atendimento_tui.contracts.drafts import Unsent
from atendimento_tui.contracts.external import AddNumber
from atendimento_tui.contracts.intake import Draft
from atendimento_tui.contracts.papers import Way
from atendimento_tui.contracts.queue import PageRequest, QueueView, Tab
from atendimento_tui.contracts.waiting import WaitingAsked
from atendimento_tui.data.changes import Snapshot
from atendimento_tui.domain.access import Actor, Permission, Reach, Role, may_change_members, reach
from atendimento_tui.domain.bookings import SlotKey
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import folded
from atendimento_tui.domain.words import Severity
from atendimento_tui.domain.workflow import Answer, Recorded
from atendimento_tui.services import (
    acts,
    agenda,
    alerts,
    appointments,
    attachments,
    audit,
    authorisations,
    availability,
    beneficiaries,
    bills,
    blocks,
    bookings,
    calendars,
    clocks,
    documents,
    drafts,
    groups,
    intake,
    limits,
    next_services,
    outbox,
    papers,
    presence,
    privacy,
    process_times,
    processes,
    queue,
    received,
    remittances,
    revealing,
    staff,
    tickets,
    waiting,
    waiting_offers,
)
from atendimento_tui.services.access_control import permission_of
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.sweep import sweep
from atendimento_tui.texts.refusals import sentence
from tests.an_agenda import NOTHING_IN_TIME, booked, doctor, furnish
from tests.domain.walk import FILES
from tests.full import IN_FULL
from tests.living import ANA, BRUNO, CELIA, NOW, RECEPTION, Living, member, rows
from tests.secret import (
    COMMITTEE,
    REPORT,
    SUBJECT,
    Secret,
    include_secret_service,
    open_secret,
    order_of,
    outsiders,
    set_groups,
    set_role,
    version_of,
)
from tests.services.test_rights import EVERY

Call = Callable[[Desk, Living, Secret, Path], object]


@pytest.fixture
def secret(living: Living) -> Secret:
    return open_secret(living)


def _export(desk: Desk, _living: Living, _secret: Secret, folder: Path) -> str:
    file = folder / f"{uuid4().hex}.csv"
    clocks.export_deadlines(desk, file, NOW)
    return file.read_text("utf-8")


def _view(desk: Desk, word: str = "", tab: Tab = Tab.ALL) -> QueueView:
    return QueueView(tab, filter=word, viewer=member(BRUNO) if desk.actor.person else None)


def _pages(desk: Desk, _living: Living, secret: Secret, _folder: Path) -> list[object]:
    whole = [PageRequest(0, 50), PageRequest(0, 50, around=secret.ticket), PageRequest(0, 50, exact=False)]
    views = [_view(desk, tab=tab) for tab in Tab] + [_view(desk, word) for word in ("", *secret.words)]
    return [queue.window(desk, view, each, NOW).rows for view in views for each in whole]


def _act(verb: Callable[..., object]) -> Call:
    return lambda desk, living, secret, _folder: verb(desk, order_of(living, secret, desk.actor))


TICKET = "ticket_id"
CALLS: dict[str, Call] = {
    "acts.claim": _act(acts.claim),
    "acts.claim_next": _act(lambda desk, order: acts.claim_next(desk, order, _view(desk, "denuncia"))),
    "acts.comment": _act(lambda desk, order: acts.comment(desk, order, "Vi.")),
    "acts.pause": _act(lambda desk, order: acts.pause(desk, order, "aguarda")),
    "acts.resume": _act(acts.resume),
    "acts.act": _act(lambda desk, order: acts.act(desk, order, "concluir", Answer("Feito.", {}))),
    "acts.hand_over": _act(lambda desk, order: acts.hand_over(desk, order, "É com vocês.", group=1)),
    "acts.raise_severity": _act(lambda desk, order: acts.raise_severity(desk, order, Severity.LOW, "engano")),
    "acts.correct_answer": _act(lambda desk, order: acts.correct_answer(desk, order, "relato", "x", "engano")),
    "acts.check_document": _act(lambda desk, order: acts.check_document(desk, order, "rg", "recebido")),
    "acts.tell_new_date": _act(lambda desk, order: acts.tell_new_date(desk, order, "Novo prazo", "Mudou.")),
    "acts.dismiss_new_date": _act(lambda desk, order: acts.dismiss_new_date(desk, order, "já sabe")),
    "received.receive_mail": lambda desk, living, secret, _: received.receive_mail(
        desk, b"Subject: x\r\n\r\nsim", living.now, protocol=secret.protocol
    ),
    "received.receive_file": lambda desk, living, secret, _: received.receive_file(
        desk, FILES["denuncia"], living.now, protocol=secret.protocol
    ),
    "received.receive_pasted": _act(lambda desk, order: received.receive_pasted(desk, order, None, "Zé", "sim")),
    "received.note_attempt": _act(
        lambda desk, order: received.note_attempt(desk, order, "telefone", reached=False, said="")
    ),
    "bookings.hold": lambda desk, _living, secret, _: bookings.hold(
        desk, HoldAsked(SlotKey(1, 1, 1, NOW + timedelta(days=1)), ticket=secret.ticket), NOW
    ),
    "waiting.put": _act(lambda desk, order: waiting.put(desk, order, WaitingAsked())),
    "waiting.accept": _act(lambda desk, order: waiting.accept(desk, order, {})),
    "waiting.refuse": _act(waiting.refuse),
    "waiting.leave": _act(waiting.leave),
    "waiting.listed": lambda desk, _living, secret, _: waiting.listed(desk) + waiting.listed(desk, secret.ticket),
    "waiting.offer_code": lambda desk, *_: waiting.offer_code(desk, "1.1.1@2026-03-03T10:00-03:00", NOW),
    "waiting_offers.pass_on": lambda desk, *_: waiting_offers.pass_on(desk, NOW),
    "bookings.release": lambda desk, _living, _secret, _: bookings.release(desk, "1f"),
    "appointments.form_of": lambda desk, _living, secret, _: appointments.form_of(desk, secret.ticket),
    "appointments.book_code": _act(
        lambda desk, order: appointments.book_code(desk, order, "1.1.1@2026-03-03T10:00-03:00", {})
    ),
    "appointments.cancel": _act(lambda desk, order: appointments.cancel(desk, order, "viajou")),
    "bookings.told_appointment": lambda desk, _living, secret, _: bookings.told_appointment(desk, secret.ticket),
    "limits.note_missed": lambda desk, _living, secret, _: limits.note_missed(
        desk, AgendaFilter(ticket=secret.ticket), NOTHING_IN_TIME, NOW
    ),
    "bookings.day": lambda desk, _living, _secret, _: bookings.day(desk, NOW.date()),
    "appointments.book": _act(lambda desk, order: appointments.book(desk, order, "1f")),
    "alerts.mine": lambda desk, _living, _secret, _: alerts.mine(desk, NOW),
    "alerts.acknowledge": _act(alerts.acknowledge),
    "received.receive_for": _act(lambda desk, order: received.receive_for(desk, order, FILES["denuncia"])),
    "outbox.listed": lambda desk, _living, _secret, _: outbox.listed(desk, every=True),
    "outbox.count": lambda desk, _living, _secret, _: outbox.count(desk),
    "outbox.one": lambda desk, _living, _secret, _: outbox.one(desk, 1),
    "outbox.resend": _act(lambda desk, order: outbox.resend(desk, order, 1)),
    "outbox.save_files": _act(lambda desk, order: outbox.save_files(desk, order, 1, Path("arquivos"))),
    "outbox.give_up": _act(lambda desk, order: outbox.give_up(desk, order, 1, "engano")),
    "outbox.correct_address": _act(lambda desk, order: outbox.correct_address(desk, order, 1, "a@exemplo.com.br")),
    "outbox.confirm_delivered": _act(lambda desk, order: outbox.confirm_delivered(desk, order, 1, "na mão")),
    "acts.attach": _act(lambda desk, order: acts.attach(desk, order, Attached("a.pdf", "0" * 64, 1, "text/plain"))),
    "attachments.attach": _act(lambda desk, order: attachments.attach(desk, order, "a.pdf", b"%PDF-1.4")),
    "attachments.attach_file": _act(lambda desk, order: attachments.attach_file(desk, order, FILES["denuncia"])),
    "attachments.attachments_of": lambda desk, _living, secret, _: attachments.attachments_of(
        desk, ticket_id=secret.ticket
    ),
    "attachments.read": lambda desk, *_: attachments.read(desk, 1),
    "attachments.inbox": lambda desk, _living, _secret, folder: attachments.inbox(desk, folder / "config.toml"),
    "acts.record_document": _act(lambda desk, order: acts.record_document(desk, order, "rg", Recorded("recebido"))),
    "documents.waiting": lambda desk, *_: documents.waiting(desk),
    "acts.note_state_shown": _act(lambda desk, order: acts.note_state_shown(desk, order, "comando", "Maria")),
    "next_services.next_services": lambda desk, _living, secret, _: next_services.next_services(desk, secret.ticket),
    "acts.tell_state": _act(lambda desk, order: acts.tell_state(desk, order, "telefone", "Maria")),
    "authorisations.find_guias": lambda desk, _living, secret, _: [
        authorisations.find_guias(desk, word, NOW) for word in secret.words
    ],
    "acts.note_number": _act(lambda desk, order: acts.note_number(desk, order, AddNumber("CRM", "1"))),
    "blocks.copy_block": _act(lambda desk, order: blocks.copy_block(desk, order, "CRM")),
    "remittances.listed": lambda desk, *_: remittances.listed(desk, every=True),
    "remittances.with_number": lambda desk, *_: remittances.with_number(desk, COMMITTEE, 2026, 1),
    "remittances.deliver_list": lambda desk, _living, _secret, folder: remittances.deliver_list(
        desk, 1, Way("arquivo", folder=folder), NOW
    ),
    "remittances.on_the_way": lambda desk, _living, secret, _: remittances.on_the_way(desk, secret.ticket),
    "remittances.decide": _act(lambda desk, order: remittances.decide(desk, order, "rg", said_by="Marta")),
    "calendars.to_tell": lambda desk, *_: calendars.to_tell(desk),
    "agenda.to_move": lambda desk, *_: agenda.to_move(desk, NOW),
    "bills.bills_of_ticket": lambda desk, _living, secret, _: bills.bills_of_ticket(desk, secret.ticket),
    "papers.give": lambda desk, living, secret, folder: papers.give(
        desk, order_of(living, secret, desk.actor), "", Way("arquivo", folder=folder)
    ),
    "acts.finish_task": _act(lambda desk, order: acts.finish_task(desk, order, 1)),
    "clocks.export_deadlines": _export,
    "intake.begin": lambda desk, living, secret, _: intake.begin(
        desk, secret.version, desk.actor.person, living.request(), NOW
    ),
    "intake.finish": lambda desk, living, secret, _: intake.finish(
        desk, order_of(living, secret, desk.actor), intake.Intake(Severity.LOW, "Ana")
    ),
    "intake.promises": lambda desk, _living, secret, _: intake.promises(desk, secret.version, {}, NOW),
    "intake.slip": lambda desk, _living, secret, _: intake.slip(desk, secret.ticket, NOW),
    "beneficiaries.find_beneficiaries": lambda desk, *_: beneficiaries.find_beneficiaries(desk, "zuleika"),
    "beneficiaries.view_record": lambda desk, _living, secret, _: beneficiaries.view_record(desk, secret.beneficiary),
    "revealing.reveal_ticket": _act(lambda desk, order: revealing.reveal_ticket(desk, order, "conferir os dados")),
    "beneficiaries.reveal_record": lambda desk, _living, secret, _: beneficiaries.reveal_record(
        desk, secret.beneficiary, "conferir a identidade", NOW
    ),
    "privacy.export_person": lambda desk, _living, secret, _: privacy.export_person(
        desk, secret.beneficiary, "pedido da pessoa", NOW
    ),
    "privacy.anonymise": lambda desk, _living, secret, _: privacy.anonymise(
        desk, secret.beneficiary, "pedido da pessoa", NOW + timedelta(days=9_999), typed="outra pessoa"
    ),
    "privacy.erasure": lambda desk, _living, secret, _: privacy.erasure(
        desk, secret.beneficiary, NOW + timedelta(days=9_999)
    ),
    "privacy.held_because": lambda desk, _living, secret, _: privacy.held_because(desk, secret.beneficiary),
    "privacy.save_export": lambda desk, _living, secret, folder: privacy.save_export(
        desk, secret.beneficiary, "pedido da pessoa", "txt", folder, NOW
    ),
    "privacy.expired": lambda desk, *_: privacy.expired(desk, NOW + timedelta(days=9_999)),
    "presence.others": lambda desk, _living, secret, _: presence.others(desk, secret.ticket, None, NOW),
    "presence.Visit.note": lambda desk, _living, secret, _: presence.Visit(secret.ticket).note(desk, BRUNO, NOW),
    "processes.offered": lambda desk, *_: processes.offered(desk),
    "queue.window": _pages,
    "queue.first_rows": lambda desk, _living, secret, _: (
        queue.first_rows(desk, _view(desk), 9, secret.ticket, NOW).rows
    ),
    "queue.counts": lambda desk, *_: queue.counts(desk, _view(desk), NOW),
    "queue.rows": lambda desk, _living, secret, _: queue.rows(desk, [secret.ticket]),
    "queue.counts_with_overdue": lambda desk, *_: queue.counts_with_overdue(desk, _view(desk), NOW),
    "queue.overdue": lambda desk, *_: queue.overdue(desk, NOW + timedelta(days=900)),
    "queue.listed": lambda desk, _living, secret, _: [queue.listed(desk, word, 9, NOW) for word in ("", *secret.words)],
    "tickets.ticket_view": lambda desk, _living, secret, _: tickets.ticket_view(desk, NOW, ticket_id=secret.ticket),
    "tickets.named_tickets": lambda desk, _living, secret, _: tickets.named_tickets(desk, secret.protocol, ""),
    "tickets.receivers": lambda desk, *_: tickets.receivers(desk, NOW),
    "process_times.typical_times": lambda desk, _living, _secret, _: process_times.typical_times(desk, NOW, 90),
    "tickets.explain": lambda desk, _living, secret, _: tickets.explain(desk, NOW, ticket_id=secret.ticket),
    "drafts.waiting": lambda desk, *_: drafts.waiting(desk),
    "staff.staff": lambda desk, *_: staff.staff(desk, NOW),
    "staff.view_person": lambda desk, *_: staff.view_person(desk, NOW, CELIA),
    "sweep.sweep": lambda desk, *_: sweep(desk, NOW),
}
"""A call of each service that could tell of a ticket, about the secret one."""


def told(call: Call, desk: Desk, living: Living, secret: Secret, folder: Path) -> str:
    """All that a call tells: its result, or the sentence of its refusal."""
    try:
        return repr(call(desk, living, secret, folder))
    except Refused as refusal:
        return sentence(*refusal.refusal)


def _betrayed(text: str, secret: Secret) -> list[str]:
    found = folded(text)
    return [word for word in secret.words if word in found]


def test_every_service_about_tickets_is_called() -> None:
    about = {name for name, service in EVERY.items() if str(permission_of(service)).startswith(("atend", "prazos"))}
    assert about - CALLS.keys() == set()


def test_a_member_reads_what_the_walk_looks_for(living: Living, secret: Secret, tmp_path: Path) -> None:
    """Otherwise the walk would find nothing because nothing is there."""
    desk = living.desk.acting_as(Actor(CELIA, Role.ATTENDANT, frozenset({secret.group})))
    reading = {name: call for name, call in CALLS.items() if not name.startswith("acts.")}
    found = {name for name, call in reading.items() if _betrayed(told(call, desk, living, secret, tmp_path), secret)}
    assert {"queue.window", "queue.listed", "queue.rows", "tickets.ticket_view", "tickets.named_tickets"} <= found
    assert {"clocks.export_deadlines", "tickets.explain", "intake.slip"} <= found
    view = folded(repr(tickets.ticket_view(desk, NOW, protocol=secret.protocol)))
    assert [word for word in secret.words[:5] if word not in view] == []


def test_no_service_tells_anybody_else_of_it(living: Living, secret: Secret, tmp_path: Path) -> None:
    """One walk on one desk, because no call changes anything of the ticket.

    On PostgreSQL at a commit it is that of a supervisor, a script and a command without a name: what a role may is
    decided before the database is asked.
    """
    state = "SELECT version, owner_id, severity, state FROM ticket WHERE id = ?"
    before = rows(living.desk, state, secret.ticket)
    asking = outsiders()
    if not living.desk.file and not IN_FULL:
        asking = [each for each in asking if each.person is None or each.role == Role.SUPERVISOR]
        assert len(asking) == 3
    for actor in asking:
        if actor.person:
            set_role(living.desk, actor.person, actor.role)
        desk = living.desk.acting_as(actor)
        for name, call in CALLS.items():
            text = told(call, desk, living, secret, tmp_path)
            assert _betrayed(text, secret) == [], (name, actor, text)
        assert rows(living.desk, state, secret.ticket) == before, actor


def test_a_protocol_that_is_secret_is_refused_as_one_that_does_not_exist(living: Living, secret: Secret) -> None:
    unknown = secret.protocol[:-1] + str((int(secret.protocol[-1]) + 1) % 10)

    def view(desk: Desk, protocol: str) -> str:
        with pytest.raises(Refused) as refused:
            tickets.ticket_view(desk, NOW, protocol=protocol)
        return sentence(*refused.value.refusal)

    for actor in outsiders():
        desk = living.desk.acting_as(actor)
        assert view(desk, secret.protocol).replace(secret.protocol, unknown) == view(desk, unknown)


def test_a_booking_to_be_moved_is_listed_for_members_only(living: Living, secret: Secret) -> None:
    furnish(living.desk)
    bia = doctor(living.desk, "Bia Rocha")
    hit = booked(living.desk, bia, NOW + timedelta(days=1), name="Zuleika Xisto", ticket=secret.ticket)
    availability.add_absence(living.desk, "Bia Rocha", "03/03/2026", "", "congresso", NOW)
    mine = living.desk.acting_as(Actor(CELIA, Role.ATTENDANT, frozenset({secret.group})))
    assert [each.booking for each in agenda.to_move(mine, NOW)] == [hit]
    assert agenda.to_move(living.desk.acting_as(member(BRUNO).actor), NOW) == []


def test_counts_and_numbers_of_others_are_as_without_it(living: Living) -> None:
    living.open(group=RECEPTION)
    desk = living.desk.acting_as(member(BRUNO).actor)
    view = QueueView(viewer=member(BRUNO))
    late = NOW + timedelta(days=60)
    before = queue.counts(desk, view, late), queue.overdue(desk, late)
    open_secret(living)
    assert (queue.counts(desk, view, late), queue.overdue(desk, late)) == before
    assert queue.window(desk, view, PageRequest(0, 9), late).total == 1
    for word in ("denuncia", "quirquincho", "zuleika", "wombat"):
        assert queue.window(desk, QueueView(filter=word), PageRequest(0, 9), late).total == 0


def test_what_a_member_holds_is_not_counted_for_others(living: Living, secret: Secret) -> None:
    desk = living.desk.acting_as(Actor(ANA, Role.SUPERVISOR, frozenset({1})))
    assert secret.ticket not in [each.ticket for each in staff.view_person(desk, NOW, CELIA).held]
    assert {row.held for row in staff.staff(desk, NOW).people} == {0}
    assert {row.held for row in staff.staff(desk, NOW).groups} == {0}


def test_protocols_of_others_have_no_gap(living: Living) -> None:
    first = living.opened().protocol
    secret = open_secret(living)
    second = living.opened().protocol
    assert int(second) == int(first) + 1
    assert (secret.protocol[:-6], secret.protocol[-6:]) == (first[:-6], "900001")


def test_only_members_and_the_requester_are_told(living: Living, secret: Secret) -> None:
    """The process tells the supervisor, who is no member."""
    told_to = rows(living.desk, "SELECT person_id, group_id, requester_id IS NOT NULL FROM addressee ORDER BY id")
    assert [tuple(map(bool, row)) for row in told_to] == [(False, False, True), (False, False, False)]
    assert rows(living.desk, "SELECT person_id, group_id FROM alert") == [(None, None)]
    living.wait(hours=2)
    assert sweep(living.desk, living.now) == 0, "what is done about secret tickets is not counted"
    assert (None, secret.group) in rows(living.desk, "SELECT person_id, group_id FROM alert")


def test_it_is_given_to_members_only(living: Living, secret: Secret) -> None:
    for to in ({"group": 1}, {"owner": BRUNO}, {"group": secret.group, "owner": BRUNO}):
        with pytest.raises(Refused, match="sigilo_so_membros"):
            acts.hand_over(living.desk, living.order(secret.ticket, CELIA), "Veja.", **to)
    set_groups(living.desk, BRUNO, secret.group)
    acts.hand_over(living.desk, living.order(secret.ticket, CELIA), "Veja.", owner=BRUNO)


def test_who_leaves_the_group_sees_nothing_more_at_once(living: Living, secret: Secret) -> None:
    """Also at a window that does not know of the change yet."""
    desk = living.desk.acting_as(Actor(CELIA, Role.ATTENDANT, frozenset({secret.group})))
    assert queue.rows(desk, [secret.ticket])
    set_groups(living.desk, CELIA, 1)
    assert queue.rows(desk, [secret.ticket]) == []
    with pytest.raises(Refused, match="fora_de_vista"):
        acts.comment(desk, living.order(secret.ticket, CELIA), "Vi.")


def test_a_member_of_any_role_works_on_it_except_one_who_sees_no_tickets(living: Living, secret: Secret) -> None:
    set_groups(living.desk, BRUNO, secret.group)
    for role in Role:
        if role in (Role.SYSTEM, Role.UNNAMED):
            continue
        set_role(living.desk, BRUNO, role)
        desk = living.desk.acting_as(Actor(BRUNO, role, frozenset({secret.group})))
        if reach(role, Permission.READ) is Reach.NONE:
            assert queue.rows(desk, [secret.ticket]) == []
            with pytest.raises(Refused, match="papel_nao_pode"):
                acts.comment(desk, living.order(secret.ticket, BRUNO), "Vi.")
        else:
            assert queue.rows(desk, [secret.ticket])
            acts.comment(desk, living.order(secret.ticket, BRUNO), "Vi.")


def test_a_change_that_is_announced_has_ids_only(living: Living, secret: Secret) -> None:
    """Windows that may not know of the ticket read nothing for its id."""
    before = Snapshot.first(living.desk.engine)
    acts.comment(living.desk, living.order(secret.ticket, CELIA), "ouvi outro wombat")
    changes, _ = before.changes_since(living.desk.engine)
    assert _betrayed(repr(changes), secret) == []


def test_the_draft_of_a_secret_intake_is_offered_to_members_only(living: Living) -> None:
    group = include_secret_service(living.desk)
    begun = intake.begin(living.desk, version_of(living.desk), CELIA, living.request(), NOW)
    draft = Draft(
        request="request-draft",
        finishing="request-end",
        process=version_of(living.desk),
        service="Denúncia ao canal",
        ticket=begun.ticket,
        protocol=begun.protocol,
        version=begun.version,
        begun_at=NOW,
        severity=Severity.HIGH,
        subject=SUBJECT,
    )
    file = drafts.intake_file(living.desk, draft.request)
    file.save(draft)
    file.release()
    for actor in outsiders():
        assert drafts.waiting(living.desk.acting_as(actor)) == []
    member_desk = living.desk.acting_as(Actor(CELIA, Role.COMMITTEE, frozenset({group})))
    assert [each.protocol for each in drafts.waiting(member_desk)] == [begun.protocol]


def test_the_draft_of_an_act_on_a_secret_ticket_is_offered_to_members_only(living: Living, secret: Secret) -> None:
    file = drafts.act_file(living.desk, "comentar", secret.protocol, "draft-1")
    file.save(Unsent("draft-1", words={"": "ouvi wombat"}))
    file.release()
    for actor in outsiders():
        assert drafts.find_unsent(living.desk.acting_as(actor), "comentar", secret.protocol) is None
    inside = living.desk.acting_as(Actor(CELIA, Role.ATTENDANT, frozenset({secret.group})))
    found = drafts.find_unsent(inside, "comentar", secret.protocol)
    assert found
    found[0].discard()


# Secrecy belongs to the key of the service.


def _other(folder: Path, change: Callable[[str], str]) -> Path:
    file = folder / f"{uuid4().hex}.toml"
    file.write_text(change(FILES["denuncia"].read_text("utf-8")), "utf-8")
    return file


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(f'sigilo = "{COMMITTEE}"', ""),
        lambda text: text.replace(COMMITTEE, RECEPTION),
    ],
    ids=["none", "another"],
)
def test_no_version_drops_or_changes_the_secrecy(desk: Desk, tmp_path: Path, change: Callable[[str], str]) -> None:
    include_secret_service(desk)
    before = rows(desk, "SELECT id, key, is_offered, secret_group_id FROM process ORDER BY id")
    with pytest.raises(Refused, match="sigilo_continua"):
        processes.include_file(desk, _other(tmp_path, change))
    assert rows(desk, "SELECT id, key, is_offered, secret_group_id FROM process ORDER BY id") == before


def test_a_service_that_becomes_secret_hides_the_tickets_that_it_has(living: Living, tmp_path: Path) -> None:
    """A window that was open before knows it with its next look at the desk."""
    desk = living.desk
    window = desk.acting_as(member(BRUNO).actor)
    processes.include_file(
        desk, _other(tmp_path, lambda text: text.replace(f'sigilo = "{COMMITTEE}"', "")), make_groups=True
    )
    begun = intake.begin(desk, version_of(desk), BRUNO, living.request(), NOW)
    form = intake.Intake(Severity.LOW, "Ana", SUBJECT, "", None, {"relato": REPORT})
    intake.finish(desk, living.order(begun.ticket, BRUNO), form)
    version = window.info().version
    assert queue.rows(window, [begun.ticket])
    set_groups(desk, BRUNO, 1)
    processes.include_file(desk, FILES["denuncia"])
    assert window.info_if_changed(version)
    assert queue.rows(window, [begun.ticket]) == []
    assert len(set(rows(desk, "SELECT secret_group_id FROM process WHERE key = 'denuncia'"))) == 1


def test_the_group_of_a_secret_service_begins_empty(desk: Desk) -> None:
    """Of other services everybody is a member at first."""
    processes.include_file(desk, FILES["denuncia"], make_groups=True)
    of_group = "SELECT count(*) FROM membership JOIN staff_group ON id = group_id WHERE name = ?"
    assert rows(desk, of_group, COMMITTEE) == [(0,)]


def test_the_services_for_people_keep_a_secret_group_to_its_members(living: Living, secret: Secret) -> None:
    desk = living.desk.acting_as(Actor(ANA, Role.SUPERVISOR, frozenset({1})))
    for change in (
        lambda: groups.set_member(desk, secret.group, BRUNO, NOW, belongs=True),
        lambda: groups.set_member(desk, secret.group, CELIA, NOW, belongs=False),
        lambda: staff.change_person(desk, ANA, {"groups": f"{RECEPTION}, {COMMITTEE}"}, NOW),
        lambda: staff.add_person(desk, {"name": "Davi Rocha", "role": "atendente", "groups": COMMITTEE}, NOW),
    ):
        with pytest.raises(Refused, match="grupo_so_membros"):
            change()
    assert rows(living.desk, "SELECT person_id FROM membership WHERE group_id = ?", secret.group) == [(CELIA,)]
    set_role(living.desk, CELIA, Role.SUPERVISOR)
    inside = living.desk.acting_as(Actor(CELIA, Role.SUPERVISOR, frozenset({secret.group})))
    groups.set_member(inside, secret.group, BRUNO, NOW, belongs=True)


def test_only_members_change_a_secret_group() -> None:
    boss, inside = Actor(ANA, Role.SUPERVISOR), Actor(CELIA, Role.SUPERVISOR, frozenset({7}))
    assert not may_change_members(boss, 7, {CELIA}, {7})
    assert may_change_members(inside, 7, {CELIA}, {7})
    assert may_change_members(boss, 7, set(), {7}), "somebody has to name the first members"
    assert may_change_members(boss, 8, {CELIA}, {7})


def test_a_desk_without_secrets_reads_by_the_same_statements_as_ever(
    living: Living, statements: list[tuple[str, Any]]
) -> None:
    living.open()
    queue.window(living.desk, QueueView(), PageRequest(0, 9), NOW)
    whole = [statement for statement, _ in statements[-2:]]
    queue.window(living.desk.acting_as(replace(member(BRUNO)).actor), QueueView(), PageRequest(0, 9), NOW)
    assert [statement for statement, _ in statements[-2:]] == whole


def test_the_tables_equal_the_history_with_secret_tickets(living: Living, secret: Secret) -> None:
    assert secret.ticket
    assert audit.differences(living.desk) == []
