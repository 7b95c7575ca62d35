// 证书授权: who may hold a certificate; the activation link; the report of a lost phone; the hand-over before an end.
import { all, get, newKey, post, postOnce } from './access.js';
import { confirmPart, kConfirmMarks, proof } from './confirm.js';
import { actButton, button, card, field, form, h, heading, narrow, note, qr, searchTable, show, tag } from './dom.js';
import { projectField, sealedBidsPart, seen, stopDialog } from './leaving.js';
import { byName, t } from './text.js';

let link = null; // told once: {name, activationLink}
let leaving = null; // the grant whose hand-over is looked at
let lost = null; // the grant whose phone is to be reported lost
let frozen = null; // said once: {name, personTold}

export async function grantsPage(context) {
  const { me, again } = context;
  if (context.isFresh) leaving = lost = null;
  const top = heading('grants.title', 'grants.lead');
  if (!me.company.verified) return show(top, note(t('licences.unverified'), 'warn'));
  const [grants, staff, seats] = await Promise.all([all('/console/v1/grants', 'grants'), all('/console/v1/staff', 'staff'), all('/console/v1/seats', 'seats')]);
  const people = new Map(staff.map((one) => [one.id, one]));
  const nameOf = (id) => people.get(id)?.name || '';
  const leaver = grants.find((grant) => grant.id === leaving);
  if (leaver) return handOver(leaver, nameOf(leaver.person), context, top);
  const loser = grants.find((grant) => grant.id === lost);
  if (loser) return reportLost(loser, nameOf(loser.person), context, top);
  const path = (grant) => `/console/v1/grants/${grant.id}`;
  const isOwn = (grant) => grant.person === me.person.id;
  const isOpen = (grant) => grant.state === 'open' || grant.state === 'proved' || grant.state === 'keyed';
  grants.sort((a, b) => byName(nameOf(a.person), nameOf(b.person)));
  // What is granted helps nobody whose seat is over or who is disabled.
  const seatsById = new Map(seats.map((seat) => [seat.id, seat]));
  const hindrance = (grant) => (grant.over ? 'over' : grant.phone === 'frozen' ? 'phoneFrozen' : grant.phone === 'cloned' ? 'phoneCloned' : people.get(grant.person)?.state === 'disabled' ? 'personDisabled' : seatsById.get(grant.seat)?.over ? 'seatOver' : null);
  const stateOf = (grant) => t(`grant.${hindrance(grant) || grant.state}`);
  const suspend = async (grant) => {
    const page = await get(`${path(grant)}/hand-over`);
    // One's own is confirmed by the shield that it takes away.
    const confirmed = isOwn(grant) && me.person.shield ? { path: `${path(grant)}/stop`, wanted: () => ({ act: 'suspend' }) } : null;
    stopDialog(me, 'suspend', t('grant.suspend.sure'), page, confirmed, async (shown) => { await post(`${path(grant)}/suspend`, shown); again(); });
  };
  const canBeLost = (grant) => grant.phone === 'active' && !(isOwn(grant) && me.person.shield); // who could still confirm it has not lost it
  const next = (grant) => (grant.phone === 'frozen' || grant.phone === 'cloned' ? h('p', { class: 'hint' }, t(`grant.next.${grant.phone}`)) : null);
  const rowOf = (grant) => [nameOf(grant.person), h('div', {}, tag(stateOf(grant), hindrance(grant) ? 'bad' : { active: 'good', suspended: 'warn' }[grant.state]), next(grant)),
    h('span', { class: 'row' }, isOpen(grant) ? actButton('grant.newLink', async () => { link = { name: nameOf(grant.person), ...(await post(`${path(grant)}/code`)) }; again(); }) : null,
      canBeLost(grant) ? button('grant.lost', () => { lost = grant.id; again(); }) : null,
      grant.state === 'active' ? actButton('suspend', () => suspend(grant), 'danger') : null,
      grant.state === 'suspended' ? actButton('resume', async () => { await post(`${path(grant)}/resume`); again(); }) : null,
      button('end', () => { leaving = grant.id; again(); }, 'danger'))];
  const wordsOf = (grant) => [nameOf(grant.person), people.get(grant.person)?.staffNumber, people.get(grant.person)?.department, stateOf(grant)].join(' ');
  const granted = new Set(grants.map((grant) => grant.person));
  const free = seats.filter((seat) => !seat.over && !seat.person).length;
  const without = staff.filter((one) => one.state === 'active' && !granted.has(one.id)).sort((a, b) => byName(a.name, b.name));
  const key = newKey();
  const give = without.length === 0 ? note(t('grants.everybody')) : free === 0 ? h('div', { class: 'note warn' }, h('p', {}, t('grants.noSeat'), ' ', h('a', { href: '#/licences' }, t('nav.licences')))) : narrow(h('h2', {}, t('grants.give')), h('p', { class: 'soft' }, t('grants.free', { count: free })), form([
    field({ name: 'person', label: t('sealGrant.person'), type: 'select', required: true, options: [['', t('choose')], ...without.map((one) => [one.id, one.name])] }),
  ], 'grants.give', async ({ person }) => {
    link = { name: nameOf(person), ...(await postOnce('/console/v1/grants', { person }, `${key}-${person}`.slice(0, 64))) };
    again();
  }));
  show(top, lostPart(), await linkPart(), card(searchTable(['sealGrant.person', 'state', ''], grants, rowOf, wordsOf, 'grants.none', context.isFresh), grants.some((grant) => grant.phone === 'active') ? h('p', { class: 'hint' }, t('grants.lost'), ' ', grants.some((grant) => isOwn(grant) && grant.phone === 'active') ? t('grants.lost.own') : '') : null), give);
}

async function linkPart() {
  if (!link) return null;
  const told = link;
  link = null; // not shown again
  return h('section', { class: 'card', id: 'activation' }, h('h2', {}, t('grant.link', { name: told.name })), h('p', {}, t('grant.link.lead')),
    await qr(told.activationLink, 'grant.qr'), h('p', {}, h('a', { class: 'code wide', href: told.activationLink }, told.activationLink)));
}

function lostPart() {
  if (!frozen) return null;
  const { name, personTold } = frozen;
  frozen = null; // said once
  return note(t(personTold ? 'grant.lost.done' : 'grant.lost.untold', { name }), personTold ? 'good' : 'warn');
}

// Confirmed like what concerns administrators: whoever finds an open log-in freezes nobody.
async function reportLost(grant, name, { me, again }, top) {
  const path = `/console/v1/grants/${grant.id}`;
  const wanted = () => ({ act: 'lost' });
  const page = await get(`${path}/hand-over`);
  const back = () => { lost = null; again(); };
  show(top, card(h('h2', {}, t('grant.lost.title', { name })), h('p', {}, t('grant.lost.lead')), sealedBidsPart(page),
    form([...projectField(page), ...confirmPart(me, `${path}/stop`, wanted)], 'grant.lost.now', async (values) => {
      frozen = { name, ...(await post(`${path}/lost`, { ...seen(values), ...(await proof(me, `${path}/stop`, wanted, values)) })) };
      back();
    }, { 'HF-773': ['project'], ...kConfirmMarks }, 'danger'), h('p', {}, button('cancel', back))));
}

async function handOver(grant, name, { me, again }, top) {
  const stop = `/console/v1/grants/${grant.id}/stop`;
  const wanted = () => ({ act: 'end' });
  const page = await get(`/console/v1/grants/${grant.id}/hand-over`);
  show(top, card(h('h2', {}, t('handOver.title', { name })), h('p', {}, t('handOver.lead')), sealedBidsPart(page),
    form([field({ name: 'seen', type: 'checkbox', label: t('handOver.seen'), required: true }), ...projectField(page), ...confirmPart(me, stop, wanted)], 'grant.endNow', async (values) => {
      await post(`/console/v1/grants/${grant.id}/end`, { ...seen(values), ...(await proof(me, stop, wanted, values)) });
      leaving = null;
      again();
    }, { 'HF-773': ['project'], ...kConfirmMarks }, 'danger'), h('p', {}, button('cancel', () => { leaving = null; again(); }))));
}
