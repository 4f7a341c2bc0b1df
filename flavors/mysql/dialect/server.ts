/** What a server is, by the number that the driver gives: MySQL 8.0.35 is 80035, MariaDB 10.11.19 is 101119. */
export interface Server {
  readonly version: number
  readonly isMariaDb: boolean
  /** As people call it. */
  readonly label: 'MySQL' | 'MariaDB'
  /** CHECK constraints are kept and enforced. Before, MySQL reads them and forgets them. */
  readonly checks: boolean
  /** `DROP CONSTRAINT` drops a check; before it is `DROP CHECK`. */
  readonly dropConstraint: boolean
  readonly renameColumn: boolean
  /** An index may be over an expression. */
  readonly expressionIndexes: boolean
  /** DESC of an index is kept; before, it is read and forgotten. */
  readonly descendingIndexes: boolean
  readonly uuid: boolean
  readonly inet4: boolean
  readonly vector: boolean
  /** Defaults that are expressions, and every default of a text, blob or JSON, stand in parentheses. */
  readonly defaultParentheses: boolean
  /** A text or blob may be unique as a whole (by a hash). */
  readonly longUniques: boolean
  /** Names of checks are taken once per database, not once per table. */
  readonly checkNamesPerSchema: boolean
  /** `timestamp` ends in 2106, not in 2038. */
  readonly longTimestamps: boolean
  /** Most fractional digits of a decimal. */
  readonly decimalScale: number
  /** Collation of a new table when nothing is said. */
  readonly collation: string
}

/** Facts of a server version. Source: release notes of MySQL 8.0 to 9 and MariaDB 10.4 to 12; MariaDB 10.11 was run. */
export function serverOf(version: number): Server {
  const isMariaDb = version >= 100_000
  return isMariaDb ? mariaDb(version) : mySql(version)
}

function mySql(version: number): Server {
  return {
    version,
    isMariaDb: false,
    label: 'MySQL',
    checks: version >= 80_016,
    dropConstraint: version >= 80_019,
    renameColumn: version >= 80_000,
    expressionIndexes: version >= 80_013,
    descendingIndexes: version >= 80_000,
    uuid: false,
    inet4: false,
    vector: version >= 90_000,
    defaultParentheses: true,
    longUniques: false,
    checkNamesPerSchema: true,
    longTimestamps: false,
    decimalScale: 30,
    collation: 'utf8mb4_0900_ai_ci',
  }
}

function mariaDb(version: number): Server {
  return {
    version,
    isMariaDb: true,
    label: 'MariaDB',
    checks: true,
    dropConstraint: true,
    renameColumn: version >= 100_502,
    expressionIndexes: false,
    descendingIndexes: version >= 100_800,
    uuid: version >= 100_700,
    inet4: version >= 101_000,
    vector: version >= 110_700,
    defaultParentheses: false,
    longUniques: version >= 100_400,
    checkNamesPerSchema: false,
    longTimestamps: version >= 110_500,
    decimalScale: 38,
    // Its own default until 11.4, utf8mb4_general_ci, takes every character beyond U+FFFF for the same one.
    collation: version >= 110_500 ? 'utf8mb4_uca1400_ai_ci' : 'utf8mb4_unicode_520_ci',
  }
}

/** MySQL as it is when no server was asked: the version with the longest support. */
export const defaultServer: Server = serverOf(80_400)
