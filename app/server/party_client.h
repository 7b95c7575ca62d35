// The demo portal as a relying party: it speaks with Hufu through the public end points (/rp/v1) and its own key alone, as any
// integrator's backend does. Only the way is short: no socket, since both are one process.
#pragma once

#include "app/server/page_scans.h"
#include "platform/net/router.h"
#include "shield/x509/chain.h"

#include <nlohmann/json.hpp>
#include <optional>

namespace hufu::server {

class PartyClient final : public ScanSource {
public:
    // router: with the end points for relying parties and those for everybody. key: of the portal.
    PartyClient(net::Router router, std::string key) : m_router(std::move(router)), m_key(std::move(key)) {}

    // POST /rp/v1/applications: the company that applies with this account is handed over. Returns: the address at the console for its person's
    // browser, good once. Errors: badInput, unavailable.
    Result<std::string> handOver(const std::string &account, const std::string &idempotencyKey) const;

    // POST /rp/v1/openings: these files are opened then. Errors: badInput (as the server says), unavailable.
    Result<void> registerOpening(std::int64_t openingMs, const std::vector<ByteArray<32>> &files) const;
    // PUT /rp/v1/bids/{id}: it was handed in here, or it was given back, replaced by another. Returns: whether Hufu has taken it so; it
    // knows no bid that an older desk has sealed. Errors: unavailable.
    Result<bool> handIn(const ByteArray<32> &bid) const;
    Result<bool> giveBack(const ByteArray<32> &bid, const std::optional<ByteArray<32>> &successor) const;

    // A log-in by scanning: /rp/v1/sessions and what is beneath.
    Result<Begun> start(const intent::Project &project, const std::string &idempotencyKey) override;
    Result<View> look(const sessions::Token &token) override;
    Result<std::string> frame(const sessions::Token &token) override;
    net::Response typeDigits(const sessions::Token &token, const net::Request &request) override;
    Result<void> cancel(const sessions::Token &token) override;
    struct Approved {
        ByteArray<16> holder{};      // who: stays through renewals and new phones
        ByteArray<16> certificate{}; // its serial number
        ByteArray<16> nonce{};       // of the manifest: whoever believes a log-in believes it once
    };
    // Who has approved, after all that the integrator's guide asks to be checked. In: manifestSm3, of what start answered. Errors: badState (not
    // approved); tampered (another manifest, a signature that is not by this certificate); refused (a certificate that does not
    // hold now); notFound; unavailable.
    Result<Approved> approved(const sessions::Token &token, const ByteArray<32> &manifestSm3, std::int64_t nowMs) const;

    struct Holder {
        ByteArray<16> id{};
        std::string company;           // its unified social credit code: what is the same for colleagues, and for no other company
        x509::Certificate certificate; // with which this person signs at present
        bool isValid = false;          // now
        std::vector<std::string> opens; // by which keys this person opens envelopes, hexadecimal, as those name them
    };
    // GET /rp/v1/certificates/{serial}, GET /rp/v1/holders/{holder}. Nothing: Hufu knows none. Errors: unavailable.
    Result<std::optional<Holder>> holderOfSerial(ByteView serial) const;
    Result<std::optional<Holder>> holder(const ByteArray<16> &id) const;
    // Whether Hufu knows whose certificate this is, and has that person's suspended or disabled at present. Errors: unavailable.
    Result<bool> isInactive(ByteView serial) const;
    // PUT /rp/v1/holders/{holder}/binding: an account here was bound to this person's certificate, or let go of the person. Returns: whether Hufu
    // has taken it so; it may know the person no more. Errors: unavailable (also while the person is suspended or disabled).
    Result<bool> tellBound(const ByteArray<16> &holder, const ByteArray<16> &certificate) const;
    Result<bool> tellReleased(const ByteArray<16> &holder) const;
    // The root that is believed, what is issued under it, and what was revoked. Errors: unavailable.
    Result<x509::Trust> trust() const;

private:
    // Returns: the answer, which those end points give at once.
    net::Response ask(const char *method, const std::string &path, const nlohmann::json &body = nlohmann::json::object()) const;
    net::Response ask(const char *method, const std::string &path, Bytes body) const;
    // What is answered in JSON. Errors: as the status says.
    Result<nlohmann::json> get(const std::string &path) const;
    Result<Bytes> file(const std::string &path) const;
    Result<std::optional<Holder>> holderAt(const std::string &path) const;
    Result<bool> tell(const std::string &path, const nlohmann::json &how) const;

    net::Router m_router;
    std::string m_key;
};

} // namespace hufu::server
