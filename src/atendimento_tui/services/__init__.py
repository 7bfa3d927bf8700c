"""Services by area. Each is imported when it is first used: `services.queue.page(...)`."""

from typing import TYPE_CHECKING

from atendimento_tui.lazy import submodules

if TYPE_CHECKING:
    from atendimento_tui.services import absences as absences
    from atendimento_tui.services import access as access
    from atendimento_tui.services import access_control as access_control
    from atendimento_tui.services import acts as acts
    from atendimento_tui.services import addresses as addresses
    from atendimento_tui.services import agenda as agenda
    from atendimento_tui.services import agenda_import as agenda_import
    from atendimento_tui.services import alerts as alerts
    from atendimento_tui.services import appointments as appointments
    from atendimento_tui.services import attachments as attachments
    from atendimento_tui.services import audit as audit
    from atendimento_tui.services import authorisations as authorisations
    from atendimento_tui.services import availability as availability
    from atendimento_tui.services import batches as batches
    from atendimento_tui.services import beneficiaries as beneficiaries
    from atendimento_tui.services import beneficiary_import as beneficiary_import
    from atendimento_tui.services import bill_import as bill_import
    from atendimento_tui.services import bills as bills
    from atendimento_tui.services import blocks as blocks
    from atendimento_tui.services import booking_acts as booking_acts
    from atendimento_tui.services import booking_import as booking_import
    from atendimento_tui.services import bookings as bookings
    from atendimento_tui.services import calendar_moves as calendar_moves
    from atendimento_tui.services import calendars as calendars
    from atendimento_tui.services import catalog as catalog
    from atendimento_tui.services import changes as changes
    from atendimento_tui.services import clocks as clocks
    from atendimento_tui.services import content_copies as content_copies
    from atendimento_tui.services import deciding as deciding
    from atendimento_tui.services import delivery as delivery
    from atendimento_tui.services import desk as desk
    from atendimento_tui.services import diagnosis as diagnosis
    from atendimento_tui.services import digests as digests
    from atendimento_tui.services import documents as documents
    from atendimento_tui.services import drafts as drafts
    from atendimento_tui.services import due_papers as due_papers
    from atendimento_tui.services import effects as effects
    from atendimento_tui.services import external as external
    from atendimento_tui.services import groups as groups
    from atendimento_tui.services import history as history
    from atendimento_tui.services import intake as intake
    from atendimento_tui.services import leaving as leaving
    from atendimento_tui.services import limits as limits
    from atendimento_tui.services import links as links
    from atendimento_tui.services import list_import as list_import
    from atendimento_tui.services import made_papers as made_papers
    from atendimento_tui.services import messages as messages
    from atendimento_tui.services import migrate as migrate
    from atendimento_tui.services import next_services as next_services
    from atendimento_tui.services import numbering as numbering
    from atendimento_tui.services import openings as openings
    from atendimento_tui.services import outbox as outbox
    from atendimento_tui.services import papers as papers
    from atendimento_tui.services import passwords as passwords
    from atendimento_tui.services import people as people
    from atendimento_tui.services import people_file as people_file
    from atendimento_tui.services import person_items as person_items
    from atendimento_tui.services import presence as presence
    from atendimento_tui.services import privacy as privacy
    from atendimento_tui.services import procedure_import as procedure_import
    from atendimento_tui.services import procedures as procedures
    from atendimento_tui.services import process_times as process_times
    from atendimento_tui.services import processes as processes
    from atendimento_tui.services import proof as proof
    from atendimento_tui.services import providers as providers
    from atendimento_tui.services import queue as queue
    from atendimento_tui.services import received as received
    from atendimento_tui.services import record_updates as record_updates
    from atendimento_tui.services import refusals as refusals
    from atendimento_tui.services import register as register
    from atendimento_tui.services import remittances as remittances
    from atendimento_tui.services import restore as restore
    from atendimento_tui.services import revealing as revealing
    from atendimento_tui.services import safekeeping as safekeeping
    from atendimento_tui.services import settings as settings
    from atendimento_tui.services import setup as setup
    from atendimento_tui.services import smtp as smtp
    from atendimento_tui.services import staff as staff
    from atendimento_tui.services import sweep as sweep
    from atendimento_tui.services import tasks as tasks
    from atendimento_tui.services import tickets as tickets
    from atendimento_tui.services import timers as timers
    from atendimento_tui.services import typed_hours as typed_hours
    from atendimento_tui.services import unit_of_work as unit_of_work
    from atendimento_tui.services import visible as visible
    from atendimento_tui.services import waiting as waiting
    from atendimento_tui.services import waiting_offers as waiting_offers
    from atendimento_tui.services import waiting_rows as waiting_rows
else:
    __getattr__ = submodules(__name__)
