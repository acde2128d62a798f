"""Compressed files and archives: what is in them, one stream after another, never unpacked to disk.

Names in an archive are names only: nothing is written under them, so a path that climbs out of the archive does no
harm. A bomb ends in a reject: a stream that unpacks to far more than text can is cut off.
"""

import bz2
import gzip
import io
import lzma
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

import zstandard

from flows.load.decode import readable_name
from flows.load.records import Reject

_PEEK = 1 << 16
_GREATEST_RATIO = 200  # of unpacked to packed bytes; text seldom passes 20
_ALWAYS_ALLOWED = 200_000_000
_COMPRESSIONS: dict[bytes, Any] = {
    b"\x1f\x8b": gzip.open,
    b"BZh": bz2.open,
    b"\xfd7zXZ\x00": lzma.open,
    b"\x28\xb5\x2f\xfd": zstandard.open,
}
_SUFFIXES = (".gz", ".bz2", ".xz", ".zst", ".tgz", ".tbz2", ".txz")
_BY_NAME: dict[str, Any] = {".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open, ".zst": zstandard.open}


class Bomb(ValueError):
    """A stream that unpacks to far more than text can."""


BROKEN = (gzip.BadGzipFile, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError, zstandard.ZstdError, Bomb)


def buffered(stream: Any, size: int = _PEEK) -> BinaryIO:
    """The stream with a buffer that can be peeked into."""
    return cast(BinaryIO, stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream, size))


def opening(stream: BinaryIO) -> bytes:
    """The first bytes of a stream, which stays where it is."""
    return cast(io.BufferedReader, stream).peek(_PEEK)[:_PEEK]


def seekable(stream: BinaryIO) -> BinaryIO:
    """The stream, or a copy of it when one cannot go back in it; a large copy lies on the disk until it is closed."""
    if stream.seekable():
        return stream
    copy = tempfile.SpooledTemporaryFile(max_size=1 << 26)  # noqa: SIM115  (the reader of the copy closes it)
    while piece := stream.read(1 << 20):
        copy.write(piece)
    copy.seek(0)
    return cast(BinaryIO, copy)


def is_compressed(head: bytes) -> bool:
    """Tell whether a stream is gzip, bzip2, xz or Zstandard."""
    return head.startswith(tuple(_COMPRESSIONS))


def is_archive(head: bytes, suffix: str) -> bool:
    """Tell whether a stream is a zip or tar archive, or is called a compressed file without being one."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06")) or head[257:262] == b"ustar" or suffix in (".zip", ".tar", *_SUFFIXES)


def members(stream: BinaryIO, uri: str, name: str, head: bytes) -> Iterator[tuple[str, str, BinaryIO | Reject]]:
    """(uri, name, stream) of what is inside: one for a compressed file, one a file for an archive."""
    suffix = PurePosixPath(name).suffix
    if is_compressed(head) or suffix in _BY_NAME:
        opener = next((each for magic, each in _COMPRESSIONS.items() if head.startswith(magic)), None) or _BY_NAME[suffix]
        inner = name.removesuffix(suffix) if suffix in _BY_NAME else PurePosixPath(name).stem + ".tar" if suffix in _SUFFIXES else name
        yield uri, inner, _unpacked(opener(cast(Any, stream), "rb"), stream)
    elif head.startswith((b"PK\x03\x04", b"PK\x05\x06")) or suffix == ".zip":
        yield from _zip_members(stream, uri)
    else:
        yield from _tar_members(stream, uri)


def _zip_members(stream: BinaryIO, uri: str) -> Iterator[tuple[str, str, BinaryIO | Reject]]:
    with zipfile.ZipFile(seekable(stream)) as archive:
        names = {each.filename for each in archive.infolist()}
        if names & {"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"}:
            yield uri, "", Reject(uri, 1, "binary", "an office document, book or program in a zip container")
            return
        for each in archive.infolist():
            if each.is_dir() or _is_hidden(each.filename):
                continue
            inner = f"{uri}#{each.filename}"
            if each.flag_bits & 1:
                yield inner, "", Reject(inner, 1, "bad_archive", "encrypted")
                continue
            try:
                with archive.open(each) as member:
                    yield inner, PurePosixPath(each.filename).name.lower(), _unpacked(member, packed_bytes=max(each.compress_size, 1))
            except (*BROKEN, NotImplementedError) as error:
                yield inner, "", Reject(inner, 1, "bad_archive", f"{type(error).__name__}: {error}"[:300])


def _tar_members(stream: BinaryIO, uri: str) -> Iterator[tuple[str, str, BinaryIO | Reject]]:
    with tarfile.open(fileobj=stream, mode="r|") as archive:
        for each in archive:
            if not each.isfile() or _is_hidden(each.name):
                continue
            member = archive.extractfile(each)
            if member is not None:
                yield f"{uri}#{readable_name(each.name)}", PurePosixPath(each.name).name.lower(), _unpacked(member)


def _is_hidden(name: str) -> bool:
    return any((part.startswith(".") and part not in (".", "..")) or part == "__MACOSX" for part in PurePosixPath(name).parts)


class Counted(io.RawIOBase):
    """A stream that tells of every byte that is read from it."""

    def __init__(self, inner: Any, count: Callable[[int], None]) -> None:
        self.inner, self.count = inner, count

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return bool(self.inner.seekable())

    def readinto(self, buffer: Any) -> int:
        length = self.inner.readinto(buffer)
        self.count(length or 0)
        return cast(int, length)

    def seek(self, offset: int, whence: int = 0) -> int:
        return cast(int, self.inner.seek(offset, whence))

    def tell(self) -> int:
        return cast(int, self.inner.tell())

    def close(self) -> None:
        self.inner.close()
        super().close()


class _Watched(io.RawIOBase):
    """A stream that raises Bomb once it has given far more bytes than went in."""

    def __init__(self, inner: Any, packed: BinaryIO | None, packed_bytes: int | None) -> None:
        self.inner, self.packed, self.packed_bytes, self.given = inner, packed, packed_bytes, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self.inner.read(len(buffer))
        buffer[: len(piece)] = piece
        self.given += len(piece)
        if self.given > _ALWAYS_ALLOWED:
            taken = self.packed_bytes or self._position()
            if taken and self.given > _GREATEST_RATIO * taken:
                raise Bomb(f"{taken} bytes unpack to more than {self.given}")
        return len(piece)

    def _position(self) -> int | None:
        try:
            return self.packed.tell() if self.packed else None
        except (OSError, ValueError):
            return None


def _unpacked(inner: Any, packed: BinaryIO | None = None, *, packed_bytes: int | None = None) -> BinaryIO:
    return buffered(_Watched(inner, packed, packed_bytes))
