// One phone's connection: every message of shield/wire goes in here, answers go out.
#pragma once

#include "app/server/phone_acts.h"
#include "app/server/phone_answer.h"
#include "platform/net/http.h"
#include "shield/enterprise/language.h"
#include "shield/wire/account.h"
#include "shield/wire/bids.h"
#include "shield/wire/conversation.h"
#include "shield/wire/desks.h"
#include "shield/wire/records.h"

namespace hufu::server {

class PhoneGateway final : public net::SocketHandler {
public:
    // language: what the phone speaks, if it says so; kept for its person once it has proved itself.
    PhoneGateway(Services &services, PhoneActs &acts, std::optional<enterprise::Language> language = {})
        : m_services(services), m_acts(acts), m_language(language)
    {}

    void onOpen(std::shared_ptr<net::Socket> socket) override;
    void onMessage(ByteView message) override;
    void onClosed() override;

private:
    // The session that this connection is about; only ever set behind a right MAC.
    struct Held {
        sessions::Token token{};
        enterprise::Holder holder;
        std::int64_t expiryMs = 0; // Unix milliseconds
    };

    Answer answer(const wire::Envelope &envelope);
    template <typename M> Answer parsed(ByteView body, Answer (PhoneGateway::*step)(M));

    Answer enrolStart(wire::EnrolStart message);
    Answer enrolProof(wire::EnrolProof message);
    Answer activate(wire::Activate message);
    Answer kg3(wire::Kg3 message);
    Answer frostKg3(wire::FrostKg3 message);
    template <typename Kg3> Answer finishKeys(const Kg3 &message);
    Answer certificatesQuery(wire::CertificatesQuery message);
    Answer bidsQuery(wire::BidsQuery message);
    Answer desksQuery(wire::DesksQuery message);
    Answer deskRemoval(wire::DeskRemoval message);
    Answer recordsQuery(wire::RecordsQuery message);
    Answer accountQuery(wire::AccountQuery message);
    Answer evidenceKey(wire::EvidenceKey message);
    Answer desksFor(const enterprise::Id &acct);
    Result<std::vector<wire::DeskList::Item>> desksOf(const enterprise::Id &acct);
    Result<wire::AccountState> stateOf(const enterprise::Id &acct);
    Result<std::vector<enterprise::Id>> deskOwnersOf(const enterprise::Id &acct);
    Answer recover(wire::Recover message);
    Answer probeAnswer(wire::ProbeAnswer message);

    Answer begin(wire::Begin message);
    Answer claim(wire::Claim message);
    Answer resume(wire::Resume message);
    Answer factorAsk(wire::FactorAsk message);
    Answer factor(wire::Factor message);
    Answer refuse(wire::Refuse message);
    Answer deliver(wire::Deliver message);

    Answer hello(wire::Hello message);
    Answer sign(wire::Sign message);
    Answer frostSign(wire::FrostSign message);
    Answer dec1(wire::Dec1 message);
    Answer ref1(wire::Ref1 message);
    Answer ref3(wire::Ref3 message);
    Answer resultQuery(wire::ResultQuery message);

    Answer hold(const enterprise::Holder &holder, const sessions::Claim &claim);
    Answer giveSms(const wire::Factor &message);
    Answer giveLiveness(const wire::Factor &message, const sessions::Claimant &claimant);
    Result<cosigner::Pending> pendingFor(const wire::Hello &message);
    catalogue::Code codeOfEnded(const sessions::Token &token, const enterprise::Id &acct);
    Result<std::optional<catalogue::Code>> barOf(const sessions::Token &token, const enterprise::Id &acct, const intent::Manifest &manifest);
    Answer certificatesFor(const enterprise::Id &acct);
    Fail barred();
    template <typename R> Answer judged(Result<R> result); // Resp, Dec2, Ref2, Ref4
    void block(sessions::Ending why);
    void changed();
    void keepLanguage();
    void send(Answer answer, wire::Type asked);
    void listenAsLongAs(std::int64_t ms);

    Services &m_services;
    PhoneActs &m_acts;
    std::optional<enterprise::Language> m_language; // not kept yet
    std::shared_ptr<net::Socket> m_socket;
    std::unique_ptr<cosigner::Conversation> m_conversation;
    std::optional<Held> m_held;
    std::optional<catalogue::Code> m_bar; // why an attempt was not let through
    std::int64_t m_arrivalMs = 0; // of the message at hand, Unix milliseconds
    struct Ticket {
        enterprise::Id acct{};
        ByteArray<32> ticket{};
    };
    std::optional<Ticket> m_ticket; // of the Activate that waits for its KG3
};

} // namespace hufu::server
