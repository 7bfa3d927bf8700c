"""Output files and printed results. Each module is imported when it is first used."""

from typing import TYPE_CHECKING

from atendimento_tui.lazy import submodules

if TYPE_CHECKING:
    from atendimento_tui.outputs import agenda as agenda
    from atendimento_tui.outputs import agenda_month as agenda_month
    from atendimento_tui.outputs import as_json as as_json
    from atendimento_tui.outputs import as_text as as_text
    from atendimento_tui.outputs import authorisations as authorisations
    from atendimento_tui.outputs import beneficiaries as beneficiaries
    from atendimento_tui.outputs import bills as bills
    from atendimento_tui.outputs import calendar_file as calendar_file
    from atendimento_tui.outputs import calendars as calendars
    from atendimento_tui.outputs import child as child
    from atendimento_tui.outputs import csv_file as csv_file
    from atendimento_tui.outputs import diagnosis as diagnosis
    from atendimento_tui.outputs import forms as forms
    from atendimento_tui.outputs import imported_bookings as imported_bookings
    from atendimento_tui.outputs import in_place as in_place
    from atendimento_tui.outputs import man_page as man_page
    from atendimento_tui.outputs import papers as papers
    from atendimento_tui.outputs import pdf as pdf
    from atendimento_tui.outputs import picture as picture
    from atendimento_tui.outputs import preview as preview
    from atendimento_tui.outputs import printing as printing
    from atendimento_tui.outputs import privacy as privacy
    from atendimento_tui.outputs import procedures as procedures
    from atendimento_tui.outputs import providers as providers
    from atendimento_tui.outputs import qr as qr
    from atendimento_tui.outputs import register_file as register_file
    from atendimento_tui.outputs import remittances as remittances
    from atendimento_tui.outputs import shell_completion as shell_completion
    from atendimento_tui.outputs import slip as slip
    from atendimento_tui.outputs import table as table
    from atendimento_tui.outputs import waiting as waiting
    from atendimento_tui.outputs import xlsx_file as xlsx_file
else:
    __getattr__ = submodules(__name__)
