// A server's sessions with everything around them faked, and a desk and two phones that use them.
#pragma once

#include "shield/audit/log.h"
#include "shield/crypto/ed25519.h"
#include "shield/crypto/sm3.h"
#include "shield/intent/frame.h"
#include "shield/sessions/sessions.h"
#include "shield/wire/activation.h"
#include "tests/support/fakes.h"
#include "tests/support/outside_fakes.h"

#include <QTest>

namespace hufu::tests {

using namespace sessions;
using intent::Act;
using intent::Manifest;

inline Bytes text(std::string_view json)
{
    return bytesOf(viewOf(json));
}

struct SessionBench {
    MemoryLedger ledger;
    MemoryMasterKey masterKey;
    RecordedRandom random;
    ManualClock clock;
    MemorySms gateway;
    MemoryFaces faces;
    codes::SmsCodes smsCodes{ledger, masterKey, random, clock, gateway};
    Sessions sessions{ledger, masterKey, random, clock, smsCodes, {{1, &faces}}};

    crypto::Ed25519Key deskKey = crypto::Ed25519Key::generate(random);
    DeskId deskId = intent::deskIdOf(deskKey.publicKey());
    Origin desk{OriginKind::desk, deskId};
    Claimant alice{{0xa1}, "alice", "13800138000", 0, 0, 0};
    Claimant bob{{0xb0}, "bob", "13900139000", 0, 0, 0};
    RelyingParty party{"bid.example", "招标平台"};

    static constexpr std::string_view kLogin = R"({"act":"login","platform":{"id":"bid.example","name":"招标平台"}})";

    std::int64_t now() { return clock.wall; }
    Started start(std::string_view draft, std::string_view key = {})
    {
        const std::string fresh = "key " + std::to_string(m_next++);
        return std::move(*sessions.startFromDesk(deskId, text(draft), key.empty() ? std::string_view(fresh) : key));
    }
    // A draft for files whose contents are "content 0", "content 1", ...; what comes before the files as given.
    static std::string content(std::size_t index) { return "content " + std::to_string(index); }
    static std::string draftOfFiles(std::string_view head, std::size_t count)
    {
        std::string out("{");
        out.append(head).append(R"(,"files":[)");
        for (std::size_t i = 0; i < count; ++i) {
            const std::string body = content(i);
            if (i != 0) out.append(",");
            out.append(R"({"name":"file )").append(std::to_string(i));
            out.append(R"(","size":)").append(std::to_string(body.size()));
            out.append(R"(,"sm3":")").append(toHex(crypto::sm3(viewOf(body)))).append("\"}");
        }
        return out + "]}";
    }
    static std::string signDraft(std::size_t count = 1) { return draftOfFiles(R"("act":"sign","form":"cms")", count); }
    static std::string bareDraft(std::size_t count = 1) { return draftOfFiles(R"("act":"sign","form":"bare")", count); }
    // deadlineMs: what the desk claims; 0: nothing.
    static std::string decryptDraft(std::size_t count = 1, std::int64_t deadlineMs = 0)
    {
        std::string head = R"("act":"decrypt","deskKey":")" + std::string(64, '7') + "\"";
        if (deadlineMs != 0) head.append(R"(,"deadline":)").append(std::to_string(deadlineMs));
        return draftOfFiles(head, count);
    }

    intent::Frame frameOf(const Started &started, std::uint32_t second) const
    {
        intent::Frame frame;
        frame.kind = intent::FrameKind::desk;
        frame.token = started.token;
        frame.second = second;
        frame.code = intent::frameCode(started.frameSecret, started.token, second, crypto::sm3(started.manifest));
        frame.deskId = deskId;
        frame.signature = deskKey.sign(frame.signedBytes());
        return frame;
    }
    // The desk's frame of this very second.
    Bytes frameNow(const Started &started)
    {
        return frameOf(started, static_cast<std::uint32_t>((now() - started.startedMs) / 1000)).encode();
    }
    Result<std::variant<Claim, ClaimDenied>> claim(const Started &started, const Claimant &who)
    {
        return sessions.claim(frameNow(started), who, now());
    }
    Claim claimed(const Started &started, const Claimant &who)
    {
        const auto answer = claim(started, who);
        if (!answer || !std::holds_alternative<Claim>(*answer)) qFatal("the claim was not taken");
        return std::get<Claim>(*answer);
    }
    static ClaimDenied denied(const Result<std::variant<Claim, ClaimDenied>> &answer)
    {
        return answer && std::holds_alternative<ClaimDenied>(*answer) ? std::get<ClaimDenied>(*answer) : ClaimDenied{};
    }

    void giveSms(const Token &token, const Claimant &who)
    {
        if (!sessions.askSms(token, who)) qFatal("no SMS was sent");
        if (*sessions.giveSms(token, who.acct, gateway.digits()) != codes::Check::right) qFatal("the code was not right");
    }
    Result<void> complete(const Token &token, const AccountId &acct, const Completion &completion)
    {
        HUFU_TRY(transaction, ledger.begin());
        HUFU_CHECK(sessions.complete(*transaction, token, acct, completion));
        return transaction->commit();
    }
    static Completion signatures(std::size_t count)
    {
        Completion completion{{0x51}, {}, {}};
        for (std::size_t i = 0; i < count; ++i)
            completion.signatures.push_back({static_cast<std::uint8_t>(i), {static_cast<std::uint8_t>(i + 1)}});
        return completion;
    }
    View view(const Token &token) { return *sessions.look(desk, token); }

    // The whole way of a desk to be known to a person.
    void enrolDesk(const Claimant &who)
    {
        const auto started = sessions.startEnrolment("财务电脑", deskKey.publicKey(), "192.0.2.7");
        if (!started) qFatal("no enrolment");
        claimed(*started, who);
        giveSms(started->token, who);
        if (!complete(started->token, who.acct, signatures(1))) qFatal("not enrolled");
    }
    void enrolDeskLongAgo(const Claimant &who)
    {
        enrolDesk(who);
        clock.advance(25 * 3'600'000);
    }
    std::vector<audit::Event> eventsOf(const AccountId &acct)
    {
        std::vector<audit::Event> events;
        const auto records = audit::recordsOf(ledger, acct, 1, 1000);
        for (const auto &record : *records)
            events.push_back(record.entry.event);
        return events;
    }

private:
    int m_next = 0;
};

} // namespace hufu::tests
