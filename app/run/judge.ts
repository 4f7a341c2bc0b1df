import type { Judge, Step } from '../commands/plan.ts'
import { MetaMigrateError } from '../errors.ts'
import type { Rows } from '../flavor/driver.ts'

/** Answers kept for later judges and for the receipt, by step id. */
export type Answers = Map<string, readonly string[]>

/** Judges the answer of a query step; throws with the judge's code when it says no. Keys may be told, other values never are. */
export function judge(step: Step, rows: Rows, answers: Answers): void {
  const rule: Judge = step.judge
  const first = rows.rows[0]
  if (rule.kind === 'execute') return
  if (rule.kind === 'noRows') {
    if (first === undefined) return
    const key = rows.columns.map((name, index) => `${name} = ${first[index] ?? 'NULL'}`).join(', ')
    throw new MetaMigrateError(
      rule.code,
      rule.tellsKey ? `${rule.message} The first is ${key}.` : rule.message,
      rule.tellsKey ? { key } : {},
    )
  }
  if (rule.kind === 'rejects') return
  if (rule.kind === 'atMost') {
    const count = first?.[0] ?? '0'
    answers.set(step.id, [count])
    if (BigInt(count) <= BigInt(rule.most)) return
    const key = rows.columns.slice(1).map((name, index) => `${name} = ${first?.[index + 1] ?? 'NULL'}`).join(', ')
    const isTold = rule.tellsKey && key !== ''
    const numbers = rule.most === '0' ? `${count === '1' ? 'There is 1' : `There are ${count}`} now` : `${count} now, ${rule.most} when the plan was made`
    throw new MetaMigrateError(rule.code, `${rule.message} ${numbers}${isTold ? `, the first at ${key}` : ''}.`, { count, told: rule.most, ...(isTold ? { key } : {}) })
  }
  const answer = (first ?? []).map((value) => value ?? 'NULL')
  if (rule.kind === 'zero') {
    if (answer[0] !== '0') throw new MetaMigrateError(rule.code, rule.message, { count: answer[0] ?? 'NULL' })
    return
  }
  answers.set(step.id, answer)
  if (rule.kind === 'remember') return
  const other = answers.get(rule.with)
  if (other === undefined || other.join('\u0000') !== answer.join('\u0000')) {
    throw new MetaMigrateError(rule.code, rule.message, { rowsBefore: other?.[0] ?? 'NULL', rowsAfter: answer[0] ?? 'NULL' })
  }
}
