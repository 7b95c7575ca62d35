// At the console, what stops a shield: a colleague's phone reported lost, one's own suspended and ended although nobody else can open a bid of
// its holder. Each is confirmed with the administrator's own virtual phone.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { scanAt, startEmulator } from './emulator.mjs';
import { codeOn, startBrowser } from './server.mjs';

const kProject = 'SH-2026-0001'; // of the bids that a virtual phone comes with
let emulator, browser;
before(async () => { [emulator, browser] = await Promise.all([startEmulator(), startBrowser()]); });
after(async () => { await Promise.all([emulator?.stop(), browser?.close()]); });

for (const [language, width, company] of [['zh-CN', 1180, '嵩山示范工程有限公司'], ['en', 400, '华山示范工程有限公司']])
  test(`shields_lostSuspendedAndEnded_stopAsTheirHolderConfirms_${language}`, { timeout: 240_000 }, async () => {
    const texts = JSON.parse(readFileSync(new URL(`../../app/server/web/${language}.json`, import.meta.url), 'utf8'));
    const t = (key, values = {}) => texts[key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
    const phone = await emulator.create({ company, bids: 1 }); // the first there administers; there was no colleague yet who could open the bid
    const colleague = await emulator.create({ company });
    const context = await browser.newContext({ ignoreHTTPSErrors: true, locale: language, timezoneId: 'Asia/Shanghai', viewport: { width, height: 800 } });
    const page = await context.newPage(), errors = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => { if (/Content.Security|Refused to|violat/i.test(message.text())) errors.push(message.text()); });
    const press = (key, within = page) => within.getByRole('button', { name: t(key), exact: true }).first().click();
    const nameOf = (one) => `员工${one.seen.person.phoneNumber.slice(-6)}`; // as somebody new is called
    const row = (one) => page.locator('tr', { hasText: nameOf(one) });
    const isTagged = (one, key) => row(one).locator('.tag', { hasText: t(key) }).waitFor();
    const look = async (name) => {
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `${name} is too wide`);
      if (!process.env.HUFU_PICTURES) return;
      await mkdir(process.env.HUFU_PICTURES, { recursive: true });
      await page.screenshot({ path: `${process.env.HUFU_PICTURES}/${name}_${language}_${width}.png` });
    };
    const confirm = async () => {
      const dialog = page.getByRole('dialog', { name: t('confirm.shield') });
      await dialog.locator('svg.qr').waitFor();
      await scanAt(phone, () => codeOn(page));
      await dialog.getByLabel(t('scan.digits'), { exact: true }).fill(await phone.digits());
      await press('next', dialog);
      await dialog.getByText(t('scan.typed')).waitFor();
      await phone.approve();
      await dialog.waitFor({ state: 'detached' });
    };
    const told = async (one) => (await one.messages()).length;

    const before = await told(phone);
    await page.goto(`${emulator.ready.server}/console#/log-in`);
    await page.getByLabel(t('person.phone'), { exact: true }).fill(phone.seen.person.phoneNumber);
    await press('code.send');
    for (let tries = 0; await told(phone) === before; tries++) {
      assert.ok(tries < 100, 'no code came');
      await page.waitForTimeout(100);
    }
    await page.getByLabel(t('code.label'), { exact: true }).fill(/\d{6}/.exec((await phone.messages())[0].text)[0]);
    await press('logIn.enter');
    await page.locator('nav a[href="#/grants"]').click();
    await isTagged(phone, 'grant.active');

    // A colleague's phone is lost: frozen at once, and the colleague is told.
    const messages = await told(colleague);
    assert.equal(await row(phone).getByRole('button', { name: t('grant.lost'), exact: true }).count(), 0); // who could still confirm it has not lost it
    await press('grant.lost', row(colleague));
    await look('grant-lost');
    await press('grant.lost.now');
    await confirm();
    await page.getByText(t('grant.lost.done', { name: nameOf(colleague) })).waitFor();
    await isTagged(colleague, 'grant.phoneFrozen');
    assert.equal((await colleague.look()).device.state, 'frozen');
    assert.equal(await told(colleague), messages + 1);

    // One's own, for a while: not before the phone has signed, and since nobody else opens its bid, not without the number of its project.
    const label = t('handOver.project.type', { project: '滨江路改造工程' });
    const dialog = page.getByRole('dialog', { name: t('suspend') });
    await press('suspend', row(phone));
    await press('cancel', dialog);
    await isTagged(phone, 'grant.active');
    await press('suspend', row(phone));
    await dialog.getByText(t('handOver.nobody'), { exact: true }).waitFor();
    await look('grant-suspend-own');
    await dialog.getByLabel(label, { exact: true }).fill('SH-2026-0002');
    await press('suspend', dialog);
    await confirm();
    await dialog.locator('.note.bad .code', { hasText: 'HF-773' }).waitFor();
    await press('cancel', dialog);
    await isTagged(phone, 'grant.active');
    await press('suspend', row(phone));
    await dialog.getByLabel(label, { exact: true }).fill(kProject);
    await press('suspend', dialog);
    await confirm();
    await isTagged(phone, 'grant.suspended');
    await press('resume', row(phone));
    await isTagged(phone, 'grant.active');

    // One's own, for good: a bid that nobody else opens wants its project's number, and a wrong one ends nothing.
    await press('end', row(phone));
    await page.getByText(t('handOver.nobody'), { exact: true }).waitFor();
    await look('grant-end-own');
    await page.getByLabel(t('handOver.seen'), { exact: true }).check();
    await page.getByLabel(label, { exact: true }).fill('SH-2026-0002');
    await press('grant.endNow');
    await confirm();
    await page.locator('.note.bad .code', { hasText: 'HF-773' }).waitFor();
    assert.equal(await page.getByLabel(label, { exact: true }).inputValue(), 'SH-2026-0002');
    assert.equal(await page.getByLabel(label, { exact: true }).getAttribute('aria-invalid'), 'true');
    await press('cancel');
    await isTagged(phone, 'grant.active');
    await press('end', row(phone));
    await page.getByLabel(t('handOver.seen'), { exact: true }).check();
    await page.getByLabel(label, { exact: true }).fill(kProject);
    await press('grant.endNow');
    await confirm();
    await isTagged(colleague, 'grant.phoneFrozen');
    assert.equal(await row(phone).count(), 0);
    assert.deepEqual(errors, []);
    await context.close();
    await Promise.all([phone.remove(), colleague.remove()]);
  });
