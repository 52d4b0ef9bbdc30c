"""One running product for all e2e tests: started by ./run.sh on free ports, in a state folder of its own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from browser import CHROMIUM_FLAGS
from product import PORTS, Product, free_ports

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The product, up; it is stopped and its data removed at the end whatever happened."""
    folder = tmp_path_factory.mktemp("product")
    shutil.copytree(ROOT / "pipelines", folder / "pipelines")
    ports = dict(zip(PORTS, map(str, free_ports(len(PORTS))), strict=True))
    product = Product(ROOT, folder, ports)
    try:
        product.first_start = product.script("run.sh", "--local", timeout=600)
        yield product
    finally:
        product.script("stop.sh", "--clean", "--yes", timeout=180)


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """Where pictures are kept for people to look at."""
    place = ROOT / ".millrace/logs/tests/screenshots"
    place.mkdir(parents=True, exist_ok=True)
    return place


@pytest.fixture
def page(screenshots: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of a fresh browser; its last look is kept as a picture."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM_FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 1200})
        page.set_default_timeout(60_000)
        expect.set_options(timeout=60_000)
        try:
            yield page
        finally:
            page.screenshot(path=screenshots / f"{request.node.name}.png")
            browser.close()
