import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Words that only a database driver or Node code leaves in a bundle. */
export const driverMarks: readonly RegExp[] = [/better-sqlite3/, /pg-protocol|pg-pool|pg-native/, /worker_threads/, /node:(fs|net|tls|crypto|child_process|module)/, /createRequire/, /SASLInitialResponse/]

/** The marks found in one file's text. */
export function marksIn(text: string): string[] {
  return driverMarks.filter((mark) => mark.test(text)).map(String)
}

const dist = join(dirname(dirname(fileURLToPath(import.meta.url))), 'dist', 'renderer')

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const files = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && /\.(js|html)$/.test(entry.name)).map((entry) => join(entry.parentPath, entry.name))
  if (!files.some((file) => file.endsWith('.js'))) throw new Error(`no bundle in ${dist}: build first`)
  const found = files.flatMap((file) => marksIn(readFileSync(file, 'utf8')).map((mark) => `${file}: ${mark}`))
  for (const line of found) process.stderr.write(`${line}\n`)
  process.stderr.write(`bundle: ${files.length} files of the window, ${found.length} marks of a driver\n`)
  process.exitCode = found.length > 0 ? 1 : 0
}
