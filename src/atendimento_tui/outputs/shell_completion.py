"""Shell completion, generated from the parser. Nothing of the program runs at a Tab, and no database is opened."""

import argparse
from collections.abc import Iterable

import shtab


def script(parser: argparse.ArgumentParser, shell: str, files: Iterable[argparse.Action]) -> str:
    """The completion script of a shell.

    Args:
        parser: The parser.
        shell: `bash`, `zsh` or `fish`.
        files: The arguments that are completed with the names of files.
    """
    for action in files:
        action.complete = shtab.FILE  # type: ignore[attr-defined] # the attribute that shtab reads
    return shtab.complete(parser, shell)
