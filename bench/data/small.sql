-- A table of a few rows.
CREATE TABLE bench.:table (id int PRIMARY KEY, name text NOT NULL, price numeric(10,2));
INSERT INTO bench.:table SELECT i, 'product ' || i, i * 1.25 FROM generate_series(1, :rows) AS i;
