"""The samples store and ads: orders by schedule and by hand, and the ads from a million events to their rates."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser import log_in_to_superset
from product import PORTS, Product, eventually, free_ports

ROOT = Path(__file__).parents[2]
COUNTS = """
SELECT (SELECT uniqExact(id) FROM raw_ads.campaign), (SELECT uniqExact(id) FROM raw_ads.advertiser),
       (SELECT uniqExact(id) FROM raw_ads.impressions), (SELECT uniqExact(id) FROM raw_ads.clicks)
"""
TOTALS = "SELECT sum(total_impressions), sum(total_clicks) FROM analytics_ads.campaigns_ctr"
DAILY = "SELECT sum(impressions), sum(clicks) FROM analytics_ads.daily_impressions_clicks"


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A second product, with the two samples and nothing else."""
    folder = tmp_path_factory.mktemp("samples")
    (folder / "pipelines").mkdir()
    product = Product(ROOT, folder, dict(zip(PORTS, map(str, free_ports(len(PORTS))), strict=True)))
    try:
        product.first_start = product.script("run.sh", "--local", "--with", "store,ads", timeout=600)
        yield product
    finally:
        product.script("stop.sh", "--clean", "--yes", timeout=180)
        shutil.rmtree(folder)


def generate(samples: Product, command: str) -> None:
    """Runs the generator with these words."""
    done = samples.script("generate.sh", *command.split())
    assert done.returncode == 0, done.stdout


def start_anew(samples: Product) -> None:
    """Empties the ads source, so that its ids begin with 1 again."""
    with samples.source("ads", "ads123") as source:
        source.execute("TRUNCATE advertiser, campaign, impressions, clicks RESTART IDENTITY")


def test_both_are_up_and_well_before_there_is_any_ad(samples: Product) -> None:
    assert samples.first_start.returncode == 0, samples.first_start.stdout
    done = samples.script("check_all_works.sh")
    assert done.returncode == 0, done.stdout
    assert re.search(r"order-api +healthy", done.stdout)
    assert "analytics_ads.campaign_performance is empty" in done.stdout


def test_orders_come_by_schedule_and_by_hand_and_keep_their_ids(samples: Product) -> None:
    assert eventually(lambda: "success" in [run["state"] for run in samples.airflow().runs("store_orders", 20)], 120)
    status, body = samples.answer("ORDER_API_PORT", "/generate_order", b"{}")
    assert status == 201, body
    samples.run_dag("store_pipeline")
    ids = "SELECT order_id, id FROM raw_store.orders WHERE order_id <= 2 ORDER BY order_id"
    before = samples.in_clickhouse(ids)
    assert int(samples.in_clickhouse("SELECT count() FROM raw_store.orders")) >= 4
    placed = json.loads(body)["order_id"]
    assert samples.in_clickhouse(f"SELECT count() FROM analytics_store.fact_orders WHERE order_id = {placed}") != "0"
    samples.script("run.sh", "--run-once", "store", "--full-refresh")
    assert samples.in_clickhouse(ids) == before


def test_a_million_impressions_of_ten_advertisers(samples: Product) -> None:
    generate(samples, "batch --advertisers 10 --campaigns 10 --impressions 10000 --ctr 0.08")
    samples.run_dag("ads_pipeline")
    assert samples.in_clickhouse(COUNTS) == "100\t10\t1000000\t80000"
    assert samples.in_clickhouse(TOTALS) == samples.in_clickhouse(DAILY) == "1000000\t80000"


def test_the_dashboards_show_them(samples: Product, page: Page) -> None:
    log_in_to_superset(page, samples)
    for slug, charts, chart, shown in (
        ("ads-performance", 12, "Click-through rate", "8.00%"),
        ("store-live", 11, "Age of the data", re.compile(r"\ds")),
    ):
        page.goto(samples.url("SUPERSET_PORT", f"/superset/dashboard/{slug}/"))
        expect(page.locator('[data-test="slice-container"]')).to_have_count(charts)
        expect(page.locator(f'[data-test-chart-name="{chart}"]')).to_contain_text(shown)
        expect(page.get_by_text(re.compile("No data|No results|Unexpected error|Error:"))).to_have_count(0)


def test_rates_of_campaigns_that_were_seen_clicked_or_neither(samples: Product) -> None:
    start_anew(samples)
    generate(samples, "batch --advertisers 1 --campaigns 10 --impressions 1000 --ctr 0.08")
    generate(samples, "campaigns --advertiser-id 1 --count 2")
    generate(samples, "impressions --campaign-id 11 --count 500")
    done = samples.script("run.sh", "--run-once", "ads", "--full-refresh")
    assert done.returncode == 0, done.stdout
    rates = samples.in_clickhouse(
        # In whole cents, halves up: 54.60 for 80 clicks lies between two cents, where a float falls either way.
        "SELECT id, total_impressions, total_clicks, total_ctr, toInt64(cost_of_click * 100) ="
        " if(total_clicks = 0, cents, intDiv(2 * cents + total_clicks, greatest(2 * total_clicks, 1)))"
        " FROM (SELECT *, toInt64(budget * 100) AS cents FROM analytics_ads.campaigns_ctr) ORDER BY id"
    )
    assert rates.split("\n") == [
        *(f"{campaign}\t1000\t80\t0.08\t1" for campaign in range(1, 11)),
        "11\t500\t0\t0\t1",
        "12\t0\t0\t\\N\t1",
    ]
    assert samples.in_clickhouse(TOTALS) == samples.in_clickhouse(DAILY) == "10500\t800"
