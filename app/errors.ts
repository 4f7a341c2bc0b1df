/** Plain values that explain an error: names, numbers, places. Never a password, a connection string or a row value other than a key. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null | readonly string[]>>

/**
 * The one error class: work that could not be done.
 * `code` is stable UPPER_SNAKE; `message` says what was tried, on what, and the way out; `cause` keeps the driver's own error.
 */
export class MetaMigrateError extends Error {
  readonly code: string
  readonly details: ErrorDetails

  constructor(code: string, message: string, details: ErrorDetails = {}, options: { readonly cause?: unknown } = {}) {
    super(message, options)
    this.name = 'MetaMigrateError'
    this.code = code
    this.details = details
  }
}

/** Closes a union by `kind`: a member that nobody handled breaks the build, and a forged value throws. */
export function assertNever(value: never): never {
  throw new MetaMigrateError('UNREACHABLE', `Unexpected value: ${JSON.stringify(value)}.`)
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
