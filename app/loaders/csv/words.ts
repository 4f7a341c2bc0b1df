import type { Field, ReferenceAction } from '../../model/model.ts'

const yes = new Set(['YES', 'Y', 'TRUE', 'T', '1', 'X', '✓', '[V]', 'ON', 'PK', 'PRI', 'UNI', 'UNIQUE'])
const no = new Set(['NO', 'N', 'FALSE', 'F', '0', '-', '[ ]', 'OFF', ''])
const folded = (text: string): string => text.trim().toUpperCase()

/** True or false for a word that means yes or no ('' is no); null for anything else. */
export function parseYesNo(text: string): boolean | null {
  const word = folded(text)
  return yes.has(word) ? true : no.has(word) ? false : null
}

/** Whether NULL is allowed: YES or NO, or as clients write it (`not null`, `NULL`); '' is yes. Null when it cannot be read. */
export function parseNullable(text: string): boolean | null {
  const word = folded(text)
  if (word === '' || word === 'NULL' || word === 'NULLABLE') return true
  return word === 'NOT NULL' ? false : parseYesNo(word)
}

/** ALWAYS, BY DEFAULT, SERIAL, YES or NO; `generation` says which of the two a plain YES means. Undefined when it cannot be read. */
export function parseIdentity(text: string, generation: string): Field['identity'] | undefined {
  const word = folded(text)
  if (word === 'ALWAYS') return 'always'
  if (word === 'BY DEFAULT' || word === 'DEFAULT' || word === 'BY_DEFAULT') return 'default'
  if (word === 'SERIAL') return 'serial'
  const isIdentity = parseYesNo(word)
  if (isIdentity === null) return undefined
  if (!isIdentity) return null
  const kind = folded(generation)
  return kind === 'ALWAYS' ? 'always' : kind === 'SERIAL' ? 'serial' : 'default'
}

const actions = new Set<string>(['no action', 'restrict', 'cascade', 'set null', 'set default'])

/** The action of ON UPDATE or ON DELETE; '' is no action. Null when it cannot be read. */
export function parseAction(text: string): ReferenceAction | null {
  const word = text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/gu, ' ')
  return word === '' ? 'no action' : actions.has(word) ? (word as ReferenceAction) : null
}

/** NO, INITIALLY IMMEDIATE, INITIALLY DEFERRED (or immediate, deferred). Null when it cannot be read. */
export function parseDeferrable(text: string): 'no' | 'immediate' | 'deferred' | null {
  const word = folded(text)
  if (word === '' || word === 'NO' || word === 'NOT DEFERRABLE') return 'no'
  if (word === 'YES' || /^(?:DEFERRABLE )?(?:INITIALLY )?IMMEDIATE$|^DEFERRABLE$/u.test(word)) return 'immediate'
  return /^(?:DEFERRABLE )?(?:INITIALLY )?DEFERRED$/u.test(word) ? 'deferred' : null
}
