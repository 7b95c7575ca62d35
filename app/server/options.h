// The words of the command line.
#pragma once

#include "shield/base/result.h"
#include "shield/crypto/public_key.h"
#include "shield/enterprise/remittance.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace hufu::server {

struct Options {
    std::filesystem::path data;
    std::filesystem::path postgres; // a file with the database's parameters; empty: SQLite in the data folder
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;
    std::string host;     // what phones and desks are told; the address if empty
    bool outside = false; // stand-ins for SMS and face services, and their end points
    bool seedDemo = false;
    bool seedPortal = false; // the demo portal alone; demo implies it
    crypto::Suite suite = crypto::Suite::sm2; // of the sign keys of companies that are made from now on
    // What the policy of the demo company, if it is made now, asks for besides the PIN: bits enterprise::kSms and kLiveness.
    std::uint8_t loginAsks = 0, signAsks = 0, decryptAsks = 0;
    enterprise::Payee payee; // empty: companies cannot authenticate themselves by paying
    std::string fault; // a step of the cosigner at which the process kills itself
    bool help = false;

    // An operator's word instead of serving: see usage().
    std::string word;
    std::vector<std::string> arguments;
    bool identityChecked = false;
    std::int64_t days = 365;
    std::uint8_t reason = 0; // of a revocation
    std::string project;     // its number, where a bid would stay shut

    // Errors: badInput: see usage().
    static Result<Options> parse(std::span<const char *const> words);
    static const char *usage();
};

} // namespace hufu::server
