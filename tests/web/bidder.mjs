// A bidder at the portal: a browser in one language with an account of its own, and what a person does with it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';

export const textsOf = (language) => JSON.parse(readFileSync(new URL(`../../app/server/web/${language}.json`, import.meta.url), 'utf8'));
export const calm = () => new Promise((done) => setTimeout(done, 700)); // a question is not answered in its first moment

let bidders = 0;

// In: account, whose this browser is to be used for.
export async function newVisitor(browser, server, language, width, account) {
  const texts = textsOf(language);
  const context = await browser.newContext({ ignoreHTTPSErrors: true, locale: language === 'en' ? 'en-US' : 'zh-CN', timezoneId: 'Asia/Shanghai', viewport: { width, height: 800 } });
  const page = await context.newPage();
  const errors = [];
  page.setDefaultTimeout(30000);
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => { if (/Content.Security|violat/i.test(message.text())) errors.push(message.text()); });
  const me = {
    page, errors, texts, account, number: '',
    press: (key) => page.getByRole('button', { name: texts[key], exact: true }).first().click(),
    type: (key, text) => page.getByLabel(texts[key], { exact: true }).first().fill(text),
    choose: (key, label) => page.getByLabel(texts[key], { exact: true }).first().selectOption({ label }),
    sees: (key) => page.getByText(texts[key], { exact: false }).first().waitFor(),
    async notSees(...keys) {
      for (const key of keys) assert.equal(await page.getByText(texts[key], { exact: false }).count(), 0, key);
    },
    // A picture where one is asked for; nothing sticks out of the page either way.
    async look(name) {
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wide <= 0, `${name} is ${wide} pixels too wide`);
      if (!process.env.HUFU_PICTURES) return;
      await mkdir(process.env.HUFU_PICTURES, { recursive: true });
      await page.screenshot({ path: `${process.env.HUFU_PICTURES}/${name}_${language}_${width}.png`, fullPage: true });
    },
    // A project whose bids are opened so long from now, by the server's clock.
    async publish(inMs, aheadMs = 0) {
      await page.goto(`${server.base}/portal#/projects`);
      await page.getByLabel(texts['bidding.number']).waitFor();
      me.number = `ZB-2026-${++bidders}`;
      await me.type('bidding.number', me.number);
      await me.type('bidding.name', language === 'en' ? 'Bridge equipment' : '示范大桥设备采购');
      const shanghai = new Date(Date.now() + aheadMs + inMs + 8 * 3600000).toISOString().slice(0, 19).replace(/:00$/, ''); // a browser keeps no seconds that are none, and what it changes is not taken for filled in
      await me.type('bidding.opening', shanghai);
      await me.press('bidding.publish');
      await me.sees('bidding.clock');
    },
    async end() {
      assert.deepEqual(errors, []);
      await context.close();
    },
  };
  await page.goto(`${server.base}/portal`);
  return me;
}

export async function newBidder(browser, server, language, width = 1180) {
  const me = await newVisitor(browser, server, language, width, `bidder-${++bidders}`);
  await me.press('portal.toRegister');
  await me.type('portal.account', me.account);
  await me.type('portal.password', 'correct horse');
  await me.press('portal.register');
  await me.page.locator('nav a').first().waitFor();
  return me;
}
