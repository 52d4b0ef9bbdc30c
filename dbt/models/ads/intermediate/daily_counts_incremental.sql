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
        counted.day as day,
        0 as campaign_id,
        0 as impressions,
        0 as clicks

    from {{ this }} as counted
    where counted.day not in (select present.day from {{ counts }} as present)
    group by counted.day
{% endif %}
