"""A pipeline as JSON, as the cases have it: what is empty or false is left out."""

from typing import Any

from millrace_contract.pipeline import Alerts, Column, Condition, Exists, Guard, Pipeline, Table
from millrace_contract.table_name import TablePattern


def resolved(pipeline: Pipeline) -> dict[str, Any]:
    """All that a pipeline's file says, with its defaults."""
    dag, follow, generate = pipeline.dag, pipeline.follow, pipeline.generate
    return {
        "pipeline": pipeline.name,
        **said(description=pipeline.description),
        "dag": {
            **said(id=dag.id, schedule=dag.schedule),
            "start_date": dag.start_date.isoformat(),
            "retries": dag.retries,
            "retry_delay_minutes": dag.retry_delay_minutes,
        },
        "source": {"env": pipeline.source_env, "schema": pipeline.schema},
        "target": {"env": pipeline.target_env, "database": pipeline.database},
        "tables": [table(each) for each in pipeline.tables],
        **said(exclude=[pattern(each) for each in pipeline.exclude]),
        **({"dbt": vars(pipeline.dbt)} if pipeline.dbt else {}),
        **({"follow": vars(follow)} if follow else {}),
        **({"generate": said(**vars(generate))} if generate else {}),
        **({"alerts": alerts(pipeline.alerts)} if pipeline.alerts else {}),
    }


def alerts(told: Alerts) -> dict[str, Any]:
    """What is told to others."""
    return {"when": list(told.when), **said(stale_after_minutes=told.stale_after_minutes)}


def table(entry: Table) -> dict[str, Any]:
    """A table with its options."""
    return {
        **pattern(entry.source),
        "target": entry.target,
        "mode": entry.mode.value,
        **said(
            cursor=entry.cursor,
            lookback=entry.lookback,
            key=list(entry.key),
            engine=entry.engine,
            order_by=entry.order_by,
            partition_by=entry.partition_by,
            ttl=entry.ttl,
            settings=dict(entry.settings),
            columns={name: column(each) for name, each in entry.columns.items()},
            adopt=entry.adopt,
            rules=[rule(each) for each in entry.rules],
            where=entry.where,
            row_id=entry.row_id,
        ),
        **guard(entry.guard),
    }


def guard(asked: Guard) -> dict[str, Any]:
    """What must be true of the complete table."""
    shrink = {} if asked.max_shrink == Guard().max_shrink else {"max_shrink": asked.max_shrink}
    return said(min_rows=asked.min_rows) | shrink | said(expect=dict(asked.expect))


def pattern(source: TablePattern) -> dict[str, Any]:
    """A table of the source. wild: which sides of the dot are patterns rather than names."""
    sides = {"schema": source.schema, "table": source.table}
    texts = {name: side.text for name, side in sides.items()}
    return texts | said(wild=[name for name, side in sides.items() if not side.exact])


def rule(entry: Condition | Exists) -> dict[str, Any]:
    """What a row has to be like."""
    match entry:
        case Condition(sql):
            return {"condition": sql}
        case Exists():
            return vars(entry)


def column(entry: Column) -> dict[str, Any]:
    """What is said of a column."""
    return said(**vars(entry))


def said(**values: Any) -> dict[str, Any]:
    """Those that are neither empty nor false."""
    return {name: value for name, value in values.items() if value}
