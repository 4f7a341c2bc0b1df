/**
 * Words that Impala (and Hive, which reads the same tables) does not take as a bare name: keywords of sql-scanner.flex 3.4 to 5.0 and the words of SQL:2016
 * that Impala keeps for later. Source: Impala manual, "Reserved Words".
 */
const words =
  'add aggregate all allocate alter analytic analyze and anti any api_version are array array_agg array_max_cardinality as asc asensitive asymmetric at atomic authorization avro ' +
  'begin begin_frame begin_partition between bigint binary blob block_size boolean both buckets by cache cached call called cardinality cascade cascaded case cast change char character ' +
  'check class clob close close_fn clustered collate collect column columns comment commit compression compute condition conf connect constraint contains convert copy corr corresponding ' +
  'covar_pop covar_samp create cross cube current current_date current_default_transform_group current_path current_role current_row current_schema current_time current_timestamp ' +
  'current_transform_group_for_type current_user cursor cycle data database databases date datetime dayofweek deallocate dec decfloat decimal declare default define delete delimited ' +
  'deref desc describe deterministic disable disconnect distinct distributed div double drop dynamic each element else empty enable encoding end end_frame end_partition enforced ' +
  'equals escape escaped every except exchange exec execute exists explain extended external extract false fetch fields file fileformat files filter finalize_fn first float floor ' +
  'following for foreign format formatted frame_row free from full function functions fusion get global grant group grouping groups hash having hold hudiparquet iceberg if ignore ilike ' +
  'import in incremental indicator init_fn initial inner inout inpath insensitive insert int integer intermediate intersect intersection interval into invalidate iregexp is jdbc join ' +
  'json_array json_arrayagg json_exists json_object json_objectagg json_query json_table json_table_primitive json_value jsonfile kudu large last lateral leading left less lexical like ' +
  'like_regex limit lines listagg load local localtime localtimestamp location log10 macro managedlocation map match match_number match_recognize matched matches member merge merge_fn ' +
  'metadata method minus modifies more multiset national natural nchar nclob no non none norely normalize not novalidate nth_value null nulls numeric occurrences_regex octet_length of ' +
  'offset old omit on one only open optimize or orc order out outer over overlaps overlay overwrite parameter parquet parquetfile partialscan partition partitioned partitions pattern per ' +
  'percent percentile_cont percentile_disc portion position position_regex precedes preceding precision prepare prepare_fn preserve primary procedure produced ptf purge range rcfile ' +
  'reads real recover recursive reduce ref references referencing refresh regexp regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy release rely ' +
  'rename repeatable replace replication restrict result return returns revoke right rlike role roles rollback rollup row rows running rwstorage savepoint schema schemas scope scroll ' +
  'search seek select selectivity semi sensitive sequencefile serdeproperties serialize_fn session_user set sets show similar skip smallint some sort spec specific specifictype split ' +
  'sqlexception sqlstate sqlwarning start static stats storagehandler_uri stored straight_join string struct submultiset subset substring_regex succeeds symbol symmetric sync system ' +
  'system_time system_user system_version table tables tablesample tblproperties terminated textfile then time timestamp timezone_hour timezone_minute tinyint to trailing transform ' +
  'translate_regex translation treat trigger trim_array true truncate uescape unbounded uncached union unique uniquejoin unknown unnest unset update update_fn upsert use user ' +
  'user_defined_fn using utc_tmestamp validate value value_of values varbinary varchar variant varying versioning view views when whenever where width_bucket window with within without ' +
  'year zorder uuid'
const reserved: ReadonlySet<string> = new Set(words.split(' '))

/** Whether a name means the same without backticks. */
export const isPlainName = (name: string): boolean => /^[a-z_][a-z0-9_]*$/i.test(name) && !reserved.has(name.toLowerCase())
