// The demo procurement portal: an account, CA 管理 → CA 证书申领, and binding; from then on log-in by scanning.
import { ask, get, post, Problem, useWord } from './access.js';
import { actButton, button, dress, facts, field, form, h, heading, narrow, note, problemNote, show, sureButton, tag, whenTheSessionIsOver } from './dom.js';
import { clientPart } from './portal_client.js';
import { deskPart, projectsPart } from './portal_projects.js';
import { leaveScan, scanPlace } from './scan.js';
import { day, minute, t } from './text.js';

let isNew = false;
let isOver = false; // the visit has ended while the page was open

async function who() {
  try {
    return await get('/portal/v1/sessions');
  } catch (problem) {
    if (problem instanceof Problem && problem.status === 401) return null;
    throw problem;
  }
}

function logIn() {
  const key = isNew ? 'portal.register' : 'portal.logIn';
  show(heading('portal.title', 'portal.lead'), isOver ? note(t('portal.over'), 'warn') : null, narrow(h('h2', {}, t(key)), form([
    field({ name: 'account', label: t('portal.account'), required: true, hint: isNew ? t('portal.account.hint') : null }),
    field({ name: 'password', label: t('portal.password'), type: 'password', required: true, hint: isNew ? t('portal.password.hint') : null }),
  ], key, async (values) => { await post(isNew ? '/portal/v1/accounts' : '/portal/v1/sessions', values); render(); }, { 'HF-783': ['account', 'password'], 'HF-784': ['account'] }),
  h('p', {}, button(isNew ? 'portal.toLogIn' : 'portal.toRegister', () => { isNew = !isNew; leaveScan(); logIn(); }, 'plain'))), isNew ? null : byScan(),
  h('p', {}, h('a', { href: '#/client' }, t('desk.get')))); // whoever needs it has nothing yet to log in with
}

// For everybody; without a visit the way to the log-in is beside it.
async function visitorsClient() {
  document.getElementById('nav').replaceChildren(h('a', { href: '#/projects' }, t('portal.logIn')), h('a', { href: '#/client', 'aria-current': 'page' }, t('portal.nav.client')));
  await clientPart();
}

function byScan() {
  const logInByIt = { path: '/portal/v1/scans', own: true, finish: async () => { await post('/portal/v1/scans/session'); render(); } };
  return narrow(h('h2', {}, t('scan.title')), h('p', {}, t('portal.scan.lead')), scanPlace('scan.start', logInByIt));
}

function applyPart(me) {
  return narrow(h('h2', {}, t('portal.apply')), h('p', {}, t('portal.apply.lead')), h('ul', { class: 'todo' }, me.issuers.map((issuer) =>
    h('li', {}, h('strong', {}, t(`issuer.${issuer}`)), h('span', { class: 'end' }, actButton('portal.apply.go', async () => {
      const { console: page } = await post('/portal/v1/applications', { issuer });
      location.assign(page);
    }, 'main'))))));
}

const unbindButton = () => sureButton('portal.unbind', 'portal.unbind.sure', async () => { await ask('DELETE', '/portal/v1/bindings'); render(); });

function bindingPart({ account, certificate, inactive }) {
  if (inactive) return narrow(h('h2', {}, t('portal.binding')), note(t('portal.inactive'), 'warn'), h('p', {}, t('portal.inactive.lead')), unbindButton());
  if (certificate)
    return narrow(h('h2', {}, t('portal.binding')), facts([['person.name', certificate.name], ['company.name', certificate.company], ['certificate.serial', h('span', { class: 'code' }, certificate.serial)],
      ['certificate.validity', `${day(certificate.notBeforeMs)} – ${day(certificate.notAfterMs)}`], ['certificate.bound', minute(certificate.boundMs)], ['state', tag(t(certificate.valid ? 'certificate.valid' : 'certificate.over'), certificate.valid ? 'good' : 'bad')]]),
    unbindButton());
  const bindIt = { path: '/portal/v1/bindings/scan', finish: async () => { await post('/portal/v1/bindings'); render(); } };
  return narrow(h('h2', {}, t('portal.binding')), h('p', {}, t('portal.binding.lead')), h('p', {}, t('portal.binding.phone', { account })), scanPlace('portal.bind', bindIt, 'main'));
}

// The log-in in the place of a page whose visit is over. It leads back to that page.
function comeBack() {
  isOver = true;
  isNew = false;
  return render();
}

async function render() {
  leaveScan();
  try {
    const me = await who();
    document.getElementById('who').textContent = me ? me.account : '';
    dress('portal.title', me ? [button('logOut', async () => { await ask('DELETE', '/portal/v1/sessions'); location.reload(); }, 'plain')] : []);
    document.getElementById('nav').replaceChildren();
    if (!me) return location.hash.startsWith('#/client') ? await visitorsClient() : logIn();
    useWord(me.csrf);
    isOver = false;
    const here = ['projects', 'binding', 'client'].find((name) => location.hash.startsWith(`#/${name}`)) || 'apply';
    document.getElementById('nav').replaceChildren(...['projects', 'apply', 'binding', 'client'].map((name) => h('a', { href: `#/${name}`, 'aria-current': name === here ? 'page' : null }, t(`portal.nav.${name}`))));
    if (here === 'projects') return await projectsPart(comeBack);
    if (here === 'client') return await clientPart();
    show(heading('portal.ca', 'portal.ca.lead'), me.certificate ? deskPart() : null, here === 'apply' ? applyPart(me) : bindingPart(me));
  } catch (problem) {
    show(problemNote(problem), button('again', render));
  }
}
whenTheSessionIsOver(() => button('portal.logIn', comeBack, 'main'));
addEventListener('hashchange', render);
render();
