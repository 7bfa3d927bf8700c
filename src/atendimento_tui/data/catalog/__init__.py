"""The processes that are shipped with the program, one file for each service."""

from collections.abc import Iterator
from importlib import resources


def shipped() -> Iterator[tuple[str, str]]:
    """The file name and the text of each shipped process."""
    folder = resources.files(__package__)
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            yield file.name, file.read_text("utf-8")
