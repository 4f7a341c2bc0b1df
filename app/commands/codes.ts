/** Codes of the risks that a plan finds. MM1xx loses data, MM2xx may fail on the data, MM3xx locks, MM4xx breaks something else, MM5xx is about the way back. */
export const codes = {
  lossyCast: 'MM101',
  droppedTable: 'MM102',
  droppedField: 'MM103',
  /** Of drop-backups: rows, or values of fields that went, that are nowhere else. */
  onlyCopy: 'MM104',
  impossibleCast: 'MM201',
  noDefault: 'MM202',
  nullRows: 'MM203',
  newUnique: 'MM204',
  notEmpty: 'MM205',
  locks: 'MM301',
  dependentNeeds: 'MM401',
  dependentRefuses: 'MM402',
  nameTaken: 'MM403',
  existsDifferent: 'MM404',
  missing: 'MM405',
  noBackup: 'MM406',
  renameBreaks: 'MM407',
  notReversible: 'MM501',
  assumed: 'MM502',
} as const
