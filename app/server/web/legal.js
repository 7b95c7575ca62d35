// The legal representative's page, behind the link that was sent to him.
import { get, post } from './access.js';
import { codeButton, dress, facts, field, form, h, heading, narrow, note, picture, problemNote, show, sureButton, withButton } from './dom.js';
import { faceCheck } from './application.js';
import { t } from './text.js';

dress('legal.title');

function over(key, kind) {
  show(heading('legal.title'), narrow(note(t(key), kind)));
}

let turn = 0;
// The link is what stands behind the #: a second one, opened in the same tab, is another matter.
async function start() {
  const mine = ++turn;
  const path = `/legal/v1/${location.hash.slice(1) || '0'}`;
  try {
    const view = await get(path);
    if (mine !== turn) return;
    const finish = async (said) => { await post(`${path}/sign`, said); over('legal.signed', 'good'); };
    // Whoever has sent the link may have sent it to himself: only he whose face is seen says whose number it is.
    const own = view.codeAllowed ? null : field({ name: 'own', type: 'checkbox', label: t('legal.own', { contact: view.contactMasked }) });
    const bySms = !view.codeAllowed ? null : narrow(h('h2', {}, t('legal.byCode')), form([
      withButton(field({ name: 'code', label: t('code.label'), inputmode: 'numeric', required: true, maxlength: 6 }), codeButton(() => post(`${path}/check`, { provider: 0 }))),
    ], 'legal.sign', ({ code }) => finish({ code }), { 'HF-402': ['code'] }));
    show(heading('legal.title', `legal.${view.purpose}`), narrow(facts([['company.name', view.companyName], ...(view.successor ? [['legal.successor', view.successor]] : []), ['legal.name', view.legalNameMasked], ['legal.contact', view.contactMasked]]),
      view.purpose !== 'legalSeal' ? null : [h('p', {}, picture(`${path}/seal`, t('seal.legalPerson'), 'seal')), h('p', { class: 'hint' }, t('legal.seal.hint'))]),
      narrow(h('h2', {}, t('legal.byFace')), own, own === null ? null : h('p', { class: 'hint' }, t('legal.own.hint')),
        faceCheck(view.identityServices, (provider) => post(`${path}/check`, { provider }), () => finish({ isOwnContact: own !== null && own.querySelector('input').checked }))), bySms,
      h('p', {}, sureButton('legal.refuse', 'legal.refuse.sure', async () => { await post(`${path}/refuse`); over('legal.refused', 'warn'); })));
  } catch (problem) {
    if (mine === turn) show(heading('legal.title'), narrow(problemNote(problem)));
  }
}
addEventListener('hashchange', start);
start();
