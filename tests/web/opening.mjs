// The life of a bid on the real programs: log-in by scanning, the company's seal on a PDF, encryption at the desk that the page has found,
// upload, the opening hour, opening at the desk, and what was opened handed in. The phone reads the page and the desk's window as pixels.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { calm, newVisitor } from './bidder.mjs';
import { Phone } from './phone.mjs';
import { startDesk } from './server.mjs';

const kHourMs = 3600000, kDayMs = 24 * kHourMs;

// Two people of one company with their phones, and the desk that the first of them has enrolled. All share the server's clock.
export class Company {
  constructor(server) {
    this.server = server;
    this.clockWords = ['--clock', join(server.folder, 'data', 'outside-clock')];
    this.phones = [];
  }
  async found(browser) {
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    this.outside = async (method, path, data) => {
      const answer = await context.request.fetch(this.server.base + path, { method, data });
      assert.ok(answer.ok(), `${path}: ${answer.status()}`);
      return answer.json();
    };
    for (const number of ['13900139001', '13900139002']) await this.addPhone(number);
    this.desk = await startDesk(this.server, this.clockWords);
    await this.desk.must({ do: 'enrol', name: 'PC-07' });
    await this.desk.page('qr');
    await this.phones[0].scanFrom(this.desk.shot);
    await this.phones[0].approve(() => this.codeFor('13900139001'));
    assert.equal((await this.desk.done()).state, 'done');
    await this.desk.click('outcomeDone');
    await this.desk.page('status');
    await this.grantSeal(browser);
  }
  // The company's seal, made by its administrator at the console and granted to the bidder.
  async grantSeal(browser) {
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    const admin = { creditCode: '91110108MA0TE5T01L', phoneNumber: '13900139000' };
    let word = '', turn = 0;
    const ask = async (method, path, data) => {
      const headers = { 'Hufu-Csrf': word, ...(method === 'POST' ? { 'Idempotency-Key': `seal-${++turn}` } : {}) };
      const answer = await context.request.fetch(this.server.base + path, { method, data: method === 'GET' ? undefined : data ?? {}, headers });
      assert.ok(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`);
      return answer.status() === 204 ? null : answer.json();
    };
    const codeAfter = async (act) => {
      const told = async () => (await this.outside('GET', `/outside/sms?phone=${admin.phoneNumber}`)).messages;
      const before = (await told()).length;
      await act();
      for (let tries = 0; tries < 100 && (await told()).length === before; tries++) await new Promise((done) => setTimeout(done, 100));
      return /\d{6}/.exec((await told())[0].text)[0];
    };
    const code = await codeAfter(() => ask('POST', '/console/v1/codes', admin));
    await ask('POST', '/console/v1/sessions', { ...admin, code });
    ({ csrf: word } = await ask('GET', '/console/v1/sessions'));
    const seal = { kind: 'company', style: 1, number: '1101080123456' };
    const { id } = await ask('POST', '/console/v1/seals', { ...seal, code: await codeAfter(() => ask('POST', '/console/v1/seals/code', seal)) });
    const { staff } = await ask('GET', '/console/v1/staff');
    const fromMs = Math.floor((Date.now() + await this.aheadMs()) / 60000) * 60000;
    const terms = { seal: id, person: staff.find((one) => one.name === '赵同意').id, purpose: '投标文件', project: '', fromMs, untilMs: fromMs + 30 * 24 * kHourMs };
    const path = `/console/v1/seal-grants/${(await ask('POST', '/console/v1/seal-grants', terms)).id}`;
    await ask('GET', `${path}/document`);
    await ask('POST', `${path}/grant`, { stamp: id, code: await codeAfter(() => ask('POST', `${path}/code`)) });
    await context.close();
  }
  async addPhone(number) {
    const { activation } = await this.outside('POST', `/outside/people/${number}/activation`, {});
    const phone = await Phone.start(join(this.server.folder, number), activation, 'zh_CN', this.clockWords);
    this.phones.push(phone);
    await phone.activate(number, () => this.codeFor(number));
  }
  async codeFor(number) {
    const { messages } = await this.outside('GET', `/outside/sms?phone=${number}`);
    return /\d{6}/.exec(messages[0].text)[0];
  }
  async aheadMs() { return (await this.outside('GET', '/outside/clock')).aheadMs; }
  jump(ms) { return this.outside('POST', '/outside/clock', { jumpMs: ms }); }
  async speak(language) {
    for (const program of [...this.phones, this.desk]) await (program.must ?? program.ask).call(program, { do: 'language', value: language === 'en' ? 'en' : 'zh_CN' });
  }
  async dissolve() {
    await this.desk?.stop();
    for (const phone of this.phones) await phone.stop();
  }
}

// A page with a line of text.
function pdfOf(text) {
  const content = `BT /F 24 Tf 72 720 Td (${text}) Tj ET`;
  const objects = ['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'];
  let file = '%PDF-1.7\n';
  const places = objects.map((object, i) => {
    const at = file.length;
    file += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')}`;
  return Buffer.from(`${file}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`, 'latin1');
}

// In: me, a bidder without a certificate yet; company.
export async function lifeOfABid(me, language, company) {
  const { page, texts } = me;
  const { desk } = company;
  const [owner, colleague] = company.phones;
  await company.speak(language);
  const shot = async (program, name) => {
    if (!process.env.HUFU_PICTURES) return;
    await new Promise((done) => setTimeout(done, 400)); // a page fades in
    await mkdir(process.env.HUFU_PICTURES, { recursive: true });
    await program.shot(`${process.env.HUFU_PICTURES}/${name}_${language}.png`);
  };
  const follow = (key) => page.getByRole('link', { name: texts[key], exact: true }).first().click();
  const showsCode = () => page.locator('svg.qr').waitFor();
  // A page's own code counts as an unknown desk: the phone's digits bind it to this browser. In: at, whose browser.
  const approveAtPage = async (at = me) => {
    const digits = await owner.digits();
    await at.page.getByLabel(texts['scan.digits'], { exact: true }).waitFor();
    await at.type('scan.digits', digits);
    await at.press('next');
    await at.sees('scan.typed');
    await owner.approve();
  };
  const folder = join(company.server.folder, `bids-${language}`);
  await mkdir(folder);
  const letter = join(folder, `投标函 ${language}.pdf`), technical = `技术标 ${language}.bin`;
  const contents = { [technical]: Buffer.alloc(3 * 1048576 + 17, language) };
  await writeFile(join(folder, technical), contents[technical]);
  await writeFile(letter, pdfOf('the price of everything'));

  const logIn = async (at = me) => {
    await at.press('scan.start');
    await at.page.locator('svg.qr').waitFor();
    await owner.scan(at.page);
    await approveAtPage(at);
    await at.page.locator('#who', { hasText: me.account }).waitFor();
  };
  // The desk that a colleague has enrolled at another computer, as its page meets it: it opens bids, and none of this person's.
  // more: what its status says besides.
  const colleaguesDesk = async (there, more = {}) => {
    const answers = { access: { hufu: 'desk', api: 1, access: 'allowed' }, status: { hufu: 'desk', api: 1, version: '1.0.0', enrolled: true, serverReached: true, busy: false, computer: { id: '77'.repeat(16), name: 'PC-77' } } };
    await there.page.context().route(/^http:\/\/127\.0\.0\.1:19531\//, (route) => {
      const url = new URL(route.request().url());
      const json = url.pathname === '/v1/status' ? { ...answers.status, ...more, canOpen: !url.searchParams.has('keys') } : answers.access;
      return route.fulfill({ json, headers: { 'Access-Control-Allow-Origin': company.server.base } });
    });
  };
  // The same person at another computer, where no desk runs and the browser lets the page look for one.
  const elsewhere = async () => {
    const there = await newVisitor(page.context().browser(), company.server, language, page.viewportSize().width, me.account);
    await there.page.context().route(/^http:\/\/127\.0\.0\.1:(19531|24531|29531)\//, (route) => route.abort('connectionrefused'));
    await there.page.addInitScript(() => { navigator.permissions.query = async () => ({ state: 'granted' }); });
    await there.page.reload();
    return there;
  };

  // Bound once, he logs in by scanning.
  await follow('portal.nav.binding');
  await me.press('portal.bind');
  await showsCode();
  await owner.scan(page);
  await approveAtPage();
  await me.sees('certificate.serial');
  await me.press('logOut');
  await me.sees('portal.toRegister'); // not the form of a newcomer any more
  await logIn();

  // The company's seal on the letter, with the phone; what is encrypted and handed in is the sealed PDF.
  await desk.must({ do: 'composeStamp', files: [letter] });
  await desk.page('stamp');
  await desk.must({ do: 'placeStamp', seal: 0, page: 1, x: 120, y: 200 });
  await shot(desk, 'life-desk-stamp');
  await desk.click('stampNow');
  await desk.page('qr');
  await owner.scanFrom(desk.shot);
  await shot(owner, 'life-stamp-approve');
  await owner.approve(language === 'zh-CN' ? () => company.codeFor('13900139001') : null); // the computer is young the first time
  const { state, out: stamped } = await desk.done();
  assert.equal(state, 'done');
  await shot(desk, 'life-desk-stamped');
  await desk.click('outcomeDone');
  assert.deepEqual(await readFile(letter), pdfOf('the price of everything')); // the original is as it was
  contents[basename(stamped)] = await readFile(stamped);
  const names = [basename(stamped), technical];

  // Encrypted in the desk's window: the page names the project, the person the files and who can open them.
  const now = async () => Date.now() + await company.aheadMs();
  const openingMs = await now() + kDayMs + 2 * kHourMs;
  await me.publish(kDayMs + 2 * kHourMs, await company.aheadMs());
  await me.press('bidding.seal');
  if (language === 'zh-CN') {
    assert.equal((await desk.asked('access')).origin, company.server.base);
    await calm();
    await desk.click('siteAllow');
  }
  await desk.page('seal');
  await desk.must({ do: 'addToBid', files: names.map((name) => join(folder, name)) });
  await desk.click('sealPerson1');
  await shot(desk, 'life-desk-seal');
  await desk.click('sealNow');
  await desk.page('qr');
  await me.sees('desk.state.showing');
  await me.look('life-sealing');
  await shot(desk, 'life-desk-code');
  await writeFile(join(folder, names[0]), 'changed behind our back'); // what the phone shows is what is sealed already
  await owner.scanFrom(desk.shot);
  await me.sees('desk.state.claimed');
  await shot(owner, 'life-seal-approve');
  await owner.approve();
  await me.sees('desk.done.seal');
  await me.sees('desk.ready'); // known since the page has reached the desk
  await me.notSees('desk.unknown', 'desk.check');
  for (const name of names) await page.locator('li', { hasText: `${name}.hufu` }).waitFor();
  assert.deepEqual((await readdir(folder)).sort(), [basename(letter), ...names, ...names.map((name) => `${name}.hufu`)].sort());
  await me.look('life-sealed');
  await desk.click('outcomeDone');

  // Removed in the desk's settings, the site that has used it until now is asked about by the very next press.
  if (language === 'en') {
    for (const [name, at] of [['statusSettings', 'settings'], ['settingsSites', 'sites'], ['siteRemove0', 'sites']]) {
      await desk.click(name);
      await desk.page(at);
    }
    await me.press('bidding.seal');
    await me.sees('desk.question');
    assert.equal((await desk.asked('access')).origin, company.server.base);
    await calm();
    await desk.click('siteAllow');
    await desk.page('seal');
    await desk.click('back');
    await me.sees('desk.state.cancelled');
  }

  // Handed in; the second takes the place of an earlier one.
  const handIn = async (name, replaced = null) => {
    const before = await page.locator('.bid').count();
    await page.getByLabel(texts['bidding.envelope'], { exact: true }).setInputFiles(join(folder, `${name}.hufu`));
    if (replaced) await me.choose('bidding.replaces', replaced);
    await me.press('bidding.handIn');
    await page.locator('.bid').nth(before).waitFor();
  };
  await handIn(names[0]);
  await handIn(names[1]);
  await handIn(names[1], names[1]);
  await page.locator('.bid .tag.bad', { hasText: texts['bidding.withdrawn'] }).waitFor();
  assert.equal(await page.locator('.bid .tag.good', { hasText: texts['bidding.sealed'] }).count(), 2);
  // This computer opens what was handed in, and the portal keeps that.
  await page.locator('.tag.good', { hasText: texts['desk.ready'] }).waitFor();
  await page.locator('#computers tr', { hasText: 'PC-07' }).locator('.tag.good', { hasText: texts['computers.ready'] }).waitFor();
  await me.look('life-handed-in');
  // What was handed in is to be had again, whole.
  const [again] = await Promise.all([page.waitForEvent('download'), page.locator('.bid').first().getByRole('button', { name: texts['bidding.download'], exact: true }).click()]);
  assert.deepEqual(await readFile(await again.path()), await readFile(join(folder, `${names[0]}.hufu`)));
  // Anybody can check the receipt, with the envelope beside it.
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.bid').first().getByRole('button', { name: texts['bidding.receipt'], exact: true }).click()]);
  const receipt = join(folder, 'receipt.json');
  await download.saveAs(receipt);
  const { publicKey } = JSON.parse(await readFile(receipt, 'utf8'));
  const judge = (file, of = receipt) => spawnSync(process.env.HUFU, ['verify', 'receipt', of, join(folder, file), '--key', publicKey, '--json'], { encoding: 'utf8' });
  const judged = judge(`${names[0]}.hufu`);
  assert.equal(judged.status, 0, judged.stderr);
  assert.equal(JSON.parse(judged.stdout).ofFile, true);
  assert.equal(judge(`${names[1]}.hufu`).status, 1);

  // The sealed PDF is handed in open as well: the portal says whose seal it is, and gives a receipt; without a seal it takes none.
  const open = join(folder, 'open.pdf');
  await writeFile(open, contents[names[0]]);
  const handInOpen = async (file) => {
    await page.getByLabel(texts['bidding.document.file'], { exact: true }).setInputFiles(file);
    await me.press('bidding.document.handIn');
  };
  await handInOpen(letter);
  await page.locator('.note.bad .code', { hasText: 'HF-625' }).waitFor();
  await handInOpen(open);
  const document = page.locator('.bid', { hasText: 'open.pdf' });
  await document.getByText('虎符测试身份有限公司 · 赵同意').waitFor();
  await document.getByText(texts['bidding.document.sm3'], { exact: true }).waitFor(); // what lies open is no envelope
  assert.equal(await document.getByText(texts['bidding.sm3'], { exact: true }).count(), 0);
  await me.look('life-document');
  const [given] = await Promise.all([page.waitForEvent('download'), document.getByRole('button', { name: texts['bidding.receipt'], exact: true }).click()]);
  await given.saveAs(join(folder, 'document-receipt.json'));
  assert.equal(judge('open.pdf', join(folder, 'document-receipt.json')).status, 0);

  // Nobody withdraws a bid by one slip: asked first, the way back is as near.
  await me.press('bidding.withdraw');
  await page.locator('dialog', { hasText: texts['bidding.withdraw.sure'].replace('{name}', names[0]) }).waitFor();
  await me.look('life-withdraw-question');
  await page.locator('dialog').getByRole('button', { name: texts.cancel, exact: true }).click();
  assert.equal(await page.locator('.bid .tag.good', { hasText: texts['bidding.sealed'] }).count(), 2);

  // The colleague's phone knows of it, too.
  await colleague.ask({ do: 'waitPage', page: 'home' });

  // At log-in the page asks whether this computer could open what was handed in; from a day before on it says so where it could not.
  const project = page.url();
  const there = await elsewhere();
  await logIn(there);
  await there.sees('desk.unknown');
  assert.equal(await there.page.locator('.note.bad').count(), 0);
  await company.jump(openingMs - kDayMs + 60000 - await now());
  await there.page.goto(`${company.server.base}/portal`);
  await logIn(there); // he was away for long
  await there.page.locator('.note.bad', { hasText: texts['desk.cannot.noDesk'] }).waitFor();
  await there.look('life-a-day-before-elsewhere');
  await there.page.goto(`${company.server.base}/portal#/projects`);
  await there.sees('bidding.projects');
  await there.page.locator('.note.bad', { hasText: texts['desk.cannot.noDesk'] }).waitFor();
  await there.end();
  await page.goto(`${company.server.base}/portal`);
  await logIn();
  await page.locator('.note.warn', { hasText: texts['desk.unasked'] }).waitFor();
  await me.press('desk.check');
  await page.locator('.tag.good', { hasText: texts['desk.ready'] }).waitFor();
  await me.look('life-a-day-before');

  // The hour comes while the page is looked at.
  await company.jump(openingMs - 30000 - await now());
  await page.goto(`${company.server.base}/portal`);
  await logIn(); // he was away for long
  await page.goto(project);
  await me.sees('bidding.clock');
  await me.press('desk.check');
  await page.locator('.tag.good', { hasText: texts['desk.ready'] }).waitFor();
  await me.look('life-before-the-hour');
  await me.sees('bidding.table');
  // Whoever logs in now, with the bid still shut, reads that this computer cannot open it, tries again there, and learns whose key is missing.
  const late = await elsewhere();
  await logIn(late);
  await late.page.locator('.note.bad', { hasText: texts['desk.cannot.noDesk'] }).waitFor();
  // A server that has no time says nothing of the computer: the page says why, and keeps nothing.
  await colleaguesDesk(late, { serverReached: false, problem: { code: 'HF-503', title: 'An outside service is down', titleZh: '外部服务暂时不可用', detail: '', detailZh: '', steps: [], stepsZh: [] } });
  await late.press('desk.check');
  await late.page.locator('.note.bad', { hasText: 'HF-503' }).waitFor();
  assert.equal(await late.page.locator('#computers tr', { hasText: 'PC-77' }).count(), 0);
  await colleaguesDesk(late, { problem: { code: 'HF-301', title: 'Locked for a while', titleZh: '已暂时锁定', detail: '', detailZh: '', steps: [], stepsZh: [] } });
  await late.press('desk.check');
  await late.page.locator('.note.bad', { hasText: 'HF-301' }).waitFor(); // as its desk says
  await colleaguesDesk(late);
  await late.press('desk.check');
  await late.page.locator('.note.bad', { hasText: texts['desk.cannot.noKey'] }).waitFor();
  await late.look('life-after-the-hour-elsewhere');
  await late.page.goto(`${company.server.base}/portal#/projects`);
  await late.page.locator('.note.bad', { hasText: texts['desk.cannot.noKey'] }).waitFor();
  await late.page.locator('#computers tr', { hasText: 'PC-77' }).locator('.tag.bad', { hasText: texts['computers.notReady'] }).waitFor();
  await late.end();
  await me.press('bidding.open');
  await desk.asked('open');
  await shot(desk, 'life-desk-question');
  await calm();
  await desk.must({ do: 'openForSite', files: names.map((name) => join(folder, `${name}.hufu`)) });
  await desk.page('qr');
  await owner.scanFrom(desk.shot);
  await shot(owner, 'life-open-approve');
  await owner.approve();
  await me.sees('desk.done.open');
  await shot(desk, 'life-desk-opened');
  await me.look('life-opened');
  const { bids } = await desk.done();
  for (const [i, name] of names.entries()) {
    assert.equal(bids[i].problem, 0);
    assert.notEqual(bids[i].out, join(folder, name)); // beside what was there already
    assert.deepEqual(await readFile(bids[i].out), contents[name]);
  }
  await desk.click('outcomeDone');

  for (const [i, name] of names.entries()) {
    const card = page.locator('.card', { has: page.getByRole('heading', { name, exact: true }) });
    await card.getByLabel(texts['bidding.openedFile'], { exact: true }).setInputFiles(bids[i].out);
    await card.getByLabel(texts['bidding.price'], { exact: true }).fill(`${i + 1}000`);
    await card.getByRole('button', { name: texts['bidding.readOut'], exact: true }).click();
    await page.locator('dialog', { hasText: texts['bidding.readOut.sure'].replace('{price}', `${i + 1}000`) }).waitFor();
    if (i === 0) await me.look('life-read-out');
    await page.locator('dialog').getByRole('button', { name: texts['bidding.readOut'], exact: true }).click();
    await page.locator('td', { hasText: `${i + 1}000` }).waitFor();
  }
  assert.equal(await page.locator('td .tag', { hasText: texts['bidding.shut'] }).count(), 0);
  await page.locator('td', { hasText: 'open.pdf' }).waitFor(); // beside the bids, for everybody to see
  await page.locator('th', { hasText: texts['bidding.document.sm3'] }).waitFor({ state: 'attached' }); // a narrow page folds it away
  const [last] = await Promise.all([page.waitForEvent('download'), page.locator('.bid', { hasText: names[0] }).last().getByRole('button', { name: texts['bidding.openedReceipt'], exact: true }).click()]);
  await last.saveAs(join(folder, 'opened-receipt.json'));
  assert.equal(judge(basename(bids[0].out), join(folder, 'opened-receipt.json')).status, 0);
  await me.look('life-table');

  // The next person binds the same certificate.
  await follow('portal.nav.binding');
  await me.press('portal.unbind');
  await me.sees('portal.unbind.sure');
  await page.locator('dialog').getByRole('button', { name: texts['portal.unbind'], exact: true }).click();
  await me.sees('portal.binding.lead');
}
