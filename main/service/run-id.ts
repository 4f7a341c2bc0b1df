import { randomInt } from 'node:crypto'

const letters = 'abcdefghjkmnpqrstvwxyz0123456789'

/** A new name for a run that a person can read and type: when it began (UTC) and a few random signs, `20261120-224501-k7x2`. */
export function newRunId(): string {
  const time = new Date().toISOString().replaceAll(/[-:]/g, '').replace('T', '-').slice(0, 15)
  const tail = Array.from({ length: 4 }, () => letters[randomInt(letters.length)] ?? 'a').join('')
  return `${time}-${tail}`
}
