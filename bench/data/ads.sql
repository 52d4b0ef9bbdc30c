-- The source of the sample pipeline ads after a batch: ten advertisers with ten campaigns each, the rest of the rows being
-- impressions and eight clicks for a hundred of them.
CREATE TABLE bench.ads_advertiser (id int PRIMARY KEY, name varchar(100) NOT NULL, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL);
INSERT INTO bench.ads_advertiser
SELECT i, 'advertiser ' || i, timestamptz '2025-01-01 00:00Z', timestamptz '2025-01-01 00:00Z' FROM generate_series(1, 10) AS i;
CREATE TABLE bench.ads_campaign (
  id int PRIMARY KEY, advertiser_id int NOT NULL, name varchar(100) NOT NULL, bid numeric(8,2) NOT NULL, budget numeric(12,2) NOT NULL,
  start_date date NOT NULL, end_date date NOT NULL, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL);
INSERT INTO bench.ads_campaign
SELECT i, (i + 9) / 10, 'campaign ' || i, i / 100.0, i * 1000, date '2025-01-01', date '2025-12-31',
       timestamptz '2025-01-01 00:00Z', timestamptz '2025-01-01 00:00Z'
FROM generate_series(1, 100) AS i;
CREATE TABLE bench.ads_impressions (id bigint PRIMARY KEY, campaign_id int NOT NULL, created_at timestamptz NOT NULL);
INSERT INTO bench.ads_impressions
SELECT i, i % 100 + 1, timestamptz '2025-01-01 00:00Z' + i * interval '100 ms' FROM generate_series(1, (:rows - 110) / 27 * 25) AS i;
CREATE TABLE bench.ads_clicks (id bigint PRIMARY KEY, campaign_id int NOT NULL, created_at timestamptz NOT NULL);
INSERT INTO bench.ads_clicks
SELECT i, i % 100 + 1, timestamptz '2025-01-01 00:00Z' + i * interval '1.25 s' FROM generate_series(1, (:rows - 110) / 27 * 2) AS i;
