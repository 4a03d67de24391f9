{#
  Removes from a model the rows that were deleted in the source: a post-hook of an incremental model. It may run at any
  time and any number of times: a row of the model stays if it was written after the delete of its key.

  model: this
  relation: the loaded table, as source() returns it
  key: the types of the key's columns, by name, as the model has them too
  stamp: the column with the row stamps
  marked: whether rows that were deleted in the source stay in the loaded table, with a time in _deleted_at
#}
{% macro remove_deleted(model, relation, key, stamp='_loaded_at', marked=false) -%}
  {%- if marked %}
delete from {{ model }} where "_deleted_at" is not null;
  {%- endif %}
delete from {{ model }} as kept
using ({{ postgres_loader.deleted_rows(relation, key) }}) as deleted
where kept.{{ postgres_loader.sql_name(stamp) }} < deleted."_deleted_at"
  {%- for column, type in key.items() %}
  and kept.{{ postgres_loader.sql_name(column) }} = deleted.{{ postgres_loader.sql_name(column) }}
  {%- endfor %};
{#- Deletes whose keys are not known: what the loaded table does not have any more was deleted. #}
delete from {{ model }} as kept
where kept.{{ postgres_loader.sql_name(stamp) }} < (
    select max(deleted_at) from {{ postgres_loader.tracking_table(relation, 'etl_deleted_row') }}
    where table_name = {{ postgres_loader.sql_text(relation.identifier) }} and key is null)
  and not exists (
    select from {{ relation }} as present
    where true
  {%- for column, type in key.items() %} and present.{{ postgres_loader.sql_name(column) }} = kept.{{ postgres_loader.sql_name(column) }}
  {%- endfor %})
{%- endmacro %}
