// The console: who is here decides what is shown. Addresses are #/name.
import { ask, get, post, Problem, useWord } from './access.js';
import { button, dress, h, problemNote, show, whenTheSessionIsOver } from './dom.js';
import { t } from './text.js';
import { applicationPage } from './application.js';
import { authenticationPage } from './authentication.js';
import { desksPage } from './desks.js';
import { auditPage } from './audit.js';
import { homePage } from './home.js';
import { grantsPage } from './grants.js';
import { licencesPage } from './licences.js';
import { logInDialog, logInPage } from './log_in.js';
import { administratorsPage, policyPage } from './rules.js';
import { leaveScan } from './scan.js';
import { sealGrantsPage } from './seal_grants.js';
import { sealsPage } from './seals.js';
import { staffPage } from './staff.js';

const kPages = [
  { name: 'home', page: homePage, roles: null },
  { name: 'authentication', page: authenticationPage, roles: ['administrator'] },
  { name: 'licences', page: licencesPage, roles: ['administrator'] },
  { name: 'seals', page: sealsPage, roles: ['administrator', 'seal-administrator', 'approver'] },
  { name: 'staff', page: staffPage, roles: ['administrator'] },
  { name: 'seal-grants', page: sealGrantsPage, roles: ['administrator', 'seal-administrator', 'approver'] },
  { name: 'grants', page: grantsPage, roles: ['administrator'] },
  { name: 'desks', page: desksPage, roles: ['administrator'] },
  { name: 'policy', page: policyPage, roles: null },
  { name: 'administrators', page: administratorsPage, roles: null },
  { name: 'audit', page: auditPage, roles: ['administrator', 'approver'] },
];

async function orNothing(path) {
  try {
    return await get(path);
  } catch (problem) {
    if (problem instanceof Problem && problem.status === 401) return null;
    throw problem;
  }
}

function mayOpen(page, me) {
  return !page.roles || page.roles.some((role) => me.person.roles.includes(role));
}

function frame(me) {
  document.getElementById('who').textContent = me ? t('who', { person: me.person.name, company: me.company.name }) : '';
  const out = me ? [button('logOut', async () => { await ask('DELETE', '/console/v1/sessions'); location.hash = '#/log-in'; location.reload(); }, 'plain')] : [];
  dress('console.title', out);
  const here = location.hash.slice(2) || 'home';
  document.getElementById('nav').replaceChildren(...(me ? kPages.filter((page) => mayOpen(page, me)).map((page) =>
    h('a', { href: `#/${page.name}`, 'aria-current': page.name === here ? 'page' : null, onclick: page.name === here ? () => render(true) : null }, t(`nav.${page.name}`))) : []));
  if (me && kPages.some((page) => page.name === here)) document.title = `${t(`nav.${here}`)} · ${t('console.title')}`;
  document.querySelector('nav [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' }); // on a narrow screen they lie in a row
}

// Pages remember what is open in them. Nothing of it is for another person, who begins with new ones.
let shown = null;
function isAnothers(me) {
  return shown !== null && shown.person.id !== me?.person.id;
}

// Only a verified company has a log-in.
whenTheSessionIsOver(() => (shown?.company.verified ? button('logIn.again', () => logInDialog(shown.company.creditCode, async () => {
  const me = await get('/console/v1/sessions');
  if (isAnothers(me)) return location.reload();
  useWord(me.csrf);
  for (const told of document.querySelectorAll('.note.bad')) told.remove();
}), 'main') : null));

let turn = 0;
// isFresh: the person has come to the page; what was open on it before is closed.
async function render(isFresh = false) {
  const mine = ++turn;
  leaveScan();
  try {
    const me = await orNothing('/console/v1/sessions');
    if (mine !== turn) return;
    if (isAnothers(me)) return location.reload();
    shown = me;
    frame(me);
    if (me) {
      useWord(me.csrf);
      const page = kPages.find((one) => one.name === location.hash.slice(2) && mayOpen(one, me)) || kPages[0];
      await page.page({ me, isFresh, again: () => render() });
      return;
    }
    const application = location.hash === '#/log-in' ? null : await orNothing('/console/v1/application');
    if (mine !== turn) return;
    if (application) {
      useWord(application.csrf);
      await applicationPage({ application, again: () => render() });
    } else {
      useWord('');
      logInPage({ again: () => render(true) });
    }
  } catch (problem) {
    show(problemNote(problem), button('again', () => render()));
  }
}

// By a platform's link: its ticket is good once, and does not stay in the address.
async function comeByLink() {
  const ticket = /^#\/apply\/([0-9a-f]+)$/.exec(location.hash)?.[1];
  if (!ticket) return render(true);
  history.replaceState(null, '', location.pathname);
  try {
    await post('/console/v1/application/visit', { ticket });
  } catch (problem) {
    frame(null);
    show(problemNote(problem), button('again', () => render(true)));
    return;
  }
  render(true);
}

addEventListener('hashchange', () => {
  document.getElementById('main').focus();
  comeByLink();
});
comeByLink();
