-- The tables of the benchmarks, filled with as many rows as the parameters say. Deterministic.
SET client_min_messages = warning;
DROP SCHEMA IF EXISTS bench CASCADE;
CREATE SCHEMA bench;

CREATE TABLE bench.small (id int PRIMARY KEY, name text NOT NULL, price numeric(10,2));
INSERT INTO bench.small SELECT i, 'product ' || i, i * 1.25 FROM generate_series(1, 10) AS i;

CREATE TABLE bench.impressions (id bigint PRIMARY KEY, campaign_id int NOT NULL, created_at timestamptz NOT NULL);
INSERT INTO bench.impressions
SELECT i, i % 997, timestamptz '2025-01-01 00:00Z' + i * interval '100 ms' FROM generate_series(1, :impressions) AS i;

CREATE TABLE bench.order_items (
  id bigint PRIMARY KEY,
  order_id bigint NOT NULL,
  product_id int NOT NULL,
  quantity int NOT NULL,
  price numeric(10,2) NOT NULL,
  discount numeric(5,2),
  note text,
  created_at timestamptz NOT NULL
);
INSERT INTO bench.order_items
SELECT
  i, i / 3, i % 1000, i % 7 + 1, (i::bigint * 7919 % 1000000) / 100.0,
  CASE WHEN i % 3 = 0 THEN (i % 10000) / 100.0 END,
  CASE WHEN i % 5 = 0 THEN 'left at the door of number ' || i % 4000 END,
  timestamptz '2024-01-01 00:00Z' + i * interval '1.5 s'
FROM generate_series(1, :items) AS i;

VACUUM ANALYZE bench.small, bench.impressions, bench.order_items;
