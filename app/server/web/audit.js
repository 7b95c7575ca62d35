// The audit log: the newest records first, or those that are looked for; and all of it as a file.
import { get, pages, saveFile } from './access.js';
import { actButton, button, card, field, form, h, heading, longTable, show } from './dom.js';
import { t } from './text.js';

const kKinds = ['acts', 'bids', 'shields', 'certificates', 'computers', 'staff', 'administrators', 'logIns', 'grants', 'seals', 'sealGrants', 'policy', 'licences', 'application', 'authentication'];
let search = {}; // as it stands in the form

// A day of the person's own zone, in milliseconds.
const dayMs = (text, later = 0) => {
  const [year, month, date] = text.split('-').map(Number);
  return new Date(year, month - 1, date + later).getTime();
};

function queryOf({ kind, person, from, until }) {
  const query = new URLSearchParams({ order: 'newest' });
  if (kind) query.set('kind', kind);
  if (person) query.set('person', person);
  if (from) query.set('from', dayMs(from));
  if (until) query.set('until', dayMs(until, 1));
  return query;
}

// Rows, a page of the server's at a time. Where it has looked at many records and found none, it is asked on.
function reader(query) {
  let before = null;
  return async () => {
    const rows = [];
    do {
      if (before !== null) query.set('before', before);
      const log = await get(`/console/v1/audit?${query}`);
      const names = new Map(log.people.map(({ id, name }) => [id, name]));
      const abouts = new Map(log.abouts.map((about) => [about.sequence, about]));
      rows.push(...log.records.map((record) => rowOf(record, names, abouts.get(record.sequence))));
      before = log.next;
    } while (rows.length === 0 && before !== null);
    return { rows, isLast: before === null };
  };
}

function byOf(record, names) {
  const name = names.get(record.who);
  if (record.by === 'person') return name || t('auditBy.unsaid');
  return t(`auditBy.${record.by}`, { name: name || t('audit.somebody') });
}

// Which platform asked, and for what project.
function aboutOf(about) {
  if (!about) return null;
  const project = [about.projectName, about.project, about.package].filter(Boolean).join(' · ');
  return [about.platform ? h('div', { class: 'soft small' }, t('audit.platform', { platform: about.platform })) : null, project ? h('div', { class: 'soft small' }, t('audit.project', { project })) : null];
}

function rowOf(record, names, about) {
  const event = record.act === null ? t(`auditEvent.${record.event}`) : t('audit.acted', { event: t(`auditEvent.${record.event}`), act: t(`auditEvent.${record.act}`) });
  return [{ money: String(record.sequence) }, { time: record.timeMs }, h('div', {}, event, aboutOf(about)), byOf(record, names), names.get(record.subject) || '',
    h('span', { class: 'code' }, record.sm3.slice(0, 16))];
}

async function save() {
  const lines = [];
  let log = null;
  do {
    log = await get(log === null ? '/console/v1/audit' : `/console/v1/audit?after=${log.next}`);
    lines.push(...log.records);
  } while (log.next !== null);
  const text = [{ chain: log.chain, head: log.head }, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('');
  const link = h('a', { href: URL.createObjectURL(new Blob([text])), download: `hufu-audit-${log.head.sequence}.jsonl` });
  link.click();
  URL.revokeObjectURL(link.href);
}

// What the company's people have confirmed, each with its file.
async function confirmations() {
  const path = '/console/v1/confirmations';
  const rowsOf = ({ confirmations: list }) => list.map((one) => [{ time: one.timeMs }, t(`matter.${one.matter}`), one.person.name, t(`confirmed.${one.by}`),
    actButton('confirmation.save', () => saveFile('GET', `${path}/${one.id}`))]);
  const first = await get(path);
  return card(h('h2', {}, t('confirmations.title')), h('p', { class: 'soft' }, t('confirmations.lead')),
    longTable(['audit.time', 'confirmations.what', 'audit.by', 'confirmations.by', ''], rowsOf(first), 'confirmations.none', pages(path, first.next, rowsOf)));
}

export async function auditPage({ me, isFresh, again }) {
  if (isFresh) search = {};
  const next = reader(queryOf(search));
  const { rows, isLast } = await next();
  const isSearch = Object.values(search).some(Boolean);
  const looking = form([h('div', { class: 'pair' },
    field({ name: 'kind', label: t('audit.kind'), type: 'select', options: [['', t('audit.kind.all')], ...kKinds.map((kind) => [kind, t(`auditKind.${kind}`)])], value: search.kind || '' }),
    field({ name: 'person', label: t('audit.person'), value: search.person })), h('div', { class: 'pair' },
    field({ name: 'from', label: t('audit.from'), type: 'date', value: search.from }), field({ name: 'until', label: t('audit.until'), type: 'date', value: search.until }))], 'audit.find', async (values) => {
    search = values;
    again();
  });
  show(heading('audit.title', 'audit.lead'), h('p', {}, actButton('audit.save', save, 'main')),
    card(h('h2', {}, t('audit.search')), looking, isSearch ? h('p', { class: 'row' }, button('audit.all', () => { search = {}; again(); })) : null),
    // Above the log, which is long; left out beside what is looked for.
    isSearch || !me.person.roles.includes('administrator') ? null : await confirmations(),
    card(longTable(['>audit.number', 'audit.time', 'audit.event', 'audit.by', 'audit.about', 'audit.hash'], rows, isSearch ? 'list.nothing' : 'audit.none', isLast ? null : next)));
}
