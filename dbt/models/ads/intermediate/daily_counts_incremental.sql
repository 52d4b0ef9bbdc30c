{{
    config(
        materialized='incremental',
        unique_key='day',
        engine='MergeTree()',
        order_by=['day', 'campaign_id'],
    )
}}
{% set impressions = ref('stg_ads_impressions') %}
{% set clicks = ref('stg_ads_clicks') %}

select
    day,
    campaign_id,
    impressions,
    clicks

from {{ ref('daily_counts') }}

{% if is_incremental() %}
    where day in ({{ days_counted_otherwise(this, impressions, clicks) }})
{% endif %}
