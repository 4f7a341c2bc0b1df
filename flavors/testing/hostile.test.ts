import { describe, expect, it } from 'vitest'
import { MetaMigrateError } from '../../app/errors.ts'
import { hostileNames } from '../../app/model/testing/any-type.ts'
import type { Dialect, Statement } from '../flavor.ts'
import { rules as impala } from '../impala/dialect/lexical.ts'
import { tokenize, type LexicalRules } from '../lexer.ts'
import { rules as mssql } from '../mssql/dialect/lexical.ts'
import { rules as mysql } from '../mysql/dialect/lexical.ts'
import { flavors } from '../registry.ts'
import { operationsNamed, questionsNamed, standIn } from './hostile-operations.ts'

/** How each flavor's SQL is cut, by its manual; what the judges parse for real is here decoded name by name. */
const rulesOf: Readonly<Record<string, LexicalRules>> = {
  postgres: { nameQuotes: { '"': '"' }, textQuotes: "'", backslashes: false, doubledQuotes: true, lineComments: ['--'], dollarQuotes: true, nestedComments: true },
  sqlite: { nameQuotes: { '"': '"', '`': '`', '[': ']' }, textQuotes: "'", backslashes: false, doubledQuotes: true, lineComments: ['--'], dollarQuotes: false },
  mssql, mysql, impala,
}

const more = ["'", '"', '`', ']', '[', '\\', "\\'", "a''b", '";x', "'; x --", '/*', '*/', '--', '# x', '$$', '$b1$', '%s', '?', ':x', '@x', '{0}', '${x}', 'GO', 'a\nGO\nb', 'NULL', '..', '\u202e', '\u2028', '\u0001', 'N', "N'x'", 'x]]y', '``', '""']
const names = [...hostileNames.filter((name) => name.length < 30), ...more]

/** A flavor that knows names in lower case only writes them so. */
const foldsNames: ReadonlySet<string> = new Set(['impala'])
/** Copies of a table are made in another way where a name is a word that SQLite takes for a value: the engine's own tests have them. */
const otherWay = (flavor: string, name: string, kind: string) => flavor === 'sqlite' && /^(?:true|false)$/i.test(name) && (kind === 'setAside' || kind === 'copyTable')

/** Where the text with the hostile name says anything else than the text with the stand-in, but for the name itself; null when nowhere. */
function strayed(plain: string, text: string, name: string, flavor: string): string | null {
  const rules = rulesOf[flavor] ?? expect.fail(`no lexical rules for ${flavor}`)
  const expected = tokenize(plain, rules)
  const found = tokenize(text, rules)
  if (expected.length !== found.length) return `${found.length} words, not ${expected.length}`
  for (const [at, one] of expected.entries()) {
    const other = found[at]
    if (other === undefined || other.kind !== one.kind || !other.closed) return `at ${JSON.stringify(other?.text)}`
    const value = one.value.replaceAll(standIn, () => name)
    if (other.value === value || other.text === one.text || (one.kind === 'name' && foldsNames.has(flavor) && other.value === value.toLowerCase())) continue
    // SQL inside a text: there the name is escaped once more.
    const isInside = one.kind === 'text' && one.value.includes(standIn) && strayed(one.value, other.value, name, flavor) === null
    if (!isInside) return `${JSON.stringify(other.value)}, not ${JSON.stringify(value)}`
  }
  return null
}

const isRefusal = (error: unknown, code: string): boolean => error instanceof MetaMigrateError && error.code === code

function textsOf(make: () => readonly Statement[] | string): readonly string[] | 'refused' | 'unsupported' {
  try {
    const said = make()
    return typeof said === 'string' ? [said] : said.flatMap(({ text, undo }) => [text, ...(undo ?? [])])
  } catch (error) {
    if (isRefusal(error, 'NAME_REFUSED')) return 'refused'
    if (isRefusal(error, 'FLAVOR_UNSUPPORTED')) return 'unsupported'
    throw error
  }
}

/** Everything that a dialect says about things of a name, a list for each operation and question. */
function everything(dialect: Dialect, name: string): readonly (readonly [string, ReturnType<typeof textsOf>])[] {
  return [
    ...operationsNamed(name, dialect.can).map((operation) => [operation.kind, textsOf(() => dialect.statements(operation))] as const),
    ...questionsNamed(name, dialect.can).map((question) => [question.kind, textsOf(() => dialect.question(question))] as const),
  ]
}

describe.each(flavors.filter(({ dialect }) => dialect.language === 'sql').map(({ dialect }) => [dialect.label, dialect] as const))('hostile names of %s', (_, dialect) => {
  const plain = everything(dialect, standIn)

  it.each(names.map((name) => [name]))('%j is exact in every statement, its way back and every question, or refused', (name) => {
    const wrong = everything(dialect, name).flatMap(([kind, texts], at) => {
      const expected = plain[at]?.[1] ?? []
      if (texts === 'refused' || texts === expected || otherWay(dialect.name, name, kind)) return []
      if (typeof texts === 'string' || typeof expected === 'string' || texts.length !== expected.length) return [`${kind}: ${JSON.stringify(texts)}`]
      return texts.flatMap((text, place) => {
        const why = strayed(expected[place] ?? '', text, name, dialect.name)
        return why === null ? [] : [`${kind}: ${why}\n${text}`]
      })
    })
    expect(wrong).toEqual([])
  })

  it('are refused rarely: a flavor that can quote keeps them', () => {
    const refused = names.filter((name) => everything(dialect, name).some(([kind, texts]) => kind === 'countRows' && texts === 'refused'))
    expect(refused.length).toBeLessThan(dialect.name === 'impala' ? names.length : names.length / 4)
  })
})

describe('the comparison of a text with its stand-in', () => {
  it.each([
    ['a"b', 'DROP TABLE "a"b"'],
    ["a'b", `COMMENT ON TABLE "a'b" IS 'a'b'`],
    ['a.b', 'DROP TABLE "a"."b"'],
    ['a', 'DROP TABLE "ax"'],
  ])('tells where %j strays', (name, text) => {
    const plain = text.startsWith('COMMENT') ? `COMMENT ON TABLE "${standIn}" IS '${standIn}'` : `DROP TABLE "${standIn}"`
    expect(strayed(plain, text, name, 'postgres')).not.toBeNull()
  })
})
