INSERT INTO categories VALUES (1, 'Beverages', NULL, NULL), (8, 'Seafood', NULL, NULL);
INSERT INTO suppliers VALUES (6, 'Seto Inland Fisheries', 'Japan'), (16, 'Cascade Hop Brewery', 'USA');
INSERT INTO shippers VALUES (1, 'Swift Current Freight', NULL), (2, 'Meridian Parcel', NULL);
INSERT INTO customers VALUES ('FJOFI', 'Fjord & Field', 'Bergen', 'Norway'), ('OLDCA', 'Old Mill Bakery Cafe', 'Duluth', NULL);
INSERT INTO employees VALUES (2, 'Whitaker', 'Helen', 'Vice President, Sales', NULL), (5, 'Ashdown', 'Peter', 'Sales Manager', 2);
INSERT INTO products VALUES
  (4, 'Timberline Ale', 16, 1, '24 - 12 oz bottles', 14, 111, 0, 15, 0),
  (64, 'Seto Nori', 6, 8, '2 kg box', 6, 4, 0, 5, 0),
  (65, 'Ikura', 6, 8, '12 - 200 ml jars', 31, 0, 0, 5, 0);
INSERT INTO orders VALUES
  (10248, 'FJOFI', 2, '2026-06-01', '2026-06-29', '2026-06-11', 1, 8.29, 'Norway'),
  (10249, 'OLDCA', 5, '2026-06-02', '2026-06-30', '2026-07-02', 1, 12.5, 'USA'),
  (10250, NULL, NULL, '2026-06-03', '2299-01-01', NULL, 2, 0.1, NULL);
INSERT INTO order_details VALUES
  (10248, 4, 12.88, 10, 0.15), (10248, 64, 5.52, 3, 0), (10249, 4, 12.88, 4, 0), (10250, 65, 28.52, 1, 0.05);
