{{ config(order_by='raw_table') }}

{{ freshness_of([
    source('raw_ads', 'advertiser'),
    source('raw_ads', 'campaign'),
    source('raw_ads', 'impressions'),
    source('raw_ads', 'clicks'),
]) }}
