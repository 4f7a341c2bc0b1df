import type { Dialect } from '../flavor/dialect.ts'
import type { PlanOptions } from './plan.ts'
import { isNamed } from './subject.ts'
import type { Subject } from './subject.ts'

/** Whether the person accepted a risk. Without a subject only an answer that names none counts. */
export type IsAccepted = (code: string, subject?: Subject) => boolean

/** One answer of `--accept`: `MM101`, `MM101:shop.item.title`. */
export interface AcceptedWord {
  readonly code: string
  /** '' when every finding of the code is meant. */
  readonly name: string
}

export function acceptedWord(text: string): AcceptedWord {
  const at = text.indexOf(':')
  return at < 0 ? { code: text, name: '' } : { code: text.slice(0, at), name: text.slice(at + 1) }
}

/** What the options accept, `hear` being told each answer that covers something: one by one, by code, or every loss at once. Only losses (MM1xx) can be accepted: what fails, fails. */
export function acceptance(options: PlanOptions, dialect: Dialect, hear?: (text: string) => void): IsAccepted {
  const words = options.accept.map((text) => ({ text, ...acceptedWord(text) }))
  return (code, subject) => {
    const found = words.filter((word) => word.code === code && (word.name === '' || (subject !== undefined && (isNamed(subject, word.name, dialect) || isNamed({ ...subject, parts: [] }, word.name, dialect)))))
    for (const { text } of found) hear?.(text)
    return found.length > 0 || (options.allowLossy && code.startsWith('MM1'))
  }
}
