// Log-in: the company's code, the person's number, a code by SMS; or a scan with the shield.
import { post } from './access.js';
import { codeButton, field, form, h, heading, narrow, show, withButton } from './dom.js';
import { scanPlace } from './scan.js';
import { t } from './text.js';

export function logInPage({ again }) {
  const home = () => {
    location.hash = '#/home';
    again();
  };
  const code = withButton(field({ name: 'code', label: t('code.label'), inputmode: 'numeric', required: true, maxlength: 6 }),
    codeButton(() => {
      const { creditCode, phoneNumber } = Object.fromEntries(new FormData(document.querySelector('form')));
      return post('/console/v1/codes', { creditCode, phoneNumber });
    }));
  show(heading('logIn.title', 'logIn.lead'), narrow(form([
    field({ name: 'creditCode', label: t('company.code'), required: true, maxlength: 18 }),
    field({ name: 'phoneNumber', label: t('person.phone'), type: 'tel', required: true }),
    code,
  ], 'logIn.enter', async (values) => {
    await post('/console/v1/sessions', values);
    home();
  }, { 'HF-402': ['code'] })),
  narrow(h('h2', {}, t('scan.title')), h('p', {}, t('logIn.scan.lead')), scanPlace('scan.start', {
    path: '/console/v1/scans',
    own: true,
    finish: async () => {
      await post('/console/v1/scans/session');
      home();
    },
  })));
}
