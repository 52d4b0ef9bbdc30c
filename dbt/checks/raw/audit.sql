-- The audit table, as the loader makes it.

CREATE DATABASE millrace;

CREATE TABLE millrace.loads
(
    run_id String,
    pipeline String,
    `table` String,
    source String,
    mode String,
    started_at DateTime64(6, 'UTC'),
    finished_at DateTime64(6, 'UTC'),
    `rows` UInt64,
    table_rows UInt64,
    bytes UInt64,
    replaced UInt64,
    seconds Float64,
    outcome String,
    sentence String
)
ENGINE = MergeTree ORDER BY (pipeline, `table`, finished_at);
