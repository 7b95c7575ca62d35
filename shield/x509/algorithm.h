// The algorithm identifiers of SM2 and SM3. Source: GM/T 0006.
#pragma once

#include "shield/base/result.h"

struct X509_algor_st;

namespace hufu::x509 {

// 1.2.156.10197.1.501 without parameters. Errors: internal.
Result<void> setSm2WithSm3(X509_algor_st *algorithm);
// 1.2.156.10197.1.401 without parameters. Errors: internal.
Result<void> setSm3(X509_algor_st *algorithm);

// Parameters absent or NULL, here and below.
bool isSm2WithSm3(const X509_algor_st *algorithm);
// 1.2.156.10197.1.301.1, by which some name the signer's algorithm instead.
bool isSm2Signing(const X509_algor_st *algorithm);
bool isSm3(const X509_algor_st *algorithm);

} // namespace hufu::x509
