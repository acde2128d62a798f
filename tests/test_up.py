"""``wirehouse up`` takes orders from its own pages and this user's programs alone."""

import json
import os
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.errors import WirehouseError
from flows.server import guards, start_server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server as ``wirehouse up`` starts one."""
    before = dict(os.environ)
    home: Path = tmp_path_factory.mktemp("home")
    for name in [name for name in os.environ if name.startswith("PREFECT_")]:
        del os.environ[name]
    os.environ |= {"PREFECT_HOME": str(home), "XDG_STATE_HOME": str(home)}
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    try:
        process = start_server(host="127.0.0.1", port=port, startup_seconds=180)
        yield f"http://127.0.0.1:{port}"
        process.terminate()
        process.wait(timeout=30)
    finally:
        os.environ.clear()
        os.environ.update(before)


def ask(url: str, origin: str, *, method: str = "POST", body: object = None, **headers: str) -> tuple[int, str | None, bytes]:
    """The status, the origin that may read the answer, and the answer."""
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(
        url,
        None if body is None else json.dumps(body).encode(),
        {"Content-Type": "application/json", "Origin": origin, **told},
        method=method,
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.headers["Access-Control-Allow-Origin"], answer.read()
    except urllib.error.HTTPError as answer:
        return answer.code, answer.headers["Access-Control-Allow-Origin"], b""


def test_a_page_of_the_web_gives_no_orders_and_reads_nothing(server: str) -> None:
    evil = "https://evil.example"
    assert ask(f"{server}/api/flows/", evil, body={"name": "planted"})[0] == 403
    assert ask(f"{server}/api/csrf-token?client=1", evil, method="GET")[1] is None
    status, allowed, _ = ask(f"{server}/api/flows/filter", evil, method="OPTIONS", Access_Control_Request_Method="POST")
    assert (status, allowed) == (400, None)


def test_its_own_pages_and_programs_do(server: str) -> None:
    status, allowed, told = ask(f"{server}/api/csrf-token?client=1b8a9d0e-0000-4000-8000-000000000001", server, method="GET")
    assert (status, allowed) == (200, server)
    token = json.loads(told)["token"]
    body = {"name": "ours"}
    given = {"Prefect_Csrf_Token": token, "Prefect_Csrf_Client": "1b8a9d0e-0000-4000-8000-000000000001"}
    assert ask(f"{server}/api/flows/", server, body=body, **given)[0] == 201

    from prefect import flow

    @flow
    def two() -> int:
        return 2

    assert two() == 2


def test_a_server_for_others_needs_a_password() -> None:
    for host in ("0.0.0.0", "192.168.1.5", "::", "news.example"):
        with pytest.raises(WirehouseError, match="PREFECT_SERVER_API_AUTH_STRING"):
            guards(host, 4200, {})
    assert guards("::1", 4200, {})["PREFECT_SERVER_CORS_ALLOWED_ORIGINS"] == "http://[::1]:4200,http://127.0.0.1:4200,http://localhost:4200"
    open_to_others = guards("192.168.1.5", 4200, {"PREFECT_SERVER_API_AUTH_STRING": "ann:secret"})
    assert open_to_others["PREFECT_API_AUTH_STRING"] == "ann:secret"
    assert open_to_others["PREFECT_SERVER_CORS_ALLOWED_ORIGINS"] == "http://192.168.1.5:4200"
