import { sql, verbatim } from '../../sql.ts'
import type { Sql } from '../../sql.ts'

/** An anonymous block. The sign around it is one that its text does not hold. */
export function block(declare: Sql | null, body: Sql): Sql {
  let sign = '$$'
  for (let n = 1; (declare ?? '').includes(sign) || body.includes(sign); n++) sign = `$b${n}$`
  const variables = declare === null ? sql`` : sql`DECLARE\n  ${declare}\n`
  return sql`DO ${verbatim(sign)}\n${variables}BEGIN\n  ${body}\nEND\n${verbatim(sign)}`
}
