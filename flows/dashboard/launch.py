"""``wirehouse dashboard``: start streamlit on the published file, on loopback, silent towards the outside."""

import ipaddress
import os
import secrets
from pathlib import Path
from typing import Any

from flows.errors import WirehouseError
from flows.warehouse import connect_reader

WAREHOUSE, TOKEN = "WIREHOUSE_DASHBOARD_FILE", "WIREHOUSE_TOKEN"
_SERIF, _SANS = "'Source Serif', Georgia, 'Times New Roman', serif", "'Source Sans', system-ui, 'Segoe UI', Roboto, sans-serif"
LOOK: dict[str, Any] = {
    "theme.font": "sans-serif",
    "theme.headingFont": "serif",
    "theme.headingFontWeights": [600, 600, 600],
    "theme.headingFontSizes": ["2rem", "1.45rem", "1.15rem"],
    "theme.baseFontSize": 15,
    "theme.metricValueFontSize": "1.6rem",
    "theme.paddingTop": "2.6rem",
    "theme.baseRadius": "0.35rem",
    "theme.light.primaryColor": "#1d5c63",
    "theme.light.backgroundColor": "#ffffff",
    "theme.light.secondaryBackgroundColor": "#f4f2ec",
    "theme.light.textColor": "#1f2328",
    "theme.light.linkColor": "#1d5c63",
    "theme.light.borderColor": "#dcd8cd",
    "theme.dark.primaryColor": "#6bb8bf",
    "theme.dark.backgroundColor": "#15181b",
    "theme.dark.secondaryBackgroundColor": "#1f2428",
    "theme.dark.textColor": "#e6e4de",
    "theme.dark.linkColor": "#7cc7ce",
    "theme.dark.borderColor": "#3a4147",
}


def warehouse_path() -> Path:
    """The file that this server shows."""
    return Path(os.environ.get(WAREHOUSE, "news.duckdb"))


def token_needed() -> str:
    """The token that a visitor must show; "" on loopback, where there is none."""
    return os.environ.get("WIREHOUSE_DASHBOARD_TOKEN", "")


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address.

    >>> is_loopback("127.0.0.1"), is_loopback("0.0.0.0"), is_loopback("localhost")
    (True, False, True)
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def open_dashboard(warehouse: Path, *, host: str, port: int) -> None:
    """Serve the dashboard until Ctrl-C. On an address that others can reach, a token is asked for before anything is shown.

    The token is ``WIREHOUSE_TOKEN``, or a random one that is printed. Raises WirehouseError without streamlit or without a
    warehouse.
    """
    try:
        from streamlit import net_util
        from streamlit.web import bootstrap

        from flows.dashboard.answers import keeper
    except ImportError:
        raise WirehouseError("The dashboard needs streamlit. Install it with: pip install 'wirehouse[dashboard]'") from None
    connect_reader(warehouse).close()
    os.environ[WAREHOUSE] = str(warehouse.absolute())
    token = "" if is_loopback(host) else os.environ.get(TOKEN) or secrets.token_urlsafe(18)
    os.environ["WIREHOUSE_DASHBOARD_TOKEN"] = token
    flags: dict[str, Any] = {
        **LOOK,
        "server.address": host,
        "server.port": port,
        "server.headless": True,
        "server.fileWatcherType": "none",
        "server.allowedHosts": ["localhost", "127.0.0.1", "[::1]", "::1", host] if not token else [],
        "browser.gatherUsageStats": False,
        "browser.serverAddress": "localhost" if is_loopback(host) else host,
        "client.toolbarMode": "viewer",
        "client.disableDataExport": True,
        "client.showErrorDetails": "none",
        "client.showErrorLinks": "false",
        "global.developmentMode": False,
    }
    net_util.get_external_ip = lambda: None  # streamlit would ask a server on the internet for it
    shown = f"[{host}]" if ":" in host else host
    print(f"The dashboard of {warehouse} is at http://{shown}:{port}. Ctrl-C stops it.", flush=True)
    if token:
        print(
            "Others can reach this address, so it asks for a token"
            + (f": {token}" if not os.environ.get(TOKEN) else " (that of WIREHOUSE_TOKEN)."),
            flush=True,
        )
    keeper()  # begins to take the extract while the server starts
    app = Path(__file__).with_name("app.py")
    flat = {name.replace(".", "_"): value for name, value in flags.items()}
    bootstrap.load_config_options(flag_options=flat)
    bootstrap.run(str(app), False, [], flat)
