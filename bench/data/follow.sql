-- What is followed: 14 tables that change, one for a single large transaction; and the procedures that change them.
CREATE SCHEMA bench;
SELECT format('CREATE TABLE bench.%I (
  id bigint PRIMARY KEY,
  customer text NOT NULL,
  quantity int NOT NULL,
  price numeric(10,2) NOT NULL,
  note text,
  changed_at timestamptz NOT NULL,
  probe bigint NOT NULL DEFAULT 0
)', name) FROM unnest(ARRAY['large'] || ARRAY(SELECT 'changes_' || n FROM generate_series(0, 13) AS n)) AS name \gexec

CREATE FUNCTION bench.rows(first bigint, last bigint) RETURNS TABLE (
  id bigint, customer text, quantity int, price numeric, note text, changed_at timestamptz
) LANGUAGE sql AS $$
  SELECT i, 'customer ' || i % 5000, (i % 7)::int + 1, (i * 7919 % 1000000) / 100.0,
    CASE WHEN i % 5 = 0 THEN 'left at the door of number ' || i % 4000 END, clock_timestamp()
  FROM generate_series(first, last) AS i
$$;

-- Rows to change, and one that shows when a change has arrived.
SELECT format('INSERT INTO bench.%I SELECT * FROM bench.rows(1, 10000)', 'changes_' || n) FROM generate_series(0, 13) AS n \gexec
SELECT format('INSERT INTO bench.%I SELECT * FROM bench.rows(-1, -1)', 'changes_' || n) FROM generate_series(0, 13) AS n \gexec

-- Transactions of ten changes, at an even pace: five rows new in one table, four changed in another, an earlier one deleted.
CREATE PROCEDURE bench.write(first bigint, changes_per_second int, seconds int, INOUT transactions bigint)
LANGUAGE plpgsql AS $$
DECLARE
  began timestamptz := clock_timestamp();
  n bigint := first;
  ahead double precision;
BEGIN
  WHILE clock_timestamp() < began + seconds * interval '1 s' LOOP
    EXECUTE format('INSERT INTO bench.%I SELECT * FROM bench.rows($1, $1 + 4)', 'changes_' || n % 14) USING 20000 + 5 * n;
    EXECUTE format('UPDATE bench.%I SET quantity = quantity + 1, changed_at = clock_timestamp() WHERE id = ANY ($1)',
      'changes_' || (n + 5) % 14) USING ARRAY[n % 2500 + 1, n % 2500 + 2501, n % 2500 + 5001, n % 2500 + 7501];
    EXECUTE format('DELETE FROM bench.%I WHERE id = $1', 'changes_' || n % 14) USING 20000 + 5 * (n - 14);
    COMMIT;
    n := n + 1;
    ahead := (n - first) * 10.0 / changes_per_second - extract(epoch FROM clock_timestamp() - began);
    IF ahead > 0.001 THEN
      PERFORM pg_sleep(ahead);
    END IF;
  END LOOP;
  transactions := n - first;
END
$$;

-- As many rows at once, in transactions of a thousand.
CREATE PROCEDURE bench.backlog(first bigint, total int) LANGUAGE plpgsql AS $$
BEGIN
  FOR n IN 0 .. total / 1000 - 1 LOOP
    EXECUTE format('INSERT INTO bench.%I SELECT * FROM bench.rows($1, $1 + 999)', 'changes_' || n % 14) USING first + 1000 * n;
    COMMIT;
  END LOOP;
END
$$;
