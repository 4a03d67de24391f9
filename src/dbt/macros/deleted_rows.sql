{#
  The rows of a table that the loader has deleted since it keeps the deletes feed, as a query: the columns of the key, and
  _deleted_at, the stamp of the delete. A row of the table with the same key and a later stamp was inserted after it.

  relation: the loaded table, as source() returns it
  key: the types of the key's columns, by name
  after: only rows with a later stamp than this timestamp, an expression of SQL
#}
{% macro deleted_rows(relation, key, after=none) -%}
  select {% for column, type in key.items() -%}
    (key ->> {{ postgres_loader.sql_text(column) }})::{{ type }} as {{ postgres_loader.sql_name(column) }},
  {%- endfor %} deleted_at as "_deleted_at"
  from {{ postgres_loader.tracking_table(relation, 'etl_deleted_row') }}
  where table_name = {{ postgres_loader.sql_text(relation.identifier) }} and key is not null
  {%- if after is not none %} and deleted_at > {{ after }}{% endif -%}
{%- endmacro %}
