// The server's gateway with everything around it in memory, and phones and a desk that speak to it: where a test
// needs the clock, or bytes that no honest phone would send.
#pragma once

#include "app/server/account_watch.h"
#include "app/server/phone_gateway.h"
#include "shield/documents/ses_seal.h"
#include "shield/audit/log.h"
#include "shield/enterprise/account_log.h"
#include "shield/crypto/ed25519.h"
#include "shield/crypto/sm3.h"
#include "shield/intent/frame.h"
#include "shield/phone/activation.h"
#include "shield/phone/approval.h"
#include "shield/phone/pin_change.h"
#include "app/server/notices.h"
#include "tests/support/fakes.h"
#include "tests/support/outside_fakes.h"
#include "tests/support/secure_element.h"

#include <QTest>

#include <deque>

namespace hufu::tests {

using phone::Show;

inline vault::Pin pinOf(std::string_view digits)
{
    vault::Pin pin;
    for (const char c : digits)
        if (!pin.press(c - '0')) break;
    return pin;
}

// Draws nothing; its electronic seals are the seal maker's.
struct RigStudio final : server::SealStudio {
    RigStudio(ports::LedgerStore &kept, authority::Authority &maker, ports::Clock &watch) : ledger(kept), authority(maker), clock(watch) {}

    ports::LedgerStore &ledger;
    authority::Authority &authority;
    ports::Clock &clock;

    Result<Bytes> svg(const enterprise::SealFace &) override { return Error(Errc::unavailable, "no picture"); }
    Result<Bytes> specimen(const enterprise::SealFace &) override { return Error(Errc::unavailable, "no picture"); }
    Result<Bytes> png(const enterprise::SealFace &) override { return Error(Errc::unavailable, "no picture"); }
    Result<Bytes> view(const enterprise::SealFace &) override { return Error(Errc::unavailable, "no picture"); }
    Result<Makings> makingsOf(const std::vector<enterprise::Id> &accounts) override
    {
        Makings makings{{}, clock.unixMs() + 1'000'000};
        for (const enterprise::Id &account : accounts) {
            HUFU_TRY(records, authority.findByHolder(account));
            for (const auto &record : records)
                if (record.kind == x509::KeyKind::sign && !record.revocation) makings.certificates.push_back(record.certificate.der());
        }
        return makings;
    }
    Result<std::vector<Bytes>> serviceCertificates() override { return std::vector<Bytes>{authority.issuing().der()}; }
    std::function<void()> meanwhile; // what happens while a seal is made

    Result<Bytes> electronic(const enterprise::SealFace &face, const enterprise::Id &seal, const Makings &makings) override
    {
        if (const auto first = std::exchange(meanwhile, nullptr)) first();
        documents::SesSealInfo info;
        info.vendor = "HUFU";
        info.id = toHex(seal);
        info.name = face.name;
        for (const Bytes &der : makings.certificates)
            info.signers.push_back(*x509::Certificate::parse(der));
        info.createdMs = info.fromMs = clock.unixMs() / 1000 * 1000;
        info.untilMs = makings.untilMs;
        info.picture = {"png", Bytes{1}, 42, 42};
        HUFU_TRY(der, info.der());
        HUFU_TRY(transaction, ledger.begin());
        HUFU_TRY(made, authority.makeSeal(*transaction, der, clock.unixMs()));
        HUFU_CHECK(transaction->commit());
        return documents::buildSesSeal(der, made.maker, made.signature);
    }
};

struct GatewayRig {
    // In: wanted, the policy of the demo company.
    explicit GatewayRig(const enterprise::Policy &wanted = {}) : policy(wanted) {}

    enterprise::Policy policy;
    ManualClock clock;
    MemoryLedger ledger;
    MemoryMasterKey masterKey;
    MemoryEpochKeys epochKeys;
    ports::SystemRandom random;
    MemorySms gateway;
    MemoryFaces faces;
    codes::SmsCodes smsCodes{ledger, masterKey, random, clock, gateway};
    server::Log log;
    std::unique_ptr<cosigner::Cosigner> cosigner = *cosigner::Cosigner::start(
        {ledger, masterKey, epochKeys, random, clock, nullptr,
         server::auditedNotices(clock, [this](auto &transaction, const auto &acct) { return enterprise.endVouched(transaction, acct); },
                                enterprise::noteOfAccount),
         0, 0,
         server::loggedNotices(log)});
    sessions::Sessions sessions{ledger, masterKey, random, clock, smsCodes, {{1, &faces}}, enterprise::noteOfAccount};
    authority::Settings settings = [] {
        authority::Settings made;
        made.log = enterprise::noteOfAccount;
        return made;
    }();
    authority::Authority authority = *authority::Authority::open(ledger, masterKey, random, settings, clock.unixMs());
    server::AccountWatch watch{authority, masterKey, clock};
    enterprise::Enterprise enterprise{ledger, masterKey, random, clock, smsCodes, {{1, &faces}}, watch};
    server::Watchers watchers{[](std::int64_t, const std::function<void()> &) {}};
    server::BidBook bidBook{ledger, clock, *cosigner, enterprise, authority};
    RigStudio sealStudio{ledger, authority, clock};
    server::SealBook sealBook{{ledger, masterKey, random, clock}, enterprise, authority, sealStudio};
    server::Services services{ledger,     random,    clock, *cosigner, sessions,
                              enterprise, authority, log,   watchers,  bidBook,  sealBook};
    server::PhoneActs acts{services};
    enterprise::Enterprise::Demo demo = *enterprise.seedDemo(policy);
    crypto::Ed25519Key deskKey = crypto::Ed25519Key::generate(random);
    sessions::DeskId deskId = intent::deskIdOf(deskKey.publicKey());

    // The desk's frame of this very second.
    intent::Frame frameOf(const sessions::Started &started)
    {
        intent::Frame frame;
        frame.kind = intent::FrameKind::desk;
        frame.token = started.token;
        frame.second = static_cast<std::uint32_t>((clock.wall - started.startedMs) / 1000);
        frame.code =
            intent::frameCode(started.frameSecret, started.token, frame.second, crypto::sm3(started.manifest));
        frame.deskId = deskId;
        frame.signature = deskKey.sign(frame.signedBytes());
        return frame;
    }
    sessions::Started start(std::string_view draft)
    {
        return std::move(
            *sessions.startFromDesk(deskId, viewOf(draft), "key " + std::to_string(m_started++)));
    }
    sessions::View look(const sessions::Token &token)
    {
        return *sessions.look({sessions::OriginKind::desk, deskId}, token);
    }
    Result<void> revoke(const enterprise::Id &acct, x509::KeyKind kind)
    {
        HUFU_TRY(records, authority.findByHolder(acct));
        HUFU_TRY(transaction, ledger.begin());
        for (const auto &record : records)
            if (record.kind == kind)
                HUFU_CHECK(authority.revoke(*transaction, record.certificate.serial(), x509::Reason::unspecified,
                                            clock.unixMs()));
        return transaction->commit();
    }
    std::size_t countOf(const audit::ChainId &chain, audit::Event event)
    {
        const auto records = audit::recordsOf(ledger, chain, 1, 10'000);
        return static_cast<std::size_t>(std::ranges::count_if(
            *records, [event](const auto &record) { return record.entry.event == event; }));
    }

    std::optional<enterprise::Language> spoken; // by phones that connect; nothing: they do not say

private:
    int m_started = 0;
};

// One end of a connection to the gateway.
class RigConnection {
public:
    explicit RigConnection(GatewayRig &rig)
        : m_socket(std::make_shared<Socket>()),
          m_gateway(std::make_unique<server::PhoneGateway>(rig.services, rig.acts, rig.spoken))
    {
        m_gateway->onOpen(m_socket);
    }
    ~RigConnection() { m_gateway->onClosed(); }

    void send(ByteView message) { m_gateway->onMessage(message); }
    // The oldest answer that was not taken yet; nothing if there is none.
    std::optional<Bytes> take()
    {
        if (m_socket->sent.empty()) return std::nullopt;
        Bytes message = std::move(m_socket->sent.front());
        m_socket->sent.pop_front();
        return message;
    }
    bool isClosed() const { return m_socket->closed; }

private:
    struct Socket final : net::Socket {
        void send(Bytes message) override { sent.push_back(std::move(message)); }
        void close() override { closed = true; }
        void allowSilence(std::int64_t) override {}
        std::deque<Bytes> sent;
        bool closed = false;
    };
    std::shared_ptr<Socket> m_socket;
    std::unique_ptr<server::PhoneGateway> m_gateway;
};

// A phone without screens: the real flows.
class RigPhone {
    GatewayRig &m_rig; // before what is made of it
    ports::SystemRandom m_random;

public:
    static constexpr std::string_view kPin = "739154";

    explicit RigPhone(GatewayRig &rig) : m_rig(rig) {}

    // Carries messages until only the person can go on, or the flow has ended.
    template <typename Flow> phone::Step run(Flow &flow, Result<phone::Step> first)
    {
        phone::Step step = taken(std::move(first));
        for (int round = 0; round < 200; ++round) {
            if (step.connect) {
                connection.emplace(m_rig);
                step = taken(flow.receive(*connection->take()));
                continue;
            }
            const bool waits = !step.send.empty() || step.show == Show::working || step.show == Show::keys;
            for (const Bytes &message : step.send) {
                if (onSend) onSend(message);
                sent.push_back(message);
                connection->send(message);
            }
            if (step.close || !waits) return step;
            auto answer = connection->take();
            if (answer && lose && (*answer)[1] == static_cast<std::uint8_t>(*lose)) {
                answer.reset();
                lose.reset();
                connection.reset();
            }
            if (answer && onAnswer) onAnswer(*answer);
            step = taken(answer ? flow.receive(*answer) : flow.connectionLost());
        }
        return phone::Step(Show::stopped);
    }

    phone::Step activate()
    {
        phone::Activation flow(environment);
        const std::string link = "hufu://activate?host=127.0.0.1&port=1&pin=" + std::string(64, '1') +
                                 "&pin2=" + std::string(64, '2') + "&code=" + toHex(*m_rig.demo.code);
        run(flow, flow.start(*phone::ActivationLink::parse(link)));
        phone::Step step = run(flow, flow.phoneNumber(m_rig.demo.phoneNumber));
        if (!flow.terms()) return step;
        run(flow, flow.proof(m_rig.gateway.digits(), flow.terms()->agreements, 1, Bytes{1}));
        run(flow, flow.choosePin(pinOf(kPin)));
        return run(flow, flow.repeatPin(pinOf(kPin)));
    }
    // The person enrols the rig's desk.
    phone::Step enrolDesk()
    {
        const auto started =
            *m_rig.sessions.startEnrolment("财务电脑", m_rig.deskKey.publicKey(), "192.0.2.7");
        phone::Approval flow(environment);
        return approve(flow, m_rig.frameOf(started));
    }
    // From the frame to the result, with whatever is asked for.
    phone::Step approve(phone::Approval &flow, const intent::Frame &frame, std::string_view pin = kPin)
    {
        phone::Step step = untilPin(flow, frame);
        if (step.show != Show::pin) return step;
        return run(flow, flow.pin(pinOf(pin)));
    }
    phone::Step untilPin(phone::Approval &flow, const intent::Frame &frame)
    {
        phone::Step step = run(flow, flow.claim(frame.text(), m_rig.clock.monotonicMs()));
        if (step.show != Show::approve) return step;
        step = run(flow, flow.approve());
        if (step.show == Show::sms) step = run(flow, flow.smsCode(m_rig.gateway.digits()));
        return step;
    }
    enterprise::Id acct() { return (*vault.device())->acct; }

    MemoryDeviceStore store;
    MemoryElement element;
    vault::Vault vault{store, element};
    phone::Environment environment{vault, m_random, m_rig.clock, {64, 1}};
    std::optional<RigConnection> connection;
    std::function<void(const Bytes &)> onSend;
    std::function<void(Bytes &)> onAnswer; // may change it
    std::optional<wire::Type> lose; // the next answer of this type is cut off
    std::vector<Bytes> sent;

private:
    static phone::Step taken(Result<phone::Step> result)
    {
        if (result) return std::move(*result);
        qWarning("the flow declined: %s", result.error().what.text());
        return phone::Step(Show::stopped);
    }

};

inline int codeOf(const phone::Step &step)
{
    return step.problem ? step.problem->code : 0;
}

} // namespace hufu::tests
