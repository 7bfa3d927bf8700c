"""The program's files and folders. These functions create nothing."""

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from platformdirs import user_config_path, user_data_path, user_log_path, user_state_path

DATABASE_VARIABLE = "ATENDIMENTO_DATABASE_URL"

TOKEN_VARIABLE, TOKEN_FILE_VARIABLE = "ATENDIMENTO_TOKEN", "ATENDIMENTO_TOKEN_ARQUIVO"
"""The token of a script, and the name of a file that has it."""

_NAME = "atendimento"


def data_folder() -> Path:
    """The user's folder for databases."""
    return user_data_path(_NAME, appauthor=False)


def settings_file() -> Path:
    """The settings file of the user."""
    return user_config_path(_NAME, appauthor=False) / "config.toml"


def smtp_password_file() -> Path:
    """The file with the password of the mail server, readable by its owner only."""
    return user_config_path(_NAME, appauthor=False) / "smtp_senha"


def log_file() -> Path:
    """The log file."""
    return user_log_path(_NAME, appauthor=False) / "atendimento.log"


def chosen_database(given: str | None, environ: Mapping[str, str] = os.environ) -> str | None:
    """The chosen database: the argument, else that of the environment, else None."""
    return given or environ.get(DATABASE_VARIABLE) or None


def database(given: str | None, environ: Mapping[str, str] = os.environ) -> str:
    """The database to use: the chosen one, else the user's default file."""
    return chosen_database(given, environ) or str(data_folder() / "atendimento.db")


def papers_folder() -> Path:
    """Where papers are saved as PDF, unless the settings file names another folder."""
    return data_folder() / "papeis"


def drafts_folder() -> Path:
    """The folder of the user's drafts."""
    return data_folder() / "rascunhos"


def viewed_folder() -> Path:
    """The folder of attachments that a viewer has open (`viewer.forget_files` deletes them)."""
    return user_state_path(_NAME, appauthor=False) / "abertos"


def saved_folder() -> Path:
    """The folder in which attachments are saved from the screen."""
    return data_folder() / "anexos-salvos"


def sessions_folder() -> Path:
    """The folder of the sessions of `atendimento entrar`, one file a desk."""
    return user_state_path(_NAME, appauthor=False) / "sessoes"


def demo_database(day: date) -> Path:
    """The demonstration's database of a day; its dates are relative to that day, so each day has its own."""
    return data_folder() / f"demonstracao-{day:%Y%m%d}.db"


def completion_file(shell: str, environ: Mapping[str, str] = os.environ) -> Path:
    """Where a shell (`bash`, `zsh`, `fish`) looks for the completion of this command, by the XDG variables."""
    data = Path(environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    config = Path(environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return {
        "bash": data / "bash-completion" / "completions" / _NAME,
        "zsh": data / "zsh" / "site-functions" / f"_{_NAME}",
        "fish": config / "fish" / "completions" / f"{_NAME}.fish",
    }[shell]
