// A platform's own test, with a virtual phone where a person would stand: the browser logs in at the demo portal. Whoever tests a
// platform of their own begins with a copy of the second test; emulator.mjs starts `hufu emulator serve`, server.mjs a Chromium.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { scanAt, startEmulator } from './emulator.mjs';
import { codeOn, startBrowser } from './server.mjs';

let emulator, browser, phone;
before(async () => {
  [emulator, browser] = await Promise.all([startEmulator(), startBrowser()]);
  phone = await emulator.create(); // active, for the demo company's person
});
after(async () => { await Promise.all([emulator?.stop(), browser?.close()]); });

// A portal knows a certificate once it is bound to an account.
test('portal_newAccount_isBoundByScanning', async () => {
  const page = await browser.newPage({ locale: 'en', ignoreHTTPSErrors: true });
  const press = (name) => page.getByRole('button', { name, exact: true }).click();
  await page.goto(`${emulator.ready.server}/portal#/binding`);
  await press('No account? Register');
  await page.getByLabel('Account').fill('supplier-1');
  await page.getByLabel('Password').fill('correct horse 1');
  await press('Register');
  await press('Bind by scanning');
  await scanAt(phone, () => codeOn(page));
  await page.getByLabel('Digits that the phone shows').fill(await phone.digits());
  await press('Next');
  await page.getByText('The digits are right').waitFor();
  await phone.approve();
  await page.getByText('Serial number').waitFor();
  await page.close();
});

test('portal_visitorWithAVirtualPhone_isLoggedIn', async () => {
  const page = await browser.newPage({ locale: 'en', ignoreHTTPSErrors: true });
  await page.goto(`${emulator.ready.server}/portal`);
  await page.getByRole('button', { name: 'Show the code' }).click();
  await phone.scan(await codeOn(page));
  await page.getByLabel('Digits that the phone shows').fill(await phone.digits());
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText('The digits are right').waitFor();
  await phone.approve();
  await page.locator('#who', { hasText: 'supplier-1' }).waitFor();
});

test('readme_example_isTheTestAbove', async () => {
  const [here, readme] = await Promise.all(['portal_log_in.test.mjs', '../../README.md'].map((name) => readFile(new URL(name, import.meta.url), 'utf8')));
  const [example] = here.match(/^test\('portal_visitor.*?^}\);$/ms);
  assert.ok(example.split('\n').length < 20);
  assert.ok(readme.includes(example));
});
