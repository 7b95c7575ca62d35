// One act from Claim or Begin to its answer, over as many connections as it takes: what Activation, Approval,
// PinChange and Refresh have in common. For the sources of this folder only.
#pragma once

#include "shield/intent/frame.h"
#include "shield/phone/approval.h"
#include "shield/phone/connection.h"
#include "shield/phone/problem.h"
#include "shield/phone/renewal.h"
#include "shield/phone/signing.h"
#include "shield/threshold/decrypt_phone.h"
#include "shield/wire/conversation.h"

namespace hufu::phone {

// What happened, for the flow.
struct News {
    enum class Kind : std::uint8_t {
        nothing,
        ready, // CHAL is checked: it waits for the person
        smsSent,
        factorAccepted,
        factorRefused, // problem says why; the exchange goes on
        wrongPin,      // counted, problem has the tries; HELLO went out again
        pinAgain, // the answer is lost or void and nothing was counted: ready, and the PIN is needed once more
        signedItems, // signatures() are there and verified
        openedItems, // opened() is there
        delivered,
        refreshed,
        unsettled, // REF3 went out and its answer is lost: either epoch may be the server's
        refused,
        stopped, // problem says why; all secrets are wiped
    };
    Kind kind = Kind::nothing;
    Outgoing send;
    bool connect = false;
    bool unheard = false; // with refused: the server may not know of it
    Problem problem;
};

// The new epoch of a refresh: salt and K_pin of the new PIN.
struct NewEpoch {
    ByteArray<16> salt{};
    vault::Stretch stretch;
    Secret<32> kPin;
};

class Exchange {
public:
    // A frame from a desk or a page, seen at seenMs (monotonic).
    Exchange(const Environment &environment, const vault::Device &device, Connection &connection,
             const intent::Frame &frame, std::int64_t seenMs);
    // An act of the phone itself.
    Exchange(const Environment &environment, const vault::Device &device, Connection &connection,
             intent::Act act);
    // A refresh on schedule: no session, nothing to read.
    Exchange(const Environment &environment, const vault::Device &device, Connection &connection);

    // Sends Claim or Begin on the open connection, or asks for one.
    News start();
    News receive(ByteView message);
    // The connection has gone: secrets of a challenge are wiped, and the exchange asks for a new one.
    News lost();
    // Why the exchange has to end: its time is over. An answer that may be kept at the server is looked for as long as it is kept.
    std::optional<Problem> overdue() const;
    bool isRefusing() const { return m_opening == Opening::refuse; } // the person has said no
    bool isBound() const; // by the person's last word: it may be carried out already

    bool isReady() const { return m_awaiting == Awaiting::person; }

    News askSms();
    News giveFactor(std::uint8_t kind, Bytes value);
    News refuse(wire::RefuseReason reason);
    // Answers the challenge with the stretched PIN: SIGN or DEC1 for the items included. Only when isReady().
    News answer(const Secret<32> &kPin, const std::vector<std::uint8_t> &included);
    // REF1 with the PIN in force. Only when isReady().
    News refresh(const Secret<32> &kPin, NewEpoch next);
    // What was opened, sealed to the desk's key.
    News deliver();

    const std::optional<Request> &request() const { return m_request; }
    const ByteArray<16> &sid() const { return m_sid; }
    const vault::EpochShares &shares() const { return m_shares[m_chosen]; } // once HELLO went out
    bool twoPins() const; // a PIN change is unfinished: two files on disk, each under a PIN of its own
    bool choseNewest() const { return m_chosen == 0; }
    const std::vector<Signed> &signatures() const { return m_signed; }
    // By item of those that were approved; empty: this one does not open. The desk gets a box of nothing for it.
    const std::vector<SecretBytes> &opened() const { return m_opened; }
    std::vector<std::uint8_t> openedItems() const; // their places in the manifest
    // Only this epoch's shares may be used: another answer of the server stops the exchange.
    void confine(std::uint32_t epoch) { m_onlyEpoch = epoch; }

private:
    enum class Awaiting : std::uint8_t {
        nothing,
        greeting,
        claimed,
        chal,
        chalAgain,
        person,
        resp,
        dec2,
        ref2,
        ref4,
        delivered,
        refused
    };
    enum class Opening : std::uint8_t {
        claim,
        resume,
        query,
        deliver,
        refuse
    }; // what a new connection begins with

    News stop(const Problem &problem);
    News stop(const Error &error) { return stop(problemOf(error)); }
    News guard(Result<News> result);
    void forget(); // all secrets of the challenge
    bool mayBeKept() const;

    template <typename M>
    Bytes withMac(M message, const std::optional<ByteArray<16>> &nonce = std::nullopt) const;
    News refusedUnheard();
    Result<News> open();
    Result<News> hello(const std::optional<ByteArray<16>> &nonce);
    Result<News> dispatch(const wire::Envelope &envelope);
    Result<News> onGreeting(const wire::Greeting &greeting);
    Result<News> onClaimed(wire::Claimed claimed);
    template <typename Chal> Result<News> onChal(const Chal &chal); // of either suite
    Result<News> onLocked(const wire::Locked &locked);
    Result<News> onEpoch(std::uint32_t epoch);
    Result<News> onVerdict(const ByteArray<16> &sid, const wire::Verdict &verdict); // one that is not ok
    Result<News> onResp(const wire::Resp &resp);
    Result<News> onDec2(const wire::Dec2 &dec2);
    Result<News> onRef2(const wire::Ref2 &ref2);
    Result<News> onRef4(const wire::Ref4 &ref4);
    News onFailure(const wire::Failure &failure);
    Result<News> again(News::Kind kind, const Problem &problem);

    Result<void> checkManifest(const intent::Manifest &manifest, const wire::Claimed &claimed) const;
    std::vector<threshold::KeyType> living() const; // the keys of which the cosigner has its half
    intent::Op op() const;
    bool renews() const { return op() == intent::Op::pinChange || op() == intent::Op::refresh; }
    Result<void> settle(std::uint32_t epoch); // the epoch has proved itself: other files go
    void note(const wire::Verdict &verdict);  // for the phone's upkeep
    void noteSignDestroyed();

    Environment m_environment;
    const vault::Device &m_device;
    Connection &m_connection;
    std::optional<intent::Frame> m_frame;
    std::int64_t m_seenMs = 0;
    intent::Act m_act = intent::Act::login;
    bool m_scheduled = false;

    Awaiting m_awaiting = Awaiting::nothing;
    Opening m_opening = Opening::claim;
    bool m_factorOpen = false; // FactorAsk or Factor is not answered yet
    bool m_claimSent = false;
    bool m_epochSwitched = false; // since the last CHAL
    bool m_signGone = false;      // the cosigner has destroyed its half of the sign key
    News::Kind m_readyKind = News::Kind::ready;
    Problem m_readyProblem;

    std::optional<ByteArray<16>> m_token;
    std::optional<Request> m_request;
    Bytes m_manifestBytes;
    std::int64_t m_deadlineMs = 0; // monotonic; 0: not known yet
    std::int64_t m_startedMs = -1; // monotonic, first message; negative: none yet
    int m_unanswered = 0;          // connections one after the other that the server greeted and then said nothing on
    bool m_greeted = false;        // this one
    std::int64_t m_saidMs = 0;     // monotonic: the person's last word, a PIN or no

    std::vector<vault::EpochShares> m_shares;
    std::size_t m_chosen = 0;
    std::optional<std::uint32_t> m_preferredEpoch, m_onlyEpoch;
    std::uint64_t m_ctr = 0; // sent in HELLO
    ByteArray<16> m_sid{};
    Signing m_signing;
    std::vector<crypto::Sm2Ciphertext> m_ciphertexts;
    std::vector<threshold::decrypt::PhoneAsked> m_asked;
    Renewal m_renewal;
    std::optional<NewEpoch> m_next;

    std::vector<std::uint8_t> m_included;
    std::vector<Signed> m_signed;
    std::vector<SecretBytes> m_opened;
    std::vector<wire::Deliver::Item> m_sealed;
    wire::RefuseReason m_reason = wire::RefuseReason::person;
};

} // namespace hufu::phone
