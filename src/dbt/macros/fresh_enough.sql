{#
  A query that returns a row if a table is not fresh enough.

  relation: the loaded table, as source() returns it
  loaded_within: how old the last load may be, such as '1 hour'
  complete_within: how old the last comparison or full load that ended equal may be, such as '26 hours'; changes that the
    table's cursor columns do not show, and deletes, are known to be loaded up to it
  dead_letters: how many open dead letters are allowed
#}
{% macro fresh_enough(relation, loaded_within=none, complete_within=none, dead_letters=none) -%}
  select w.table_name, f.loaded_up_to, f.complete_up_to, f.open_dead_letters, f.state
  from (select {{ postgres_loader.sql_text(relation.identifier) }}::text as table_name) as w
  left join {{ postgres_loader.tracking_table(relation, 'etl_freshness') }} as f on f.table_name = w.table_name
  where f.loaded_up_to is null
  {%- if loaded_within is not none %}
    or f.loaded_up_to < now() - {{ postgres_loader.sql_text(loaded_within) }}::interval
  {%- endif %}
  {%- if complete_within is not none %}
    or f.complete_up_to is null
    or f.complete_up_to < now() - {{ postgres_loader.sql_text(complete_within) }}::interval
  {%- endif %}
  {%- if dead_letters is not none %}
    or f.open_dead_letters > {{ dead_letters }}
  {%- endif %}
{%- endmacro %}

{# The same as a test of a source table. #}
{% test fresh_enough(model, loaded_within=none, complete_within=none, dead_letters=none) %}
  {{ postgres_loader.fresh_enough(model, loaded_within, complete_within, dead_letters) }}
{% endtest %}

{#
  Fails if one of the tables is not fresh enough: in on-run-start, or
  dbt run-operation require_fresh --args '{source_name: raw, tables: [patient], complete_within: 26 hours}'
#}
{% macro require_fresh(source_name, tables, loaded_within=none, complete_within=none, dead_letters=none) -%}
  {%- if execute -%}
    {%- for table in tables -%}
      {%- set query = postgres_loader.fresh_enough(source(source_name, table), loaded_within, complete_within, dead_letters) -%}
      {%- if run_query(query).rows | length > 0 -%}
        {{ exceptions.raise_compiler_error('table ' ~ table ~ ' is not fresh enough; its row in etl_freshness says why; wait for it with: postgres-loader wait') }}
      {%- endif -%}
    {%- endfor -%}
  {%- endif -%}
{%- endmacro %}
