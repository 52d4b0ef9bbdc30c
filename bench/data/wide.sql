-- 200 columns: the key and 199 of four types in turn.
SELECT format('CREATE TABLE bench.%I (id bigint NOT NULL, %s)', :'table', string_agg(format('c%s %s', n,
  (ARRAY['int', 'numeric(12,2)', 'text', 'timestamptz'])[n % 4 + 1]), ', ' ORDER BY n))
FROM generate_series(1, 199) AS n
\gexec
SELECT format('INSERT INTO bench.%I SELECT i, %s FROM generate_series(1, %s) AS i', :'table', string_agg(format(
  (ARRAY['(i + %s) %% 100000', '(i %% 9999) * %s / 4.0', '''value '' || (i + %s) %% 1000',
    'timestamptz ''2025-01-01 00:00Z'' + i * %s * interval ''1 s'''])[n % 4 + 1], n), ', ' ORDER BY n), :rows)
FROM generate_series(1, 199) AS n
\gexec
ALTER TABLE bench.:table ADD PRIMARY KEY (id);
