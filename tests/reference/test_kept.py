"""What is kept between starts: made once, made again when it is damaged or made of other things, and never in the way."""

import os
import sys
from pathlib import Path

import pytest

from flows.reference.kept import MOST_KEPT, cache_folder, kept, stamp_of


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "wirehouse"


def test_an_object_is_made_once(cache: Path) -> None:
    made: list[int] = []

    def make() -> dict[str, int]:
        made.append(1)
        return {"Ford": 1974}

    assert [kept("names", "a", make) for _ in range(3)] == [{"Ford": 1974}] * 3
    assert len(made) == 1
    assert kept("names", "b", make) == {"Ford": 1974}
    assert len(made) == 2


@pytest.mark.parametrize(
    "content", [b"", b"\x80\x05", b"not a pickle", b"cno.such.module\nname\n."], ids=["empty", "cut short", "text", "gone"]
)
def test_a_damaged_file_is_made_again(cache: Path, content: bytes) -> None:
    cache.mkdir()
    (cache / "names-a.pickle").write_bytes(content)
    assert kept("names", "a", lambda: [1]) == [1]
    assert kept("names", "a", lambda: [2]) == [1]


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="files here have no owners")
def test_what_another_user_may_have_written_is_not_read(cache: Path) -> None:
    file = cache / "names-a.pickle"
    assert kept("names", "a", lambda: [1]) == [1]
    file.chmod(0o666)
    assert kept("names", "a", lambda: [2]) == [2], "others may write the file"
    assert kept("names", "a", lambda: [3]) == [2]
    cache.chmod(0o777)
    assert kept("names", "a", lambda: [4]) == [4], "others may write the folder"
    assert kept("names", "a", lambda: [5]) == [4] and cache.stat().st_mode & 0o777 == 0o700
    if os.getuid() == 0:
        os.chown(file, 65534, 65534)
        assert kept("names", "a", lambda: [6]) == [6], "the file is another's"
        os.chown(cache, 65534, 65534)
        assert kept("names", "a", lambda: [7]) == [7], "the folder is another's"


def test_nothing_need_be_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file"
    file.write_text("no folder can stand below a file")
    monkeypatch.setenv("XDG_CACHE_HOME", str(file))
    assert kept("names", "a", lambda: [1]) == [1]


def test_objects_long_unused_go(cache: Path) -> None:
    for n in range(MOST_KEPT + 3):
        kept("names", str(n), lambda: [1])
    kept("places", "a", lambda: [1])
    assert len(list(cache.glob("names-*"))) == MOST_KEPT
    assert len(list(cache.glob("places-*"))) == 1


def test_a_stamp_follows_names_contents_and_words(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("a,b\n")
    first = stamp_of([file])
    assert stamp_of([file]) == first != stamp_of([file], "more")
    file.write_text("a,c\n")
    assert stamp_of([file]) != first


def test_the_folder_is_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", "/nowhere")
    if sys.platform != "win32":
        assert cache_folder() == Path("/nowhere/.cache/wirehouse")
