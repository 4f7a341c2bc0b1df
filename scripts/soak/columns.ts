// `npm run soak -- columns [--from SEED] [--count N]`: odd SQLite tables, one field of each changed, redeployed and undone.
import { parseArgs } from 'node:util'
import { tryKept } from '../../main/service/testing/kept-trial.ts'

const { values } = parseArgs({ options: { from: { type: 'string', default: '1' }, count: { type: 'string', default: '500' }, help: { type: 'boolean', default: false } } })
if (values.help) {
  console.log('npm run soak -- columns [--from SEED] [--count N]: makes the odd SQLite table of each seed, changes one field of its model, redeploys and undoes; prints what was not kept.')
  process.exit(0)
}
const from = Number(values.from)
const count = Number(values.count)
const done = new Map<string, number>()
let failed = 0
for (let seed = from; seed < from + count; seed++) {
  const { did, complaints } = await tryKept(seed)
  const kind = did.split(' ')[0] ?? ''
  done.set(kind, (done.get(kind) ?? 0) + 1)
  if (complaints.length > 0) failed++
  for (const complaint of complaints) console.log(`seed ${seed} (${did}): ${complaint}`)
}
console.log(`seeds ${from} to ${from + count - 1}: ${failed} of ${count} lost something; ${[...done].map(([kind, times]) => `${kind} ${times}`).join(', ')}`)
process.exit(failed === 0 ? 0 : 1)
