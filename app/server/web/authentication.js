// 企业认证: four ways, one of which is enough.
import { all, ask, get, post } from './access.js';
import { kSteps } from './application.js';
import { actButton, card, facts, field, form, h, heading, narrow, note, qr, refuse, show, steps, table, tag } from './dom.js';
import { centsOf, filled, minute, money, t, textsOf } from './text.js';

const kWays = ['remittance', 'account', 'letter', 'link'];
let chosen = 'remittance';

// Whoever comes to the page, from what home tells of for example, sees the letter or the link that is under way.
async function wayOf({ link }) {
  const [last] = (await all('/console/v1/papers', 'papers')).filter((paper) => paper.purpose === 'authenticate').sort((a, b) => b.submittedMs - a.submittedMs);
  if (last?.state === 'waiting') return 'letter';
  if (isOut(link)) return 'link';
  return last?.state === 'returned' ? 'letter' : chosen;
}

export async function authenticationPage(context) {
  const { me, again, isFresh } = context;
  const top = [heading('authentication.title', 'authentication.lead'), me.company.verified ? null : steps(kSteps, kSteps.length - 1)];
  if (me.company.verified) {
    show(top, narrow(note(t('authentication.done', { time: minute(me.company.verifiedMs) }), 'good'),
      facts([['company.name', me.company.name], ['company.code', me.company.creditCode], ['company.kind', t(`company.kind.${me.company.kind}`)], ['authentication.way', t(`way.${me.company.way}`)]]),
      h('a', { class: 'button main', href: '#/licences' }, t('authentication.next'))));
    return;
  }
  const state = await get('/console/v1/authentication');
  if (isFresh) chosen = await wayOf(state);
  const parts = { remittance, account, letter, link };
  const ways = h('div', { class: 'row', role: 'group', 'aria-label': t('authentication.ways') }, kWays.map((way) =>
    h('button', { type: 'button', class: way === chosen ? 'main' : '', 'aria-pressed': String(way === chosen), onclick: () => { chosen = way; again(); } }, t(`authentication.${way}`))));
  show(top, state.reason === 'provedByCodeAlone' ? note(t('authentication.byCodeAlone')) : null, h('p', {}, ways), await parts[chosen](state, context), h('p', { class: 'hint' }, t('authentication.takeBack')));
}

function remittance({ remittance: state }, { me, again }) {
  const path = '/console/v1/authentication/remittance';
  const marks = { 'HF-721': ['account'], 'HF-725': ['account', 'holder'], 'HF-722': ['amount'] };
  const top = [h('h2', {}, t('authentication.remittance')), steps(['remittance.step.account', 'remittance.step.payment', 'remittance.step.amount'], state.step - 1)];
  const left = state.wrongLeft === 0 ? null : h('p', { class: 'hint' }, t('remittance.left', { count: state.paymentsLeft }));
  const restart = actButton('remittance.restart', async () => { await post(`${path}/restart`); again(); });
  const about = facts([['bank.holder', state.holder], ['bank.name', state.bank], ['bank.account', state.accountMasked]]);
  if (state.state === 'ordered')
    return narrow(top, about, note(t('remittance.ordered')), h('p', { class: 'row' }, actButton('remittance.look', async () => { await post(`${path}/look`); again(); }, 'main'), restart), left);
  if (state.state === 'paid')
    return narrow(top, about, note(me.nowMs < state.arrivesByMs ? t('remittance.arrives', { time: minute(state.arrivesByMs) }) : t('remittance.late')), form([
      field({ name: 'amount', label: t('remittance.amount'), inputmode: 'decimal', required: true, hint: t('remittance.tries', { count: state.triesLeft }) }),
    ], 'remittance.type', async ({ amount }, element) => {
      const cents = centsOf(amount);
      if (cents === null) {
        refuse(element, 'amount', t('remittance.noAmount'));
        return;
      }
      try {
        await post(`${path}/amount`, { cents });
      } catch (problem) {
        if (problem.code === 'HF-723') setTimeout(again, 0);
        const hint = element.querySelector('.hint');
        const { remittance: now } = await get('/console/v1/authentication');
        hint.textContent = t('remittance.tries', { count: now.triesLeft });
        throw problem;
      }
      again();
    }, marks), h('p', { class: 'row' }, restart), left);
  if (state.state === 'awaiting')
    return narrow(top, note(t('remittance.awaiting', { name: me.company.name, sum: money(state.awaitCents) })), payee(state.payee), state.awaitCents > 1 ? note(t('remittance.awaiting.others', { sum: money(state.awaitCents) }), 'warn') : null,
      state.otherCents ? note(t('remittance.other', { name: me.company.name, sum: money(state.otherCents), asked: money(state.awaitCents) }), 'warn') : null, h('p', { class: 'row' }, actButton('refresh', again, 'main'), restart));
  // What is known of the payment before stands there; what must stay masked may be left to the server.
  const before = (masked) => (masked ? { hint: t('bank.before', { masked }) } : { required: true });
  const said = state.wrongLeft === 0 ? null : state.state === 'returned' ? note(t('remittance.returned'), 'warn') : state.state === 'worn' ? note(t('remittance.worn'), 'warn') : null;
  const pay = state.wrongLeft === 0 ? note(t('remittance.rests', { time: minute(state.restsUntilMs) }), 'warn') : form([
    field({ name: 'holder', label: t('bank.holder'), value: me.company.name, required: true, hint: t('bank.holder.hint') }),
    field({ name: 'bank', label: t('bank.name'), required: true, value: state.bank }),
    h('div', { class: 'pair' }, field({ name: 'province', label: t('bank.province'), required: true, value: state.province }), field({ name: 'city', label: t('bank.city'), required: true, value: state.city })),
    field({ name: 'account', label: t('bank.account'), inputmode: 'numeric', clean: 'digits', pattern: '[0-9]{8,32}', ...before(state.accountMasked) }),
    field({ name: 'phone', label: t('bank.phone'), type: 'tel', clean: 'digits', ...before(state.phoneMasked) }),
  ], 'remittance.pay', async (values) => { await post(path, values); again(); }, marks);
  if (state.wrongLeft > 0) countDown(pay, state.waitMs);
  return narrow(top, said, pay, left,
  state.payee ? [h('h2', {}, t('remittance.payer')), h('p', {}, t('remittance.payer.lead', { name: me.company.name })), payee(state.payee), actButton('remittance.await', async () => { await post(`${path}/await`); again(); })] : null);
}

// The account that the company pays to.
const payee = (to) => (to ? facts([['remittance.payee', to.holder], ['remittance.payee.bank', to.bank], ['remittance.payee.account', h('span', { class: 'code' }, to.account)]]) : null);

// Until another payment may be asked for, the form's button says how long that takes.
function countDown(element, waitMs) {
  const press = element.querySelector('button[type=submit]');
  const end = Date.now() + waitMs;
  const tick = () => {
    const left = Math.ceil((end - Date.now()) / 1000);
    press.textContent = left > 0 ? t('remittance.wait', { seconds: left }) : t('remittance.pay');
    press.disabled = left > 0;
    if (left > 0) setTimeout(tick, 1000);
  };
  if (waitMs > 0) tick();
}

function account({ paymentAccount }, { again }) {
  const path = '/console/v1/authentication/payment-account';
  const place = h('div', { 'aria-live': 'polite' });
  const start = actButton('account.start', async () => {
    const { address } = await post(path);
    place.replaceChildren(h('p', {}, t('account.scan')), await qr(address, 'account.qr'),
      h('p', { class: 'row' }, h('a', { class: 'button', href: address, target: '_blank', rel: 'noopener' }, t('identity.open')),
        actButton('account.finish', async () => { await post(`${path}/finish`); again(); }, 'main')));
  }, 'main');
  return narrow(h('h2', {}, t('authentication.account')), h('p', {}, t('account.lead')), paymentAccount === 'asked' ? note(t('account.asked')) : null, start, place);
}

// The letter's words in one of the languages, with what we know of the company, as a page to print.
async function saveTemplate(purpose, language, { name, creditCode }) {
  const texts = await textsOf(language);
  const title = texts[`letter.${purpose}.title`];
  const paper = document.implementation.createHTMLDocument(title);
  paper.documentElement.lang = language;
  const meta = paper.createElement('meta');
  meta.setAttribute('charset', 'utf-8');
  paper.head.prepend(meta);
  const put = (tag, text) => paper.body.append(Object.assign(paper.createElement(tag), { textContent: text }));
  put('h1', title);
  for (const line of filled(texts[`letter.${purpose}.text`], { name, code: creditCode }).split('\n')) put('p', line);
  const link = h('a', { href: URL.createObjectURL(new Blob([`<!doctype html>${paper.documentElement.outerHTML}`], { type: 'text/html' })), download: `${purpose}-${language}.html` });
  link.click();
  URL.revokeObjectURL(link.href);
}

const kPaperMost = 4 * 1024 * 1024; // bytes, as the server takes it

// Upload of a paper, and what became of those before. Also for the legal person's seal.
export async function papersPart(purpose, subject, { me, again }) {
  const papers = (await all('/console/v1/papers', 'papers')).filter((paper) => paper.purpose === purpose && paper.subject === subject);
  const rows = papers.map((paper) => [minute(paper.submittedMs), tag(t(`paper.${paper.state}`), { approved: 'good', returned: 'bad', waiting: 'warn' }[paper.state]),
    paper.state === 'returned' ? t(`paper.reason.${paper.reason}`) : '',
    paper.state === 'waiting' ? actButton('withdraw', async () => { await post(`/console/v1/papers/${paper.id}/withdraw`); again(); }) : '']);
  return [h('p', { class: 'row' }, t('letter.template'), ...['zh-CN', 'en'].map((language) => actButton(`letter.template.${language}`, () => saveTemplate(purpose, language, me.company)))),
    form([field({ name: 'file', label: t('letter.file'), type: 'file', required: true, accept: '.pdf,.jpg,.jpeg,.png', hint: t('letter.hint') })], 'letter.send', async (values, element) => {
    if (values.file.size > kPaperMost) {
      refuse(element, 'file', t('letter.tooLarge'));
      return;
    }
    await ask('POST', `/console/v1/papers?purpose=${purpose}${subject ? `&subject=${subject}` : ''}`, values.file);
    again();
  }, { 'HF-101': ['file'], 'HF-727': ['file'] }), table(['letter.time', 'letter.state', 'letter.reason', ''], rows, 'letter.none')];
}

async function letter(state, context) {
  return card(h('h2', {}, t('authentication.letter')), h('p', {}, t('letter.lead')), await papersPart('authenticate', null, context));
}

const isOut = (link) => link && (link.state === 'sent' || link.state === 'checking');

// A link for the legal representative, and how the last one does. Also for the legal person's seal.
export function linkState(last, again) {
  return [last ? h('p', {}, t('link.last'), ' ', tag(t(`link.${last.state}`), { signed: 'good', refused: 'bad' }[last.state] || 'warn')) : null,
    isOut(last) ? h('p', { class: 'row' }, actButton('refresh', again), actButton('withdraw', async () => { await post(`/console/v1/links/${last.id}/withdraw`); again(); })) : null];
}

export function linkPart(purpose, subject, last, again) {
  return [linkState(last, again),
    form([
      field({ name: 'contact', type: 'radio', label: t('link.how'), value: 'phone', options: [['phone', t('contact.phone')], ['mail', t('contact.mail')]] }),
      field({ name: 'to', label: t('contact.to'), required: true }),
    ], 'link.send', async (values) => { await post('/console/v1/links', { purpose, subject, ...values }); again(); })];
}

function link({ link: last }, { again }) {
  return narrow(h('h2', {}, t('authentication.link')), h('p', {}, t('link.lead')), linkPart('authenticate', null, last, again));
}
