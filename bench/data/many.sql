-- As many tables of 10 rows as the rows given make.
SELECT format(
  'CREATE TABLE bench.%1$I (id int PRIMARY KEY, name text NOT NULL, price numeric(10,2));
   INSERT INTO bench.%1$I SELECT i, ''product '' || i, i * 1.25 FROM generate_series(1, 10) AS i',
  format('%s_%s', :'table', to_char(n, 'FM000')))
FROM generate_series(1, :rows / 10) AS n
\gexec
