"""Objects of an S3 store as inputs: ``s3://bucket/prefix/*.parquet``.

DuckDB's httpfs extension lists them. Their bytes come as a stream of ranges through Arrow, and go through the same doors as a
file's: DuckDB's own ``read_blob`` holds an object five times over (2.1 GB of memory for one of 400 MB).

Who asks, and where, follows from the usual variables of the environment: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
AWS_SESSION_TOKEN, AWS_REGION (or AWS_DEFAULT_REGION), AWS_ENDPOINT_URL_S3 (or AWS_ENDPOINT_URL). Without a key, only what
everybody may read is found.
"""

import io
import os
from functools import lru_cache
from typing import Any, BinaryIO, NamedTuple, cast
from urllib.parse import urlsplit

import duckdb

from flows import warehouse
from flows.errors import InputNotFound
from flows.load.archives import buffered

_RANGE = 1 << 23  # bytes of an object that are fetched at a time
_PATIENCE = 30.0  # seconds for a connection or an answer
_WILD = "*?["


class Access(NamedTuple):
    """Who asks an S3 store and where it is; without an ``endpoint`` (host and port) it is Amazon's."""

    key_id: str
    secret: str
    token: str
    region: str
    endpoint: str
    secure: bool


def access_for(bucket: str, environment: dict[str, str] | None = None) -> Access:
    """The access that the environment grants.

    >>> access_for("news", {"AWS_ENDPOINT_URL": "http://127.0.0.1:9000"}).endpoint
    '127.0.0.1:9000'
    """
    given = dict(os.environ) if environment is None else environment
    address = urlsplit(given.get("AWS_ENDPOINT_URL_S3") or given.get("AWS_ENDPOINT_URL") or "")
    region = given.get("AWS_REGION") or given.get("AWS_DEFAULT_REGION")
    return Access(
        given.get("AWS_ACCESS_KEY_ID", ""),
        given.get("AWS_SECRET_ACCESS_KEY", ""),
        given.get("AWS_SESSION_TOKEN", ""),
        region or ("us-east-1" if address.netloc else _region_of(bucket)),
        address.netloc,
        address.scheme != "http",
    )


def find_objects(url: str) -> list[tuple[str, int]]:
    """(URL, bytes) of the objects that a URL names, in order: one, those under a prefix, or those that a glob matches.

    Objects under a prefix with a name or folder that begins with a dot are left out, as are empty marks of folders. Raises
    InputNotFound when there is none, or when the store cannot be asked.
    """
    bucket, _, key = url.removeprefix("s3://").partition("/")
    if not bucket:
        raise InputNotFound(f"{url}: no bucket named. Write s3://BUCKET/KEY, s3://BUCKET/PREFIX/ or s3://BUCKET/*.parquet.")
    access = access_for(bucket)
    with warehouse.connect_objects(access._asdict()) as con:
        try:
            if any(char in url for char in _WILD):
                found = _sizes(con, url)
            else:
                found = _sizes(con, url) if key and not key.endswith("/") else []
                found = found or _visible(_sizes(con, f"{url.rstrip('/')}/**"), url)
        except duckdb.Error as error:
            raise InputNotFound(f"{url}: {_why(error, bucket, access)}") from None
    if not found:
        raise InputNotFound(f"{url}: matches no object." if any(char in url for char in _WILD) else f"{url}: no such object or prefix.")
    return found


def open_object(url: str) -> BinaryIO:
    """An object's bytes, as a stream that can go back; raises OSError when it cannot be read."""
    bucket, _, key = url.removeprefix("s3://").partition("/")
    return buffered(_Object(_store(access_for(bucket)).open_input_file(f"{bucket}/{key}")), _RANGE)


class _Object(io.RawIOBase):
    """Arrow's file as Python's."""

    def __init__(self, file: Any) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return cast(int, self._file.readinto(buffer))

    def seek(self, offset: int, whence: int = 0) -> int:
        self._file.seek(offset, whence)
        return cast(int, self._file.tell())

    def tell(self) -> int:
        return cast(int, self._file.tell())

    def close(self) -> None:
        self._file.close()
        super().close()


@lru_cache(maxsize=4)
def _store(access: Access) -> Any:
    import pyarrow.fs

    return pyarrow.fs.S3FileSystem(
        access_key=access.key_id or None,
        secret_key=access.secret or None,
        session_token=access.token or None,
        anonymous=not access.key_id,
        region=access.region,
        endpoint_override=access.endpoint or None,
        scheme="https" if access.secure else "http",
        connect_timeout=_PATIENCE,
        request_timeout=_PATIENCE,
    )


@lru_cache(maxsize=64)
def _region_of(bucket: str) -> str:
    """The region of a bucket of Amazon's, which anybody may ask."""
    import pyarrow.fs

    try:
        return cast(str, pyarrow.fs.resolve_s3_region(bucket))
    except OSError:
        return "us-east-1"


def _sizes(con: duckdb.DuckDBPyConnection, pattern: str) -> list[tuple[str, int]]:
    """What a pattern or URL matches; nothing, when that is what there is."""
    try:
        found = con.execute("select filename, size from read_blob(?) where not ends_with(filename, '/') order by filename", [pattern])
        return found.fetchall()
    except (duckdb.HTTPException, duckdb.IOException) as error:
        told = str(error)
        if "No files found" in told or ("404" in told and "NoSuchBucket" not in told):
            return []
        raise


def _visible(found: list[tuple[str, int]], prefix: str) -> list[tuple[str, int]]:
    start = len(prefix.rstrip("/"))
    return [(url, size) for url, size in found if not any(part.startswith(".") for part in url[start:].split("/"))]


def _why(error: duckdb.Error, bucket: str, access: Access) -> str:
    """What an error of the store means, in one line."""
    told = str(error)
    where = access.endpoint or f"Amazon's S3, region {access.region}"
    if "NoSuchBucket" in told or "404" in told:
        return f"there is no bucket {bucket!r} at {where}."
    if "403" in told or "Forbidden" in told or "AccessDenied" in told:
        key = (
            "the key of AWS_ACCESS_KEY_ID may not read it" if access.key_id else "no key is set (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY)"
        )
        return f"access denied; {key}."
    if "301" in told or "PermanentRedirect" in told:
        return f"the bucket is in another region than {access.region}; set AWS_REGION."
    if "Could not connect" in told or "Could not establish" in told or "resolve host" in told.lower() or "timed out" in told.lower():
        return f"{where} cannot be reached; see AWS_ENDPOINT_URL."
    return next(iter(told.strip().splitlines()), "")[:300]
