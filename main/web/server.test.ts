import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunEvent } from '../../app/run/report.ts'
import { schemas } from '../service/schemas.ts'
import { routes } from './routes.ts'
import { openTestHost, requestText } from './testing/open-host.ts'
import type { TestHost } from './testing/open-host.ts'

let host: TestHost
let cookie: string

beforeAll(async () => {
  host = await openTestHost({ bodyIdleMs: 200, heartbeatMs: 20 })
  cookie = await host.session()
})
afterAll(() => host.close())

interface Asked {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly body: string
}

/** A good request for every route of the table, every call among them, but for the token's. */
const asked: readonly Asked[] = routes
  .filter(({ auth }) => auth === 'session')
  .flatMap(({ method, path }): readonly Asked[] => {
    if (path === '/rpc/*') return Object.keys(schemas).map((name) => ({ method, path: `/rpc/${name}`, body: '{}' }))
    return [{ method, path: path === '/*' ? '/assets/app.js' : path, body: '' }]
  })

/** The request as this host's own window would send it, with changes. */
function ask({ method, path, body }: Asked, change: Readonly<Record<string, string | null>> = {}, extra = ''): string {
  const headers = {
    cookie,
    ...(method === 'POST' ? { origin: `http://127.0.0.1:${host.port}`, 'content-type': 'application/json' } : {}),
    ...change,
  }
  const text = requestText(host.port, method, path, headers, body)
  return extra === '' ? text : text.replace('\r\n', `\r\n${extra}\r\n`)
}

const good = { method: 'POST', path: '/rpc/app.start', body: '{}' } as const

/** Every route refuses the change, with nothing of the host in the answer and no call made. */
async function expectRefused(change: (one: Asked) => string): Promise<void> {
  for (const one of asked) {
    const before = host.calls.length
    const { status, body } = await host.raw(change(one))
    expect([one.path, status >= 400 && status < 500]).toEqual([one.path, true])
    expect(body).not.toMatch(/REACHED|export|<title>|retry/)
    expect(host.calls.length).toBe(before)
  }
}

describe('the session', () => {
  it('is given once for the one-use address, as an HttpOnly SameSite=Strict cookie named after the port', async () => {
    const own = await openTestHost()
    const first = await own.raw(requestText(own.port, 'GET', `/?token=${own.token}`))
    expect(first.status).toBe(303)
    expect(first.headers.get('location')).toBe('/')
    expect(first.headers.get('set-cookie')).toMatch(
      new RegExp(`^metamigrate_${own.port}=[A-Za-z0-9_-]{43}; HttpOnly; SameSite=Strict; Path=/$`),
    )
    const second = await own.raw(requestText(own.port, 'GET', `/?token=${own.token}`))
    expect([second.status, second.headers.has('set-cookie')]).toEqual([403, false])
    const again = await own.raw(
      requestText(own.port, 'GET', `/?token=${own.token}`, { cookie: first.headers.get('set-cookie')?.split(';')[0] ?? '' }),
    )
    expect([again.status, again.headers.get('location'), again.headers.has('set-cookie')]).toEqual([303, '/', false])
    await own.close()
  })

  it.each(['', 'token=', 'token=wrong', 'token=A&token=B', 'Token=A', 'x=1'])('is not given for the query "%s"', async (query) => {
    const own = await openTestHost()
    const { status, headers } = await own.raw(requestText(own.port, 'GET', `/?${query.replace('A', own.token)}`))
    expect([status, headers.has('set-cookie')]).toEqual([403, false])
    await own.close()
  })

  it('serves the page, its files, calls and a reload with the cookie', async () => {
    expect(await host.raw(requestText(host.port, 'GET', '/', { cookie }))).toMatchObject({
      status: 200,
      body: '<!doctype html><title>window</title>',
    })
    expect((await host.raw(requestText(host.port, 'GET', '/assets/app.js', { cookie }))).headers.get('content-type')).toBe(
      'text/javascript; charset=utf-8',
    )
    expect(await host.raw(ask(good))).toMatchObject({ status: 200, body: '{"ok":true,"value":"REACHED"}' })
  })
})

describe('every route', () => {
  it('declares who may ask, and only the root gives a session', () => {
    expect(routes.map(({ method, path, auth }) => `${method} ${path} ${auth}`)).toEqual([
      'GET /? token',
      'POST /rpc/* session',
      'GET /events session',
      'GET /* session',
    ])
  })

  it.each([
    ['no cookie', { cookie: null }],
    ['a wrong cookie', { cookie: 'metamigrate_1=x' }],
    ['two cookies of one name', { cookie: 'BOTH' }],
    ['Host evil.com', { host: 'evil.com' }],
    ['Host localhost', { host: 'localhost:PORT' }],
    ['Host localhost.evil.com', { host: 'localhost.evil.com:PORT' }],
    ['Host 127.0.0.1.nip.io', { host: '127.0.0.1.nip.io:PORT' }],
    ['Host [::1]', { host: '[::1]:PORT' }],
    ['Host without port', { host: '127.0.0.1' }],
    ['Host of another port', { host: '127.0.0.1:1' }],
    ['Host in other spelling', { host: '127.0.0.1:PORT.' }],
    ['Host with a user', { host: 'a@127.0.0.1:PORT' }],
    ['no Host', { host: null }],
    ['an empty Host', { host: '' }],
    ['Origin null', { origin: 'null' }],
    ['Origin of a file', { origin: 'file://' }],
    ['a foreign Origin', { origin: 'http://evil.com' }],
    ['Origin of another port', { origin: 'http://127.0.0.1:1' }],
    ['Origin of localhost', { origin: 'http://localhost:PORT' }],
    ['Origin with https', { origin: 'https://127.0.0.1:PORT' }],
    ['a subdomain as Origin', { origin: 'http://a.127.0.0.1:PORT' }],
    ['a page elsewhere', { 'sec-fetch-site': 'cross-site' }],
    ['a page of the same site', { 'sec-fetch-site': 'same-site' }],
    [
      'an upgrade',
      { upgrade: 'websocket', connection: 'Upgrade', 'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==', 'sec-websocket-version': '13' },
    ],
  ] as const)('refuses %s', async (_, change) => {
    const filled = Object.fromEntries(
      Object.entries(change).map(([name, value]: readonly [string, string | null]) => [
        name,
        value?.replace('PORT', String(host.port)).replace('BOTH', `${cookie}; ${cookie}`) ?? null,
      ]),
    )
    await expectRefused((one) => ask(one, filled))
  })

  it('refuses two Host headers', () => expectRefused((one) => ask(one, {}, 'Host: evil.com')))
  it('refuses two Origin headers', () =>
    expectRefused((one) => ask(one, { origin: `http://127.0.0.1:${host.port}` }, 'Origin: http://evil.com')))
  it('refuses the session of another start', async () => {
    const other = await openTestHost()
    const foreign = (await other.session()).replace(String(other.port), String(host.port))
    await other.close()
    await expectRefused((one) => ask(one, { cookie: foreign }))
  })
  it('refuses the address of a whole URL', () => expectRefused((one) => ask({ ...one, path: `http://127.0.0.1:${host.port}${one.path}` })))
  it('refuses the token in place of the cookie', () =>
    expectRefused((one) => ask({ ...one, path: `${one.path}?token=${host.token}` }, { cookie: null })))
  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])('refuses %s', (method) =>
    expectRefused((one) => ask({ ...one, method: method as 'GET' })),
  )
  it('never says that another page may read', async () => {
    for (const one of [good, ...asked.filter(({ path }) => path.startsWith('/assets'))]) {
      const { headers } = await host.raw(ask(one))
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
    }
  })
  it('carries the policy, nosniff and no-store, in refusals too', async () => {
    for (const text of [ask(good), ask(good, { cookie: null }), requestText(host.port, 'GET', '/', { cookie })]) {
      const { headers } = await host.raw(text)
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      )
      expect([headers.get('x-content-type-options'), headers.get('cache-control'), headers.get('referrer-policy')]).toEqual([
        'nosniff',
        'no-store',
        'no-referrer',
      ])
    }
  })
})

describe('calls', () => {
  const calls = asked.filter(({ method }) => method === 'POST')
  it('are never made by GET', async () => {
    for (const one of calls) expect((await host.raw(ask({ ...one, method: 'GET', body: '' }))).status).toBe(405)
  })
  it('need the Origin of their page', async () => {
    for (const one of calls) expect((await host.raw(ask(one, { origin: null }))).status).toBe(403)
  })
  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'application/json; charset=utf-16',
    'application/jsonp',
    '',
  ])('are refused as "%s"', async (type) => {
    for (const one of calls) expect((await host.raw(ask(one, { 'content-type': type }))).status).toBe(415)
  })
  it('are refused without a type, and compressed', async () => {
    expect((await host.raw(ask(good, { 'content-type': null }))).status).toBe(415)
    expect((await host.raw(ask(good, { 'content-encoding': 'gzip' }))).status).toBe(415)
  })
  it('are refused when the body is not JSON in UTF-8', async () => {
    for (const body of ['{', 'x', '{"a":NaN}', "{'a':1}"]) expect((await host.raw(ask({ ...good, body }))).status).toBe(400)
    expect((await host.raw(ask({ ...good, body: '' }, { 'content-length': '0' }))).status).toBe(400)
  })
  it('are refused over 1 MiB, and over 256 MiB where a model travels', async () => {
    for (const one of calls) {
      const limit = ['plan.make', 'model.save', 'model.saveAs', 'model.import', 'draft.keep'].some((name) => one.path.endsWith(name)) ? 256 : 1
      const { status } = await host.raw(ask({ ...one, body: '' }, { 'content-length': String(limit * 1024 * 1024 + 1) }))
      expect([one.path, status]).toEqual([one.path, 413])
    }
  })
  it('are refused over the limit when no length was told', async () => {
    const chunk = `10000\r\n${' '.repeat(0x10000)}\r\n`
    const { status } = await host.raw(ask({ ...good, body: '' }, { 'transfer-encoding': 'chunked' }) + chunk.repeat(17))
    expect(status).toBe(413)
  })
  it('are refused when the body does not come', async () => {
    expect((await host.raw(ask({ ...good, body: '{' }, { 'content-length': '100' }))).status).toBe(408)
  })
  it.each(['__proto__', 'toString', 'constructor', 'hasOwnProperty', '', 'app.start/', 'APP.START', 'app.start%00', '../events'])(
    'have no call named "%s"',
    async (name) => {
      const before = host.calls.length
      expect((await host.raw(ask({ ...good, path: `/rpc/${name}` }))).status).toBe(404)
      expect(host.calls.length).toBe(before)
    },
  )
})

describe('files', () => {
  const ups = ['..', '%2e%2e', '%2E%2E', '.%2e', '%2e.', '%252e%252e', '..%00', '..;', '%c0%ae%c0%ae', '%u002e%u002e', '....', '..%20']
  const slashes = ['/', '%2f', '%2F', '\\', '%5c', '%5C', '%252f', '//', '/./', '%c0%af']
  const paths = ups.flatMap((up) =>
    slashes.flatMap((slash) => [`/${up}${slash}secret.js`, `/assets${slash}${up}${slash}${up}${slash}secret.js`]),
  )
  it(`lie in their folder: none of ${paths.length} ways out leads anywhere`, async () => {
    for (const path of paths) {
      const { status, body } = await host.raw(requestText(host.port, 'GET', path, { cookie }))
      expect([path, status >= 400 && status < 500, body.includes('SECRET')]).toEqual([path, true, false])
    }
  })
  it('are not reached through a link that leads out', async () => {
    expect((await host.raw(requestText(host.port, 'GET', '/assets/link.js', { cookie }))).status).toBe(404)
  })
  it.each([
    '/assets',
    '/assets/',
    '/nothing.js',
    '/.hidden.js',
    '/index.html/',
    '/assets/app.js/x',
    '/index.exe',
    `/${'a'.repeat(300)}.js`,
  ])('has none at %s', async (path) => {
    expect((await host.raw(requestText(host.port, 'GET', path, { cookie }))).status).toBe(404)
  })
})

describe('broken requests', () => {
  it.each(['GET\r\n\r\n', 'GET / HTTP/9.9\r\n\r\n', 'G\u0000T / HTTP/1.1\r\n\r\n', `GET / HTTP/1.1\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`])(
    'end in a plain 400 (%j)',
    async (text) => {
      const { status, body } = await host.raw(text)
      expect([[0, 400].includes(status), body]).toEqual([true, ''])
    },
  )
})

describe('events', () => {
  it('reach the window while it listens, between signs of life', async () => {
    const response = await fetch(`http://127.0.0.1:${host.port}/events`, { headers: { cookie } })
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    const event: RunEvent = { kind: 'group.committed', runId: 'r1', group: 'a\nb' }
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    while (!text.includes('"group.committed"') || !text.includes(': alive')) {
      if (text.includes('retry: 1000') && !text.includes('group')) host.emit(event)
      text += (await reader?.read())?.value ?? ''
    }
    expect(text).toContain(`data: ${JSON.stringify(event)}\n\n`)
    await reader?.cancel()
    await expect.poll(() => host.listening()).toBe(0)
  })
})
