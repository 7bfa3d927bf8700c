"""What can be done on a ticket, one row each: the dialog, the call of the service, the message.

A new verb is a row here and, if it has a key, a row of `actions/areas/queue.py`.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from atendimento_tui import contracts, domain, outputs, services
from atendimento_tui.domain.words import Severity
from atendimento_tui.screens import dialogs
from atendimento_tui.screens.asking_path import ask_path
from atendimento_tui.screens.tickets.acting import Acting, NewDialog, Target, Verb
from atendimento_tui.texts import alerts as alert_texts
from atendimento_tui.texts import attachments as file_texts
from atendimento_tui.texts import authorisations as guia_texts
from atendimento_tui.texts import calendars as calendar_texts
from atendimento_tui.texts import documents as document_texts
from atendimento_tui.texts import external as external_texts
from atendimento_tui.texts import formats, words
from atendimento_tui.texts import outbox as outbox_texts
from atendimento_tui.texts import papers as paper_texts
from atendimento_tui.texts import people as people_texts
from atendimento_tui.texts import tickets as texts

if TYPE_CHECKING:
    from atendimento_tui.contracts.documents import DocumentView
    from atendimento_tui.contracts.people import Receiver
    from atendimento_tui.contracts.queue import QueueRow
    from atendimento_tui.contracts.tickets import ActDone, ActionView, Order, TicketView
    from atendimento_tui.screens.dialogs.write import Words
    from atendimento_tui.services.desk import Desk


def _reason(title: str, _value: object) -> NewDialog:
    return partial(dialogs.reason.ReasonDialog, title)


def _do_action(desk: "Desk", order: "Order", given: "Words", action: "ActionView") -> "ActDone":
    answers = {key: value for key, value in given.items() if key != dialogs.write.TEXT}
    return services.acts.act(
        desk, order, action.key, domain.workflow.Answer(given.get(dialogs.write.TEXT, ""), answers)
    )


def _correct(desk: "Desk", order: "Order", given: "Words", correction: "ActionView") -> "ActDone":
    key = correction.key
    return services.acts.correct_answer(desk, order, key, given.get(key, ""), given.get(dialogs.write.TEXT, ""))


def _refuse_document(desk: "Desk", order: "Order", given: "Words", document: "DocumentView") -> "ActDone":
    recorded = domain.workflow.Recorded(
        domain.documents.REFUSED,
        reason=given.get(dialogs.write.TEXT, ""),
        said_by=given.get("disse", ""),
        due=services.documents.correction_day(given.get("ate", "")),
    )
    return services.acts.record_document(desk, order, document.key, recorded)


def _hand_over(desk: "Desk", order: "Order", given: "Words", to: "Receiver") -> "ActDone":
    return services.acts.hand_over(desk, order, given[dialogs.write.TEXT], group=to.group, owner=to.owner)


def _choose_receiver(place: Acting, row: "QueueRow", then: Callable[[Target], None]) -> None:
    def read(desk: "Desk", now: datetime) -> list["Receiver"]:
        return services.tickets.receivers(desk, now)

    def offer(found: list["Receiver"]) -> None:
        info = place.desk_app.desk_info
        assert info, "the desk is open"
        zone = info.hours.tz
        choices = [
            dialogs.choose.Choice(each, each.name, texts.HAND_OVER_GROUP if each.group else _aside(each, zone))
            for each in found
        ]
        title = texts.HAND_OVER_TITLE.format(protocol=formats.protocol_groups(row.protocol))
        place.choose(
            title, choices, texts.HAND_OVER_PLACEHOLDER, lambda receiver: _ask_if_absent(place, receiver, then)
        )

    place.ask(("encaminhar", row.key), read, offer)


def _aside(receiver: "Receiver", zone: ZoneInfo) -> str:
    """The groups of a person; for somebody who is absent or off duty, until when."""
    if receiver.absent_until is None:
        off = "" if receiver.shift is None or receiver.shift.is_on else outputs.as_text.shift_text(receiver.shift, zone)
        return " · ".join(filter(None, (receiver.aside, off)))
    return people_texts.ABSENT_UNTIL.format(day=formats.short_date(receiver.absent_until))


def _ask_if_absent(place: Acting, receiver: "Receiver", then: Callable[[Target], None]) -> None:
    """Ask once before a ticket goes to somebody who is absent."""
    if receiver.absent_until is None:
        then(_to(receiver))
        return
    day = formats.date(receiver.absent_until)
    question = people_texts.ABSENT_QUESTION.format(name=receiver.name, day=day)
    answers = [
        dialogs.choose.Choice(False, people_texts.NO),
        dialogs.choose.Choice(True, people_texts.ABSENT_ANSWER),
    ]
    place.choose(question, answers, people_texts.CHOOSE_ANSWER, lambda sure: then(_to(receiver)) if sure else None)


def _to(receiver: "Receiver") -> Target:
    return Target(receiver, {"name": receiver.name}, aim=f"{receiver.group} {receiver.owner}")


def _choose_severity(place: Acting, row: "QueueRow", then: Callable[[Target], None]) -> None:
    choices = [dialogs.choose.Choice(each, words.SEVERITY[each]) for each in reversed(Severity) if each != row.severity]
    title = texts.SEVERITY_TITLE.format(protocol=formats.protocol_groups(row.protocol))

    def chosen(severity: Severity) -> None:
        then(Target(severity, {"severity": words.SEVERITY[severity]}, aim=severity))

    place.choose(title, choices, texts.SEVERITY_PLACEHOLDER, chosen)


def _choose_answered(place: Acting, row: "QueueRow", then: Callable[[Target], None]) -> None:
    """Choose the message of the ticket that was answered; 0 for none of them."""

    def read(desk: "Desk", now: datetime) -> "TicketView":
        return services.tickets.ticket_view(desk, now, ticket_id=row.key)

    def offer(view: "TicketView") -> None:
        choices = [
            dialogs.choose.Choice(
                each.id, outputs.as_text.addressees(each), each.subject or each.body.partition("\n")[0]
            )
            for each in reversed(view.messages)
        ]
        choices.append(dialogs.choose.Choice(0, outbox_texts.ANSWERS_NONE))
        choices.append(dialogs.choose.Choice(_FROM_FILE, outbox_texts.FROM_FILE, outbox_texts.FROM_FILE_NOTE))
        place.choose(outbox_texts.ANSWERED_TITLE, choices, people_texts.CHOOSE_ANSWER, chosen)

    def chosen(message: int) -> None:
        if message == _FROM_FILE:
            title = outbox_texts.FILE_TITLE.format(protocol=formats.protocol_groups(row.protocol))
            ask_path(place, title, lambda path: place.act(VERBS["receive_file"], row, Target(path)))
            return
        then(Target(message, aim=str(message), key=str(message)))

    place.ask(("resposta", row.key), read, offer)


_FROM_FILE = -1
"""Stands for an e-mail that was saved, among the messages of a ticket that may be answered."""


def _receive(desk: "Desk", order: "Order", given: "Words", message: int) -> "ActDone":
    sender, _, text = given[dialogs.write.TEXT].strip().partition("\n")
    return services.received.receive_pasted(desk, order, message or None, sender, text)


def _choose_way(place: Acting, _row: "QueueRow", then: Callable[[Target], None]) -> None:
    """Choose the way of an attempt, and whether the client was reached."""
    choices = [
        dialogs.choose.Choice((way, reached), told.format(way=way))
        for way in services.received.WAYS
        for reached, told in ((True, outbox_texts.REACHED), (False, outbox_texts.NOT_REACHED))
    ]

    def chosen(value: tuple[str, bool]) -> None:
        then(Target(value, aim=f"{value[0]} {value[1]}", key=f"{services.received.WAYS.index(value[0])}-{value[1]:d}"))

    place.choose(outbox_texts.ATTEMPT_TITLE, choices, people_texts.CHOOSE_ANSWER, chosen)


def _note_attempt(desk: "Desk", order: "Order", given: "Words", value: tuple[str, bool]) -> "ActDone":
    way, reached = value
    return services.received.note_attempt(desk, order, way, reached=reached, said=given[dialogs.write.TEXT])


def _choose_telling(place: Acting, row: "QueueRow", then: Callable[[Target], None]) -> None:
    choices = [dialogs.choose.Choice(each, each) for each in domain.authorisations.WAYS]
    title = guia_texts.TELL_WAY.format(protocol=formats.protocol_groups(row.protocol))
    place.choose(title, choices, guia_texts.TELL_PLACEHOLDER, lambda way: then(Target(way, aim=way)))


VERBS: Mapping[str, Verb] = MappingProxyType(
    {
        "claim": Verb(lambda desk, order, _given, _: services.acts.claim(desk, order), texts.CLAIMED),
        "resume": Verb(lambda desk, order, _given, _: services.acts.resume(desk, order), texts.RESUMED),
        "comment": Verb(
            lambda desk, order, given, _: services.acts.comment(desk, order, given[dialogs.write.TEXT]),
            texts.COMMENTED,
            draft="comentar",
            dialog=lambda _title, _: dialogs.comment.CommentDialog,
        ),
        "pause": Verb(
            lambda desk, order, given, _: services.acts.pause(desk, order, given[dialogs.write.TEXT]),
            texts.PAUSED,
            draft="pausar",
            dialog=lambda _title, _: dialogs.pause.PauseDialog,
        ),
        "hand_over": Verb(
            _hand_over,
            texts.HANDED_OVER,
            draft="encaminhar",
            dialog=_reason,
            title=texts.HAND_OVER_REASON,
            choose=_choose_receiver,
        ),
        "change_severity": Verb(
            lambda desk, order, given, severity: services.acts.raise_severity(
                desk, order, severity, given[dialogs.write.TEXT]
            ),
            texts.SEVERITY_CHANGED,
            draft="criticidade",
            dialog=_reason,
            title=texts.SEVERITY_REASON,
            choose=_choose_severity,
        ),
        "act": Verb(
            _do_action, texts.ACTED, draft="acao", dialog=lambda _title, action: partial(dialogs.act.ActDialog, action)
        ),
        "correct": Verb(
            _correct,
            texts.CORRECTED,
            draft="corrigir",
            dialog=lambda _title, correction: partial(dialogs.act.CorrectDialog, correction),
        ),
        "tell_new_date": Verb(
            lambda desk, order, given, message: services.acts.tell_new_date(
                desk, order, message[0], given[dialogs.write.TEXT]
            ),
            calendar_texts.NEW_DATE_SENT,
            draft="novo_prazo",
            dialog=lambda title, message: partial(dialogs.message.MessageDialog, title, message[1]),
            title=calendar_texts.NEW_DATE_TITLE,
        ),
        "dismiss_new_date": Verb(
            lambda desk, order, given, _: services.acts.dismiss_new_date(desk, order, given[dialogs.write.TEXT]),
            calendar_texts.NEW_DATE_KEPT,
            draft="novo_prazo_sabido",
            dialog=_reason,
            title=calendar_texts.NEW_DATE_REASON,
        ),
        "tell_state": Verb(
            lambda desk, order, given, way: services.acts.tell_state(desk, order, way, given[dialogs.write.TEXT]),
            guia_texts.STATE_TOLD,
            draft="informar",
            choose=_choose_telling,
            dialog=_reason,
            title=guia_texts.TELL_TITLE,
        ),
        "add_number": Verb(
            lambda desk, order, given, system: services.acts.note_number(
                desk, order, contracts.external.AddNumber(system, given[dialogs.write.TEXT])
            ),
            external_texts.ADDED,
            draft="numero",
            dialog=lambda title, _: partial(dialogs.number.NumberDialog, title),
            title=external_texts.ADD_TITLE,
        ),
        "remove_number": Verb(
            lambda desk, order, _given, number: services.acts.note_number(
                desk, order, contracts.external.RemoveNumber(number)
            ),
            external_texts.REMOVED,
        ),
        "give": Verb(lambda desk, order, _given, what: services.papers.give(desk, order, *what), paper_texts.ACT_SAID),
        "receive_answer": Verb(
            _receive,
            outbox_texts.ANSWER_KEPT,
            draft="resposta",
            dialog=_reason,
            title=outbox_texts.ANSWER_TITLE,
            choose=_choose_answered,
        ),
        "deliver_message": Verb(
            lambda desk, order, _given, number: services.outbox.confirm_delivered(
                desk, order, number, outbox_texts.BY_WHATSAPP
            ),
            outbox_texts.GIVEN,
        ),
        "receive_file": Verb(
            lambda desk, order, _given, path: services.received.receive_for(desk, order, path), outbox_texts.SAID
        ),
        "note_attempt": Verb(
            _note_attempt,
            outbox_texts.ATTEMPT_KEPT,
            draft="contato",
            dialog=_reason,
            title=outbox_texts.ATTEMPT_SAID,
            choose=_choose_way,
        ),
        "acknowledge": Verb(
            lambda desk, order, _given, _: services.alerts.acknowledge(desk, order), alert_texts.ACKNOWLEDGED
        ),
        "finish_task": Verb(
            lambda desk, order, _given, task: services.acts.finish_task(desk, order, task.id), texts.TASK_DONE
        ),
        "record_document": Verb(
            lambda desk, order, _given, document: services.acts.record_document(desk, order, *document),
            texts.DOCUMENT_CHECKED,
        ),
        "refuse_document": Verb(
            _refuse_document,
            texts.DOCUMENT_CHECKED,
            draft="documento",
            dialog=lambda title, document: partial(dialogs.act.RefuseDialog, document, title),
            title=document_texts.REFUSE_TITLE,
        ),
        "attach_file": Verb(
            lambda desk, order, _given, path: services.attachments.attach_file(desk, order, path),
            file_texts.ATTACHED_TOAST,
        ),
    }
)
"""All verbs by name. The actions of the registry name theirs in `args`."""
