// The handbook's end: from the activation link to a phone with a certificate, bound to the portal's account; then log-in by scanning
// at both pages. With the real hufu-phone, which reads the code as pixels.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Phone } from './phone.mjs';

// In: link, for the phone of company.staff; account, of the portal, whose password is given; codeFor(number), the newest code by SMS.
export async function shield(visitor, { folder, link, account, password, codeFor }) {
  const { company, page } = visitor;
  const phone = await Phone.start(join(folder, visitor.language), link, visitor.language === 'en' ? 'en' : 'zh_CN');
  const shot = (name) => (process.env.HUFU_PICTURES ? phone.shot(`${process.env.HUFU_PICTURES}/phone-${name}_${visitor.language}.png`) : null);
  const showsCode = () => page.locator('svg.qr').waitFor();
  // The digits are typed wrong at first, then right; then the person approves.
  const approve = async (name) => {
    const digits = await phone.digits();
    await shot(name);
    await page.getByLabel(visitor.t('scan.digits'), { exact: true }).waitFor();
    assert.equal(await page.locator('svg.qr').count(), 0); // hidden once it is scanned
    await visitor.type('scan.digits', digits === '0000' ? '1111' : '0000');
    await visitor.press('next');
    await visitor.seesProblem('HF-207');
    await visitor.look(`${name}-digits`);
    await visitor.type('scan.digits', digits);
    await visitor.press('next');
    await visitor.seesKey('scan.typed');
    await phone.approve();
  };
  try {
    await phone.activate(company.staffPhone, () => codeFor(company.staffPhone));
    await shot('home');

    // A certificate that is bound to nobody opens nothing.
    await visitor.go('/portal');
    await visitor.press('logOut');
    await visitor.seesKey('portal.scan.lead');
    await visitor.press('scan.start');
    await showsCode();
    await visitor.seesKey('scan.lead');
    await visitor.look('portal-scan');
    await phone.scan(page);
    await approve('portal-unbound');
    await visitor.seesProblem('HF-780');

    await visitor.type('portal.account', account);
    await visitor.type('portal.password', password);
    await visitor.press('portal.logIn');
    await visitor.seesKey('portal.apply.lead');
    await visitor.follow('portal.nav.binding');
    await visitor.press('portal.bind');
    await showsCode();
    await visitor.seesKey('portal.binding.phone', { account }); // beside the code: the phone calls it a log-in
    await phone.scan(page);
    await phone.refuse();
    await visitor.seesKey('scan.refused');
    await visitor.press('scan.again');
    await showsCode();
    await visitor.look('portal-binding-code');
    await phone.scan(page);
    await approve('portal-binding');
    await visitor.seesKey('certificate.serial');
    for (const text of [company.staff, company.name]) await page.locator('dd', { hasText: text }).first().waitFor();
    assert.match(await page.locator('dd .code').innerText(), /^[0-9a-f]{16,40}$/);
    await page.locator('dd .tag.good', { hasText: visitor.t('certificate.valid') }).waitFor();
    await visitor.look('portal-bound');
    await page.reload();
    await visitor.seesKey('certificate.serial');

    // Now it does: at the portal, and at the console.
    await visitor.press('logOut');
    await visitor.press('scan.start');
    await showsCode();
    await phone.scan(page);
    await approve('portal-log-in');
    await page.locator('#who', { hasText: account }).waitFor();
    await visitor.go('/console#/log-in');
    await visitor.press('logOut');
    await visitor.press('scan.start');
    await showsCode();
    await visitor.look('log-in-scan');
    await phone.scan(page);
    await approve('log-in');
    await page.locator('#who', { hasText: company.staff }).waitFor();
    assert.equal(await page.locator('nav a').count(), 3); // as bid staff, whatever the way in

    await visitor.go('/portal');
    await visitor.follow('portal.nav.binding');
    await visitor.press('portal.unbind');
    await visitor.seesKey('portal.unbind.sure');
    await visitor.page.locator('dialog').getByRole('button', { name: visitor.t('portal.unbind'), exact: true }).click();
    await visitor.seesKey('portal.binding.lead');
  } finally {
    await phone.stop();
  }
}
