"""The Prefect server: which one a run uses, and how ``wirehouse up`` starts one. Imports no Prefect, so that it can set its environment."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from flows.dashboard.launch import is_loopback
from flows.errors import WirehouseError

# Nothing leaves the machine unless the user asks for it.
QUIET = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_CLI_PROMPT": "false",
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_SERVER_LEVEL": "CRITICAL",
}


def state_file() -> Path:
    """Where ``wirehouse up`` leaves the address of its server."""
    home = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(home) / "wirehouse" / "server.json"


def is_healthy(api_url: str, *, timeout_seconds: float = 2.0) -> bool:
    """Ask a server whether it is up."""
    try:
        with urllib.request.urlopen(f"{api_url}/health", timeout=timeout_seconds) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError, ValueError):
        return False


def choose_server(*, startup_seconds: int) -> str:
    """Set the environment for the server that a run uses, and say in words which one that is.

    ``PREFECT_API_URL`` wins, then the server of a running ``wirehouse up``, else Prefect starts a temporary one, which
    may take ``startup_seconds`` on a slow machine.
    """
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    given = os.environ.get("PREFECT_API_URL")
    if given:
        return f"the server at {given}"
    file = state_file()
    if file.exists():
        try:
            url = json.loads(file.read_text(encoding="utf-8"))["api_url"]
        except (ValueError, KeyError):
            url = None
        if url and is_healthy(url):
            os.environ["PREFECT_API_URL"] = url
            return f"the server of wirehouse up at {url}"
    os.environ.setdefault("PREFECT_SERVER_ALLOW_EPHEMERAL_MODE", "true")
    os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", str(startup_seconds))
    return "a temporary server, which takes some 15 to 30 seconds to start (wirehouse up keeps one running; --direct needs none)"


def guards(host: str, port: int, environment: Mapping[str, str]) -> dict[str, str]:
    """What a server's environment needs so that no page of the web in this user's browser can give it orders, or read from it.

    Its own pages alone may ask it, and each change needs a token that only they get. A server that other machines reach needs a
    password: raises WirehouseError where ``environment`` has none.
    """
    password = environment.get("PREFECT_SERVER_API_AUTH_STRING")
    if not is_loopback(host) and not password:
        raise WirehouseError(
            f"A server on {host} is open to others, who could load any file of this machine. Set PREFECT_SERVER_API_AUTH_STRING=USER:PASSWORD "
            "for the server, and PREFECT_API_AUTH_STRING to the same for whoever asks it, or leave --host out."
        )
    place = f"[{host}]" if ":" in host else host
    names = dict.fromkeys([place, *(("127.0.0.1", "localhost") if is_loopback(host) else ())])
    return {
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": ",".join(f"http://{name}:{port}" for name in names),
        "PREFECT_SERVER_CSRF_PROTECTION_ENABLED": "true",
        **({"PREFECT_API_AUTH_STRING": password} if password else {}),
    }


def start_server(*, host: str, port: int, startup_seconds: int) -> subprocess.Popen[bytes]:
    """Start a Prefect server with its UI and wait until it answers; raises WirehouseError when it does not, or when it would stand open."""
    for name, value in {**QUIET, **guards(host, port, os.environ)}.items():
        os.environ.setdefault(name, value)
    url = f"http://{f'[{host}]' if ':' in host else host}:{port}/api"
    if is_healthy(url):
        raise WirehouseError(f"{url} is in use already. Choose another with --port.")
    process = subprocess.Popen(
        [sys.executable, "-m", "prefect", "server", "start", "--host", host, "--port", str(port)], stdout=subprocess.DEVNULL
    )
    deadline = time.monotonic() + startup_seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise WirehouseError(f"The Prefect server ended at once (exit code {process.returncode}); is port {port} free?")
        if is_healthy(url):
            os.environ["PREFECT_API_URL"] = url
            file = state_file()
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps({"api_url": url, "process": process.pid}), encoding="utf-8")
            return process
        time.sleep(0.3)
    process.terminate()
    raise WirehouseError(f"The Prefect server did not answer within {startup_seconds} s (WIREHOUSE_SERVER_TIMEOUT_SECONDS).")
