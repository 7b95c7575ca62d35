// 离职交接: what a person who leaves still holds, and who else can open the sealed bids, before everything ends at once.
import { get, post } from './access.js';
import { confirmPart, kConfirmMarks, proof } from './confirm.js';
import { button, card, field, form, h, note, show, table, tag } from './dom.js';
import { standingTag } from './seal_grants.js';
import { minute, t } from './text.js';

// Who can still open what a person has sealed. Where nobody keeps that list, that is said.
export function sealedBidsPart({ known, sealedBids }) {
  if (!known) return note(t('handOver.unknown'), 'warn');
  const rows = sealedBids.map((bid) => [`${bid.project} (${bid.number})`, bid.openingMs ? minute(bid.openingMs) : t('handOver.noHour'), bid.othersWhoCanOpen.length === 0 ? tag(t('handOver.nobody'), 'bad') : bid.othersWhoCanOpen.join(t('list.comma'))]);
  return table(['handOver.project', 'handOver.opening', 'handOver.others'], rows, 'handOver.none');
}

// Where nobody else could open a bid, its project's number has to be typed: it shows that the list was read.
export function projectField({ sealedBids }) {
  const lost = sealedBids.find((bid) => bid.othersWhoCanOpen.length === 0);
  return lost ? [field({ name: 'project', label: t('handOver.project.type', { project: lost.project }), required: true })] : [];
}

export const seen = ({ project }) => (project ? { handOverSeen: true, project: project.trim() } : { handOverSeen: true });

// For what stops a person's shield at once, until it is taken back: a dialog that says what it does and who else can open the sealed bids,
// and wants a number where nobody can, and nothing more. page: of the hand-over; null: the person has no certificate. confirmed: {path,
// wanted} of what confirms it; null: nothing does. act(body): a promise.
export function stopDialog(me, key, question, page, confirmed, act) {
  const isAsked = page && (!page.known || page.sealedBids.length > 0);
  const fields = [...(isAsked ? projectField(page) : []), ...(confirmed ? confirmPart(me, confirmed.path, confirmed.wanted) : [])];
  const back = button('cancel', () => dialog.close());
  back.autofocus = fields.length === 0; // then what is near at hand is the way back
  const dialog = h('dialog', { 'aria-label': t(key) }, h('h2', {}, t(key)), h('p', {}, question),
    isAsked ? [page.known ? h('p', {}, t('stop.bids')) : null, sealedBidsPart(page)] : null,
    form(fields, key, async (values) => {
      await act({ ...(isAsked ? seen(values) : {}), ...(confirmed ? await proof(me, confirmed.path, confirmed.wanted, values) : {}) });
      dialog.close();
    }, { 'HF-773': ['project'], ...kConfirmMarks }, 'danger'), h('p', {}, back));
  document.body.append(dialog);
  dialog.addEventListener('close', () => dialog.remove());
  dialog.showModal();
}

export async function leavingPage(me, person, done, top) {
  const path = `/console/v1/staff/${person.id}`;
  const held = await get(`${path}/leaving`);
  const isConfirmed = person.roles.includes('administrator') || held.grant !== null; // the certificate ends with it
  const wanted = () => ({ act: 'remove' });
  const rows = held.sealGrants.map((grant) => [t(`seal.${grant.sealKind}`), grant.purpose, grant.project || t('sealGrant.anyProject'), minute(grant.untilMs), standingTag(grant)]);
  show(top, card(h('h2', {}, t('leaving.title', { name: person.name })), h('p', {}, t('leaving.lead'))),
    card(h('h2', {}, t('leaving.bids')), held.grant ? sealedBidsPart(held) : h('p', { class: 'soft' }, t('leaving.noCertificate'))),
    card(h('h2', {}, t('leaving.seals')), table(['sealGrant.seal', 'sealGrant.purpose', 'sealGrant.project', 'sealGrant.until', 'state'], rows, 'leaving.noSeals')),
    card(form([field({ name: 'seen', type: 'checkbox', label: t('handOver.seen'), required: true }), ...(held.grant ? projectField(held) : []), ...(isConfirmed ? confirmPart(me, `${path}/standing`, wanted) : [])], 'leaving.end', async (values) => {
      await post(`${path}/leave`, { ...seen(values), ...(isConfirmed ? await proof(me, `${path}/standing`, wanted, values) : {}) });
      done();
    }, { 'HF-773': ['project'], ...kConfirmMarks }, 'danger'), h('p', {}, button('cancel', done))));
}
