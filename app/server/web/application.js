// 申领: contact, consent, identity, the company's facts. The server says at which step the application is.
import { post } from './access.js';
import { actButton, agreement, button, codeButton, field, form, h, heading, narrow, note, qr, refuse, show, steps, sureButton, typed, withButton } from './dom.js';
import { supportButton } from './support.js';
import { t } from './text.js';

export const kSteps = ['apply.step.contact', 'apply.step.consent', 'apply.step.identity', 'apply.step.facts', 'apply.step.authentication'];
const kAt = { begun: 0, reachable: 1, consented: 2, identifying: 2, identified: 3 };

export async function applicationPage({ application, again }) {
  if (application.verified) return show(heading('apply.title', 'apply.lead'), verified());
  const parts = { begun: contact, reachable: consent, consented: identity, identifying: identity, identified: facts, settled: comeBack };
  show(...topOf(application.state), await parts[application.state](application, again), leave());
}

// Nothing is left to apply for: whoever belongs to the company logs in as everybody does.
const verified = () => narrow(note(t('apply.verified'), 'good'), h('p', {}, h('a', { class: 'button main', href: '#/log-in' }, t('apply.verified.logIn'))));

const topOf = (state) => [heading('apply.title', 'apply.lead'), steps(kSteps, kAt[state] ?? 4)];
const leave = () => h('p', {}, sureButton('apply.withdraw', 'apply.withdraw.sure', async () => { await post('/console/v1/application/withdraw'); location.assign('/portal'); }));

function contact(application, again) {
  const kinds = field({ name: 'contact', type: 'radio', label: t('contact.how'), value: 'phone', options: [['phone', t('contact.phone')], ['mail', t('contact.mail')]] });
  const code = withButton(field({ name: 'code', label: t('code.label'), inputmode: 'numeric', required: true, maxlength: 6 }), codeButton(() => {
    const { contact: kind, to } = typed(element);
    return post('/console/v1/application/code', { contact: kind, to });
  }));
  const element = form([
    kinds, field({ name: 'to', label: t('contact.to'), hint: t('contact.hint'), required: true }), code,
  ], 'next', async (values) => {
    await post('/console/v1/application/contact', { code: values.code, to: values.to });
    again();
  }, { 'HF-402': ['code'], 'HF-403': ['code'] });
  return narrow(h('h2', {}, t('apply.step.contact')), element);
}

function consent(application, again) {
  const items = h('div', {});
  const list = (method) => {
    const names = method === 'face' ? application.consentFace : application.consentSms;
    items.replaceChildren(h('p', {}, t('consent.items')), h('ul', {}, names.map((name) => h('li', {}, t(`consent.${name}`)))));
  };
  // A number that no code has been sent to is proved here: it becomes the person's log-in. By SMS the identity's own code does that.
  const code = application.contact !== 'mail' ? null : withButton(field({ name: 'mobileCode', label: t('code.label'), inputmode: 'numeric', required: true, maxlength: 6 }),
    codeButton(() => post('/console/v1/application/mobile-code', { mobileNumber: typed(element).mobileNumber })));
  const method = field({ name: 'method', type: 'radio', label: t('identity.method'), value: 'face', options: [['face', t('identity.face')], ['sms', t('identity.sms')]] });
  method.addEventListener('change', (event) => {
    list(event.target.value);
    if (!code) return;
    code.hidden = event.target.value !== 'face';
    code.querySelector('input').required = !code.hidden;
  });
  list('face');
  const common = application.agreements.filter((one) => one.id !== 'identity');
  const own = application.agreements.filter((one) => one.id === 'identity');
  const element = form([
    field({ name: 'name', label: t('person.name'), required: true }),
    field({ name: 'idNumber', label: t('person.idNumber'), required: true, clean: 'code', hint: t('person.idNumber.hint') }),
    field({ name: 'mobileNumber', label: t('person.phone'), type: 'tel', required: true, clean: 'digits', hint: application.contact === 'phone' ? t('consent.mobile.proved', { masked: application.contactMasked }) : null }), code,
    method, h('p', { class: 'hint' }, t('identity.method.hint')), items,
    common.map(agreement),
    field({ name: 'agreed', type: 'checkbox', label: t('agreement.tick'), required: true }),
    own.map(agreement),
    field({ name: 'identityAgreed', type: 'checkbox', label: t('agreement.identity.tick'), required: true }),
  ], 'next', async (values, element) => {
    try {
      await post('/console/v1/application/consent', {
        agreements: application.agreements,
        consent: values.method === 'face' ? application.consentFace : application.consentSms,
        method: values.method,
        person: { name: values.name, idNumber: values.idNumber, mobileNumber: values.mobileNumber },
        ...(code && !code.hidden ? { mobileCode: values.mobileCode } : {}),
      });
    } catch (problem) {
      if (application.contact !== 'phone' || problem.code !== 'HF-100' || !problem.fields.includes('mobileNumber')) throw problem;
      refuse(element, 'mobileNumber', t('consent.mobile.other', { masked: application.contactMasked })); // whatever its form: it is not that number
      return;
    }
    again();
  }, { 'HF-701': ['idNumber'], 'HF-402': ['mobileCode'], 'HF-403': ['mobileCode'] });
  return narrow(h('h2', {}, t('apply.step.consent')), element);
}

// A slip in the name, or the other way after all: the consent is given anew.
const back = (application, again) => h('p', {}, button('apply.back', () => show(...topOf('reachable'), consent(application, again), leave()), 'plain'));

async function bySms(application, again) {
  const code = withButton(field({ name: 'code', label: t('code.label'), inputmode: 'numeric', required: true, maxlength: 6 }), codeButton(() => post('/console/v1/application/identity', {})));
  return narrow(h('h2', {}, t('apply.step.identity')), form([code], 'next', async (values) => {
    await post('/console/v1/application/identity/finish', { code: values.code });
    again();
  }, { 'HF-402': ['code'] }), back(application, again));
}

// By face: a service is chosen, its page opens here or on the phone, and then we ask how it went (finish; without one, the form
// around it does).
export function faceCheck(services, start, finish) {
  const place = h('div', { 'aria-live': 'polite' });
  const choice = h('div', { class: 'row' }, services.map((service, i) => actButton(`identity.service.${service}`, async () => {
    const { address } = await start(service);
    place.replaceChildren(
      h('p', {}, t('identity.scan')), await qr(address, 'identity.qr'),
      h('p', { class: 'row' }, h('a', { class: 'button', href: address, target: '_blank', rel: 'noopener' }, t('identity.open')), finish ? actButton('identity.done', finish, 'main') : null));
  }, i === 0 ? 'main' : '')));
  return [h('p', {}, t('identity.choose')), choice, h('p', { class: 'hint' }, t('identity.recommended')), place];
}

async function identity(application, again) {
  if (application.method === 'sms') return bySms(application, again);
  return narrow(h('h2', {}, t('apply.step.identity')), faceCheck(application.identityServices,
    (provider) => post('/console/v1/application/identity', { provider }),
    async () => { await post('/console/v1/application/identity/finish', {}); again(); }), back(application, again));
}

function facts(application, again) {
  const told = h('div', { 'aria-live': 'polite' });
  const toSupport = (note = () => {}) => h('div', { class: 'note warn', role: 'alert' }, h('p', {}, t('facts.overseas')), h('p', {}, supportButton(note)));
  if (application.facts === 'overseas') told.append(toSupport());
  const { kind: handedKind, name: handedName, code: handedCode } = application.handed || {}; // what the platform has said: the person corrects it
  const element = form([
    field({ name: 'kind', type: 'select', label: t('company.kind'), value: handedKind, options: ['enterprise', 'individualBusiness', 'other', 'overseas'].map((kind) => [kind, t(`company.kind.${kind}`)]) }),
    field({ name: 'name', label: t('company.name'), value: handedName, required: true, hint: t('company.name.hint') }),
    field({ name: 'code', label: t('company.code'), value: handedCode, required: true, clean: 'code', hint: t('company.code.hint') }),
    field({ name: 'legalName', label: t('legal.name'), required: true, hint: t('legal.name.hint') }),
    field({ name: 'legalIdNumber', label: t('legal.idNumber'), required: true, clean: 'code' }),
  ], 'facts.compare', async (values, element) => {
    told.replaceChildren();
    const answer = await post('/console/v1/application/facts', values);
    if (answer.state === 'matched') {
      location.hash = answer.verified ? '#/home' : '#/authentication';
      again();
    } else if (answer.state === 'overseas') {
      told.replaceChildren(toSupport());
    } else {
      for (const name of answer.mismatched) element.elements[name].setAttribute('aria-invalid', 'true');
      told.replaceChildren(h('div', { class: 'note bad', role: 'alert' }, h('p', {}, t(answer.code === 'HF-703' ? 'facts.unknown' : 'facts.mismatch'), ' ', h('span', { class: 'code' }, answer.code)),
        answer.code === 'HF-703' ? null : h('ul', {}, answer.mismatched.map((name) => h('li', {}, t(`facts.field.${name}`))))));
      told.scrollIntoView({ block: 'nearest' });
    }
  }, { 'HF-700': ['code'], 'HF-701': ['legalIdNumber'] });
  // Nothing of an overseas organisation is compared, so nothing of it is asked for.
  const { kind } = element.elements;
  kind.addEventListener('change', () => {
    const isOverseas = kind.value === 'overseas';
    for (const input of element.querySelectorAll('input')) {
      input.required = !isOverseas;
      input.closest('.field').hidden = isOverseas;
    }
    element.querySelector('button[type=submit]').hidden = isOverseas;
    // That the company was sent on is in its log, for whoever helps it.
    told.replaceChildren(...(isOverseas ? [toSupport(() => post('/console/v1/application/facts', typed(element)).catch(() => {}))] : []));
  });
  return narrow(h('h2', {}, t('apply.step.facts')), told, element);
}

// Facts have matched before, and the log-in is over: a code to the applicant's own number.
function comeBack(application, again) {
  const code = withButton(field({ name: 'code', label: t('code.label'), inputmode: 'numeric', required: true, maxlength: 6 }),
    codeButton(() => post('/console/v1/application/log-in/code')));
  return narrow(h('h2', {}, t('apply.comeBack')), h('p', {}, t('apply.comeBack.lead', { name: application.nameMasked })), form([code], 'logIn.enter', async (values) => {
    await post('/console/v1/application/log-in', { code: values.code });
    location.hash = '#/home';
    again();
  }, { 'HF-402': ['code'] }));
}
