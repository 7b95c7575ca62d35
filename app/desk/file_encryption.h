// Files for people with any software: EnvelopedData (.p7m) of up to 15 MiB each, made on this computer alone. No phone is asked: nothing is
// signed, and nothing proves who has made such a file or that it is whole.
#pragma once

#include "app/desk/errand.h"

namespace hufu::desk_app {

// A receiver by a certificate's file, PEM or DER. In: trust, where it has to be of this authority, as a bid's. Errors in problem: HF-604; 600 (none, not
// one to encrypt for, or of another authority), 609.
Outcome<x509::Certificate> receiverOf(const QString &file, std::int64_t nowMs, const std::optional<x509::Trust> &trust = {});
QString nameOf(const x509::Certificate &receiver); // for people to read

// "bid.pdf.p7m" of each "bid.pdf" under a name that is free, in the errand's folder. A file's trouble is its own.
// In: errand, of kind encryptFiles. Errors in problem, if no file was encrypted: the first one's; HF-600, 609 (a receiver), 608.
Outcome<Finished> encryptFiles(const Errand &errand, ports::Random &random, std::int64_t nowMs, const BidProgress &progress = {});

} // namespace hufu::desk_app
