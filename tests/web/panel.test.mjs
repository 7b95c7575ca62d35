// The tester's panel beside a desk, as hufu sim --panel opens it: each thing that a tester does to phone and world by its button.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startSim } from './emulator.mjs';
import { startBrowser } from './server.mjs';

const kLongMs = 150_000;
let sim, browser, panel, phone, said = '3';
before(async () => {
  [sim, browser] = await Promise.all([startSim(), startBrowser()]);
  panel = await (await browser.newContext({ locale: 'en', viewport: { width: 1280, height: 900 } })).newPage();
  panel.on('dialog', (dialog) => dialog.accept(said));
  await panel.goto(sim.panel);
  await panel.locator('#groups button').first().waitFor();
});
after(async () => { await Promise.all([sim?.stop(), browser?.close()]); });

async function press(id) {
  const button = panel.locator(`#${id}`), label = await button.textContent();
  await button.click({ timeout: kLongMs });
  await panel.locator('#said', { hasText: new RegExp(`^Done: ${label}$|^${label}: `) }).waitFor({ timeout: kLongMs });
  const text = await panel.locator('#said').textContent();
  assert.equal(text, `Done: ${label}`);
}
async function make(person, how) {
  await panel.getByRole('combobox').first().selectOption(person);
  await press(how);
  const phones = await sim.phones();
  return phones.find(({ seen }) => seen.person.phoneNumber === person);
}
async function isTold(code) {
  await phone.waitPage('error');
  assert.equal(await phone.read('errorCode'), code);
  await phone.act({ do: 'click', name: 'errorClose' });
}
async function asks() {
  await press('deskLogIn');
  await press('cameraDesk');
}

test('panel_aDeskEnrolledAndUsed_isAtWork', async () => {
  phone = await make('13900139001', 'create');
  await press('deskEnrol');
  await press('cameraDesk');
  await press('approve');
  await phone.play([{ expect: { desk: 'enrolled', is: true } }, { desk: { do: 'click', name: 'outcomeDone' } }]);
  await asks();
  await press('approve');
  await phone.play([{ expect: { desk: 'state', is: 'done' } }]);
});

test('panel_staleAndForeignFrame_areRefused', async () => {
  await press('deskLogIn');
  await press('stale');
  await isTold('HF-201');
  await press('foreign');
  await isTold('HF-206');
});

test('panel_wrongPinsSoManyTimes_lockThePhoneUntilTheClockJumps', async () => {
  said = '3';
  await press('wrongPins');
  await phone.waitPage('locked');
  assert.equal((await phone.look()).device.failuresInARow, 3);
  await press('jump1');
  await phone.act({ do: 'click', name: 'lockedClose' });
  await asks();
  await press('approve');
  assert.equal((await phone.look()).device.failuresInARow, 0);
});

test('panel_wrongPinsNoNumber_areNotTyped', async () => {
  said = '31';
  await assert.rejects(press('wrongPins'));
  assert.equal((await phone.look()).device.failuresInARow, 0);
});

test('panel_storageFull_isToldAndNothingCounts', async () => {
  await press('deskLogIn');
  await press('fill');
  await press('cameraDesk');
  await isTold('HF-504');
  await press('free');
  await asks();
  await phone.waitPage('approve');
  await phone.act({ do: 'click', name: 'approveYes' });
  await phone.waitPage('pinPad');
  await press('serverFill');
  await press('rightPin');
  await phone.waitPage('error', 60_000);
  await press('serverFree');
  assert.equal((await phone.look()).device.failuresInARow, 0);
  await phone.act({ do: 'click', name: 'errorClose' });
});

test('panel_certificateThatEnds_isThatPhonesAlone', async () => {
  const { aheadMs } = await sim.clock();
  const left = async (one) => Math.max(...(await one.look()).device.certificates.map(({ notAfterMs }) => notAfterMs)) - (await sim.clock()).unixMs;
  const tomorrow = await make('13900139002', 'tomorrow');
  assert.ok(await left(tomorrow) > 0 && await left(tomorrow) <= 86_400_000);
  const ended = await make('13900139003', 'expired');
  assert.ok(await left(ended) <= 0);
  assert.ok(await left(phone) > 364 * 86_400_000);
  assert.equal((await sim.clock()).aheadMs, aheadMs);
  for (const one of [tomorrow, ended]) await one.remove();
  await panel.getByRole('button', { name: /13900139001/ }).click();
});

const nextRequest = async () => {
  await asks();
  await phone.waitPage('approve', 20_000);
};
const toThePin = async () => {
  await phone.act({ do: 'click', name: 'approveYes' });
  await phone.waitPage('pinPad');
};
const isSigned = async () => {
  await phone.waitPage('result', 60_000);
  await phone.act({ do: 'click', name: 'resultDone' });
  await phone.play([{ expect: { desk: 'state', is: 'done' } }]);
  assert.equal((await phone.look()).device.failuresInARow, 0);
};

test('panel_networkCutSlowLosingAndGarbling_isWaitedFor', async () => {
  await nextRequest();
  await toThePin();
  await press('netCut');
  await press('rightPin');
  await assert.rejects(phone.waitPage('result', 8000));
  await press('netGood');
  await phone.waitPage('pinPad', 20_000); // nothing had left the phone: it is typed again
  await press('rightPin');
  await isSigned();
  await nextRequest();
  await toThePin();
  await press('netSlow');
  await press('rightPin');
  assert.equal(await phone.page(), 'working'); // one message takes 3 s
  await isSigned();
  await press('netGood');
  for (const noise of ['netLose', 'netGarble']) {
    await nextRequest();
    await toThePin();
    await press(noise);
    await press('rightPin');
    await isSigned();
  }
});

test('panel_serverPausedKilledAndBack_isWaitedFor', async () => {
  const now = (text) => panel.locator('#now', { hasText: text }).waitFor({ timeout: kLongMs });
  await nextRequest();
  await toThePin();
  await press('serverPause');
  await press('rightPin');
  await now('The server does not answer.');
  assert.notEqual(await phone.page(), 'result');
  await press('serverResume');
  const ended = await Promise.any(['result', 'pinPad'].map((page) => phone.waitPage(page, 60_000).then(() => page))); // by how far it had come
  if (ended === 'pinPad') await press('rightPin');
  await isSigned();
  await now('Virtual clock');
  await press('serverKill');
  await now('The server does not answer.');
  await press('serverStart');
  await now('Virtual clock');
  await nextRequest();
  await press('notMine');
  await phone.play([{ expect: { desk: 'code', is: 'HF-209' } }]);
});

// A desk that is closed ends the simulation; one that is killed does not.
test('panel_deskKilledAndStarted_isEnrolledAsBefore', async () => {
  await press('deskKill');
  await assert.rejects(press('deskLogIn'));
  await press('deskStart');
  await phone.play([{ expect: { desk: 'enrolled', is: true } }]);
  await nextRequest();
  await press('approve');
  await phone.play([{ expect: { desk: 'state', is: 'done' } }]);
});

test('panel_seatEndedAndRenewed_isToldAndGoesOn', async () => {
  await press('seatOver');
  await asks();
  await isTold('HF-409');
  await press('seatGood');
  await nextRequest();
  await press('refuse');
});

test('panel_pinPage_isOnNoPictureAndCoveredFromARecorder', async () => {
  const isBlack = async () => (await phone.picture()).size < 8000 && (await phone.screen()).blank;
  await nextRequest();
  assert.deepEqual(await phone.screen(), { forbids: false, blank: false, recorded: false });
  await toThePin();
  await panel.getByText('This page forbids pictures; for tests').waitFor();
  await press('picturesForbidden');
  await panel.getByText('This page forbids pictures: the picture is blank').waitFor();
  assert.ok(await isBlack());
  await press('picturesAllowed');
  assert.ok(!await isBlack());
  await press('recorderOn');
  await assert.rejects(phone.act({ do: 'click', name: 'pinKey7' }));
  await press('recorderOff');
  await press('rightPin');
  await isSigned();
});

test('panel_whoIsBeforeTheCamera_decidesTheFaceCheck', async () => {
  const used = phone, click = (name) => ({ phone: { do: 'click', name } }), shows = (page) => ({ expect: { phone: 'page', is: page } });
  phone = await make('13900139011', 'createNew');
  await phone.play([click('welcomeStart'), shows('phoneNumber'), { phone: { do: 'type', name: 'phoneNumberField', text: '13900139011' } }, click('phoneNumberNext'),
    shows('agreements'), click('agreementsAll'), click('agreementsNext'), shows('identity'), { sms: 'type' }]);
  const ready = { expect: { phone: 'enabled', of: 'identityNext', is: true } };
  for (const seen of ['cameraPhoto', 'cameraOther']) {
    await press(seen);
    await phone.play([click('identityNext'), { expect: { phone: 'code', of: 'problem', is: 405 } }, ready, shows('identity')]);
  }
  await press('cameraLive');
  await phone.play([click('identityNext'), shows('pinChoose')]);
  await phone.remove();
  phone = used;
  await panel.getByRole('button', { name: /13900139001/ }).click();
});

test('panel_finger_standsForThePinOrDoesNot', async () => {
  const click = (name) => ({ phone: { do: 'click', name } }), shows = (page) => ({ expect: { phone: 'page', is: page } });
  await phone.play([click('homeCentre'), shows('centre'), click('centreShields'), shows('shields'), click('shieldMore0'), shows('shield'), click('shieldFingers'), click('shieldSave'), shows('shields'), click('shield0'), shows('home')]);
  await nextRequest();
  await press('approve'); // the PIN that is typed here is kept
  const isNot = [{ expect: { phone: 'visible', of: 'pinFinger', is: true } }];
  await nextRequest();
  await toThePin();
  await press('fingerRefused');
  await phone.play([click('pinUseFinger'), ...isNot]);
  await press('fingerSeen');
  await phone.play([click('pinUseFinger')]);
  await isSigned();
  await nextRequest();
  await toThePin();
  await press('fingerChanged');
  await phone.play([click('pinUseFinger'), ...isNot]);
  await press('rightPin');
  await isSigned();
  await press('fingerAbsent');
  await nextRequest();
  await toThePin();
  await assert.rejects(phone.act({ do: 'click', name: 'pinUseFinger' }));
  await press('rightPin');
  await isSigned();
});

// The programs end for it; desk and phone with their windows are there again.
test('panel_stateSavedAndLoaded_isAsBeforeWithItsWindows', async () => {
  const isThere = async () => {
    assert.equal(await sim.phone('phone').page(), 'welcome');
    await sim.phone('phone').play([{ expect: { desk: 'page', is: 'status' } }, { expect: { desk: 'enrolled', is: true } }]);
  };
  said = 'a';
  await press('stateSave');
  await isThere();
  await panel.getByRole('button', { name: /13900139001/ }).click();
  await press('restart');
  await phone.waitPage('home');
  await press('freeze');
  assert.equal((await phone.look()).device.state, 'frozen');
  await press('stateLoad');
  await isThere();
  assert.equal((await phone.look()).device.state, 'active');
  await phone.power('start');
  await phone.waitPage('home');
  await panel.getByRole('button', { name: /13900139001/ }).click();
  await asks();
  await press('approve');
  await phone.play([{ expect: { desk: 'state', is: 'done' } }]);
});

test('panel_frozenUnfrozenAndRevoked_isTold', async () => {
  await press('freeze');
  await asks();
  await phone.waitPage('frozen');
  await press('unfreeze');
  assert.equal((await phone.look()).device.state, 'active');
  await press('restart');
  await phone.waitPage('home');
  await nextRequest();
  await press('refuse');
  await press('revoke');
  await asks();
  await isTold('HF-601');
});

// As the README starts it, without a language: what ends and starts again for a saved state is desk and phone, not the simulation.
test('sim_withoutALanguage_outlivesASavedState', async () => {
  const other = await startSim([]);
  try {
    await other.save('a');
    assert.equal(await other.phone('phone').page(), 'welcome');
    await other.phone('phone').play([{ expect: { desk: 'page', is: 'status' } }]);
    await other.load('a');
    assert.equal(await other.phone('phone').page(), 'welcome');
  } finally {
    await other.stop();
  }
});
