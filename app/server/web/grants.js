// 证书授权: who may hold a certificate; the activation link; the hand-over before an end.
import { all, get, newKey, post, postOnce } from './access.js';
import { actButton, button, card, field, form, h, heading, narrow, note, qr, show, sureButton, table, tag } from './dom.js';
import { projectField, sealedBidsPart, seen } from './leaving.js';
import { byName, t } from './text.js';

let link = null; // told once: {name, activationLink}
let leaving = null; // the grant whose hand-over is looked at

export async function grantsPage(context) {
  const { me, again } = context;
  if (context.isFresh) leaving = null;
  const top = heading('grants.title', 'grants.lead');
  if (!me.company.verified) return show(top, note(t('licences.unverified'), 'warn'));
  const [grants, staff, seats] = await Promise.all([all('/console/v1/grants', 'grants'), all('/console/v1/staff', 'staff'), all('/console/v1/seats', 'seats')]);
  const nameOf = (id) => staff.find((one) => one.id === id)?.name || '';
  const leaver = grants.find((grant) => grant.id === leaving);
  if (leaver) return handOver(leaver, nameOf(leaver.person), context, top);
  const path = (grant) => `/console/v1/grants/${grant.id}`;
  const isOpen = (grant) => grant.state === 'open' || grant.state === 'proved' || grant.state === 'keyed';
  grants.sort((a, b) => byName(nameOf(a.person), nameOf(b.person)));
  // What is granted helps nobody whose seat is over or who is disabled.
  const hindrance = (grant) => (grant.over ? 'over' : staff.find((one) => one.id === grant.person)?.state === 'disabled' ? 'personDisabled' : seats.find((one) => one.id === grant.seat)?.over ? 'seatOver' : null);
  const stateTag = (grant) => (hindrance(grant) ? tag(t(`grant.${hindrance(grant)}`), 'bad') : tag(t(`grant.${grant.state}`), { active: 'good', suspended: 'warn' }[grant.state]));
  const rows = grants.map((grant) => [nameOf(grant.person), stateTag(grant),
    h('span', { class: 'row' }, isOpen(grant) ? actButton('grant.newLink', async () => { link = { name: nameOf(grant.person), ...(await post(`${path(grant)}/code`)) }; again(); }) : null,
      grant.state === 'active' ? sureButton('suspend', 'grant.suspend.sure', async () => { await post(`${path(grant)}/suspend`); again(); }) : null,
      grant.state === 'suspended' ? actButton('resume', async () => { await post(`${path(grant)}/resume`); again(); }) : null,
      button('end', () => { leaving = grant.id; again(); }, 'danger'))]);
  const free = seats.filter((seat) => !seat.over && !seat.person).length;
  const without = staff.filter((one) => one.state === 'active' && !grants.some((grant) => grant.person === one.id)).sort((a, b) => byName(a.name, b.name));
  const key = newKey();
  const give = without.length === 0 ? note(t('grants.everybody')) : free === 0 ? h('div', { class: 'note warn' }, h('p', {}, t('grants.noSeat'), ' ', h('a', { href: '#/licences' }, t('nav.licences')))) : narrow(h('h2', {}, t('grants.give')), h('p', { class: 'soft' }, t('grants.free', { count: free })), form([
    field({ name: 'person', label: t('sealGrant.person'), type: 'select', required: true, options: [['', t('choose')], ...without.map((one) => [one.id, one.name])] }),
  ], 'grants.give', async ({ person }) => {
    link = { name: nameOf(person), ...(await postOnce('/console/v1/grants', { person }, `${key}-${person}`.slice(0, 64))) };
    again();
  }));
  show(top, await linkPart(), card(table(['sealGrant.person', 'state', ''], rows, 'grants.none')), give);
}

async function linkPart() {
  if (!link) return null;
  const told = link;
  link = null; // not shown again
  return h('section', { class: 'card', id: 'activation' }, h('h2', {}, t('grant.link', { name: told.name })), h('p', {}, t('grant.link.lead')),
    await qr(told.activationLink, 'grant.qr'), h('p', {}, h('a', { class: 'code wide', href: told.activationLink }, told.activationLink)));
}

async function handOver(grant, name, { again }, top) {
  const page = await get(`/console/v1/grants/${grant.id}/hand-over`);
  show(top, card(h('h2', {}, t('handOver.title', { name })), h('p', {}, t('handOver.lead')), sealedBidsPart(page),
    form([field({ name: 'seen', type: 'checkbox', label: t('handOver.seen'), required: true }), ...projectField(page)], 'grant.endNow', async (values) => {
      await post(`/console/v1/grants/${grant.id}/end`, seen(values));
      leaving = null;
      again();
    }, { 'HF-773': ['project'] }, 'danger'), h('p', {}, button('cancel', () => { leaving = null; again(); }))));
}
