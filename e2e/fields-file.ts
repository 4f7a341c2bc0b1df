import { readFile } from 'node:fs/promises'

/** A line of fields.csv by its headers. */
export type FieldLine = Readonly<Record<string, string>>

/** The lines of a fields.csv by the id of the field, as another program reads them: quotes doubled, cells may hold line breaks. */
export async function readFields(path: string): Promise<ReadonlyMap<string, FieldLine>> {
  const [head = [], ...lines] = cellsOf(await readFile(path, 'utf8'))
  return new Map(lines.map((cells) => [cells[head.indexOf('ID')] ?? '', Object.fromEntries(head.map((name, at) => [name, cells[at] ?? '']))]))
}

function cellsOf(source: string): string[][] {
  const lines: string[][] = [[]]
  for (const [, quoted, plain = '', end = ''] of source.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    lines.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (end !== ',') lines.push([])
  }
  return lines.filter((cells) => cells.length > 1)
}
