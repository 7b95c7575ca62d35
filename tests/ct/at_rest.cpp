// Secrets on their way to rest and back: the share under its seals, and known again by the cosigner; the PIN until it is
// stretched. Argon2id itself reads memory by the PIN in its second half, by design, and is no part of this.
#include "shield/cosigner/kept_keys.h"
#include "shield/cosigner/sealing.h"
#include "shield/crypto/aead.h"
#include "shield/crypto/sm3.h"
#include "shield/threshold/frost_keygen_phone.h"
#include "shield/threshold/frost_keygen_server.h"
#include "shield/threshold/keygen_phone.h"
#include "shield/threshold/keygen_server.h"
#include "shield/vault/pin.h"
#include "tests/ct/halves.h"
#include "tests/support/fakes.h"
#include "tests/support/outside_fakes.h"

#include <cstdlib>

namespace hufu::tests {

namespace {

void require(bool holds)
{
    if (!holds) std::abort();
}

// Seals as the file's master key does, under a key that is a secret of the test.
class SecretMasterKey final : public ports::MasterKey {
public:
    Result<Bytes> seal(ByteView plain, ByteView context) override
    {
        Bytes sealed = crypto::aeadSeal(m_key, plain, context, m_random);
        ct::declassify(sealed.data(), sealed.size()); // it lies in the database
        return sealed;
    }
    Result<SecretBytes> open(ByteView sealed, ByteView context) override { return crypto::aeadOpen(m_key, sealed, context); }

private:
    ports::SystemRandom m_random;
    crypto::AeadKey m_key = SecretRandom().secret<32>("master");
};

constexpr ByteArray<8> kMark{1};

struct AtRest {
    MemoryLedger ledger;
    SecretMasterKey masterKey;
    MemoryEpochKeys epochKeys;
    ports::SystemRandom random;
    ManualClock clock;
    cosigner::Ports ports{ledger, masterKey, epochKeys, random, clock};

    AtRest() { require(bool(epochKeys.make({{}, 0, kMark}))); }
};

void shareUnderItsSeal()
{
    SecretRandom random;
    auto start = threshold::keygen::phoneStart(threshold::KeyType::sign, {}, random);
    send(start->kg1);
    auto answer = threshold::keygen::serverAnswer(start->kg1, threshold::KeyType::sign, {}, random);
    send(answer->kg2);
    auto finished = threshold::keygen::phoneFinish(std::move(start->state), answer->kg2, random);
    send(finished->kg3);
    const auto made = sure(threshold::keygen::serverAccept(std::move(answer->state), finished->kg3));
    AtRest rest;
    const Bytes sealed = sure(cosigner::sealShare(rest.ports, made.share, made.key, kMark));
    auto opened = sure(cosigner::openShare(rest.ports, sealed, made.key, kMark));
    cosigner::KeptKeys kept;
    sure(kept.prepare(made.key, opened)); // by its equation
    auto again = sure(cosigner::openShare(rest.ports, sealed, made.key, kMark));
    sure(kept.prepare(made.key, again)); // by its hash
    require(again.isChecked());
}

void shareOfSuiteTwoUnderItsSeal()
{
    SecretRandom random;
    auto start = threshold::frost::keygen::phoneStart({}, random);
    send(start.kg1);
    auto answer = sure(threshold::frost::keygen::serverAnswer(start.kg1, {}, random));
    send(answer.kg2);
    auto finished = sure(threshold::frost::keygen::phoneFinish(std::move(start.state), answer.kg2, random));
    send(finished.kg3);
    const auto made = sure(threshold::frost::keygen::serverAccept(std::move(answer.state), finished.kg3));
    AtRest rest;
    const Bytes sealed = sure(cosigner::sealShare(rest.ports, made.share, made.key, kMark));
    require(sure(cosigner::openShare(rest.ports, sealed, made.key, kMark)).belongsTo(made.key));
}

void deviceKeyUnderItsSeal()
{
    AtRest rest;
    const Secret<32> kDev = SecretRandom().secret<32>("kdev");
    const Bytes sealed = sure(cosigner::sealKDev(rest.masterKey, kDev, {}));
    require(ct::equal(sure(cosigner::openKDev(rest.masterKey, sealed, {})).expose(), kDev.expose()));
}

void pinUntilItIsStretched()
{
    vault::Pin typed, again;
    for (int i = 0; i < 6; ++i)
        require(typed.press(i) && again.press(i));
    for (const vault::Pin *pin : {&typed, &again})
        ct::poison(pin->expose().data(), pin->length()); // how many there are is no secret: the dots show it
    require(typed.same(again));
    const Secret<32> device = SecretRandom().secret<32>("device");
    const auto mac = crypto::hmacSm3(device.expose(), typed.expose()); // as SecureElement::deviceMac
    require(!ct::equal(mac, ByteArray<32>{}));
}

constexpr CtCheck kChecks[] = {
    {"share-under-its-seal", shareUnderItsSeal},
    {"frost-share-under-its-seal", shareOfSuiteTwoUnderItsSeal},
    {"device-key-under-its-seal", deviceKeyUnderItsSeal},
    {"pin-until-it-is-stretched", pinUntilItIsStretched},
};

} // namespace

std::span<const CtCheck> atRestChecks()
{
    return kChecks;
}

} // namespace hufu::tests
