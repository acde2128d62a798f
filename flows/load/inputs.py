"""What a command line names, as a list of inputs to read."""

import os
import re
from collections.abc import Iterator
from glob import glob
from pathlib import Path
from typing import NamedTuple

from flows.errors import InputNotFound
from flows.load.decode import readable_name

_WILD = "*?["
_ESCAPED = re.compile(rb"\\x([0-9a-f]{2})")


class Input(NamedTuple):
    """One thing to read, ``uri`` its name in ``source_uri``.

    ``path`` is a file on this machine, ``table`` a table of the database in it, ``url`` an object of an S3 store; standard input
    has none of them. ``size`` is its length in bytes, None where nobody knows.
    """

    uri: str
    path: Path | None = None
    table: str | None = None
    url: str | None = None
    size: int | None = None

    @property
    def place(self) -> str | None:
        """Where it lies, to read it again (``at_place``), of a feed that was fetched its address; None for standard input."""
        if self.uri.startswith(("http://", "https://")):
            return self.uri
        if self.path is None and self.url is None:
            return None
        where = self.url or readable_name(os.path.abspath(self.path or ""))  # noqa: PTH100  (without the dots of a/../b, links left as they are)
        return f"database:{where}#{self.table}" if self.table is not None else where


def find_inputs(paths: list[str]) -> list[Input]:
    """The files that paths, folders, globs, tables of databases, S3 URLs and ``-`` name, in order, each once.

    A folder's files are named relative to the folder, a file named itself by its name, an S3 object by its URL; where two would have
    one name, by their paths from the folder that holds them all. Hidden files and folders (a leading dot) are no inputs. Raises InputNotFound when a path, glob or URL names nothing.
    """
    found: dict[tuple[str | None, str | None], Input] = {}
    for given in paths:
        for each in _find(given):
            where = str(each.path.resolve()) if each.path else each.url
            found.setdefault((where, each.table), each._replace(uri=readable_name(each.uri)))
    return named_apart(list(found.values()))


def named_apart(inputs: list[Input]) -> list[Input]:
    """The inputs in the same order, those of one name with as much of their paths before it as tells them apart.

    >>> [each.uri for each in named_apart([Input("a.txt", Path("/x/may/a.txt")), Input("a.txt", Path("/x/june/a.txt"))])]
    ['may/a.txt', 'june/a.txt']
    """
    named: dict[str, list[Input]] = {}
    for each in inputs:
        named.setdefault(each.uri, []).append(each)
    taken = {uri for uri, alike in named.items() if len(alike) == 1}
    uris: dict[Input, str] = {}
    for alike in (alike for alike in named.values() if len(alike) > 1):
        paths = {each: each.path.absolute() for each in alike if each.path is not None}
        top = Path(os.path.commonpath([path.parent for path in paths.values()])) if paths else Path()
        for each, path in paths.items():
            name = readable_name(path.relative_to(top).as_posix())
            name = readable_name(path.as_posix()) if name in taken else name
            uris[each] = f"{name}#{each.table}" if each.table is not None else name
            taken.add(name)
    return [each._replace(uri=uris.get(each, each.uri)) for each in inputs]


def at_place(uri: str, place: str) -> Input | None:
    """The input that lay at a place (``Input.place``); None when there is nothing now."""
    name, table = place, ""
    if place.startswith(("database:", "sqlite:")):
        name, table = _split_table(place.partition(":")[2])
    if name.startswith("s3://"):
        from flows.load.objects import find_objects

        try:
            return next(Input(uri, table=table or None, url=url, size=size) for url, size in find_objects(name))
        except InputNotFound:
            return None
    path = Path(name)
    if not path.exists() and "\\x" in name:  # a name that is not UTF-8
        path = Path(os.fsdecode(_ESCAPED.sub(lambda found: bytes.fromhex(found[1].decode()), os.fsencode(name))))
    return Input(uri, path, table or None, size=path.stat().st_size) if path.is_file() else None


def _find(given: str) -> Iterator[Input]:
    if given == "-":
        yield Input("stdin")
    elif given.startswith(("sqlite:", "duckdb:")):
        yield _find_table(given)
    elif given.startswith(("http://", "https://")):
        raise InputNotFound(f"{given}: pages of the web are not fetched by run. Feeds are: wirehouse poll FEEDS.opml")
    elif given.startswith("s3://"):
        from flows.load.objects import find_objects

        yield from (Input(url, url=url, size=size) for url, size in find_objects(given))
    else:
        for uri, path in _find_files(given):
            yield Input(uri, path, size=path.stat().st_size if path.is_file() else None)


def _find_files(given: str) -> Iterator[tuple[str, Path]]:
    path = Path(given)
    if path.is_dir():
        inside = sorted(p for p in path.rglob("*") if p.is_file() and not any(part.startswith(".") for part in p.relative_to(path).parts))
        if not inside:
            raise InputNotFound(f"{given}: the folder holds no files.")
        yield from ((each.relative_to(path).as_posix(), each) for each in inside)
    elif path.exists():
        yield path.name, path
    else:
        files = [match for match in sorted(map(Path, glob(given, recursive=True))) if match.is_file()]  # noqa: PTH207  (absolute patterns too)
        if not files:
            raise InputNotFound(f"{given}: matches no file." if any(c in given for c in _WILD) else f"{given}: no such file or folder.")
        yield from ((each.name, each) for each in files)


def _split_table(rest: str) -> tuple[str, str]:
    """``FILE#TABLE`` in two, where the file's or the table's name may hold a ``#`` of its own: as the file that there is says."""
    parts = rest.split("#")
    for at in range(len(parts) - 1, 0, -1):
        if Path("#".join(parts[:at])).is_file():
            return "#".join(parts[:at]), "#".join(parts[at:])
    return ("", rest) if Path(rest).is_file() else (rest.rpartition("#")[0], rest.rpartition("#")[2])


def _find_table(given: str) -> Input:
    """The table of ``sqlite:FILE#TABLE`` or ``duckdb:FILE#TABLE``; raises InputNotFound with the tables that there are when it names none."""
    from flows.load.databases import BadDatabase, table_names

    scheme, _, rest = given.partition(":")
    name, table = _split_table(rest)
    if rest.startswith("s3://"):
        from flows.load.objects import find_objects

        if not name or not table:
            raise InputNotFound(f"{given}: no table named. Write {scheme}:s3://BUCKET/FILE#TABLE.")
        url, size = find_objects(name)[0]
        return Input(f"{url}#{table}", table=table, url=url, size=size)
    path = Path(name if name else rest)
    if not path.is_file():
        raise InputNotFound(f"{given}: no such database. Write {scheme}:FILE#TABLE.")
    if not name or not table:
        try:
            known = table_names(path)
        except BadDatabase as error:
            raise InputNotFound(f"{path}: {error}.") from None
        told = f"It has {', '.join(known[:20])}." if known else "It has no tables."
        raise InputNotFound(f"{given}: no table named. Write {scheme}:FILE#TABLE. {told}")
    return Input(f"{path.name}#{table}", path, table, size=path.stat().st_size)
