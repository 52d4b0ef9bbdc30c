"""dbt on the ads: rates and costs, and three ways to the daily counts that agree whatever arrives late or leaves."""

from __future__ import annotations

import pytest
import raw_data
from clickhouse import ClickHouse
from dbt_project import Dbt, Run

pytestmark = pytest.mark.integration
SAMPLE = raw_data.ADS

DAILY = ("daily_impressions_clicks", "daily_impressions_clicks_incremental", "daily_impressions_clicks_refreshed")
# What happens to the source between two loads.
CHANGES = (
    "INSERT INTO raw_ads.impressions VALUES (9001, 1, '2026-05-01T10:00:00Z'), (9002, 2, '2026-07-03T23:59:59Z'),"
    " (9003, 3, '2026-09-01T00:00:00Z'), (2001, 1, '2026-07-02T00:00:00Z')",
    "INSERT INTO raw_ads.clicks VALUES (9001, 2, '2026-07-03T10:00:00Z')",
    "ALTER TABLE raw_ads.campaign DELETE WHERE id = 4",
    "ALTER TABLE raw_ads.campaign UPDATE budget = 75.5 WHERE id = 3",
    "INSERT INTO raw_ads.campaign VALUES (6, 2, 'Rolls', 0.2, 75.5, '2026-07-01', '2026-07-31', now(), now())",
)


@pytest.fixture(scope="module")
def empty(server: ClickHouse, dbt: Dbt) -> Run:
    """A build before the source has any rows."""
    for table in SAMPLE.tables:
        server.run(f"TRUNCATE TABLE raw_ads.{table}")
    raw_data.record_loads(server, SAMPLE)
    return dbt.build("ads")


@pytest.fixture(scope="module")
def build(empty: Run, server: ClickHouse, dbt: Dbt) -> Run:
    server.run_file(SAMPLE.rows, database=SAMPLE.raw)
    raw_data.record_loads(server, SAMPLE)
    return dbt.build("ads")


@pytest.fixture(scope="module")
def later(build: Run, server: ClickHouse, dbt: Dbt) -> Run:
    """A build after late rows, a deleted, a changed and a new campaign."""
    for statement in CHANGES:
        server.run(statement)
    raw_data.record_loads(server, SAMPLE)
    return dbt.build("ads")


def test_an_empty_source_is_green(empty: Run) -> None:
    assert empty.code == 0, empty.output


def test_every_model_and_test_is_green(build: Run) -> None:
    assert build.code == 0, build.output
    assert build.named("pass", "success", "no-op") == set(build.statuses)


def test_rates_and_costs(build: Run, server: ClickHouse) -> None:
    rates = server.run("SELECT * EXCEPT name, total_ctr = 77 / 1001 FROM analytics_ads.campaigns_ctr ORDER BY id")
    assert rates.split("\n") == [
        "1\t100\t1001\t77\t0.07692307692307693\t1.3\t1",
        "2\t50\t500\t0\t0\t50\t0",
        "3\t70.1\t0\t0\t\\N\t70.1\t\\N",
        "4\t10\t0\t3\t\\N\t3.33\t\\N",
    ]


def test_money_stays_decimal(build: Run, server: ClickHouse) -> None:
    money = server.run(
        "SELECT DISTINCT extract(type, '^[A-Za-z]+') FROM system.columns WHERE database = 'analytics_ads'"
        " AND name IN ('bid', 'budget', 'cost_of_click')"
    )
    assert money == "Decimal"


def test_days_begin_and_end_at_midnight(build: Run, server: ClickHouse) -> None:
    first = server.run(
        "SELECT impressions, clicks FROM analytics_ads.daily_impressions_clicks"
        " WHERE campaign_id = 1 ORDER BY day LIMIT 1"
    )
    assert first == "101\t12"


def test_comments_are_kept_in_the_database(build: Run, server: ClickHouse) -> None:
    silent = server.run("SELECT table, name FROM system.columns WHERE database = 'analytics_ads' AND comment = ''")
    # Written by ClickHouse and by dbt themselves.
    assert {line.split("\t")[0] for line in silent.splitlines()} <= {"daily_counts_refreshed_mv"}


def test_late_rows_and_campaigns_that_leave(later: Run, server: ClickHouse) -> None:
    assert later.code == 0, later.output
    for model in DAILY:
        totals = server.run(f"SELECT sum(impressions), sum(clicks), max(campaign_id) FROM analytics_ads.{model}")
        assert totals == "1505\t78\t3", model
    assert server.run("SELECT min(day), max(day) FROM analytics_ads.daily_counts_incremental") == (
        "2026-05-01\t2026-09-01"
    )


def test_campaigns_leave_without_dbt(later: Run, server: ClickHouse) -> None:
    server.run("ALTER TABLE raw_ads.campaign DELETE WHERE id = 2")
    for model in DAILY:
        assert server.run(f"SELECT sum(impressions), sum(clicks) FROM analytics_ads.{model}") == "1004\t77", model
    assert server.run("SELECT sum(total_impressions), sum(total_clicks) FROM analytics_ads.campaigns_ctr") == "1004\t77"


def test_campaigns_have_a_history(later: Run, server: ClickHouse) -> None:
    versions = server.run(
        "SELECT campaign_id, budget, isNull(dbt_valid_to) FROM analytics_ads.campaign_history"
        " ORDER BY campaign_id, dbt_valid_from"
    )
    assert versions.split("\n") == ["1\t100\t1", "2\t50\t1", "3\t70.1\t0", "3\t75.5\t1", "4\t10\t0", "6\t75.5\t1"]


def test_the_daily_counts_follow_rows_that_move_and_days_that_go(later: Run, server: ClickHouse, dbt: Dbt) -> None:
    # As after a full refresh of a source in which days are gone and events belong to other campaigns.
    server.run(
        "CREATE OR REPLACE TABLE raw_ads.impressions ENGINE = MergeTree ORDER BY id AS"
        " SELECT id, if(id = 9001, 3, campaign_id) AS campaign_id,"
        " if(id = 9003, '1901-02-03', created_at) AS created_at"
        " FROM raw_ads.impressions WHERE toDate(created_at) != '2026-07-03'"
    )
    raw_data.record_loads(server, SAMPLE)
    run = dbt.build("ads")
    assert run.code == 0, run.output
    for model in DAILY:
        first = server.run(f"SELECT day, campaign_id, impressions FROM analytics_ads.{model} ORDER BY day LIMIT 2")
        assert first == "1901-02-03\t3\t1\n2026-05-01\t3\t1", model
        assert server.run(f"SELECT count() FROM analytics_ads.{model} WHERE day = '2026-07-03' AND clicks = 0") == "0"


def test_counts_that_went_astray_are_found(later: Run, server: ClickHouse, dbt: Dbt) -> None:
    server.run("DELETE FROM analytics_ads.daily_counts_incremental WHERE day = '2026-07-01'")
    server.run("DELETE FROM analytics_ads.daily_counts_refreshed WHERE day = '2026-07-02'")
    run = dbt.run("test", "--select", "path:models/ads/intermediate", "path:models/ads/marts")
    assert run.named("fail") == {
        "daily_counts_incremental_equal_daily_counts",
        "daily_counts_refreshed_equal_daily_counts",
        "daily_impressions_clicks_incremental_equal_the_view",
        "daily_impressions_clicks_refreshed_equal_the_view",
    }
