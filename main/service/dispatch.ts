import type { Api, ApiEvent, CallName, Reply } from '../../app/api/api.ts'
import { MetaMigrateError, messageOf } from '../../app/errors.ts'
import type { ErrorDetails } from '../../app/errors.ts'
import { argumentProblem } from './schemas.ts'

/** What every carrier binds: calls in, events out. */
export interface Bridge {
  /** Runs a call by name. Never rejects: what went wrong is in the reply. Errors: UNKNOWN_CALL, BAD_ARGUMENTS, those of the call. */
  readonly dispatch: (name: string, args: unknown) => Promise<Reply<unknown>>
  /** Hears every event of the host; gives the function that ends it. */
  readonly listen: (listener: (event: ApiEvent) => void) => () => void
}

export interface DispatchOptions {
  /** Takes known secrets out of a text, in case a driver echoes one. */
  readonly scrub: (text: string) => string
  /** Hears errors that nobody expected, for the log. */
  readonly unexpected?: (call: string, error: unknown) => void
}

/** The one way in for all carriers: the name, then each argument, then the handler. */
export function createDispatch(handlers: Api, options: DispatchOptions): Bridge['dispatch'] {
  return async (name, args) => {
    try {
      if (!isCall(handlers, name)) throw new MetaMigrateError('UNKNOWN_CALL', 'There is no such call.')
      const problem = argumentProblem(name, args)
      if (problem !== null)
        throw new MetaMigrateError('BAD_ARGUMENTS', `${name} was called with arguments that it does not take: ${problem}.`)
      // The schema has just proved that `args` is what this handler takes.
      const handler = handlers[name] as (args: unknown) => Promise<unknown>
      return { ok: true, value: await handler(args) }
    } catch (error) {
      return failure(name, error, options)
    }
  }
}

/** Own names only: `__proto__` and `toString` are no calls. */
function isCall(handlers: Api, name: string): name is CallName {
  return Object.hasOwn(handlers, name)
}

function failure(name: string, error: unknown, { scrub, unexpected }: DispatchOptions): Reply<never> {
  if (error instanceof MetaMigrateError)
    return { ok: false, error: { code: error.code, message: scrub(error.message), details: scrubDetails(error.details, scrub) } }
  unexpected?.(name, error)
  return { ok: false, error: { code: 'UNEXPECTED', message: scrub(`${name} failed inside MetaMigrate: ${messageOf(error)}`), details: {} } }
}

function scrubDetails(details: ErrorDetails, scrub: (text: string) => string): ErrorDetails {
  const clean = (value: ErrorDetails[string]) =>
    typeof value === 'string' ? scrub(value) : Array.isArray(value) ? value.map((one) => scrub(String(one))) : value
  return Object.fromEntries(Object.entries(details).map(([key, value]) => [key, clean(value)]))
}
