import type { CatalogRows } from './rows.ts'

// One statement for each kind of thing, whatever the number of tables. Source: PostgreSQL manual, chapter "System Catalogs".

const userSchema = (column: string) => `${column} !~ '^pg_' AND ${column} <> 'information_schema'`
const grants = (
  acl: string,
) => `CASE WHEN ${acl} IS NOT NULL THEN (SELECT coalesce(json_agg(json_build_object('grantee', CASE WHEN x.grantee = 0 THEN NULL ELSE pg_get_userbyid(x.grantee) END,
    'grantor', pg_get_userbyid(x.grantor), 'privilege', x.privilege_type, 'grantable', x.is_grantable)), '[]') FROM aclexplode(${acl}) x) END`
const description = (oid: string, catalog: string) => `obj_description(${oid}, '${catalog}')`
/** Made by an extension: its business, not ours. */
const ofExtension = (oid: string) =>
  `EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = ${oid} AND e.deptype = 'e')`

/**
 * What the texts of the tables in $1 (a JSON list of [schema, name]) are made from: they, the views over them, the views that these read beside them (which
 * decide the order), the holders of rules and policies that read any of these, both ends of foreign keys, and their sequences.
 */
const relevant = `
WITH RECURSIVE wanted AS (SELECT c.oid FROM json_array_elements($1::json) w JOIN pg_namespace n ON n.nspname = w->>0 JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = w->>1),
  above(oid) AS (SELECT oid FROM wanted UNION SELECT r.ev_class FROM above o JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = o.oid AND d.classid = 'pg_rewrite'::regclass
    JOIN pg_rewrite r ON r.oid = d.objid AND r.rulename = '_RETURN'),
  below(oid) AS (SELECT oid FROM above UNION SELECT v.oid FROM below o JOIN pg_rewrite r ON r.ev_class = o.oid AND r.rulename = '_RETURN'
    JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass JOIN pg_class v ON v.oid = d.refobjid AND v.relkind IN ('v', 'm')),
  relevant AS (SELECT oid FROM below
    UNION SELECT r.ev_class FROM above o JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = o.oid AND d.classid = 'pg_rewrite'::regclass JOIN pg_rewrite r ON r.oid = d.objid
    UNION SELECT p.polrelid FROM above o JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = o.oid AND d.classid = 'pg_policy'::regclass JOIN pg_policy p ON p.oid = d.objid
    UNION SELECT k.conrelid FROM wanted o JOIN pg_constraint k ON k.confrelid = o.oid
    UNION SELECT k.confrelid FROM wanted o JOIN pg_constraint k ON k.conrelid = o.oid AND k.contype = 'f'
    UNION SELECT d.objid FROM wanted o JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = o.oid AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i'))`
/** Rows of the relations in $1 only, where the relations are known. */
const among = (column: string, only: boolean) => (only ? ` AND ${column} = ANY ($1::oid[])` : '')

const relations = (only: boolean) => `${only ? relevant : ''}
SELECT c.oid::bigint AS oid, n.nspname AS schema, c.relname AS name, c.relkind AS kind, c.relpersistence AS persistence, c.reltuples::float8 AS rows,
  ${description('c.oid', 'pg_class')} AS comment, pg_get_userbyid(c.relowner) AS owner, pg_has_role(c.relowner, 'MEMBER') AS "mayOwn",
  pg_get_userbyid(c.relowner) = current_user AS "isOwn", ${grants('c.relacl')} AS grants,
  c.relrowsecurity AS "rowSecurity", c.relforcerowsecurity AS "forceRowSecurity", c.reloptions AS options, t.reloptions AS "toastOptions", c.relreplident AS "replicaIdentity",
  s.spcname AS tablespace, CASE WHEN c.relkind IN ('r', 'm') THEN nullif(a.amname, current_setting('default_table_access_method')) END AS "accessMethod",
  c.reloftype <> 0 AS "isTyped", c.relispartition AS "isPartition", c.relispopulated AS "isPopulated"
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_class t ON t.oid = c.reltoastrelid
  LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace LEFT JOIN pg_am a ON a.oid = c.relam
WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S') AND c.relpersistence <> 't' AND ${userSchema('n.nspname')} AND NOT ${ofExtension('c.oid')}${only ? ' AND c.oid IN (SELECT oid FROM relevant)' : ''}
ORDER BY n.nspname, c.relname`

const columns = (version: number, only: boolean) => `
SELECT a.attrelid::bigint AS relation, a.attnum AS number, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
  CASE WHEN coalesce(e.typtype, y.typtype) = 'e' THEN coalesce(e.oid, y.oid)::bigint END AS "enumOid", e.oid IS NOT NULL AS "isArray",
  a.attnotnull AS "notNull", a.attidentity AS identity, a.attgenerated AS generated, pg_get_expr(d.adbin, d.adrelid) AS default,
  CASE WHEN a.attcollation <> y.typcollation AND a.attcollation <> 0 THEN CASE WHEN o.collnamespace = 'pg_catalog'::regnamespace THEN o.collname ELSE format('%s.%s', '"' || replace(m.nspname, '"', '""') || '"', '"' || replace(o.collname, '"', '""') || '"') END END AS collation,
  col_description(a.attrelid, a.attnum) AS comment, ${grants('a.attacl')} AS grants,
  CASE WHEN a.attstorage <> y.typstorage THEN CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'x' THEN 'EXTENDED' WHEN 'm' THEN 'MAIN' END END AS storage,
  ${version >= 140_000 ? `CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END` : 'NULL'} AS compression,
  nullif(a.attstattarget, -1) AS statistics, a.attoptions AS options
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_type y ON y.oid = a.atttypid
  LEFT JOIN pg_type e ON e.oid = y.typelem AND y.typcategory = 'A' AND y.typelem <> 0
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum LEFT JOIN pg_collation o ON o.oid = a.attcollation LEFT JOIN pg_namespace m ON m.oid = o.collnamespace
WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'f', 'v', 'm') AND c.relpersistence <> 't' AND ${userSchema('n.nspname')}${among('a.attrelid', only)}
ORDER BY a.attrelid, a.attnum`

/** Key columns with an operator class or collation other than the usual one. */
const unusualKeys = `EXISTS (SELECT FROM generate_subscripts(i.indclass, 1) k JOIN pg_opclass o ON o.oid = i.indclass[k] LEFT JOIN pg_attribute b ON b.attrelid = i.indrelid AND b.attnum = i.indkey[k] AND b.attnum > 0
    WHERE NOT o.opcdefault OR (b.attnum IS NOT NULL AND i.indcollation[k] <> b.attcollation) OR (b.attnum IS NULL AND i.indcollation[k] NOT IN (0, 100) AND pg_get_indexdef(i.indexrelid) ~ ' COLLATE '))`
const distinct = (version: number) => (version >= 150_000 ? 'i.indnullsnotdistinct' : 'false')

const constraints = (version: number, only: boolean) => `
SELECT k.oid::bigint AS oid, k.conrelid::bigint AS relation, k.conname AS name, k.contype AS kind, k.conkey AS columns, k.confrelid::bigint AS parent, k.confkey AS "parentColumns",
  k.confupdtype AS "onUpdate", k.confdeltype AS "onDelete", k.condeferrable AS deferrable, k.condeferred AS deferred, k.convalidated AS "isValid",
  (k.conparentid <> 0 OR NOT k.conislocal) AS "isInherited", pg_get_expr(k.conbin, k.conrelid) AS expression, pg_get_constraintdef(k.oid) AS definition, ${description('k.oid', 'pg_constraint')} AS comment,
  (k.contype = 'x' OR NOT k.convalidated ${version >= 180_000 ? 'OR NOT k.conenforced OR k.conperiod' : ''} OR (k.contype = 'c' AND k.connoinherit)
    OR (k.contype = 'f' AND (k.confmatchtype <> 's' ${version >= 150_000 ? 'OR k.confdelsetcols IS NOT NULL' : ''}))
    OR (k.contype IN ('p', 'u') AND (k.condeferrable OR i.indnatts <> i.indnkeyatts OR ${distinct(version)} OR x.reloptions IS NOT NULL OR x.reltablespace <> 0 OR ${unusualKeys}))) AS "isSpecial",
  coalesce(i.indisclustered, false) AS "isClustered", coalesce(i.indisreplident, false) AS "isReplicaIdentity"
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_index i ON i.indexrelid = k.conindid AND k.contype IN ('p', 'u', 'x') LEFT JOIN pg_class x ON x.oid = i.indexrelid
WHERE k.contype IN ('p', 'u', 'f', 'c', 'x') AND c.relpersistence <> 't' AND ${userSchema('n.nspname')}${among('k.conrelid', only)}
ORDER BY k.conrelid, k.conname`

const indexes = (version: number, only: boolean) => `
SELECT i.indexrelid::bigint AS oid, i.indrelid::bigint AS relation, n.nspname AS schema, x.relname AS name, i.indisunique AS unique, m.amname AS method, i.indnkeyatts AS keys,
  string_to_array(i.indkey::text, ' ')::int[] AS columns, (SELECT array_agg(pg_get_indexdef(i.indexrelid, s, false) ORDER BY s) FROM generate_series(1, i.indnatts) s) AS expressions,
  string_to_array(i.indoption::text, ' ')::int[] AS flags, pg_get_expr(i.indpred, i.indrelid) AS predicate, pg_get_indexdef(i.indexrelid) AS definition, ${description('i.indexrelid', 'pg_class')} AS comment,
  (${unusualKeys} OR ${distinct(version)} OR NOT i.indisvalid OR x.reloptions IS NOT NULL OR x.reltablespace <> 0) AS "isSpecial", i.indisclustered AS "isClustered", i.indisreplident AS "isReplicaIdentity",
  (SELECT array_agg(CASE WHEN a.attstattarget >= 0 THEN a.attstattarget END ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = i.indexrelid) AS statistics
FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_am m ON m.oid = x.relam
WHERE c.relkind IN ('r', 'p', 'm') AND c.relpersistence <> 't' AND ${userSchema('n.nspname')}
  AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))${among('i.indrelid', only)}
ORDER BY i.indrelid, x.relname`

const enums = () => `
SELECT t.oid::bigint AS oid, n.nspname AS schema, t.typname AS name, (SELECT coalesce(json_agg(e.enumlabel ORDER BY e.enumsortorder), '[]') FROM pg_enum e WHERE e.enumtypid = t.oid) AS values
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typtype = 'e' ORDER BY t.oid`

const sequences = (only: boolean) => `
SELECT c.oid::bigint AS oid, n.nspname AS schema, c.relname AS name, d.refobjid::bigint AS table, d.refobjsubid AS column, d.deptype AS tie,
  concat_ws(' ', CASE WHEN q.seqincrement <> 1 THEN 'SET INCREMENT BY ' || q.seqincrement END,
    CASE WHEN q.seqmin <> CASE WHEN q.seqincrement > 0 THEN 1 ELSE l.low END THEN 'SET MINVALUE ' || q.seqmin END,
    CASE WHEN q.seqmax <> CASE WHEN q.seqincrement > 0 THEN l.high ELSE -1 END THEN 'SET MAXVALUE ' || q.seqmax END,
    CASE WHEN q.seqstart <> CASE WHEN q.seqincrement > 0 THEN q.seqmin ELSE q.seqmax END THEN 'SET START WITH ' || q.seqstart END,
    CASE WHEN q.seqcache <> 1 THEN 'SET CACHE ' || q.seqcache END, CASE WHEN q.seqcycle THEN 'SET CYCLE' END) AS options,
  format_type(q.seqtypid, NULL) AS type,
  EXISTS (SELECT FROM pg_depend u JOIN pg_attrdef f ON f.oid = u.objid WHERE u.classid = 'pg_attrdef'::regclass AND u.refclassid = 'pg_class'::regclass AND u.refobjid = q.seqrelid
    AND (f.adrelid, f.adnum) <> (d.refobjid, d.refobjsubid)) AS "isShared"
FROM pg_sequence q JOIN pg_class c ON c.oid = q.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = q.seqrelid AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
  CROSS JOIN LATERAL (SELECT CASE q.seqtypid WHEN 'int2'::regtype THEN -32768 WHEN 'int4'::regtype THEN -2147483648 ELSE -9223372036854775808 END AS low,
    CASE q.seqtypid WHEN 'int2'::regtype THEN 32767 WHEN 'int4'::regtype THEN 2147483647 ELSE 9223372036854775807 END AS high) l${only ? ' WHERE d.refobjid = ANY ($1::oid[])' : ''}
ORDER BY c.oid`

const uses = (
  catalog: string,
  oid: string,
) => `(SELECT coalesce(json_agg(DISTINCT jsonb_build_array(d.refobjid::bigint, d.refobjsubid)), '[]') FROM pg_depend d
    WHERE d.classid = '${catalog}'::regclass AND d.objid = ${oid} AND d.refclassid = 'pg_class'::regclass)`

const rules = (only: boolean) => `
SELECT r.ev_class::bigint AS relation, r.rulename AS name, r.ev_enabled AS enabled, CASE WHEN r.rulename = '_RETURN' THEN pg_get_viewdef(r.ev_class) ELSE pg_get_ruledef(r.oid) END AS definition,
  ${description('r.oid', 'pg_rewrite')} AS comment, ${uses('pg_rewrite', 'r.oid')} AS uses
FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE ${userSchema('n.nspname')} AND c.relpersistence <> 't'${among('r.ev_class', only)} ORDER BY r.ev_class, r.rulename`

const code = (only: boolean) => `
SELECT 'trigger' AS kind, t.tgrelid::bigint AS relation, t.tgname AS name, pg_get_triggerdef(t.oid) AS definition, t.tgenabled AS enabled, ${description('t.oid', 'pg_trigger')} AS comment,
  ${uses('pg_trigger', 't.oid')} AS uses, t.tgparentid <> 0 AS "isInherited"
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE NOT t.tgisinternal AND c.relpersistence <> 't' AND ${userSchema('n.nspname')}${among('t.tgrelid', only)}
UNION ALL
SELECT 'policy', p.polrelid::bigint, p.polname, format('CREATE POLICY %I ON %I.%I AS %s FOR %s TO %s%s%s', p.polname, n.nspname, c.relname, CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
    CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
    (SELECT string_agg(CASE WHEN r = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(r)) END, ', ') FROM unnest(p.polroles) r),
    ' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')', ' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')'), 'O', ${description('p.oid', 'pg_policy')}, ${uses('pg_policy', 'p.oid')}, false
FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${userSchema('n.nspname')}${among('p.polrelid', only)}
ORDER BY 2, 1, 3`

/** What one catalog has since 15: column lists and row filters of publications. */
const published = (version: number) =>
  version >= 150_000
    ? `(SELECT ' (' || string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) || ')' FROM pg_attribute a WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs)), ' WHERE (' || pg_get_expr(r.prqual, r.prrelid) || ')'`
    : `'', ''`

/** Catalogs whose dependence on a table is read elsewhere, or goes and comes with the table. */
const handled =
  "'pg_class'::regclass, 'pg_constraint'::regclass, 'pg_attrdef'::regclass, 'pg_rewrite'::regclass, 'pg_trigger'::regclass, 'pg_policy'::regclass, 'pg_statistic_ext'::regclass, 'pg_publication_rel'::regclass, 'pg_type'::regclass"

const extras = (version: number, only: boolean) => `
SELECT * FROM (SELECT 'statistics' AS kind, s.stxrelid::bigint AS relation, n.nspname AS schema, s.stxname AS name, pg_get_statisticsobjdef(s.oid) || coalesce(';' || nullif(s.stxstattarget, -1)::text, '') AS definition,
  string_to_array(s.stxkeys::text, ' ')::int[] AS columns, ${description('s.oid', 'pg_statistic_ext')} AS comment, nullif(pg_get_userbyid(s.stxowner), current_user) AS owner
FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace
UNION ALL
SELECT 'publication', r.prrelid::bigint, n.nspname, p.pubname, format('ALTER PUBLICATION %I ADD TABLE ONLY %I.%I%s%s', p.pubname, n.nspname, c.relname, ${published(version)}), NULL, NULL, NULL
FROM pg_publication_rel r JOIN pg_publication p ON p.oid = r.prpubid JOIN pg_class c ON c.oid = r.prrelid JOIN pg_namespace n ON n.oid = c.relnamespace
UNION ALL
SELECT 'inherits', k.rel::bigint, '', k.other::regclass::text, k.what, NULL, NULL, NULL
FROM pg_inherits h CROSS JOIN LATERAL (VALUES (h.inhrelid, h.inhparent, 'it inherits from'), (h.inhparent, h.inhrelid, 'it is inherited by')) k(rel, other, what) JOIN pg_class c ON c.oid = k.rel WHERE c.relkind IN ('r', 'p', 'f')
UNION ALL
SELECT DISTINCT 'other', o.rel::bigint, '', pg_describe_object(d.classid, d.objid, d.objsubid), '', NULL::int[], NULL, NULL
FROM pg_depend d JOIN (SELECT 'pg_class'::regclass AS class, c.oid, c.oid AS rel FROM pg_class c WHERE c.relkind IN ('r', 'p', 'f') AND c.oid >= 16384
    UNION ALL SELECT 'pg_type'::regclass, t.oid, t.typrelid FROM pg_type t WHERE t.typrelid <> 0 AND t.oid >= 16384
    UNION ALL SELECT 'pg_type'::regclass, t.typarray, t.typrelid FROM pg_type t WHERE t.typrelid <> 0 AND t.oid >= 16384) o ON o.class = d.refclassid AND o.oid = d.refobjid
WHERE d.deptype IN ('n', 'a') AND (d.classid NOT IN (${handled}) OR (d.refclassid = 'pg_type'::regclass AND d.objid <> o.rel))
UNION ALL
SELECT 'label', l.objoid::bigint, '', l.provider, l.label, CASE WHEN l.objsubid > 0 THEN ARRAY[l.objsubid] END, NULL, NULL FROM pg_seclabel l WHERE l.classoid = 'pg_class'::regclass) e WHERE true${among('relation', only)}
ORDER BY 2, 1, 4`

const names = () => `
SELECT 'name' AS kind, n.nspname AS schema, c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind <> 't' AND ${userSchema('n.nspname')}
UNION SELECT 'name', n.nspname, t.typname FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typtype IN ('e', 'd', 'r') AND ${userSchema('n.nspname')}
UNION SELECT 'schema', n.nspname, '' FROM pg_namespace n WHERE ${userSchema('n.nspname')}
UNION SELECT 'default grantee', coalesce(n.nspname, ''), CASE WHEN x.grantee = 0 THEN '' ELSE pg_get_userbyid(x.grantee) END
  FROM pg_default_acl a LEFT JOIN pg_namespace n ON n.oid = a.defaclnamespace CROSS JOIN LATERAL aclexplode(a.defaclacl) x WHERE a.defaclobjtype IN ('r', 'S') AND x.grantee <> a.defaclrole
ORDER BY 1, 2, 3`

/**
 * The catalog statements for a server version, one per kind of row. `only`: those of some tables; then the first takes a JSON list of [schema, name],
 * and the others that have a $1 take the numbers of the relations that it gave.
 */
export const catalogQueries = (version: number, only: boolean): Readonly<Record<keyof CatalogRows, string>> => ({
  relations: relations(only),
  columns: columns(version, only),
  constraints: constraints(version, only),
  indexes: indexes(version, only),
  enums: enums(),
  sequences: sequences(only),
  rules: rules(only),
  code: code(only),
  extras: extras(version, only),
  names: names(),
})
