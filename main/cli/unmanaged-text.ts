import type { Plan, UnmanagedObject } from '../../app/commands/plan.ts'
import type { Io } from './io.ts'

/** Tables and names told one by one; more than these are counted. `--verbose` tells all. */
const maxTables = 20
const maxNames = 12

/** What only the database has, told once and calmly: what stays, what goes and why, which tables are left alone. One line a table. */
export function tellUnmanaged({ unmanaged }: Plan, io: Io, display: (name: UnmanagedObject['table']) => string): void {
  if (unmanaged === undefined) return
  const { kept, gone, leftAlone, elsewhere } = unmanaged
  const lines = [
    ...byTable(kept).map(({ table, texts }) => `kept, not in the model: ${names(texts, io)} of ${display(table)}`),
    ...(['model', 'asked', 'replaced', 'with'] as const).flatMap((why) =>
      byTable(gone.filter((one) => one.why === why)).map(({ table, texts }) => `${display(table)} loses ${names(texts, io)}${because[why]}`),
    ),
  ]
  const told = io.verbose ? lines : lines.slice(0, maxTables)
  for (const line of told) io.say(line)
  if (told.length < lines.length) io.say(`and the like of ${lines.length - told.length} more tables (--verbose tells them)`)
  if (leftAlone.length > 0) io.say(`left alone, not in the model: ${names(leftAlone.map(display), io)}${elsewhere === 0 ? '' : ` (and ${elsewhere} in other schemas)`}`)
}

const because = { model: ', which the model no longer has', asked: ', as asked', replaced: ', whose place the model takes', with: ', since what it is said of goes' } as const

function names(all: readonly string[], io: Io): string {
  const told = io.verbose ? all : all.slice(0, maxNames)
  return `${told.join(', ')}${told.length < all.length ? ` and ${all.length - told.length} more` : ''}`
}

function byTable(objects: readonly UnmanagedObject[]): readonly { readonly table: UnmanagedObject['table']; readonly texts: readonly string[] }[] {
  const groups = new Map<string, { readonly table: UnmanagedObject['table']; readonly texts: string[] }>()
  for (const { table, text } of objects) {
    const key = JSON.stringify([table.schema, table.name])
    const group = groups.get(key) ?? { table, texts: [] }
    group.texts.push(text)
    groups.set(key, group)
  }
  return [...groups.values()]
}

/** ` as far as the model can say ...`, where a table is called unchanged and has what was not compared. */
export function asFarAsCompared({ unmanaged, unchanged }: Plan): string {
  const keys = new Set(unchanged.map(({ schema, name }) => JSON.stringify([schema, name])))
  const isKept = (unmanaged?.kept ?? []).some(({ table }) => keys.has(JSON.stringify([table.schema, table.name])))
  return isKept ? ', as far as the model can say: what is kept is not compared' : ''
}
