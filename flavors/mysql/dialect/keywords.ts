/**
 * Every keyword, reserved or not, of MySQL 9 and MariaDB 12, and the names of functions that their grammar knows: a name that is one of them keeps its
 * quotes, so nothing hangs on where it stands. Sources: information_schema.keywords of MariaDB 10.11, MySQL manual "Keywords and Reserved Words".
 */
const words =
  '_filename accessible account action active add admin after against aggregate algorithm all alter always analyze and any ' +
  'application_password_admin archive armscii8 array as asc ascii asensitive assign_gtids_to_anonymous_transactions at ' +
  'atomic attribute audit_abort_exempt audit_admin authentication authentication_policy_admin authors auto auto_increment ' +
  'autocommit autoextend_size avg avg_row_length backup backup_admin before begin between big5 bigint binary binlog ' +
  'binlog_admin binlog_encryption_admin bit bit_and bit_or bit_xor blackhole blob block body bool boolean both btree ' +
  'buckets by byte cache call cascade cascaded case cast catalog_name chain challenge_response change changed channel char ' +
  'character charset check checkpoint checksum cipher class_origin client clob clone clone_admin close coalesce code ' +
  'collate collation column column_add column_check column_create column_delete column_format column_get column_name ' +
  'columns comment commit committed compact completion component compressed compression concurrent condition connect ' +
  'connection connection_admin consistent constraint constraint_catalog constraint_name constraint_schema contains context ' +
  'continue contributors convert copy count cp1250 cp1251 cp1256 cp1257 cp850 cp852 cp866 cp932 cpu create cross csv cube ' +
  'cume_dist curdate current current_date current_pos current_role current_time current_timestamp current_user cursor ' +
  'cursor_name curtime cycle data database databases datafile date date_add date_sub datetime day day_hour day_microsecond ' +
  'day_minute day_second deallocate dec dec8 decimal declare default default_auth definer delay_key_write delayed delete ' +
  'delete_domain_id dense_rank des_key_file desc describe deterministic diagnostics directory disable discard disk distinct ' +
  'distinctrow div do do_domain_ids double drop dual dumpfile duplicate dynamic each else elseif elsif empty enable ' +
  'enclosed encryption encryption_key_admin encryption_key_id end ends enforced engine engine_attribute engines enum error ' +
  'errors escape escaped eucjpms euckr event events every examined except exception exchange exclude exclusive execute ' +
  'exists exit expansion expire explain export extended extent_size external extract factor failed_login_attempts false ' +
  'fast faults federated fetch fields file file_block_size filter finish firewall_admin firewall_exempt firewall_user first ' +
  'first_value fixed float float4 float8 flush flush_optimizer_costs flush_status flush_tables flush_user_resources ' +
  'following follows for force foreign format found from full fulltext function gb18030 gb2312 gbk general generate ' +
  'generated geomcollection geometry geometrycollection geostd8 get get_format get_master_public_key get_source_public_key ' +
  'global goto grant grants greek group group_concat group_replication group_replication_admin grouping groups gtid_only ' +
  'handler hard hash having hebrew help high_priority histogram history host hosts hour hour_microsecond hour_minute ' +
  'hour_second hp8 id identified if ignore ignore_domain_ids ignore_server_ids ignored immediate import in inactive ' +
  'increment index indexes infile initial initial_size initiate inner innodb innodb_redo_log_archive innodb_redo_log_enable ' +
  'inout inplace insensitive insert insert_method install instance instant int int1 int2 int3 int4 int8 integer intersect ' +
  'interval into invisible invoke invoker io io_after_gtids io_before_gtids io_thread ipc is isolation isopen issuer ' +
  'iterate join json json_table json_value key key_block_size keybcs2 keys kill koi8r koi8u lag lambda language last ' +
  'last_value lastval lateral latin1 latin2 latin5 latin7 lead leading leave leaves left less level library like limit ' +
  'linear lines linestring list load local localtime localtimestamp lock locked locks logfile logs long longblob longtext ' +
  'loop low_priority macce macroman manual master master_auto_position master_bind master_compression_algorithms ' +
  'master_connect_retry master_delay master_demote_to_replica master_demote_to_slave master_gtid_pos ' +
  'master_heartbeat_period master_host master_log_file master_log_pos master_password master_port master_public_key_path ' +
  'master_retry_count master_server_id master_ssl master_ssl_ca master_ssl_capath master_ssl_cert master_ssl_cipher ' +
  'master_ssl_crl master_ssl_crlpath master_ssl_key master_ssl_verify_server_cert master_tls_ciphersuites ' +
  'master_tls_version master_use_gtid master_user master_zstd_compression_level match max max_connections_per_hour ' +
  'max_queries_per_hour max_rows max_size max_statement_time max_updates_per_hour max_user_connections maxvalue medium ' +
  'mediumblob mediumint mediumtext member memory merge message_text microsecond mid middleint migrate min min_rows minus ' +
  'minute minute_microsecond minute_second minvalue mod mode modifies modify monitor month mrg_myisam multilinestring ' +
  'multipoint multipolygon mutex myisam mysql mysql_errno name names national natural nchar ndb ndb_stored_user ndbcluster ' +
  'nested network_namespace never next nextval no no_wait no_write_to_binlog nocache nocycle nodegroup nomaxvalue ' +
  'nominvalue none not notfound now nowait nth_value ntile null number numeric nvarchar odbc of off offline offset old ' +
  'old_password on one online only open optimize optimizer_costs option optional optionally options or order ordinality ' +
  'others out outer outfile over overlaps owner pack_keys package page page_checksum page_compressed page_compression_level ' +
  'parallel parse_vcol_expr parser partial partition partitioning partitions password password_lock_time ' +
  'passwordless_user_admin path percent_rank performance_schema period persist persist_only persist_ro_variables_admin ' +
  'persistent phase plugin plugin_dir plugins point polygon port portion position precedes preceding precision prepare ' +
  'preserve prev previous primary privilege_checks_user privileges procedure process processlist profile profiles proxy ' +
  'purge qualify quarter query quick raise random range rank raw read read_only read_write reads real rebuild recover ' +
  'recursive redo_buffer_size redofile redundant ref_system_id reference references regexp registration relay ' +
  'relay_log_file relay_log_pos relay_thread relaylog release reload remove rename reorganize repair repeat repeatable ' +
  'replace replay replica replica_pos replicas replicate_do_db replicate_do_table replicate_ignore_db ' +
  'replicate_ignore_table replicate_rewrite_db replicate_wild_do_table replicate_wild_ignore_table replication ' +
  'replication_applier replication_slave_admin require require_row_format require_table_primary_key_check reset resignal ' +
  'resource resource_group_admin resource_group_user restart restore restrict resume retain return returned_sqlstate ' +
  'returning returns reuse reverse revoke right rlike role role_admin rollback rollup rotate routine row row_count ' +
  'row_format row_number rowcount rownum rows rowtype rtree s3 savepoint schedule schema schema_name schemas second ' +
  'second_microsecond secondary secondary_engine secondary_engine_attribute security select sensitive separator sequence ' +
  'serial serializable server service_connection_admin session set set_user_id setval share shared show show_routine ' +
  'shutdown signal signed simple sjis skip skip_query_rewrite slave slave_pos slaves slow smallint snapshot socket soft ' +
  'some soname sounds source source_auto_position source_bind source_compression_algorithms source_connect_retry ' +
  'source_connection_auto_failover source_delay source_heartbeat_period source_host source_log_file source_log_pos ' +
  'source_password source_port source_public_key_path source_retry_count source_ssl source_ssl_ca source_ssl_capath ' +
  'source_ssl_cert source_ssl_cipher source_ssl_crl source_ssl_crlpath source_ssl_key source_ssl_verify_server_cert ' +
  'source_tls_ciphersuites source_tls_version source_user source_zstd_compression_level spatial specific sql ' +
  'sql_after_gtids sql_after_mts_gaps sql_before_gtids sql_big_result sql_buffer_result sql_cache sql_calc_found_rows ' +
  'sql_no_cache sql_small_result sql_thread sql_tsi_day sql_tsi_hour sql_tsi_minute sql_tsi_month sql_tsi_quarter ' +
  'sql_tsi_second sql_tsi_week sql_tsi_year sqlexception sqlstate sqlwarning srid ssl stacked stage start starting starts ' +
  'statement stats_auto_recalc stats_persistent stats_sample_pages status std stddev stddev_pop stddev_samp stop storage ' +
  'stored straight_join stream string subclass_origin subject subpartition subpartitions substr substring sum super suspend ' +
  'swaps swe7 switches sysdate system system_time system_user system_variables_admin table table_checksum ' +
  'table_encryption_admin table_name table_type tables tablesample tablespace temporary temptable terminated text than then ' +
  'thread_priority threads ties time timestamp timestampadd timestampdiff tinyblob tinyint tinytext tis620 to tokudb ' +
  'tp_connection_admin traditional trailing transaction transactional tree trigger triggers trim true truncate type ucs2 ' +
  'ujis unbounded uncommitted undefined undo undo_buffer_size undofile unicode uninstall union unique unknown unlock ' +
  'unregister unsigned until update upgrade usage use use_frm user user_resources using utc_date utc_time utc_timestamp ' +
  'utf16 utf16le utf32 utf8 utf8mb3 utf8mb4 validation value values var_pop var_samp varbinary varchar varchar2 ' +
  'varcharacter variables variance varying vcpu version_token_admin versioning via view virtual visible wait warnings week ' +
  'weight_string when where while window with within without work wrapper write x509 xa xa_recover_admin xml xor year ' +
  'year_month zerofill'
// Functions that are none with a blank before their parenthesis.
const functions = 'adddate subdate session_user system_user'
const keywords: ReadonlySet<string> = new Set(`${words} ${functions}`.split(' '))

/** Whether a name means the same without quotes; case is kept without them too. `_utf8mb4` is no name but says a character set, so no name begins with `_`. */
export const isPlainName = (name: string): boolean => /^[A-Za-z][A-Za-z0-9_]*$/.test(name) && !keywords.has(name.toLowerCase())
