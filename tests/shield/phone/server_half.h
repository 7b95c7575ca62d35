// The server half for the phone's tests: the real cosigner and authority, with sessions kept in a map, and a
// script that cuts the connection or changes an answer.
#pragma once

#include "shield/authority/authority.h"
#include "shield/cosigner/conversation.h"
#include "shield/crypto/ed25519.h"
#include "shield/crypto/sm2.h"
#include "shield/crypto/sm3.h"
#include "shield/intent/frame.h"
#include "shield/intent/tbs.h"
#include "shield/wire/account.h"
#include "shield/wire/bids.h"
#include "shield/wire/desks.h"
#include "shield/wire/records.h"
#include "shield/wire/session.h"
#include "shield/x509/sm2_der.h"
#include "tests/support/fakes.h"
#include "tests/support/outside_fakes.h"

#include <functional>
#include <map>

namespace hufu::tests {

struct TestSession {
    intent::Manifest manifest;
    std::vector<Bytes> tbs;
    std::uint8_t factors = wire::factor::kPin;
    std::uint8_t given = 0;
    std::string digits;
    bool deskKnown = true;
    std::int64_t expiryMs = 0;
    std::optional<ByteArray<16>> acct;
    Bytes probe;
    bool approved = false, refused = false;
    std::vector<wire::Deliver::Item> delivered;
    std::vector<ByteArray<64>> signatures;
};

// The test server does not go on with a message: for it the connection is cut. What else is thrown is a defect.
struct HangUp {};

class ServerHalf {
public:
    explicit ServerHalf(ManualClock &clock) : m_clock(clock)
    {
        authority.emplace(*authority::Authority::open(ledger, masterKey, random, {}, clock.unixMs()));
        restart();
    }

    void restart()
    {
        conversation.reset();
        cosigner.reset();
        cosigner::Ports ports{ledger, masterKey, epochKeys, random, m_clock, hook};
        cosigner = std::move(*cosigner::Cosigner::start(dress ? dress(std::move(ports)) : std::move(ports)));
    }

    MemoryLedger ledger;
    MemoryMasterKey masterKey;
    MemoryEpochKeys epochKeys;
    ports::SystemRandom random;
    ports::FaultHook *hook = nullptr;                      // from the next restart on
    std::function<cosigner::Ports(cosigner::Ports)> dress; // likewise: ports of the test's own for the cosigner
    std::optional<authority::Authority> authority;
    std::unique_ptr<cosigner::Cosigner> cosigner;
    std::unique_ptr<cosigner::Conversation> conversation;
    std::map<ByteArray<16>, TestSession> sessions;
    ByteArray<16> acct{0xac};
    std::string smsCode = "246802";
    crypto::Suite suite = crypto::Suite::sm2; // of the sign key, as a company's policy has it
    bool smsInPinChange = true;
    int smsSent = 0;
    wire::Certificates issued;
    wire::BidList bids;
    wire::DeskList desks;
    wire::AccountState account{wire::DeviceState::active, 10, 0, 0, 0, 4'000'000'000'000, 0, 0, {}}; // with what desks has
    std::vector<Bytes> records; // of the account
    std::optional<ByteArray<32>> evidenceKey; // as the phone told it

    // --- the script
    enum class Cut { none, before, after };
    int cutAt = -1; // counts the phone's messages
    Cut cut = Cut::none;
    int received = 0;
    bool down = false; // no connection can be opened
    std::vector<wire::Type> log;
    std::function<void(wire::Type, ByteView)> onMessage;
    std::function<void(Bytes &)> onAnswer; // may change an answer

    std::optional<Bytes> connect()
    {
        if (down) return std::nullopt;
        conversation = cosigner->connect();
        m_held = false;
        return wire::encode(*conversation->greeting());
    }

    // A connection put aside while another is served, and taken up again.
    struct Parked {
        std::unique_ptr<cosigner::Conversation> conversation;
        ByteArray<16> token{};
        bool proved = false, held = false;
    };
    Parked park() { return {std::move(conversation), m_token, m_proved, m_held}; }
    void resume(Parked parked)
    {
        conversation = std::move(parked.conversation);
        m_token = parked.token;
        m_proved = parked.proved;
        m_held = parked.held;
    }

    // Nothing: the connection was cut.
    std::optional<std::vector<Bytes>> receive(ByteView message)
    {
        const int index = received++;
        if (index == cutAt && cut == Cut::before) return drop();
        const auto envelope = wire::Envelope::split(message);
        log.push_back(envelope->type);
        if (onMessage) onMessage(envelope->type, message);
        auto answer = handle(*envelope);
        if (!answer) return drop();
        if (index == cutAt && cut == Cut::after) return drop();
        if (onAnswer) onAnswer(*answer);
        return std::vector<Bytes>{*answer};
    }

    // --- sessions
    ByteArray<16> open(intent::Manifest manifest, std::vector<Bytes> tbs = {})
    {
        TestSession session;
        random.fill(manifest.nonce, "nonce");
        manifest.created = m_clock.unixMs();
        session.expiryMs = m_clock.unixMs() + intent::userTimeMs(manifest.act);
        session.tbs = std::move(tbs);
        if (session.tbs.empty())
            for (std::size_t i = 0; i < intent::itemsOf(manifest); ++i)
                if (auto built = intent::buildTbs(manifest, i)) session.tbs.push_back(*built);
        session.manifest = std::move(manifest);
        const auto token = random.bytes<16>("token");
        sessions.emplace(token, std::move(session));
        return token;
    }

    intent::Frame frame(const ByteArray<16> &token)
    {
        const intent::Manifest &manifest = sessions.at(token).manifest;
        intent::Frame frame;
        frame.token = token;
        if (manifest.desk) {
            frame.kind = intent::FrameKind::desk;
            frame.deskId = manifest.desk->id;
        }
        return frame;
    }

    TestSession &only() { return sessions.begin()->second; }

private:
    ManualClock &m_clock;
    ByteArray<16> m_token{};
    bool m_proved = false;
    bool m_held = false; // a session was named on this connection

    std::optional<std::vector<Bytes>> drop()
    {
        conversation.reset();
        return std::nullopt;
    }

    // A message that cannot be, or about what is not there: a tampered one, or an answer to one.
    template <typename T> static Result<T> taken(Result<T> result)
    {
        if (!result) throw HangUp();
        return result;
    }
    TestSession &sessionOf(const ByteArray<16> &token)
    {
        const auto it = sessions.find(token);
        if (it == sessions.end()) throw HangUp();
        return it->second;
    }

    static Bytes failure(Errc errc, std::uint16_t code) { return wire::encode(wire::Failure{errc, code, 0}); }

    template <typename M> static std::optional<Bytes> encoded(Result<M> result)
    {
        if (!result) return std::nullopt;
        return wire::encode(*result);
    }

    std::optional<Bytes> handle(const wire::Envelope &envelope)
    {
        using wire::Type;
        switch (envelope.type) {
        case Type::enrolStart: {
            ++smsSent;
            return wire::encode(wire::EnrolTerms{"某公司", "张*", wire::factor::kSms, {{"terms", 1}}, 60});
        }
        case Type::enrolProof: {
            const auto proof = taken(wire::EnrolProof::parse(envelope.body));
            if (proof->sms != smsCode) return failure(Errc::refused, 402);
            if (std::exchange(m_proved, true)) ++acct[1]; // each proof opens an account of its own
            return wire::encode(wire::EnrolAccepted{acct, {1}, "张三", "某公司", "91X", "19900102", subject(),
                                                    static_cast<std::uint8_t>(suite)});
        }
        case Type::activate: {
            auto activate = taken(wire::Activate::parse(envelope.body));
            issued = {};
            if (suite == crypto::Suite::frost) return encoded(conversation->frostKeygenStart(std::move(*activate)));
            return encoded(conversation->keygenStart(std::move(*activate)));
        }
        case Type::kg3:
            return encoded(conversation->keygenFinish(*taken(wire::Kg3::parse(envelope.body))));
        case Type::frostKg3:
            return encoded(conversation->keygenFinish(*taken(wire::FrostKg3::parse(envelope.body))));
        case Type::begin: {
            const auto begin = taken(wire::Begin::parse(envelope.body));
            if (!conversation->verifyMac(*begin)) return std::nullopt;
            m_token = own(begin->act);
            sessionOf(m_token).acct = begin->acct;
            return claimed();
        }
        case Type::claim: {
            const auto claim = taken(wire::Claim::parse(envelope.body));
            if (!conversation->verifyMac(*claim)) return std::nullopt;
            const auto frame = intent::Frame::parse(claim->frame);
            const auto it = sessions.find(frame->token);
            if (it == sessions.end()) return failure(Errc::notFound, 200);
            if (it->second.acct && *it->second.acct != claim->acct) return failure(Errc::replayed, 203);
            it->second.acct = claim->acct;
            m_token = frame->token;
            return claimed();
        }
        case Type::resume: {
            const auto resume = taken(wire::Resume::parse(envelope.body));
            if (!conversation->verifyMac(*resume)) return std::nullopt;
            m_token = resume->token;
            return claimed();
        }
        case Type::factorAsk: {
            if (!conversation->verifyMac(*taken(wire::FactorAsk::parse(envelope.body)))) return std::nullopt;
            ++smsSent;
            return wire::encode(wire::FactorSent{wire::factor::kSms, 60});
        }
        case Type::factor: {
            const auto factor = taken(wire::Factor::parse(envelope.body));
            if (!conversation->verifyMac(*factor)) return std::nullopt;
            if (factor->kind == wire::factor::kSms && textOf(factor->value) != smsCode)
                return failure(Errc::refused, 402);
            if (factor->kind == wire::factor::kLiveness && factor->value != Bytes{1, 9})
                return failure(Errc::refused, 405);
            TestSession &session = sessionOf(factor->token);
            session.given = static_cast<std::uint8_t>(session.given | factor->kind);
            return wire::encode(wire::FactorAccepted{factor->kind});
        }
        case Type::refuse: {
            const auto refuse = taken(wire::Refuse::parse(envelope.body));
            if (!conversation->verifyMac(*refuse)) return std::nullopt;
            if (std::exchange(sessionOf(refuse->token).refused, true)) return failure(Errc::badState, 104);
            return wire::encode(wire::Refused{});
        }
        case Type::hello: {
            auto answer = conversation->hello(*taken(wire::Hello::parse(envelope.body)), pending());
            if (!answer)
                return answer.error().code == Errc::tampered ? std::nullopt
                                                             : std::optional(failure(
                                                                   answer.error().code,
                                                                   answer.error().code == Errc::badState ? 311 : 104));
            return std::visit([](const auto &message) { return wire::encode(message); }, *answer);
        }
        case Type::recover: {
            const auto recovered = conversation->recover(*taken(wire::Recover::parse(envelope.body)));
            if (recovered) return wire::encode(*recovered);
            if (recovered.error().code == Errc::notFound) return failure(Errc::notFound, 309);
            if (recovered.error().code == Errc::refused) return failure(Errc::refused, 310);
            return std::nullopt;
        }
        case Type::sign:
            return encoded(conversation->sign(*taken(wire::Sign::parse(envelope.body))));
        case Type::frostSign:
            return encoded(conversation->sign(*taken(wire::FrostSign::parse(envelope.body))));
        case Type::dec1:
            return encoded(conversation->decrypt(*taken(wire::Dec1::parse(envelope.body))));
        case Type::ref1:
            return encoded(conversation->refresh1(*taken(wire::Ref1::parse(envelope.body))));
        case Type::ref3:
            return encoded(conversation->refresh3(*taken(wire::Ref3::parse(envelope.body))));
        case Type::resultQuery: {
            const auto answer = conversation->resultQuery(*taken(wire::ResultQuery::parse(envelope.body)));
            if (!answer) return std::nullopt;
            return std::visit([](const auto &message) { return wire::encode(message); }, *answer);
        }
        case Type::deliver: {
            const auto deliver = taken(wire::Deliver::parse(envelope.body));
            if (!conversation->verifyMac(*deliver)) return std::nullopt;
            sessionOf(m_token).delivered = deliver->items;
            return wire::encode(wire::Delivered{});
        }
        case Type::probeAnswer: {
            const auto answer = taken(wire::ProbeAnswer::parse(envelope.body));
            const auto device = cosigner->device(answer->acct);
            const auto issue = [&](ports::Transaction &transaction) -> Result<void> {
                HUFU_TRY(point, device->encrypt.point.sm2());
                HUFU_TRY(certificate, authority->issueEncrypt(transaction, point, x509Subject(), answer->acct,
                                                              m_clock.unixMs()));
                issued.encrypt = certificate.der();
                issued.state = wire::Certificates::active;
                return {};
            };
            if (!conversation->probeAnswer(*answer, issue)) return std::nullopt;
            return certificates();
        }
        case Type::desksQuery: {
            if (!conversation->verifyMac(*taken(wire::DesksQuery::parse(envelope.body)))) return std::nullopt;
            return wire::encode(desks);
        }
        case Type::accountQuery: {
            if (!conversation->verifyMac(*taken(wire::AccountQuery::parse(envelope.body)))) return std::nullopt;
            auto state = account;
            for (const wire::DeskList::Item &desk : desks.items)
                ++(desk.waits ? state.waiting : state.desks);
            return wire::encode(*taken(conversation->underMac(state)));
        }
        case Type::evidenceKey: {
            const auto told = *taken(wire::EvidenceKey::parse(envelope.body));
            if (!conversation->verifyMac(told)) return std::nullopt;
            evidenceKey = told.key;
            return wire::encode(wire::EvidenceKeyKept());
        }
        case Type::recordsQuery: {
            const auto query = *taken(wire::RecordsQuery::parse(envelope.body));
            if (!conversation->verifyMac(query)) return std::nullopt;
            wire::RecordList list;
            list.last = records.size();
            for (std::size_t i = query.first - 1; i < records.size() && list.records.size() < wire::RecordList::kMost; ++i)
                list.records.push_back(records[i]);
            return wire::encode(list);
        }
        case Type::bidsQuery: {
            if (!conversation->verifyMac(*taken(wire::BidsQuery::parse(envelope.body)))) return std::nullopt;
            return wire::encode(bids);
        }
        case Type::certificatesQuery: {
            if (!conversation->verifyMac(*taken(wire::CertificatesQuery::parse(envelope.body)))) return std::nullopt;
            return certificates();
        }
        default:
            return std::nullopt;
        }
    }

    static intent::Subject subject() { return {"CN", "某公司", "", "张三", "91X"}; }
    static x509::Subject x509Subject() { return {"CN", "某公司", "", "张三", "91X"}; }

    Bytes certificates()
    {
        issued.issuing = authority->issuing().der();
        issued.root = authority->root().der();
        return wire::encode(issued);
    }

    Bytes claimed()
    {
        m_held = true;
        const TestSession &session = sessionOf(m_token);
        if (session.refused || m_clock.unixMs() >= session.expiryMs) return failure(Errc::expired, 202);
        wire::Claimed claimed;
        claimed.token = m_token;
        claimed.factors = session.factors;
        claimed.digits = session.digits;
        claimed.deskKnown = session.deskKnown;
        claimed.expiryMs = session.expiryMs;
        claimed.manifest = session.manifest.encode();
        return wire::encode(claimed);
    }

    ByteArray<16> own(intent::Act act)
    {
        intent::Manifest manifest;
        manifest.act = act;
        manifest.flow = intent::Flow::phone;
        manifest.platform = {"hufu", "Hufu"};
        const auto device = *taken(cosigner->device(acct));
        std::vector<Bytes> tbs;
        Bytes probe;
        switch (act) {
        case intent::Act::csr:
            manifest.csrRequest = intent::CsrRequest{subject(), device.sign.point};
            break;
        case intent::Act::encryptCertificate:
            manifest.encryptRequest = intent::EncryptRequest{acct, device.encrypt.point.sm2Bytes(), device.encrypt.keyId};
            break;
        case intent::Act::probe:
        case intent::Act::rehearseDecrypt: {
            probe = bytesOf(random.bytes<32>("probe"));
            const auto point = device.encrypt.point.sm2();
            tbs.push_back(*x509::sm2CipherDer(*crypto::sm2Encrypt(*point, probe, random)));
            manifest.files.push_back({"probe", tbs[0].size(), crypto::sm3(tbs[0]), 0});
            break;
        }
        default:
            break;
        }
        const auto token = open(manifest, tbs);
        sessionOf(token).probe = probe;
        if (act == intent::Act::pinChange && smsInPinChange) sessionOf(token).factors |= wire::factor::kSms;
        return token;
    }

    cosigner::Pending pending()
    {
        if (!m_held) {
            cosigner::Pending refresh;
            refresh.op = intent::Op::refresh;
            return refresh;
        }
        TestSession &session = sessionOf(m_token);
        cosigner::Pending out;
        out.token = m_token;
        out.op = intent::opOf(session.manifest.act);
        out.manifest = session.manifest.encode();
        out.tbs = session.tbs;
        out.userTimeMs = intent::userTimeMs(session.manifest.act);
        for (const intent::File &file : session.manifest.files)
            if (file.c1) out.namedC1.push_back(*file.c1);
        if (session.manifest.act == intent::Act::probe) out.probeSm3 = crypto::sm3(session.probe);
        out.mayProceed = [&session]() -> Result<void> {
            const int missing =
                session.factors & ~session.given & (wire::factor::kSms | wire::factor::kLiveness);
            if (missing != 0 || session.refused) return Error(Errc::refused, "a factor is missing");
            return {};
        };
        out.onCommit = [this, &session](ports::Transaction &transaction,
                                        const cosigner::Outcome &outcome) -> Result<void> {
            session.approved = true;
            session.signatures = outcome.signatures;
            if (session.manifest.act == intent::Act::csr) {
                HUFU_TRY(csr, x509::assembleCsr(session.tbs[0], suite, outcome.signatures[0]));
                HUFU_TRY(certificate,
                         authority->issueSign(transaction, csr, x509Subject(), acct, m_clock.unixMs()));
                issued.sign = certificate.der();
                issued.state = wire::Certificates::signIssued;
            }
            if (session.manifest.act == intent::Act::encryptCertificate)
                issued.state = wire::Certificates::encryptRequested;
            return {};
        };
        return out;
    }
};

} // namespace hufu::tests
