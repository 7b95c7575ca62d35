// The page where the phone's app is got: a code for each system that leads to its package.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startEmulator } from './emulator.mjs';
import { startBrowser } from './server.mjs';

let emulator, browser;
before(async () => { [emulator, browser] = await Promise.all([startEmulator(), startBrowser()]); });
after(async () => { await Promise.all([emulator?.stop(), browser?.close()]); });

for (const [locale, title] of [['zh-CN', '下载虎符手机盾'], ['en', 'Get the Hufu phone shield']])
  test(`app_page_${locale}_leadsToEachPackage`, async () => {
    const page = await browser.newPage({ locale, ignoreHTTPSErrors: true });
    await page.goto(`${emulator.ready.server}/app`);
    await page.getByRole('heading', { name: title }).waitFor();
    const links = page.locator('main a');
    await links.nth(1).waitFor();
    assert.equal(await links.count(), 2);
    for (const [index, name] of [[0, 'hufu-demo.apk'], [1, 'hufu-demo.ipa']]) {
      const address = await links.nth(index).getAttribute('href');
      assert.ok(address.endsWith(`/app/${name}`), address);
      const drawn = await page.request.post(`${emulator.ready.server}/web/v1/qr`, { data: { text: address } });
      assert.equal(await page.locator('svg.qr path').nth(index).getAttribute('d'), (await drawn.json()).path); // the code says the same
      const got = await page.request.get(address);
      assert.equal(got.status(), 200);
      assert.equal((await got.body()).subarray(0, 2).toString(), 'PK');
      assert.ok(got.headers()['content-disposition'].includes(name));
    }
    if (process.env.HUFU_PICTURES) await page.screenshot({ path: `${process.env.HUFU_PICTURES}/app-${locale}.png`, fullPage: true });
    await page.close();
  });
