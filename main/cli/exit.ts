/** Exit codes of the command line; docs/cli.md tells them to people. */
export const exit = { done: 0, failed: 1, usage: 2, differences: 3, cancelled: 130 } as const
export type ExitCode = (typeof exit)[keyof typeof exit]

/** Wrong usage: told in one line, exit 2. */
export class UsageError extends Error {}
