import type { Finding, FindingPath } from '../../../app/model/finding.ts'

/** A finding of this flavor. */
export const finding = (code: string, severity: Finding['severity'], path: FindingPath, message: string): Finding => ({ code, severity, path, message, flavor: 'mssql' })
