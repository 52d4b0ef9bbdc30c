{# `part` in percent of `whole`, with two decimals; NULL where there is no whole.
   Floats on both sides: a division of Decimals keeps their scale and cuts the rest. #}
{% macro percent_of(part, whole) -%}
    round(100 * toFloat64({{ part }}) / nullIf(toFloat64({{ whole }}), 0), 2)
{%- endmacro %}
