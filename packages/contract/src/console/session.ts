import Type, { type Static } from 'typebox'
import type { Operation } from '../operation.ts'
import { DONE, email, id, password, role, time } from './parameters.ts'

/** Who is signed in, and the account the session looks at. */
export const Session = Type.Object(
  {
    session_id: id('session'),
    user: Type.Object({
      user_id: id('user'),
      name: Type.String({ description: 'Name for people.' }),
      email,
    }),
    account: Type.Object({
      account_id: id('account'),
      name: Type.String({ description: 'Name of the account.' }),
      role,
    }),
    accounts: Type.Array(
      Type.Object({
        account_id: id('account'),
        name: Type.String({ description: 'Name of the account.' }),
        role,
      }),
      { description: 'Every account the user is a member of.' },
    ),
  },
  { title: 'Session' },
)
export type Session = Static<typeof Session>

/** What a one-time link is good for. */
export const Link = Type.Object(
  {
    purpose: Type.Enum(['join', 'recover'], { description: 'Becoming a member, or a new password.' }),
    account_name: Type.Union([Type.String(), Type.Null()], { description: 'The account it leads into.' }),
    role: Type.Union([role, Type.Null()], { description: 'The role there.' }),
    email: Type.Union([Type.String(), Type.Null()], { description: 'The only email it is for; null for any.' }),
    expires_at: time('When it stops working.'),
  },
  { title: 'Link' },
)
export type Link = Static<typeof Link>

const token = Type.String({ minLength: 1, maxLength: 128, description: 'The part of the link behind its #.' })

/** Signing in and out, links and sessions. Answers that begin a session set its cookie. */
export const SESSION_OPERATIONS = {
  signIn: {
    method: 'POST',
    path: '/console/v1/sign-in',
    tag: 'Console',
    summary: 'Sign in',
    description: 'Begins a session, kept in a cookie that no script can read.',
    auth: 'none',
    body: Type.Object(
      { email, password: password('The password.') },
      { title: 'SignInBody', additionalProperties: false },
    ),
    answers: { 200: { description: 'Signed in.', schema: Session } },
    errors: ['invalid_request', 'invalid_credentials', 'forbidden', 'rate_limit_exceeded'],
  },
  signOut: {
    method: 'POST',
    path: '/console/v1/sign-out',
    tag: 'Console',
    summary: 'Sign out',
    description: 'Ends the session.',
    auth: 'session',
    answers: DONE,
    errors: [],
  },
  getSession: {
    method: 'GET',
    path: '/console/v1/session',
    tag: 'Console',
    summary: 'Get the session',
    description: 'Who is signed in.',
    auth: 'session',
    answers: { 200: { description: 'The session.', schema: Session } },
    errors: [],
  },
  switchAccount: {
    method: 'POST',
    path: '/console/v1/session/account',
    tag: 'Console',
    summary: 'Switch the account',
    description: 'Makes this session look at another account of the user.',
    auth: 'session',
    body: Type.Object({ account_id: id('account') }, { title: 'SwitchAccountBody', additionalProperties: false }),
    answers: { 200: { description: 'The session.', schema: Session } },
    errors: ['invalid_request', 'not_found'],
  },
  changePassword: {
    method: 'POST',
    path: '/console/v1/session/password',
    tag: 'Console',
    summary: 'Change the password',
    description: 'Takes the current password too, and ends every other session of the user.',
    auth: 'session',
    body: Type.Object(
      {
        current_password: password('The password so far.'),
        new_password: Type.String({ minLength: 10, maxLength: 128, description: 'The new one, 10 to 128 characters.' }),
      },
      { title: 'ChangePasswordBody', additionalProperties: false },
    ),
    answers: DONE,
    errors: ['invalid_request'],
  },
  listSessions: {
    method: 'GET',
    path: '/console/v1/sessions',
    tag: 'Console',
    summary: 'List sessions',
    description: 'The sessions of the user, newest first.',
    auth: 'session',
    answers: {
      200: {
        description: 'The sessions.',
        schema: Type.Object(
          {
            data: Type.Array(
              Type.Object({
                session_id: id('session'),
                is_current: Type.Boolean({ description: 'Whether it is the one that asks.' }),
                address: Type.Union([Type.String(), Type.Null()], { description: 'Where it was begun from.' }),
                user_agent: Type.Union([Type.String(), Type.Null()], {
                  description: 'The browser, as it names itself.',
                }),
                created_at: time('When it began.'),
                expires_at: time('When it ends if it is not used.'),
              }),
              { description: 'Newest first.' },
            ),
          },
          { title: 'SessionList' },
        ),
      },
    },
    errors: [],
  },
  endSession: {
    method: 'DELETE',
    path: '/console/v1/sessions/{id}',
    tag: 'Console',
    summary: 'End a session',
    description: 'Signs out another browser of the user at once.',
    auth: 'session',
    params: { id: id('session') },
    answers: DONE,
    errors: ['not_found'],
  },
  readLink: {
    method: 'POST',
    path: '/console/v1/links/read',
    tag: 'Console',
    summary: 'Read a one-time link',
    description: 'Tells what a link is good for without using it up.',
    auth: 'none',
    body: Type.Object({ token }, { title: 'ReadLinkBody', additionalProperties: false }),
    answers: { 200: { description: 'The link.', schema: Link } },
    errors: ['invalid_request', 'forbidden'],
  },
  redeemLink: {
    method: 'POST',
    path: '/console/v1/links/redeem',
    tag: 'Console',
    summary: 'Use a one-time link',
    description: 'Makes the user, or joins the one there is, or renews a password; signs in. A link works once.',
    auth: 'none',
    body: Type.Object(
      {
        token,
        password: password('10 to 128 characters; the own password of who has a user already.'),
        email: Type.Optional(email),
        name: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'Name for people.' })),
      },
      { title: 'RedeemLinkBody', additionalProperties: false },
    ),
    answers: { 200: { description: 'Signed in.', schema: Session } },
    errors: ['invalid_request', 'invalid_credentials', 'forbidden', 'conflict', 'rate_limit_exceeded'],
  },
} as const satisfies Record<string, Operation>
