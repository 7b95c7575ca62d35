// 印章授权: terms, then the company's seal is set under the document, by hand or by the keyboard. A draft waits for days.
import { all, get, post } from './access.js';
import { actButton, button, card, codeButton, field, form, h, heading, narrow, note, show, table, tag, withButton } from './dom.js';
import { minute, t } from './text.js';

let open = null; // the draft under the seal

const kMinuteMs = 60000;
const localText = (ms) => new Date(ms - new Date(ms).getTimezoneOffset() * kMinuteMs).toISOString().slice(0, 16);

export async function sealGrantsPage(context) {
  const { me, again } = context;
  const top = heading('sealGrants.title', 'sealGrants.lead');
  if (!me.company.verified) return show(top, note(t('licences.unverified'), 'warn'));
  const [grants, seals] = await Promise.all([all('/console/v1/seal-grants', 'grants'), all('/console/v1/seals', 'seals')]);
  const staff = me.person.roles.includes('administrator') ? (await all('/console/v1/staff', 'staff')).filter((one) => one.state === 'active') : [{ id: me.person.id, name: me.person.name }];
  const nameOf = (id) => staff.find((one) => one.id === id)?.name || '';
  const sealOf = (id) => { const seal = seals.find((one) => one.id === id); return seal ? t(`seal.${seal.kind}`) : ''; };
  const one = grants.find((grant) => grant.id === open);
  if (one && one.state === 'draft') return stampPart(one, seals, context, top);
  const act = (key, grant, verb, kind) => actButton(key, async () => { await post(`/console/v1/seal-grants/${grant.id}/${verb}`); again(); }, kind);
  const rows = grants.map((grant) => [nameOf(grant.person), sealOf(grant.seal), grant.purpose, grant.project || t('sealGrant.anyProject'), `${minute(grant.fromMs)} – ${minute(grant.untilMs)}`,
    tag(t(grant.over ? 'sealGrant.over' : `sealGrant.${grant.state}`), grant.over ? 'bad' : { active: 'good', draft: 'warn' }[grant.state]),
    h('span', { class: 'row' }, grant.state === 'draft' ? button('sealGrant.stamp', () => { open = grant.id; again(); }, 'main') : null,
      grant.state === 'active' ? act('suspend', grant, 'suspend') : null, grant.state === 'suspended' ? act('resume', grant, 'resume') : null, act('end', grant, 'end', 'danger'))]);
  const usable = seals.filter((seal) => seal.state === 'active');
  show(top, card(table(['sealGrant.person', 'sealGrant.seal', 'sealGrant.purpose', 'sealGrant.project', 'sealGrant.period', 'state', ''], rows, 'sealGrants.none')),
    usable.length === 0 ? note(t('sealGrants.noSeal'), 'warn') : draftPart(usable, staff, context));
}

function draftPart(seals, staff, { again }) {
  const now = Math.ceil(Date.now() / kMinuteMs) * kMinuteMs;
  return narrow(h('h2', {}, t('sealGrants.new')), form([
    h('div', { class: 'pair' }, field({ name: 'person', label: t('sealGrant.person'), type: 'select', options: staff.map((one) => [one.id, one.name]) }),
      field({ name: 'seal', label: t('sealGrant.seal'), type: 'select', options: seals.map((seal) => [seal.id, t(`seal.${seal.kind}`)]) })),
    field({ name: 'purpose', label: t('sealGrant.purpose'), required: true, value: '' }),
    field({ name: 'project', label: t('sealGrant.project'), hint: t('sealGrant.project.hint') }),
    h('div', { class: 'pair' }, field({ name: 'from', label: t('sealGrant.from'), type: 'datetime-local', required: true, value: localText(now) }),
      field({ name: 'until', label: t('sealGrant.until'), type: 'datetime-local', required: true, value: localText(now + 30 * 24 * 60 * kMinuteMs) })),
  ], 'sealGrant.draftIt', async (values) => {
    const { id } = await post('/console/v1/seal-grants', { seal: values.seal, person: values.person, purpose: values.purpose, project: values.project,
      fromMs: new Date(values.from).getTime(), untilMs: new Date(values.until).getTime() });
    open = id;
    again();
  }, { 'HF-766': ['from', 'until'], 'HF-100': ['purpose'] }));
}

async function stampPart(grant, seals, { again }, top) {
  const path = `/console/v1/seal-grants/${grant.id}`;
  const { text } = await get(`${path}/document`);
  const companySeal = seals.find((seal) => seal.kind === 'company' && seal.state === 'active');
  if (!companySeal) return show(top, note(t('sealGrants.noSeal'), 'warn'), button('sealGrant.back', () => { open = null; again(); }));
  let isSet = false;
  const place = h('div', { class: 'drop', tabindex: '-1' }, t('sealGrant.drop'));
  const set = () => {
    isSet = true;
    document.querySelector('#main form .note')?.remove();
    place.classList.add('set');
    place.replaceChildren(h('span', { class: 'stamp' }, t('seal.company')), h('p', {}, t('sealGrant.set')));
  };
  const stamp = h('button', { type: 'button', class: 'stamp', draggable: 'true', onclick: set, 'aria-label': t('sealGrant.stamp.label') }, t('seal.company'));
  stamp.addEventListener('dragstart', (event) => event.dataTransfer.setData('text/plain', companySeal.id));
  place.addEventListener('dragover', (event) => { event.preventDefault(); place.classList.add('over'); });
  place.addEventListener('dragleave', () => place.classList.remove('over'));
  place.addEventListener('drop', (event) => { event.preventDefault(); place.classList.remove('over'); set(); });
  const code = withButton(field({ name: 'code', label: t('code.label'), inputmode: 'numeric', required: true, maxlength: 6 }), codeButton(() => post(`${path}/code`)));
  show(top, card(h('h2', {}, t('sealGrant.document')), h('pre', {}, text), place, h('p', { class: 'row' }, stamp, h('span', { class: 'soft' }, t('sealGrant.stamp.hint'))),
    form([code], 'sealGrant.grant', async (values, element) => {
      if (!isSet) {
        element.firstChild.replaceChildren(note(t('sealGrant.notSet'), 'bad'));
        stamp.focus();
        return;
      }
      await post(`${path}/grant`, { stamp: companySeal.id, code: values.code });
      open = null;
      again();
    }, { 'HF-402': ['code'] }), h('p', { class: 'row' }, button('sealGrant.back', () => { open = null; again(); }))));
}
