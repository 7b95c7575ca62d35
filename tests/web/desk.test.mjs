// The portal's page and the real desk: the page finds it, asks once, and gets no further than its person lets it.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { calm, newBidder } from './bidder.mjs';
import { Company, lifeOfABid } from './opening.mjs';
import { startBrowser, startDesk, startServer } from './server.mjs';

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
    await me.look('client');
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
  await again.end();
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

test('file_largerThanThePortalTakes_isRefusedBeforeItsUpload', async () => {
  for (const [language, said] of [['zh-CN', '最大为 1 KiB'], ['en', 'up to 1 KiB']]) {
    const me = await bidder(language);
    const asked = [];
    me.page.on('request', (request) => { if (request.url().includes('/uploads')) asked.push(request.url()); });
    await me.page.route(/\/portal\/v1\/projects\/[0-9a-f]{32}$/, async (route) => {
      const answer = await route.fetch();
      return route.fulfill({ response: answer, json: { ...await answer.json(), fileMost: 1024 } });
    });
    await me.publish(3600000);
    await me.page.getByLabel(me.texts['bidding.envelope'], { exact: true }).setInputFiles({ name: 'large.hufu', mimeType: 'application/octet-stream', buffer: Buffer.alloc(1025) });
    await me.press('bidding.handIn');
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
