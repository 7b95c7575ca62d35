#include "shield/enterprise/blind_index.h"

#include "shield/crypto/sm3.h"

namespace hufu::enterprise {

static constexpr std::string_view kRow = "blind-index-key";

static Result<SecretBytes> keyOf(ports::Transaction &transaction, const Ports &ports)
{
    HUFU_TRY(stored, transaction.readForChange(ports::Table::meta, viewOf(kRow)));
    if (stored) return ports.masterKey.open(*stored, viewOf(kRow));
    SecretBytes key(32);
    ports.random.fill(key.fill(), kRow);
    HUFU_TRY(sealed, ports.masterKey.seal(key.expose(), viewOf(kRow)));
    HUFU_CHECK(transaction.write(ports::Table::meta, viewOf(kRow), sealed));
    return key;
}

Result<ByteArray<32>> blindIndex(ports::Transaction &transaction, const Ports &ports, std::string_view what, ByteView of,
                                 std::string_view value)
{
    HUFU_TRY(key, keyOf(transaction, ports));
    const Bytes name = Writer().text(what).blob16(of).take();
    return crypto::hmacSm3(key.expose(), {name, viewOf(value)});
}

} // namespace hufu::enterprise
