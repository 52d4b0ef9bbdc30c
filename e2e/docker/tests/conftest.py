"""One product in containers for all tests of the docker tier, from a copy of the checkout, on free ports."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from browser import CHROMIUM_FLAGS
from containers import ALL_PORTS, ContainerProduct, copy_of
from images import clickhouse_image, maven_image
from product import free_ports

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ContainerProduct]:
    """The product, up; its containers, volumes and network are removed at the end whatever happened."""
    folder = tmp_path_factory.mktemp("docker")
    root = copy_of(ROOT, folder / "checkout")
    shutil.copytree(root / "pipelines", folder / "pipelines")
    os.environ["MILLRACE_CLICKHOUSE_IMAGE"] = clickhouse_image(root)
    os.environ["MILLRACE_MAVEN_IMAGE"] = maven_image()
    product = ContainerProduct(root, folder, dict(zip(ALL_PORTS, map(str, free_ports(len(ALL_PORTS))), strict=True)))
    os.environ.setdefault("MILLRACE_HOME", str(ROOT / ".millrace"))
    try:
        product.first_start = product.script("run.sh", "--docker", timeout=1800)
        yield product
    finally:
        product.script("stop.sh", "--clean", "--yes", timeout=300)


@pytest.fixture
def page(request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of a fresh browser; its last look is kept as a picture."""
    pictures = ROOT / ".millrace/logs/tests/screenshots"
    pictures.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=60_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM_FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 1200})
        yield page
        page.screenshot(path=pictures / f"docker-{request.node.name}.png")
        browser.close()
