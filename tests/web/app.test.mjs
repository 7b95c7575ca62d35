// The page where the phone's app is got: a code for each system that leads to its package, and the words that the app itself begins with.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startEmulator } from './emulator.mjs';
import { Phone } from './phone.mjs';
import { codeOn, startBrowser } from './server.mjs';

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

// Who has read nothing but the page presses in the app what the page has named, and looks at the administrator's code.
for (const [locale, language, goOn, asked] of [['zh-CN', 'zh_CN', '继续', '手机号'], ['en', 'en', 'Continue', 'Phone number']])
  test(`app_page_${locale}_saysWhatToPressInTheApp_upToTheFirstQuestion`, async () => {
    const page = await browser.newPage({ locale, ignoreHTTPSErrors: true });
    await page.goto(`${emulator.ready.server}/app`);
    const [begin, look] = (await page.locator('main .note').last().innerText()).match(/(?<=“)[^”]+(?=”)/g);
    const { activation } = await (await page.request.post(`${emulator.ready.server}/outside/people/13900139001/activation`, { data: {} })).json();
    const { size, path } = await (await page.request.post(`${emulator.ready.server}/web/v1/qr`, { data: { text: activation } })).json();
    const folder = await mkdtemp(join(tmpdir(), 'hufu-installed-'));
    const phone = await Phone.start(join(folder, 'phone'), null, language);
    try {
      await phone.page('welcome');
      await phone.press(begin);
      await phone.page('link');
      await page.setContent(`<svg class="qr" width="500" height="500" viewBox="-4 -4 ${size + 8} ${size + 8}"><path d="${path}"/></svg>`);
      const file = join(folder, 'code.png');
      await writeFile(file, await codeOn(page));
      await phone.press(look);
      await phone.ask({ do: 'scanImage', file }).catch((trouble) => { if (!/not shown/.test(trouble.message)) throw trouble; }); // seen on the screen already
      await phone.page('link'); // the link that was read stands there, to be looked at
      await phone.press(goOn);
      await phone.page('phoneNumber');
      assert.ok((await phone.ask({ do: 'says' })).text.split('\n').includes(asked));
    } finally {
      await Promise.all([phone.stop(), page.close()]);
      await rm(folder, { recursive: true });
    }
  });
