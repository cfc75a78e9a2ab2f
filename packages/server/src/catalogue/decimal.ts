/** An exact decimal number: `digits / 10^scale`. Never negative here, never rounded but by {@link ceilDecimal}. */
export interface Decimal {
  readonly digits: bigint
  readonly scale: number
}

const DECIMAL = /^(\d+)(?:\.(\d+))?(?:e([+-]?\d{1,3}))?$/i

/** Reads `9.4`, `0.50` or `1e-7` exactly; null for anything else, signs and spaces included. */
export function parseDecimal(text: string): Decimal | null {
  const match = DECIMAL.exec(text)
  if (match === null) return null
  const fraction = match[2] ?? ''
  const scale = fraction.length - Number(match[3] ?? 0)
  const digits = BigInt(`${match[1]}${fraction}`)
  return reduce(scale < 0 ? { digits: digits * 10n ** BigInt(-scale), scale: 0 } : { digits, scale })
}

/** The decimal a finite, not negative JavaScript number is written as: 0.1 is one tenth, not its binary neighbour. */
export function decimalFromNumber(value: number): Decimal {
  const decimal = parseDecimal(String(value))
  if (decimal === null) throw new RangeError(`not a number that can be priced: ${value}`)
  return decimal
}

/** The exact product. */
export function multiplyDecimals(left: Decimal, right: Decimal): Decimal {
  return reduce({ digits: left.digits * right.digits, scale: left.scale + right.scale })
}

/** The exact quotient by a whole number above 0; null when it has no end in decimal notation, as 1 / 3. */
export function divideDecimal(value: Decimal, divisor: number): Decimal | null {
  const by = BigInt(divisor)
  for (let shift = 0; shift <= 60; shift += 1) {
    const digits = value.digits * 10n ** BigInt(shift)
    if (digits % by === 0n) return reduce({ digits: digits / by, scale: value.scale + shift })
  }
  return null
}

/** The smallest whole number that is not below `value / divisor`. */
export function ceilDecimal(value: Decimal, divisor = 1): bigint {
  const unit = 10n ** BigInt(value.scale) * BigInt(divisor)
  return (value.digits + unit - 1n) / unit
}

/** Below 0, 0 or above 0, as `left` is smaller, equal or larger. */
export function compareDecimals(left: Decimal, right: Decimal): number {
  const difference = left.digits * 10n ** BigInt(right.scale) - right.digits * 10n ** BigInt(left.scale)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** Plain notation without an exponent or needless zeros: `37.6`. */
export function formatDecimal(value: Decimal): string {
  if (value.scale === 0) return String(value.digits)
  const text = String(value.digits).padStart(value.scale + 1, '0')
  return `${text.slice(0, -value.scale)}.${text.slice(-value.scale)}`
}

/** The nearest JavaScript number, for display; up to 15 significant digits it is written back the same. */
export function decimalToNumber(value: Decimal): number {
  return Number(formatDecimal(value))
}

function reduce(value: Decimal): Decimal {
  let { digits, scale } = value
  while (scale > 0 && digits % 10n === 0n) {
    digits /= 10n
    scale -= 1
  }
  return { digits, scale }
}
