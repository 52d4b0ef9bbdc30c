{# A schema is a database in ClickHouse: one named in a config is used as it is,
   where dbt would put the profile's in front of it. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name | trim if custom_schema_name else target.schema }}
{%- endmacro %}
