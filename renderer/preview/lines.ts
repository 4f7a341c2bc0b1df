/** 0-based numbers of the lines of `text` that `before` does not have in the same order. Lines at both ends are compared first; what is left, as a set. */
export function changedLines(before: string, text: string): readonly number[] {
  const old = before.split('\n')
  const now = text.split('\n')
  let start = 0
  while (start < now.length && start < old.length && now[start] === old[start]) start++
  let end = 0
  while (end < now.length - start && end < old.length - start && now[now.length - 1 - end] === old[old.length - 1 - end]) end++
  const known = new Set(old.slice(start, old.length - end))
  const changed: number[] = []
  for (let at = start; at < now.length - end; at++) if (!known.has(now[at] ?? '') && now[at]?.trim() !== '') changed.push(at)
  return changed
}

const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** 0-based numbers of the lines that speak of a field: its name stands in them, quoted or as a whole word, inside the statements of its table. */
export function linesOfField(text: string, table: string, field: string): readonly number[] {
  if (field === '') return []
  const word = wordPattern(field)
  const home = wordPattern(table)
  const lines = text.split('\n')
  const hits: number[] = []
  let isInside = false
  let isStart = true
  for (const [at, line] of lines.entries()) {
    if (isStart) isInside = home.test(line)
    if (isInside && word.test(isStart ? line.replace(home, '') : line)) hits.push(at)
    isStart = line.trimEnd().endsWith(';') || line.trim() === '' || line.startsWith('--')
  }
  return hits
}

/** A name as any flavor quotes it, or as a whole word. */
function wordPattern(name: string): RegExp {
  const quotedForms = [`"${name.replaceAll('"', '""')}"`, `[${name.replaceAll(']', ']]')}]`, `\`${name.replaceAll('`', '``')}\``]
  return new RegExp(`${quotedForms.map(escape).join('|')}|(?<![\\w$"\`[])${escape(name)}(?![\\w$"\`\\]])`, 'u')
}

/** The field that a line is about: the first of `fields` whose name begins the line, else the first named in it. */
export function fieldOfLine(text: string, line: number, fields: readonly { readonly id: string; readonly name: string }[]): string | null {
  const words = text.split('\n')[line] ?? ''
  let best: { readonly id: string; readonly at: number } | null = null
  for (const field of fields) {
    const at = field.name === '' ? -1 : words.search(wordPattern(field.name))
    if (at >= 0 && (best === null || at < best.at)) best = { id: field.id, at }
  }
  return best?.id ?? null
}
