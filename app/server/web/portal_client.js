// Which package the person needs, and how to know that it is the right one.
import { get, saveFile } from './access.js';
import { actButton, button, facts, h, heading, narrow, note, show } from './dom.js';
import { day, t } from './text.js';

// What tells a fresh desk where its server is.
function linkPart(link) {
  const text = h('p', { class: 'code wide', id: 'deskLink' }, link);
  const said = h('span', { class: 'soft', 'aria-live': 'polite' });
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      said.textContent = t('client.link.copied');
    } catch { // a browser that lets no page copy: it is selected, for the person to
      getSelection().selectAllChildren(text);
    }
  };
  return h('div', { 'aria-label': t('client.link'), role: 'group' }, text, h('p', { class: 'row' }, button('client.link.copy', copy), said));
}

export async function clientPart() {
  const { packages, deskLink } = await get('/portal/v1/client');
  show(heading('client.title', 'client.lead'),
    packages.length === 0 ? note(t('client.none'), 'warn') : null, packages.length > 1 ? h('p', {}, t('client.choose')) : null,
    packages.map((one) => narrow(h('h2', {}, one.name), facts([['client.version', one.version], ['client.architecture', one.architecture], ['client.date', day(one.dateMs)],
      ['client.size', t('size.mib', { n: (one.size / 1048576).toFixed(1) })], ['client.sm3', h('span', { class: 'code' }, one.sm3.replace(/(.{8})(?=.)/g, '$1 '))]]),
    actButton('client.get', () => saveFile('GET', `/portal/v1/client/packages/${one.architecture}`), 'main'))),
    narrow(h('h2', {}, t('client.after')), h('ol', {}, ['client.step.install', 'client.step.start', 'client.step.link', 'client.step.enrol', 'client.step.allow'].map((key) => h('li', {}, t(key), key === 'client.step.link' ? linkPart(deskLink) : null))), h('p', { class: 'soft' }, t('client.verify'))));
}
