"""``wirehouse up``: a Prefect server with its UI, and the deployments served from this process."""

import sys
from pathlib import Path
from typing import Any, cast

from flows.server import start_server, state_file
from flows.settings import load_settings


def serve_deployments(*, host: str, port: int) -> None:
    """Start the server, say where its UI is, and serve the deployments until Ctrl-C."""
    settings = load_settings()
    print(f"Starting a Prefect server on http://{host}:{port} …", file=sys.stderr, flush=True)
    process = start_server(host=host, port=port, startup_seconds=settings.server_timeout_seconds)
    try:
        from prefect import serve

        from flows.pipeline import load_pages, poll_feeds

        deployment = load_pages.to_deployment(
            name="load-pages",
            description="Load, clean and enrich pages into a warehouse.",
            parameters={"paths": ["inbox"], "warehouse_path": str(Path("news.duckdb").absolute())},
        )
        polling = poll_feeds.to_deployment(
            name="poll-feeds",
            description="Load what the feeds of a list have that is new. Give it a schedule in the UI.",
            parameters={"feeds": str(Path("feeds.opml").absolute()), "warehouse_path": str(Path("news.duckdb").absolute())},
        )
        print(f"Ready: the UI is at http://{host}:{port}; runs of `wirehouse run` now go through this server. Ctrl-C stops it.", flush=True)
        serve(cast(Any, deployment), cast(Any, polling), print_starting_message=False)
    finally:
        state_file().unlink(missing_ok=True)
        process.terminate()
        process.wait(timeout=20)
