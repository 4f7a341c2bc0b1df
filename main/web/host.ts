import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { messageOf } from '../../app/errors.ts'
import { openBrowser } from './open-browser.ts'
import { serve } from './serve.ts'

// What `npm start` runs where there is no desktop shell: `host.js [PATH] [--port N] [--no-open]`.

function usage(message: string): never {
  process.stderr.write(`${message}\nusage: host.js [PATH] [--port N] [--no-open]\n`)
  process.exit(2)
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { port: { type: 'string' }, 'no-open': { type: 'boolean' } },
    })
    const port = Number(values.port ?? 0)
    if (positionals.length > 1) usage('one path at most')
    if (!Number.isInteger(port) || port < 0 || port > 65_535) usage(`--port takes a number from 0 to 65535, not ${values.port}`)
    // npm changes to the project's folder, and tells where the person was.
    const path = positionals[0] === undefined ? null : resolve(process.env['INIT_CWD'] ?? process.cwd(), positionals[0])
    return { path, port, opens: values['no-open'] !== true }
  } catch (error) {
    return usage(messageOf(error))
  }
}

const { path, port, opens } = readArguments()
try {
  const served = await serve({ path, port, env: process.env, log: (line) => process.stderr.write(`${line}\n`) })
  process.stdout.write(`MetaMigrate is at ${served.url}\n`)
  if (opens) openBrowser(served.url, process.env)
  await served.ended
} catch (error) {
  process.stderr.write(`MetaMigrate could not start: ${messageOf(error)}\n`)
  process.exitCode = 1
}
