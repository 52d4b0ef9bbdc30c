-- Eighteen months of orders, made by arithmetic: the same rows in every database.

CREATE FUNCTION pg_temp.dice(seed text, sides integer) RETURNS integer LANGUAGE sql IMMUTABLE AS
  $$SELECT ('x' || substr(md5(seed), 1, 7))::bit(28)::integer % sides$$;

INSERT INTO orders
WITH customer AS (
  SELECT *, row_number() OVER (ORDER BY md5(customer_id)) - 1 AS place, count(*) OVER () AS customers FROM customers
), placed AS (
  SELECT n, date '2025-05-05' + floor(562 * power((n - 1) / 719.0, 0.85))::integer AS due
  FROM generate_series(1, 720) AS n
), dated AS ( -- Nobody orders at weekends. Some customers order far more than others.
  SELECT n, due + CASE extract(isodow FROM due) WHEN 6 THEN -1 WHEN 7 THEN 1 ELSE 0 END AS ordered,
         pg_temp.dice('customer ' || n, 1000) AS who, pg_temp.dice('wait ' || n, 100) AS wait
  FROM placed
)
SELECT 10247 + n, customer_id,
       CASE WHEN country IN ('USA', 'Canada', 'Mexico', 'Brazil', 'Argentina', 'Japan', 'Australia')
            THEN (ARRAY[1, 3, 4, 4, 8, 2])[1 + pg_temp.dice('employee ' || n, 6)]
            ELSE (ARRAY[6, 7, 9, 5, 7, 3])[1 + pg_temp.dice('employee ' || n, 6)] END,
       ordered, ordered + CASE wait % 8 WHEN 0 THEN 14 WHEN 1 THEN 42 ELSE 28 END,
       CASE WHEN n > 690 AND wait % 3 < 2 THEN NULL
            WHEN wait < 6 THEN ordered + 30 + wait
            ELSE ordered + 2 + wait % 10 END,
       (ARRAY[1, 2, 2, 3, 4, 5])[1 + pg_temp.dice('shipper ' || n, 6)], 0,
       company_name, address, city, region, postal_code, country
FROM dated JOIN customer ON place = floor(customers * power(who / 1000.0, 1.7))
ORDER BY n;

INSERT INTO order_details
WITH line AS (
  SELECT order_id, order_date, line,
         (pg_temp.dice('first ' || order_id, 72)
          + line * (ARRAY[5, 7, 11, 13, 17, 19])[1 + pg_temp.dice('step ' || order_id, 6)]) % 72 + 1 AS product,
         pg_temp.dice('quantity ' || order_id || ' ' || line, 16) AS many,
         pg_temp.dice('discount ' || order_id, 10) AS discount
  FROM orders, generate_series(1, 1 + pg_temp.dice('lines ' || order_id, 4)) AS line
)
SELECT order_id, product,
       CASE WHEN order_date < '2026-01-01' THEN round(unit_price::numeric * 0.92, 2)::real ELSE unit_price END,
       (ARRAY[2, 4, 5, 6, 8, 10, 12, 15, 16, 20, 20, 24, 30, 40, 50, 60])[1 + many],
       (ARRAY[0, 0, 0, 0, 0, 0, 0.05, 0.1, 0.15, 0.25])[1 + discount]
FROM line JOIN products ON product_id = product
ORDER BY order_id, line;

UPDATE orders SET freight = round(4 + 0.031 * worth + 0.9 * units, 2)
FROM (
  SELECT order_id, sum(unit_price::numeric * quantity * (1 - discount::numeric)) AS worth, sum(quantity) / 10.0 AS units
  FROM order_details GROUP BY order_id
) AS detail
WHERE detail.order_id = orders.order_id;
