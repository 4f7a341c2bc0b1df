import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pythonOfTool } from './python-tools.ts'

/** What sqlfluff says to each text, in order: null when its grammar of `dialect` takes it, else where it stops. */
export async function sqlfluff(dialect: 'tsql' | 'impala', texts: readonly string[]): Promise<readonly (string | null)[]> {
  // Two processes at most: what the tests' machines have. Every other text goes to the second, so that both get long and short ones.
  const halves = texts.length < 20 ? [texts] : [texts.filter((_, at) => at % 2 === 0), texts.filter((_, at) => at % 2 === 1)]
  const [first = [], second] = await Promise.all(halves.map((half) => parseAll(dialect, half)))
  return second === undefined ? first : texts.map((_, at) => (at % 2 === 0 ? first : second)[at >> 1] ?? null)
}

function parseAll(dialect: string, texts: readonly string[]): Promise<readonly (string | null)[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(pythonOfTool('lint'), [join(import.meta.dirname, 'python', 'parse_sql.py'), dialect], { stdio: ['pipe', 'pipe', 'pipe'] })
    const said: (string | null)[] = []
    let errors = ''
    child.stderr.on('data', (data: Buffer) => (errors += data.toString()))
    createInterface({ input: child.stdout }).on('line', (line) => said.push(JSON.parse(line) as string | null))
    child.once('error', reject)
    child.once('close', (code) => (code === 0 && said.length === texts.length ? resolve(said) : reject(new Error(`sqlfluff ended with ${code} after ${said.length} of ${texts.length} texts: ${errors.trim()}`))))
    child.stdin.once('error', reject)
    child.stdin.end(texts.map((text) => `${JSON.stringify(text)}\n`).join(''))
  })
}
