import { codes } from '../../app/commands/codes.ts'
import { acceptedWord } from '../../app/commands/acceptance.ts'
import type { Finding } from '../../app/model/finding.ts'
import { UsageError } from './exit.ts'
import { nearest } from '../service/nearest.ts'

/** Refuses an `--accept` that covers nothing: it was meant for something. Throws UsageError, naming the nearest right answer. */
export function refuseIdleAnswers(idle: readonly string[], findings: readonly Finding[]): void {
  const [text] = idle
  if (text === undefined) return
  const { code } = acceptedWord(text)
  const known: readonly string[] = Object.values(codes)
  const there = findings.flatMap(({ accept }) => accept ?? [])
  if (!known.includes(code)) throw new UsageError(`--accept ${text}: there is no code ${code}.${nearest(code, known.filter((one) => one.startsWith('MM1')), ' Did you mean ')}${listed(there)}`)
  if (!code.startsWith('MM1')) throw new UsageError(`--accept ${text}: ${code} is no loss, so it cannot be accepted. What it says must be mended${findings.some((one) => one.code === code && one.wayOut !== undefined) ? ', or a way out chosen with --on-fail' : ''}.`)
  throw new UsageError(`--accept ${text}: nothing in this plan is covered by it.${nearest(text, there, ' Did you mean ')}${listed(there)}`)
}

const listed = (there: readonly string[]): string => (there.length === 0 ? ' This plan has no loss to accept.' : ` This plan asks for: ${there.slice(0, 10).join(', ')}${there.length > 10 ? ` and ${there.length - 10} more` : ''}.`)
