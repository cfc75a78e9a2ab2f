import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { DatabaseUnavailable } from './database.ts'
import { translatePostgresError } from './postgres-errors.ts'

/** An error as `pg` makes it of what the server sent. */
function serverError(code: string): Error {
  return Object.assign(new Error('of the server'), { severity: 'FATAL', code })
}

function isUnknown(error: Error, wasSent: boolean): boolean {
  const translated = translatePostgresError(error, wasSent)
  assert.ok(translated instanceof DatabaseUnavailable)
  return translated.isOutcomeUnknown
}

describe('what PostgreSQL could not do', () => {
  it('may have happened when the connection broke, or the server stopped, behind the commit', () => {
    for (const error of [new Error('Connection terminated'), serverError('57P01'), serverError('57P02')]) {
      assert.equal(isUnknown(error, true), true)
      assert.equal(isUnknown(error, false), false)
    }
  })

  it('has not happened where the server refused it', () => {
    for (const code of ['57014', '53300', '25006', '40001']) assert.equal(isUnknown(serverError(code), true), false)
  })

  it('stays a defect where the statement is wrong', () => {
    const error = serverError('42601')
    assert.equal(translatePostgresError(error, true), error)
  })
})
