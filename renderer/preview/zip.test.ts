import { describe, expect, it } from 'vitest'
import { zipOf } from './zip.ts'

const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')

describe('zipOf', () => {
  it('is what the format says, byte for byte', () => {
    // CRC-32 of "123456789" is cbf43926, the check value of the standard.
    expect(hex(zipOf([{ path: 'a', text: '123456789' }]))).toBe(
      ['504b0304', '1400', '0008', '0000', '0000', '2100', '2639f4cb', '09000000', '09000000', '0100', '0000', '61', '313233343536373839'].join('') +
        ['504b0102', '1400', '1400', '0008', '0000', '0000', '2100', '2639f4cb', '09000000', '09000000', '0100', '0000', '0000', '0000', '0000', '00000000', '00000000', '61'].join('') +
        ['504b0506', '0000', '0000', '0100', '0100', '2f000000', '28000000', '0000'].join(''),
    )
  })

  it('holds nothing when there is nothing', () => {
    expect(hex(zipOf([]))).toBe(`504b0506${'00'.repeat(18)}`)
  })
})
