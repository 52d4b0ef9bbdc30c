-- What the loader leaves behind for the ad server's tables: the types of its mapping, keys as order.

CREATE DATABASE raw_ads;
CREATE DATABASE analytics_ads;

CREATE TABLE raw_ads.advertiser
(
    id Int32,
    name String,
    created_at DateTime64(6, 'UTC'),
    updated_at DateTime64(6, 'UTC')
)
ENGINE = MergeTree ORDER BY id;

CREATE TABLE raw_ads.campaign
(
    id Int32,
    advertiser_id Int32,
    name String,
    bid Decimal(8, 2),
    budget Decimal(12, 2),
    start_date Date32,
    end_date Date32,
    created_at DateTime64(6, 'UTC'),
    updated_at DateTime64(6, 'UTC')
)
ENGINE = MergeTree ORDER BY id;

CREATE TABLE raw_ads.impressions
(
    id Int64,
    campaign_id Int32,
    created_at DateTime64(6, 'UTC')
)
ENGINE = MergeTree ORDER BY id;

CREATE TABLE raw_ads.clicks
(
    id Int64,
    campaign_id Int32,
    created_at DateTime64(6, 'UTC')
)
ENGINE = MergeTree ORDER BY id;
