import type { Finding } from '../../../app/model/finding.ts'
import type { TableShape } from '../../../app/model/shape.ts'
import { dialect } from '../dialect/index.ts'

export interface Written {
  readonly text: string
  /** `severity CODE column`, in order. */
  readonly findings: readonly string[]
}

/** One file of models, for tests that look at a part of it. */
export function written(shapes: readonly TableShape[], settings: Readonly<Record<string, string>> = {}, all: readonly TableShape[] = shapes): Written {
  const { document } = dialect.withSettings(settings)
  if (document === null) throw new Error('Django writes code')
  const { files, findings } = document({ tables: shapes, names: all.map(({ schema, name }) => ({ schema, name })), related: all })
  return { text: files[0]?.text ?? '', findings: findings.map(shown) }
}

export const shown = ({ severity, code, path }: Finding): string => [severity, code, path.column ?? ''].join(' ').trim()

/** Lines of a text that hold a word, without their indent. */
export const linesWith = (text: string, word: string): readonly string[] => text.split('\n').filter((line) => line.includes(word)).map((line) => line.trim())
