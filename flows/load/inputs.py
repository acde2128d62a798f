"""What a command line names, as a list of inputs to read."""

from glob import glob
from pathlib import Path
from typing import NamedTuple

from flows.errors import InputNotFound


class Input(NamedTuple):
    """One file to read; ``uri`` is its path relative to the load root, ``path`` None for standard input, ``table`` one of a database."""

    uri: str
    path: Path | None
    table: str | None = None


def find_inputs(paths: list[str]) -> list[Input]:
    """The files that paths, folders, globs and ``-`` name, in order, each once.

    A folder's files are named relative to the folder, a file named itself by its name. Hidden files and folders
    (a leading dot) are no inputs. Raises InputNotFound when a path or glob names nothing.
    """
    found: dict[Path | None, Input] = {}
    for given in paths:
        if given == "-":
            found.setdefault(None, Input("stdin", None))
            continue
        if given.startswith("sqlite:"):
            name, _, table = given.removeprefix("sqlite:").partition("#")
            if not Path(name).is_file() or not table:
                raise InputNotFound(f"{given}: no such database, or no table named. Write sqlite:FILE#TABLE.")
            found.setdefault(Path(given), Input(f"{Path(name).name}#{table}", Path(name), table))
            continue
        path = Path(given)
        if path.is_dir():
            inside = sorted(
                p for p in path.rglob("*") if p.is_file() and not any(part.startswith(".") for part in p.relative_to(path).parts)
            )
            if not inside:
                raise InputNotFound(f"{given}: the folder holds no files.")
            for each in inside:
                found.setdefault(each.resolve(), Input(each.relative_to(path).as_posix(), each))
        elif path.exists():
            found.setdefault(path.resolve(), Input(path.name, path))
        else:
            matches = sorted(Path(match) for match in glob(given, recursive=True))  # noqa: PTH207  (absolute patterns too)
            files = [match for match in matches if match.is_file()]
            if not files:
                raise InputNotFound(
                    f"{given}: no such file or folder." if not any(c in given for c in "*?[") else f"{given}: matches no file."
                )
            for each in files:
                found.setdefault(each.resolve(), Input(each.name, each))
    return list(found.values())
