{# The days whose number of impressions or clicks is not the one in `counted`:
   those of late rows, however old, and new days. #}
{% macro days_counted_otherwise(counted, impressions, clicks) %}
select day
from (
    select day, toInt64(count()) as impressions, 0 as clicks
    from {{ impressions }}
    group by day
    union all
    select day, 0 as impressions, toInt64(count()) as clicks
    from {{ clicks }}
    group by day
    union all
    select
        day,
        -toInt64(sum(impressions)) as impressions,
        -toInt64(sum(clicks)) as clicks
    from {{ counted }}
    group by day
)
group by day
having sum(impressions) != 0 or sum(clicks) != 0
{% endmacro %}
