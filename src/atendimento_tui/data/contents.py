"""The contents of attachments, by their SHA-256: each is written once and never changed.

On a server they are a table of the desk. Beside a SQLite file they are in a second SQLite file, whose name is that of
the desk with `.anexos`. Only SQLite opens that file too (see `desk_file`). A content is on the disk before anything
names it, so a crash may leave a content that nothing names, and never a name without a content.
"""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, delete, func, select, text

from atendimento_tui.data import copy_file, tables
from atendimento_tui.data.desk_file import CONTENTS_END
from atendimento_tui.data.engine import (
    check_damage,
    close_connections,
    converting_errors,
    file_of,
    keep_write_ahead_log,
    make_engine,
    plain,
    reading,
    scrub,
    url_of,
    writing,
)

_INSERT = text("INSERT INTO attached_content (hash, content) VALUES (:hash, :content) ON CONFLICT DO NOTHING")


def hash_of(content: bytes) -> str:
    """The SHA-256 of a content, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def contents_file(desk: Path) -> Path:
    """The file of the contents of a desk in a SQLite file; it may not exist."""
    return Path(f"{os.path.realpath(desk)}{CONTENTS_END}")


class Contents:
    """The contents of one desk. Thread-safe.

    Args:
        engine: The desk's database.
    """

    def __init__(self, engine: Engine) -> None:
        self._desk = engine
        self._file = contents_file(file) if (file := file_of(engine.url)) else None
        self._engine: Engine | None = None if self._file else engine
        self._lock = Lock()

    @property
    def file(self) -> Path | None:
        """Their file; None on a server."""
        return self._file

    def put(self, content: bytes) -> str:
        """Store a content durably. One that is stored already is not written again.

        Returns:
            Its hash.

        Raises:
            DatabaseUnavailable: It cannot be written.
        """
        key, engine = hash_of(content), self._opened(makes=True)
        assert engine, "a missing file is made"
        with converting_errors(engine.url):
            with reading(engine) as connection:
                if connection.scalar(_found(key)) is not None:
                    return key
            with writing(engine, announced=False) as connection:
                insert_content(connection, key, content)
        return key

    def get(self, key: str) -> bytes | None:
        """The content with this hash; None if it is missing, or is another one."""
        engine = self._opened()
        if engine is None:
            return None
        with converting_errors(engine.url), reading(engine) as connection:
            return content_of(connection, key)

    def delete(self, keys: Iterable[str]) -> None:
        """Delete contents. `clean` overwrites what is left of them."""
        engine, unnamed = self._opened(), list(keys)
        if engine is None or not unnamed:
            return
        stored = plain(tables.AttachedContent)
        with converting_errors(engine.url), writing(engine, announced=False) as connection:
            connection.execute(delete(stored).where(stored.c.hash.in_(unnamed)))

    def clean(self) -> None:
        """Overwrite what was deleted, so that nothing of it is left in the file."""
        engine = self._opened()
        if engine is not None:
            with converting_errors(engine.url):
                scrub(engine)

    def sizes(self) -> dict[str, int]:
        """The hash of each stored content -> its size in bytes. Contents are not read for it."""
        engine = self._opened()
        if engine is None:
            return {}
        with converting_errors(engine.url), reading(engine) as connection:
            return sizes_of(connection)

    def close(self) -> None:
        """Close the connections to the second file."""
        with self._lock:
            if self._file and self._engine:
                close_connections(self._engine)
                self._engine = None

    def _opened(self, *, makes: bool = False) -> Engine | None:
        """The engine; None if there is no file, and it is not to be made."""
        with self._lock:
            if self._engine is None and self._file and (self._file.exists() or makes):
                engine = make_engine(url_of(self._file))
                with converting_errors(engine.url):
                    _make_file(self._file)
                    check_damage(engine.url)
                self._engine = engine
            return self._engine


@contextmanager
def opened_contents(engine: Engine) -> Iterator[Contents]:
    """The contents of a desk, for one operation."""
    contents = Contents(engine)
    try:
        yield contents
    finally:
        contents.close()


def insert_content(connection: Connection, key: str, content: bytes) -> None:
    """Insert a content, unless it is there."""
    connection.execute(_INSERT, {"hash": key, "content": content})


def content_of(connection: Connection, key: str) -> bytes | None:
    """The content with this hash; None if it is missing, or is another one."""
    stored = plain(tables.AttachedContent).c
    content = connection.scalar(select(stored.content).where(stored.hash == key))
    return bytes(content) if content is not None and hash_of(content) == key else None


def sizes_of(connection: Connection) -> dict[str, int]:
    """The hash of each content -> its size in bytes."""
    stored = plain(tables.AttachedContent).c
    size = func.length(stored.content) if connection.dialect.name == "sqlite" else func.octet_length(stored.content)
    return {row.hash: row.size for row in connection.execute(select(stored.hash, size.label("size")))}


def _found(key: str) -> Any:
    stored = plain(tables.AttachedContent).c
    return select(stored.hash).where(stored.hash == key)


def _make_file(file: Path) -> None:
    """Make the file with its table, complete or not at all, with the rights of the desk's file."""
    if file.exists():
        return
    with copy_file.temporary(file) as (partial, _descriptor):
        engine = make_engine(url_of(partial))
        try:
            with writing(engine) as connection:
                plain(tables.AttachedContent).create(connection)
            keep_write_ahead_log(engine)
        finally:
            engine.dispose()
        with suppress(OSError):
            found = Path(str(file).removesuffix(CONTENTS_END)).stat()
            os.chmod(partial, stat.S_IMODE(found.st_mode))
            os.chown(partial, -1, found.st_gid)
        with suppress(FileExistsError):  # another process was faster
            copy_file.place(partial, file, replace=False)
    copy_file.flush_folder(file.parent)
