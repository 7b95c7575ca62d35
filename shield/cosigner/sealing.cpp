#include "shield/cosigner/sealing.h"

#include <algorithm>

namespace hufu::cosigner {

namespace {

Bytes contextOf(std::string_view what, const ByteArray<16> &acct, std::uint32_t epoch, ByteView keyId)
{
    return Writer().text(what).raw(acct).u32(epoch).raw(keyId).take();
}

Result<SecretBytes> opened(ports::MasterKey &masterKey, ByteView sealed, ByteView context)
{
    auto plain = masterKey.open(sealed, context);
    if (!plain && plain.error().code == Errc::unavailable) return plain.error();
    // tampered would read as the peer's doing
    if (!plain) return Error(Errc::internal, "a sealed row does not open");
    return plain;
}

Result<SecretBytes> opened(ports::MasterKey &masterKey, ByteView sealed, ByteView context, std::size_t size)
{
    HUFU_TRY(plain, opened(masterKey, sealed, context));
    if (plain.size() != size) return Error(Errc::internal, "a sealed row does not open");
    return std::move(plain);
}

template <std::size_t N> ByteArray<N> arrayOf(const SecretBytes &bytes)
{
    ByteArray<N> out;
    std::copy_n(bytes.expose().begin(), N, out.begin());
    return out;
}

template <typename Share, typename Key> Result<Bytes> sealAny(ports::MasterKey &masterKey, const Share &share, const Key &key)
{
    HUFU_TRY(plain, share.secretBytes());
    return masterKey.seal(plain.expose(), contextOf("hufu-share", key.acct(), key.epoch(), key.keyId()));
}

template <typename Share, typename Key> Result<Share> openAny(ports::MasterKey &masterKey, ByteView sealed, const Key &key)
{
    HUFU_TRY(plain, opened(masterKey, sealed, contextOf("hufu-share", key.acct(), key.epoch(), key.keyId()), Share::kBytes));
    auto share = Share::fromBytes(plain.expose());
    if (!share) return Error(Errc::internal, "a sealed share is none");
    return share;
}

} // namespace

Result<Bytes> sealKDev(ports::MasterKey &masterKey, const Secret<32> &kDev, const ByteArray<16> &acct)
{
    return masterKey.seal(kDev.expose(), contextOf("hufu-kdev", acct, 0, {}));
}

Result<Secret<32>> openKDev(ports::MasterKey &masterKey, ByteView sealed, const ByteArray<16> &acct)
{
    HUFU_TRY(plain, opened(masterKey, sealed, contextOf("hufu-kdev", acct, 0, {}), 32));
    ByteArray<32> bytes = arrayOf<32>(plain);
    return Secret<32>::adopt(bytes);
}

Result<Bytes> sealShare(ports::MasterKey &masterKey, const threshold::ServerShare &share, const threshold::SharedKey &key)
{
    return sealAny(masterKey, share, key);
}

Result<Bytes> sealShare(ports::MasterKey &masterKey, const threshold::frost::ServerShare &share,
                        const threshold::frost::SharedKey &key)
{
    return sealAny(masterKey, share, key);
}

Result<threshold::ServerShare> openShare(ports::MasterKey &masterKey, ByteView sealed, const threshold::SharedKey &key)
{
    return openAny<threshold::ServerShare>(masterKey, sealed, key);
}

Result<threshold::frost::ServerShare> openShare(ports::MasterKey &masterKey, ByteView sealed,
                                                const threshold::frost::SharedKey &key)
{
    return openAny<threshold::frost::ServerShare>(masterKey, sealed, key);
}

Result<Bytes> sealRho2(ports::MasterKey &masterKey, const ByteArray<32> &rho2, const ByteArray<16> &acct,
                       std::uint32_t epoch)
{
    return masterKey.seal(rho2, contextOf("hufu-rho2", acct, epoch, {}));
}

Result<ByteArray<32>> openRho2(ports::MasterKey &masterKey, ByteView sealed, const ByteArray<16> &acct,
                               std::uint32_t epoch)
{
    HUFU_TRY(plain, opened(masterKey, sealed, contextOf("hufu-rho2", acct, epoch, {}), 32));
    return arrayOf<32>(plain);
}

Result<Bytes> sealRecovery(ports::MasterKey &masterKey, const RecoveryRow &row, const ByteArray<16> &acct)
{
    return masterKey.seal(row.encode().expose(), contextOf("hufu-recover", acct, 0, {}));
}

Result<RecoveryRow> openRecovery(ports::MasterKey &masterKey, ByteView sealed, const ByteArray<16> &acct)
{
    HUFU_TRY(plain, opened(masterKey, sealed, contextOf("hufu-recover", acct, 0, {})));
    auto row = RecoveryRow::parse(plain.expose());
    if (!row) return Error(Errc::internal, "a sealed row is none");
    return row;
}

} // namespace hufu::cosigner
