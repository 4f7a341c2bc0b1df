import type { Backup, Receipt } from '../../../../app/run/report.ts'
import type { Call } from './act.ts'
import type { Made } from './call.ts'
import { isPrivate, type Look } from './database.ts'
import { censusOf, companions, hidden, isRow, vanished, type Census } from './tokens.ts'

/** The law was broken by an act. `rule` names which part of it. */
export class LawBroken extends Error {
  readonly rule: string

  constructor(rule: string, message: string) {
    super(`${rule}: ${message}`)
    this.rule = rule
  }
}

/** What the law remembers of a trial. */
export interface Memory {
  /** Values whose loss was accepted by code, or that others wrote over: their last copy may go without another word. */
  readonly givenUp: Set<string>
  /** Before and after the last run that ended well, to hold an undo that comes right behind it against. */
  lastRun: { readonly id: string; readonly before: readonly Look[]; readonly after: readonly Look[] } | null
  /** Rows that vanished, by what took them. */
  readonly removed: Map<string, string>
}

export const emptyMemory = (): Memory => ({ givenUp: new Set(), lastRun: null, removed: new Map() })

export interface Sight {
  readonly before: readonly Look[]
  readonly after: readonly Look[]
}

/** What a run could fail on is asked of the rows before it. */
const failedOnData = 'a run failed on data that was there before it'

/** What a row can have against a statement. */
const dataErrors: ReadonlySet<string> = new Set(['UNIQUE_VIOLATION', 'FOREIGN_KEY_VIOLATION', 'CHECK_VIOLATION', 'NOT_NULL_VIOLATION', 'VALUE_DOES_NOT_FIT'])

const same = (a: Look | undefined, b: Look | undefined): boolean => difference(a, b) === null

/** The first thing that two looks differ in, null when in none. */
export function difference(a: Look | undefined, b: Look | undefined): string | null {
  if (a === undefined || b === undefined) return a === b ? null : 'one is missing'
  const gone = a.schema.find((text) => !b.schema.includes(text))
  const came = b.schema.find((text) => !a.schema.includes(text))
  if (gone !== undefined || came !== undefined) return `was ${gone ?? '-'}; is ${came ?? '-'}`
  for (const name of new Set([...a.rows.keys(), ...b.rows.keys()])) {
    const [was, is] = [a.rows.get(name) ?? [], b.rows.get(name) ?? []]
    if (was.join('\n') !== is.join('\n')) return `${name}: was ${was.join(' ').slice(0, 300)}; is ${is.join(' ').slice(0, 300)}`
  }
  return null
}

/** What others wrote: their rows may go as they say, and what they wrote over is given up. */
export function noteOthers({ before, after }: Sight, memory: Memory): void {
  const [was, is] = [censusOf(before), censusOf(after)]
  for (const token of vanished(was, is)) memory.removed.set(token, 'others')
  for (const token of hidden(was, is)) if (!isRow(token)) memory.givenUp.add(token)
  memory.lastRun = null
}

/** Judges one call of the command line. Throws LawBroken. `meant`: number of the database that it means; `booked`: the runs that its books knew before. */
export function judgeCall(call: Call, made: Made, { before, after, booked }: Sight & { readonly booked: ReadonlySet<string> }, meant: number, memory: Memory): void {
  const { ended, said } = made
  const text = `${ended.out}\n${ended.err}`
  // --verbose, with which calls are killed, shows the stack of a known error too.
  if (/\[UNEXPECTED\]|^Node\.js v\d/m.test(text) || (!text.includes('MetaMigrateError') && /\n {4}at [\w.<>]+ \(/.test(text))) throw new LawBroken('unexpected end', text.slice(0, 800))
  const isKilled = ended.code === null
  const receipt = said?.kind === 'receipt' ? said.receipt : null
  const isNamed = made.args.some((word) => booked.has(word))
  if (isNamed && said?.kind === 'error' && (said.code === 'RUN_NOT_FOUND' || said.code === 'TARGET_NOT_FOUND')) throw new LawBroken('a run that is there is not found', said.message)
  if (ended.code === 0 && /^error \[/m.test(ended.err)) throw new LawBroken('a failure ends with 0', ended.err.slice(0, 800))
  // Nobody writes while a call is at work: what it fails on was there when it made its plan.
  if ((call.do === 'create' || call.do === 'redeploy' || call.do === 'restore') && receipt?.run.state === 'failed' && dataErrors.has(receipt.run.error?.code ?? '')) throw new LawBroken(failedOnData, `${receipt.run.error?.code ?? ''} ${receipt.run.error?.message ?? ''}`)
  before.forEach((look, index) => {
    const changed = index === meant ? null : difference(look, after[index])
    if (changed !== null) throw new LawBroken('wrong database', `${call.do} changed the database that it was not given: ${changed}`)
  })
  const isRefused = !isKilled && ended.code !== 0 && receipt === null
  const changed = difference(before[meant], after[meant])
  if (isRefused && changed !== null) throw new LawBroken('a refusal changed something', `${call.do} ended with ${ended.code}: ${changed}`)
  judgeRows(call, made, { before, after }, memory)
  if (receipt !== null && !isKilled) judgeReceipt(call, receipt, { before, after }, meant, memory)
  else if (changed !== null) memory.lastRun = null
}

/** No row, and no value, goes without an acceptance in this very call. */
function judgeRows(call: Call, made: Made, { before, after }: Sight, memory: Memory): void {
  const [was, is] = [censusOf(before), censusOf(after)]
  const gone = vanished(was, is)
  const accepts = (...codes: readonly string[]) => made.accepted.some((code) => code === '*' || codes.includes(code))
  const rows = gone.filter(isRow)
  const { said } = made
  const deed = call.do === 'undo' && said?.kind === 'receipt' ? `undo of ${said.receipt.run.command}` : call.do
  if (rows.length > 0 && !accepts('MM102', 'MM104')) throw new LawBroken(`${deed} lost rows`, `${rows.join(' ')} ${rows.length === 1 ? 'is' : 'are'} nowhere any more; before: ${[...(was.get(rows[0] ?? '')?.tables ?? [])].join(' ')}`)
  if (rows.length > toldRows(made)) throw new LawBroken(`${deed} lost more rows than it told`, `${rows.length} are gone (${rows.join(' ')}), ${toldRows(made)} were told`)
  for (const token of rows) memory.removed.set(token, `${call.do} --accept ${made.accepted.join(',')}`)
  const lost = hidden(was, is)
  if (accepts('MM101', 'MM103')) for (const token of lost) if (!isRow(token)) memory.givenUp.add(token)
  const values = gone.filter((token) => !isRow(token) && !memory.givenUp.has(token) && !accepts('MM101', 'MM102', 'MM103', 'MM104'))
  if (values.length > 0) throw new LawBroken(`${deed} lost values`, `${values.join(' ')} nowhere any more; before: ${[...(was.get(values[0] ?? '')?.tables ?? [])].join(' ')}`)
  const keeps = call.do === 'create' || call.do === 'backup' || call.do === 'redeploy' || call.do === 'restore' || call.do === 'drop-backups'
  const unseen = lost.filter((token) => isRow(token) || (!memory.givenUp.has(token) && !accepts('MM101', 'MM103')))
  if (keeps && unseen.length > 0 && !accepts('MM102', 'MM104')) throw new LawBroken(`${deed} hid rows`, `${unseen.join(' ')} in no table of the person's any more`)
  if (call.do !== 'undo' && call.do !== 'restore' && !accepts('MM101', 'MM102', 'MM103')) {
    const beside = companions(after)
    for (const [row, values] of companions(before)) {
      if (beside.has(row) && beside.get(row) !== values) throw new LawBroken(`${deed} changed a row`, `${row} had ${values}, has ${beside.get(row) ?? ''}`)
    }
  }
  for (const [token, { isLive }] of is) if (isLive) memory.givenUp.delete(token)
  noteRegret(is, memory)
}

/** How many rows a call said would go, or went: by its receipt or what it said before it (MM102), or by what it dropped (MM104). */
function toldRows({ said, told }: Made): number {
  if (said?.kind === 'dropped-backups') return said.accepted.reduce((sum, { rows }) => sum + Number(rows), 0)
  const lost = said?.kind === 'receipt' ? said.receipt.tables.flatMap(({ losses = [] }) => losses).filter(({ code }) => code === 'MM102') : []
  if (lost.length > 0) return lost.reduce((sum, { rows }) => sum + Number(rows), 0)
  const lines = [...told.matchAll(/^accepted MM102: (.*)$/gm)].flatMap(([, list = '']) => [...list.matchAll(/\(([\d,]+) rows?\)/g)])
  return lines.reduce((sum, [, number = '0']) => sum + Number(number.replaceAll(',', '')), 0)
}

/** What `backups` lists is what is there, and what is said to be nowhere else is nowhere else. */
export function judgeBackups(backups: readonly Backup[], looks: readonly Look[], meant: number): void {
  const look = looks[meant]
  const census = censusOf(looks)
  const [listed, there] = [backups.map(({ name }) => name.name).toSorted(), look === undefined ? [] : privateTables(look).toSorted()]
  if (listed.join(' ') !== there.join(' ')) throw new LawBroken('backups lists other tables', `listed ${listed.join(' ')}; there are ${there.join(' ')}`)
  for (const { name, rows, onlyCopy, kind } of backups) {
    const held = look?.rows.get(name.name)?.length ?? 0
    if (rows !== String(held)) throw new LawBroken('backups counts wrongly', `${name.name} has ${held} rows, listed are ${rows}`)
    if (kind === 'unknown') continue
    const sole = [...census].filter(([token, { tables }]) => isRow(token) && tables.size === 1 && tables.has(`${meant}:${name.name}`)).map(([token]) => token)
    if (sole.length > Number(onlyCopy?.rows ?? '0')) throw new LawBroken('backups denies an only copy', `${sole.join(' ')} are in ${name.name} alone, which is said to be the only copy of ${onlyCopy?.rows ?? 'nothing'} rows`)
  }
}

/** What came back is not given up any more. */
function noteRegret(is: Census, memory: Memory): void {
  for (const token of memory.removed.keys()) if (is.has(token)) throw new LawBroken('a row came from nowhere', token)
}

/** What a receipt says is so. */
function judgeReceipt(call: Call, receipt: Receipt, { before, after }: Sight, meant: number, memory: Memory): void {
  const { run, tables, backups } = receipt
  const there = after[meant]
  if (run.state === 'done' && call.do !== 'undo' && call.do !== 'resume') {
    for (const { name, action, after: side } of tables) {
      if (side === null || action === 'drop' || action === 'backup') continue
      const count = there?.rows.get(name.name)?.length
      if (count === undefined || String(count) !== side.rows) throw new LawBroken('untrue receipt', `${name.name} (${action}) shall have ${side.rows} rows, has ${count ?? 'no table'}`)
    }
    for (const { name } of backups) if (there?.rows.has(name) !== true) throw new LawBroken('untrue receipt', `the backup ${name} is not there`)
    memory.lastRun = { id: run.id, before, after }
    return
  }
  const last = memory.lastRun
  memory.lastRun = null
  if (run.state === 'undone' && call.do === 'undo' && last !== null && last.id === run.id && same(last.after[meant], before[meant])) {
    const differs = difference(last.before[meant], there)
    if (differs !== null) throw new LawBroken('undo is not the way back', differs)
  }
}

/** Private tables of a look, for summaries. */
export const privateTables = (look: Look): readonly string[] => [...look.rows.keys()].filter(isPrivate)
