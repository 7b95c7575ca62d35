#include "shield/cosigner/request.h"

#include "shield/base/limits.h"
#include "shield/intent/tbs.h"

namespace hufu::cosigner {

using intent::Act;
using intent::Op;

namespace {

Result<Stage> stageOf(Op op)
{
    switch (op) {
    case Op::sign: return Stage::sign;
    case Op::decrypt: return Stage::decrypt;
    case Op::refresh:
    case Op::pinChange: return Stage::ref1;
    case Op::refreshCommit: break;
    }
    return Error(Errc::badInput, "no conversation begins with this op");
}

bool isSuiteOf(const wire::Hello &hello, const DeviceRecord &record, KeyType type)
{
    return hello.suite == static_cast<std::uint8_t>(record.key(type).point.suite());
}

// A request for a certificate speaks of this device's own keys.
bool isOwn(const intent::Manifest &manifest, const DeviceRecord &record)
{
    if (manifest.csrRequest && manifest.csrRequest->point != record.sign.point) return false;
    if (!manifest.encryptRequest) return true;
    const intent::EncryptRequest &request = *manifest.encryptRequest;
    return request.acct == record.acct && request.keyId == record.row.encryptKeyId && request.point == record.encrypt.point.sm2Bytes();
}

} // namespace

Result<Request> Request::of(const wire::Hello &hello, const Pending &pending)
{
    HUFU_TRY(stage, stageOf(hello.op));
    if (pending.op != hello.op) return Error(Errc::refused, "the session is about another op");

    Request request;
    request.stage = stage;
    if (stage == Stage::sign) request.type = KeyType::sign;
    if (stage == Stage::decrypt) request.type = KeyType::encrypt;
    request.userTimeMs = limits::kSignTimeMs;
    if (hello.op != Op::refresh || !pending.manifest.empty()) {
        HUFU_TRY(manifest, intent::Manifest::parse(pending.manifest));
        if (intent::opOf(manifest.act) != hello.op) return Error(Errc::badInput, "the act is another op's");
        request.userTimeMs = intent::userTimeMs(manifest.act);
        request.items = intent::itemsOf(manifest);
        request.manifest = std::move(manifest);
    }
    if (pending.userTimeMs > 0) request.userTimeMs = std::min(request.userTimeMs, pending.userTimeMs);

    const bool commits = stage == Stage::sign && hello.suite == wire::kSuiteSm2;
    const std::size_t commitments = commits ? request.items : 0;
    if (request.items > limits::kItemsMax || pending.tbs.size() != request.items || hello.com1.size() != commitments)
        return Error(Errc::badInput, "the number of items");
    if (!pending.namedC1.empty() && (stage != Stage::decrypt || pending.namedC1.size() != request.items))
        return Error(Errc::badInput, "the number of named ciphertexts");
    for (std::size_t i = 0; i < request.items; ++i)
        if (!intent::checkTbs(request.manifest, pending.manifest, i, pending.tbs[i])) return Error(Errc::badInput, "not the manifest's TBS");
    return request;
}

Result<void> Request::checkKeys(const wire::Hello &hello, const DeviceRecord &record) const
{
    if (type && record.row.mustRefresh()) return Error(Errc::badState, "the shares were copied: refresh first");
    if (!type) {
        if (hello.keyId != record.row.signKeyId && hello.keyId != record.row.encryptKeyId)
            return Error(Errc::refused, "not a key of the device");
        if (!isSuiteOf(hello, record, hello.keyId == record.row.signKeyId ? KeyType::sign : KeyType::encrypt))
            return Error(Errc::refused, "the key is of another suite");
        for (const KeyType living : record.living())
            if (record.key(living).state != KeyState::active) return Error(Errc::refused, "a key is not proved yet");
        return {};
    }
    if (hello.keyId != record.keyId(*type)) return Error(Errc::refused, "op and key type do not match");
    if (!isSuiteOf(hello, record, *type)) return Error(Errc::refused, "the key is of another suite");
    const Act proof = *type == KeyType::sign ? Act::csr : Act::probe;
    if (record.key(*type).state == KeyState::pending && manifest.act != proof)
        return Error(Errc::refused, "the key is not proved yet");
    if (!isOwn(manifest, record)) return Error(Errc::refused, "a request for another device's certificate");
    return {};
}

} // namespace hufu::cosigner
