{# The days on which a campaign has another number of impressions or clicks than
   in `counted`: those of late rows, however old, new ones, and days whose
   events are gone. #}
{% macro days_counted_otherwise(counted, counts) %}
select day
from (
    select
        day,
        campaign_id,
        toInt64(impressions) as impressions,
        toInt64(clicks) as clicks
    from {{ counts }}
    union all
    select
        day,
        campaign_id,
        -toInt64(impressions) as impressions,
        -toInt64(clicks) as clicks
    from {{ counted }}
)
group by day, campaign_id
having sum(impressions) != 0 or sum(clicks) != 0
{% endmacro %}
