// The portal's page and the real desk: the page finds it, asks once, and gets no further than its person lets it.
import assert from 'node:assert/strict';
import { readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { calm, newBidder, newVisitor } from './bidder.mjs';
import { Company, lifeOfABid } from './opening.mjs';
import { startBrowser, startDesk, startServer } from './server.mjs';

// As a module, whatever Node takes a .js file for.
const module = await readFile(new URL('../../app/server/web/hufu.js', import.meta.url));
const { kPromptWords } = await import(`data:text/javascript;base64,${module.toString('base64')}`);

let server, browser, desk, company;
before(async () => {
  server = await startServer();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await desk?.stop();
  await company?.dissolve();
  await server?.stop();
});

const bidder = (language, width) => newBidder(browser, server, language, width);

test('page_withoutADesk_saysSoAndWhatStillWorks', async () => {
  for (const [language, width] of [['zh-CN', 1180], ['en', 400]]) {
    const me = await bidder(language, width);
    await me.publish(3600000);
    await me.press('bidding.seal');
    await me.sees('desk.trouble.notFound');
    await me.look('project-without-desk');
    await me.page.goto(`${server.base}/portal#/projects`);
    await me.sees('bidding.publish.lead');
    await me.look('projects');
    await me.type('bidding.number', 'ZB-OVER');
    await me.type('bidding.name', 'Bridge');
    await me.type('bidding.opening', '2020-01-01T09:30');
    await me.press('bidding.publish');
    await me.sees('bidding.publish.over');
    assert.equal(await me.page.getByLabel(me.texts['bidding.opening'], { exact: true }).first().getAttribute('aria-invalid'), 'true');
    await me.page.goto(`${server.base}/portal#/client`);
    await me.sees('client.none');
    await me.sees('client.verify');
    await me.look('client');
    // One for each kind of processor, each with its own download.
    const packages = ['amd64', 'arm64'].map((architecture) => ({ name: `hufu-desk_0.2.0_${architecture}.deb`, version: '0.2.0', architecture, dateMs: 1795542311000, size: 4194304, sm3: 'ab'.repeat(32) }));
    await me.page.route('**/portal/v1/client', (route) => route.fulfill({ json: { deskLink: server.ready.desk, packages } }));
    await me.page.reload();
    await me.sees('client.choose');
    const asked = me.page.waitForRequest('**/portal/v1/client/packages/arm64');
    await me.page.getByRole('button', { name: me.texts['client.get'], exact: true }).nth(1).click();
    await asked;
    await me.look('client-packages');
    await me.end();
  }
});

// What the browser asks is the browser's: the page says before what it is about, and where it is shut, where to open it.
test('page_beforeTheBrowserAsks_saysWhatAbout_andWhereToAllowItAfterANo', async () => {
  for (const [language, words] of [['zh-CN', kPromptWords.zh], ['en', kPromptWords.en]]) {
    const me = await bidder(language, 400);
    await me.page.evaluate(() => { window.permission = 'prompt'; navigator.permissions.query = async () => ({ state: window.permission }); });
    let refuse;
    const answered = new Promise((done) => { refuse = done; });
    const asked = [];
    await me.page.route(/^http:\/\/127\.0\.0\.1:(19531|24531|29531)\//, async (route) => {
      asked.push(route.request().url());
      await answered; // so long the browser's question stands
      await route.abort('blockedbyclient');
    });
    await me.publish(3600000);
    await me.sees('desk.unknown'); // nothing was asked by itself
    assert.deepEqual(asked, []);
    await me.press('bidding.seal');
    await me.page.getByText(words, { exact: true }).waitFor();
    await me.look('project-browser-asks');
    await me.page.evaluate(() => { window.permission = 'denied'; });
    refuse();
    await me.sees('desk.trouble.blocked');
    await me.notSees('desk.trouble.notFound', 'desk.get');
    assert.equal(asked.length, 1);
    await me.look('project-browser-refuses');
    await me.press('bidding.seal');
    await me.sees('desk.trouble.blocked');
    assert.equal(asked.length, 1);
    await me.end();
  }
});

// Whoever needs the package has no account yet, and no phone that logs in.
test('clientPage_isEverybodys_andLedToFromTheLogIn', async () => {
  for (const [language, width] of [['zh-CN', 1180], ['en', 400]]) {
    const me = await newVisitor(browser, server, language, width);
    await me.page.getByRole('link', { name: me.texts['desk.get'], exact: true }).click();
    await me.sees('client.verify');
    assert.equal(await me.page.locator('#deskLink').innerText(), server.ready.desk);
    assert.equal(await me.page.locator('#who').innerText(), '');
    await me.notSees('portal.lead');
    await me.look('client-visitor');
    await me.page.getByRole('link', { name: me.texts['portal.logIn'], exact: true }).click();
    await me.sees('portal.lead');
    await me.end();
  }
});

// As whoever has just installed the package: the page shows the link, the desk's first window takes it.
test('desk_withoutALink_takesTheOneOfThePage', async () => {
  const kept = join(server.folder, 'config', 'desk-link');
  const fresh = await startDesk(server, ['--keep-link', kept, '--loopback', 'off'], '');
  try {
    assert.equal((await fresh.must({ do: 'page' })).page, 'link');
    const me = await bidder('en');
    await me.page.goto(`${server.base}/portal#/client`);
    await me.sees('client.step.link');
    const link = await me.page.locator('#deskLink').innerText();
    assert.equal(link, server.ready.desk);
    await me.press('client.link.copy');
    await me.look('client-link');
    await me.end();
    await fresh.type('linkText', link.replace(/pin=../, 'pin=zz'));
    await fresh.click('linkTake');
    assert.match((await fresh.must({ do: 'says' })).text, /HF-728/);
    if (process.env.HUFU_PICTURES) await fresh.shot(`${process.env.HUFU_PICTURES}/desk-link-refused.png`);
    await fresh.type('linkText', link);
    await fresh.click('linkTake');
    assert.equal(await fresh.begun(), 'status');
    assert.equal(await readFile(kept, 'utf8'), `${link}\n`);
  } finally {
    await fresh.stop();
  }
});

test('page_withADesk_asksThePersonOnceAndShowsItsWindow', async () => {
  desk = await startDesk(server);
  assert.ok((await desk.say({ do: 'site' })).port > 0, 'all of its ports are taken');
  const me = await bidder('en');
  await me.publish(7200000);
  await me.press('bidding.seal');
  await me.sees('desk.question');
  assert.equal((await desk.asked('access')).origin, server.base);
  await calm();
  assert.equal((await desk.say({ do: 'click', name: 'siteAllow' })).ok, true);
  // Let in; and the desk tells what it still lacks.
  await me.sees('desk.trouble.notEnrolled');
  await me.sees('desk.connected'); // and what stands above agrees
  await me.notSees('desk.unknown', 'desk.check');
  assert.equal((await desk.say({ do: 'site' })).question, 'none');
  assert.equal((await desk.say({ do: 'page' })).page, 'status');
  await me.look('project-not-enrolled');
  await me.end();

  // The next page of the same site is not asked about again; another site is, and is refused.
  const again = await bidder('zh-CN');
  await again.publish(7200000);
  await again.press('bidding.seal');
  await again.sees('desk.trouble.notEnrolled');
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  const other = await context.newPage();
  await other.goto(`${server.base.replace('127.0.0.1', 'localhost')}/portal`);
  const asked = other.evaluate(async () => {
    const hufu = await import('/web/hufu.js');
    return hufu.connect().then(() => 'connected', (trouble) => trouble.reason);
  });
  assert.match((await desk.asked('access')).origin, /^https:\/\/localhost:/);
  await calm();
  assert.equal((await desk.say({ do: 'click', name: 'siteRefuse' })).ok, true);
  assert.equal(await asked, 'refused');
  await context.close();

  // Removed in the desk's settings, a page that still uses it reads just that, and not that there is no desk; then it may ask again.
  const held = (act) => again.page.evaluate(act).then(() => 'done', (error) => /refused HF-107|notFound/.exec(error.message)?.[0] ?? error.message);
  await again.page.evaluate(async () => { window.heldDesk = await (await import('/web/hufu.js')).connect(); });
  for (const [name, page] of [['statusSettings', 'settings'], ['settingsSites', 'sites']]) {
    await desk.click(name);
    await desk.page(page);
  }
  assert.match((await desk.must({ do: 'says' })).text, new RegExp(server.base));
  await desk.click('siteRemove0');
  // Of a path that it has not asked for yet: what the browser was told of another one it remembers for some seconds.
  assert.equal(await held(() => window.heldDesk.ask('DELETE', '/v1/acts/none')), 'refused HF-107');
  assert.equal(await held(() => window.heldDesk.status()), 'refused HF-107');
  await again.press('bidding.seal');
  await again.sees('desk.question');
  assert.equal((await desk.asked('access')).origin, server.base);
  await again.end();
});

// A desk that fails at every act, in the place of the real one's module.
const failing = `
  export class HufuTrouble extends Error {}
  const words = { code: 'HF-603', title: 'Of no use', detail: 'It cannot be read.', steps: ['Take another file.'], titleZh: '文件不能用', detailZh: '无法读取。', stepsZh: ['换一个文件。'] };
  const act = { id: 'a1', act: 'seal', state: 'failed', over: false, version: 2, files: [], code: words.code, problem: words };
  const desk = {
    access: async () => 'allowed',
    status: async () => ({ enrolled: true, serverReached: true, canOpen: true }),
    seal: async (wish, onChange) => { onChange(act); await new Promise((done) => { window.closeAct = done; }); onChange({ ...act, over: true }); return { ...act, over: true }; },
  };
  export const browserPermission = async () => 'granted', findDesk = async () => desk, connect = findDesk, logInByCode = async () => 'cancelled';
`;

test('act_thatFails_isExplained_andSaysWhereToTryAgain', async () => {
  for (const [language, said] of [['zh-CN', ['文件不能用', '无法读取。', '换一个文件。']], ['en', ['Of no use', 'It cannot be read.', 'Take another file.']]]) {
    const me = await bidder(language, 400);
    await me.page.route('**/web/hufu.js', (route) => route.fulfill({ contentType: 'text/javascript', body: failing }));
    await me.page.reload();
    await me.publish(3600000);
    await me.press('bidding.seal');
    await me.sees('desk.state.failed');
    const told = me.page.locator('.acts .note.bad', { hasText: 'HF-603' });
    for (const text of said) await told.getByText(text, { exact: true }).waitFor();
    await me.look('project-act-failed');
    await me.page.evaluate(() => window.closeAct());
    await me.sees('desk.failed.over');
    await told.waitFor();
    await me.end();
  }
});

test('opening_aDayOrMoreAhead_isCountedDownInItsNumber', async () => {
  for (const [language, one, two] of [['zh-CN', /^距开标 1 天 01:\d\d:\d\d$/, /^距开标 2 天 01:\d\d:\d\d$/], ['en', /^1 day 01:\d\d:\d\d until the opening$/, /^2 days 01:\d\d:\d\d until the opening$/]]) {
    const me = await bidder(language);
    for (const [days, said] of [[1, one], [2, two]]) {
      await me.publish((days * 24 + 1.9) * 3600000, await aheadMs());
      await me.page.getByRole('timer').getByText(said).waitFor();
    }
    await me.end();
  }
});

test('opening_hour_turnsThePage', async () => {
  const me = await bidder('zh-CN');
  await me.publish(6000);
  await me.sees('bidding.step.seal');
  await me.sees('bidding.table');
  await me.sees('bidding.table.none');
  await me.look('project-opened');
  await me.end();
});

// Minutes pass for the server and for the page.
async function passTime(me, minutes) {
  await fetchOutside('/outside/clock', { jumpMs: minutes * 60000 });
  await me.page.clock.fastForward(minutes * 60000);
}
async function fetchOutside(path, data) {
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  const answer = data ? await context.request.post(server.base + path, { data }) : await context.request.get(server.base + path);
  assert.ok(answer.ok(), `${path}: ${answer.status()}`);
  const told = await answer.json();
  await context.close();
  return told;
}
const aheadMs = async () => (await fetchOutside('/outside/clock')).aheadMs;
const kProject = /\/portal\/v1\/projects\/[0-9a-f]{32}$/;

test('opening_hourAfterALongWait_turnsThePage', { timeout: 120000 }, async () => {
  const me = await bidder('en');
  await me.publish(42 * 60000, await aheadMs());
  await me.page.clock.install({ time: Date.now() + await aheadMs() });
  await me.page.reload();
  await me.sees('bidding.step.seal');
  for (let minutes = 0; minutes < 40; minutes += 5) {
    const looked = me.page.waitForResponse(kProject);
    await passTime(me, 5);
    assert.equal((await looked).status(), 200); // it stays logged in
  }
  let lost = 0;
  await me.page.route(kProject, (route) => (++lost <= 2 ? (lost === 1 ? route.abort() : route.fulfill({ status: 503, json: { code: 'HF-508' } })) : route.continue()));
  await passTime(me, 2.1);
  await me.sees('bidding.turning');
  await me.look('project-turning');
  await me.sees('bidding.table');
  assert.equal(lost, 3);
  await me.end();
});

test('opening_hourOfAVisitThatIsOver_asksToLogIn_andComesBack', { timeout: 120000 }, async () => {
  for (const language of ['zh-CN', 'en']) {
    const me = await bidder(language);
    await me.publish(40 * 60000, await aheadMs());
    await me.page.addInitScript(() => Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' })); // the person looks at something else
    await me.page.clock.install({ time: Date.now() + await aheadMs() });
    await me.page.reload();
    await me.sees('bidding.step.seal');
    await passTime(me, 40.1);
    await me.sees('portal.over');
    await me.look('portal-over');
    await me.type('portal.account', me.account);
    await me.type('portal.password', 'correct horse');
    await me.press('portal.logIn');
    await me.sees('bidding.table');
    assert.equal(await me.page.getByText(me.texts['portal.over']).count(), 0);
    await me.end();
  }
});

// The portal's answers about one upload, as the test wishes them. Returns: what was asked.
async function uploadsAnswered(me, size, answers, pieceMost = 1024) {
  const asked = [];
  let kept = 0;
  await me.page.route(/\/portal\/v1\/(projects\/[0-9a-f]{32}\/)?uploads/, async (route) => {
    const request = route.request(), path = new URL(request.url()).pathname.split('/');
    const what = path.at(-1) === 'uploads' ? 'begin' : request.method() === 'PUT' ? `piece ${path.at(-1)}` : request.method() === 'GET' ? 'look' : 'end';
    asked.push(what);
    const length = Number(request.headers()['test-length'] ?? 1024);
    const wish = await answers(what, asked.filter((one) => one === what).length, length);
    if (wish === 'lost') return route.abort();
    if (wish) return route.fulfill({ status: wish.status, json: wish });
    if (what === 'begin') return route.fulfill({ status: 201, json: { upload: 'ab'.repeat(16), pieceMost } });
    if (what.startsWith('piece')) kept = Math.min(size, Number(path.at(-1)) + length);
    return route.fulfill({ status: what === 'end' ? 201 : 200, json: { received: kept } });
  });
  return asked;
}
// As far as a page can see: an envelope of so many bytes.
const looksSealed = (size) => Buffer.concat([Buffer.from('HUFU-ENV'), Buffer.alloc(size)], size);
const handIn = async (me, name, size, buffer = looksSealed(size)) => {
  await me.page.getByLabel(me.texts['bidding.envelope'], { exact: true }).setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
  await me.press('bidding.handIn');
};

test('upload_cutOffAgainAndAgain_goesOn_andOnceMoreWhenPressedAgain', { timeout: 120000 }, async () => {
  const me = await bidder('en');
  await me.publish(3600000, await aheadMs());
  const asked = await uploadsAnswered(me, 3000, (what, times) => {
    if (what === 'piece 1024' && times === 1) return { status: 503, code: 'HF-508' };
    if (what === 'piece 1024' && times === 2) return 'lost';
    if (what === 'piece 2048' && times <= 2) return [{ status: 401, code: 'HF-109', title: 'over' }, { status: 404, code: 'HF-102' }][times - 1];
    return what === 'end' && times < 3 ? [{ status: 429, code: 'HF-105' }, 'lost'][times - 1] : null;
  });
  await handIn(me, 'bid.hufu', 3000);
  await me.sees('bidding.waiting');
  await me.look('bid-upload-waiting');
  await me.page.locator('form .note.bad', { hasText: 'HF-109' }).getByRole('button', { name: me.texts['portal.logIn'], exact: true }).waitFor();
  await me.page.evaluate(() => document.querySelector('form .note.bad').remove());
  await me.press('bidding.handIn');
  await me.page.waitForResponse((answer) => answer.request().method() === 'GET' && kProject.test(answer.url())); // it is in: the page is made anew
  assert.deepEqual(asked, ['begin', 'piece 0', 'piece 1024', 'piece 1024', 'piece 1024', 'piece 2048', 'look', 'piece 2048', // and the portal has it no more
    'begin', 'piece 0', 'piece 1024', 'piece 2048', 'end', 'end', 'end']);
  await me.end();
});

const KiB = 1024;
// The browser tells a route nothing of a blob.
const tellLengths = (me) => me.page.evaluate(() => {
  const send = window.fetch;
  window.fetch = (path, request) => send(path, request?.body instanceof Blob ? { ...request, headers: { ...request.headers, 'test-length': String(request.body.size) } } : request);
});
test('upload_onALineThatCarriesNoLargePiece_goesInSmallOnes', { timeout: 120000 }, async () => {
  const size = 200 * KiB;
  const me = await bidder('en');
  await me.publish(3600000, await aheadMs());
  await tellLengths(me);
  const sent = [];
  const asked = await uploadsAnswered(me, size, (what, times, length) => {
    if (!what.startsWith('piece')) return null;
    sent.push(length);
    return length > 70 * KiB || sent.length === 4 ? 'lost' : null; // one is lost that is small enough
  }, 256 * KiB);
  await handIn(me, 'bid.hufu', size);
  await me.page.waitForResponse((answer) => answer.request().method() === 'GET' && kProject.test(answer.url()));
  assert.deepEqual(asked, ['begin', 'piece 0', 'piece 0', 'piece 0', 'piece 65536', 'piece 65536', 'piece 131072', 'piece 196608', 'end']);
  assert.deepEqual(sent, [200, 128, 64, 64, 64, 64, 8].map((one) => one * KiB)); // no smaller than 64 KiB
  await me.end();
});
test('upload_whosePortalWasAwayForAMoment_goesInLargePiecesAgain', { timeout: 120000 }, async () => {
  const size = 1200 * KiB;
  const me = await bidder('en');
  await me.publish(3600000, await aheadMs());
  await tellLengths(me);
  const sent = [];
  await uploadsAnswered(me, size, (what, times, length) => {
    if (!what.startsWith('piece')) return null;
    sent.push(length);
    return sent.length <= 2 ? 'lost' : null;
  }, 256 * KiB);
  await handIn(me, 'bid.hufu', size);
  await me.page.waitForResponse((answer) => answer.request().method() === 'GET' && kProject.test(answer.url()));
  assert.deepEqual(sent, [256, 128, 64, 64, 64, 64, 128, 128, 128, 128, 256, 176].map((one) => one * KiB)); // and no larger than the portal takes
  await me.end();
});

// While the portal looks at others it is asked for half an hour; a portal that answers nothing at all, for five minutes.
test('upload_thatWaitsForItsTurn_isAskedForLong_andNotForEver', { timeout: 120000 }, async () => {
  const me = await bidder('en');
  await me.publish(7200000, await aheadMs());
  await me.page.evaluate(() => {
    const now = performance.now.bind(performance);
    let passedMs = 0;
    performance.now = () => now() + passedMs;
    window.pass = (minutes) => { passedMs += minutes * 60000; };
  });
  const busy = { status: 503, code: 'HF-508', title: 'Busy', titleZh: 'Busy' };
  const answers = [[0, busy], [20, busy], [15, busy], [0, busy], [6, 'lost']]; // minutes that pass before each
  const asked = await uploadsAnswered(me, 1000, async (what) => {
    if (what !== 'end') return null;
    const [minutes, answer] = answers.shift();
    await me.page.evaluate((some) => window.pass(some), minutes);
    return answer;
  });
  await handIn(me, 'bid.hufu', 1000);
  await me.page.locator('form .note.bad .code', { hasText: 'HF-508' }).waitFor();
  assert.deepEqual(asked, ['begin', 'piece 0', 'end', 'end', 'end']);
  await me.press('bidding.handIn');
  await me.page.locator('form .note.bad', { hasText: me.texts['problem.noAnswer'] }).waitFor();
  assert.deepEqual(asked.slice(5), ['look', 'end', 'end']);
  await me.end();
});

test('upload_ofWhatIsNoBid_isRefusedBeforeItsFirstByte', { timeout: 60000 }, async () => {
  for (const language of ['zh-CN', 'en']) {
    const me = await bidder(language, language === 'en' ? 400 : 1180);
    await me.publish(3600000, await aheadMs());
    const asked = await uploadsAnswered(me, 1000, () => null);
    for (const [key, buffer] of [['bidding.empty', Buffer.alloc(0)], ['bidding.noEnvelope', Buffer.alloc(1000)]]) {
      await handIn(me, 'bid.hufu', 0, buffer);
      await me.page.locator('form .note.bad', { hasText: me.texts[key] }).waitFor();
    }
    await me.page.getByLabel(me.texts['bidding.document.file'], { exact: true }).setInputFiles({ name: 'a.pdf', mimeType: 'application/pdf', buffer: Buffer.from('no page') });
    await me.press('bidding.document.handIn');
    await me.page.locator('form .note.bad', { hasText: me.texts['bidding.noPdf'] }).waitFor();
    assert.deepEqual(asked, []);
    await me.end();
  }
});

test('upload_stopped_isNotHandedIn_andGoesOnWhenPressedAgain', { timeout: 60000 }, async () => {
  const me = await bidder('en');
  await me.publish(3600000, await aheadMs());
  let letGo;
  const held = new Promise((done) => { letGo = done; });
  const asked = await uploadsAnswered(me, 3000, async (what, times) => {
    if (what === 'piece 1024' && times === 1) {
      await me.press('bidding.stop');
      await held; // a bad line may carry it for minutes
      return 'lost';
    }
    return what === 'piece 2048' && times === 1 ? { status: 503, code: 'HF-508' } : null;
  });
  const stopped = me.page.locator('.note.warn', { hasText: me.texts['bidding.stopped'].replace('{name}', 'bid.hufu') });
  await handIn(me, 'bid.hufu', 3000);
  await stopped.waitFor();
  letGo();
  await me.look('bid-upload-stopped');
  assert.deepEqual(asked, ['begin', 'piece 0', 'piece 1024']);
  await me.page.evaluate(() => { Math.random = () => 1000; }); // a pause longer than this test
  await me.press('bidding.handIn');
  await me.sees('bidding.waiting');
  await me.press('bidding.stop');
  await stopped.waitFor();
  assert.deepEqual(asked.slice(3), ['look', 'piece 1024', 'piece 2048']);
  await me.press('bidding.handIn');
  await me.page.waitForResponse((answer) => answer.request().method() === 'GET' && kProject.test(answer.url()));
  assert.deepEqual(asked.slice(6), ['look', 'piece 2048', 'end']);
  await me.end();
});

test('upload_ofAFileThatIsChangedOrGoneMeanwhile_isToldAsThat_andTakenOnceChosenAgain', { timeout: 120000 }, async () => {
  const path = join(server.folder, 'draft.hufu');
  const later = new Date(Date.now() + 60000); // a browser compares whole seconds
  const doings = { changed: () => utimes(path, later, later), shorter: () => truncate(path, 500), gone: () => rm(path) };
  for (const language of ['zh-CN', 'en']) {
    for (const [doing, act] of Object.entries(doings)) {
      const me = await bidder(language, language === 'en' ? 400 : 1180);
      await me.publish(3600000, await aheadMs());
      const asked = await uploadsAnswered(me, 2000, async (what, times) => {
        if (what === 'piece 0' && times === 1) await act();
        return null;
      });
      const choose = async () => {
        await writeFile(path, looksSealed(2000));
        await me.page.getByLabel(me.texts['bidding.envelope'], { exact: true }).setInputFiles(path);
        await me.press('bidding.handIn');
      };
      await choose();
      await me.page.locator('form .note.bad', { hasText: me.texts['bidding.fileChanged'].replace('{name}', 'draft.hufu') }).waitFor();
      if (doing === 'changed') await me.look('bid-file-changed');
      assert.deepEqual(asked, ['begin', 'piece 0'], doing); // not asked for again and again
      assert.equal(await me.page.getByLabel(me.texts['bidding.envelope'], { exact: true }).evaluate((input) => input.files.length), 0);
      await choose();
      await me.page.waitForResponse((answer) => answer.request().method() === 'GET' && kProject.test(answer.url()));
      assert.deepEqual(asked.slice(2), ['begin', 'piece 0', 'piece 1024', 'end'], doing);
      await me.end();
    }
  }
  await rm(path);
});

test('upload_takenWhosePageCannotBeMadeAnew_isToldAsTaken_untilTheProjectIsEnteredAgain', { timeout: 120000 }, async () => {
  const me = await bidder('en');
  await me.publish(3600000, await aheadMs());
  await uploadsAnswered(me, 1000, () => null);
  await me.page.route(kProject, (route) => route.fulfill({ status: 404, json: { code: 'HF-103', title: 'Not found', titleZh: 'Not found' } }));
  await handIn(me, 'bid.hufu', 1000);
  const taken = me.page.getByText(me.texts['bidding.uploaded'].replace('{name}', 'bid.hufu'));
  await taken.waitFor();
  await me.page.locator('.note.bad .code', { hasText: 'HF-103' }).waitFor();
  assert.equal(await me.page.locator('form .note.bad').count(), 0); // the form did what it was asked
  await me.page.unroute(kProject);
  await me.page.evaluate(() => { location.hash = '#/projects'; });
  await me.sees('bidding.publish.lead');
  await me.page.goBack();
  await me.sees('bidding.own');
  assert.equal(await taken.count(), 0);
  await me.end();
});

test('upload_thatTheHourComesUpon_isToldOnThePageThatFollows', { timeout: 120000 }, async () => {
  for (const language of ['zh-CN', 'en']) {
    const me = await bidder(language, language === 'en' ? 400 : 1180);
    await me.publish(8000, await aheadMs());
    let late;
    const held = new Promise((done) => { late = done; });
    await uploadsAnswered(me, 2000, async (what) => {
      if (what === 'piece 1024') await held;
      return what === 'end' ? { status: 409, code: 'HF-900', title: 'Over', titleZh: 'Over' } : null;
    });
    await handIn(me, 'late.hufu', 2000);
    await me.sees('bidding.table');
    late();
    await me.page.getByText(me.texts['bidding.notUploaded'].replace('{name}', 'late.hufu')).waitFor();
    await me.page.locator('.note.bad .code', { hasText: 'HF-900' }).waitFor();
    await me.look('bid-late');
    await me.end();
  }
});

test('bid_ofAColleague_isFetchedAgain_andOpened_andNotWithdrawn', { timeout: 120000 }, async () => {
  const envelope = Buffer.from(Array.from({ length: 2500 }, (_, i) => i % 251));
  for (const [language, width] of [['zh-CN', 1180], ['en', 400]]) {
    const me = await bidder(language, width);
    const bid = { id: 'cd'.repeat(16), own: false, reads: true, company: 'C', person: 'P', fileName: '商务标.pdf', size: envelope.length, sm3: 'ef'.repeat(32), receivedMs: Date.now(), withdrawnMs: null, openedMs: null, readers: ['ab'] };
    await me.page.route(kProject, async (route) => {
      const answer = await route.fetch();
      return route.fulfill({ response: answer, json: { ...await answer.json(), bids: [bid] } });
    });
    let pieces = 0;
    await me.page.route(/\/envelope\/\d+$/, (route) => {
      if (++pieces === 2) return route.fulfill({ status: 503, json: { code: 'HF-508' } }); // it is asked for once more
      const offset = Number(new URL(route.request().url()).pathname.split('/').at(-1));
      return route.fulfill({ body: envelope.subarray(offset, offset + 1024), contentType: 'application/octet-stream' });
    });
    await me.publish(15000, await aheadMs());
    await me.sees('bidding.byColleague');
    await me.look('bid-of-a-colleague');
    const [saved] = await Promise.all([me.page.waitForEvent('download'), me.press('bidding.download')]);
    assert.equal(saved.suggestedFilename(), '商务标.pdf.hufu');
    assert.deepEqual(await readFile(await saved.path()), envelope);
    assert.equal(pieces, 4);
    for (const key of ['bidding.withdraw', 'bidding.receipt']) assert.equal(await me.page.getByRole('button', { name: me.texts[key], exact: true }).count(), 0);
    assert.equal(await me.page.getByLabel(me.texts['bidding.replaces'], { exact: true }).count(), 0);
    await me.sees('bidding.step.open');
    await me.page.getByLabel(me.texts['bidding.openedFile'], { exact: true }).waitFor();
    await me.end();
  }
});

test('file_largerThanThePortalTakes_isRefusedBeforeItsUpload', async () => {
  for (const [language, said] of [['zh-CN', '最大为 1 KiB'], ['en', 'up to 1 KiB']]) {
    const me = await bidder(language);
    const asked = [];
    me.page.on('request', (request) => { if (request.url().includes('/uploads')) asked.push(request.url()); });
    await me.page.route(kProject, async (route) => {
      const answer = await route.fetch();
      return route.fulfill({ response: answer, json: { ...await answer.json(), fileMost: 1024 } });
    });
    await me.publish(3600000, await aheadMs());
    await handIn(me, 'large.hufu', 1025);
    await me.page.locator('form .note.bad', { hasText: said }).waitFor();
    await me.look('bid-too-large');
    assert.deepEqual(asked, []);
    await me.end();
  }
});

test('logInByCode_withoutADesk_showsTheCodeOfTheBackend', async () => {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, locale: 'en-US' });
  const page = await context.newPage();
  await page.goto(`${server.base}/portal`);
  const shown = await page.evaluate(async () => {
    const { logInByCode } = await import('/web/hufu.js');
    const { get, post } = await import('/web/access.js');
    const end = new AbortController();
    const codes = [];
    let last; // this backend knows the session by a cookie, and gives the code with its state
    const backend = { start: async () => { await post('/portal/v1/scans', {}); return { token: '' }; }, look: async () => (last = await get('/portal/v1/scans')), frame: () => last.qr, digits: () => {} };
    const view = { show: (qr) => { if (qr) codes.push(qr.path); if (codes.length === 2) end.abort(); }, claimed: () => {}, askDigits: () => '0000' };
    return { state: await logInByCode(backend, view, end.signal), codes };
  });
  assert.equal(shown.state, 'cancelled');
  assert.match(shown.codes[0], /^M/i);
  assert.notEqual(shown.codes[0], shown.codes[1]); // another one each second
  await context.close();
});

// Last: it moves the server's clock, and its own desk takes the other's place.
test('lifeOfABid_inBothLanguages_endsInTheOpeningTable', { timeout: 480000 }, async () => {
  await desk?.stop();
  desk = null;
  company = new Company(server);
  await company.found(browser);
  for (const [language, width] of [['zh-CN', 1180], ['en', 420]]) {
    const me = await bidder(language, width);
    try {
      await lifeOfABid(me, language, company);
    } catch (error) {
      console.error(await me.page.locator('main').innerText()); // what stood there when it went wrong
      throw error;
    }
    await me.end();
  }
});
