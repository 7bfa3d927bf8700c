"""The screens of the places, imported when they are first used."""

from importlib import import_module
from pathlib import Path
from typing import Any

from atendimento_tui.actions import PLACE_ROWS, PlaceRow


def screen_class(row: PlaceRow) -> type[Any]:
    """The class of a place."""
    found: type[Any] = getattr(import_module(f"atendimento_tui.screens.{row.module}"), row.screen)
    return found


def style_sheets() -> list[Path]:
    """The style sheets of the places that have one."""
    files = [Path(__file__).parent / f"{row.module.replace('.', '/')}.tcss" for row in PLACE_ROWS]
    return [file for file in files if file.is_file()]
