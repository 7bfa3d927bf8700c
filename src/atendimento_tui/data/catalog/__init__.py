"""The processes that come with the program: one file a service, the first versions of each."""

from collections.abc import Iterator
from importlib import resources


def shipped() -> Iterator[tuple[str, str]]:
    """File name and text of each."""
    folder = resources.files(__package__)
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            yield file.name, file.read_text("utf-8")
