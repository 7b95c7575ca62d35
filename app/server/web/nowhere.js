// Where an address leads nowhere: the ways on.
import { button, card, dress, h, show } from './dom.js';
import { t } from './text.js';

dress('nowhere.title');
show(h('h1', {}, t('nowhere.title')), card(h('p', {}, t('nowhere.lead')),
  h('p', { class: 'row' }, history.length > 1 ? button('nowhere.back', () => history.back(), 'main') : null, h('a', { href: '/console' }, t('nowhere.console')))));
