import { sql, verbatim } from '../../../sql.ts'
import type { Sql } from '../../../sql.ts'
import { identifier, literal, qualified } from '../../dialect/names.ts'
import type { ExtraRow } from './rows.ts'

/** An extended statistics object with its target, owner and comment. The definition ends with `;target` where one was set. */
export function statisticsTexts(extra: ExtraRow): readonly Sql[] {
  const name = qualified(extra.schema, extra.name)
  const [, definition = extra.definition, target] = /^([\s\S]*?)(?:;(\d+))?$/.exec(extra.definition) ?? []
  return [
    verbatim(definition),
    ...(target === undefined ? [] : [sql`ALTER STATISTICS ${name} SET STATISTICS ${verbatim(target)}`]),
    ...(extra.owner === null ? [] : [sql`ALTER STATISTICS ${name} OWNER TO ${identifier(extra.owner)}`]),
    ...(extra.comment === null ? [] : [sql`COMMENT ON STATISTICS ${name} IS ${literal(extra.comment)}`]),
  ]
}
