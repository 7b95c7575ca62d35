// The first page: what waits for whom, what is left.
import { all, get } from './access.js';
import { card, h, show, table, tag } from './dom.js';
import { standingTag } from './seal_grants.js';
import { money, t } from './text.js';

const kWhere = {
  authenticate: 'authentication', paperReturned: 'authentication', reviewPaper: 'authentication', buySeats: 'licences', payOrder: 'licences', renewSeat: 'licences', seatOver: 'licences', seatBeforeOpening: 'licences',
  makeSeal: 'seals', resumeSeal: 'seals', sealRefused: 'seals', authoriseSeal: 'seals', sealPaperReturned: 'seals', reviewSealPaper: 'seals', grantSeal: 'seal-grants', activatePhone: 'grants',
  sendLink: 'seals', sendLinkAgain: 'seals', authoriseCompany: 'authentication', sendActivationAgain: 'grants',
  giveCertificate: 'grants', phoneStopped: 'grants', approveDesk: 'desks',
};

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
