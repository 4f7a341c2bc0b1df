import { MetaMigrateError } from '../../../app/errors.ts'
import type { Finding, FindingPath } from '../../../app/model/finding.ts'

/** A finding of this flavor. */
export const finding = (code: string, severity: Finding['severity'], path: FindingPath, message: string): Finding => ({ code, severity, path, message, flavor: 'mysql' })

/** The refusal that rendering would give, as a finding; none where it renders. */
export function refusalOf(path: FindingPath, render: () => unknown): readonly Finding[] {
  try {
    render()
    return []
  } catch (error) {
    if (!(error instanceof MetaMigrateError)) throw error
    return [finding(error.code, 'error', path, error.message)]
  }
}
