{# Fails when the model's totals differ from those of `compare_to`, for any value
   of `group_by`. `totals` maps a name to an aggregate expression; one that reads
   otherwise in `compare_to` is given there by `compare_totals`.
   Returns the rows that only one side has. #}
{% test same_totals(model, compare_to, totals, compare_totals={}, group_by=[]) %}

with

actual as (

    {{ grouped_totals(model, totals, group_by) }}

),

expected as (

    {{ grouped_totals(compare_to, dict(totals, **compare_totals), group_by) }}

)

select 'only in the model' as side, * from (
    select * from actual except distinct select * from expected
)
union all
select 'only in the comparison' as side, * from (
    select * from expected except distinct select * from actual
)

{% endtest %}
