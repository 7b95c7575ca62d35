#include "platform/keyring/file_secure_element.h"

#include "platform/files/atomic_file.h"

#include <algorithm>
#include <openssl/evp.h>

namespace hufu::keyring {

namespace {

// "HUFU-SE-1" | sealing key 32 | device secret 32
constexpr std::string_view kElementMagic = "HUFU-SE-1";
constexpr std::size_t kKeyBytes = 64, kElementFileBytes = kElementMagic.size() + kKeyBytes;
// "HUFU-SE-2" | id 16 | the two keys, sealed under the one that a keyring has under this id
constexpr std::string_view kApartMagic = "HUFU-SE-2", kApartContext = "hufu-element";
constexpr std::size_t kIdBytes = 16, kSealedMore = 1 + 24 + 16, kApartBytes = kApartMagic.size() + kIdBytes + kKeyBytes + kSealedMore;

Result<void> make(const std::filesystem::path &file, ports::Random &random)
{
    SecretBytes content(kElementFileBytes);
    const auto out = content.fill();
    std::copy(kElementMagic.begin(), kElementMagic.end(), out.begin());
    random.fill(out.subspan(kElementMagic.size(), 32), "element-key");
    random.fill(out.subspan(kElementMagic.size() + 32, 32), "device-secret");
    return files::writeAtomically(file, content.expose());
}

bool isOf(const SecretBytes &content, std::string_view magic, std::size_t bytes)
{
    return content.size() == bytes && sameBytes(content.expose().first(magic.size()), viewOf(magic));
}

// What the keyring is to have is read again before the file lets go of its own.
Result<void> keepApart(const std::filesystem::path &file, ByteView keys, ports::Random &random, Secrets &apart)
{
    const auto id = random.bytes<kIdBytes>("element-id");
    Secret<32> key;
    random.fill(key.fill(), "element-apart");
    HUFU_CHECK(apart.write(toHex(id), key.expose()));
    HUFU_TRY(kept, apart.read(toHex(id)));
    if (!kept || !sameBytes(kept->expose(), key.expose())) return Error(Errc::unavailable, "the keyring keeps nothing");
    const Bytes sealed = SealingKey(std::move(key), random).seal(keys, viewOf(kApartContext));
    return files::writeAtomically(file, concat({viewOf(kApartMagic), id, sealed}));
}

// Errors: locked; tampered.
Result<SecretBytes> openApart(ByteView content, ports::Random &random, Secrets *apart)
{
    const ByteView id = content.subspan(kApartMagic.size(), kIdBytes);
    auto kept = apart ? apart->read(toHex(id)) : Result<std::optional<SecretBytes>>(Error(Errc::unavailable, "no keyring"));
    if (!kept || !*kept || (*kept)->size() != 32) return Error(Errc::locked, "the keyring does not give the key");
    Secret<32> key;
    std::copy_n((*kept)->expose().begin(), 32, key.fill().begin());
    return SealingKey(std::move(key), random).open(content.subspan(kApartMagic.size() + kIdBytes), viewOf(kApartContext));
}

} // namespace

FileSecureElement::FileSecureElement(SealingKey key, Secret<32> deviceSecret, bool isKeptApart)
    : m_key(std::move(key)), m_deviceSecret(SecretBytes::adopt(deviceSecret.fill())), m_isKeptApart(isKeptApart)
{}

Result<std::unique_ptr<FileSecureElement>> FileSecureElement::open(const std::filesystem::path &file,
                                                                   ports::Random &random, IfMissing ifMissing, Secrets *apart)
{
    auto usable = files::checkPrivate(file);
    if (!usable && usable.error().code == Errc::notFound && ifMissing == IfMissing::make) {
        HUFU_CHECK(make(file, random));
        usable = files::checkPrivate(file);
    }
    HUFU_CHECK(usable);
    HUFU_TRY(content, files::readWhole(file, kApartBytes + 1));
    auto bytes = SecretBytes::adopt(content);
    bool isApart = isOf(bytes, kApartMagic, kApartBytes);
    if (isApart) {
        HUFU_TRY(opened, openApart(bytes.expose(), random, apart));
        bytes = std::move(opened);
    } else {
        if (!isOf(bytes, kElementMagic, kElementFileBytes)) return Error(Errc::tampered, "not a secure element");
        isApart = apart && keepApart(file, bytes.expose().subspan(kElementMagic.size()), random, *apart).has_value();
    }
    const ByteView keys = bytes.expose().last(kKeyBytes);

    Secret<32> key, deviceSecret;
    std::copy_n(keys.begin(), 32, key.fill().begin());
    std::copy_n(keys.begin() + 32, 32, deviceSecret.fill().begin());
    return std::unique_ptr<FileSecureElement>(
        new FileSecureElement(SealingKey(std::move(key), random), std::move(deviceSecret), isApart));
}

Result<Bytes> FileSecureElement::seal(ByteView plain, ByteView context)
{
    return m_key.seal(plain, context);
}

Result<SecretBytes> FileSecureElement::open(ByteView sealed, ByteView context)
{
    return m_key.open(sealed, context);
}

Result<Secret<32>> FileSecureElement::deviceMac(ByteView message)
{
    Secret<32> mac;
    std::size_t length = 0;
    const ByteView key = m_deviceSecret.expose();
    if (EVP_Q_mac(nullptr, "HMAC", nullptr, "SM3", nullptr, key.data(), key.size(), message.data(), message.size(),
                  mac.fill().data(), mac.size(), &length) == nullptr ||
        length != mac.size())
        return Error(Errc::internal, "HMAC-SM3");
    return mac;
}

} // namespace hufu::keyring
