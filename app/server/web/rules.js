// 安全策略 and 管理员: what each act asks for, and who administers the company.
import { all, ask, get, post } from './access.js';
import { card, field, form, h, heading, narrow, note, show, table, tag } from './dom.js';
import { linkState } from './authentication.js';
import { confirmPart, kConfirmMarks, proof } from './confirm.js';
import { t } from './text.js';

const kActs = ['activation', 'login', 'sign', 'decrypt'];
const kFactors = ['sms', 'liveness'];

export async function policyPage({ me, again }) {
  const { asked, least } = await get('/console/v1/policy');
  const top = heading('policy.title', 'policy.lead');
  const fixed = table(['policy.act', 'policy.factors'], ['encrypt', 'enrol', 'unfreeze'].map((act) => [t(`policy.${act}`), t(`policy.${act}.factors`)]), 'policy.act');
  const mayChange = me.person.roles.includes('administrator') && me.company.verified;
  const name = (act, factor) => `${act}.${factor}`;
  const chosen = (element) => ({ ...Object.fromEntries(kActs.map((act) => [act, kFactors.filter((factor) => element.elements[name(act, factor)].checked)])), namedCiphertext: element.elements.namedCiphertext.checked });
  const choices = kActs.map((act) => h('fieldset', { class: 'act' }, h('legend', {}, t(`policy.${act}`)), h('p', { class: 'hint' }, t(`policy.${act}.hint`)),
    h('div', { class: 'row' }, h('span', { class: 'tag' }, t('factor.pin')), kFactors.map((factor) => {
      const isFixed = least[act].includes(factor);
      return field({ name: name(act, factor), type: 'checkbox', label: t(isFixed ? `factor.${factor}.fixed` : `factor.${factor}`), checked: asked[act].includes(factor), disabled: isFixed || !mayChange });
    })), act === 'decrypt' ? [field({ name: 'namedCiphertext', type: 'checkbox', label: t('policy.named'), checked: asked.namedCiphertext, disabled: !mayChange }), h('p', { class: 'hint' }, t('policy.named.hint'))] : null));
  const element = form(mayChange ? [choices, confirmPart(me, '/console/v1/policy', () => chosen(element))] : [choices], 'save', async (values) => {
    await ask('PUT', '/console/v1/policy', { ...chosen(element), ...(await proof(me, '/console/v1/policy', () => chosen(element), values)) });
    again();
  }, kConfirmMarks);
  if (!mayChange) element.querySelector('button[type=submit]').remove();
  show(top, narrow(h('h2', {}, t('policy.choose')), element), card(h('h2', {}, t('policy.fixed')), fixed));
}

export async function administratorsPage({ me, again }) {
  const { administrators, link } = await get('/console/v1/administrators');
  const isOne = me.person.roles.includes('administrator');
  show(heading('administrators.title', 'administrators.lead'), narrow(h('h2', {}, t('administrators.now')), h('ul', { class: 'todo' }, administrators.map((one) => h('li', {}, one.name, one.id === me.person.id ? tag(t('administrators.you')) : null)))),
    isOne ? await handOverPart(me, again) : linkPart(me, link, again));
}

async function handOverPart(me, again) {
  const people = (await all('/console/v1/people', 'people')).filter((one) => one.id !== me.person.id);
  if (people.length === 0) return note(t('administrators.nobody'), 'warn');
  const person = () => element.elements.person.value;
  const element = form([
    field({ name: 'person', label: t('administrators.next'), type: 'select', required: true, options: [['', t('choose')], ...people.map((one) => [one.id, one.department ? t('administrators.of', one) : one.name])] }),
    note(t('administrators.stop'), 'warn'), confirmPart(me, '/console/v1/administrators', () => ({ person: person() })),
  ], 'administrators.handOver', async (values) => {
    await post('/console/v1/administrators', { person: values.person, ...(await proof(me, '/console/v1/administrators', () => ({ person: person() }), values)) });
    location.hash = '#/home';
    again();
  }, kConfirmMarks);
  return narrow(h('h2', {}, t('administrators.handOver')), h('p', {}, t('administrators.handOver.lead')), element);
}

// There is nobody who could hand over: behind the legal representative's identity.
function linkPart(me, link, again) {
  if (!me.company.verified) return note(t('licences.unverified'), 'warn');
  return narrow(h('h2', {}, t('administrators.byLegal')), h('p', {}, t('administrators.byLegal.lead')), linkState(link, again), form([
    field({ name: 'contact', type: 'radio', label: t('link.how'), value: 'phone', options: [['phone', t('contact.phone')], ['mail', t('contact.mail')]] }),
    field({ name: 'to', label: t('contact.to'), required: true }),
  ], 'link.send', async (values) => { await post('/console/v1/administrators/link', values); again(); }));
}
