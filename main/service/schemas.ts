import { z } from 'zod'
import type { Arguments, CallName } from '../../app/api/api.ts'
import type { Model } from '../../app/model/model.ts'
import { modelProblem } from './model-problem.ts'

// zod compiles its checks with `new Function` unless told not to; nothing here may.
z.config({ jitless: true })

const nothing = z.strictObject({})
const name = z.string().min(1).max(10_000)
const url = z.string().min(1).max(4_000)
const secret = z.string().max(10_000)
const handle = z.string().min(1).max(200)
// The id of a database that was given by its address holds the address.
const id = z.string().min(1).max(4_100)
/** Names files of the data folder: letters and digits only. */
const draftId = z.string().regex(/^[A-Za-z0-9]{8,64}$/)
const stamp = z.string().regex(/^[0-9a-f]{64}$/)
const ids = z.array(id).max(1_000_000).readonly()
const runId = z.strictObject({ runId: id })
const confirm = z.string().max(10_000)
const number = z.string().regex(/^\d{1,40}$/)
const runAction = { runId: id, target: id.exactOptional(), confirm: confirm.exactOptional() }
const names = z.array(z.string().max(10_000)).max(100_000).readonly()

const model = z.custom<Model>().superRefine((value, context) => {
  const problem = modelProblem(value)
  if (problem !== null) context.addIssue({ code: 'custom', message: problem })
})

/** Any JSON value that stays small: a setting of the window. */
const setting = z
  .unknown()
  .refine((value) => value !== undefined && JSON.stringify(value).length <= 65_536, 'expected a JSON value of at most 64 KiB')

const options = z.strictObject({
  allowLossy: z.boolean(),
  accept: names,
  keepBackup: z.boolean().nullable(),
  strategy: z.enum(['transaction', 'swap', 'copy']).nullable(),
  includeUnchanged: z.boolean(),
  renames: z
    .array(z.strictObject({ from: name, to: name.nullable() }))
    .max(100_000)
    .readonly(),
  dropUnmanaged: names.exactOptional(),
  onFail: z
    .array(
      z.strictObject({
        field: name,
        way: z.union([z.strictObject({ kind: z.enum(['null', 'default', 'reject']) }), z.strictObject({ kind: z.literal('sql'), expression: z.string().min(1).max(100_000) })]),
      }),
    )
    .max(100_000)
    .readonly()
    .exactOptional(),
})

/** What each call takes: proved before any handler runs. A call without a schema does not compile. */
export const schemas = {
  'app.start': nothing,
  'settings.set': z.strictObject({ key: z.string().regex(/^[A-Za-z][A-Za-z0-9.:_-]{0,99}$/), value: setting }),

  'files.list': z.strictObject({ handle: handle.nullable() }),
  'model.open': z.strictObject({ handle: handle.nullable() }),
  'model.import': z.strictObject({
    files: z
      .array(z.strictObject({ name: z.string().min(1).max(1_000), base64: z.base64() }))
      .min(1)
      .max(20)
      .readonly(),
  }),
  'model.fromTarget': z.strictObject({ target: id, schemas: names.exactOptional() }),
  'model.save': z.strictObject({ handle, model, stamp: stamp.nullable().exactOptional() }),
  'model.saveAs': z.strictObject({ folder: handle, name: z.string().min(1).max(255), model, overwrite: z.boolean().exactOptional() }),

  'draft.keep': z.strictObject({
    id: draftId,
    window: draftId,
    handle: handle.nullable(),
    title: z.string().max(10_000),
    stamp: stamp.nullable(),
    at: z.iso.datetime(),
    changes: z.array(z.string().max(100_000)).max(1_000).readonly(),
    changeCount: z.int().nonnegative(),
    isWhole: z.boolean(),
    model,
    order: ids,
    saved: model,
    savedOrder: ids,
  }),
  'draft.release': z.strictObject({ id: draftId }),
  'draft.discard': z.strictObject({ id: draftId }),
  'draft.list': z.strictObject({ window: draftId, last: draftId.nullable() }),
  'draft.read': z.strictObject({ id: draftId }),
  'window.pulse': z.strictObject({ window: draftId, handle: handle.nullable() }),

  'target.list': nothing,
  'target.add': z.strictObject({
    name: z.string().trim().min(1).max(200),
    url,
    password: secret.exactOptional(),
    tag: z.enum(['development', 'test', 'production']),
    policy: z.enum(['free', 'confirm', 'read-only']),
  }),
  'target.remove': z.strictObject({ id }),
  'target.password': z.strictObject({ id, password: secret }),
  'target.test': z.union([z.strictObject({ url, password: secret.exactOptional() }), z.strictObject({ id })]),
  'target.shapes': z.strictObject({ id }),

  'plan.make': z.strictObject({
    target: id,
    command: z.enum(['create', 'backup', 'delete', 'restore', 'redeploy']),
    model,
    selection: z.strictObject({ schemas: names, tables: names }),
    options,
    mayBeNew: z.boolean().exactOptional(),
  }),
  'plan.run': z.strictObject({ hash: z.string().regex(/^[0-9a-f]{64}$/), target: id, confirm: z.string().max(10_000).exactOptional() }),

  'run.list': nothing,
  'run.get': runId,
  'run.cancel': runId,
  'run.resume': z.strictObject(runAction),
  'run.undo': z.strictObject({ ...runAction, acceptLoss: z.boolean().exactOptional() }),
  'run.preview': z.strictObject({ runId: id, target: id.exactOptional(), action: z.enum(['undo', 'resume']), acceptLoss: z.boolean().exactOptional() }),

  'backups.list': z.strictObject({ target: id }),
  'backups.drop': z.strictObject({
    target: id.exactOptional(),
    runs: z.array(id).max(10_000).readonly().exactOptional(),
    before: z.iso.datetime().exactOptional(),
    accept: names,
    seen: z.strictObject({ rows: number, values: number }).exactOptional(),
    dryRun: z.boolean().exactOptional(),
    confirm: confirm.exactOptional(),
  }),
} satisfies { readonly [K in CallName]: z.ZodType<Arguments<K>> }

/** Calls that carry a model or files: they alone may be large. */
const large: ReadonlySet<string> = new Set<CallName>(['model.save', 'model.saveAs', 'model.import', 'plan.make', 'draft.keep'])

/** Largest body of a call, in bytes: 256 MiB where a model travels, else 1 MiB. */
export const maxBytes = (call: string): number => (large.has(call) ? 256 : 1) * 1024 * 1024

/** What is wrong with the arguments of a call; null when nothing is. Values are never told, only places. */
export function argumentProblem(call: CallName, args: unknown): string | null {
  const result = schemas[call].safeParse(args)
  if (result.success) return null
  return result.error.issues
    .slice(0, 3)
    .map(({ path, message }) => (path.length === 0 ? message : `${path.map(String).join('.')}: ${message}`))
    .join('; ')
}
