import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  ceilDecimal,
  compareDecimals,
  type Decimal,
  decimalFromNumber,
  decimalToNumber,
  divideDecimal,
  formatDecimal,
  multiplyDecimals,
  parseDecimal,
} from './decimal.ts'

function decimal(text: string): Decimal {
  const value = parseDecimal(text)
  assert.ok(value)
  return value
}

const decimals = fc
  .record({ digits: fc.bigInt({ min: 0n, max: 10n ** 20n }), scale: fc.nat(15) })
  .map((value) => decimal(formatDecimal(value)))

test('decimals are read exactly as they are written', () => {
  assert.equal(formatDecimal(decimal('9.40')), '9.4')
  assert.equal(formatDecimal(decimal('0.000001')), '0.000001')
  assert.equal(formatDecimal(decimal('1e3')), '1000')
  assert.equal(formatDecimal(decimalFromNumber(1e-7)), '0.0000001')
  assert.equal(formatDecimal(decimalFromNumber(0.1)), '0.1')
  for (const text of ['', '-1', '+1', '.5', '1.', '0x10', 'NaN', 'Infinity', '1 ', '1e9999', '1_000']) {
    assert.equal(parseDecimal(text), null, text)
  }
  assert.throws(() => decimalFromNumber(Number.NaN), RangeError)
  assert.throws(() => decimalFromNumber(-1), RangeError)
})

test('products have no error of binary floating point', () => {
  assert.equal(formatDecimal(multiplyDecimals(decimal('0.1'), decimal('3'))), '0.3')
  assert.equal(formatDecimal(multiplyDecimals(decimal('1.1'), decimal('1.1'))), '1.21')
  assert.equal(ceilDecimal(multiplyDecimals(decimal('1.1'), decimal('10'))), 11n)
})

test('rounding up gives the smallest whole number that is not below', () => {
  assert.equal(ceilDecimal(decimal('37.6')), 38n)
  assert.equal(ceilDecimal(decimal('38')), 38n)
  assert.equal(ceilDecimal(decimal('0')), 0n)
  assert.equal(ceilDecimal(decimal('0.000000000001')), 1n)
  assert.equal(ceilDecimal(decimal('2500'), 1000), 3n)
  fc.assert(
    fc.property(decimals, (value) => {
      const up = { digits: ceilDecimal(value), scale: 0 }
      assert.ok(compareDecimals(up, value) >= 0)
      assert.ok(up.digits === 0n || compareDecimals({ digits: up.digits - 1n, scale: 0 }, value) < 0)
    }),
  )
})

test('division is exact or refused', () => {
  assert.equal(formatDecimal(divideDecimal(decimal('2500'), 1000) ?? decimal('0')), '2.5')
  assert.equal(divideDecimal(decimal('1'), 3), null)
  fc.assert(
    fc.property(decimals, fc.constantFrom(1, 2, 5, 8, 10, 64, 1000, 1_000_000), (value, by) => {
      const part = divideDecimal(value, by)
      assert.ok(part)
      assert.deepEqual(multiplyDecimals(part, decimal(String(by))), value)
    }),
  )
})

test('a decimal of up to 15 digits is written by JSON as it was read', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n - 1n }), fc.nat(6), (digits, scale) => {
      const value = decimal(formatDecimal({ digits, scale }))
      assert.deepEqual(decimalFromNumber(JSON.parse(JSON.stringify(decimalToNumber(value)))), value)
    }),
  )
})
