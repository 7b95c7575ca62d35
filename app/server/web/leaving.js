// 离职交接: what a person who leaves still holds, and who else can open the sealed bids, before everything ends.
import { all, ask, get, post } from './access.js';
import { actButton, button, card, field, form, h, heading, note, show, table, tag } from './dom.js';
import { minute, t } from './text.js';

// Who can still open what a person has sealed. Where nobody keeps that list, that is said.
export async function sealedBidsPart(grant) {
  const { known, sealedBids } = await get(`/console/v1/grants/${grant.id}/hand-over`);
  if (!known) return note(t('handOver.unknown'), 'warn');
  const rows = sealedBids.map((bid) => [`${bid.project} (${bid.number})`, bid.openingMs ? minute(bid.openingMs) : t('handOver.noHour'), bid.othersWhoCanOpen === 0 ? tag(t('handOver.nobody'), 'bad') : String(bid.othersWhoCanOpen)]);
  return table(['handOver.project', 'handOver.opening', 'handOver.others'], rows, 'handOver.none');
}

// Where nobody else could open a bid, its project's number has to be typed: it shows that the list was read.
export async function projectField(grant) {
  const { sealedBids } = await get(`/console/v1/grants/${grant.id}/hand-over`);
  const lost = sealedBids.find((bid) => bid.othersWhoCanOpen === 0);
  return lost ? [field({ name: 'project', label: t('handOver.project.type', { project: lost.project }), required: true })] : [];
}

export const seen = ({ project }) => (project ? { handOverSeen: true, project: project.trim() } : { handOverSeen: true });

export async function leavingPage(person, done, top) {
  const [grants, sealGrants] = await Promise.all([all('/console/v1/grants', 'grants'), all('/console/v1/seal-grants', 'grants')]);
  const certificate = grants.find((grant) => grant.person === person.id);
  const seals = sealGrants.filter((grant) => grant.person === person.id);
  const rows = seals.map((grant) => [t(`seal.${grant.sealKind}`), grant.purpose, grant.project || t('sealGrant.anyProject'), minute(grant.untilMs), tag(t(`sealGrant.${grant.state}`))]);
  show(top, card(h('h2', {}, t('leaving.title', { name: person.name })), h('p', {}, t('leaving.lead'))),
    card(h('h2', {}, t('leaving.bids')), certificate ? await sealedBidsPart(certificate) : h('p', { class: 'soft' }, t('leaving.noCertificate'))),
    card(h('h2', {}, t('leaving.seals')), table(['sealGrant.seal', 'sealGrant.purpose', 'sealGrant.project', 'sealGrant.until', 'state'], rows, 'leaving.noSeals')),
    card(form([field({ name: 'seen', type: 'checkbox', label: t('handOver.seen'), required: true }), ...(certificate ? await projectField(certificate) : [])], 'leaving.end', async (values) => {
      // One after the other, first what may be refused: then the page shows what is left when it is opened again.
      if (certificate) await post(`/console/v1/grants/${certificate.id}/end`, seen(values));
      for (const grant of seals) await post(`/console/v1/seal-grants/${grant.id}/end`);
      await ask('DELETE', `/console/v1/staff/${person.id}`);
      done();
    }), h('p', {}, button('cancel', done))));
}
