"""All Portuguese texts and formats, by area. Each module is imported when it is first used."""

from typing import TYPE_CHECKING

from atendimento_tui.lazy import submodules

if TYPE_CHECKING:
    from atendimento_tui.texts import access as access
    from atendimento_tui.texts import accounts as accounts
    from atendimento_tui.texts import actions as actions
    from atendimento_tui.texts import agenda as agenda
    from atendimento_tui.texts import agenda_command as agenda_command
    from atendimento_tui.texts import alerts as alerts
    from atendimento_tui.texts import attachments as attachments
    from atendimento_tui.texts import authorisations as authorisations
    from atendimento_tui.texts import beneficiaries as beneficiaries
    from atendimento_tui.texts import bills as bills
    from atendimento_tui.texts import bookings as bookings
    from atendimento_tui.texts import calendars as calendars
    from atendimento_tui.texts import clocks as clocks
    from atendimento_tui.texts import command as command
    from atendimento_tui.texts import diagnosis as diagnosis
    from atendimento_tui.texts import documents as documents
    from atendimento_tui.texts import external as external
    from atendimento_tui.texts import formats as formats
    from atendimento_tui.texts import imported_bookings as imported_bookings
    from atendimento_tui.texts import intake as intake
    from atendimento_tui.texts import manual as manual
    from atendimento_tui.texts import outbox as outbox
    from atendimento_tui.texts import papers as papers
    from atendimento_tui.texts import people as people
    from atendimento_tui.texts import privacy as privacy
    from atendimento_tui.texts import procedures as procedures
    from atendimento_tui.texts import process_times as process_times
    from atendimento_tui.texts import providers as providers
    from atendimento_tui.texts import queue as queue
    from atendimento_tui.texts import refusals as refusals
    from atendimento_tui.texts import register as register
    from atendimento_tui.texts import remittances as remittances
    from atendimento_tui.texts import safekeeping as safekeeping
    from atendimento_tui.texts import settings as settings
    from atendimento_tui.texts import system as system
    from atendimento_tui.texts import tickets as tickets
    from atendimento_tui.texts import toml as toml
    from atendimento_tui.texts import trail as trail
    from atendimento_tui.texts import waiting as waiting
    from atendimento_tui.texts import window as window
    from atendimento_tui.texts import words as words
else:
    __getattr__ = submodules(__name__)
