// Log-in: the company's code, the person's number, a code by SMS.
import { post } from './access.js';
import { codeButton, field, form, heading, narrow, show, withButton } from './dom.js';
import { t } from './text.js';

export function logInPage({ again }) {
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
    location.hash = '#/home';
    again();
  }, { 'HF-402': ['code'] })));
}
