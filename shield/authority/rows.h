// The authority's rows in Table::certificate.
//   "A" name              certificate, sealed key       of the root, the issuing authority and the seal maker
//   "C" serial            Record
//   "K" subject key id    serial                        the newest certificate of a key
//   "H" holder length, holder, time of issue, serial    an index; the value is empty
//   "R" serial            revocation                    what the issuing authority's list names
//   "L" name              StoredList
//   "F" serial            certificate                   a former one of the issuing authority
#pragma once

#include "shield/authority/authority.h"

namespace hufu::authority::rows {

Bytes authorityKey(std::string_view name);
Bytes certificateKey(ByteView serial);
Bytes keyIdKey(ByteView subjectKeyId);
Bytes holderPrefix(ByteView holder);
Bytes holderKey(ByteView holder, std::int64_t issuedMs, ByteView serial);
Bytes serialOfHolderKey(ByteView key, ByteView holder);
Bytes revokedPrefix();
Bytes revokedKey(ByteView serial);
Bytes serialOfRevokedKey(ByteView key);
Bytes listKey(std::string_view name);
Bytes formerPrefix();
Bytes formerKey(ByteView serial);

struct StoredAuthority
{
    Bytes certificate, sealedKey;
    static Result<StoredAuthority> parse(ByteView row); // Errors: tampered, as all below
    Bytes encode() const;
};

Result<Record> parseRecord(ByteView row);
Bytes encode(const Record &record);

Result<x509::Revocation> parseRevocation(ByteView row);
Bytes encode(const x509::Revocation &revocation);

struct StoredList
{
    std::uint64_t number = 0;
    bool stale = false; // something was revoked since
    Bytes der;
    static Result<StoredList> parse(ByteView row);
    Bytes encode() const;
};

} // namespace hufu::authority::rows
