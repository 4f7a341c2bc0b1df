import { describe, expect, it } from 'vitest'
import { MetaMigrateError } from '../../app/errors.ts'
import { hash8 } from '../names.ts'
import { dialect } from './dialect/index.ts'
import { hostileNames, impossibleNames, operationsNamed, questionsNamed, suffixed } from './testing/hostile.ts'
import { scan } from './testing/scan.ts'
import { structureProblems } from './testing/structure.ts'

/** A convention's name as the dialect bounds it, worked out here once more. */
const bounded = (name: string): string => {
  if (name.length <= 128) return name
  let head = ''
  for (const sign of name) {
    if (head.length + sign.length > 119) break
    head += sign
  }
  return `${head}_${hash8(name)}`
}

/** Every name that may be in a text about the table of this name. */
function namesAllowed(name: string): ReadonlySet<string> {
  const own = ['label', 'choice', 'twice', 'locked']
  const parts = ['p', 'u', 'v', 'c', 'f', 'i'].map(suffixed(name))
  const made = ['', '_1', '_2'].flatMap((end) => ['PK', 'UQ', 'CK', 'CKT', 'DF'].map((prefix) => bounded(`${prefix}_${name}${end}`)))
  const columns = [name, 'label', 'choice'].flatMap((one) => [bounded(`DF_${name}_${one}`), bounded(`CK_${name}_${one}`)])
  return new Set([name, ...own, ...parts, ...made, ...columns])
}

describe('hostile names on SQL Server', () => {
  it('stand in every statement, way back and question exactly as they are', () => {
    for (const name of hostileNames) {
      const allowed = namesAllowed(name)
      const texts = [
        ...operationsNamed(name).flatMap((operation) => dialect.statements(operation).flatMap(({ text, undo }) => [text, ...(undo ?? [])])),
        ...questionsNamed(name).map((question) => dialect.question(question)),
      ]
      for (const text of texts) expect(structureProblems(text, { isName: (one) => allowed.has(one), collated: ['label'] }), text).toEqual([])
      // The name itself is there, not only harmless ones.
      expect(texts.filter((text) => scan(text).pieces.some(({ kind, value }) => kind === 'name' && value === name)).length).toBeGreaterThan(20)
    }
  })

  it('that cannot be kept are refused in every place, by a code of their own', () => {
    const taken: string[] = []
    for (const name of impossibleNames) {
      for (const operation of operationsNamed(name)) {
        if (operation.kind === 'commit' || (operation.kind === 'createSchema' && name === '') || (operation.kind === 'moveTable' && name === '')) continue
        try {
          dialect.statements(operation)
          taken.push(`${operation.kind} took ${JSON.stringify(name)}`)
        } catch (error) {
          if (!(error instanceof MetaMigrateError) || !['NAME_REFUSED', 'TEXT_REFUSED', 'EXPRESSION_REFUSED', 'TYPE_REFUSED'].includes(error.code)) throw error
        }
      }
    }
    expect(taken).toEqual([])
  })

  it('are found by the check before anything runs', () => {
    const shape = (name: string) => ({ schema: '', name, comment: '', columns: [{ name: 'a', type: { kind: 'int32' }, nullable: true, default: null, identity: null, generated: null, comment: '', collation: '' }], primaryKey: null, uniques: [], checks: [], references: [], indexes: [], options: {} }) as const
    expect(impossibleNames.filter((name) => dialect.check(shape(name)).every(({ severity }) => severity !== 'error'))).toEqual([])
    expect(hostileNames.filter((name) => dialect.check(shape(name)).some(({ severity }) => severity === 'error'))).toEqual([])
  })
})
