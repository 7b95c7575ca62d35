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

template <typename Share, typename Key>
Result<Bytes> sealAny(const Ports &ports, const Share &share, const Key &key, const ByteArray<8> &mark)
{
    HUFU_TRY(plain, share.secretBytes());
    const Bytes context = contextOf("hufu-share", key.acct(), key.epoch(), key.keyId());
    HUFU_TRY(inner, ports.epochKeys.seal({key.acct(), key.epoch(), mark}, plain.expose(), context));
    return ports.masterKey.seal(inner, context);
}

template <typename Share, typename Key>
Result<Share> openAny(const Ports &ports, ByteView sealed, const Key &key, const ByteArray<8> &mark)
{
    const Bytes context = contextOf("hufu-share", key.acct(), key.epoch(), key.keyId());
    HUFU_TRY(outer, opened(ports.masterKey, sealed, context));
    SecretBytes plain = std::move(outer);
    if (mark != ByteArray<8>{}) {
        auto inner = ports.epochKeys.open({key.acct(), key.epoch(), mark}, plain.expose(), context);
        if (!inner && inner.error().code == Errc::unavailable) return inner.error();
        if (!inner && inner.error().code == Errc::notFound) return Error(Errc::badState, "the epoch's key is destroyed");
        if (!inner) return Error(Errc::internal, "a sealed row does not open");
        plain = std::move(*inner);
    }
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

Result<Bytes> sealShare(const Ports &ports, const threshold::ServerShare &share, const threshold::SharedKey &key,
                        const ByteArray<8> &mark)
{
    return sealAny(ports, share, key, mark);
}

Result<Bytes> sealShare(const Ports &ports, const threshold::frost::ServerShare &share,
                        const threshold::frost::SharedKey &key, const ByteArray<8> &mark)
{
    return sealAny(ports, share, key, mark);
}

Result<threshold::ServerShare> openShare(const Ports &ports, ByteView sealed, const threshold::SharedKey &key,
                                         const ByteArray<8> &mark)
{
    return openAny<threshold::ServerShare>(ports, sealed, key, mark);
}

Result<threshold::frost::ServerShare> openShare(const Ports &ports, ByteView sealed,
                                                const threshold::frost::SharedKey &key, const ByteArray<8> &mark)
{
    return openAny<threshold::frost::ServerShare>(ports, sealed, key, mark);
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

Result<Bytes> sealResult(ports::MasterKey &masterKey, const ResultRow &row, ByteView key)
{
    Bytes plain = row.encode();
    return masterKey.seal(SecretBytes::adopt(plain).expose(), Writer().text("hufu-result").raw(key).take());
}

Result<ResultRow> openResult(ports::MasterKey &masterKey, ByteView sealed, ByteView key)
{
    HUFU_TRY(plain, opened(masterKey, sealed, Writer().text("hufu-result").raw(key).take()));
    auto row = ResultRow::parse(plain.expose());
    if (!row) return Error(Errc::internal, "a sealed row is none");
    return row;
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
