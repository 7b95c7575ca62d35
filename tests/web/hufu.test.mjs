// The module for other people's pages against a desk that the test plays: what a lost answer and an abort do.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { afterEach, test } from 'node:test';

// As a module, whatever Node takes a .js file for.
const source = readFileSync(new URL('../../app/server/web/hufu.js', import.meta.url));
const { Desk, HufuTrouble, connect, findDesk, kPromptWords, logInByCode } = await import(`data:text/javascript;base64,${source.toString('base64')}`);

const real = { fetch: globalThis.fetch, setTimeout: globalThis.setTimeout };
afterEach(() => {
  Object.assign(globalThis, real);
  delete globalThis.navigator;
});

// answers: one for each request in turn: an act, a status, or null for an answer that is lost on the way.
function play(answers) {
  const asked = [];
  globalThis.setTimeout = (act) => real.setTimeout(act, 0);
  globalThis.fetch = async (url, { method }) => {
    asked.push(`${method} ${new URL(url).pathname}`);
    const answer = answers.shift();
    if (answer === null || answer === undefined) throw new TypeError('lost');
    if (typeof answer === 'number') return { status: answer, ok: answer < 300, json: async () => ({ code: 'HF-103' }) };
    return { status: 200, ok: true, json: async () => answer };
  };
  return asked;
}

const act = (version, state, over = false) => ({ id: 'a1', version, state, over, files: [] });
const seal = (signal) => new Desk('http://127.0.0.1:1').seal({ project: { id: 'P', name: 'B' } }, (one) => seen.push(one.state), signal);
let seen = [];

test('act_whoseAnswersAreLostTwiceRunning_isFollowedToItsEnd', async () => {
  seen = [];
  const asked = play([act(1, 'choosing'), null, null, act(2, 'showing'), null, null, act(3, 'done', true)]);
  assert.equal((await seal()).state, 'done');
  assert.deepEqual(seen, ['choosing', 'showing', 'done']);
  assert.equal(asked.length, 7);
});

test('act_whoseDeskIsGone_isGivenUpAfterThreeTries', async () => {
  const asked = play([act(1, 'choosing'), null, null, null, act(2, 'done', true)]);
  await assert.rejects(seal(), (trouble) => trouble instanceof HufuTrouble && trouble.reason === 'notFound');
  assert.equal(asked.length, 4);
});

test('act_thatTheDeskKnowsNoMore_isNotAskedForAgain', async () => {
  const asked = play([act(1, 'choosing'), 404, act(2, 'done', true)]);
  await assert.rejects(seal(), (trouble) => trouble.reason === 'failed' && trouble.code === 'HF-103');
  assert.equal(asked.length, 2);
});

test('act_abortedBeforeItsStart_isNeverBegun', async () => {
  const asked = play([act(1, 'choosing')]);
  assert.equal((await seal(AbortSignal.abort())).state, 'cancelled');
  assert.deepEqual(asked, []);
});

test('act_abortedWhileItIsBegun_isCancelledAtTheDesk', async () => {
  const abort = new AbortController();
  const asked = play([act(1, 'choosing'), 204, act(2, 'cancelled', true)]);
  const begun = seal(abort.signal);
  abort.abort();
  assert.equal((await begun).state, 'cancelled');
  assert.deepEqual(asked, ['POST /v1/acts', 'DELETE /v1/acts/a1', 'GET /v1/acts/a1']);
});

test('connect_withoutAnAnswer_tellsWhyAndHowLong', async () => {
  const standing = (access, more = {}) => ({ hufu: 'desk', api: 1, access, ...more });
  const reasonOf = async (...answers) => {
    play(answers);
    return connect({ ports: [1] }).then(() => 'connected', ({ reason, seconds }) => [reason, seconds]);
  };
  assert.deepEqual(await reasonOf(standing('unanswered', { seconds: 480 }), standing('unanswered', { seconds: 480 })), ['unanswered', 480]);
  assert.deepEqual(await reasonOf(standing('none'), standing('asked'), standing('unanswered', { seconds: 30 })), ['unanswered', 30]);
  assert.deepEqual(await reasonOf(standing('none'), standing('asked'), standing('none')), ['busy', null]); // it made way for the person's own act
  assert.deepEqual(await reasonOf(standing('none'), standing('asked'), standing('refused')), ['refused', null]);
  assert.deepEqual(await reasonOf(standing('none'), standing('postponed')), ['failed', null]); // a word of a newer desk
  assert.equal(await reasonOf(standing('none'), standing('asked'), standing('asked'), standing('allowed')), 'connected');
});

// --- what the browser asks the person before a page reaches the computer ------------------------------------------------------------

// states: how its permission stands at each look in turn, null where it knows none of that name. Returns: the names asked for.
function playBrowser(...states) {
  const names = [];
  const query = async ({ name }) => {
    names.push(name);
    const state = states.length > 1 ? states.shift() : states[0];
    if (state === null) throw new TypeError('no such permission');
    return { state };
  };
  Object.defineProperty(globalThis, 'navigator', { configurable: true, value: { permissions: { query } } });
  return names;
}
const standing = { hufu: 'desk', api: 1, access: 'allowed' };
const isBlocked = (trouble) => trouble instanceof HufuTrouble && trouble.reason === 'blocked' && trouble.code === null;

test('browser_thatWillAsk_isExplainedBefore_inBothLanguages', async () => {
  playBrowser('prompt');
  const asked = play([standing, standing]);
  const told = [];
  const desk = await connect({ ports: [1], onPrompt: async (words) => { await new Promise((done) => setTimeout(done, 5)); told.push([words, asked.length]); } });
  assert.ok(desk instanceof Desk);
  assert.deepEqual(told, [[kPromptWords, 0]]); // once, and nothing was asked until it was said
  assert.deepEqual(Object.keys(kPromptWords).sort(), ['en', 'zh']);
  assert.ok(/\p{Script=Han}/u.test(kPromptWords.zh) && !/\p{Script=Han}/u.test(kPromptWords.en));
  const guide = readFileSync(new URL('../../app/server/INTEGRATORS.md', import.meta.url), 'utf8');
  for (const words of Object.values(kPromptWords)) assert.ok(guide.includes(words), words);
});

test('browser_thatKeepsThePageOut_isToldAsThat_andNothingIsAsked', async () => {
  playBrowser('denied');
  const asked = play([standing]);
  const explain = () => assert.fail('it does not ask');
  await assert.rejects(connect({ onPrompt: explain }), isBlocked);
  await assert.rejects(findDesk({ onPrompt: explain }), isBlocked);
  assert.deepEqual(asked, []);
});

test('browser_toWhichThePersonSaysNo_isNoMissingDesk', async () => {
  playBrowser('prompt', 'denied');
  const asked = play([null, standing]);
  await assert.rejects(findDesk(), isBlocked);
  assert.equal(asked.length, 1); // the other ports are as shut
});

test('browser_thatAsksNothing_isNotExplained', async () => {
  for (const states of [['granted'], [null, 'granted'], [null]]) { // known by its newer name, by its older one, and by none
    const names = playBrowser(...states);
    play([standing]);
    assert.ok(await findDesk({ ports: [1], onPrompt: () => assert.fail('it does not ask') }) instanceof Desk);
    assert.deepEqual(names, ['loopback-network', 'local-network-access'].slice(0, states[0] === null ? 2 : 1));
  }
  delete globalThis.navigator; // a program without one
  play([null, null, null]);
  assert.equal(await findDesk(), null);
});

// --- a log-in by the code of one's own backend ---------------------------------------------------------------------------------------

// looks: how the session stands at each look in turn; typed: what the person types; right: the digits that are.
function playLogIn(looks, { typed = [], right = '4071', digits } = {}) {
  globalThis.setTimeout = (act) => real.setTimeout(act, 0);
  const done = [];
  const backend = {
    start: async () => ({ token: 't1' }),
    look: async (token) => ({ digitsWanted: false, ...(looks.length > 1 ? looks.shift() : looks[0]), token }),
    frame: async (token) => `frame of ${token}`,
    digits: digits ?? (async (token, text) => { done.push(`digits ${text}`); return text === right; }),
  };
  const view = {
    show: (frame, look) => done.push(`${frame} ${look.leftMs}`),
    claimed: (look) => done.push(look.digitsWanted ? 'digits wanted' : 'claimed'),
    askDigits: (isAgain) => { done.push(isAgain ? 'asked again' : 'asked'); return typed.length ? Promise.resolve(typed.shift()) : new Promise(() => {}); },
  };
  return { done, backend, view };
}

test('logInByCode_digitsWrongOnce_areAskedForAgain', async () => {
  const { done, backend, view } = playLogIn([{ state: 'waiting', leftMs: 60000 }, { state: 'claimed', digitsWanted: true }, { state: 'claimed', digitsWanted: true }, { state: 'claimed' }, { state: 'approved' }], { typed: ['1111', '4071'] });
  assert.equal(await logInByCode(backend, view), 'approved');
  assert.equal(done[0], 'frame of t1 60000');
  assert.deepEqual(done.filter((one) => /asked|^digits \d/.test(one)), ['asked', 'digits 1111', 'asked again', 'digits 4071']);
});

test('logInByCode_refusedWhileDigitsAreLookedFor_endsAtOnce', async () => {
  const { backend, view } = playLogIn([{ state: 'claimed', digitsWanted: true }, { state: 'refused' }]);
  assert.equal(await logInByCode(backend, view), 'refused');
});

test('logInByCode_backendThatFails_tellsSo', async () => {
  const away = playLogIn([{ state: 'claimed', digitsWanted: true }], { typed: ['4071'], digits: async () => { throw new Error('away'); } });
  await assert.rejects(logInByCode(away.backend, away.view), /away/);
  // What it failed at is over anyway: how that ended counts.
  const late = playLogIn([{ state: 'claimed', digitsWanted: true }, { state: 'claimed', digitsWanted: true }, { state: 'expired' }], { typed: ['4071'], digits: async () => { looked += 1; throw new Error('too late'); } });
  let looked = 0;
  late.backend.look = async () => (looked ? { state: 'expired' } : { state: 'claimed', digitsWanted: true });
  assert.equal(await logInByCode(late.backend, late.view), 'expired');
});

test('logInByCode_looksAndFramesLostTwiceRunning_goesOn', async () => {
  for (const name of ['look', 'frame']) {
    const { done, backend, view } = playLogIn([{ state: 'waiting', leftMs: 2 }, { state: 'waiting', leftMs: 2 }, { state: 'waiting', leftMs: 2 }, { state: 'claimed' }, { state: 'approved' }]);
    const real = backend[name];
    let asked = 0;
    backend[name] = async (token) => {
      asked += 1;
      if (asked <= 2) throw new TypeError('lost');
      return real(token);
    };
    assert.equal(await logInByCode(backend, view), 'approved', name);
    assert.ok(done.includes('claimed'), name);
  }
});

test('logInByCode_backendThatIsGone_isGivenUpAfterThreeTries', async () => {
  for (const name of ['look', 'frame']) {
    const { done, backend, view } = playLogIn([{ state: 'waiting', leftMs: 2 }]);
    let asked = 0;
    backend[name] = async () => { asked += 1; throw new TypeError('lost'); };
    await assert.rejects(logInByCode(backend, view), /lost/);
    assert.equal(asked, 3, name);
    assert.deepEqual(done, [], name);
  }
});

// The phone has taken the code between the look and its frame, which the backend then has no more.
test('logInByCode_frameThatIsOverMeanwhile_isNoFailure', async () => {
  const { done, backend, view } = playLogIn([{ state: 'waiting', leftMs: 2 }, { state: 'claimed' }, { state: 'approved' }]);
  backend.frame = async () => { throw new Error('409'); };
  assert.equal(await logInByCode(backend, view), 'approved');
  assert.deepEqual(done, ['claimed']);
});

test('logInByCode_abortedWhileAnAnswerIsLost_isCancelled', async () => {
  const abort = new AbortController();
  const { backend, view } = playLogIn([{ state: 'waiting', leftMs: 2 }]);
  backend.look = async () => { abort.abort(); throw new TypeError('lost'); };
  assert.equal(await logInByCode(backend, view, abort.signal), 'cancelled');
});

test('logInByCode_aborted_showsNothingMore', async () => {
  const abort = new AbortController();
  const { done, backend, view } = playLogIn([{ state: 'waiting', leftMs: 1 }]);
  const frame = backend.frame;
  backend.frame = async (token) => { abort.abort(); return frame(token); };
  assert.equal(await logInByCode(backend, view, abort.signal), 'cancelled');
  assert.deepEqual(done, []);
});
