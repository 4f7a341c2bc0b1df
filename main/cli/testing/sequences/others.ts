import type { Act } from './act.ts'
import { isPrivate, quoted, type Database } from './database.ts'
import type { World } from './world.ts'

const at = <T>(items: readonly T[], index: number): T | undefined => (items.length === 0 ? undefined : items[index % items.length])

/** Tables that a person sees, in an order that the same schema repeats. */
async function liveTables(database: Database): Promise<readonly string[]> {
  return [...(await database.look()).rows.keys()].filter((name) => !isPrivate(name)).toSorted()
}

/** What another program writes, to the first database and at times to the second. Null, or why the database refused all of it. */
export async function writeRows(world: World, { how, table, rows }: Extract<Act, { readonly do: 'write' }>): Promise<string | null> {
  const database = world.databases[table % 8 === 7 ? 1 : 0]
  const name = at(await liveTables(database), table)
  if (name === undefined) return 'there is no table'
  const columns = await database.columns(name)
  const named = (kind: string) => columns.find((column) => column.name.toLowerCase().startsWith(kind) || column.name.toLowerCase() === kind)
  const [tag, note, num, up, id] = ['tag', 'not', 'num', 'up', 'id'].map(named)
  if (how === 'delete') {
    const some = tag === undefined ? '' : ` WHERE ${quoted(tag.name)} IN (SELECT ${quoted(tag.name)} FROM ${quoted(name)} ORDER BY 1 LIMIT ${1 + (rows % 3)})`
    return database.execute(`DELETE FROM ${quoted(name)}${some}`)
  }
  if (how === 'update') {
    if (note === undefined) return 'there is nothing to write to'
    return database.execute(`UPDATE ${quoted(name)} SET ${quoted(note.name)} = 'val-${++world.last}.'${tag === undefined ? '' : ` WHERE ${quoted(tag.name)} = (SELECT min(${quoted(tag.name)}) FROM ${quoted(name)})`}`)
  }
  let refused: string | null = 'no row'
  // The numbers in rows' tokens are their keys.
  const known = [...(await database.look()).rows].filter(([one]) => !isPrivate(one)).map(([, texts]) => texts.flatMap((text) => /\brow-(\d+)\./.exec(text)?.[1] ?? []))
  const parents = known.flatMap((numbers) => at(numbers, rows) ?? [])
  for (let count = 0; count <= rows % 4; count++) {
    const number = ++world.last
    const values = new Map<string, string>()
    const isText = (type: string) => /char|text/i.test(type)
    if (id !== undefined) values.set(id.name, isText(id.type) ? `'k${number}'` : String(number))
    const second = columns.find((column) => column.name === 'id2')
    if (second !== undefined) values.set(second.name, '1')
    if (tag !== undefined) values.set(tag.name, `'row-${number}.'`)
    if (note !== undefined && number % 5 !== 0) values.set(note.name, isText(note.type) ? `'val-${number}.'` : String(number))
    if (num !== undefined) values.set(num.name, isText(num.type) ? `'${number % 7}'` : String(number % 4 === 0 ? 100_000 + number : number % 7))
    const insert = () => database.execute(`INSERT INTO ${quoted(name)} (${[...values.keys()].map(quoted).join(', ')}) VALUES (${[...values.values()].join(', ')})`)
    let answer: string | null = 'not yet'
    // Below itself or a row that is there: where that is no row of its parent the database refuses it, and at last the row is written without.
    if (up !== undefined && number % 4 !== 3) {
      for (const parent of [...parents, number]) {
        values.set(up.name, isText(up.type) ? `'k${parent}'` : String(parent))
        answer = await insert()
        if (answer === null) break
      }
      if (answer !== null) values.delete(up.name)
    }
    if (answer !== null) answer = await insert()
    if (answer === null) refused = null
    else refused ??= answer
  }
  return refused
}

/** What another person changes by hand, or null when the database refused it. */
export async function changeByHand(world: World, { how, table }: Extract<Act, { readonly do: 'by hand' }>): Promise<string | null> {
  const [database] = world.databases
  if (how === 'lose books') return database.loseBooks()
  const name = at(await liveTables(database), table)
  if (name === undefined) return 'there is no table'
  const number = ++world.last
  switch (how) {
    case 'index': {
      const column = at(await database.columns(name), table)
      return column === undefined ? 'there is no column' : database.execute(`CREATE INDEX ${quoted(`hand_${number}`)} ON ${quoted(name)} (${quoted(column.name)})`)
    }
    case 'drop table': return database.execute(`DROP TABLE ${quoted(name)}`)
    case 'rename table': return database.execute(`ALTER TABLE ${quoted(name)} RENAME TO ${quoted(`hand_${number}`)}`)
    case 'add column': return database.execute(`ALTER TABLE ${quoted(name)} ADD COLUMN ${quoted(`hand_${number}`)} text`)
  }
}
