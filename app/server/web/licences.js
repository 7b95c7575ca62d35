// 购买招采云证书: order, payment, invoice, seats by expiry, wallet. Every order, a renewal or a top-up too, is placed with the tick
// under an agreement that can be read there.
import { all, get, newKey, pages, post } from './access.js';
import { actButton, agreement, bring, button, card, facts, field, form, h, heading, longTable, narrow, note, qr, refuse, searchTable, show, tag } from './dom.js';
import { centsOf, day, minute, money, t } from './text.js';

let open = null; // the order that is shown
let renewed = null; // the seat whose renewal is being ordered
let draftKey = newKey(); // of the order that is being made: pressed twice, it is one order

export async function licencesPage(context) {
  const { me } = context;
  const top = heading('licences.title', 'licences.lead');
  if (!me.company.verified) return show(top, note(t('licences.unverified'), 'warn'));
  if (context.isFresh) open = renewed = null;
  if (open) return showOrder(context, top);
  const [orders, seats, wallet, staff, agreements] = await Promise.all([all('/console/v1/orders', 'orders'), all('/console/v1/seats', 'seats'), get('/console/v1/wallet'), all('/console/v1/staff', 'staff'), inForce()]);
  const people = new Map(staff.map((one) => [one.id, one.name]));
  const name = (id) => people.get(id) || t('seat.nobody');
  const orderRow = (order) => [{ time: order.madeMs }, t(`order.${order.kind}`), { money: order.kind === 'topUp' ? '' : String(order.quantity) }, { money: money(order.totalCents) },
    tag(t(`orderState.${order.state}`), { paid: 'good', open: 'warn' }[order.state]), h('button', { type: 'button', class: 'plain', onclick: () => { open = order.id; context.again(); } }, t('order.show'))];
  const orderWords = (order) => [t(`order.${order.kind}`), money(order.totalCents), t(`orderState.${order.state}`), minute(order.madeMs)].join(' ');
  const holder = (seat) => (seat.person ? name(seat.person) : t('seat.free'));
  const seatRow = (seat) => [seat.person ? name(seat.person) : tag(t('seat.free'), 'good'), seat.over ? tag(t('seat.over'), 'bad') : day(seat.validUntilMs), { money: String(seat.changesLeft) },
    seat.endsBeforeOpening ? tag(t('seat.endsBeforeOpening'), 'bad') : '', button('seat.renew', () => { renewed = seat.id; context.again(); })];
  const seatWords = (seat) => [holder(seat), seat.over ? t('seat.over') : day(seat.validUntilMs)].join(' ');
  const walletRow = (entry) => [{ time: entry.timeMs }, t(`wallet.${entry.reason}`), { money: money(entry.cents) }, { money: money(entry.balanceCents) }];
  const seat = seats.find((one) => one.id === renewed);
  const ordering = seat ? renewPart(context, seat, holder(seat), agreements) : buyPart(context, agreements);
  show(top, ordering, card(h('h2', {}, t('licences.seats')), searchTable(['seat.holder', 'seat.until', '>seat.changes', '', ''], seats, seatRow, seatWords, 'licences.noSeats', context.isFresh)),
    card(h('h2', {}, t('licences.orders')), searchTable(['order.time', 'order.kind', '>order.quantity', '>order.total', 'state', ''], orders, orderRow, orderWords, 'licences.noOrders', context.isFresh)),
    card(h('h2', {}, t('licences.wallet', { balance: money(wallet.balanceCents) })), topUpPart(context, agreements), longTable(['order.time', 'wallet.reason', '>wallet.cents', '>wallet.balance'], wallet.entries.map(walletRow), 'licences.noEntries',
      pages('/console/v1/wallet', wallet.next, ({ entries }) => entries.map(walletRow)))));
  if (seat) bring(ordering);
}

// The agreement, its text, and the tick. As it is in force: the server tells its version with a price.
const agreed = (agreements) => [agreements.map(agreement),
  field({ name: 'agreed', type: 'checkbox', label: t('order.agree'), required: true })];
const inForce = async () => (await post('/console/v1/price', { quantity: 1, years: 1 })).agreements;

const term = (years) => t(years === 1 ? 'order.year' : 'order.yearsOf', { years });

const order = (me, request, key) => post('/console/v1/orders', { idempotencyKey: key, buyerName: me.company.name, buyerCode: me.company.creditCode, ...request });

async function place({ me, again }, request) {
  const placed = await order(me, request, draftKey);
  draftKey = newKey();
  open = placed.id;
  again();
}

function buyPart(context, agreements) {
  const { me } = context;
  const sum = h('div', { 'aria-live': 'polite' });
  const price = async (element) => {
    const { quantity, years } = Object.fromEntries(new FormData(element));
    try {
      const told = await post('/console/v1/price', { quantity: Number(quantity), years: Number(years) });
      sum.replaceChildren(facts([['price.unit', money(told.unitCents)], ['price.discount', money(-told.discountCents)], ['price.total', h('span', { class: 'total' }, money(told.totalCents))]], 'sum'));
    } catch {
      sum.replaceChildren();
    }
  };
  const element = form([
    facts([['order.product', t('order.product.name')], ['order.buyer', me.company.name], ['company.code', me.company.creditCode]]),
    h('div', { class: 'pair' }, field({ name: 'quantity', label: t('order.quantity'), type: 'number', min: 1, max: 500, value: '1', required: true, hint: t('order.quantity.hint') }),
      field({ name: 'years', label: t('order.years'), type: 'select', options: ['1', '2', '3'].map((years) => [years, term(Number(years))]) })),
    sum, agreed(agreements),
  ], 'order.place', (values) => place(context, { kind: 'seats', quantity: Number(values.quantity), years: Number(values.years), agreements }), { 'HF-743': ['quantity'] });
  element.addEventListener('input', () => { draftKey = newKey(); price(element); });
  price(element);
  return narrow(h('h2', {}, t('licences.buy')), element);
}

// As the server counts: by Beijing's calendar, from the end of the term, or from now if that is over. Unix milliseconds.
function newEnd(seat, nowMs, years) {
  const beijingMs = 8 * 3600000;
  const end = new Date((seat.over ? nowMs : seat.validUntilMs) + beijingMs);
  end.setUTCFullYear(end.getUTCFullYear() + years);
  return end.getTime() - beijingMs;
}

// From its end on, for years: until when then, and what it costs, before there is an order.
function renewPart(context, seat, holder, agreements) {
  const { me } = context;
  const then = h('div', { 'aria-live': 'polite' });
  const tell = async (element) => {
    const years = Number(new FormData(element).get('years'));
    const until = [facts([['seat.newEnd', day(newEnd(seat, me.nowMs, years))]]), h('p', { class: 'hint' }, t(seat.over ? 'seat.newEnd.over' : 'seat.newEnd.hint'))];
    try {
      const { totalCents } = await post('/console/v1/price', { quantity: 1, years });
      if (Number(new FormData(element).get('years')) !== years) return; // chosen anew meanwhile
      then.replaceChildren(...until, facts([['price.total', h('span', { class: 'total' }, money(totalCents))]], 'sum'));
    } catch {
      then.replaceChildren(...until);
    }
  };
  const element = form([
    facts([['seat.holder', holder], ['seat.until', seat.over ? tag(t('seat.over'), 'bad') : day(seat.validUntilMs)]]),
    field({ name: 'years', label: t('order.years'), type: 'select', options: ['1', '2', '3'].map((years) => [years, term(Number(years))]) }), then, agreed(agreements),
  ], 'order.place', async ({ years }) => {
    await place(context, { kind: 'renewal', seats: [seat.id], years: Number(years), agreements });
    renewed = null;
  });
  element.addEventListener('change', ({ target }) => { if (target.name === 'years') tell(element); });
  tell(element);
  return narrow(h('h2', {}, t('seat.renewal')), element, h('p', {}, button('cancel', () => { renewed = null; context.again(); })));
}

function topUpPart(context, agreements) {
  return form([field({ name: 'amount', label: t('wallet.topUp'), inputmode: 'decimal', required: true, hint: t('wallet.topUp.hint') }), agreed(agreements)], 'wallet.topUp.go', async ({ amount }, element) => {
    const cents = centsOf(amount);
    if (!cents) {
      refuse(element, 'amount', t('remittance.noAmount'));
      return;
    }
    await place(context, { kind: 'topUp', topUpCents: cents, agreements });
  }, { 'HF-743': ['amount'] });
}

async function showOrder({ again }, top) {
  const path = `/console/v1/orders/${open}`;
  const [one, wallet] = await Promise.all([get(path), get('/console/v1/wallet')]);
  const place = h('div', { 'aria-live': 'polite' });
  const known = (pairs) => pairs.filter(([, value]) => value);
  const about = facts(known([['order.number', h('span', { class: 'code' }, one.number)], ['order.kind', t(`order.${one.kind}`)], ['order.product', one.kind === 'topUp' ? '' : t('order.product.name')],
    ['order.buyer', one.buyerName], ['company.code', one.buyerCode], ['order.quantity', one.kind === 'topUp' ? '' : String(one.quantity)], ['order.years', one.kind === 'topUp' ? '' : term(one.years)],
    ['order.time', minute(one.madeMs)], ['state', t(`orderState.${one.state}`)], ['order.paidAt', one.paidMs ? minute(one.paidMs) : '']]));
  const total = facts([...(one.kind === 'topUp' ? [] : [['price.unit', money(one.unitCents)], ['price.discount', money(-one.discountCents)]]), [one.state === 'open' ? 'price.total' : 'order.total', h('span', { class: 'total' }, money(one.totalCents))]], 'sum');
  const back = h('button', { type: 'button', onclick: () => { open = null; again(); } }, t('order.back'));
  const pay = one.state !== 'open' ? null : [otherPayment(one, wallet), note(t('order.expires', { time: minute(one.expiresMs) })), h('p', { class: 'row' },
    actButton('order.pay', async () => {
      const { address } = await post(`${path}/payment`);
      const told = h('div', {});
      const look = async () => {
        const [{ state }, now] = await Promise.all([get(path), get('/console/v1/wallet')]);
        if (state !== 'open' || now.balanceCents !== wallet.balanceCents) return again(); // paid, or in another amount into the balance
        told.replaceChildren(note(t('order.notYet'), 'warn'));
      };
      place.replaceChildren(h('p', {}, t('order.scan')), await qr(address, 'order.qr'), h('p', { class: 'row' },
        h('a', { class: 'button', href: address, target: '_blank', rel: 'noopener' }, t('order.cashier')), actButton('order.paid', look, 'main')), told);
    }, 'main'),
    one.kind === 'topUp' || wallet.balanceCents < one.totalCents ? null : actButton('order.balance', async () => { await post(`${path}/balance`); again(); }),
    actButton('order.cancel', async () => { await post(`${path}/cancel`); again(); })),
  one.kind === 'topUp' ? null : h('p', { class: 'hint' }, t(wallet.balanceCents < one.totalCents ? 'order.balance.short' : 'order.balance.of', { balance: money(wallet.balanceCents) })), place];
  const paid = one.state !== 'paid' ? null : [note(t('order.success'), 'good'),
    h('p', { class: 'row' }, one.kind === 'topUp' ? null : h('a', { class: 'button main', href: '#/seals', onclick: () => { open = null; } }, t('order.use')), h('button', { type: 'button', onclick: () => { open = null; again(); } }, t('order.more'))),
    one.invoice ? invoiceFacts(one.invoice) : one.kind === 'topUp' ? h('p', { class: 'hint' }, t('invoice.ofWhatIsBought')) : invoicePart(path, again)];
  show(top, narrow(about, total, pay, paid, h('p', {}, back)));
}

// What was paid for an order that is open all the same, and what to do with it: nobody is to pay twice.
function otherPayment(one, { balanceCents, entries }) {
  const cents = entries.filter((entry) => entry.reason === 'leftOver' && entry.order === one.id).reduce((sum, entry) => sum + entry.cents, 0);
  if (cents === 0) return null;
  const next = one.kind === 'topUp' ? 'order.other.topUp' : balanceCents < one.totalCents ? 'order.other.short' : 'order.other.pay';
  return note(`${t('order.other', { sum: money(cents), balance: money(balanceCents) })} ${t(next)}`, 'warn');
}

// What was asked for, to be looked at again.
const invoiceFacts = (invoice) => [note(t('invoice.asked')), facts([['invoice.kind', t(invoice.special ? 'invoice.special' : 'invoice.kind.plain')], ['invoice.title', invoice.title], ['invoice.taxCode', invoice.taxCode],
  ['invoice.mail', invoice.mailMasked], ...(invoice.bank ? [['invoice.bank', invoice.bank], ['invoice.account', invoice.accountMasked]] : [])])];

function invoicePart(path, again) {
  return h('details', {}, h('summary', {}, t('invoice.ask')), form([
    field({ name: 'title', label: t('invoice.title'), required: true }), field({ name: 'taxCode', label: t('invoice.taxCode'), required: true, clean: 'code' }),
    field({ name: 'mail', label: t('invoice.mail'), type: 'email', required: true }), field({ name: 'special', type: 'checkbox', label: t('invoice.special') }),
    field({ name: 'bank', label: t('invoice.bank') }), field({ name: 'account', label: t('invoice.account'), inputmode: 'numeric', clean: 'digits' }),
  ], 'invoice.send', async (values) => { await post(`${path}/invoice`, { ...values, special: values.special === 'on' }); again(); }, { 'HF-746': ['taxCode', 'mail'] }));
}
