"""The rules, by area. Each module is imported when it is first used."""

from typing import TYPE_CHECKING

from atendimento_tui.lazy import submodules

if TYPE_CHECKING:
    from atendimento_tui.domain import access as access
    from atendimento_tui.domain import accounts as accounts
    from atendimento_tui.domain import acts as acts
    from atendimento_tui.domain import agenda as agenda
    from atendimento_tui.domain import attachments as attachments
    from atendimento_tui.domain import authorisations as authorisations
    from atendimento_tui.domain import beneficiaries as beneficiaries
    from atendimento_tui.domain import bills as bills
    from atendimento_tui.domain import bookings as bookings
    from atendimento_tui.domain import calendar_moves as calendar_moves
    from atendimento_tui.domain import clocks as clocks
    from atendimento_tui.domain import digests as digests
    from atendimento_tui.domain import documents as documents
    from atendimento_tui.domain import external as external
    from atendimento_tui.domain import history as history
    from atendimento_tui.domain import identifiers as identifiers
    from atendimento_tui.domain import imported_bookings as imported_bookings
    from atendimento_tui.domain import mail as mail
    from atendimento_tui.domain import names as names
    from atendimento_tui.domain import nearest as nearest
    from atendimento_tui.domain import opening_hours as opening_hours
    from atendimento_tui.domain import outbox as outbox
    from atendimento_tui.domain import people as people
    from atendimento_tui.domain import phones as phones
    from atendimento_tui.domain import places as places
    from atendimento_tui.domain import privacy as privacy
    from atendimento_tui.domain import procedures as procedures
    from atendimento_tui.domain import process as process
    from atendimento_tui.domain import process_times as process_times
    from atendimento_tui.domain import protocol as protocol
    from atendimento_tui.domain import received_mail as received_mail
    from atendimento_tui.domain import recurrence as recurrence
    from atendimento_tui.domain import refusals as refusals
    from atendimento_tui.domain import register as register
    from atendimento_tui.domain import remittances as remittances
    from atendimento_tui.domain import safekeeping as safekeeping
    from atendimento_tui.domain import series as series
    from atendimento_tui.domain import settings as settings
    from atendimento_tui.domain import text as text
    from atendimento_tui.domain import tickets as tickets
    from atendimento_tui.domain import trail as trail
    from atendimento_tui.domain import waiting as waiting
    from atendimento_tui.domain import words as words
    from atendimento_tui.domain import workflow as workflow
else:
    __getattr__ = submodules(__name__)
