-- Order items: the usual mix of numbers, decimals, short text, NULLs and a time.
CREATE TABLE bench.:table (
  id bigint NOT NULL,
  order_id bigint NOT NULL,
  product_id int NOT NULL,
  quantity int NOT NULL,
  price numeric(10,2) NOT NULL,
  discount numeric(5,2),
  note text,
  created_at timestamptz NOT NULL
);
INSERT INTO bench.:table
SELECT
  i, i / 3, i % 1000, i % 7 + 1, (i::bigint * 7919 % 1000000) / 100.0,
  CASE WHEN i % 3 = 0 THEN (i % 10000) / 100.0 END,
  CASE WHEN i % 5 = 0 THEN 'left at the door of number ' || i % 4000 END,
  timestamptz '2024-01-01 00:00Z' + i * interval '1.5 s'
FROM generate_series(1, :rows) AS i;
ALTER TABLE bench.:table ADD PRIMARY KEY (id);
