{#
  The condition for the rows that a model has not read yet: those with a later stamp than any row of the model, up to the
  stamp up to which no later commit adds a row. All rows in a first run, with --full-refresh, and after deletes whose keys the
  feed does not name.

  model: this
  relation: the loaded table, as source() returns it
  stamp: the column with the row stamps, which the model must keep
#}
{% macro stamped_since(model, relation, stamp='_loaded_at') -%}
  {%- set stamped_up_to -%}
    (select stamped_up_to from {{ postgres_loader.tracking_table(relation, 'etl_freshness') }} where table_name = {{ postgres_loader.sql_text(relation.identifier) }})
  {%- endset -%}
  {%- if execute -%}
    {%- set found = run_query('select ' ~ stamped_up_to ~ ' is not null') -%}
    {%- if not found.rows[0][0] -%}
      {{ exceptions.raise_compiler_error('table ' ~ relation.identifier ~ ' has no row stamps in ' ~ relation.schema ~ '.etl_freshness: load it, and see loaded_at_column in the table list') }}
    {%- endif -%}
  {%- endif -%}
  {{ postgres_loader.sql_name(stamp) }} <= {{ stamped_up_to }}
  {%- if is_incremental() %}
  and {{ postgres_loader.sql_name(stamp) }} > (
    select case when feed.unnamed > model.stamped then '-infinity' else model.stamped end
    from (select coalesce(max({{ postgres_loader.sql_name(stamp) }}), '-infinity') as stamped from {{ model }}) as model,
      (select coalesce(max(deleted_at), '-infinity') as unnamed
       from {{ postgres_loader.tracking_table(relation, 'etl_deleted_row') }}
       where table_name = {{ postgres_loader.sql_text(relation.identifier) }} and key is null) as feed)
  {%- endif -%}
{%- endmacro %}
