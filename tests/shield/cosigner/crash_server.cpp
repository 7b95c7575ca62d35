#include "tests/shield/cosigner/crash_server.h"

#include "platform/keyring/file_epoch_keys.h"
#include "platform/store/sqlite_ledger.h"
#include "shield/cosigner/rows.h"
#include "shield/cosigner/sealing.h"
#include "shield/wire/session.h"
#include "tests/shield/cosigner/rig.h"
#include "tests/support/freed_memory.h"

#include <csignal>
#include <map>
#include <cstdio>
#include <unistd.h>

namespace hufu::tests {

namespace {

class DyingHook final : public ports::FaultHook {
public:
    std::string armed;
    void at(const char *step) override
    {
        if (armed == step) ::kill(::getpid(), SIGKILL);
    }
};

bool readExactly(std::uint8_t *out, std::size_t size)
{
    return std::fread(out, 1, size, stdin) == size;
}

// Keeps draws from which the test knows what to look for.
class KeepingRandom final : public ports::Random {
public:
    std::map<std::string, Bytes, std::less<>> kept;
    void fill(std::span<std::uint8_t> out, std::string_view label) override
    {
        m_random.fill(out, label);
        if (label == "d2" || label == "e2") kept[std::string(label)] = bytesOf(out);
    }

private:
    ports::SystemRandom m_random;
};

class Server {
public:
    Server(ports::LedgerStore &ledger, ports::EpochKeys &epochKeys) : m_ledger(ledger), m_epochKeys(epochKeys) {}

    bool start(std::string armed, std::int64_t clockMs)
    {
        m_hook.armed = std::move(armed);
        m_clock.advance(clockMs);
        auto started = cosigner::Cosigner::start({m_ledger, m_masterKey, m_epochKeys, m_random, m_clock, &m_hook, {}, 0});
        if (!started) return false;
        m_cosigner = std::move(*started);
        return m_cosigner->sweepEpochKeys().has_value();
    }

    Bytes answer(Command command, ByteView content)
    {
        switch (command) {
        case Command::connect:
            m_connection = m_cosigner->connect();
            return wire::encode(*m_connection->greeting());
        case Command::message: return answerMessage(content);
        case Command::session: return beginSession(content);
        case Command::arm: m_hook.armed = textOf(content); return {};
        case Command::clock: m_clock.advance(static_cast<std::int64_t>(Reader(content).u64())); return {};
        case Command::view: return view().encode();
        case Command::outcome: return Bytes(1, (*m_ledger.read(ports::Table::session, content)).has_value() ? 1 : 0);
        case Command::keepCarelessCopies: return keepCopies();
        case Command::recovery: return bytesOf(hufu::viewOf(*m_cosigner->openRecovery(kCrashAcct)));
        case Command::epochKeys: {
            Writer out;
            const auto names = *m_epochKeys.list();
            for (const auto &name : names)
                out.u32(name.epoch);
            return out.take();
        }
        case Command::draws: return concat({m_random.kept["d2"], m_random.kept["e2"]});
        case Command::unfreeze: return Bytes(1, m_cosigner->unfreeze(kCrashAcct) ? 1 : 0);
        }
        return {};
    }

private:
    // What a careless program does: copies that nobody wipes.
    Bytes keepCopies()
    {
        static std::vector<Bytes> copies;
        const auto shares = sharesIn(m_ledger, m_masterKey, m_epochKeys);
        for (const auto &share : shares.sm2)
            copies.push_back(bytesOf(share.exposeU2().bytes()));
        if (shares.frost) copies.push_back(bytesOf(shares.frost->exposeS2().bytes()));
        // And one that goes back to the heap as it is.
        const auto freed = std::make_unique<ByteArray<32>>(shares.sm2.back().d2().bytes());
        return Bytes(1, static_cast<std::uint8_t>(copies.size()));
    }

    ServerView view()
    {
        ServerView view;
        const auto device = m_cosigner->device(kCrashAcct);
        if (!device) return view;
        view.known = true;
        view.run = device->lock.run;
        view.total = device->lock.total;
        view.epoch = device->epoch;
        view.standing = static_cast<std::uint8_t>(device->lock.standing);
        view.signState = static_cast<std::uint8_t>(device->sign.state);
        view.encryptState = static_cast<std::uint8_t>(device->encrypt.state);
        view.refreshPending = device->refreshPending;
        return view;
    }

    Bytes beginSession(ByteView content)
    {
        Reader in(content);
        const auto act = static_cast<intent::Act>(in.u8());
        const Bytes ciphertext = bytesOf(in.raw(in.left()));
        switch (act) {
        case intent::Act::csr: m_pending = csrPending(m_cosigner->device(kCrashAcct)->sign.point); break;
        case intent::Act::probe:
            m_pending = openPending(act, {ciphertext});
            m_pending.probeSm3 = crypto::sm3(probeSecret());
            break;
        case intent::Act::rehearseDecrypt: m_pending = openPending(act, {ciphertext}); break;
        case intent::Act::pinChange: m_pending = pinChangePending(); break;
        default: m_pending = rehearsalPending(); break;
        }
        m_pending.onCommit = [](ports::Transaction &transaction, const cosigner::Outcome &outcome) -> Result<void> {
            return transaction.write(ports::Table::session, outcome.sid, outcome.sid);
        };
        return {};
    }

    template <typename R> Bytes encoded(const Result<R> &result)
    {
        if (result) return wire::encode(*result);
        if (result.error().code == Errc::tampered) return {};
        wire::Failure failure;
        failure.errc = result.error().code;
        return wire::encode(failure);
    }
    template <typename... Answers> Bytes encoded(const Result<std::variant<Answers...>> &result)
    {
        if (!result) return encoded(Result<wire::Failure>(result.error()));
        return std::visit([](const auto &answer) { return wire::encode(answer); }, *result);
    }

    Bytes answerMessage(ByteView bytes)
    {
        const auto envelope = wire::Envelope::split(bytes);
        if (!envelope || !m_connection) return {};
        const ByteView body = envelope->body;
        switch (envelope->type) {
        case wire::Type::activate: {
            auto activate = *wire::Activate::parse(body);
            if (activate.kg1Sign[0] == wire::kSuiteFrost) return encoded(m_connection->frostKeygenStart(std::move(activate)));
            return encoded(m_connection->keygenStart(std::move(activate)));
        }
        case wire::Type::frostKg3: return encoded(m_connection->keygenFinish(*wire::FrostKg3::parse(body)));
        case wire::Type::frostSign: return encoded(m_connection->sign(*wire::FrostSign::parse(body)));
        case wire::Type::kg3: return encoded(m_connection->keygenFinish(*wire::Kg3::parse(body)));
        case wire::Type::hello: return encoded(m_connection->hello(*wire::Hello::parse(body), m_pending));
        case wire::Type::sign: return encoded(m_connection->sign(*wire::Sign::parse(body)));
        case wire::Type::dec1: return encoded(m_connection->decrypt(*wire::Dec1::parse(body)));
        case wire::Type::recover: return encoded(m_connection->recover(*wire::Recover::parse(body)));
        case wire::Type::ref1: return encoded(m_connection->refresh1(*wire::Ref1::parse(body)));
        case wire::Type::ref3: return encoded(m_connection->refresh3(*wire::Ref3::parse(body)));
        case wire::Type::resultQuery: return encoded(m_connection->resultQuery(*wire::ResultQuery::parse(body)));
        case wire::Type::probeAnswer: {
            const auto proved = m_connection->probeAnswer(*wire::ProbeAnswer::parse(body));
            if (!proved) return encoded(Result<wire::Failure>(proved.error()));
            return wire::encode(wire::Certificates{});
        }
        default: return {};
        }
    }

    ports::LedgerStore &m_ledger;
    ports::EpochKeys &m_epochKeys;
    TestMasterKey m_masterKey;
    KeepingRandom m_random;
    ManualClock m_clock;
    DyingHook m_hook;
    std::unique_ptr<cosigner::Cosigner> m_cosigner;
    std::unique_ptr<cosigner::Conversation> m_connection;
    cosigner::Pending m_pending;
};

} // namespace

StoredShares sharesIn(ports::LedgerStore &ledger, ports::MasterKey &masterKey, ports::EpochKeys &epochKeys)
{
    ports::SystemRandom random;
    ManualClock clock;
    const cosigner::Ports ports{ledger, masterKey, epochKeys, random, clock};
    StoredShares shares;
    const auto device = cosigner::DeviceRow::parse(**ledger.read(ports::Table::device, kCrashAcct));
    for (const auto &keyId : {device->signKeyId, device->encryptKeyId}) {
        const auto row = cosigner::KeyRow::parse(**ledger.read(ports::Table::deviceKey, keyId));
        if (row->point.suite() == crypto::Suite::frost) {
            const auto key = threshold::frost::SharedKey::of(row->point.bytes(), kCrashAcct, device->epoch);
            shares.frost = std::move(*cosigner::openShare(ports, row->sealedShare, *key, device->mark));
            continue;
        }
        const auto key = threshold::SharedKey::of(row->type, row->point.bytes(), kCrashAcct, device->epoch);
        shares.sm2.push_back(std::move(*cosigner::openShare(ports, row->sealedShare, *key, device->mark)));
    }
    return shares;
}

int serve(const std::filesystem::path &database, std::string armed, std::int64_t clockMs)
{
    keepFreedMemory();
    auto ledger = store::SqliteLedger::open(database);
    if (!ledger) return 2;
    ports::SystemRandom random;
    auto epochKeys = keyring::FileEpochKeys::open(database.native() + ".keys", random);
    if (!epochKeys) return 2;
    Server server(**ledger, **epochKeys);
    if (!server.start(std::move(armed), clockMs)) return 3;
    // No buffers besides, and all that passes is wiped here: what is found later is the server's doing.
    std::setvbuf(stdin, nullptr, _IONBF, 0);
    std::setvbuf(stdout, nullptr, _IONBF, 0);
    ByteArray<4> head{};
    while (readExactly(head.data(), head.size())) {
        Bytes frame(Reader(head).u32());
        if (frame.empty() || !readExactly(frame.data(), frame.size())) return 4;
        Bytes answer = server.answer(static_cast<Command>(frame[0]), ByteView(frame).subspan(1));
        wipe(frame.data(), frame.size());
        Bytes out = Writer().blob32(answer).take();
        wipe(answer.data(), answer.size());
        if (std::fwrite(out.data(), 1, out.size(), stdout) != out.size() || std::fflush(stdout) != 0) return 5;
        wipe(out.data(), out.size());
    }
    return 0;
}

} // namespace hufu::tests
