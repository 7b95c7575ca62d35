// The phone's state at rest (PROTOCOL 4.3 and 6): small files, each sealed by the secure element, written in
// the order that the protocol asks for.
//
//   device        who the device is: account, K_dev, server and its pins. Written before KG3
//   share-<epoch> the blinded shares of one epoch; two such files stand during a refresh (R7)
//   chain         (ctr, N, rid) as far as drawn. No chain file: activation did not get as far as KG4
//   certificates  what the authority issued
//   history       what was approved and refused, for the person
//   records       how far the server's records of the account were held against it, and what was found
//   upkeep        since when the shares stand, and what the server says of them
//   draft         how far an activation is that has not got as far as its keys
//   kept-pin      the PIN, where its person lets a finger or face stand for typing it; released for the same set of them alone
//   bids          the list of sealed bids as it was fetched last
//   fingers       which fingers or faces may stand for typing the PIN; no file: none may
#pragma once

#include "shield/base/ct.h"
#include "shield/crypto/ed25519.h"
#include "shield/crypto/pin_stretch.h"
#include "shield/crypto/public_key.h"
#include "shield/ports/device_store.h"
#include "shield/ports/random.h"
#include "shield/vault/pin.h"

#include <optional>
#include <string>
#include <vector>

namespace hufu::vault {

// Where the server is and by which keys it is known: SHA-256 of the SubjectPublicKeyInfo, and a backup's.
struct ServerLink {
    std::string host;
    std::uint16_t port = 0;
    ByteArray<32> pin{}, backupPin{};
    bool operator==(const ServerLink &) const = default;
};

// The holder of one K_dev.
struct Device {
    ByteArray<16> acct{};
    Secret<32> kDev;
    ServerLink server;
    std::string person, company, creditCode;
    PinHints hints;
    Bytes subject; // of the certificates, in the form of the caller (shield/phone)
};

// Kept beside the salt it belongs to.
using Stretch = crypto::PinStretch;

struct StoredKey {
    ByteArray<32> keyId{};
    crypto::PublicKey point; // P; a sign key may be of suite 2
    ByteArray<32> blinded{}; // b = u1 - mask mod n, or s1 - mask mod L; zero once the cosigner has destroyed its half (R1)
    bool isGone() const { return ct::equal(blinded, ByteArray<32>{}); }
    bool operator==(const StoredKey &) const = default;
};

// The shares of one epoch: both keys of the device under one PIN (R2), each with its own mask.
struct EpochShares {
    std::uint32_t epoch = 0;
    ByteArray<16> salt{};      // new with each PIN
    ByteArray<32> saltEpoch{}; // new with each epoch
    Stretch stretch;
    StoredKey sign, encrypt;
    bool operator==(const EpochShares &) const = default;
};

struct Chain {
    std::uint64_t ctr = 0;
    ByteArray<32> n{};
    std::optional<ByteArray<16>> rid; // drawn for this position already
    bool operator==(const Chain &) const = default;
};

struct Certificates {
    Bytes sign, encrypt, issuing, root; // DER; empty: not there yet
    bool active = false;                // the activation ended with both rehearsals
    bool operator==(const Certificates &) const = default;
};

// An entry of the history beside the server's records.
enum class Compared : std::uint8_t {
    notYet = 0,
    heardOf = 1, // the server knows the session, and no end of it
    same = 2,
    differs = 3, // another manifest, or another end
    missing = 4, // the server knows nothing of it
};

struct HistoryEntry {
    std::int64_t atMs = 0; // Unix milliseconds
    std::string act, platform, summary;
    bool approved = false;
    std::uint16_t code = 0; // HF-nnn when it failed
    ByteArray<16> token = {}; // of the session; zero: there was none, or the entry is of a former form, as are all without the following
    ByteArray<32> manifestSm3 = {};
    Bytes manifest = {};          // as it was shown; empty: not kept
    std::string certificate = {}; // whose key was asked for: its serial number, hexadecimal
    Compared compared = Compared::notYet;
    Bytes signatures = {}; // (item of the manifest 1 | signature 64)*, what came of the approval; empty: nothing signed, or not kept
    bool operator==(const HistoryEntry &) const = default;
};

// What the phone looks after by itself.
struct Upkeep {
    std::uint32_t epoch = 0;    // that worked last
    std::int64_t sinceMs = 0;   // when it worked first, Unix milliseconds; 0: not yet
    std::int64_t triedMs = 0;   // when a refresh of it was begun last; 0: never
    std::uint8_t failures = 0;  // wrong PINs since the last PIN change, as the server counts them
    bool signDestroyed = false; // the cosigner has no half of the sign key any more
    bool operator==(const Upkeep &) const = default;
};

// How far an activation got, so that nothing need be typed or proved again. Never a PIN. Survives erase(): the activation itself starts
// with that.
struct Draft {
    std::string link, number;
    bool isNumberTaken = false; // the server sent its code there
    std::string agreed;         // which agreements were accepted, in the form of the caller (app/phone)
    Bytes accepted;             // what the server said to the identity check (shield/phone); holds the ticket to the keys
    bool operator==(const Draft &) const = default;
};

// Errors of every call: unavailable (storage), tampered (a file that this secure element did not seal, or that
// is not of the form). A write that fails leaves the former content.
class Vault {
public:
    Vault(ports::DeviceStore &store, ports::SecureElement &element) : m_store(store), m_element(element) {}

    Result<std::optional<Device>> device();
    Result<void> writeDevice(const Device &device);

    // The epochs on disk, the highest first: none, one, or two.
    Result<std::vector<EpochShares>> shares();
    Result<void> writeShares(const EpochShares &shares);
    Result<void> removeShares(std::uint32_t epoch);

    Result<std::optional<Chain>> chain();
    // KG4's beginning, and CHAL's new position: without a rid. Must return before SIGN is sent (PROTOCOL 6.3).
    Result<void> writePosition(std::uint64_t ctr, const ByteArray<32> &n);
    // The position with its rid; draws one and writes it if there is none. Must return before HELLO is sent
    // (6.1). Errors: notFound (no chain yet).
    Result<Chain> chainForHello(ports::Random &random);

    Result<Certificates> certificates(); // empty ones if there is no file
    Result<void> writeCertificates(const Certificates &certificates);

    Result<std::vector<HistoryEntry>> history(); // newest first, at most kHistoryMax
    Result<void> addHistory(const HistoryEntry &entry);
    // In the place of the newest one that is just like former; without one it is added.
    Result<void> replaceHistory(const HistoryEntry &former, const HistoryEntry &entry);
    // All of it. The oldest manifests and signatures are left out of what is too much.
    Result<void> writeHistory(std::vector<HistoryEntry> entries);

    Result<Bytes> seenRecords(); // in the form of the caller (shield/phone); empty if there is no file
    Result<void> writeSeenRecords(ByteView seen);

    Result<Upkeep> upkeep(); // an empty one if there is no file
    Result<void> writeUpkeep(const Upkeep &upkeep);

    Result<Bytes> sealedBids(); // in the form of the caller (shield/phone); empty if there is no file
    Result<void> writeSealedBids(ByteView bids);

    Result<Draft> draft(); // an empty one if there is no file
    Result<void> writeDraft(const Draft &draft); // an empty one leaves no file

    // The set of fingers or faces (ports::Biometrics) that may stand for typing the PIN. Sealed: who can only write files switches nothing on.
    Result<std::optional<ByteArray<16>>> fingers();
    Result<void> letFingers(const std::optional<ByteArray<16>> &set);

    // The PIN for who would rather not type it. It goes to the server's check like one that was typed. In: set, of fingers or faces that
    // may have it (ports::Biometrics).
    Result<void> keepPin(const Pin &pin, const ByteArray<16> &set);
    Result<bool> hasPin();
    // Errors: notFound (none is kept); refused (another set of fingers or faces: what was kept is gone).
    Result<Pin> releasePin(const ByteArray<16> &set);
    Result<void> forgetPin();

    // K_pin: Argon2id over HMAC(device secret, digits). Slow on purpose: about 0.2 s with the default
    // parameters.
    Result<Secret<32>> stretch(const Pin &pin, const ByteArray<16> &salt, const Stretch &parameters);

    // The key that signs this device's evidence of acts (shield/audit): of the secure element and the account alone, so that no file holds it and
    // it lasts as long as the account. Errors: notFound (no device yet).
    Result<crypto::Ed25519Key> evidenceKey();

    // Everything goes: the device starts over. The kept PIN and the shares go first, the device file last.
    Result<void> erase();

    static constexpr std::size_t kHistoryMax = 200, kManifestsMax = 256 * 1024;

private:
    Result<std::optional<SecretBytes>> read(std::string_view name);
    Result<void> write(std::string_view name, ByteView plain);

    ports::DeviceStore &m_store;
    ports::SecureElement &m_element;
};

} // namespace hufu::vault
