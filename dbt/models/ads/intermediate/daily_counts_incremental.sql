{{
    config(
        materialized='incremental',
        unique_key='day',
        engine='MergeTree()',
        order_by=['day', 'campaign_id'],
    )
}}
{% set counts = ref('daily_counts') %}

select
    day,
    campaign_id,
    impressions,
    clicks

from {{ counts }}

{% if is_incremental() %}
    where day in ({{ days_counted_otherwise(this, counts) }})

    union all

    -- Takes the place of a day whose events are gone.
    select
        day,
        0 as campaign_id,
        0 as impressions,
        0 as clicks

    from {{ this }}
    where day not in (select day from {{ counts }})
    group by day
{% endif %}
