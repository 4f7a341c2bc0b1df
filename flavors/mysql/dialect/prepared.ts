import { sql, type Sql } from '../../sql.ts'

/**
 * Statements that run the text which `text` gives when they run: for what needs a value of the server or hangs on what is there.
 * Source: MySQL manual, "Prepared Statements". They are sent as texts, never prepared by the client.
 */
export const runText = (text: Sql): readonly Sql[] => [
  sql`SET @metamigrate_text = ${text}`,
  sql`PREPARE metamigrate_step FROM @metamigrate_text`,
  sql`EXECUTE metamigrate_step`,
  sql`DEALLOCATE PREPARE metamigrate_step`,
]
