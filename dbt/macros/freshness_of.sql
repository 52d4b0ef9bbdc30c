{# From when the rows of sources are, one row per table: read as the marts are
   built, so that a build that failed does not make what they show look younger. #}
{% macro freshness_of(sources) %}
select
    table as raw_table,
    max(started_at) as loaded_at

from millrace.loads
where
    outcome = 'done'
    and table in (
        {%- for source in sources -%}
            '{{ source.schema }}.{{ source.identifier }}'{{ ', ' if not loop.last }}
        {%- endfor -%}
    )
group by raw_table
{% endmacro %}
