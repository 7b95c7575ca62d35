// The control API of virtual phones: what it does, what it refuses, and how a relying party's test uses it.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { scanAt, startEmulator } from './emulator.mjs';
import { codeOn, startBrowser } from './server.mjs';

let emulator, browser;
before(async () => { [emulator, browser] = await Promise.all([startEmulator(), startBrowser()]); });
after(async () => { await Promise.all([emulator?.stop(), browser?.close()]); });
afterEach(() => emulator.server('resume')); // a test that fails while the server stands still must not take the others with it

async function ask(method, path, body) {
  const answer = await fetch(emulator.ready.server + path, { method, headers: { Authorization: `Bearer ${emulator.ready.relyingPartyKey}`, 'Content-Type': 'application/json' }, body: body && JSON.stringify(body) });
  assert.ok(answer.ok, `${path}: ${answer.status}`);
  return answer.status === 204 ? {} : answer.json();
}
let logins = 0;
async function login() {
  const { token } = await ask('POST', '/rp/v1/sessions', { idempotencyKey: `login-${process.pid}-${++logins}`, manifest: { act: 'login' } });
  return { token, frame: async () => ({ text: (await ask('GET', `/rp/v1/sessions/${token}/frame`)).text }), view: () => ask('GET', `/rp/v1/sessions/${token}`) };
}
const is = (status) => (problem) => problem.status === status;

test('phone_approves_theRelyingPartyIsTold', async () => {
  const phone = await emulator.create({ person: '13900139001', pin: '482617' });
  assert.equal((await phone.look()).device.state, 'active');
  const session = await login();
  await phone.scan(await session.frame());
  await phone.waitPage('approve');
  const digits = await phone.read('digits');
  await ask('POST', `/rp/v1/sessions/${session.token}/digits`, { digits });
  await phone.approve();
  assert.equal((await session.view()).state, 'approved');
  assert.equal(await phone.page(), 'home');
  assert.deepEqual(Buffer.from(await (await phone.picture()).arrayBuffer()).subarray(1, 4).toString(), 'PNG');
  await phone.remove();
});

test('person_answers_asAlways', async () => {
  const phone = await emulator.create({ person: '13900139002' });
  for (let i = 0; i < 2; i++) {
    const session = await login();
    await phone.answer(await session.frame());
    const { state, code } = await session.view();
    assert.deepEqual([state, code], ['refused', 'HF-209']);
  }
  await phone.remove();
});

test('person_whoMistypesTheDigits_isNotLoggedIn', async () => {
  const phone = await emulator.create({ person: '13900139011' });
  const session = await login();
  await phone.answer(await session.frame());
  const { state, code } = await session.view();
  assert.deepEqual([state, code], ['failed', 'HF-207']);
  assert.equal(await phone.page(), 'home');
  await phone.remove();
});

test('phone_expiringTomorrow_hasADayLeftAndNobodyElseHas', async () => {
  const { aheadMs } = await emulator.clock();
  const phone = await emulator.create({ person: '13900139001', expiresInDays: 1 });
  const other = await emulator.create({ person: '13900139002' });
  await phone.play([{ expect: { phone: 'text', of: 'homeReadiness', has: '证书将在 1 天后到期' } }]);
  assert.deepEqual((await phone.notifications()).map(({ kind }) => kind).filter((kind) => kind !== 'sms'), ['certificate']);
  assert.ok((await other.notifications()).every(({ kind }) => kind === 'sms'));
  await phone.act({ do: 'click', name: 'homeRenewalRead' });
  assert.ok((await phone.notifications()).every(({ kind }) => kind === 'sms'));
  const left = async (one) => (await one.look()).device.certificates.map(({ notAfterMs }) => notAfterMs - Date.now() - aheadMs);
  for (const ms of await left(phone)) assert.ok(ms > 86_000_000 && ms <= 86_400_000, String(ms));
  for (const ms of await left(other)) assert.ok(ms > 364 * 86_400_000, String(ms));
  assert.equal((await emulator.clock()).aheadMs, aheadMs); // it is no clock that was moved
  assert.equal((await emulator.faults()).authority.certificateMs, 0);
  await Promise.all([phone.remove(), other.remove()]);
});

test('phone_whoseCertificateHasEnded_isToldSoAndOthersAreServedMeanwhile', async () => {
  const { aheadMs } = await emulator.clock();
  const [made, other] = [emulator.create({ person: '13900139001', expiresInDays: 0 }), await emulator.create({ person: '13900139002' })];
  let isMade = false;
  made.then(() => { isMade = true; });
  const asked = await login();
  await other.answer(await asked.frame());
  assert.equal((await asked.view()).code, 'HF-209');
  assert.equal(isMade, false);
  const phone = await made, session = await login();
  assert.equal(await phone.read('homeReadiness'), '证书已过期');
  await phone.answer(await session.frame()).catch(() => {}); // who approves is not asked
  assert.equal(await phone.read('errorCode'), 'HF-609');
  assert.equal((await emulator.clock()).aheadMs, aheadMs);
  await Promise.all([phone.remove(), other.remove()]);
});

test('wait_forAPage_holdsUpNobody', async () => {
  const [phone, other] = await Promise.all(['13900139021', '13900139022'].map((person) => emulator.create({ person, state: 'new' })));
  const order = [], end = (name) => () => order.push(name);
  const waits = [phone.waitPage('phoneNumber', 60_000).then(end('page')), other.play([{ wait: 4000 }, { expect: { phone: 'page', is: 'welcome' } }]).then(end('play')),
    assert.rejects(phone.waitPage('home', 6000), is(409)).then(end('in vain'))];
  await other.page().then(end('look')); // of a phone that plays
  await phone.act({ do: 'click', name: 'welcomeStart' });
  await Promise.all(waits);
  assert.deepEqual(order, ['look', 'page', 'play', 'in vain']);
  await Promise.all([phone.remove(), other.remove()]);
});

// A phone that held the socket would keep the port after its emulator's end, and answer nobody.
test('socket_ofTheApi_isHeldByItAlone', async () => {
  const phone = await emulator.create({ person: '13900139021', state: 'new' });
  const port = Number(new URL(emulator.ready.url).port).toString(16).toUpperCase().padStart(4, '0');
  const inode = (await readFile('/proc/net/tcp', 'utf8')).split('\n').map((line) => line.trim().split(/\s+/)).find(([, local, , state]) => local === `0100007F:${port}` && state === '0A')[9];
  const held = [];
  for (const process of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const files = await readdir(`/proc/${process}/fd`).catch(() => []);
    for (const file of files) if (await readlink(`/proc/${process}/fd/${file}`).catch(() => '') === `socket:[${inode}]`) held.push((await readFile(`/proc/${process}/comm`, 'utf8')).trim());
  }
  assert.deepEqual(held, ['hufu']);
  await phone.remove();
});

// "Any state": what the testers' people come to, of a phone of anybody's.
test('phone_inAnyState_isSoForTheServerAsWell', async () => {
  for (const [state, device] of [['locked', 'active'], ['frozen', 'frozen'], ['cloned', 'cloned'], ['revoked', 'active'], ['seatEnded', 'active']]) {
    const phone = await emulator.create({ person: '13900139001', state }), seen = await phone.look();
    assert.equal(seen.device.state, device, state);
    assert.equal(seen.page, state === 'locked' ? 'locked' : 'home', state);
    if (state === 'locked') {
      assert.equal(seen.device.failuresInARow, 3);
    } else {
      assert.match(await phone.read('homeReadiness'), { frozen: /冻结/, cloned: /复制/, revoked: /吊销/, seatEnded: /席位/ }[state]); // whoever looks at it sees it
      const session = await login();
      await phone.scan(await session.frame());
      const shown = ['frozen', 'cloned'].includes(state) ? 'frozen' : 'error';
      await phone.waitPage(shown);
      if (shown === 'error') assert.equal(await phone.read('errorCode'), { revoked: 'HF-601', seatEnded: 'HF-409' }[state]);
    }
    const begun = performance.now(), end = seen.page === 'locked' ? 'locked' : await phone.page(), code = { locked: 'HF-301', frozen: 'HF-302', cloned: 'HF-303', revoked: 'HF-601', seatEnded: 'HF-409' }[state];
    for (const act of [() => phone.approve(), () => phone.refuse()]) await assert.rejects(act(), ({ status, message }) => status === 409 && message === `the phone shows page ${end} with ${code}, and not approve`, state);
    assert.ok(performance.now() - begun < 10_000, state); // nothing else comes by itself
    assert.equal(await phone.page(), end);
    await phone.remove();
  }
});

// Broken off once the identity was proved, it goes on from there; what belongs to an active phone cannot be wished of it.
test('phone_whoseActivationIsUnfinished_goesOn', async () => {
  const phone = await emulator.create({ person: '13900139001', state: 'unfinished' }), seen = await phone.look();
  assert.equal(seen.active, false);
  assert.equal(seen.page, 'welcome');
  await phone.play([{ phone: { do: 'read', name: 'welcomeBegun', property: 'title' } }, { phone: { do: 'click', name: 'welcomeStart' } }, { expect: { phone: 'page', is: 'pinChoose' } },
    { pin: '739154' }, { expect: { phone: 'page', is: 'pinRepeat' } }, { pin: '739154' }, { expect: { phone: 'page', is: 'certificate' } }, { phone: { do: 'click', name: 'certificateNext' } }, { expect: { phone: 'page', is: 'home' } }]);
  assert.equal((await phone.look()).device.state, 'active');
  await phone.remove();
  await assert.rejects(emulator.create({ person: '13900139001', state: 'unfinished', bids: 1 }), is(400));
});

// Two pairs of keys of one person: the former opens only, and the phone signs with the newer.
test('phone_thatWasRenewed_hasBothPairs_andSignsWithTheNewer', async () => {
  await assert.rejects(emulator.create({ person: '13900139001', state: 'renewed', expiresInDays: 0 }), is(400));
  const phone = await emulator.create({ person: '13900139001', state: 'renewed' });
  assert.equal((await phone.look()).page, 'home');
  await phone.play([{ phone: { do: 'click', name: 'homeShields' } }, { expect: { phone: 'page', is: 'shields' } }, { expect: { phone: 'text', of: 'shield0', has: '虎符测试身份有限公司' } },
    { phone: { do: 'read', name: 'shield1', property: 'condition' } }, { expect: { phone: 'says', has: '仅可解密' } }, { phone: { do: 'click', name: 'back' } }, { expect: { phone: 'page', is: 'home' } }]);
  const session = await login();
  await phone.scan(await session.frame());
  await ask('POST', `/rp/v1/sessions/${session.token}/digits`, { digits: await phone.digits() });
  await phone.approve();
  assert.equal((await session.view()).state, 'approved');
  await phone.remove();
});

// "Active for company X, PIN 739154, certificate expiring tomorrow", and all else that a tester may want of one.
test('phone_ofACompanyThatIsNamed_isActiveThere', async () => {
  const name = '江海机电设备有限公司', phone = await emulator.create({ company: name, pin: '739154', expiresInDays: 1 }), seen = await phone.look();
  assert.equal(seen.device.company, name);
  assert.equal(seen.person.company, name);
  assert.match(await phone.says(), new RegExp(name));
  await phone.play([{ expect: { phone: 'text', of: 'homeReadiness', has: '证书将在 1 天后到期' } }]);
  const session = await login();
  await phone.scan(await session.frame());
  await ask('POST', `/rp/v1/sessions/${session.token}/digits`, { digits: await phone.digits() });
  await phone.approve();
  assert.equal((await session.view()).state, 'approved');
  const colleague = await emulator.create({ company: seen.person.creditCode, state: 'frozen' });
  assert.equal((await colleague.look()).device.company, name);
  assert.equal((await colleague.look()).device.state, 'frozen');
  assert.equal(await colleague.read('homeReadiness'), '手机盾已冻结'); // and its screen says so
  assert.notEqual(colleague.seen.person.phoneNumber, seen.person.phoneNumber);
  await Promise.all([phone.remove(), colleague.remove()]);
});

test('phone_withBidsAndADesk_hasThemOnItsList', async () => {
  const phone = await emulator.create({ company: '青山市政工程有限公司', bids: 3, opensInHours: 2 }), seen = await phone.look();
  assert.equal(seen.desk, true);
  assert.equal(seen.device.desks.length, 1);
  await phone.play([{ expect: { phone: 'says', has: '滨江路改造工程' } }, { phone: { do: 'click', name: 'homeAllBids' } }, { expect: { phone: 'page', is: 'bids' } }, { expect: { phone: 'text', of: 'bidsCount', has: '3' } }]);
  await phone.act({ do: 'click', name: 'back' });
  await phone.play([{ desk: { do: 'login' } }, { scan: 'desk' }, { expect: { phone: 'page', is: 'approve' } }]); // its own desk
  await phone.approve();
  await phone.remove();
});

test('phone_atAStepOfTheLock_isThere', async () => {
  const phone = await emulator.create({ company: '青山市政工程有限公司', wrongPins: 5 });
  const { device, page } = await phone.look(), { unixMs } = await emulator.clock();
  assert.equal(page, 'locked');
  assert.equal(device.failuresInARow, 5);
  assert.ok(device.lockedUntilMs - unixMs > 29 * 60_000 && device.lockedUntilMs - unixMs <= 30 * 60_000, String(device.lockedUntilMs - unixMs));
  await phone.remove();
});

test('phone_ofSeveralCompanies_hasAShieldOfEach', async () => {
  const phone = await emulator.create({ company: '青山市政工程有限公司', shields: [{ company: '华东建设集团有限公司' }, { person: '13900139002' }] });
  assert.equal(phone.seen.shields.length, 2);
  await phone.play([{ phone: { do: 'click', name: 'homeShields' } }, { expect: { phone: 'page', is: 'shields' } }, { expect: { phone: 'says', has: '华东建设集团有限公司' } }, { expect: { phone: 'says', has: '虎符测试身份有限公司' } }, { expect: { phone: 'says', has: '青山市政工程有限公司' } }]);
  assert.ok((await phone.messages()).length >= 3);
  await phone.act({ do: 'click', name: 'shield0' });
  await phone.waitPage('home');
  assert.match(await phone.says(), /青山市政工程有限公司/);
  await phone.remove();
});

// A look whether the server is there is no act of the person's: the fault waits for one.
test('network_faultOfOneMessage_isKeptForAnAct', async () => {
  const phone = await emulator.create({ person: '13900139001' });
  await phone.network('loseNext');
  await emulator.server('kill');
  await phone.play([{ expect: { phone: 'text', of: 'homeReadiness', has: '连不上服务器' } }]);
  await emulator.server('start');
  await phone.play([{ expect: { phone: 'text', of: 'homeReadiness', has: '还没有登记电脑' } }]); // of which the server has told
  assert.equal((await phone.act({ do: 'network' })).state, 'loseNext');
  const session = await login();
  await phone.scan(await session.frame());
  await phone.waitPage('approve', 20_000);
  assert.equal((await phone.act({ do: 'network' })).state, 'good');
  await phone.refuse();
  await phone.remove();
});

test('phone_withAPinThatIsTooSimple_isNotMade', async () => {
  const before = JSON.stringify(await emulator.ask('GET', '/phones'));
  await assert.rejects(emulator.create({ person: '13900139001', pin: '111111' }), ({ status, message }) => status === 409 && /PIN: HF-304$/.test(message) && !/waitPage|\p{Script=Han}/u.test(message));
  assert.equal(JSON.stringify(await emulator.ask('GET', '/phones')), before);
});

// One that waits inside an act: what only reads goes before it, of the same phone as well; another act does not.
test('act_thatTakesItsTime_letsEverythingBeRead', async () => {
  const [phone, other] = await Promise.all(['13900139021', '13900139022'].map((person) => emulator.create({ person, state: 'new' })));
  const order = [], end = (name) => () => order.push(name);
  const acts = [assert.rejects(other.play([{ phone: { do: 'waitPage', page: 'home', ms: 8000 } }]), is(409)).then(end('play'))];
  await new Promise((done) => setTimeout(done, 500));
  acts.push(phone.act({ do: 'click', name: 'welcomeStart' }).then(end('click')));
  const seen = await Promise.all([emulator.phones(), phone.page(), other.page(), phone.look(), other.look(), phone.says()]);
  await Promise.all([phone.picture(), other.picture(), phone.messages(), phone.notifications(), phone.waitPage('welcome'), emulator.clock(), emulator.faults(), emulator.people(), emulator.states()]);
  end('reads')();
  await Promise.all(acts);
  assert.deepEqual(order, ['reads', 'play', 'click']);
  assert.deepEqual([seen[0].length, seen[1], seen[2]], [2, 'welcome', 'welcome']);
  assert.deepEqual([seen[3], seen[4], await other.look()].map(({ person }) => person.phoneNumber), ['13900139021', '13900139022', '13900139022']);
  assert.match(seen[5], /虎符/);
  assert.equal(await other.page(), 'welcome');
  await phone.waitPage('phoneNumber');
  await Promise.all([phone.remove(), other.remove()]);
});

// While a phone is made nothing else can be: what has come to nobody's ears by then is not done.
test('request_abandoned_isNotDone', async () => {
  const { aheadMs } = await emulator.clock();
  const jump = (signal) => fetch(`${emulator.ready.url}/emulator/v1/clock`, { method: 'POST', signal, headers: { Authorization: `Bearer ${emulator.token}`, 'Content-Type': 'application/json' }, body: '{"jump":"1 min"}' });
  await emulator.server('pause');
  const held = emulator.clock().catch(() => {}); // the server does not answer: it holds the others up
  await new Promise((done) => setTimeout(done, 300));
  await assert.rejects(jump(AbortSignal.timeout(300)));
  await emulator.server('resume');
  await held;
  assert.equal((await emulator.clock()).aheadMs, aheadMs);
  assert.equal((await jump()).status, 200);
  assert.equal((await emulator.clock()).aheadMs, aheadMs + 60_000);
});

test('request_thatWaitedTooLong_isNotDone', async () => {
  const phone = await emulator.create({ person: '13900139021', state: 'new' });
  await emulator.server('pause');
  const late = () => assert.rejects(emulator.clock(), ({ status }) => [409, 503].includes(status)); // 5 s each; one that has waited for 20 s is not begun
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const held = [late()];
  await pause(1500); // else the fifth of the others would have its turn right at the 20 s
  held.push(...Array.from({ length: 7 }, late));
  await pause(200);
  await assert.rejects(phone.power('kill'), is(503));
  await emulator.server('resume');
  await Promise.all(held);
  assert.equal((await phone.look()).runs, true);
  await phone.remove();
});

test('network_cut_isToldAndMended', async () => {
  const phone = await emulator.create({ person: '13900139001' });
  await phone.network('cut');
  const session = await login();
  await phone.scan(await session.frame());
  await phone.waitPage('working');
  await phone.network('good');
  await phone.waitPage('approve', 20_000);
  await phone.refuse({ notMine: true });
  assert.equal((await session.view()).code, 'HF-209');
  await phone.remove();
});

test('state_savedAndLoaded_isAsBefore', async () => {
  const phone = await emulator.create({ person: '13900139001' });
  await emulator.save('before');
  await assert.rejects(phone.page(), is(409)); // the programs have ended for it
  await phone.power('start');
  await phone.waitPage('home');
  await phone.operator('freeze');
  assert.equal((await phone.look()).device.state, 'frozen');
  assert.deepEqual(await emulator.states(), ['before']);
  await emulator.load('before');
  await phone.power('start');
  await phone.waitPage('home');
  assert.equal((await phone.look()).device.state, 'active');
  const session = await login();
  await phone.scan(await session.frame()); // server and phone fit together: no clone
  await phone.waitPage('approve');
  await phone.refuse();
  await phone.remove();
});

test('scan_ofAWebAddress_saysThePhonesProblem', async () => {
  const phone = await emulator.create({ person: '13900139001' });
  await assert.rejects(phone.scan({ text: 'https://example.org/' }), ({ status, message }) => status === 409 && message.endsWith('no code of ours in the picture (HF-212)'));
  await phone.remove();
});

// As a person does it, and the other tests that scan on a busy machine.
test('scan_ofACodeThatHasGrownTooOld_isMadeAgain', async () => {
  const phone = await emulator.create({ person: '13900139001' });
  const session = await login(), old = await session.frame();
  await new Promise((done) => setTimeout(done, 4500));
  let looks = 0;
  await scanAt(phone, () => (++looks === 1 ? old : session.frame()));
  assert.equal(looks, 2);
  await assert.rejects(scanAt(phone, async () => { await phone.refuse(); return old; }), /HF-2\d\d instead of approve/); // whose session is over
  await phone.remove();
});

test('clone_isFoundOut', async () => {
  const phone = await emulator.create({ person: '13900139001' });
  await mkdir(join(emulator.folder, phone.name, 'more')); // as the folder of a second shield
  await writeFile(join(emulator.folder, phone.name, 'more', 'file'), 'kept');
  const copy = await phone.clone();
  assert.equal(await readFile(join(emulator.folder, copy.name, 'more', 'file'), 'utf8'), 'kept');
  for (const one of [phone, copy]) {
    const session = await login();
    await one.scan(await session.frame());
    await one.waitPage(one === phone ? 'approve' : 'frozen');
    if (one === phone) await one.refuse();
  }
  assert.equal((await phone.look()).device.state, 'cloned');
  await Promise.all([phone.remove(), copy.remove()]);
});

test('request_wrong_isRefusedAndNothingChanges', async () => {
  const bystander = await emulator.create({ person: '13900139021', state: 'new' });
  const before = JSON.stringify(await emulator.ask('GET', '/phones'));
  for (const [wish, why] of [[{ pin: '12' }, '"pin" must be 6 to 12 digits'], [{ pin: 739154 }, '"pin" must be 6 to 12 digits'], [{ state: 'asleep' }, '"state" must be one of active, new, '],
    [{ expiresInDays: 1.5 }, '"expiresInDays" must be a whole number, 0 to 365'], [{ expiresInDays: -1 }, '"expiresInDays" must be'], [{ expiresInDays: 366 }, '"expiresInDays" must be'], [{ expiresInMs: 1000 }, '"expiresInMs" must be a whole number, 45000 to'],
    [{ expiresInMs: 60_000, expiresInDays: 1 }, '"expiresInDays" does not go with "expiresInMs"'], [{ state: 'new', expiresInDays: 1 }, '"expiresInDays" does not go with "state": "new"'],
    [{ colour: 'red' }, 'a phone has no "colour", but person, company, '], [{ company: '' }, '"company" must be a text'], [{ company: 7 }, '"company" must be a text'], [{ company: 'x', person: '13900139001' }, '"person" does not go with "company"'],
    [{ shields: [{}] }, 'each of "shields" must have "person" or "company"'], [{ shields: [{ company: 'x', pin: '482617' }] }, 'one of "shields" has no "pin"'], [{ shields: [{ company: 7 }] }, 'in "shields" "company" must be a text'],
    [{ shields: {} }, '"shields" must be a list of 4 at most'], [{ shields: Array(5).fill({ company: 'x' }) }, '"shields" must be a list of 4 at most'], [{ desk: 1 }, '"desk" must be true or false'],
    [{ bids: 21 }, '"bids" must be a whole number, 0 to 20'], [{ bids: 0.5 }, '"bids" must be'], [{ bids: 1, desk: false }, '"desk": false does not go with "bids"'], [{ wrongPins: 3, desk: false }, '"desk": false does not go with "wrongPins"'],
    [{ opensInHours: 0 }, '"opensInHours" must be a whole number, 1 to 8760'], [{ wrongPins: 11 }, '"wrongPins" must be a whole number, 0 to 10'], [{ wrongPins: 3, state: 'frozen' }, '"wrongPins" does not go with "state": "frozen"'],
    [{ state: 'new', desk: true }, '"desk" does not go with "state": "new"'], [{ state: 'unfinished', bids: 1 }, '"bids" does not go with "state": "unfinished"'],
    [{ state: 'renewed', expiresInDays: 0 }, '"expiresInDays": 0 does not go with "state": "renewed"']])
    await assert.rejects(emulator.create(wish), ({ status, message }) => status === 400 && message.includes(why), JSON.stringify(wish));
  await assert.rejects(emulator.create({ person: '13800000000' }), is(404));
  await assert.rejects(emulator.create({ company: ' with a blank before it' }), is(404));
  await assert.rejects(emulator.phone('phone-99').page(), is(404));
  await assert.rejects(emulator.phone('..').page(), is(404));
  for (const far of ['3h', '1 month', '274 y']) await assert.rejects(emulator.jump(far), ({ status, message }) => status === 400 && message.includes('s, min, h, d or y'), far);
  await assert.rejects(emulator.faults({ sms: { sunk: true } }), is(400));
  await assert.rejects(emulator.save('../x'), is(400));
  await assert.rejects(emulator.load('never'), is(404));
  const url = `${emulator.ready.url}/emulator/v1/phones`;
  for (const headers of [{}, { Authorization: 'Bearer ' }, { Authorization: `Bearer ${emulator.token}0` }]) assert.equal((await fetch(url, { headers })).status, 401);
  assert.equal((await fetch(url, { method: 'POST', headers: { Authorization: `Bearer ${emulator.token}` }, body: '[1]' })).status, 400);
  const asked = (headers) => new Promise((done, failed) => { get(url, { headers: { Authorization: `Bearer ${emulator.token}`, ...headers } }, (answer) => { answer.resume(); done(answer.statusCode); }).on('error', failed); });
  for (const [Origin, status] of [['https://evil.example', 401], ['null', 401], [emulator.ready.url.replace('http:', 'https:'), 401], [emulator.ready.url, 200]]) assert.equal(await asked({ Origin }), status, Origin);
  assert.equal(await asked({ Host: 'evil.example' }), 421);
  await assert.rejects(bystander.scan({ image: btoa('no picture') }), ({ message }) => message.includes('not a picture') && !message.includes('/'));
  assert.equal(JSON.stringify(await emulator.ask('GET', '/phones')), before);
  await bystander.remove();
});

test('act_ofAFile_isRefused', async () => {
  const phone = await emulator.create({ person: '13900139021', state: 'new' });
  for (const word of [{ do: 'shot', file: '/tmp/x.png' }, { do: 'scanImage', file: '/etc/passwd' }, { do: 'quit' }, {}]) await assert.rejects(phone.act(word), is(400));
  await assert.rejects(phone.act({ do: 'resize', width: 10, height: 10 }), is(409));
  await assert.rejects(phone.finger('cut off'), is(409));
  await phone.act({ do: 'resize', width: 800, height: 360 });
  assert.equal(await phone.page(), 'welcome');
  await phone.remove();
});

test('play_ofAFileOutside_isRefusedAndNothingIsDone', async () => {
  const phone = await emulator.create({ person: '13900139021', state: 'new' });
  const first = { phone: { do: 'click', name: 'welcomeStart' } };
  for (const line of [{ phone: { do: 'shot', file: '/tmp/x.png' } }, { phone: { do: 'scanImage', file: '/etc/passwd' } }, { desk: { do: 'sign', file: 'a', form: 'bare', out: 'b' } }, { phone: { do: 'quit' } },
    { file: '../x.txt', text: 'x' }, { file: '/tmp/x.txt', text: 'x' }, { file: 'phones.json', text: '{}' }, { draw: 'sub/x.png' }, { photo: '../x.png' }, { scan: '/etc/x.png' }])
    await assert.rejects(phone.play([first, line]), is(400));
  assert.equal(await phone.page(), 'welcome'); // not even the line before
  await phone.play([first]);
  await phone.waitPage('phoneNumber');
  await phone.remove();
});

test('phone_thatCannotBeActivated_takesNoPlace', async () => {
  const before = JSON.stringify(await emulator.ask('GET', '/phones'));
  const begun = performance.now();
  for (const wish of [{ person: '13900139021' }, { person: '13900139021', state: 'unfinished' }, { person: '13900139001', shields: [{ person: '13900139022' }] }])
    await assert.rejects(emulator.create(wish), ({ status, message }) => status === 409 && /^1390013902[12] \((noSeat|notLive)\) cannot be activated: .*"new"/.test(message), JSON.stringify(wish));
  assert.ok(performance.now() - begun < 10_000); // nobody waits for a page that cannot come
  assert.equal(JSON.stringify(await emulator.ask('GET', '/phones')), before);
});

test('phone_speakingEnglish_doesSoAfterARestart', async () => {
  const phone = await emulator.create({ person: '13900139001' });
  await phone.act({ do: 'language', value: 'en' });
  const text = await phone.read('homeScan');
  await phone.power('restart');
  await phone.waitPage('home');
  assert.equal(await phone.read('homeScan'), text);
  await phone.remove();
});

// The tester's panel is a page of the API itself.
test('panel_inBothLanguages_makesAPhoneAndShowsIt', async () => {
  for (const [locale, make, title] of [['zh-CN', '新建', '虎符测试面板'], ['en', 'New', "Hufu tester's panel"]]) {
    const page = await (await browser.newContext({ locale, viewport: { width: 1280, height: 900 } })).newPage();
    const problems = [];
    page.on('pageerror', (problem) => problems.push(String(problem)));
    page.on('console', (line) => { if (line.type() === 'error') problems.push(line.text()); });
    await page.goto(emulator.ready.panel);
    await page.getByRole('heading', { name: title }).waitFor();
    await page.getByRole('combobox').first().selectOption('13900139003');
    await page.getByRole('button', { name: make, exact: true }).click();
    await page.getByRole('button', { name: /13900139003/ }).waitFor();
    await page.locator('#picture[src^="blob:"]').waitFor();
    assert.match(await page.locator('#page').textContent(), /home/);
    if (process.env.HUFU_PICTURES) await page.screenshot({ path: `${process.env.HUFU_PICTURES}/panel-${locale}.png`, fullPage: true });
    await page.locator('#wipe').click();
    await page.getByRole('button', { name: /13900139003/ }).waitFor({ state: 'detached' });
    assert.deepEqual(problems, []);
    await page.context().close();
  }
});

// Whatever the camera is given, and in whatever order: the code that stands on a page at this moment is found in it.
test('panel_camera_findsTheCodeInAPictureAndAFolder', async () => {
  const phone = await emulator.create({ person: '13900139001' });
  const panel = await (await browser.newContext({ locale: 'en', viewport: { width: 1280, height: 900 } })).newPage();
  const portal = await browser.newPage({ ignoreHTTPSErrors: true, locale: 'en' });
  await panel.goto(emulator.ready.panel);
  await panel.getByRole('button', { name: /13900139001/ }).waitFor();
  const codeOf = async () => {
    await portal.goto(`${emulator.ready.server}/portal`);
    await portal.getByRole('button', { name: 'Show the code' }).click();
    return codeOn(portal);
  };
  const folder = await mkdtemp(join(tmpdir(), 'hufu-camera-'));
  await writeFile(join(folder, '2.png'), await portal.screenshot()); // no code in it
  await writeFile(join(folder, 'notes.txt'), 'no picture');
  for (const where of ['cameraFile', 'cameraFolder']) {
    let chooser = null; // a browser that is too slow forgets that somebody pressed, and opens none
    for (let tries = 0; chooser === null && tries < 4; ++tries)
      [chooser] = await Promise.all([panel.waitForEvent('filechooser', { timeout: 8_000 }).catch(() => null), panel.locator(`#${where}`).click()]);
    const picture = await codeOf();
    if (where === 'cameraFolder') await writeFile(join(folder, '10.png'), picture);
    await chooser.setFiles(where === 'cameraFolder' ? folder : { name: 'code.png', mimeType: 'image/png', buffer: picture });
    await panel.locator('#said', { hasText: /^Done/ }).waitFor();
    await phone.waitPage('approve');
    await phone.refuse();
  }
  await rm(folder, { recursive: true });
  await panel.locator('#replay').click(); // what it asked for was refused
  await panel.locator('#page', { hasText: 'error' }).waitFor();
  assert.equal(await phone.read('errorCode'), 'HF-202');
  await phone.act({ do: 'click', name: 'errorClose' });
  await panel.locator('#cameraDesk').click();
  await panel.locator('#said.bad', { hasText: 'hufu sim --panel' }).waitFor();
  await Promise.all([panel.context().close(), portal.close(), phone.remove()]);
});

test('panel_pictureTouchedAndTypedOn_isThePhone', async () => {
  const phone = await emulator.create({ person: '13900139002', state: 'new' });
  const page = await (await browser.newContext({ locale: 'en', viewport: { width: 1280, height: 900 } })).newPage();
  await page.goto(emulator.ready.panel);
  const picture = page.locator('#picture[src^="blob:"]');
  await picture.waitFor();
  const { width, height } = await picture.boundingBox();
  await picture.click({ position: { x: width / 2, y: height * 0.94 } }); // the one big button
  await page.locator('#page', { hasText: 'phoneNumber' }).waitFor();
  await picture.click({ position: { x: width / 2, y: height * 0.32 } }); // the field
  await picture.press('1');
  await picture.press('3');
  for (let tries = 0; await phone.read('phoneNumberField') !== '13' && tries < 50; tries++) await new Promise((done) => setTimeout(done, 100));
  assert.equal(await phone.read('phoneNumberField'), '13');
  await page.context().close();
  await phone.remove();
});

test('panel_phoneAtACompanyAndOneWithBids_areMade', async () => {
  const page = await (await browser.newContext({ locale: 'en', viewport: { width: 1280, height: 900 } })).newPage();
  page.on('dialog', (dialog) => dialog.accept('远山路桥有限公司'));
  await page.goto(emulator.ready.panel);
  await page.locator('#createAt').click();
  await page.locator('#said', { hasText: /^Done: New, at a company/ }).waitFor();
  await page.getByRole('combobox').first().selectOption('13900139002');
  await page.locator('#withBids').click();
  await page.locator('#said', { hasText: /^Done: New, with sealed bids/ }).waitFor({ timeout: 90_000 });
  const [first, second] = await emulator.phones();
  assert.match(await first.says(), /远山路桥有限公司/);
  assert.match(await second.says(), /滨江路改造工程/);
  if (process.env.HUFU_PICTURES) await page.screenshot({ path: `${process.env.HUFU_PICTURES}/panel-wishes.png`, fullPage: true });
  await page.context().close();
  await Promise.all([first.remove(), second.remove()]);
});

test('code_ofASessionThatAnotherHas_isRefused', async () => {
  const [first, second] = [await emulator.create({ person: '13900139001' }), await emulator.create({ person: '13900139002' })];
  const session = await login(), code = await session.frame();
  await first.scan(code);
  await first.waitPage('approve');
  await second.scan(code);
  await second.waitPage('error');
  assert.equal(await second.read('errorCode'), 'HF-203');
  assert.equal(await first.page(), 'approve'); // whose it is goes on
  await Promise.all([first.remove(), second.remove()]);
});

test('phone_damagedFiles_saysSo', async () => {
  const phone = await emulator.create({ person: '13900139001' });
  await phone.power('kill');
  const files = (await readdir(join(emulator.folder, phone.name), { recursive: true, withFileTypes: true })).filter((one) => one.isFile());
  for (const one of files) {
    const path = join(one.path, one.name), bytes = await readFile(path);
    if (bytes.length > 100) await writeFile(path, bytes.fill(0x55, bytes.length - 20));
  }
  await phone.power('start');
  await phone.waitPage('error');
  assert.equal(await phone.read('errorCode'), 'HF-312');
  await phone.remove();
});

test('phone_diskFull_saysSo', async () => {
  const phone = await emulator.create({ person: '13900139001' });
  await phone.power('fill');
  const session = await login();
  await phone.scan(await session.frame());
  await phone.waitPage('error');
  assert.equal(await phone.read('errorCode'), 'HF-504');
  await phone.power('free');
  await phone.act({ do: 'click', name: 'errorClose' });
  await phone.scan(await (await login()).frame());
  await phone.waitPage('approve');
  assert.ok((await phone.notifications()).every(({ kind, text }) => kind === 'sms' && text));
  await phone.remove();
});

test('panel_eachAct_isExplainedInBothLanguages', async () => {
  const { texts } = await import('../../app/cli/panel/panel_text.js');
  const page = await (await browser.newContext({ locale: 'en' })).newPage();
  await page.goto(emulator.ready.panel);
  await page.locator('#groups button').first().waitFor();
  const acts = await page.locator('#groups button').evaluateAll((all) => all.map((one) => one.id));
  assert.ok(acts.length > 35);
  for (const act of acts) for (const key of [act, `${act}.why`]) assert.ok(texts[key]?.length === 2 && texts[key].every(Boolean), key);
  for (const [key, [, english]] of Object.entries(texts)) if (key !== 'other') assert.ok(!/\p{Script=Han}/u.test(english), key);
  await page.context().close();
});
