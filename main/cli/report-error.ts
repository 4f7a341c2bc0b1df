import { MetaMigrateError, messageOf } from '../../app/errors.ts'
import { exit, UsageError, type ExitCode } from './exit.ts'
import type { Io } from './io.ts'

/** Nothing failed: there are findings that only a person can settle. */
const needsPerson: ReadonlySet<string> = new Set(['PLAN_BLOCKED', 'MODEL_INVALID', 'ONLY_COPY'])
/** What was asked for does not fit together, or is not said. */
const wrongUsage: ReadonlySet<string> = new Set(['TARGET_NEEDED', 'RUN_ELSEWHERE', 'UNMANAGED_UNKNOWN', 'UNMANAGED_AMBIGUOUS', 'ANSWER_UNKNOWN', 'ANSWER_REFUSED'])

/** Tells an error in one line with its code, and the way out that its message carries. The stack only with --verbose. */
export function reportError(error: unknown, io: Io, json: boolean): ExitCode {
  const code = error instanceof MetaMigrateError ? error.code : error instanceof UsageError ? 'USAGE' : 'UNEXPECTED'
  const message = messageOf(error)
  if (json) io.out(`${JSON.stringify({ format: 1, kind: 'error', code, message, details: error instanceof MetaMigrateError ? error.details : {} })}\n`)
  io.complain(`${io.style('red', 'error')} [${code}] ${message}`)
  if (io.verbose && error instanceof Error) {
    io.complain(error.stack ?? '')
    if (error.cause instanceof Error) io.complain(`caused by: ${error.cause.message}`)
  }
  if (error instanceof UsageError || wrongUsage.has(code)) return exit.usage
  if (needsPerson.has(code)) return exit.differences
  return code === 'CANCELLED' ? exit.cancelled : exit.failed
}
