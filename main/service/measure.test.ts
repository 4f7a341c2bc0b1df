import { describeMeasure } from './testing/measure-cases.ts'
import { describeRandom } from './testing/measure-random.ts'
import { sqliteTarget } from './testing/target.ts'

describeMeasure('sqlite', sqliteTarget)
describeRandom('sqlite', sqliteTarget, Number(process.env['METAMIGRATE_ROUNDS'] ?? 12))
