-- Values of 1 MB each. Postgres stores them as they are, so that what is timed is not its decompression.
CREATE TABLE bench.:table (id int PRIMARY KEY, body text STORAGE EXTERNAL);
INSERT INTO bench.:table SELECT i, repeat(md5(i::text), 32768) FROM generate_series(1, :rows) AS i;
