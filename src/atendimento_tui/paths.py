"""Where the program keeps things. Nothing is made by asking."""

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from platformdirs import user_config_path, user_data_path, user_log_path

DATABASE_VARIABLE = "ATENDIMENTO_DATABASE_URL"

_NAME = "atendimento"


def data_folder() -> Path:
    """The user's folder for databases."""
    return user_data_path(_NAME, appauthor=False)


def settings_file() -> Path:
    """The user's settings."""
    return user_config_path(_NAME, appauthor=False) / "config.toml"


def log_file() -> Path:
    """Where faults of the program are written."""
    return user_log_path(_NAME, appauthor=False) / "atendimento.log"


def chosen_database(given: str | None, environ: Mapping[str, str] = os.environ) -> str | None:
    """The database that somebody chose: the one given, else the environment's."""
    return given or environ.get(DATABASE_VARIABLE) or None


def database(given: str | None, environ: Mapping[str, str] = os.environ) -> str:
    """The database to use: the one chosen, else the user's own file."""
    return chosen_database(given, environ) or str(data_folder() / "atendimento.db")


def drafts_folder() -> Path:
    """What was begun in a window and is not in a database yet; the user's own, since nobody else typed it."""
    return data_folder() / "rascunhos"


def demo_database(day: date) -> Path:
    """The demonstration of a day: its dates are around that day, so each day has its own."""
    return data_folder() / f"demonstracao-{day:%Y%m%d}.db"
