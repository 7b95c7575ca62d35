// OpenSSL's own curves as the reference: the same operations on SM2 (portable C) and on P-256 (assembly).
#pragma once

#include "shield/base/bytes.h"

#include <memory>
#include <string>

namespace hufu::bench {

class OpenSslCurve {
public:
    // In: name as OpenSSL knows it, "SM2" or "P-256".
    explicit OpenSslCurve(const std::string &name);
    OpenSslCurve(OpenSslCurve &&) noexcept;
    ~OpenSslCurve();

    void fixedBase() const;
    void variableBase() const;
    void doubleScalar() const;
    // Over a digest of 32 bytes, with a key of its own.
    void sign() const;
    void verify() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace hufu::bench
