import { styleText } from 'node:util'

/** Where a command talks and prints. Results go to `out`, everything else to `say`. */
export interface Io {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly quiet: boolean
  readonly verbose: boolean
  /** Whether stderr is a terminal that a progress line may be drawn on. */
  readonly live: boolean
  readonly interactive: boolean
  /** A result, as it is. */
  out(text: string): void
  /** A line for the person, on stderr. */
  say(line: string): void
  /** A line that `--quiet` shows too: an error. */
  complain(line: string): void
  /** A line that only `--verbose` shows. */
  tell(line: string): void
  /** Draws over the last progress line; '' clears it. */
  progress(line: string): void
  style(format: 'bold' | 'dim' | 'red' | 'yellow' | 'green', text: string): string
  /** A line typed by the person. `secret` is not echoed. */
  ask(question: string, secret?: boolean): Promise<string>
}

export interface IoOptions {
  readonly quiet: boolean
  readonly verbose: boolean
  readonly color: boolean
}

/** The process's own streams. */
export function processIo(options: IoOptions): Io {
  const { stdout, stderr, stdin, env } = process
  const live = stderr.isTTY === true && env['TERM'] !== 'dumb' && !options.quiet
  const colored = options.color && stderr.isTTY === true && (env['NO_COLOR'] ?? '') === ''
  let drawn = false
  const clear = () => {
    if (drawn) stderr.write('\r\u001B[2K')
    drawn = false
  }
  return {
    cwd: process.cwd(),
    env,
    quiet: options.quiet,
    verbose: options.verbose,
    live,
    interactive: stdin.isTTY === true && stderr.isTTY === true,
    out: (text) => {
      clear()
      stdout.write(text)
    },
    say: (line) => {
      clear()
      if (!options.quiet) stderr.write(`${line}\n`)
    },
    complain: (line) => {
      clear()
      stderr.write(`${line}\n`)
    },
    tell: (line) => {
      clear()
      if (options.verbose) stderr.write(`${line}\n`)
    },
    progress: (line) => {
      if (!live) return
      clear()
      if (line === '') return
      stderr.write(line.slice(0, Math.max(20, (stderr.columns ?? 80) - 1)))
      drawn = true
    },
    style: (format, text) => (colored ? styleText(format, text, { validateStream: false }) : text),
    ask: (question, secret = false) => ask(question, secret),
  }
}

async function ask(question: string, secret: boolean): Promise<string> {
  // Loaded when something is asked: `--help` asks nothing and must start fast.
  const { createInterface } = await import('node:readline')
  return new Promise((resolve) => {
    const reader = createInterface({ input: process.stdin, output: process.stderr, terminal: true })
    // readline echoes through this method; a secret is typed blind.
    if (secret) Object.assign(reader, { _writeToOutput: (text: string) => process.stderr.write(text.startsWith(question) ? question : '') })
    let answered = false
    reader.question(question, (answer) => {
      answered = true
      reader.close()
      if (secret) process.stderr.write('\n')
      resolve(answer)
    })
    reader.once('close', () => {
      if (!answered) resolve('')
    })
  })
}
