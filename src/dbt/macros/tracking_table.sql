{#
  The name of a tracking table, which is in the schema of the loaded tables.

  relation: a loaded table, as source() returns it
#}
{% macro tracking_table(relation, name) -%}
  {{ postgres_loader.sql_name(relation.schema) }}.{{ postgres_loader.sql_name(name) }}
{%- endmacro %}

{# A text as a constant of SQL. #}
{% macro sql_text(text) -%}
  '{{ text | replace("'", "''") }}'
{%- endmacro %}

{# A name for SQL. adapter.quote() does not double a quote in it. #}
{% macro sql_name(name) -%}
  "{{ name | replace('"', '""') }}"
{%- endmacro %}
