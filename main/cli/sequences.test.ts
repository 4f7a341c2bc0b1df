import { afterAll, describe } from 'vitest'
import { sqliteGround } from './testing/sequences/ground.ts'
import { foundTrials, randomTrials } from './testing/sequences/trials.ts'

const ground = sqliteGround()
afterAll(() => ground.close())

describe('sequences of acts on SQLite', () => {
  foundTrials(() => ground)
  randomTrials(() => ground, 300)
})
