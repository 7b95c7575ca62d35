// Files for others' software: GM/T 0010 or PKCS #7 EnvelopedData, in memory and of up to 15 MiB.
#pragma once

#include "app/envelope/sealing.h"
#include "shield/documents/enveloped.h"

namespace hufu::envelope {

// In: order, of which source, target, replace, recipients, trust and nowMs count.
// Returns: how many bytes were written. Failures: as seal; tooLargeForOthers.
Outcome<std::uint64_t> sealForOthers(const SealOrder &order, documents::Dialect dialect, ports::Random &random);

// The EnvelopedData in a file, DER or PEM ("PKCS7", "CMS"). Failures: fileUnreadable; fileUnknown (none).
Outcome<documents::EnvelopedData> readEnvelopedData(const std::filesystem::path &path);

// Nothing in such a file proves that its content is whole.
// Failures: notForThisKey; ciphertextInvalid; those of files; those of the opener.
Outcome<std::uint64_t> openFromOthers(const documents::EnvelopedData &data, KeyOpener &opener,
                                      const std::filesystem::path &target, bool replace);

} // namespace hufu::envelope
