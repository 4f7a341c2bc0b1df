/**
 * A field's type: a logical type with its parameters, or a native spelling that is kept verbatim.
 * Lengths are in characters (text), bytes (binary) or bits; precision and scale in decimal digits; time precision in fractional digits.
 * `null` for a parameter means "not given".
 */
export type DataType =
  | { readonly kind: SimpleKind }
  | { readonly kind: 'decimal'; readonly precision: number | null; readonly scale: number | null }
  | { readonly kind: LengthKind; readonly length: number | null }
  | { readonly kind: TimeKind; readonly precision: number | null }
  | { readonly kind: 'enum'; readonly name: string | null; readonly values: readonly string[] }
  | { readonly kind: 'array'; readonly element: DataType }
  | { readonly kind: 'map'; readonly key: DataType; readonly value: DataType }
  | { readonly kind: 'struct'; readonly members: readonly { readonly name: string; readonly type: DataType }[] }
  /** A spelling without a logical twin, or not understood. `flavor` is the flavor that owns it, `null` when nobody claimed it yet. */
  | { readonly kind: 'native'; readonly flavor: string | null; readonly text: string }

export type SimpleKind =
  | 'bool'
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'uint64'
  | 'float32'
  | 'float64'
  | 'text'
  | 'blob'
  | 'date'
  | 'interval'
  | 'uuid'
  | 'json'
  | 'xml'
  | 'inet'
  | 'geometry'
export type LengthKind = 'char' | 'varchar' | 'binary' | 'varbinary' | 'bit'
export type TimeKind = 'time' | 'timestamp' | 'timestamptz'
