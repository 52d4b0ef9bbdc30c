-- The store's sample data: ten customers, twelve products, two example orders. More orders come from the order API.

INSERT INTO customers
  (customer_id, customer_name, email, city, country, created_at)
VALUES
  ( 1, 'Hanna Becker',    'hanna.becker@example.com',    'Hamburg',   'Germany',        '2026-01-09T08:15:00Z'),
  ( 2, 'Tom O''Neill',    'tom.oneill@example.com',      'Dublin',    'Ireland',        '2026-01-17T19:42:10Z'),
  ( 3, 'Chloé Laurent',   'chloe.laurent@example.com',   'Lyon',      'France',         '2026-02-03T11:05:37Z'),
  ( 4, 'Mateo Álvarez',   'mateo.alvarez@example.com',   'Sevilla',   'Spain',          '2026-02-20T07:58:01Z'),
  ( 5, 'Agnieszka Nowak', 'agnieszka.nowak@example.com', 'Kraków',    'Poland',         '2026-03-11T16:30:45Z'),
  ( 6, 'Yuki Tanaka',     'yuki.tanaka@example.com',     'Osaka',     'Japan',          '2026-03-29T02:20:00Z'),
  ( 7, 'Priya Raman',     'priya.raman@example.com',     'Bengaluru', 'India',          '2026-04-14T13:11:29Z'),
  ( 8, 'Emil Lindqvist',  'emil.lindqvist@example.com',  'Uppsala',   'Sweden',         '2026-05-06T09:47:52Z'),
  ( 9, 'Grace Mwangi',    'grace.mwangi@example.com',    'Nairobi',   'Kenya',          '2026-06-01T18:03:14Z'),
  (10, 'Oliver Hughes',   'oliver.hughes@example.com',   'Leeds',     'United Kingdom', '2026-06-23T21:36:08Z');

INSERT INTO products
  (product_id, product_name, category, price, created_at)
VALUES
  ( 1, 'Espresso Beans 1 kg',   'Coffee',  24.90, '2026-01-02T09:00:00Z'),
  ( 2, 'Filter Coffee 500 g',   'Coffee',  12.50, '2026-01-02T09:00:00Z'),
  ( 3, 'Decaf Beans 500 g',     'Coffee',  14.20, '2026-01-02T09:00:00Z'),
  ( 4, 'Earl Grey 100 g',       'Tea',      6.80, '2026-01-02T09:00:00Z'),
  ( 5, 'Sencha 100 g',          'Tea',      9.40, '2026-01-02T09:00:00Z'),
  ( 6, 'Rooibos 200 g',         'Tea',      7.95, '2026-01-02T09:00:00Z'),
  ( 7, 'Hand Grinder',          'Brewing', 49.00, '2026-02-01T09:00:00Z'),
  ( 8, 'French Press 1 l',      'Brewing', 34.50, '2026-02-01T09:00:00Z'),
  ( 9, 'Gooseneck Kettle',      'Brewing', 79.99, '2026-02-01T09:00:00Z'),
  (10, 'Paper Filters, 100',    'Brewing',  3.25, '2026-02-01T09:00:00Z'),
  (11, 'Stoneware Mug',         'Kitchen', 13.75, '2026-03-01T09:00:00Z'),
  (12, 'Glass Teapot 1.2 l',    'Kitchen', 39.90, '2026-03-01T09:00:00Z');

INSERT INTO orders
  (order_id, customer_id, ordered_at, total_amount)
VALUES
  (1, 1, '2026-07-01T10:00:00Z', 62.30),
  (2, 3, '2026-07-01T10:01:00Z', 39.90);

INSERT INTO order_items
  (order_item_id, order_id, product_id, quantity, unit_price, subtotal)
VALUES
  (1, 1,  1, 2, 24.90, 49.80),
  (2, 1,  2, 1, 12.50, 12.50),
  (3, 2, 12, 1, 39.90, 39.90);
