"""Creates expensive files once for all workers of a test run."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from atendimento_tui.data.contents import contents_file


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A copy of a file that is created once for all workers of this run.

    Args:
        factory: Its folder has a parent folder that all workers share.
        name: Name of the file.
        make: Creates it at a path.
    """
    with _locked(factory, name) as original:
        if not original.exists():
            unfinished = factory.mktemp("once") / "made"
            make(unfinished)
            if (contents := contents_file(unfinished)).exists():
                shutil.copy(contents, contents_file(original))
            shutil.copy(unfinished, f"{original}.part")
            os.replace(f"{original}.part", original)
    copy = Path(shutil.copy(original, factory.mktemp("copy") / name))
    if (contents := contents_file(original)).exists():
        shutil.copy(contents, contents_file(copy))
    return copy


def file_made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A file that is created once for all workers of this run, as `made_once`. It is not copied."""
    with _locked(factory, name) as original:
        if not original.exists():
            make(unfinished := Path(f"{original}.part"))
            unfinished.rename(original)
    return original


@contextmanager
def _locked(factory: pytest.TempPathFactory, name: str) -> Iterator[Path]:
    """The path that all workers share. The others wait meanwhile."""
    original = shared_folder(factory) / f"once-{name}"
    with open(f"{original}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield original


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """The folder that all workers of this run share."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
