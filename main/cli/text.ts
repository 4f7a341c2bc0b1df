import { codes } from '../../app/commands/codes.ts'
import { countOf } from '../../app/commands/count-words.ts'
import type { Finding } from '../../app/model/finding.ts'
import type { Model } from '../../app/model/model.ts'
import type { Io } from './io.ts'

/** `1 table`, `2 tables`. */
export const count = (number: number, one: string, many = `${one}s`): string => `${number.toLocaleString('en-US')} ${number === 1 ? one : many}`

/** Columns of text, padded to their widest cell. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length))) ?? []
  return rows.map((row) => `${row.map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0))).join('  ')}\n`).join('')
}

/** A finding in one line: severity, code, place, message. A place that the message begins with is not said twice. */
export function findingLine(finding: Finding, model: Model | null, io: Io): string {
  const color = finding.severity === 'error' ? 'red' : finding.severity === 'warning' ? 'yellow' : 'dim'
  const place = placeOf(finding, model)
  const isSaid = place === '' || saysPlace(finding.message, place)
  return `${io.style(color, finding.severity)} [${finding.code}]${isSaid ? '' : ` ${place}:`} ${finding.message}`
}

/** Whether a message names a place at its start: `shop.address.zip goes` names `shop.address`, `a.csv, row 2: ...` names `a.csv row 2`. */
const saysPlace = (message: string, place: string): boolean => [message, message.replace(/^\w+\./, '')].some((text) => text.slice(0, place.length + 8).replaceAll(',', '').startsWith(place))

/** Where a finding sits, in names: `fields.csv row 3 column DATA_TYPE`, `clinic.patient.name`. */
export function placeOf({ path }: Finding, model: Model | null): string {
  const file = [path.file ?? '', path.row === undefined ? '' : `row ${path.row}`, path.file !== undefined && path.column !== undefined ? `column ${path.column}` : ''].filter((part) => part !== '')
  if (file.length > 0) return file.join(' ')
  const found = model?.tables.find(({ id }) => id === path.table)
  if (found === undefined) return path.column ?? ''
  const field = found.fields.find(({ id }) => id === path.field)?.name ?? path.column
  return [found.schema, found.name, field ?? ''].filter((part) => part !== '').join('.')
}

export const hasErrors = (findings: readonly Finding[]): boolean => findings.some(({ severity }) => severity === 'error')

/** What only the database has is told with the plan, in lines of its own. */
const toldApart: ReadonlySet<string> = new Set(['MM408', 'MM409', 'MM411'])

/** Tells what is accepted and chosen, then warnings and errors, the worst last: next to the question. Many of one code are told by their first. */
export function tellRisks(findings: readonly Finding[], model: Model | null, io: Io): void {
  const notes = findings.filter(({ code, severity }) => severity === 'info' && !toldApart.has(code))
  if (notes.length > 0) io.say(io.verbose ? notes.map((finding) => findingLine(finding, model, io)).join('\n') : `${count(notes.length, 'note')} (--verbose tells them)`)
  const risks = findings.filter(({ severity }) => severity !== 'info').toSorted((a, b) => rankOf(a) - rankOf(b))
  const told = new Map<string, number>()
  for (const finding of risks) {
    const kind = `${finding.severity} ${finding.code}`
    const number = (told.get(kind) ?? 0) + 1
    told.set(kind, number)
    if (number <= mostOfAKind || io.verbose) io.say(isMeant(finding) ? `accepted ${finding.code}: ${finding.accept?.slice(finding.code.length + 1) ?? ''} (${amountOf(finding)})` : findingLine(finding, model, io))
  }
  for (const [kind, number] of told) if (number > mostOfAKind && !io.verbose) io.say(`and ${count(number - mostOfAKind, `more ${kind}`, `more of ${kind}`)} (--verbose tells them)`)
}

const mostOfAKind = 8
const isMeant = ({ severity, accept }: Finding): boolean => severity === 'warning' && accept !== undefined
const amountOf = ({ code, rows = '' }: Finding): string => countOf(rows, code === codes.droppedField ? 'value' : 'row')
const rankOf = (finding: Finding): number => (finding.severity === 'error' ? 2 : isMeant(finding) ? 1 : 0)

/** Tells findings on stderr: errors and warnings one by one, notes as a number unless asked for. */
export function tellFindings(findings: readonly Finding[], model: Model | null, io: Io): void {
  const told = findings.filter(({ code }) => !toldApart.has(code))
  const notes = told.filter(({ severity }) => severity === 'info')
  for (const finding of told) if (io.verbose || finding.severity !== 'info') io.say(findingLine(finding, model, io))
  if (notes.length > 0 && !io.verbose) io.say(`${count(notes.length, 'note')} (--verbose tells them)`)
}
