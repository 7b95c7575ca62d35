// Log-in: the person's number and a code by SMS, then the company where there are several; or a scan with the shield.
import { post, useWord } from './access.js';
import { kConfirmMarks } from './confirm.js';
import { button, codeButton, field, form, h, heading, narrow, paragraphs, show, typed, withButton } from './dom.js';
import { leaveScan, scanPlace } from './scan.js';
import { t } from './text.js';

// With the right code, for somebody of several companies. enter(creditCode): a promise; back(): to the number.
const choice = (companies, enter, back) => [h('h2', { tabindex: '-1' }, t('logIn.choose')), form([
  field({ name: 'creditCode', label: t('logIn.choose.which'), type: 'radio', required: true, value: companies[0].creditCode, options: companies.map((one) => [one.creditCode, `${one.name} ${one.creditCode}`]) }),
], 'logIn.enter', ({ creditCode }) => enter(creditCode)), h('p', {}, button('logIn.other', back, 'plain'))];

// The two ways in. creditCode: of the company, where it is known; empty: it is chosen when the code is proven. done(): a promise, when the
// log-in stands.
function waysIn(creditCode, done) {
  const known = creditCode ? { creditCode } : {};
  const code = withButton(field({ name: 'code', label: t('code.label'), inputmode: 'numeric', required: true, maxlength: 6 }),
    codeButton(() => post('/console/v1/codes', { ...known, phoneNumber: typed(element).phoneNumber })));
  const element = form([
    field({ name: 'phoneNumber', label: t('person.phone'), type: 'tel', required: true, clean: 'digits' }),
    code,
  ], 'logIn.enter', async (values) => {
    const { companies } = await post('/console/v1/sessions', { ...known, ...values });
    if (!companies) return done();
    // A code that is spent or over by then leads back to the number's form, which tells it and sends another.
    await new Promise((finish, refuse) => {
      const back = () => place.replaceChildren(element);
      place.replaceChildren(...choice(companies, async (chosen) => {
        try {
          await post('/console/v1/sessions', { ...values, creditCode: chosen });
        } catch (problem) {
          if (!kConfirmMarks[problem.code]) throw problem;
          back();
          return refuse(problem);
        }
        await done();
        return finish();
      }, () => {
        back();
        finish();
      }));
      place.querySelector('h2').focus();
    });
    return null;
  }, kConfirmMarks);
  const place = narrow(element);
  return [place, narrow(h('h2', {}, t('scan.title')), h('p', {}, t('logIn.scan.lead')), scanPlace('scan.start', {
    path: '/console/v1/scans',
    own: true,
    finish: async () => {
      await post('/console/v1/scans/session');
      await done();
    },
  }))];
}

export function logInPage({ again }) {
  show(heading('logIn.title', 'logIn.lead'), waysIn('', () => {
    location.hash = '#/home';
    again();
  }), narrow(h('details', {}, h('summary', {}, t('logIn.lost')), paragraphs(t('logIn.lost.text')))));
}

// Over a page whose session has ended: what was typed stays beneath, for the same person. done(me): a promise.
export function logInDialog(creditCode, done) {
  useWord('');
  const dialog = h('dialog', { 'aria-label': t('logIn.title') }, heading('logIn.title', 'logIn.kept'), waysIn(creditCode, async () => {
    dialog.close();
    await done();
  }), h('p', {}, button('cancel', () => dialog.close())));
  document.body.append(dialog);
  dialog.addEventListener('close', () => {
    leaveScan();
    dialog.remove();
  });
  dialog.showModal();
}
