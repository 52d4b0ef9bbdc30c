{# One row of named aggregates per value of the `group_by` columns. #}
{% macro grouped_totals(relation, totals, group_by) %}
    select
        {%- for column in group_by %}
        {{ column }},
        {%- endfor %}
        {%- for name, expression in totals.items() %}
        {{ expression }} as {{ name }}{{ "," if not loop.last }}
        {%- endfor %}
    from {{ relation }}
    {%- if group_by %}
    group by {{ group_by | join(', ') }}
    {%- endif %}
{% endmacro %}
