// The first page, and the audit log.
import { all, get } from './access.js';
import { button, card, h, heading, longTable, show, table, tag } from './dom.js';
import { standingTag } from './seal_grants.js';
import { money, t } from './text.js';

const kWhere = {
  authenticate: 'authentication', paperReturned: 'authentication', reviewPaper: 'authentication', buySeats: 'licences', payOrder: 'licences', renewSeat: 'licences',
  makeSeal: 'seals', sealRefused: 'seals', authoriseSeal: 'seals', sealPaperReturned: 'seals', reviewSealPaper: 'seals', grantSeal: 'seal-grants', activatePhone: 'grants',
  sendLinkAgain: 'seals', sendActivationAgain: 'grants',
};

const kShown = 200; // records at a time

// Where there is no page for it, it is said what to do.
const matterOf = (matter) => (kWhere[matter] ? h('a', { href: `#/${kWhere[matter]}` }, t(`matter.${matter}`)) : h('span', {}, t(`matter.${matter}`), h('div', { class: 'hint' }, t(`matter.${matter}.hint`))));

function list(titleKey, matters) {
  return card(h('h2', {}, t(titleKey)), matters.length === 0 ? h('p', { class: 'soft' }, t('home.nothing'))
    : h('ul', { class: 'todo' }, matters.map(({ matter, count }) => h('li', {}, matterOf(matter), tag(String(count))))));
}

const figure = (key, value, hint) => h('section', { class: 'card' }, h('div', { class: 'soft small' }, t(key)), h('div', { class: 'figure' }, value), hint ? h('div', { class: 'hint' }, hint) : null);

export async function homePage({ me }) {
  const [home, own] = await Promise.all([get('/console/v1/home'), all('/console/v1/seal-grants/own', 'grants')]);
  const figures = home.seats === null ? null : h('div', { class: 'grid' },
    figure('home.seats.free', t('home.of', { part: home.seats.free, all: home.seats.all })), figure('home.seats.taken', String(home.seats.taken)), figure('home.seats.changes', String(home.seats.changesLeft)),
    figure('home.uses', String(home.sealUses), t('home.uses.left')), figure('home.balance', money(home.balanceCents)));
  const rows = own.map((grant) => [t(`seal.${grant.sealKind}`), grant.purpose, grant.project || t('sealGrant.anyProject'), { time: grant.fromMs }, { time: grant.untilMs }, standingTag(grant)]);
  show(h('h1', {}, t('home.hello', { name: me.person.name })), h('p', { class: 'lead' }, t('home.lead', { roles: me.person.roles.map((role) => t(`role.${role}`)).join(t('list.comma')) })),
    figures, list('home.mine', home.mine), list('home.others', home.others),
    card(h('h2', {}, t('home.own')), table(['sealGrant.seal', 'sealGrant.purpose', 'sealGrant.project', 'sealGrant.from', 'sealGrant.until', 'state'], rows, 'home.own.none')));
}

export async function auditPage() {
  const records = [];
  const names = new Map();
  let log = null;
  do {
    log = await get(log === null ? '/console/v1/audit' : `/console/v1/audit?after=${log.next}`);
    records.push(...log.records);
    log.people.forEach(({ id, name }) => names.set(id, name));
  } while (log.next !== null);
  const save = () => {
    const lines = [{ chain: log.chain, head: log.head }, ...records].map((line) => JSON.stringify(line));
    const link = h('a', { href: URL.createObjectURL(new Blob([`${lines.join('\n')}\n`])), download: `hufu-audit-${log.head.sequence}.jsonl` });
    link.click();
    URL.revokeObjectURL(link.href);
  };
  const by = (record) => (record.by === 'person' ? names.get(record.who) || t('auditBy.unsaid') : t(`auditBy.${record.by}`));
  const what = (record) => (record.act === null ? t(`auditEvent.${record.event}`) : t('audit.acted', { event: t(`auditEvent.${record.event}`), act: t(`auditEvent.${record.act}`) }));
  const rowOf = (record) => [{ money: String(record.sequence) }, { time: record.timeMs }, what(record), by(record), names.get(record.subject) || '',
    h('span', { class: 'code' }, record.sm3.slice(0, 16))];
  let left = records.length; // the newest are shown, those before them are asked for
  const next = async () => {
    const from = Math.max(left - kShown, 0);
    const rows = records.slice(from, left).reverse().map(rowOf);
    left = from;
    return { rows, isLast: left === 0 };
  };
  const { rows, isLast } = await next();
  show(heading('audit.title', 'audit.lead'), h('p', {}, button('audit.save', save, 'main')),
    card(longTable(['>audit.number', 'audit.time', 'audit.event', 'audit.by', 'audit.about', 'audit.hash'], rows, 'audit.none', isLast ? null : next)));
}
