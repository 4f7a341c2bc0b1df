import type { Py } from './python.ts'
import { width } from './width.ts'

const limit = 88
const step = '    '

/** A piece on one line. */
export function flat(piece: Py): string {
  switch (piece.kind) {
    case 'atom':
      return piece.text
    case 'call':
      return `${piece.head}(${piece.args.map(flat).join(', ')})`
    case 'keyword':
      return `${piece.name}=${flat(piece.value)}`
    case 'list':
      return `[${piece.items.map(flat).join(', ')}]`
    case 'tuple':
      return `(${piece.items.map(flat).join(', ')}${piece.items.length === 1 ? ',' : ''})`
    case 'operation':
      return piece.items.map(operand).join(` ${piece.sign} `)
    case 'prefix':
      return piece.sign + operand(piece.of)
  }
}

const operand = (piece: Py): string => (piece.kind === 'operation' ? `(${flat(piece)})` : flat(piece))

/**
 * A piece that begins at column `used` of a line indented by `indent`, with `tail` columns behind it. What does not fit is written one part a line,
 * each with a comma: black leaves that as it is.
 */
export function laidOut(piece: Py, indent: string, used: number, tail: number): string {
  const line = flat(piece)
  if (used + width(line) + tail <= limit) return line
  const inner = indent + step
  switch (piece.kind) {
    case 'atom':
      return line
    case 'call':
      return piece.args.length === 0 ? line : exploded(`${piece.head}(`, piece.args, ')', indent)
    case 'list':
      return piece.items.length === 0 ? line : exploded('[', piece.items, ']', indent)
    case 'tuple':
      return piece.items.length === 0 ? line : exploded('(', piece.items, ')', indent)
    case 'keyword': {
      const start = `${piece.name}=`
      if (piece.value.kind !== 'operation') return start + laidOut(piece.value, indent, used + width(start), tail)
      return `${start}(\n${inner}${chain(piece.value, inner)}\n${indent})`
    }
    case 'operation':
      return chain(piece, indent)
    case 'prefix':
      return piece.of.kind === 'operation'
        ? `${piece.sign}(\n${inner}${chain(piece.of, inner)}\n${indent})`
        : piece.sign + laidOut(piece.of, indent, used + piece.sign.length, tail)
  }
}

function exploded(open: string, parts: readonly Py[], close: string, indent: string): string {
  const inner = indent + step
  return `${open}\n${parts.map((part) => `${inner}${laidOut(part, inner, inner.length, 1)},\n`).join('')}${indent}${close}`
}

/** Operands of one operation, on a line of their own or each on one. */
function chain(piece: Extract<Py, { kind: 'operation' }>, indent: string): string {
  const line = flat(piece)
  if (indent.length + width(line) <= limit) return line
  return piece.items
    .map((item, at) => {
      const lead = at === 0 ? '' : `${piece.sign} `
      if (item.kind !== 'operation') return lead + laidOut(item, indent, indent.length + lead.length, 0)
      const whole = `${lead}(${flat(item)})`
      return indent.length + width(whole) <= limit ? whole : `${lead}(\n${indent}${step}${chain(item, indent + step)}\n${indent})`
    })
    .join(`\n${indent}`)
}

/** `name = value` at an indent. A text that only fits on a line of its own stands in parentheses there, as black has it. */
export function assignment(name: string, value: Py, indent: string): string {
  const start = `${indent}${name} = `
  const line = flat(value)
  const isWrapped = value.kind === 'atom' && width(start + line) > limit && indent.length + step.length + width(line) <= limit
  return isWrapped ? `${start}(\n${indent}${step}${line}\n${indent})` : start + laidOut(value, indent, width(start), 0)
}

/** Text as comment lines within the limit. */
export function comment(words: string, indent: string): string {
  const lines: string[] = []
  let line = ''
  for (const word of words.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\s]+/gu, ' ').trim().split(' ')) {
    if (line !== '' && indent.length + 2 + width(line) + 1 + width(word) > limit) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].map((one) => `${indent}# ${one}`.trimEnd()).join('\n')
}
