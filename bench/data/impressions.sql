-- Ad impressions: narrow rows, a table that only grows.
CREATE TABLE bench.:table (id bigint NOT NULL, campaign_id int NOT NULL, created_at timestamptz NOT NULL);
INSERT INTO bench.:table
SELECT i, i % 997, timestamptz '2025-01-01 00:00Z' + i * interval '100 ms' FROM generate_series(1, :rows) AS i;
ALTER TABLE bench.:table ADD PRIMARY KEY (id);
