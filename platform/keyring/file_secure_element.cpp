#include "platform/keyring/file_secure_element.h"

#include "platform/files/atomic_file.h"

#include <algorithm>
#include <openssl/evp.h>

namespace hufu::keyring {

namespace {

// "HUFU-SE-1" | sealing key 32 | device secret 32
constexpr std::string_view kMagic = "HUFU-SE-1";
constexpr std::size_t kFileBytes = kMagic.size() + 64;

Result<void> make(const std::filesystem::path &file, ports::Random &random)
{
    SecretBytes content(kFileBytes);
    const auto out = content.fill();
    std::copy(kMagic.begin(), kMagic.end(), out.begin());
    random.fill(out.subspan(kMagic.size(), 32), "element-key");
    random.fill(out.subspan(kMagic.size() + 32, 32), "device-secret");
    return files::writeAtomically(file, content.expose());
}

} // namespace

FileSecureElement::FileSecureElement(SealingKey key, Secret<32> deviceSecret)
    : m_key(std::move(key)), m_deviceSecret(SecretBytes::adopt(deviceSecret.fill()))
{}

Result<std::unique_ptr<FileSecureElement>> FileSecureElement::open(const std::filesystem::path &file,
                                                                   ports::Random &random, IfMissing ifMissing)
{
    auto usable = files::checkPrivate(file);
    if (!usable && usable.error().code == Errc::notFound && ifMissing == IfMissing::make) {
        HUFU_CHECK(make(file, random));
        usable = files::checkPrivate(file);
    }
    HUFU_CHECK(usable);
    HUFU_TRY(content, files::readWhole(file, kFileBytes + 1));
    const auto bytes = SecretBytes::adopt(content);
    if (bytes.size() != kFileBytes || !sameBytes(bytes.expose().first(kMagic.size()), viewOf(kMagic)))
        return Error(Errc::tampered, "not a secure element");

    Secret<32> key, deviceSecret;
    const ByteView keys = bytes.expose().subspan(kMagic.size());
    std::copy_n(keys.begin(), 32, key.fill().begin());
    std::copy_n(keys.begin() + 32, 32, deviceSecret.fill().begin());
    return std::unique_ptr<FileSecureElement>(
        new FileSecureElement(SealingKey(std::move(key), random), std::move(deviceSecret)));
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
