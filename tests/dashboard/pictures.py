"""Take the pictures of the README from a running dashboard: ``python -m tests.dashboard.pictures URL ARTICLE_ID``."""

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.dashboard.conftest import CHROMIUM, FLAGS, Visit

FOLDER = Path(__file__).parents[2] / "docs" / "images"
VIEWS = {
    "today": ("", 1280, 900),
    "meetings": ("meetings", 1280, 1350),
    "said": ("said", 1280, 900),
    "timeline": ("timeline", 1280, 900),
    "countries": ("countries", 1280, 900),
    "outlets": ("outlets", 1280, 900),
    "article": ("article?article={article}", 1280, 1000),
    "search": ("search?q=missile+treaty", 1280, 900),
    "quality": ("quality", 1280, 1000),
    "sql": ("sql", 1280, 900),
    "phone": ("meetings", 390, 844),
}


def take(url: str, article: str) -> None:
    """Write one picture a view into docs/images."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for name, (path, width, height) in VIEWS.items():
            tab = Visit(browser, url, width, height)
            tab.open(path.format(article=article))
            if name == "sql":
                tab.page.get_by_role("button", name="Run", exact=True).click()
                tab.page.get_by_role("tab", name="Chart").click()
            tab.page.wait_for_timeout(4000)
            picture = Image.open(io.BytesIO(tab.page.screenshot())).convert("RGB")
            picture.quantize(160, dither=Image.Dither.NONE).save(FOLDER / f"dashboard-{name}.png", optimize=True)
            tab.close()
        browser.close()


if __name__ == "__main__":
    take(sys.argv[1].rstrip("/"), sys.argv[2])
