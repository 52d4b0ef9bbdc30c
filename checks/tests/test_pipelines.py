"""What the checks read of a pipeline file."""

from millrace_checks.pipelines import Table, pipeline


def test_long_and_short_entries() -> None:
    read = pipeline(
        {
            "pipeline": "shop",
            "dag": {"id": "shop_pipeline"},
            "source": {"env": "SHOP"},
            "target": {"env": "CLICKHOUSE", "database": "raw"},
            "tables": ["orders", {"name": "items", "target": "shop_items"}],
        }
    )
    assert read.tables == (Table("orders", "orders"), Table("items", "shop_items"))
    assert (read.source_env, read.schema, read.database) == ("SHOP", "public", "raw")
