import type { Statement } from '../../flavor.ts'
import { join, sql, verbatim, type Sql } from '../../sql.ts'
import type { Server } from './server.ts'
import { statement } from './statement.ts'

/** Variables of a session that statements depend on, and what they are while a plan runs. */
function variables(server: Server): readonly (readonly [string, Sql])[] {
  return [
    // Strict, so that nothing is cut or zeroed; 0 is a number like another; `\` escapes and `"` quotes texts. Old zero dates pass: a copy keeps them.
    ['sql_mode', sql`'STRICT_TRANS_TABLES,STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,NO_AUTO_VALUE_ON_ZERO'`],
    // Values of `timestamp` are read and written in the zone of the session.
    ['time_zone', sql`'+00:00'`],
    // Switched on: a foreign key that is added proves every row.
    ['foreign_key_checks', sql`1`],
    ['unique_checks', sql`1`],
    // The server's own patience is a day or a year.
    ['lock_wait_timeout', sql`IF(@@SESSION.lock_wait_timeout >= 86400, 10, @@SESSION.lock_wait_timeout)`],
    // Else counters are read from a cache of yesterday.
    ...(server.isMariaDb ? [] : [['information_schema_stats_expiry', sql`0`] as const]),
    // Until 10.10 a first timestamp gets a default of its own; since 10.6.9 that can be switched off.
    ...(server.isMariaDb && server.version >= 100_609 && server.version < 100_700 ? [['explicit_defaults_for_timestamp', sql`1`] as const] : []),
  ]
}

const saved = (name: string): Sql => verbatim(`@metamigrate_${name}`)
/** Variables that are on or off: MariaDB keeps them in a variable as the words ON and OFF, MySQL as 1 and 0. */
const switches = new Set(['foreign_key_checks', 'unique_checks', 'explicit_defaults_for_timestamp'])

/** The kept value, or what is now; numbers lose their type in a variable. */
function restored(name: string): Sql {
  const value = sql`COALESCE(${saved(name)}, ${own(name)})`
  if (switches.has(name)) return sql`IF(CONCAT(${value}) IN ('1', 'ON'), 1, 0)`
  return name === 'sql_mode' || name === 'time_zone' ? value : sql`CAST(${value} AS UNSIGNED)`
}
const own = (name: string): Sql => verbatim(`@@SESSION.${name}`)
/** One lock per database. A name has at most 64 characters. */
const lockName = sql`CONCAT('metamigrate.', MD5(COALESCE(DATABASE(), '')))`

/**
 * Settings of the session, each kept first, and a lock against a second run on the same database. Every DDL statement commits by itself:
 * nothing here makes a transaction.
 */
export function begin(server: Server): readonly Statement[] {
  const list = variables(server)
  return [
    statement(sql`SET ${join(list.map(([name]) => sql`${saved(name)} = COALESCE(${saved(name)}, ${own(name)})`))}`, 'Keep the settings of the session', 'frame', []),
    statement(sql`SET ${join(list.map(([name, value]) => sql`SESSION ${verbatim(name)} = ${value}`))}`, 'Be strict, in UTC, and wait a bounded time for locks', 'frame', []),
    // No statement fails because a lock was not given; this one does: exp(710) is more than a double holds.
    statement(sql`SELECT EXP(710 * (1 - COALESCE(GET_LOCK(${lockName}, 10), 0)))`, 'Keep a second run away, or fail', 'frame', [], 'locks'),
  ]
}

/** The session as it was. */
export function commit(server: Server): readonly Statement[] {
  const list = variables(server)
  return [
    statement(sql`SELECT RELEASE_LOCK(${lockName})`, 'Let other runs in', 'frame', []),
    statement(sql`SET ${join(list.map(([name]) => sql`SESSION ${verbatim(name)} = ${restored(name)}`))}`, 'Put the settings of the session back', 'frame', []),
    statement(sql`SET ${join(list.map(([name]) => sql`${saved(name)} = NULL`))}`, 'Forget the kept settings', 'frame', []),
  ]
}
