// At the console a person with a shield confirms with it: the code in a dialog, the real phone, and what becomes of the act.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { Phone } from './phone.mjs';
import { startBrowser, startServer } from './server.mjs';

const wait = (ms) => new Promise((done) => setTimeout(done, ms));

for (const [language, width] of [['zh-CN', 1180], ['en', 400]])
  test(`act_ofWhoHasAShield_isConfirmedWithIt_${language}`, async () => {
    const texts = JSON.parse(readFileSync(new URL(`../../app/server/web/${language}.json`, import.meta.url), 'utf8'));
    const t = (key) => texts[key];
    const server = await startServer();
    const browser = await startBrowser();
    let phone;
    try {
      const context = await browser.newContext({ ignoreHTTPSErrors: true, locale: language, timezoneId: 'Asia/Shanghai', viewport: { width, height: 800 } });
      const page = await context.newPage();
      const errors = [];
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('console', (message) => { if (/Content.Security|Refused to|violat/i.test(message.text())) errors.push(message.text()); });
      const press = (key, within = page) => within.getByRole('button', { name: t(key), exact: true }).first().click();
      const sees = (key) => page.getByText(t(key)).first().waitFor();
      const codeFor = async () => {
        const { messages } = await (await context.request.get(`${server.base}/outside/sms?phone=${server.ready.phoneNumber}`)).json();
        return /\d{6}/.exec(messages[0].text)[0];
      };
      const look = async (name) => {
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `${name} is too wide`);
        if (!process.env.HUFU_PICTURES) return;
        await mkdir(process.env.HUFU_PICTURES, { recursive: true });
        await page.screenshot({ path: `${process.env.HUFU_PICTURES}/${name}_${language}_${width}.png` });
      };
      const shot = (name) => (process.env.HUFU_PICTURES ? phone.shot(`${process.env.HUFU_PICTURES}/phone-${name}_${language}.png`) : null);
      const logIn = async () => {
        await page.goto(`${server.base}/console#/log-in`);
        await page.getByLabel(t('person.phone'), { exact: true }).first().fill(server.ready.phoneNumber);
        await press('code.send');
        await wait(500);
        await page.getByLabel(t('code.label'), { exact: true }).first().fill(await codeFor());
        await press('logIn.enter');
        await page.locator('nav a[href="#/seals"]').waitFor();
      };

      // Before there is a shield: a code.
      await logIn();
      await page.goto(`${server.base}/console#/desks`);
      await page.getByLabel(t('code.label'), { exact: true }).waitFor();

      phone = await Phone.start(join(server.folder, language), server.ready.activation, language === 'en' ? 'en' : 'zh_CN');
      await phone.activate(server.ready.phoneNumber, codeFor);
      await page.goto(`${server.base}/console#/seals`);
      await sees('confirm.shield.then');
      assert.equal(await page.getByLabel(t('code.label'), { exact: true }).count(), 0);
      await page.getByLabel(t('seal.kind'), { exact: true }).selectOption('finance');
      await look('confirm-form');
      const dialog = page.getByRole('dialog', { name: t('confirm.shield') });

      // Given up on the page: nothing is said, what was chosen stays, and the button can be pressed again.
      await press('seal.make');
      await dialog.locator('svg.qr').waitFor();
      await press('scan.stop', dialog);
      await dialog.waitFor({ state: 'detached' });
      assert.equal(await page.getByLabel(t('seal.kind'), { exact: true }).inputValue(), 'finance');
      assert.equal(await page.locator('#main .note.bad').count(), 0);

      // Refused on the phone, then asked anew.
      await press('seal.make');
      await dialog.locator('svg.qr').waitFor();
      await dialog.getByText('财务专用章').waitFor();
      await look('confirm-code');
      await phone.scan(page);
      await phone.refuse();
      await dialog.getByText(t('scan.refused')).waitFor();
      await press('scan.again', dialog);
      await dialog.locator('svg.qr').waitFor();
      await phone.scan(page);
      const digits = await phone.digits();
      await shot('confirm');
      await dialog.getByLabel(t('scan.digits'), { exact: true }).fill(digits);
      await look('confirm-digits');
      await press('next', dialog);
      await dialog.getByText(t('scan.typed')).waitFor();
      await phone.approve();
      await dialog.waitFor({ state: 'detached' });
      await page.locator('td', { hasText: t('confirmed.shield') }).first().waitFor();
      await look('confirm-done');

      // In a form that only sometimes wants it: not for anybody's department, but for an administrator, and for a
      // seal administrator.
      await page.goto(`${server.base}/console#/staff`);
      await page.getByLabel(t('person.name'), { exact: true }).last().fill('王五');
      await page.getByLabel(t('person.phone'), { exact: true }).last().fill('13700137001');
      await page.getByLabel(t('staff.number'), { exact: true }).last().fill('X1');
      assert.equal(await page.getByText(t('confirm.shield.then')).first().isHidden(), true);
      for (const role of ['role.seal-administrator', 'role.administrator']) {
        await page.getByLabel(t(role), { exact: true }).last().check();
        await sees('confirm.shield.then');
        await page.getByLabel(t(role), { exact: true }).last().uncheck();
        assert.equal(await page.getByText(t('confirm.shield.then')).first().isHidden(), true);
      }
      await page.getByLabel(t('role.administrator'), { exact: true }).last().check();
      await sees('confirm.shield.then');
      await press('staff.add');
      await dialog.locator('svg.qr').waitFor();
      await phone.scan(page);
      await dialog.getByLabel(t('scan.digits'), { exact: true }).fill(await phone.digits());
      await press('next', dialog);
      await phone.approve();
      await page.locator('td', { hasText: '王五' }).first().waitFor();
      assert.deepEqual(errors, []);
      await context.close();
    } finally {
      await phone?.stop();
      await browser.close();
      await server.stop();
    }
  });
