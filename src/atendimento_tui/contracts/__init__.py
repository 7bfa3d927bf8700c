"""Requests to services and their results: frozen values, one module an area.

No module here imports a table or a widget. Each is imported when it is first used.
"""

from typing import TYPE_CHECKING

from atendimento_tui.lazy import submodules

if TYPE_CHECKING:
    from atendimento_tui.contracts import access as access
    from atendimento_tui.contracts import agenda as agenda
    from atendimento_tui.contracts import alerts as alerts
    from atendimento_tui.contracts import attachments as attachments
    from atendimento_tui.contracts import authorisations as authorisations
    from atendimento_tui.contracts import beneficiaries as beneficiaries
    from atendimento_tui.contracts import bills as bills
    from atendimento_tui.contracts import bookings as bookings
    from atendimento_tui.contracts import calendars as calendars
    from atendimento_tui.contracts import changes as changes
    from atendimento_tui.contracts import desk as desk
    from atendimento_tui.contracts import diagnosis as diagnosis
    from atendimento_tui.contracts import documents as documents
    from atendimento_tui.contracts import drafts as drafts
    from atendimento_tui.contracts import external as external
    from atendimento_tui.contracts import history as history
    from atendimento_tui.contracts import imported_bookings as imported_bookings
    from atendimento_tui.contracts import imports as imports
    from atendimento_tui.contracts import intake as intake
    from atendimento_tui.contracts import messages as messages
    from atendimento_tui.contracts import outbox as outbox
    from atendimento_tui.contracts import papers as papers
    from atendimento_tui.contracts import people as people
    from atendimento_tui.contracts import privacy as privacy
    from atendimento_tui.contracts import procedures as procedures
    from atendimento_tui.contracts import process_times as process_times
    from atendimento_tui.contracts import processes as processes
    from atendimento_tui.contracts import proof as proof
    from atendimento_tui.contracts import providers as providers
    from atendimento_tui.contracts import queue as queue
    from atendimento_tui.contracts import received as received
    from atendimento_tui.contracts import register as register
    from atendimento_tui.contracts import remittances as remittances
    from atendimento_tui.contracts import safekeeping as safekeeping
    from atendimento_tui.contracts import settings as settings
    from atendimento_tui.contracts import tickets as tickets
    from atendimento_tui.contracts import trail as trail
    from atendimento_tui.contracts import waiting as waiting
else:
    __getattr__ = submodules(__name__)
