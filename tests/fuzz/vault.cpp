// The phone's files under their seal. The input is what the secure element yields; the seal itself is libsodium's.
#include "shield/phone/record_check.h"
#include "shield/vault/vault.h"
#include "tests/fuzz/target.h"
#include "tests/support/fakes.h"

namespace hufu::tests {

namespace {

class OpenElement final : public ports::SecureElement {
public:
    Result<Bytes> seal(ByteView plain, ByteView) override { return bytesOf(plain); }
    Result<SecretBytes> open(ByteView sealed, ByteView) override
    {
        Bytes copy = bytesOf(sealed);
        return SecretBytes::adopt(copy);
    }
    Result<Secret<32>> deviceMac(ByteView) override { return Secret<32>(); }
};

struct Phone {
    MemoryDeviceStore store;
    OpenElement element;
    vault::Vault vault{store, element};

    explicit Phone(std::string_view name = {}, ByteView content = {})
    {
        if (!name.empty()) store.files[std::string(name)] = bytesOf(content);
    }
};

vault::Device deviceOf()
{
    vault::Device device;
    device.acct.fill(1);
    device.server = {"server.example", 8443, {}, {}};
    device.person = "张三";
    device.hints = {"19900101", "13800138000"};
    device.subject = Bytes(20, 3);
    return device;
}

void feedDevice(ByteView bytes)
{
    Phone phone("device", bytes);
    const auto device = phone.vault.device();
    if (!device) return;
    hold(bool(*device), "the file is there");
    hold(phone.vault.writeDevice(**device) && phone.store.files["device"] == bytesOf(bytes),
         "what is accepted is written the same");
}

std::vector<Bytes> deviceSeeds()
{
    Phone phone;
    hold(bool(phone.vault.writeDevice(deviceOf())), "written");
    return {phone.store.files["device"]};
}

void feedShares(ByteView bytes)
{
    Phone phone("share-3", bytes);
    const auto shares = phone.vault.shares();
    if (!shares) return;
    hold(shares->size() == 1 && shares->front().epoch == 3, "a file of an epoch is in its own place");
    hold(phone.vault.writeShares(shares->front()) && phone.store.files["share-3"] == bytesOf(bytes),
         "what is accepted is written the same");
}

std::vector<Bytes> sharesSeeds()
{
    Phone phone;
    vault::EpochShares shares;
    shares.epoch = 3;
    hold(bool(phone.vault.writeShares(shares)), "written");
    return {phone.store.files["share-3"]};
}

// Here and below a byte that is not zero means yes: what is read comes back, not each byte.
void feedChain(ByteView bytes)
{
    Phone phone("chain", bytes);
    const auto chain = phone.vault.chain();
    if (!chain) return;
    hold(bool(*chain), "the file is there");
    ports::SystemRandom random;
    const auto forHello = phone.vault.chainForHello(random);
    hold(forHello && forHello->rid && forHello->ctr == (*chain)->ctr && forHello->n == (*chain)->n,
         "a request id stands on disk before HELLO");
    hold(!(*chain)->rid || *(*chain)->rid == *forHello->rid, "a position has one request id");
    hold(*phone.vault.chain() == *forHello, "what is read comes back");
}

std::vector<Bytes> chainSeeds()
{
    Phone phone;
    ports::SystemRandom random;
    hold(bool(phone.vault.writePosition(7, ByteArray<32>{1})), "written");
    const Bytes without = phone.store.files["chain"];
    hold(bool(phone.vault.chainForHello(random)), "written");
    return {without, phone.store.files["chain"]};
}

void feedCertificates(ByteView bytes)
{
    Phone phone("certificates", bytes);
    const auto certificates = phone.vault.certificates();
    if (!certificates) return;
    hold(phone.vault.writeCertificates(*certificates) && *phone.vault.certificates() == *certificates,
         "what is read comes back");
}

std::vector<Bytes> certificatesSeeds()
{
    Phone phone;
    hold(bool(phone.vault.writeCertificates({Bytes(9, 1), Bytes(9, 2), Bytes(9, 3), Bytes(9, 4), true})), "written");
    return {phone.store.files["certificates"]};
}

void feedHistory(ByteView bytes)
{
    Phone phone("history", bytes);
    const auto before = phone.vault.history();
    if (!before) return;
    const vault::HistoryEntry entry{5, "sign", "platform", "summary", true, 0};
    hold(bool(phone.vault.addHistory(entry)), "one more can be added");
    const auto after = phone.vault.history();
    hold(after && after->size() == std::min(before->size() + 1, vault::Vault::kHistoryMax) && after->front() == entry,
         "the newest comes first");
    hold(std::equal(after->begin() + 1, after->end(), before->begin()), "the others stay");
}

vault::HistoryEntry entryOfASession()
{
    vault::HistoryEntry entry{5, "login", "平台", "", true, 0};
    entry.token = {1};
    entry.manifestSm3 = {2};
    entry.manifest = Bytes(40, 3);
    entry.certificate = "0a";
    entry.compared = vault::Compared::same;
    return entry;
}

std::vector<Bytes> historySeeds()
{
    Phone phone;
    hold(bool(phone.vault.addHistory(entryOfASession())), "written");
    for (int i = 0; i < 2; ++i)
        hold(bool(phone.vault.addHistory({5, "login", "平台", "", true, 301})), "written");
    return {phone.store.files["history"]};
}

void feedUpkeep(ByteView bytes)
{
    Phone phone("upkeep", bytes);
    const auto upkeep = phone.vault.upkeep();
    if (!upkeep) return;
    hold(phone.vault.writeUpkeep(*upkeep) && *phone.vault.upkeep() == *upkeep, "what is read comes back");
}

std::vector<Bytes> upkeepSeeds()
{
    Phone phone;
    hold(bool(phone.vault.writeUpkeep({3, 1'795'000'000'000, 1'795'000'000'001, 4, true})), "written");
    return {phone.store.files["upkeep"]};
}

// What the phone keeps of the server's records, and then the next of them.
void feedRecords(ByteView bytes)
{
    Phone phone;
    hold(bool(phone.vault.writeSeenRecords(bytes)), "written");
    auto seen = phone::seenRecords(phone.vault);
    if (!seen) return;
    hold(phone::writeSeenRecords(phone.vault, *seen) && *phone::seenRecords(phone.vault) == *seen, "what is read comes back");
    const auto before = *seen;
    phone::RecordCheck check(std::move(*seen), {entryOfASession()});
    audit::Record next{{}, before.sequence + 1, before.sm3, {audit::Event::sessionApproved, 5, {9}, {7}, 1}, 2};
    const auto taken = check.take({}, next.sequence, {next.encode()});
    hold(before.sequence > 0 ? !taken && check.seen().isBroken : taken && check.isWhole(), "only what follows is taken");
}

std::vector<Bytes> recordsSeeds()
{
    std::vector<Bytes> out;
    phone::SeenRecords seen;
    for (const std::uint64_t sequence : {0U, 7U}) {
        Phone phone;
        seen.sequence = sequence;
        hold(bool(phone::writeSeenRecords(phone.vault, seen)), "written");
        out.push_back(*phone.vault.seenRecords());
        seen.foreign.push_back({{1}, 2, 3, {4}});
    }
    return out;
}

} // namespace

std::vector<FuzzTarget> vaultTargets()
{
    return {
        {"vault-device", feedDevice, deviceSeeds},       {"vault-shares", feedShares, sharesSeeds},
        {"vault-chain", feedChain, chainSeeds},          {"vault-certificates", feedCertificates, certificatesSeeds},
        {"vault-history", feedHistory, historySeeds},    {"vault-upkeep", feedUpkeep, upkeepSeeds},
        {"vault-records", feedRecords, recordsSeeds},
    };
}

} // namespace hufu::tests
