// The legal representative signs through a link, sent by SMS or mail: for the company's application, or for his seal.
#pragma once

#include "shield/enterprise/application.h"
#include "shield/enterprise/authorisation.h"
#include "shield/enterprise/confirmation.h"
#include "shield/enterprise/seals.h"
#include "shield/enterprise/staff.h"
#include "shield/enterprise/typed_code.h"

#include <optional>
#include <string>

namespace hufu::enterprise {

enum class LinkState : std::uint8_t {
    sent = 1,
    checking, // at an identity service, or a code is on its way
    signed_,
    refused,
    withdrawn, // also by a newer link for the same
    expired,   // out for longer than it is valid; told so, never stored
};

enum class LinkAct : std::uint8_t { startCheck = 1, sign, fail, refuse, withdraw };

inline constexpr auto kLinkMoves = std::to_array<Move<LinkState, LinkAct>>({
    {LinkState::sent, LinkAct::startCheck, LinkState::checking},
    {LinkState::sent, LinkAct::refuse, LinkState::refused},
    {LinkState::sent, LinkAct::withdraw, LinkState::withdrawn},
    {LinkState::checking, LinkAct::startCheck, LinkState::checking},
    {LinkState::checking, LinkAct::sign, LinkState::signed_},
    {LinkState::checking, LinkAct::fail, LinkState::sent},
    {LinkState::checking, LinkAct::refuse, LinkState::refused},
    {LinkState::checking, LinkAct::withdraw, LinkState::withdrawn},
});

using LinkToken = ByteArray<32>;

class LegalLinks {
public:
    static constexpr std::int64_t kValidMs = std::int64_t{72} * 3'600'000;
    static constexpr int kSentInADay = 20; // by one company
    static constexpr int kFailures = 10;   // of one link's checks; then it is refused

    // baseUrl: of the page, to which the token is added.
    LegalLinks(const Ports &ports, codes::SmsCodes &smsCodes, ports::SmsGateway &sms, ports::MailGateway &mail,
               Applications::IdentityServices services, ports::ServiceKey &key, std::string baseUrl);
    LegalLinks(const LegalLinks &) = delete;
    LegalLinks &operator=(const LegalLinks &) = delete;

    // --- the company's side: an administrator; for becoming one, whoever it is. Denied: roleMissing, smsTooOften. Errors: badState (nothing waits for it);
    // badInput (number, address); notFound; unavailable ---------------------------------------------------------------

    // subject: the seal, or zero. A link for the same that is still out is withdrawn once the new one has gone out: a message that could
    // not be sent changes nothing.
    Verdict<Id> send(const Actor &actor, Purpose purpose, const Id &subject, Contact contact, std::string_view to);
    Verdict<void> withdraw(const Actor &actor, const Id &link);
    Verdict<LinkState> stateOf(const Actor &actor, const Id &link);
    // What the service signed for the legal representative. Errors: notFound (unknown, or not signed).
    Verdict<Confirmed> confirmation(const Actor &actor, const Id &link);
    struct Sent {
        Id id{};
        LinkState state{};
        std::string contactMasked;
        std::int64_t untilMs = 0;
    };
    // The newest link for the same, if there ever was one. Denied: roleMissing.
    Verdict<std::optional<Sent>> latest(const Actor &actor, Purpose purpose, const Id &subject);

    // --- the legal representative's side, by the token. Each Denied: linkInvalid (unknown, used, withdrawn, too old).
    // Errors: unavailable -----------------------------------------------------------------------------------------------

    struct View {
        Purpose purpose{};
        std::string companyName, legalNameMasked, contactMasked;
        bool codeAllowed = false; // for his seal, where he has said that number or address is his; else only a face will do, since whoever asks has typed it
        std::string successor;    // who is to be the administrator; empty for other purposes
    };
    Verdict<View> view(const LinkToken &token);
    // The seal that the link asks him to authorise, the name but for its first character not told. Errors: notFound (it is for something else).
    Verdict<SealFace> sealFace(const LinkToken &token);
    // Starts a check: by face at a service, or (provider 0) by a code to where the link was sent. Denied: methodNotAllowed.
    // Errors: badInput (no such service).
    Verdict<Applications::Begun> startCheck(const LinkToken &token, std::uint8_t provider);
    // Signs, once the check is passed. Denied: identityPending, livenessFailed, sms…, companyTaken. Errors: badState (what it
    // was for is settled). isOwnContact: he says, besides showing his face, that the link came to his own number or address; the face
    // alone shows only who has used the link, and whoever sent it may have sent it to himself.
    Verdict<void> sign(const LinkToken &token, std::string_view digits, bool isOwnContact = false);
    Verdict<void> refuse(const LinkToken &token);
    // Whether such a link ever went out, whatever has become of it. Errors: unavailable.
    Result<bool> isKnown(const LinkToken &token);

    // "HUFU-LEGAL-1" | purpose 1 | company 16 | subject 16 | time 8; what the service key signs.
    static Bytes signedBytes(Purpose purpose, const Id &company, const Id &subject, std::int64_t timeMs);

private:
    codes::SmsCodes &codesFor(Contact contact) { return contact == Contact::phone ? m_smsCodes : m_mailCodes; }

    Ports m_ports;
    codes::SmsCodes &m_smsCodes;
    ports::SmsGateway &m_sms;
    ports::MailGateway &m_mail;
    MailLine m_line;
    codes::SmsCodes m_mailCodes;
    Applications::IdentityServices m_services;
    ports::ServiceKey &m_key;
    std::string m_baseUrl;
};

// In the caller's transaction: the legal representative of now, seen by a face service, has this number or address as his own. From then
// on a code that is sent there proves him, and nobody who is the legal representative after him. Errors: unavailable, tampered.
Result<void> keepLegalContact(ports::Transaction &transaction, const Ports &ports, const Id &company, std::string_view to);

// In the caller's transaction: the link that is out for this, if there is one. Errors: unavailable.
Result<void> withdrawLink(ports::Transaction &transaction, const Ports &ports, const audit::Who &who, const Id &company, Purpose purpose,
                          const Id &subject);
// Where every link of a company went, and what is known to be its legal representative's. Errors: unavailable.
Result<void> forgetLegalContacts(ports::Transaction &transaction, const Id &company);

} // namespace hufu::enterprise
