{# Fails when the raw table does not hold exactly the rows that its last load
   counted, or was never loaded. #}
{% test matches_last_load(model) %}

with

last_load as (

    select argMax(table_rows, finished_at) as loaded_rows, count() as loads
    from millrace.loads
    where
        table = '{{ model.schema }}.{{ model.identifier }}'
        and outcome = 'done'

),

present as (

    select count() as present_rows from {{ model }}

)

select *
from last_load
cross join present
where loads = 0 or loaded_rows != present_rows

{% endtest %}
