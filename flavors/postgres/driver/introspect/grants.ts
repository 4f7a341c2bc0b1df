import { join, sql, verbatim } from '../../../sql.ts'
import type { Sql } from '../../../sql.ts'
import { identifier } from '../../dialect/names.ts'
import type { GrantRow } from './rows.ts'

const role = (name: string | null): Sql => (name === null ? sql`PUBLIC` : identifier(name))

export interface GrantTarget {
  /** `TABLE "s"."t"`, `SEQUENCE "s"."q"`. */
  readonly on: Sql
  /** ` ("c")` for a column, else empty. */
  readonly column: Sql
  readonly owner: string
}

/** Privileges that an owner has until they are revoked. MAINTAIN (17) is only told apart where the list has it. */
const usual = ['INSERT', 'SELECT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']

/** Statements that give a new object the access list of an old one. Source: manual, section "Privileges". */
export function grantTexts(target: GrantTarget, grants: readonly GrantRow[], kind: 'table' | 'sequence' | 'column'): readonly Sql[] {
  const found: Sql[] = []
  if (kind === 'table') {
    const kept = new Set(grants.filter((grant) => grant.grantee === target.owner).map((grant) => grant.privilege))
    const gone = usual.filter((privilege) => !kept.has(privilege))
    if (gone.length > 0) found.push(sql`REVOKE ${verbatim(gone.join(', '))} ON ${target.on} FROM ${identifier(target.owner)}`)
  }
  const groups = new Map<string, GrantRow[]>()
  for (const grant of grants) {
    if (grant.grantee === target.owner && kind !== 'column') continue
    const key = JSON.stringify([grant.grantor !== target.owner, grant.grantor, grant.grantee, grant.grantable])
    groups.set(key, [...(groups.get(key) ?? []), grant])
  }
  // Grants by the owner first: another grantor's right comes from one of them.
  for (const [, group] of [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const [first] = group
    if (first === undefined) continue
    const what = join(group.map((grant) => sql`${verbatim(grant.privilege)}${target.column}`))
    const text = sql`GRANT ${what} ON ${target.on} TO ${role(first.grantee)}${first.grantable ? sql` WITH GRANT OPTION` : sql``}`
    if (first.grantor === target.owner) found.push(text)
    else found.push(sql`SET LOCAL ROLE ${identifier(first.grantor)}`, text, sql`SET LOCAL ROLE NONE`)
  }
  return found
}

/** Statements that take away what default privileges gave a new object. */
export const resetTexts = (on: Sql, grantees: readonly (string | null)[]): readonly Sql[] =>
  [...new Set(grantees)].map((grantee) => sql`REVOKE ALL ON ${on} FROM ${role(grantee)}`)
