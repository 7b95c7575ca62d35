// Log-in: the company's code, the person's number, a code by SMS; or a scan with the shield.
import { post, useWord } from './access.js';
import { button, codeButton, field, form, h, heading, narrow, show, typed, withButton } from './dom.js';
import { leaveScan, scanPlace } from './scan.js';
import { t } from './text.js';

// The two ways in. done(): a promise, when the log-in stands.
function waysIn(creditCode, done) {
  const code = withButton(field({ name: 'code', label: t('code.label'), inputmode: 'numeric', required: true, maxlength: 6 }),
    codeButton(() => {
      const values = typed(element);
      return post('/console/v1/codes', { creditCode: values.creditCode, phoneNumber: values.phoneNumber });
    }));
  const element = form([
    field({ name: 'creditCode', label: t('company.code'), required: true, clean: 'code', value: creditCode }),
    field({ name: 'phoneNumber', label: t('person.phone'), type: 'tel', required: true, clean: 'digits' }),
    code,
  ], 'logIn.enter', async (values) => {
    await post('/console/v1/sessions', values);
    await done();
  }, { 'HF-402': ['code'] });
  return [narrow(element), narrow(h('h2', {}, t('scan.title')), h('p', {}, t('logIn.scan.lead')), scanPlace('scan.start', {
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
  }));
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
