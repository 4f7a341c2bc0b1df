import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { answer, asked, cases, questions, reverse, type CaseName, type QuestionName } from '../flavors/cases.ts'
import type { Dialect } from '../flavors/flavor.ts'

/**
 * Drafts the golden files of a flavor: `node scripts/golden.ts mysql`. A draft is what the dialect says now, to be read line by line
 * before it is committed: the files are what people agreed on, and the test compares the dialect with them.
 */
const flavor = process.argv[2] ?? ''
const folder = join(import.meta.dirname, '..', 'flavors', flavor)
const { dialect } = (await import(join(folder, 'dialect', 'index.ts'))) as { readonly dialect: Dialect }

const names = Object.keys(cases) as CaseName[]
const text = (value: string) => (value.includes("'") || value.includes('\n') ? `\`${value.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${')}\`` : `'${value.replaceAll('\\', '\\\\')}'`)
const list = (items: readonly string[], pad: string) => (items.length === 0 ? '[]' : `[\n${items.map((item) => `${pad}  ${item},\n`).join('')}${pad}]`)

const answers = names.map((name) => {
  const given = answer(dialect, name)
  return `  ${name}: ${typeof given === 'string' ? `'${given}'` : list(given.map(text), '  ')},\n`
})
const reverses = names.map((name) => {
  const given = reverse(dialect, name)
  return `  ${name}: ${typeof given === 'string' ? `'${given}'` : list(given.map((undo) => (undo === null ? 'null' : list(undo.map(text), '    '))), '  ')},\n`
})
const asks = (Object.keys(questions) as QuestionName[]).map((name) => `  ${name}: ${text(asked(dialect, name))},\n`)

const file = (name: string, content: string) => writeFileSync(join(folder, 'testing', name), content)
const what = `of ${dialect.label}, agreed on line by line. A new draft: node scripts/golden.ts ${flavor}`
file('golden.ts', `import type { Answers, QuestionAnswers } from '../../cases.ts'\n\n/** Statements ${what} */\nexport const answers = {\n${answers.join('')}} satisfies Answers\n\n/** Queries ${what} */\nexport const questionAnswers = {\n${asks.join('')}} satisfies QuestionAnswers\n`)
file('golden-reverses.ts', `import type { Reverses } from '../../cases.ts'\n\n/** Ways back ${what} */\nexport const reverses = {\n${reverses.join('')}} satisfies Reverses\n`)
