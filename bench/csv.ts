import { loadCsvModel } from '../app/loaders/csv/load.ts'
import { saveCsvModel } from '../app/exporters/csv.ts'
import { emptyField, emptyTable } from '../app/model/build.ts'
import { countedIds } from '../app/model/id.ts'
import type { DataType } from '../app/model/data-type.ts'
import type { Model } from '../app/model/model.ts'

/** Loads and saves a model of N fields (first argument, 100,000 when left out) as CSV, and sets the times beside those of merely reading the bytes. */
const count = Number(process.argv[2] ?? 100_000)
const rounds = count > 200_000 ? 3 : 5
const limits = { loadMs: 1500, saveMs: 1000 }

const types: readonly DataType[] = [
  { kind: 'int64' },
  { kind: 'varchar', length: 120 },
  { kind: 'decimal', precision: 18, scale: 4 },
  { kind: 'timestamptz', precision: 6 },
  { kind: 'text' },
  { kind: 'array', element: { kind: 'int32' } },
]

function makeModel(fields: number): Model {
  const newId = countedIds('f')
  const perTable = 40
  const tables = Array.from({ length: Math.ceil(fields / perTable) }, (_table, at) => {
    const size = Math.min(perTable, fields - at * perTable)
    const made = Array.from({ length: size }, (_field, place) => ({
      ...emptyField(newId(), place === 0 ? 'id' : `column_${place}`, types[place % types.length] ?? { kind: 'text' }),
      nullable: place !== 0,
      default: place % 7 === 3 ? '0' : null,
      comment: place % 5 === 0 ? `What column ${place} says, "as told", by whom` : '',
    }))
    const [first] = made
    return {
      ...emptyTable(newId(), `table_${at}`, `schema_${at % 20}`),
      comment: `Table number ${at}`,
      fields: made,
      keys: first === undefined ? [] : [{ id: newId(), kind: 'primary' as const, name: '', fields: [first.id] }],
    }
  })
  return { name: 'bench', tables }
}

/** Median of the runs, in milliseconds. */
function measure(run: () => unknown): number {
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now()
    run()
    return performance.now() - start
  })
  return times.toSorted((one, other) => one - other)[Math.floor(rounds / 2)] ?? 0
}

function countNewlines(files: readonly { readonly bytes: Uint8Array }[]): number {
  let found = 0
  for (const { bytes } of files) for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) found++
  return found
}

function report(kind: 'directory' | 'single', model: Model): boolean {
  const files = saveCsvModel(model, { kind })
  const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0)
  const load = (): Model => loadCsvModel(files, { newId: countedIds('new'), name: 'bench' }).model
  const loaded = load()
  const readMs = measure(() => countNewlines(files))
  const loadMs = measure(load)
  const saveMs = measure(() => saveCsvModel(loaded, { kind }))
  const scale = Math.max(1, count / 100_000)
  const isGood = loadMs <= limits.loadMs * scale && saveMs <= limits.saveMs * scale
  const figures = `load ${loadMs.toFixed(0)} ms (${(loadMs / readMs).toFixed(1)} times reading the bytes), save ${saveMs.toFixed(0)} ms`
  console.log(
    `${kind}: ${count} fields, ${(bytes / 1e6).toFixed(1)} MB, read ${readMs.toFixed(1)} ms, ${figures}: ${isGood ? 'within' : 'OVER'} the limits`,
  )
  return isGood
}

const model = makeModel(count)
const isGood = [report('directory', model), report('single', model)].every(Boolean)
console.log(`peak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB`)
process.exitCode = isGood ? 0 : 1
