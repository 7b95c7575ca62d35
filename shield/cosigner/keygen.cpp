// Activation: KG1 to KG4 for both keys (PROTOCOL 4.2, R4, R5), and the encrypt key's proof.
#include "shield/cosigner/sealing.h"
#include "shield/base/stack.h"
#include "shield/cosigner/shares.h"
#include "shield/cosigner/state.h"
#include "shield/crypto/sm3.h"

namespace hufu::cosigner {

namespace {

namespace keygen = threshold::keygen;
namespace frost = threshold::frost;

// A device whose sign key never proved itself may begin anew.
Result<void> checkUnproved(const KeyRow &sign)
{
    if (sign.state == KeyState::pending) return {};
    return Error(Errc::badState, "the device exists");
}

const ByteArray<65> &pointOf(const threshold::SharedKey &key)
{
    return key.p().bytes();
}

const ByteArray<32> &pointOf(const frost::SharedKey &key)
{
    return key.y().bytes();
}

template <typename Accepted> Result<KeyRow> keyRowOf(const Ports &ports, KeyType type, const Accepted &accepted,
                                                      const ByteArray<8> &mark)
{
    KeyRow row;
    row.acct = accepted.key.acct();
    row.type = type;
    row.point = pointOf(accepted.key);
    HUFU_TRY(sealed, sealShare(ports, accepted.share, accepted.key, mark));
    row.sealedShare = std::move(sealed);
    return row;
}

// The rows of a new device, and all that stands or falls with them, to be committed.
template <typename SignAccepted>
Result<Change> prepared(const Ports &ports, DeviceRecord &record, const SignAccepted &sign,
                        const keygen::ServerAccepted &encrypt, const CommitPart &onCommit)
{
    HUFU_TRY(signRow, keyRowOf(ports, KeyType::sign, sign, record.row.mark));
    HUFU_TRY(encryptRow, keyRowOf(ports, KeyType::encrypt, encrypt, record.row.mark));
    record.sign = std::move(signRow);
    record.encrypt = std::move(encryptRow);

    HUFU_TRY(change, Change::begin(ports));
    auto old = change.device(record.acct);
    if (!old && old.error().code != Errc::notFound) return old.error();
    if (old) {
        HUFU_CHECK(checkUnproved(old->sign));
        HUFU_CHECK(change.remove(*old));
        change.retire(epochKeyOf(*old, old->row.epoch));
    }
    HUFU_TRY(restoreEpoch, change.number(kRestoreEpochName));
    record.row.adoptedIn = restoreEpoch; // no backup is older than this device
    HUFU_CHECK(change.put(record));
    HUFU_CHECK(change.tell(noticeOf(Notice::Kind::activated, record.acct)));
    if (onCommit) HUFU_CHECK(onCommit(change.transaction()));
    return std::move(change);
}

} // namespace

// answerSign: KG1 -> KG2 of the sign key, by its suite.
template <typename Kg2, typename Answer>
Result<Kg2> Conversation::startAs(wire::Activate activate, const Answer &answerSign)
{
    const StackWiper wiper;
    m_state->keygen.reset();
    if (m_acct && *m_acct != activate.acct) return Error(Errc::badState, "a connection speaks for one device");
    auto device = readDevice(m_core.ports.ledger, activate.acct);
    if (!device && device.error().code != Errc::notFound) return device.error();
    if (device) {
        HUFU_TRY(bytes, m_core.ports.ledger.read(ports::Table::deviceKey, device->signKeyId));
        if (!bytes) return Error(Errc::internal, "a key of the device is missing");
        HUFU_TRY(sign, parseRow<KeyRow>(*bytes));
        HUFU_CHECK(checkUnproved(sign));
    }
    HUFU_TRY(sign, answerSign(activate));
    HUFU_TRY(encrypt, keygen::serverAnswer(activate.kg1Encrypt, KeyType::encrypt, activate.acct, m_core.ports.random));
    Kg2 kg2;
    kg2.sign = sign.kg2;
    kg2.encrypt = encrypt.kg2;
    m_state->keygen.emplace(
        State::Keygen{activate.acct, std::move(activate.kDev), std::move(sign.state), std::move(encrypt.state)});
    return kg2;
}

Result<wire::Kg2> Conversation::keygenStart(wire::Activate activate)
{
    return startAs<wire::Kg2>(std::move(activate), [this](const wire::Activate &from) {
        return keygen::serverAnswer(from.kg1Sign, KeyType::sign, from.acct, m_core.ports.random);
    });
}

Result<wire::FrostKg2> Conversation::frostKeygenStart(wire::Activate activate)
{
    return startAs<wire::FrostKg2>(std::move(activate), [this](const wire::Activate &from) {
        return frost::keygen::serverAnswer(from.kg1Sign, from.acct, m_core.ports.random);
    });
}

template <typename Started, typename Kg3>
Result<wire::Kg4> Conversation::finishAs(const Kg3 &kg3, const CommitPart &onCommit)
{
    const StackWiper wiper;
    if (!m_state->keygen) return Error(Errc::badState, "no key generation stands open");
    State::Keygen started = std::move(*m_state->keygen);
    m_state->keygen.reset();
    auto *startedSign = std::get_if<Started>(&started.sign);
    if (!startedSign) return Error(Errc::tampered, "KG3 of another suite");
    HUFU_TRY(sign, serverAccept(std::move(*startedSign), kg3.sign)); // of the suite of Started
    HUFU_TRY(encrypt, keygen::serverAccept(std::move(started.encrypt), kg3.encrypt));

    DeviceRecord record;
    record.acct = started.acct;
    record.row.chain.n = m_core.ports.random.bytes<32>("n");
    record.row.signKeyId = sign.key.keyId();
    record.row.encryptKeyId = encrypt.key.keyId();
    HUFU_TRY(sealedKDev, sealKDev(m_core.ports.masterKey, started.kDev, started.acct));
    record.row.sealedKDev = std::move(sealedKDev);

    // The lock from here on: a sweep must not take the new key for a leftover.
    const auto guard = m_core.lockDevice(started.acct);
    HUFU_TRY(mark, makeEpochKey(m_core.ports, started.acct, record.row.epoch));
    record.row.mark = mark;
    auto change = prepared(m_core.ports, record, sign, encrypt, onCommit);
    if (!change) { // a commit that fails may yet have happened; what fails before it has not
        static_cast<void>(m_core.ports.epochKeys.destroy(epochKeyOf(record, record.row.epoch)));
        return change.error();
    }
    HUFU_CHECK(change->commit(step::kActivate));

    m_core.endDevice(started.acct);
    m_acct = started.acct;
    wire::Kg4 kg4;
    kg4.ctr = record.row.chain.ctr;
    kg4.n = record.row.chain.n;
    const auto mac = [&](const ByteArray<32> &keyId) {
        return crypto::hmacSm3(started.kDev.expose(), wire::kg4MacInput(keyId, kg4.n, kg4.ctr));
    };
    kg4.macSign = mac(record.row.signKeyId);
    kg4.macEncrypt = mac(record.row.encryptKeyId);
    return kg4;
}

Result<wire::Kg4> Conversation::keygenFinish(const wire::Kg3 &kg3, const CommitPart &onCommit)
{
    return finishAs<keygen::ServerStarted>(kg3, onCommit);
}

Result<wire::Kg4> Conversation::keygenFinish(const wire::FrostKg3 &kg3, const CommitPart &onCommit)
{
    return finishAs<frost::keygen::ServerStarted>(kg3, onCommit);
}

Result<void> Conversation::probeAnswer(const wire::ProbeAnswer &answer, const CommitPart &onCommit)
{
    HUFU_CHECK(verifyMac(answer));
    const auto probe = std::exchange(m_state->probe, std::nullopt);
    if (!probe) return Error(Errc::badState, "no probe stands open");
    if (probe->sid != answer.sid || probe->sm3 != answer.sm3) return Error(Errc::tampered, "the probe was not opened");

    const auto guard = m_core.lockDevice(answer.acct);
    HUFU_TRY(change, Change::begin(m_core.ports));
    HUFU_TRY(record, change.device(answer.acct));
    if (record.encrypt.state != KeyState::pending) return Error(Errc::badState, "the key is proved already");
    record.encrypt.state = KeyState::active;
    HUFU_CHECK(change.put(record));
    Notice notice;
    notice.kind = Notice::Kind::encryptKeyActive;
    notice.acct = answer.acct;
    notice.sid = answer.sid;
    notice.keyId = record.row.encryptKeyId;
    notice.op = intent::Op::decrypt;
    HUFU_CHECK(change.tell(notice));
    if (onCommit) HUFU_CHECK(onCommit(change.transaction()));
    return change.commit(step::kProbe);
}

} // namespace hufu::cosigner
