// The outside world, for testers: what the stand-ins received, what they answer, how they fail.
import { ask, get, post } from './access.js';
import { actButton, button, card, dress, field, form, h, heading, show, table, tag } from './dom.js';
import { centsOf, minute, money, t } from './text.js';

const kPages = ['messages', 'identity', 'register', 'bank', 'cashier', 'accounts', 'papers', 'people', 'clock', 'faults'];
const [kind, ticket] = location.hash.slice(1).split('=');

const parts = {
  async messages() {
    const { messages } = await get('/outside/messages');
    return table(['outside.time', 'outside.to', 'outside.text'], messages.map((one) => [{ time: one.arrivedMs }, one.to, h('span', { class: 'wide' }, one.subject ? `${one.subject} — ` : '', ...linked(one.text))]), 'outside.none');
  },
  async identity() {
    const { checks } = await get('/outside/identity');
    const decide = (one, outcome) => async () => { await post(`/outside/identity/${one.ticket}`, { outcome }); render(); };
    return table(['outside.service', 'person.name', 'state', ''], checks.map((one) => [t(`identity.service.${one.service}`), one.name, tag(t(`outcome.${one.outcome}`)),
      h('span', { class: 'row' }, actButton('outcome.pass', decide(one, 'passed'), one.ticket === ticket ? 'main' : ''), actButton('outcome.fail', decide(one, 'failed'), 'danger'))]), 'outside.none');
  },
  async register() {
    const { entries } = await get('/outside/register');
    return [table(['company.code', 'company.name', 'company.kind', 'legal.name', 'legal.idNumber', ''], entries.map((one) => [h('span', { class: 'code' }, one.code), one.name, t(`company.kind.${one.kind}`), one.legalName, h('span', { class: 'code' }, one.legalIdNumber),
      actButton('outside.strike', async () => { await ask('DELETE', `/outside/register/${one.code}`); render(); }, 'danger')]), 'outside.none'),
    form([field({ name: 'kind', type: 'select', label: t('company.kind'), options: ['enterprise', 'individualBusiness', 'other'].map((one) => [one, t(`company.kind.${one}`)]) }),
      ['code', 'name', 'legalName', 'legalIdNumber'].map((name) => field({ name, label: t(`facts.field.${name}`), required: true }))], 'outside.enter', async (values) => { await post('/outside/register', values); render(); })];
  },
  async bank() {
    const { payouts } = await get('/outside/bank');
    return [table(['outside.time', 'bank.holder', 'bank.account', '>outside.amount', 'state'], payouts.map((one) => [{ time: one.orderedMs }, one.holder, one.account, { money: money(one.cents) }, tag(t(`bankState.${one.state}`))]), 'outside.none'),
      h('h2', {}, t('outside.credit')), form([field({ name: 'payer', label: t('outside.payer'), required: true }), field({ name: 'amount', label: t('outside.amount'), required: true, value: '0.01' }),
        field({ name: 'copies', label: t('outside.copies'), type: 'number', min: 1, max: 5, value: '1' })], 'outside.credit', async (values) => {
        await post('/outside/bank/credits', { payer: values.payer, cents: centsOf(values.amount) || 0, copies: Number(values.copies) });
        render();
      })];
  },
  async cashier() {
    const { orders } = await get('/outside/cashier');
    const pay = (one, cents, succeeds) => async () => { await post('/outside/payments', { order: one.order, cents, succeeds }); render(); };
    return table(['outside.order', '>outside.amount', ''], orders.map((one) => [h('span', { class: 'code' }, one.order), { money: money(one.cents) },
      h('span', { class: 'row' }, actButton('outside.pay', pay(one, one.cents, true), one.order === ticket ? 'main' : ''), actButton('outside.payOther', pay(one, one.cents + 1, true)), actButton('outside.payFail', pay(one, one.cents, false), 'danger'))]), 'outside.none');
  },
  async accounts() {
    const { questions } = await get('/outside/accounts');
    return [table(['outside.ticket', 'state'], questions.map((one) => [h('span', { class: 'code' }, one.ticket), tag(t(one.waits ? 'outcome.pending' : 'outcome.passed'))]), 'outside.none'),
      form([field({ name: 'ticket', label: t('outside.ticket'), value: kind === 'account' ? ticket : '', required: true }), field({ name: 'name', label: t('company.name'), required: true }), field({ name: 'code', label: t('company.code'), required: true })],
        'outside.agree', async (values) => { await post(`/outside/accounts/${values.ticket}`, { name: values.name, code: values.code }); render(); })];
  },
  async papers() {
    const { papers } = await get('/outside/papers');
    const judge = (one, verdict) => async () => { await post(`/outside/papers/${one.id}`, verdict); render(); };
    return table(['outside.time', 'outside.paper.kind', 'company.name', 'company.code', 'company.kind', 'legal.name', 'outside.paper', '>outside.size', ''], papers.map((one) => [{ time: one.submittedMs }, t(`outside.paper.${one.kind}`), one.companyName, h('span', { class: 'code' }, one.creditCode), t(`company.kind.${one.companyKind}`), one.legalName, h('a', { class: 'code', href: `/outside/papers/${one.id}/document`, target: '_blank', rel: 'noopener' }, one.id.slice(0, 8)), { money: String(one.size) }, h('span', { class: 'row' }, actButton('outside.approve', judge(one, { approved: true }), 'main'),
      ...['illegible', 'sealMissing', 'signatureMissing', 'factsDiffer', 'outOfDate'].map((reason) => actButton(`paper.reason.${reason}`, judge(one, { approved: false, reason }))))]), 'outside.none');
  },
  async people() {
    const { people } = await get('/outside/people');
    const link = (one) => {
      const cell = h('span', { class: 'row' });
      cell.append(actButton('person.link', async () => {
        const { activation } = await post(`/outside/people/${one.phoneNumber}/activation`, {});
        cell.replaceChildren(h('span', { class: 'wide code' }, activation));
      }));
      return cell;
    };
    return table(['person.phone', 'person.name', 'person.outcome', ''], people.map((one) => [h('span', { class: 'code' }, one.phoneNumber), one.name, t(`habit.${one.outcome}`), link(one)]), 'outside.none');
  },
  async clock() {
    const { unixMs, aheadMs } = await get('/outside/clock');
    const jump = (jumpMs) => async () => { await post('/outside/clock', { jumpMs }); render(); };
    const minutes = 60_000, hours = 60 * minutes, days = 24 * hours;
    return [h('p', {}, t('clock.now', { time: minute(unixMs), ahead: Math.floor(aheadMs / minutes) })),
      h('span', { class: 'row' }, ...[['1min', minutes], ['30min', 30 * minutes], ['3h', 3 * hours], ['1d', days], ['30d', 30 * days], ['1y', 365 * days]].map(([name, ms]) => actButton(`clock.${name}`, jump(ms))))];
  },
  async faults() {
    const faults = await get('/outside/faults');
    const verdicts = { face: ['live', 'notLive', 'otherPerson'], identity: ['passed', 'failed'] };
    return Object.entries(faults).map(([service, settings]) => h('fieldset', {}, h('legend', {}, t(`fault.${service}`)), Object.entries(settings).map(([name, value]) => {
      const set = (to) => post('/outside/faults', { [service]: { [name]: to } }).then(render);
      if (typeof value === 'boolean') return field({ name, type: 'checkbox', label: t(`fault.${name}`), checked: value, onchange: (event) => set(event.target.checked) });
      if (name === 'verdict') return field({ name, type: 'select', label: t('fault.verdict'), value: value || '', options: [['', t('fault.none')], ...verdicts[service].map((one) => [one, t(`outcome.${one}`)])], onchange: (event) => set(event.target.value || null) });
      return field({ name, type: 'number', label: t(`fault.${name}`), value: String(value), min: 0, onchange: (event) => set(Number(event.target.value)) });
    })));
  },
};

// Links in a message can be followed.
function linked(text) {
  return text.split(/(https:\/\/[^\s。，]+)/).map((part) => (part.startsWith('https://') ? h('a', { href: part, target: '_blank', rel: 'noopener' }, part) : part));
}

let here = { identity: 'identity', account: 'accounts', pay: 'cashier' }[kind] || 'messages';
async function render() {
  if (location.hash.startsWith('#/')) here = kPages.find((page) => page === location.hash.slice(2)) || 'messages';
  document.getElementById('nav').replaceChildren(...kPages.map((page) => h('a', { href: `#/${page}`, 'aria-current': page === here ? 'page' : null }, t(`outside.${page}`))));
  show(heading('outside.title', 'outside.lead'), card(h('h2', {}, t(`outside.${here}`)), await parts[here](), here === 'faults' ? null : h('p', {}, button('refresh', render))));
}
dress('outside.title');
addEventListener('hashchange', render);
render();
