#include "shield/threshold/shared_key.h"

#include "shield/threshold/transcript.h"

#include <algorithm>
#include <limits>
#include <map>
#include <mutex>

namespace hufu::threshold {

Result<EncodedPoint> EncodedPoint::of(const crypto::Point &point)
{
    auto bytes = point.encode();
    if (!bytes) return bytes.error();
    EncodedPoint out(point, *bytes);
    wipe(bytes->data(), bytes->size());
    return out;
}

Result<EncodedPoint> EncodedPoint::parse(ByteView bytes)
{
    const auto point = crypto::Point::parse(bytes); // of this length alone
    if (!point) return Error(Errc::tampered, "point");
    EncodedPoint out(*point, {});
    std::ranges::copy(bytes, out.m_bytes.begin());
    return out;
}

Result<std::vector<EncodedPoint>> EncodedPoint::allOf(std::span<const crypto::Point> points)
{
    auto encoded = crypto::Point::encodeAll(points);
    if (!encoded) return Error(Errc::badInput, "point at infinity");
    std::vector<EncodedPoint> out;
    out.reserve(points.size());
    for (std::size_t i = 0; i < points.size(); ++i)
        out.push_back(EncodedPoint(points[i], (*encoded)[i]));
    for (auto &bytes : *encoded)
        wipe(bytes.data(), bytes.size());
    return out;
}

namespace {

// Tables of points that are public and used again and again. Making one twice changes nothing but time.
class MadeTables {
public:
    std::shared_ptr<const crypto::PointTable> of(const ByteArray<65> &bytes, const crypto::Point &point)
    {
        {
            const std::lock_guard guard(m_mutex);
            if (const auto it = m_made.find(bytes); it != m_made.end()) return it->second;
        }
        auto made = crypto::PointTable::of(point);
        if (!made) return nullptr;
        auto table = std::make_shared<const crypto::PointTable>(std::move(*made));
        const std::lock_guard guard(m_mutex);
        if (m_made.size() >= kTablesMax) m_made.clear(); // rare; each is made anew when it is used
        m_made.insert_or_assign(bytes, table);
        return table;
    }

private:
    static constexpr std::size_t kTablesMax = 4096; // 9 MB
    std::mutex m_mutex;
    std::map<ByteArray<65>, std::shared_ptr<const crypto::PointTable>> m_made;
};

} // namespace

EncodedPoint EncodedPoint::withTable() const
{
    static MadeTables made;
    EncodedPoint out = *this;
    if (!out.m_table) out.m_table = made.of(m_bytes, m_point);
    return out;
}

crypto::Point EncodedPoint::times(const crypto::Scalar &k) const
{
    if (m_table) return crypto::mul(k, *m_table);
    return isGenerator() ? crypto::mulBase(k) : crypto::mul(k, m_point);
}

void EncodedPoint::addTo(crypto::VartimeSum &sum, const crypto::Scalar &k) const
{
    if (m_table)
        sum.add(k, *m_table);
    else if (isGenerator())
        sum.addBase(k);
    else
        sum.add(k, m_point);
}

const EncodedPoint &EncodedPoint::generator()
{
    static const EncodedPoint kGenerator = *of(crypto::Point::generator());
    return kGenerator;
}

Result<SharedKey> SharedKey::of(KeyType type, ByteView p, const Acct &acct, std::uint32_t epoch)
{
    auto parsed = EncodedPoint::parse(p);
    if (!parsed) return Error(Errc::badInput, "public key");
    auto base = EncodedPoint::of(parsed->point() + crypto::Point::generator());
    if (!base) return Error(Errc::badInput, "public key without shares");
    return SharedKey(type, acct, epoch, keyIdOf(type, parsed->bytes()), *parsed, *base);
}

SharedKey SharedKey::withTable() const
{
    SharedKey out = *this;
    out.m_base = m_base.withTable();
    return out;
}

crypto::Point SharedKey::sumVartime(const crypto::Scalar &s, const crypto::Scalar &t) const
{
    crypto::VartimeSum sum;
    sum.addBase(s - t);
    m_base.addTo(sum, t);
    return sum.sum();
}

Result<SharedKey> SharedKey::nextEpoch() const
{
    if (m_epoch == std::numeric_limits<std::uint32_t>::max()) return Error(Errc::badState, "last epoch");
    SharedKey next = *this;
    ++next.m_epoch;
    return next;
}

KeyId keyIdOf(KeyType type, const ByteArray<65> &p)
{
    const std::uint8_t typeByte = static_cast<std::uint8_t>(type);
    return hash("key-id", {{&kSuiteSm2, 1}, {&typeByte, 1}, p});
}

} // namespace hufu::threshold
