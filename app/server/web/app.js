// The phone's app to get: for each system a code that the phone scans, and the package itself.
import { card, dress, h, heading, note, qr, show } from './dom.js';
import { t } from './text.js';

dress('app.title');

async function offer(system) {
  const address = new URL(t(`app.${system}.file`), `${location.origin}/app/`).href;
  return card(h('h2', {}, t(`app.${system}`)), h('p', {}, t(`app.${system}.how`)), await qr(address, `app.${system}.qr`),
    h('p', {}, h('a', { href: address }, t('app.get'))));
}

async function start() {
  show(heading('app.title', 'app.lead'), note(t('app.demo'), 'warn'), ...await Promise.all(['android', 'ios'].map(offer)), note(t('app.next')));
}
start();
