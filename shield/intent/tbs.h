// The bytes that the two halves sign or open for a manifest (PROTOCOL R10).
#pragma once

#include "shield/intent/manifest.h"

namespace hufu::intent {

// What is to be signed for item index:
//   login, enrol, encryptCertificate, rehearseSign, vouch, revoke, confirm  "HUFU-INTENT-1" | 00 | manifest
//   csr                                                        DER CertificationRequestInfo
//   sign with form cms or cmsGmt, seal, encrypt                DER SET signedAttrs: contentType data (of PKCS#7 or
//                                                              GM/T 0010), signingTime = created,
//                                                              messageDigest = files[index].sm3, hufu-manifest
//                                                              = SM3(manifest)
//   seal with form ses                                         DER TBS_Sign of GB/T 38540 (buildSesTbs)
// A bare signature and a decryption have bytes of their own that no manifest yields.
// Errors: badInput (no such item), badState (not an act whose TBS can be built from the manifest alone).
Result<Bytes> buildTbs(const Manifest &manifest, std::size_t index);
// In: seal, DER of the SESeal that item index is stamped with. Returns: TBS_Sign of this seal, time = created, dataHash =
// files[index].sm3, propertyInfo kSesProperty, hufu-manifest = SM3(manifest) as an extension.
// Errors: badInput (no such item); badState (not of form ses); tampered (not the seal that the manifest names).
Result<Bytes> buildSesTbs(const Manifest &manifest, std::size_t index, ByteView seal);

// Whether whoever asks has to bring the bytes of each item: files, ciphertexts, and what has an electronic seal in it.
bool bringsBytes(const Manifest &manifest);

// Whether tbs is what the manifest says for item index: byte equality with buildTbs or buildSesTbs, or for a bare file and
// a ciphertext SM3(tbs) = files[index].sm3 and the size named. Errors: tampered; badInput (no such item, too
// long).
Result<void> checkTbs(const Manifest &manifest, std::size_t index, ByteView tbs);
// The same without writing the manifest anew. In: encoded, what parse has read it from.
Result<void> checkTbs(const Manifest &manifest, ByteView encoded, std::size_t index, ByteView tbs);

// The activation code that a vouch yields: both halves take it from the signature that they have made together, so it needs no message
// of its own and is fetched again with the result. In: signature, secret until the code is used. Returns: 16 bytes, secret as well.
ByteArray<16> vouchedCode(const ByteArray<64> &signature);

// 2.25.N, an OID that needs no registry (ITU-T X.667): the attribute hufu-manifest. The value is an OCTET
// STRING with SM3(manifest).
inline constexpr char kManifestAttributeOid[] = "2.25.62122382484641537303062036025043629294";

inline constexpr char kSesProperty[] = "application/pdf"; // of what is sealed with form ses

} // namespace hufu::intent
